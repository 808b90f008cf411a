"""What the person named (files, folders, patterns, standard input, arrays), one by one."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pincel.errors import PincelError
from pincel.pixels.picture import Picture

SUFFIXES = (
    *(".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif"),
    *(
        ".bmp",
        ".dib",
        ".tif",
        ".tiff",
        ".avif",
        ".npy",
        ".tga",
        ".pcx",
        ".ico",
        ".aseprite",
        ".ase",
    ),
)


@dataclass(frozen=True, eq=False)
class Found:
    """One picture to open: `source` is what `open_picture` takes, `name` what its results are
    called (with the folders below the one that was named), `beside` the folder they go to."""

    source: Any
    name: str
    beside: Path | None


def find_pictures(sources: Any) -> list[Found]:
    """All pictures in what the person named: one source, or a list of them.

    A file stands for itself (a `Found` too), a folder for the pictures in it and below (sorted,
    hidden ones skipped), a pattern with * ? [ for the pictures it matches, "-" for standard
    input; arrays, images and bytes for themselves. A file that is missing, and a folder that may
    not be read, are found too and fail when opened, so that in a batch the others go on. Nothing
    at all: PincelError.
    """
    single = isinstance(sources, (str, bytes, os.PathLike)) or hasattr(sources, "read")
    if single or not isinstance(sources, Iterable):  # an open file would yield its lines
        sources = [sources]
    elif not isinstance(sources, (list, tuple, set, frozenset, Iterator)):
        sources = [sources]  # an array, an open file
    sources = list(sources)
    if not sources:
        raise PincelError("picture.none_given")
    found: dict[Any, Found] = {}
    for source in sources:
        for one in _expand(source):
            named = isinstance(one.source, (str, Path))  # the same file twice is one picture
            found.setdefault(str(one.source) if named else len(found), one)
    if not found:
        places = ", ".join(str(source) for source in sources)
        raise PincelError("picture.none_found", places=places, suffixes=" ".join(SUFFIXES))
    return _distinct(found.values())


def _expand(source: Any) -> Iterator[Found]:
    if isinstance(source, Found):
        yield source
        return
    if not isinstance(source, (str, os.PathLike)) or str(source) == "-":
        yield Found(source, _name_of(source), None)
        return
    path = Path(source)
    if os.path.isdir(path):
        yield from _in_folder(path)
    elif not os.path.exists(path) and glob.has_magic(str(path)) and "\0" not in str(path):
        hits = (Path(hit) for hit in glob.iglob(str(path), recursive=True))
        pictures = sorted((hit for hit in hits if _is_picture(hit)), key=_as_people_count)
        for hit in pictures or [path]:
            yield Found(hit, hit.stem, hit.parent)
    else:
        yield Found(path, path.stem, path.parent)


def _name_of(source: Any) -> str:
    if isinstance(source, Picture):
        return source.name
    named = getattr(source, "filename", None) or getattr(source, "name", None)
    return (Path(named).stem if isinstance(named, str) else "") or "picture"


def _in_folder(folder: Path) -> Iterator[Found]:
    closed: list[Path] = []
    pictures: list[Path] = []
    for place, below, files in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        below[:] = [name for name in below if not name.startswith(".")]
        pictures += [p for p in (Path(place, name) for name in files) if _is_picture(p)]
    for path in closed:
        yield Found(path, path.name or "picture", folder)
    for path in sorted(pictures, key=_as_people_count):
        yield Found(path, path.relative_to(folder).with_suffix("").as_posix(), folder)


def as_people_count(text: str) -> tuple:
    """A key that sorts walk-2 before walk-10."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(int(p), "") if p.isdecimal() else (-1, p) for p in parts], text


def _as_people_count(path: Path) -> tuple:
    return as_people_count(path.as_posix())


def _is_picture(path: Path) -> bool:
    hidden = path.name.startswith(".")
    if hidden or path.suffix.lower() not in SUFFIXES or os.path.isdir(path):
        return False
    return path.suffix.lower() != ".ase" or _holds_aseprite(path)


def _holds_aseprite(path: Path) -> bool:
    """Whether an .ase is Aseprite's and no palette of Adobe's; what cannot be read says so when
    it is opened."""
    try:
        with open(path, "rb") as file:
            start = file.read(6)
    except OSError:
        return True
    return not start.startswith(b"ASEF")


def _distinct(found: Iterable[Found]) -> list[Found]:
    """No two results of one folder share a name: the second x becomes x-2."""
    taken: set[tuple[Path | None, str]] = set()
    named = []
    for one in found:
        name, count = one.name, 1
        while (one.beside, name) in taken:
            count += 1
            name = f"{one.name}-{count}"
        taken.add((one.beside, name))
        named.append(Found(one.source, name, one.beside))
    return named
