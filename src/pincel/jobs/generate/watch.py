"""The job that watches a network make pictures."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.jobs._place import checked_place, place
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.steps import Quality
    from pincel.look.watched import Watched
    from pincel.nets._network import Model
    from pincel.show.pages.watch import WatchedPage

_REAL = 256  # pictures of the validation part that answers are compared with
_TIMES = "0,0.1,0.25,0.4,0.6,0.8,1"


class Watch(Job):
    """Forward noising, reverse steps, guidance, attention, verdicts, and how it learned."""

    gives: ClassVar[str] = "pincel.look.watched.Watched"
    example: ClassVar[dict[str, Any]] = {"count": 4}

    model: str = setting(positional=True)
    picture: str | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    label: str | None = setting(None)
    steps: int | None = setting(None, ge=1, le=1000)
    guidance: float | None = setting(None, ge=0, le=20)
    times: str = setting(_TIMES)
    cell: str | None = setting(None)
    layer: str | None = setting(None, short="l")
    head: int | None = setting(None, ge=0, le=63)
    count: int = setting(16, ge=1, le=64)
    data: str | None = setting(None)

    _cell = checked_place("cell", "watch.cell_wrong")

    @field_validator("times")
    @classmethod
    def _from_0_to_1(cls, text: str) -> str:
        moments(text)
        return text

    def run(self) -> Iterator[Event]:
        from pincel.jobs._staging import family_of_things, stage

        if family_of_things(self.model):
            yield from stage(self.model, self.picture)
            return
        yield from self._generator()

    def _generator(self) -> Iterator[Event]:
        from pincel.jobs._codes import checked_steps
        from pincel.look.asked import Asked
        from pincel.look.models import find_file, find_model
        from pincel.look.watched import progress, watched
        from pincel.nets._abilities import Denoiser
        from pincel.show.pages.watch import WatchedPage

        model = find_model(self.model)
        checked_steps(self, model, self.model)
        asked = Asked(
            seed=self.seed,
            label=self._label(model),
            steps=self.steps,
            guidance=self.guidance,
            times=moments(self.times),
            count=self.count,
            cell=None if self.cell is None else _pair(self.cell),
            head=self.head,
            layer=self.layer,
        )
        yield Progress(0, 2, say("watch.stage.making"))
        picture = None if self.picture is None else self._picture(model)
        told = watched(model, asked, picture, self._real(model))
        quality = None
        if self.data is not None and isinstance(model.net, Denoiser):
            quality = yield from self._quality(model)
        yield Progress(1, 2, say("watch.stage.drawing"))
        file = find_file(self.model)
        name = file.stem if file.stem != "best" else file.parent.name
        parameters = sum(p.numel() for p in model.net.parameters())
        grids, entries = progress(file)
        kept = WatchedPage(
            name, parameters, self.seed, told, grids, entries, quality, self._lacking(told)
        )
        yield self._made(kept, model.about)
        yield Progress(2, 2)

    def _label(self, model: Model) -> int | None:
        from pincel.jobs.networks.shortcuts import class_of
        from pincel.nets._abilities import classes_of

        if self.label is None:
            return None
        if not classes_of(model.net):
            raise PincelError("watch.no_classes", came=self.label)
        return class_of(self.label, list(model.about.get("classes") or []))

    def _quality(self, model: Model) -> Generator[Event, None, Quality | None]:
        from pincel.learn.data import open_for
        from pincel.look.steps import Quality, quality

        data = open_for(model.about, str(self.data), labelled=False)
        for event in quality(model, data.train.pictures):
            if isinstance(event, Quality):
                return event
            yield Progress(*event, say("watch.stage.quality"))
        return None

    def _real(self, model: Model) -> np.ndarray | None:
        """Real pictures in the model's size, for networks whose answers are compared with them."""
        from pincel.learn.data import open_for
        from pincel.look.coder import OpenedCoder
        from pincel.nets._abilities import Adversary, Spread

        if self.data is None or not isinstance(model.net, (Adversary, Spread)):
            return None
        data = open_for(model.about, str(self.data), labelled=False)
        return OpenedCoder(self.model, model).fit_values(data.val.pictures[:_REAL])

    def _lacking(self, told: Watched) -> tuple[str, ...]:
        """What was asked for with real pictures and this family does not have."""
        used = told.noising is not None or told.coding is not None
        used = used or (told.verdicts is not None and not told.named)
        return () if self.data is None or used else ("quality",)

    def _picture(self, model: Model) -> np.ndarray:
        from pincel.learn.prepare import stacked
        from pincel.pixels.open import open_picture

        return stacked([open_picture(self.picture)], model.about)[0]

    def _made(self, kept: WatchedPage, about: dict[str, Any]) -> Made:
        from pincel.show.channels import seen_as
        from pincel.show.pages.watch import lacking_sentences, watch_files

        told = kept.told
        lines = [say("watch.made", name=kept.name, family=told.family, shown=_shown(kept))]
        lines += seen_as(about)
        lines += [say("watch.left_out", what=text) for text in lacking_sentences(kept)]
        return Made(
            name=f"{Path(kept.name).name}.watch",
            value=told,
            files=lambda: watch_files(kept),
            numbers=_numbers(kept),
            lines=tuple(lines),
        )


