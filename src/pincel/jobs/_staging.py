"""What `watch` does with a network of boxes or masks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Made, Progress
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.staged import Stages
    from pincel.show.pages.stages_page import Staged


def family_of_things(model: str) -> str | None:
    """The family of a network that finds things, None for all others."""
    from pincel.look.finder import FAMILIES
    from pincel.look.models import family_in, find_file

    family = family_in(find_file(model))
    return family if family in FAMILIES else None


def stage(model: str, picture: str | None) -> Iterator[Event]:
    """A picture on its way to what stands in it, and how the network learned that, as a page."""
    from pincel.learn.objects.inputs import rgb_of
    from pincel.look.finder import open_finder
    from pincel.look.models import find_file
    from pincel.look.staged import MOST, staged
    from pincel.look.watched import progress
    from pincel.pixels.open import open_picture
    from pincel.show.pages.stages_page import Staged

    family = family_of_things(model)
    assert family is not None
    if picture is None:
        raise PincelError("staged.needs_picture", family=family)
    yield Progress(0, 2, say("watch.stage.looking"))
    rgb = rgb_of(open_picture(picture))
    file = find_file(model)
    name = file.stem if file.stem != "best" else file.parent.name
    told = staged(open_finder(model, family), rgb, Path(picture).name)
    yield Progress(1, 2, say("watch.stage.drawing"))
    frames, entries = progress(file)
    cut = max(rgb.shape[:2]) > MOST
    yield _made(Staged(name, family, Path(picture).name, told, cut, frames, entries))
    yield Progress(2, 2)


def _made(kept: Staged) -> Made:
    from pincel.show.pages.stages_page import files

    told: Stages = kept.told
    counts = ", ".join(f"{say(f'staged.counts.{k}')} {v}" for k, v in told.counts.items())
    lines = [say("staged.made", name=kept.name, family=kept.family, counts=counts)]
    if kept.cut:
        lines.append(say("staged.cut"))
    if not (kept.frames or kept.curves()):
        lines.append(say("staged.no_run"))
    numbers: dict[str, Any] = {"family": kept.family, "picture": kept.picture,
                               "scale": told.scale, "counts": told.counts,
                               "epochs": len(kept.frames)}  # fmt: skip
    return Made(
        name=f"{kept.name}.watch",
        value=told,
        files=lambda: files(kept),
        numbers=numbers,
        lines=tuple(lines),
    )
