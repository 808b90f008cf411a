"""A job is one thing that a person can ask for.

It is a frozen class of settings with limits and one `run()` that yields events. The command line,
the Python call, the machine-readable description and the reference page are all made from the
class. One file in a folder of `pincel/jobs/` holds one job; the folder is its chapter and the
registry; sentences for it stand in `words/<file name>.json` (`title`, `about`, `field.<name>` for
every setting).

To cancel a job, stop asking for the next event. A job never writes: it yields `Made` with the
bytes of its files, and the caller (command line, Python call, studio) decides where they go.

Events may be kept: what a `Made` holds is the same after later events as when it was yielded, so
that a caller may collect all events first and ask for files afterwards. A job over several
pictures hands them to `pincel.jobs.each.each`, which opens them one by one, tells the progress,
goes on after one that fails, and gives every picture its own scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from pincel.errors import PincelError

NAME = r"^[\w][\w. -]*$"  # pattern of a setting that names a run


def _no_files() -> Iterable[tuple[str, bytes]]:
    return ()


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps are behind us; `text` names the step, in the person's language."""

    done: int
    total: int
    text: str = ""


@dataclass(frozen=True)
class Said:
    """One sentence for the person, in the language in force."""

    text: str


@dataclass(frozen=True, eq=False)
class Made:
    """One result.

    name     what its files are called, without suffix; may hold folders ("heroes/anna.pixel")
    value    the result in memory, what a Python call returns (Sprite, Picture, dict, ...)
    files    gives (suffix, bytes) pairs when the result is to be kept: (".png", b"...")
    numbers  facts for `--json`: plain JSON values
    lines    the same for people, one line each, in the language in force
    beside   the folder of the source; the default place for the files
    renamed  the files under another name, where they name each other (a sheet and its JSON)
    asked    files that are written only where a person names a place (--out): those of a job that
             answers in lines, or keeps a folder of its own
    """

    name: str
    value: Any
    files: Callable[[], Iterable[tuple[str, bytes]]] = _no_files
    numbers: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    beside: Path | None = None
    renamed: Callable[[str], Iterable[tuple[str, bytes]]] | None = None
    asked: Callable[[], Iterable[tuple[str, bytes]]] = _no_files


@dataclass(frozen=True)
class Failed:
    """One source of several could not be done; the others go on."""

    name: str
    error: PincelError


@dataclass(frozen=True)
class Going:
    """How far a long run has come. What is finished is kept at once, so that nothing of it is lost
    when the run is cut off, and the same command goes on from there.

    name, beside  of the files that grow, as of `Made`
    of     what this run is, plain JSON: only the same run goes on
    whole  (suffix, bytes): the files as they are now
    more   (suffix, bytes): added at their end
    notes  name -> bytes for going on, kept beside them until the run ends; None: not needed any
           more
    asked  the files grow only where a person names a place
    """

    name: str
    of: dict[str, Any]
    beside: Path | None = None
    whole: tuple[tuple[str, bytes], ...] = ()
    more: tuple[tuple[str, bytes], ...] = ()
    notes: Mapping[str, bytes | None] = field(default_factory=dict)
    asked: bool = False


Event = Progress | Said | Made | Failed | Going

Noted = Callable[[str], bytes | None]
"""The note of a name, None where there is none."""


def nothing_noted(going: Going) -> Noted:
    """No earlier run left anything."""
    return lambda name: None


def setting(
    default: Any = ...,
    *,
    positional: bool = False,
    sources: bool = False,
    also: Literal["data", "text"] | None = None,
    short: str | None = None,
    group: str | None = None,
    **limits: Any,
) -> Any:
    """A job's setting: pydantic's Field and how it looks on a command line.

    positional  given without a name; sources  positional that takes pictures: files, folders,
    globs, "-" for standard input; also  what else its sources may be: the name of a data set, or
    other text; short  a one-letter option ("w"); group  the heading it stands
    under in the help (`words` key `groups.<group>`). Limits are pydantic's: ge, gt, le, lt,
    min_length, max_length, pattern.
    """
    extra: JsonDict = {
        "positional": positional or sources,
        "sources": sources,
        "also": also,
        "short": short,
        "group": group,
    }
    return Field(default, json_schema_extra={"pincel": extra}, **limits)


def option_of(name: str) -> str:
    """How a setting is called on the command line: `fit_to` is --fit-to, `for_` (a word that
    Python keeps for itself) is --for."""
    return "--" + name.rstrip("_").replace("_", "-")


def face(info: FieldInfo) -> dict[str, Any]:
    """What `setting` was told about the command line."""
    extra = info.json_schema_extra
    look = extra.get("pincel") if isinstance(extra, dict) else None
    return dict(look) if isinstance(look, dict) else {}


class Job(BaseModel):
    """Base of all jobs: settings as fields, `run()` yields events."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    example: ClassVar[dict[str, Any]] = {}
    """Settings, besides the pictures, with which a first try shows what the job does."""

    gives: ClassVar[str] = "Any"
    """What a Python call returns for one picture: an annotation with full names of our own classes,
    which goes into `pincel/__init__.pyi`. A contract test compares it with what comes."""

    together: ClassVar[bool] = False
    """Whether all sources make one result (a table, a map) and not one each."""

    remembers: ClassVar[bool] = False
    """Whether its pictures carry a recipe with which `pincel redo` makes them again."""

    formerly: ClassVar[dict[str, str]] = {}
    """Settings that have another name in older recipes, and their names now."""

    @classmethod
    def key(cls) -> str:
        """The job's name: its file's name with - for _."""
        return cls.__module__.rpartition(".")[2].replace("_", "-")

    @classmethod
    def chapter(cls) -> str:
        """Where the job stands in lists: its file's folder, one of `pincel.jobs.CHAPTERS`."""
        return cls.__module__.split(".")[-2]

    @classmethod
    def area(cls) -> str:
        """The words area of the job: its file's name."""
        return cls.__module__.rpartition(".")[2]

    def run(self) -> Iterator[Event]:
        """Do it, event by event. Raises PincelError when nothing at all can be done."""
        raise NotImplementedError

    goes_on: ClassVar[bool] = False
    """Whether it tells how far it is (`Going`), and goes on from there."""

    def apart(self) -> Sequence[Any] | None:
        """The pictures (`pincel.pixels.sources.Found`) that `run` goes through one by one, where
        what becomes of each depends on nothing but itself and the settings: several processes may
        then share them (`pincel.spread`). None, unless a job says so: they belong together."""
        return None

    _earlier: Callable[[Going], Noted] = PrivateAttr(default_factory=lambda: nothing_noted)

    def going_on(self, earlier: Callable[[Going], Noted]) -> None:
        """Before `run`: where to ask for what the same run left when it was cut off."""
        self._earlier = earlier

    def earlier(self, going: Going) -> Noted:
        """What the same run noted before it was cut off."""
        return self._earlier(going)

    def told(self) -> dict[str, Any]:
        """The settings that differ from their defaults, as JSON values, without the sources."""
        shown = {}
        for name, info in type(self).model_fields.items():
            if not face(info).get("sources") and getattr(self, name) != info.get_default():
                shown[name] = getattr(self, name)
        return self.model_dump(mode="json", include=set(shown), fallback=str)
