"""What the jobs on codes share: opening the pictures that a person named."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Progress

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.coder import OpenedCoder
    from pincel.nets._network import Model

NAMED = ("digits", "sprites")


@dataclass(frozen=True, eq=False)
class Coded:
    """Pictures as the network has them: values (n, h, w, c) uint8, what each is called, its class
    ("" unknown) and the folder it came from (None: no file)."""

    values: np.ndarray
    names: list[str]
    labels: list[str]
    beside: list[Path | None]

    def __len__(self) -> int:
        return len(self.names)

    def classes(self) -> list[str]:
        """The classes that occur, 2 before 10; empty when none is known."""
        from pincel.pixels.sources import as_people_count

        return sorted(set(self.labels) - {""}, key=as_people_count)


def checked_colors(job: Job, about: Mapping[str, Any], model: str) -> None:
    """PincelError where `colors` was asked for and the network's pictures are no pixel art, so
    that it would count for nothing."""
    if "colors" in job.told() and not about["prepare"].get("hard_alpha"):
        raise PincelError("options.no_pixel_art", option="--colors", model=model)


def checked_steps(job: Any, model: Model, name: str) -> None:
    """PincelError where `steps` was asked for and the network makes a picture in a single pass, or
    in as many steps as it has pixels."""
    from pincel.nets._abilities import Denoiser, Uncoverer

    if job.steps is not None and not isinstance(model.net, (Denoiser, Uncoverer)):
        raise PincelError("generate.no_steps", option="--steps", model=name, family=model.family)


def coder_for(job: Any) -> OpenedCoder:
    """The network of a job's `model`. PincelError as `find_coder` and `checked_colors`."""
    from pincel.look.coder import find_coder

    coder = find_coder(job.model)
    checked_colors(job, coder.about, coder.title)
    return coder


def is_set(source: Any) -> bool:
    """Whether this is no path but the name of a data set ("blood", "digits", "sprites")."""
    if not isinstance(source, str) or Path(source).exists():
        return False
    from pincel.learn.sets import find_named

    return source in NAMED or find_named(source) is not None


def parted(job: Job, sources: tuple[Any, ...]) -> tuple[Any, ...]:
    """The sources. PincelError when a job is given a part of something that is no data set."""
    told = job.told().get("part")
    if told is not None and not (len(sources) == 1 and is_set(sources[0])):
        raise PincelError("data.part_of_pictures", part=told)
    return sources


def gather_codes(
    coder: OpenedCoder,
    sources: Sequence[Any],
    *,
    part: str = "test",
    most: int | None = None,
    seed: int = 0,
) -> Generator[Event, None, Coded]:
    """Open everything named, in the network's size. Pictures that cannot be read are told and left
    out; PincelError when none is left.

    part  of a data set given by name;  most  so many of a data set or a folder, drawn with `seed`
    """
    if len(sources) == 1 and is_set(sources[0]):
        return (yield from _of_set(coder, sources[0], part, most, seed))
    import numpy as np

    from pincel.pixels.open import find_pictures, open_picture

    everything = find_pictures(sources)
    if most is not None and len(everything) > most:
        rows = np.sort(np.random.default_rng(seed).permutation(len(everything))[:most])
        everything = [everything[row] for row in rows]
    values: list[np.ndarray] = []
    names, labels = [], []
    beside: list[Path | None] = []
    for done, found in enumerate(everything):
        yield Progress(done, len(everything), found.name)
        try:
            values.append(coder.fit([open_picture(found.source)])[0])
        except PincelError as error:
            if len(everything) == 1:
                raise
            yield Failed(found.name, error)
            continue
        names.append(found.name)
        labels.append(found.name.rpartition("/")[0])
        beside.append(found.beside)
    yield Progress(len(everything), len(everything))
    if not names:
        raise PincelError("embed.nothing")
    return Coded(np.stack(values), names, labels, beside)


def _of_set(
    coder: OpenedCoder, name: str, part: str, most: int | None, seed: int
) -> Generator[Event, None, Coded]:
    import numpy as np

    from pincel.learn.data import open_for

    yield Progress(0, 1, name)
    data = open_for(coder.about, name, seed=seed, labelled=False)
    held = data.parts[part]
    rows = np.arange(len(held))
    if most is not None and len(rows) > most:
        rows = np.sort(np.random.default_rng(seed).permutation(len(rows))[:most])
    yield Progress(1, 1)
    return Coded(
        coder.fit_values(held.pictures[rows]),
        [held.names[row] for row in rows],
        [data.classes[held.labels[row]] for row in rows],
        [None] * len(rows),
    )


def one(coder: OpenedCoder, source: Any) -> np.ndarray:
    """One picture in the network's size, (h, w, c) uint8."""
    from pincel.pixels.open import open_picture

    return coder.fit([open_picture(source)])[0]
