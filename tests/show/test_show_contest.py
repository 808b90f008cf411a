"""The contest's table and chart from figures that are known."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the contest needs pincel[nets]")

from pincel import words
from pincel.learn.contest import ContestRow
from pincel.learn.crowds import Modes, Neighbours
from pincel.show.learn import contest as figures
from pincel.show.learn import modes
from pincel.show.pages.page import page


def score(family: str, frechet: float, precision: float, obeyed: float | None = None) -> ContestRow:
    log = [{"step": k, "modes": 2 * k, "modes_of": 9, "val_real": 1.0, "val_made": -1.0 / k}
           for k in (1, 2, 3)]  # fmt: skip
    return ContestRow(
        family=family,
        parameters=12_345,
        seconds=61.0,
        steps=100,
        batch=64,
        frechet=frechet,
        near=Neighbours(precision, 0.25, 1.1, 0.5),
        kinds=Modes(7, 9, 0.625, (1.0,)),
        obeyed=obeyed,
        speed=3.25,
        pictures=np.zeros((16, 8, 8, 4), np.uint8),
        log=log if family == "gan" else [],
    )


SCORES = [score("", 1.5, 0.9), score("gan", 10.0, 0.5, 0.75), score("vae", 20.0, 0.6)]


def test_the_best_of_a_column_is_low_or_high_and_never_a_real_one() -> None:
    assert figures.best(SCORES, "frechet") == 10.0
    assert figures.best(SCORES, "precision") == 0.6
    assert figures.best(SCORES, "parameters") is None
    assert figures.best(SCORES, "obeyed") is None  # only one can be asked
    assert figures.best(SCORES[:2], "frechet") is None


def test_cells_are_written_out_and_missing_ones_are_dashes() -> None:
    words.use("en")
    try:
        told = [figures.cell(SCORES[1], column) for column in figures.COLUMNS]
        real = [figures.cell(SCORES[0], column) for column in figures.columns(False)]
    finally:
        words.use(None)
    assert told == ["10.00", "0.50", "0.25", "1.10", "0.50", "7/9", "0.62", "0.75", "12,345",
                    "61", "6,400", "3.2"]  # fmt: skip
    assert real == ["1.50", "0.90", "0.25", "1.10", "0.50", "7/9", "0.62", "–", "–", "–"]


def test_chart_and_page_are_made_in_both_languages() -> None:
    words.use("es")
    try:
        chart = figures.draw_contest("Generadores", "nota", SCORES, True)
    finally:
        words.use(None)
    assert chart.startswith(b"\x89PNG")
    made = page("t", figures.contest_sections(SCORES, True, "note")).decode()
    assert made.count("data:image/png") == 3 + 2  # samples of each, the modes in two languages
    assert "Fréchet distance" in made and "Distancia de Fréchet" in made


def test_a_duel_is_drawn_where_modes_were_counted() -> None:
    (found,) = modes.modes_sections(SCORES[1].log)
    assert len(found.pictures) == 2
    assert modes.modes_sections([{"epoch": 1, "step": 3}]) == []
