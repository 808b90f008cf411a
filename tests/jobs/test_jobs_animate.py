"""animate, and draw --frames: files that engines read, the sprite kept, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel.art.sprite import Sprite
from pincel.calls import call
from pincel.errors import PincelError
from pincel.make.words import draw
from pincel.pixels.open import open_picture

COLORS = np.array([[40, 30, 50], [200, 60, 60], [240, 200, 160], [60, 90, 180]], np.uint8)


def figure(side: int = 24) -> np.ndarray:
    index = np.full((side, side), -1, np.int16)
    index[3:9, 8:16] = 2
    index[9:16, 7:17] = 1
    index[16:22, 7:11] = 3
    index[16:22, 13:17] = 3
    return index


def hero(folder: Path, name: str = "hero.png") -> Path:
    Image.fromarray(Sprite((figure(),), COLORS).rgba()).save(folder / name)
    return folder / name


def test_a_file_becomes_an_animation_with_tags(tmp_path: Path) -> None:
    made = call("animate", hero(tmp_path), motion=("idle", "walk"), for_=("phaser", "godot"),
                out=tmp_path / "out.png")  # fmt: skip
    assert len(made.frames) == 8 and np.array_equal(made.rgba(), open_picture(hero(tmp_path)).rgba)
    read = open_picture(tmp_path / "out.png")
    assert len(read.frames) == 8
    assert all(np.array_equal(a, made.rgba(n)) for n, a in enumerate(read.frames))
    told = json.loads((tmp_path / "out.sheet.json").read_text())
    assert [t["name"] for t in told["meta"]["frameTags"]] == ["out_idle", "out_walk"]
    assert told["meta"]["image"] == "out.sheet.png"
    assert "out_walk" in (tmp_path / "out.sheet.tres").read_text()
    assert open_picture(tmp_path / "out.gif").animated


@pytest.mark.parametrize("kind", ["animated", "soft", "many", "large"])
def test_what_is_no_still_sprite_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "given.png"
    rng = np.random.default_rng(1)
    if kind == "animated":
        call("animate", hero(tmp_path), out=path)
    else:
        side = 300 if kind == "large" else 32
        rgba = np.full((side, side, 4), 255, np.uint8)
        rgba[..., :3] = rng.integers(0, 256, (side, side, 3)) if kind == "many" else 90
        rgba[..., 3] = 120 if kind == "soft" else 255
        Image.fromarray(rgba).save(path)
    with pytest.raises(PincelError) as refused:
        call("animate", path)
    names = {"many": "many_colors", "large": "too_large"}
    assert refused.value.key == f"animate.{names.get(kind, kind)}"
    assert [p.name for p in tmp_path.glob("given.*")] in (["given.png"], ["given.gif", "given.png"],
                                                          ["given.png", "given.gif"])  # fmt: skip


class Artist:
    name, sha256, backend, vocabulary = "artist", "ab" * 32, "test", 500

    def draw(self, words: Any, *, side: int = 32, **more: Any) -> Sprite:
        index = np.full((side, side), -1, np.int16)
        index[4:28, 4:28] = figure()
        return Sprite((index,), COLORS)


@pytest.fixture
def artist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "open_artist", lambda model: Artist())


@pytest.mark.usefixtures("artist")
def test_draw_moves_and_is_made_again(tmp_path: Path) -> None:
    made = call("draw", "knight", frames=4, motion=("walk",), for_=("pixi",),
                out=tmp_path / "k.png")  # fmt: skip
    assert len(made.frames) == 4 and [t.name for t in made.tags] == ["walk"]
    told = json.loads((tmp_path / "k.sheet.json").read_text())
    assert list(told["animations"]) == ["k_walk"]


@pytest.mark.usefixtures("artist")
@pytest.mark.parametrize(
    "more", [{"tile": True, "motion": ("idle",)}, {"grid": "seed=1,2 x guidance=1,2"}]
)
def test_draw_says_what_stands_still(more: dict[str, Any]) -> None:
    with pytest.raises(PincelError) as refused:
        call("draw", "grass", frames=4, **more)
    assert refused.value.key == "draw.still"


@pytest.mark.usefixtures("artist")
def test_redo_makes_the_same_animation(tmp_path: Path) -> None:
    call("draw", "knight", motion=("idle",), out=tmp_path / "k.png")
    again = call("redo", tmp_path / "k.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "k.png").read_bytes(), again


VIEWS = ("front", "back", "left", "right")


def test_views_come_as_one_sheet_and_again(tmp_path: Path) -> None:
    made = call("draw", "blonde knight with a sword", views=VIEWS, out=tmp_path / "k.png")
    told = json.loads((tmp_path / "k.json").read_text())
    assert [f["filename"] for f in told["frames"]] == [f"k_{view}" for view in VIEWS]
    sheet = open_picture(tmp_path / "k.png").rgba
    assert sheet.shape == (32, 128, 4)
    assert all(np.array_equal(sheet[:, 32 * n : 32 * n + 32], made.rgba(n)) for n in range(4))
    call("redo", tmp_path / "k.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "k.png").read_bytes()


def test_a_person_walks_and_breathes_from_all_sides(tmp_path: Path) -> None:
    made = call("draw", "mago", views=VIEWS, motion=("walk", "idle"), for_=("phaser", "godot"),
                format=("gif",), out=tmp_path / "m.png")  # fmt: skip
    names = [f"{motion}_{view}" for motion in ("walk", "idle") for view in VIEWS]
    assert [tag.name for tag in made.tags] == names and len(made.frames) == 32
    told = json.loads((tmp_path / "m.json").read_text())
    assert [t["name"] for t in told["meta"]["frameTags"]] == [f"m_{name}" for name in names]
    assert "m_walk_left" in (tmp_path / "m.tres").read_text()
    assert open_picture(tmp_path / "m.png").rgba.shape == (256, 128, 4)
    assert open_picture(tmp_path / "m.gif").animated


def test_a_given_palette_is_all_there_is() -> None:
    made = call("draw", "king", views=("front", "left"), palette="pico-8")
    assert len(made.palette) == 16 and max(frame.max() for frame in made.frames) < 16


@pytest.mark.parametrize(
    ("more", "key"),
    [({"tile": True}, "draw.views_alone"), ({"candidates": 2}, "draw.views_alone"),
     ({"steps_gif": True}, "draw.views_alone")],
)  # fmt: skip
def test_what_does_not_go_with_views(more: dict[str, Any], key: str) -> None:
    with pytest.raises(PincelError) as refused:
        call("draw", "king", views=VIEWS, **more)
    assert refused.value.key == key
