"""The pictures that a picture was made of, found by what they hold, not by what they are called."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from pincel.errors import PincelError
from pincel.pixels.sources import SUFFIXES
from pincel.recipe import recipe

MOST_FILES = 5000
MOST_BYTES = 64 * 2**20
"""A folder is looked through up to so many files, each up to so many bytes."""


class NamedBytes(BytesIO):
    """Bytes with the name of the file they were once: opened like a file."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def find_parent(kept: Mapping[str, Any], folders: Sequence[Path]) -> bytes | None:
    """The file of a parent (see `recipe.parent`) in these folders: the very bytes, or, where they
    are nowhere, the file of the same name or recipe that shows the same pixels. None: not there."""
    alike: bytes | None = None
    for path in _files(folders, kept["name"]):
        try:
            if path.stat().st_size > MOST_BYTES:
                continue
            data = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == kept["sha256"]:
            return data
        if alike is None and "pixels" in kept and _may_be(path, data, kept):
            alike = data if shows_same(data, kept["pixels"]) else None
    return alike


def shows_same(data: bytes, pixels: str) -> bool:
    """Whether the bytes are a picture whose pixels have this hash."""
    try:
        return recipe.pixels_hash(data) == pixels
    except PincelError:
        return False


def is_parent(data: bytes, kept: Mapping[str, Any]) -> bool:
    """Whether these bytes are the parent that is meant, or show the same."""
    if hashlib.sha256(data).hexdigest() == kept["sha256"]:
        return True
    return "pixels" in kept and shows_same(data, kept["pixels"])


def _may_be(path: Path, data: bytes, kept: Mapping[str, Any]) -> bool:
    if path.name == kept["name"]:
        return True
    try:
        made = recipe.read_recipe(data)
    except PincelError:
        return False
    return made is not None and recipe.fingerprint(made) == kept.get("recipe")


def _files(folders: Sequence[Path], name: str) -> Iterator[Path]:
    """Pictures in the folders: those of this name first. The first folder only itself, the others
    with all below."""
    paths: list[Path] = []
    for number, folder in enumerate(folders):
        for place, below, names in os.walk(folder):
            below[:] = [] if number == 0 else sorted(b for b in below if not b.startswith("."))
            found = (one for one in sorted(names) if one.lower().endswith(SUFFIXES))
            paths += [Path(place, one) for one in found]
            if len(paths) >= MOST_FILES:
                break
    yield from sorted(paths[:MOST_FILES], key=lambda path: path.name != name)
