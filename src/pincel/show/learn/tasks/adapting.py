"""What the training of a network that learns from two folders leaves."""

from __future__ import annotations

from pincel.show.learn.tasks._plain import numbers
from pincel.show.learn.twofold import files, lines

__all__ = ["files", "lines", "numbers"]
