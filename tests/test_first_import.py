"""Whatever part of Pincel is imported first, it can be."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "errors",
        "words",
        "atomic",
        "jobs",
        "calls",
        "look",
        "pixels.open",
        "art.palettes",
        "art.files",
    ],
)
def test_a_part_can_be_imported_first(module: str) -> None:
    code = f"import pincel.{module}; import pincel; pincel.PincelError; pincel.look; pincel.sheet"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
