"""The job that trains a network to tell whether two pictures show the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.errors import PincelError
from pincel.job import NAME, Event, Job, Made, Progress, Said, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.course import Batch, Epoch
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.learn.siamese import Pairs
    from pincel.nets._network import Model

_TESTED = 1000


class Siamese(Job):
    """A contrastive network, trained with a live collapse meter; tau chosen on validation."""

    gives: ClassVar[str] = "pincel.nets._network.Model"
    example: ClassVar[dict[str, Any]] = {"data": "digits", "epochs": 1, "most": 64, "dims": 16}

    data: str = setting(positional=True)
    by: Literal["photographs", "classes"] = setting("photographs")
    epochs: int = setting(20, ge=1, le=10_000)
    batch: int = setting(64, ge=4, le=4096)
    rate: float = setting(2e-3, gt=0, le=1)
    dims: int = setting(128, ge=2, le=2048)
    most: int = setting(0, ge=0)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    name: str | None = setting(None, short="n", pattern=NAME)
    runs: Path | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        from pincel.jobs._kept import kept_in
        from pincel.learn import siamese
        from pincel.learn.data import open_data
        from pincel.learn.run import Run
        from pincel.learn.teach import written

        source: dict[str, Any] = {"source": self._source(), "seed": self.seed}
        data = fewer(open_data(**source), self.most, self.seed)
        pairs = siamese.Pairs(data, self.by, self.seed)
        plan = siamese.SiamesePlan(self.by, self.epochs, self.batch, self.rate, self.seed)
        settings = {k: v for k, v in self.told().items() if k not in ("name", "runs")}
        own = {"source": source, "most": self.most, "settings": settings}
        order = siamese.siamese_order(pairs, plan, {"dims": self.dims}, own)
        folder = kept_in(self, f"siamese-{data.name}", self.name, self.runs)
        run = Run.at(folder, lambda: written(order))
        yield Progress(0, 1, say("train.begins", folder=folder))
        yield from follow_siamese(run, pairs)

    def _source(self) -> str:
        place = Path(self.data)
        return str(place.resolve()) if place.exists() else self.data


def follow_siamese(run: Run, pairs: Pairs) -> Iterator[Event]:
    """Teach, or go on teaching, what the run asks; its model, readings and chart at the end."""
    from pincel.learn import siamese
    from pincel.learn.course import Finished
    from pincel.learn.teach import teach

    seed = int(run.config["seed"])
    before = _found_again(_untrained(run), pairs.data, seed)
    watching = Watching()
    for event in teach(run, pairs):
        if isinstance(event, Finished):
            model = event.model
        else:
            yield from watching.told(event)
    rows = siamese.readings(run)
    after, chosen = _found_again(model, pairs.data, seed), _tau(model, pairs.data, pairs.by, seed)
    _remember(model, run, rows, {"found_again_before": before, "found_again": after})
    if chosen:
        named = {"data": pairs.name, "hash": pairs.hash, "by": pairs.by}
        model.about["verify"] = {**chosen, **named}
    lines = partial(_lines, model, len(pairs.data.val), chosen)
    yield _made(run, pairs.data, model, rows, lines, chosen)


class Watching:
    """What is said while it learns."""

    warned = False

    def told(self, event: Batch | Epoch) -> Iterator[Event]:
        """The step and the meter; once, that everything collapses."""
        from pincel.learn.course import Batch
        from pincel.words.numbers import number

        if not isinstance(event, Batch):
            return
        shown = {k: number(event.told[k], 2) for k in ("spread", "alignment", "uniformity")}
        yield Progress(
            event.step, event.steps, say("siamese.step", loss=number(event.loss, 3), **shown)
        )
        late = event.step > event.steps // 4
        if event.told["collapsed"] and not self.warned and late:
            self.warned = True
            yield Said(say("siamese.collapsed", spread=shown["spread"]))


def _untrained(run: Run) -> Model:
    """The network as it was before the first step."""
    from pincel.learn.teacher import new_net
    from pincel.nets._family import family
    from pincel.nets._network import Model

    kind, asked = family(run.config["family"]), run.config
    net = new_net(kind, kind.Config(**asked["config"]), int(asked["seed"]))
    return Model(kind.name, net, {"prepare": asked["prepare"], "classes": asked["classes"]})


def _remember(model: Model, run: Run, rows: list[dict[str, Any]], metrics: dict[str, Any]) -> None:
    """What the model's file says of its training. How long it took stands in the run's log: the
    same settings give the same file."""
    model.about.pop("seconds", None)
    last = {key: rows[-1][key] for key in ("spread", "alignment", "uniformity", "rank")}
    model.about.update(
        settings=run.config["settings"],
        metrics=metrics,
        collapse=last | {"collapsed": rows[-1]["collapsed"]},
    )


def _lines(model: Model, count: int, chosen: dict[str, Any] | None) -> tuple[str, ...]:
    """What came of it, in a few sentences."""
    from pincel.words.numbers import number

    metrics, last = model.about["metrics"], model.about["collapse"]
    again = say(
        "siamese.again",
        count=number(min(_TESTED, count)),
        before=number(100 * metrics["found_again_before"], 1),
        after=number(100 * metrics["found_again"], 1),
    )
    end = say("siamese.meter_end", spread=number(last["spread"], 2), rank=number(last["rank"]))
    return again, _told(chosen), end


def _made(
    run: Run,
    data: Data,
    model: Model,
    rows: list[dict[str, Any]],
    lines: Callable[[], tuple[str, ...]],
    chosen: dict[str, Any] | None,
) -> Made:
    from pincel.nets._network import model_bytes
    from pincel.show.nets.embedding import draw_meter
    from pincel.show.pages.page import Section, Shown, Table, bilingual, in_both, page

    def chart() -> bytes:
        return draw_meter(say("siamese.heading", data=data.name), lines()[0], rows)

    held = model_bytes(model)
    run.keep_best(held)
    settings = [(name, str(value)) for name, value in run.config["settings"].items()]
    table = Table((bilingual("audit.setting"), bilingual("audit.value")), settings, left=(1,))
    told = in_both(lines)
    said = [dict(zip(told, texts, strict=True)) for texts in zip(*told.values(), strict=True)]
    shown = Section(bilingual("siamese.found"), said, (table,), (Shown(in_both(chart), "", 1080),))
    run.keep_file("page.html", page(bilingual("siamese.heading", data=data.name), (shown,)))

    def files() -> Iterator[tuple[str, bytes]]:
        yield ".safetensors", held
        yield ".csv", _readings(rows)
        yield ".png", chart()

    metrics = model.about["metrics"]
    return Made(
        f"siamese.{data.name}",
        model,
        files,
        numbers={
            "data": data.name,
            "by": run.config["by"],
            "steps": len(rows),
            "parameters": sum(p.numel() for p in model.net.parameters()),
            **metrics,
            "tau": chosen["tau"] if chosen else None,
            "auc": chosen["auc"] if chosen else None,
            "collapse": model.about["collapse"],
        },
        lines=lines(),
    )


def _found_again(model: Model, data: Data, seed: int) -> float:
    """Share of photographed validation pictures that find their original first."""
    from pincel.learn import siamese
    from pincel.look.embed import vectorizer_of

    made_by = vectorizer_of(model)
    some = data.val.pictures[:_TESTED]
    shots = siamese.photographs_of(some, seed)
    return siamese.found_again(made_by.arrays(some), made_by.arrays(shots))


def _tau(model: Model, data: Data, by: str, seed: int) -> dict[str, Any] | None:
    """The threshold, chosen on pairs that training has not seen; None where there are too few of
    them."""
    import numpy as np

    from pincel.learn import siamese
    from pincel.look.embed import drawn_rows, vectorizer_of, verify

    made_by = vectorizer_of(model)
    try:
        if by == "classes":
            rows = drawn_rows(data.val.labels, 60, np.random.default_rng(seed))
            vectors = made_by.arrays(np.asarray(data.val.pictures[rows]))
            return verify(vectors, data.val.labels[rows]).plain()
        some = np.asarray(data.val.pictures[:400])
        shots = siamese.photographs_of(some, seed + 1)
        vectors = made_by.arrays(np.concatenate([some, shots]))
        return verify(vectors, np.tile(np.arange(len(some)), 2)).plain()
    except PincelError:  # a long training is not lost for want of pairs
        return None


def _told(chosen: dict[str, Any] | None) -> str:
    """What the threshold is worth, in a sentence."""
    from pincel.words.numbers import number

    if chosen is None:
        return say("siamese.no_tau")
    return say(
        "siamese.tau",
        tau=number(chosen["tau"], 3),
        hits=number(100 * chosen["hits"], 1),
        alarms=number(100 * chosen["alarms"], 1),
        auc=number(chosen["auc"], 3),
    )


def fewer(data: Data, most: int, seed: int) -> Data:
    """The data with at most so many pictures to learn from."""
    from dataclasses import replace

    import numpy as np

    from pincel.learn.data import DataPart

    if not most or most >= len(data.train):
        return data
    rows = np.sort(np.random.default_rng(seed).permutation(len(data.train))[:most])
    part = data.train
    fewer = DataPart(part.pictures[rows], part.labels[rows], [part.names[r] for r in rows])
    return replace(data, train=fewer)


def _readings(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    names = ("loss", "spread", "alignment", "uniformity", "rank")
    table.writerow(["step", *names])
    for row in rows:
        table.writerow([row["step"], *(f"{row[name]:.6g}" for name in names)])
    return text.getvalue().encode()
