"""Folders that the environment may name: the one place that reads it."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where decoded pictures are kept: PINCEL_CACHE, else the user's cache folder."""
    own = os.environ.get("PINCEL_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "pincel" / "data"


def runs_folder() -> Path:
    """Where trainings are kept: PINCEL_RUNS, else `runs` in the working folder."""
    return Path(os.environ.get("PINCEL_RUNS") or "runs")


def free_place(root: Path, start: str) -> str:
    """The first of start-1, start-2, ... that is not taken."""
    number = 1
    while (root / f"{start}-{number}").exists():
        number += 1
    return f"{start}-{number}"


def data_folders() -> list[Path]:
    """Where named data sets may lie: PINCEL_DATA, medmnist's own folder, PINCEL_SHARED."""
    places = [Path.home() / ".medmnist"]
    if own := os.environ.get("PINCEL_DATA"):
        places.insert(0, Path(own))
    if shared := os.environ.get("PINCEL_SHARED"):
        places += [Path(shared) / "data", Path(shared)]
    return places
