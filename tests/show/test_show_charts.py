"""The house style: texts fit, numbers speak the language, nothing global is touched."""

from __future__ import annotations

import io
import sys

import numpy as np
import pytest
from PIL import Image

from pincel import words
from pincel.show import charts
from pincel.words import numbers


def test_texts_fit_and_keep_their_ends() -> None:
    sheet = charts.Chart(6, 3)
    long = "a-very-long-name-of-a-picture-that-nobody-should-give.final.final2"
    fitted = sheet.fitted(long, 2.0, 12)
    assert sheet.extent(fitted, 12) <= 2.0 < sheet.extent(long, 12)
    assert fitted[0] == "a" and fitted[-1] == "2" and "…" in fitted
    assert sheet.fitted("short", 2.0, 12) == "short"


def test_paragraphs_are_wrapped_to_the_width() -> None:
    sheet = charts.Chart(6, 3)
    text = "one two three four five six seven eight nine ten " * 4
    lines = sheet.wrapped(text.strip(), 2.5, 11)
    assert len(lines) > 4 and " ".join(lines) == text.strip()
    assert max(sheet.extent(line, 11) for line in lines) <= 2.5
    end = sheet.paragraph(0.2, 0.5, 2.5, text.strip(), 11)
    assert end == pytest.approx(0.5 + sheet.lines_height(text.strip(), 2.5, 11))


def test_any_file_name_can_be_drawn() -> None:
    sheet = charts.Chart(4, 2, "cost $x_1 中文 \U0001f600", "note")
    png = sheet.png()
    assert charts.drawable("a中") == "a□"
    assert Image.open(io.BytesIO(png)).size == (4 * charts.DPI, 2 * charts.DPI)


def test_numbers_speak_the_language() -> None:
    assert numbers.number(1234567.5, 1) == "1,234,567.5"
    assert numbers.number(-0.04, 1) == "0.0"
    assert numbers.short(-1.5, 30) == "−1.5"
    assert numbers.short(float("nan")) == "–"
    words.use("es")
    try:
        assert numbers.number(786432) == "786.432"
        assert numbers.short(0.25, 1) == "0,25"
    finally:
        words.use(None)


def test_a_large_picture_is_shrunk_by_means() -> None:
    picture = np.zeros((100, 60, 3), np.uint8)
    picture[:, ::2] = 200
    small = charts.shrunk(picture, 50)
    assert small.shape == (50, 30, 3) and (small == 100).all()
    assert charts.shrunk(picture, 100) is picture
    edges = np.zeros((40, 40))
    edges[:, 8], edges[:, 9], edges[:, 20] = 5, -7, 3
    peaks = charts.shrunk(edges, 10, peaks=True)
    assert peaks[0].tolist() == [0, 0, -7, 0, 0, 3, 0, 0, 0, 0]
    assert charts.shrunk(np.ones((3000, 1)), 1000).shape == (1000, 1)


def test_ink_reads_on_its_ground() -> None:
    assert charts.ink_on(np.array([1.0, 1.0, 1.0])) != charts.ink_on(np.zeros(3))


def test_a_spike_is_cut_and_the_rest_stays_visible() -> None:
    counts = np.full(256, 10)
    counts[0] = 9000
    assert charts._ceiling(counts) < 20
    assert charts._ceiling(np.arange(256)) > 255
    assert charts._ceiling(np.zeros(4)) == 1


def test_nothing_global_is_touched() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    loaded = "matplotlib.pyplot" in sys.modules
    sheet = charts.Chart(4, 3, "title", "note")
    sheet.picture(0.5, 1, 2, 1.5, np.zeros((9, 9), np.uint8), "picture")
    sheet.grid(2.6, 1, 0.3, np.arange(6.0).reshape(2, 3), first=(3, 4), title="grid")
    counts, edges = np.histogram(np.arange(50), bins=50, range=(0, 50))
    sheet.histogram(0.5, 2.6, 1, 0.2, counts, edges, charts.RED, "h")
    assert sheet.png() == sheet.png()
    assert dict(matplotlib.rcParams) == before
    assert ("matplotlib.pyplot" in sys.modules) == loaded


def test_a_count_of_digits_may_be_a_truth_value() -> None:
    assert numbers.number(5.0, 5.0 % 1 > 0) == "5"
    assert numbers.number(2.5, 2.5 % 1 > 0) == "2.5"
