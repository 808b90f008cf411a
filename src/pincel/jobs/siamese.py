"""The job that trains a network to tell whether two pictures show the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, Said, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.data import Data
    from pincel.learn.siamese import Reading

_TESTED = 1000


class Siamese(Job):
    """A contrastive network, trained with a live collapse meter; tau chosen on validation."""

    chapter: ClassVar[str] = "networks"
    example: ClassVar[dict[str, Any]] = {"data": "digits", "epochs": 1, "most": 64, "dims": 16}

    data: str = setting(positional=True)
    by: Literal["photographs", "classes"] = setting("photographs")
    epochs: int = setting(20, ge=1, le=10_000)
    batch: int = setting(64, ge=4, le=4096)
    rate: float = setting(2e-3, gt=0, le=1)
    dims: int = setting(128, ge=2, le=2048)
    most: int = setting(0, ge=0)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        from pincel.learn import siamese
        from pincel.learn.data import open_data
        from pincel.make.charts import number

        data = _fewer(open_data(self.data, seed=self.seed), self.most, self.seed)
        model = siamese.new(data, self.seed, dims=self.dims)
        before = self._found_again(model, data)
        rows: list[Reading] = []
        warned = False
        for reading in siamese.teach(
            model,
            data,
            by=self.by,
            epochs=self.epochs,
            batch=self.batch,
            rate=self.rate,
            seed=self.seed,
        ):
            rows.append(reading)
            meter = reading.meter
            told = say(
                "siamese.step",
                loss=number(reading.loss, 3),
                spread=number(meter.spread, 2),
                alignment=number(meter.alignment, 2),
                uniformity=number(meter.uniformity, 2),
            )
            yield Progress(reading.step, reading.steps, told)
            if meter.collapsed and not warned and reading.step > reading.steps // 4:
                warned = True
                yield Said(say("siamese.collapsed", spread=number(meter.spread, 2)))
        after = self._found_again(model, data)
        chosen = self._tau(model, data)
        model.about.update(
            data={"name": data.name, "hash": data.hash, "pictures": len(data.train)},
            settings=self.told(),
            seed=self.seed,
            metrics={"found_again_before": before, "found_again": after},
            collapse=rows[-1].meter.plain(),
        )
        if chosen:
            model.about["verify"] = {**chosen, "data": data.name, "hash": data.hash, "by": self.by}
        last = rows[-1].meter
        lines = (
            say(
                "siamese.again",
                count=number(min(_TESTED, len(data.val))),
                before=number(100 * before, 1),
                after=number(100 * after, 1),
            ),
            _told(chosen),
            say("siamese.meter_end", spread=number(last.spread, 2), rank=number(last.rank)),
        )

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.make.figures_embed import draw_meter
            from pincel.nets._network import model_bytes

            yield ".safetensors", model_bytes(model)
            yield ".csv", _readings(rows)
            title = say("siamese.heading", data=data.name)
            shown = [{"step": r.step, "loss": r.loss, **r.meter.plain()} for r in rows]
            yield ".png", draw_meter(title, lines[0], shown)

        yield Made(
            f"siamese.{data.name}",
            model,
            files,
            numbers={
                "data": data.name,
                "by": self.by,
                "steps": len(rows),
                "parameters": sum(p.numel() for p in model.net.parameters()),
                "found_again_before": before,
                "found_again": after,
                "tau": chosen["tau"] if chosen else None,
                "auc": chosen["auc"] if chosen else None,
                "collapse": last.plain(),
            },
            lines=lines,
        )

    def _found_again(self, model: Any, data: Data) -> float:
        from pincel.learn import siamese
        from pincel.look.embed import of_model

        made_by = of_model(model)
        some = data.val.pictures[:_TESTED]
        shots = siamese.photographs_of(some, self.seed)
        return siamese.found_again(made_by.arrays(some), made_by.arrays(shots))

    def _tau(self, model: Any, data: Data) -> dict[str, Any] | None:
        """The threshold, chosen on pairs that training has not seen; None where there are too few
        of them."""
        import numpy as np

        from pincel.learn import siamese
        from pincel.look.embed import drawn, of_model, verify

        made_by = of_model(model)
        try:
            if self.by == "classes":
                rows = drawn(data.val.labels, 60, np.random.default_rng(self.seed))
                vectors = made_by.arrays(np.asarray(data.val.pictures[rows]))
                return verify(vectors, data.val.labels[rows]).plain()
            some = np.asarray(data.val.pictures[:400])
            shots = siamese.photographs_of(some, self.seed + 1)
            vectors = made_by.arrays(np.concatenate([some, shots]))
            return verify(vectors, np.tile(np.arange(len(some)), 2)).plain()
        except PincelError:  # a long training is not lost for want of pairs
            return None


def _told(chosen: dict[str, Any] | None) -> str:
    """What the threshold is worth, in a sentence."""
    from pincel.make.charts import number

    if chosen is None:
        return say("siamese.no_tau")
    return say(
        "siamese.tau",
        tau=number(chosen["tau"], 3),
        hits=number(100 * chosen["hits"], 1),
        alarms=number(100 * chosen["alarms"], 1),
        auc=number(chosen["auc"], 3),
    )


def _fewer(data: Data, most: int, seed: int) -> Data:
    """The data with at most so many pictures to learn from."""
    from dataclasses import replace

    import numpy as np

    from pincel.learn.data import Part

    if not most or most >= len(data.train):
        return data
    rows = np.sort(np.random.default_rng(seed).permutation(len(data.train))[:most])
    part = data.train
    fewer = Part(part.pictures[rows], part.labels[rows], [part.names[r] for r in rows])
    return replace(data, train=fewer)


def _readings(rows: list[Reading]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["step", "loss", "spread", "alignment", "uniformity", "rank"])
    for row in rows:
        meter = row.meter
        values = (row.loss, meter.spread, meter.alignment, meter.uniformity, meter.rank)
        table.writerow([row.step, *(f"{value:.6g}" for value in values)])
    return text.getvalue().encode()