def moments(text: str) -> tuple[float, ...]:
    """ "0,0.5,1" as (0.0, 0.5, 1.0), in rising order; PincelError for anything else."""
    try:
        found = tuple(sorted(float(part) for part in text.split(",")))
    except ValueError:
        found = ()
    if not 1 <= len(found) <= 9 or not all(0 <= t <= 1 for t in found):
        raise PincelError("watch.times_wrong", came=text)
    return found


def _pair(text: str) -> tuple[int, int]:
    row, column = place(text, "watch.cell_wrong")
    return row, column


def _shown(kept: WatchedPage) -> str:
    """What there is to see, in words."""
    told = kept.told
    parts = [say("watch.shown.samples", count=len(told.samples))]
    if told.noising is not None:
        parts.append(say("watch.shown.noising"))
    if told.reversals:
        parts.append(say("watch.shown.reversal", count=len(told.reversals[0].seen)))
    if told.drawing is not None:
        parts.append(say("watch.shown.drawing"))
    if told.uncovering is not None:
        parts.append(say("watch.shown.uncovering", count=len(told.uncovering.guesses)))
    if told.attended is not None:
        parts.append(say("watch.shown.attention", count=len(told.attended.shares)))
    if told.verdicts is not None:
        parts.append(say("watch.shown.verdicts"))
    if told.coding is not None:
        parts.append(say("watch.shown.coding", count=len(told.coding.mean)))
    if kept.quality is not None:
        parts.append(say("watch.shown.quality"))
    if kept.grids:
        parts.append(say("watch.shown.progress", count=len(kept.grids)))
    return ", ".join(parts)


def _numbers(kept: WatchedPage) -> dict[str, Any]:
    told = kept.told
    found: dict[str, Any] = {
        "family": told.family,
        "parameters": kept.parameters,
        "seed": kept.seed,
        "samples": len(told.samples),
        "epochs": len(kept.grids),
        "missing": told.missing,
    }
    if told.noising is not None:
        found["noising"] = {"schedule": told.noising.kind, "cell": list(told.noising.cell),
                            "rows": told.noising.rows}  # fmt: skip
    if told.reversals:
        found["reversals"] = [
            {"guidance": way.guidance, "times": way.times,
             "moved": [None if v != v else round(float(v), 4) for v in way.moved]}
            for way in told.reversals
        ]  # fmt: skip
    if told.attended is not None:
        one = told.attended
        found["attention"] = {
            "layer": one.layer, "layers": one.layers, "head": one.head, "asked": list(one.asked),
            "shares": [round(float(v), 6) for v in one.shares[one.head]],
        }  # fmt: skip
    if told.uncovering is not None:
        sure = [float(v[v == v].mean()) for v in told.uncovering.sure]
        found["uncovering"] = {"mean_confidence": [round(v, 4) for v in sure]}
    if told.drawing is not None:
        found["bits_a_pixel"] = round(float(told.drawing.surprise.mean()), 4)
    if kept.quality is not None:
        found["quality"] = {
            "components": kept.quality.components, "count": kept.quality.count,
            "floor": round(kept.quality.floor, 4),
            "points": [[p.sampler, p.looks, round(p.distance, 4)] for p in kept.quality.points],
        }  # fmt: skip
    return found | _of_families(told)


def _of_families(told: Watched) -> dict[str, Any]:
    """What only some families have: a GAN's verdicts, a VAE's code."""
    found: dict[str, Any] = {}
    if told.verdicts is not None:
        found["verdicts"] = [round(float(v), 4) for v in told.verdicts.made]
        if told.verdicts.usual is not None:
            found["verdict_on_real"] = round(told.verdicts.usual, 4)
    if told.coding is not None:
        found["coding"] = {
            name: [round(float(v), 5) for v in getattr(told.coding, name)]
            for name in ("mean", "sigma", "noise", "code", "kl", "nats")
        }
    return found
