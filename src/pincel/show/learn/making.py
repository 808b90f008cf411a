"""What the training of a network that makes pictures leaves to look at: curves, samples, a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.pixels import encode
from pincel.pixels.contact import as_rgba, picture_grid
from pincel.show.learn import modes
from pincel.show.learn.losses import loss_curves
from pincel.show.learn.training import about_data, changes_section, settings
from pincel.show.pages.page import Section, Shown, Table, Text, bilingual, in_both
from pincel.words import numbers, say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.learn.tasks.making import Pictures

_STAGES = 6


def enlarged_pictures(pictures: np.ndarray, across: int = 8) -> Shown:
    """Pictures (n, h, w, c) uint8 in rows, every pixel sharp."""
    side = pictures.shape[2]
    wide = side * max(1, 88 // side) if side < 88 else side
    rgba = as_rgba(pictures)
    return Shown(
        encode.png(picture_grid(rgba, across)),
        width=(wide + 2) * min(across, len(rgba)),
        pixels=True,
    )


def making_sections(
    run: Run, metrics: Sequence[Mapping[str, Any]], data: Data, done: Finished[Pictures]
) -> tuple[Text, Text, list[Section]]:
    """Title, lead and sections of such a training's page."""
    name, config = run.folder.name, run.config
    kept = int(done.model.about["metrics"]["epoch"])
    lead = in_both(lambda: say(
        "train.page.lead_making", family=config["family"], data=data.name,
        count=numbers.number(len(data.train)),
    ))  # fmt: skip
    kind = "paired" if done.found.paired else "made"
    found = [
        Section(
            bilingual(f"train.page.{kind}"),
            [bilingual(f"train.page.{kind}_note")],
            pictures=[enlarged_pictures(done.found.pictures)],
        ),
        Section(bilingual("train.page.numbers"), tables=[_summary(done)]),
        Section(
            bilingual("train.page.curves"),
            pictures=[Shown(in_both(lambda: loss_curves(name, metrics, kept)), width=960)],
        ),
    ]
    found += modes.modes_sections(metrics)
    if stages := _stages(run.folder / "samples"):
        found.append(Section(bilingual("train.page.growing"), pictures=stages))
    wide = data.size[1] * max(1, 64 // data.size[1])
    found += [
        about_data(data, wide),
        *changes_section(config),
        Section(bilingual("train.page.settings"), tables=[settings(config)]),
    ]
    return name, lead, found


def _stages(folder: Path) -> list[Shown]:
    """The samples of some epochs, from the first to the last."""
    files = sorted(folder.glob("epoch-*.png"))
    if len(files) < 2:
        return []
    rows = np.unique(np.linspace(0, len(files) - 1, _STAGES).round().astype(int))
    return [
        Shown(files[i].read_bytes(), str(int(files[i].stem.split("-")[1])), width=300, pixels=True)
        for i in rows
    ]


def _summary(done: Finished[Pictures]) -> Table:
    about = done.model.about
    rows: list[list[Any]] = [
        [bilingual("train.page.figure", name=key), _number(value, 4)]
        for key, value in done.found.figures.items()
    ]
    for key in ("parameters", "seconds"):
        rows.append([bilingual(f"train.page.{key}"), _number(about[key], 0)])
    rows.append([bilingual("train.page.epoch"), str(about["metrics"]["epoch"])])
    return Table(["", ""], rows)


def _number(value: float, digits: int) -> Text:
    return in_both(lambda: numbers.number(value, digits))
