"""How large a picture the page shows."""

from __future__ import annotations

MOST = 1600
"""Pixels of the longer side."""


def step_of(height: int, width: int) -> int:
    """Every how many pixels one is shown, so that no side is longer than `MOST`."""
    return max(1, -(-max(height, width) // MOST))
