"""gallery: the page holds every picture and recipe, filters agree, the grid has them in place."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from pincel.calls import call
from pincel.errors import PincelError
from pincel.pixels.encode import indexed_png
from pincel.recipe import recipe
from pincel.show.make.grid_sheet import axes, draw_grid_sheet

MODELS = {"draw.sprites": "ab" * 32, "mine": "cd" * 32}
EVIL = "</script><script>alert('x')</script> \"dragón\""


def made(folder: Path) -> Path:
    """Two prompts by three seeds, one missing; one hostile prompt; one picture without recipe."""
    folder.mkdir()
    colors = np.array([[200, 30, 30], [30, 30, 200]], np.uint8)
    number = 0
    for row, prompt in enumerate(("dragón rojo", EVIL)):
        for seed in (1, 2, 10):
            if (row, seed) == (1, 2):
                continue
            frame = np.full((8, 8), -1, np.int16)
            frame[row * 2 : row * 2 + 2, : min(seed, 8)] = row
            model = list(MODELS)[row]
            facts = recipe.recipe_facts(
                "edit", {"prompt": prompt, "steps": 16, "seed": seed}, seed=seed,
                model=(model, MODELS[model]),
            )  # fmt: skip
            data = recipe.stamp(indexed_png(frame, colors), facts)
            (folder / f"{number}.png").write_bytes(data)
            number += 1
    parent = (folder / "0.png").read_bytes()
    facts = recipe.recipe_facts("edit", {}, parents=[recipe.parent("picture", "0.png", parent)])
    (folder / "child.png").write_bytes(recipe.stamp(indexed_png(frame, colors), facts))
    Image.new("RGB", (20, 10), "green").save(folder / "photo.jpg")
    return folder


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_holds_the_pictures_themselves_and_nothing_from_outside(tmp_path: Path) -> None:
    folder = made(tmp_path / "made")
    rows = call("gallery", folder, out=tmp_path)
    assert [row["name"] for row in rows] == ["0", "1", "2", "3", "4", "child"]
    text = (tmp_path / "gallery.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    shown = [a["src"] for tag, a in page.tags if tag == "img"]
    files = sorted(folder.glob("*.png"))
    assert [base64.b64decode(s.partition(",")[2]) for s in shown] == [f.read_bytes() for f in files]
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", text)
    assert sum(tag == "script" for tag, _ in page.tags) == 1  # the prompt stayed text
    assert any("alert('x')" in part for part in page.text)
    assert [a["href"] for tag, a in page.tags if tag == "a"] == ["#p0"]
    assert any('pincel edit "dragón rojo" --seed 10' in part for part in page.text)
    assert any("pincel redo 2.png" in part for part in page.text)
    spans = [a["lang"] for tag, a in page.tags if tag == "span" and "lang" in a]
    assert spans.count("en") == spans.count("es") > 4


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"prompt": "DRAGON"}, ["0", "1", "2", "3", "4"]),
        ({"prompt": "rojo", "seed": 2}, ["1"]),
        ({"model": "mine"}, ["3", "4"]),
        ({"model": "abab"}, ["0", "1", "2"]),
        ({"seed": 10}, ["2", "4"]),
        ({"job": "edit", "seed": 1}, ["0", "3"]),
        ({"everything": True}, ["0", "1", "2", "3", "4", "child", "photo"]),
    ],
)
def test_filters(tmp_path: Path, settings: dict, names: list[str]) -> None:
    rows = call("gallery", made(tmp_path / "made"), **settings)
    assert [row["name"] for row in rows] == names


def test_the_grid_has_every_picture_in_its_place(tmp_path: Path) -> None:
    call("gallery", made(tmp_path / "made"), grid="prompt,seed", out=tmp_path)
    with Image.open(tmp_path / "gallery.grid.png") as image:
        values = np.asarray(image.convert("RGB")).astype(int)
    red = (values == (200, 30, 30)).all(-1)
    blue = (values == (30, 30, 200)).all(-1)
    # a cell is 96 pixels: 8 x 12; the stripe of seed s is min(s, 8) pixels long, 2 high
    assert red.sum() == (1 + 2 + 8) * 2 * 144 and blue.sum() == (1 + 8) * 2 * 144
    starts = np.flatnonzero(np.diff(np.r_[0, red.any(0)]) == 1)
    assert list(np.diff(starts)) == [102, 102]  # seeds 1, 2, 10 in their order
    assert np.flatnonzero(red.any(1)).max() < np.flatnonzero(blue.any(1)).min()


def test_axes_and_sheet() -> None:
    assert axes("seed=1,2,3 x guidance=1, 2") == (
        ("seed", ["1", "2", "3"]), ("guidance", ["1", "2"]))  # fmt: skip
    assert axes("prompt=a, b|c x new-colors=yes")[0] == ("prompt", ["a, b", "c"])
    for bad in ("", "seed=1,2", "seed=1 x seed=2", "seed= x steps=1", "seed=1 x steps"):
        with pytest.raises(PincelError, match="two settings"):
            axes(bad)
    with pytest.raises(PincelError, match="too large"):
        axes("seed=" + ",".join(map(str, range(99))) + " x steps=1,2,3,4,5,6,7,8,9")
    pixels = np.full((4, 6, 4), 255, np.uint8)
    with Image.open(
        BytesIO(draw_grid_sheet(("a", ["ñ"]), ("b", [0.5, 2.0]), {(0, 1): pixels}))
    ) as image:
        assert image.width > 2 * 96


@pytest.mark.parametrize(
    ("settings", "match"),
    [
        ({"grid": "prompt"}, "two settings"),
        ({"grid": "prompt,prompt"}, "two settings"),
        ({"grid": "prompt,nonsense"}, "nonsense; there are job, model, name, prompt, seed, steps"),
        ({"prompt": "unicorn"}, "leave one out"),
        ({"job": "drow"}, "drow"),
    ],
)
def test_bad_settings_are_one_sentence(tmp_path: Path, settings: dict, match: str) -> None:
    with pytest.raises(PincelError, match=match):
        call("gallery", made(tmp_path / "made"), **settings)


def test_without_recipes_it_says_so(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    with pytest.raises(PincelError, match="carries a recipe"):
        call("gallery", tmp_path)
    (tmp_path / "a.png").write_text("no picture")
    with pytest.raises(PincelError):
        call("gallery", tmp_path)
    assert "gallery" in jobs.names()
