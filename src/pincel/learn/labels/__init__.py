"""Labels of things in pictures as files: one file here is one format. The folder is the registry.

A format has

    SUFFIXES             how its files end, in small letters
    read(files, known)   the scenes in them; in a format that reads
    write(scenes)        [(name, bytes), ...] below one folder; in a format that writes
    knows(file)          whether a file is of this format, by a look at its beginning

Coordinates are pixel edges (see `objects.things`). What a format cannot say is left out: VOC and
CSV hold boxes alone, a label picture no scores. Reading keeps what is odd (an empty box, a crowd);
who teaches decides what becomes of it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from types import ModuleType

from pincel.errors import PincelError
from pincel.learn.objects.things import Scene


@dataclass(frozen=True)
class Known:
    """What labels may need of the pictures they belong to.

    sizes    file's name without suffix -> (its name, height, width)
    classes  names of classes where the labels hold numbers only
    """

    sizes: Callable[[str], tuple[str, int, int] | None]
    classes: tuple[str, ...] = ()


@cache
def names() -> tuple[str, ...]:
    """The names of all formats, in alphabetical order."""
    files = (f.name for f in resources.files(__name__).iterdir())
    return tuple(sorted(f[:-3] for f in files if f.endswith(".py") and f[0] != "_"))


@cache
def writing() -> tuple[str, ...]:
    """The names of those that write. Asking imports none of them."""
    return _with("write")


@cache
def _with(function: str) -> tuple[str, ...]:
    folder = resources.files(__name__)
    sources = {name: (folder / f"{name}.py").read_text("utf-8") for name in names()}
    return tuple(n for n, text in sources.items() if re.search(rf"^def {function}\(", text, re.M))


def load(name: str) -> ModuleType:
    """The module of a format that `names` lists."""
    return importlib.import_module(f"{__name__}.{name}")


def read(place: Path, known: Known) -> tuple[str, list[Scene]]:
    """The labels in a file or a folder, and what format they are of. PincelError where there are
    none, or several formats."""
    files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
    found: dict[str, list[Path]] = {}
    for file in files:
        for name in _with("read"):
            module = load(name)
            if file.suffix.lower() in module.SUFFIXES and module.knows(file):
                found.setdefault(name, []).append(file)
                break
    if not found:
        raise PincelError("annotations.none", place=place, known=", ".join(_with("read")))
    if len(found) > 1:
        raise PincelError("annotations.several", place=place, found=", ".join(found))
    ((name, own),) = found.items()
    return name, load(name).read(own, known)


def beginning(file: Path, count: int = 4096) -> str:
    """The first characters of a text file, "" where it is none."""
    try:
        with file.open("rb") as opened:
            return opened.read(count).decode("utf-8", "ignore")
    except OSError:
        return ""


def damaged(file: Path, why: object) -> PincelError:
    """That a file of labels cannot be read."""
    return PincelError("annotations.damaged", file=file.name, why=str(why).rstrip("."))


def classes_of(scenes: Sequence[Scene]) -> list[str]:
    """The classes of all things, in alphabetical order."""
    return sorted({thing.kind for scene in scenes for thing in scene.things})
