"""A page stands alone, speaks both languages, and shows the pictures behind a number."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from pincel import words
from pincel.learn.measure import measure_answers
from pincel.show.learn.training import chosen_examples, confusion_table, contact, pictures_rgb
from pincel.show.pages.page import Section, Shown, Table, bilingual, in_both, page, picture_png


class Reader(HTMLParser):
    """Collects what a browser would see; fails on tags that do not close."""

    VOID = ("meta", "img", "br", "link", "input", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read(data: bytes) -> Reader:
    reader = Reader()
    reader.feed(data.decode())
    assert not reader.open
    return reader


def test_a_page_stands_alone() -> None:
    picture = picture_png(np.zeros((4, 4, 3), np.uint8))
    data = page(
        {"en": "A <title>", "es": "Un título"},
        [
            Section(
                {"en": "One", "es": "Uno"},
                [bilingual("cli.wrote", path="<x>")],
                [Table(["a", "b"], [["x", 1], ["y", 2.5]], behind={(0, 1): Shown(picture, "why")})],
                [Shown({"en": picture, "es": picture}, {"en": "en", "es": "es"}, 40, True)],
            )
        ],
    )
    found = read(data)
    text = "".join(found.texts)
    assert "A <title>" in text and "Un título" in text and "<x>" in text
    images = [a["src"] for t, a in found.tags if t == "img"]
    assert len(images) == 3
    for source in images:
        assert base64.b64decode(source.removeprefix("data:image/png;base64,")) == picture
    assert not any(t in ("link", "script") and ("src" in a or "href" in a) for t, a in found.tags)
    buttons = {a["data-behind"] for t, a in found.tags if "data-behind" in a}
    assert buttons == {a["id"] for t, a in found.tags if a.get("class") == "behind"} != set()


def test_both_languages_are_fetched_and_the_one_in_force_stays() -> None:
    words.use("es")
    try:
        said = in_both(words.language)
        assert said == {"en": "en", "es": "es"} and words.language() == "es"
        assert page({"en": "x", "es": "y"}, []).startswith(b'<!DOCTYPE html>\n<html lang="es"')
        with pytest.raises(ZeroDivisionError):
            in_both(lambda: 1 / 0)
        assert words.language() == "es"
    finally:
        words.use(None)


def test_confusion_cells_show_their_own_pictures() -> None:
    from pincel.learn.data import DataPart

    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 60)
    chances = rng.dirichlet((1, 1, 1), 60)
    pictures = np.zeros((60, 5, 5, 1), np.uint8)
    pictures[:, 0, 0, 0] = np.arange(60)  # every picture knows its number
    part = DataPart(pictures, labels, [str(i) for i in range(60)])
    table = confusion_table(part, chances, measure_answers(chances, labels), ["a", "b", "c"])
    answers = chances.argmax(1)
    assert sum(sum(row[1:]) for row in table.rows) == 60
    for (y, x), shown in table.behind.items():
        own = np.flatnonzero((labels == y) & (answers == x - 1))
        assert table.rows[y][x] == len(own)
        told = re.findall(r"\d+", shown.caption["en"])
        assert [int(n) for n in told] == [len(own), len(own)]
    sheet = contact(pictures_rgb(pictures[:7]), across=3)
    assert sheet.shape == (3 * 6 - 1, 3 * 6 - 1, 3)
    assert [int(sheet[y * 6, x * 6, 0]) for y in range(3) for x in range(3)][:7] == list(range(7))


def test_mistakes_come_first() -> None:
    chances = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]])
    rows = chosen_examples(chances, np.array([1, 1, 1, 0]), 4)
    assert rows.tolist() == [0, 3, 1] or rows[:2].tolist() == [0, 3]
