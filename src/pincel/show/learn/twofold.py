"""What a training from two folders leaves to look at: samples, both meters, maps, a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.pixels import encode
from pincel.pixels.contact import picture_grid
from pincel.show import charts
from pincel.show.learn.losses import loss_curves
from pincel.show.learn.tasks._plain import cost, figures, kept_epoch, stopped, summary
from pincel.show.learn.training import changes_section, settings
from pincel.show.pages.page import Section, Shown, Table, bilingual, in_both, page
from pincel.words import numbers, say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.run import Run
    from pincel.learn.tasks._twofold import Changed
    from pincel.learn.two import Two

_STAGES = 5
REAL = {"tiles": -0.8, "sameness": 0.0}
"""About what real sprites of 16 pixels read; for runs whose log does not say it of their own."""


def files(run: Run, data: Two, done: Finished[Changed]) -> Iterator[tuple[str, bytes]]:
    """The curves, the meters where there are any, and the page."""
    name, metrics = run.folder.name, run.metrics()
    yield "curves.png", loss_curves(name, metrics, kept_epoch(done))
    if _measured(metrics):
        yield "meters.png", meters(name, metrics)
    lead = in_both(lambda: say(
        "train.page.lead_making", family=run.config["family"], data=data.name,
        count=numbers.number(len(data.train)),
    ))  # fmt: skip
    yield "page.html", page(name, [*_sections(run, metrics, data, done)], lead)


def _sections(
    run: Run, metrics: Sequence[Mapping[str, Any]], data: Two, done: Finished[Changed]
) -> Iterator[Section]:
    name, config = run.folder.name, run.config
    made = Shown(encode.png(picture_grid(done.found.pictures, done.found.across)), width=1040)
    kind = "redrawn" if data.paired else "paired"
    yield Section(
        bilingual(f"train.page.{kind}"),
        [bilingual(f"train.page.{kind}_note")],
        pictures=[made],
    )
    yield Section(bilingual("train.page.numbers"), tables=[summary(done)])
    if _measured(metrics):
        shown = Shown(in_both(lambda: meters(name, metrics)), width=960)
        yield Section(
            bilingual("train.two.meters"),
            [bilingual("train.two.meters_note")],
            pictures=[shown],
        )
    shown = Shown(in_both(lambda: loss_curves(name, metrics, kept_epoch(done))), width=960)
    yield Section(bilingual("train.page.curves"), pictures=[shown])
    for title, pattern, wide in (("growing", "epoch-*.png", 1032), ("maps", "maps-*.png", 420)):
        stages = _stages(run.folder / "samples", pattern, wide)
        if stages:
            yield Section(bilingual(f"train.two.{title}"), pictures=stages)
    yield _about(data)
    yield from changes_section(config)
    yield Section(bilingual("train.page.settings"), tables=[settings(config)])


def _measured(metrics: Sequence[Mapping[str, Any]]) -> bool:
    return any("val_tiles" in entry for entry in metrics)


def _stages(folder: Path, pattern: str, wide: int) -> list[Shown]:
    """The samples of some epochs, from the first to the last."""
    found = sorted(folder.glob(pattern))
    if not found:
        return []
    rows = np.unique(np.linspace(0, len(found) - 1, _STAGES).round().astype(int))
    return [
        Shown(found[i].read_bytes(), str(int(found[i].stem.split("-")[1])), width=wide, pixels=True)
        for i in rows
    ]


def _about(data: Two) -> Section:
    """What was in the folders, and what was left out."""
    count = len(data.report.broken)
    text = [
        bilingual("train.page.hash", hash=data.hash),
        bilingual("train.page.broken", count=count),
    ]
    most = sorted(data.sizes.items(), key=lambda one: -one[1])[:12]
    tables = [Table([bilingual("train.two.size"), bilingual("train.two.count")],
                    [[size, str(count)] for size, count in most])]  # fmt: skip
    if data.report.broken:
        tables.append(Table([bilingual("train.page.file"), bilingual("train.page.why")],
                            [list(row) for row in data.report.broken[:50]], left=(1,)))  # fmt: skip
    return Section(bilingual("train.page.data"), text, tables)


def meters(name: str, metrics: Sequence[Mapping[str, Any]]) -> bytes:
    """Tiles and sameness over epochs, each with what real sprites read."""
    entries = [entry for entry in metrics if "val_tiles" in entry]
    epochs = [entry["epoch"] for entry in entries]
    chart = charts.Chart(9.6, 4.9, name, say("train.two.figure"))
    dots: dict[str, Any] = {"marker": "o", "markersize": 3.5} if len(epochs) < 12 else {}
    for place, (key, low, high) in enumerate((("tiles", -1.1, 0.9), ("sameness", -0.25, 1.05))):
        good = entries[-1].get(f"real_{key}", REAL[key])
        left = 0.9 + 4.4 * place
        axes = chart.axes(left, 1.8, 3.8, 2.45)
        values = [entry[f"val_{key}"] for entry in entries]
        axes.axhline(good, color=charts.MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.plot(epochs, values, color=charts.BLUE, linewidth=1.8, **dots)
        charts.plain_axes(axes)
        axes.set_ylim(min(low, good - 0.1, *values), max(high, good + 0.1, *values))
        axes.set_xlim(min(epochs) - 0.5, max(epochs) + 0.5)
        if len(epochs) < 6:
            axes.set_xticks(epochs)
        chart.text(left, 1.55, say(f"train.two.{key}"), 11, bold=True)
        chart.text(left, 4.62, say("train.figure.epoch"), 9.5, color=charts.MUTED)
    return chart.png()


def lines(run: Run, data: Two, done: Finished[Changed]) -> Iterator[str]:
    """Its figures on pictures that it has not seen, what it cost, where it lies."""
    yield from stopped(done)
    told = ", ".join(f"{key} {numbers.number(v, 4)}" for key, v in figures(done).items())
    yield say("train.made_test", figures=told)
    yield from cost(run, done)
