"""Labels of things in pictures as files: one file here is one format. The folder is the registry.

A format has

    SUFFIXES             how its files end, in small letters
    read(files, known)   the scenes in them; in a format that reads
    write(scenes)        [(name, bytes), ...] below one folder; in a format that writes
    knows(file)          whether a file is of this format, by a look at its beginning
    BOXES, MASKS         False where it cannot hold the one or the other

Coordinates are pixel edges (see `objects.things`). What a format cannot say is left out: VOC and
CSV hold boxes alone, a label picture no scores. Reading keeps what is odd (an empty box, a crowd);
who teaches decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from pincel.art.files import Formats
from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.learn.objects.things import Scene


@dataclass(frozen=True)
class Known:
    """What labels may need of the pictures they belong to.

    sizes    file's name without suffix -> (its name, height, width)
    classes  names of classes where the labels hold numbers only
    """

    sizes: Callable[[str], tuple[str, int, int] | None]
    classes: tuple[str, ...] = ()


FORMATS = Formats(__name__)


def box_formats() -> tuple[str, ...]:
    """What boxes can be written as, by name. Asking loads no format."""
    return tuple(n for n in FORMATS.writing() if n not in FORMATS.saying("BOXES = False"))


def mask_formats() -> tuple[str, ...]:
    """What masks can be written as, by name."""
    return tuple(n for n in FORMATS.writing() if n not in FORMATS.saying("MASKS = False"))


if TYPE_CHECKING:
    BoxFormat = str
    MaskFormat = str
else:  # the choices of a job's setting
    BoxFormat = Literal[box_formats()]
    MaskFormat = Literal[mask_formats()]


def load(name: str) -> ModuleType:
    """The module of a format."""
    return FORMATS.load(name)


def read(place: Path, known: Known) -> tuple[str, list[Scene]]:
    """The labels in a file or a folder, and what format they are of. PincelError where there are
    none, or several formats."""
    files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
    found: dict[str, list[Path]] = {}
    for file in files:
        for name in _reading():
            module = load(name)
            if file.suffix.lower() in module.SUFFIXES and module.knows(file):
                found.setdefault(name, []).append(file)
                break
    if not found:
        raise PincelError("annotations.none", place=place, known=", ".join(_reading()))
    if len(found) > 1:
        raise PincelError("annotations.several", place=place, found=", ".join(found))
    ((name, own),) = found.items()
    return name, load(name).read(own, known)


def _reading() -> tuple[str, ...]:
    return FORMATS.saying(r"def read\(")


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


def all_classes(scenes: Sequence[Scene]) -> list[str]:
    """The classes of all things, in alphabetical order."""
    return sorted({thing.kind for scene in scenes for thing in scene.things})
