"""draw --like and --tile: what is kept of a character, and ground that joins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel.art.sprite import Sprite
from pincel.art.tile import seam
from pincel.calls import call
from pincel.errors import PincelError
from pincel.make.words import draw
from pincel.recipe import recipe

GREEN = np.array([[30, 90, 40], [60, 150, 60], [130, 210, 90]], np.uint8)


class Artist:
    """Grass with a hole in it; notes what it was asked."""

    name, sha256, backend, vocabulary = "artist", "ab" * 32, "test", 500

    def __init__(self, covered: float = 0.8) -> None:
        self.covered = covered
        self.asked: list[dict[str, Any]] = []

    def draw(self, words: Any, *, side: int = 32, seed: int = 0, **more: Any) -> Sprite:
        self.asked.append(more)
        palette = more["palette"] if more["palette"] is not None else GREEN
        index = np.random.default_rng(seed).integers(0, len(palette), (side, side))
        index[: round(side * (1 - self.covered))] = -1
        return Sprite((index.astype(np.int16),), palette)


@pytest.fixture
def artist(monkeypatch: pytest.MonkeyPatch) -> Artist:
    artist = Artist()
    monkeypatch.setattr(draw, "open_artist", lambda model: artist)
    return artist


def hero(folder: Path, side: int = 20) -> Path:
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[3:-3, 5:-5] = (200, 40, 40, 255)
    rgba[3:7, 5:-5] = (240, 200, 160, 255)
    Image.fromarray(rgba).save(folder / "hero.png")
    return folder / "hero.png"


@pytest.mark.parametrize("side", [20, 32])
def test_like_keeps_the_palette_and_the_outline(tmp_path: Path, artist: Artist, side: int) -> None:
    made = call("draw", "blue knight", like=hero(tmp_path, side), out=tmp_path / "a.png")
    assert {tuple(c) for c in made.palette.tolist()} == {(200, 40, 40), (240, 200, 160)}
    line = artist.asked[0]["outline"]
    assert line.shape == (32, 32) and 0.03 < line.mean() < 0.2
    rows, columns = np.nonzero(line)
    inside = line[rows.min() + 2 : rows.max() - 1, columns.min() + 2 : columns.max() - 1]
    assert inside.size and not inside.any()
    kept = recipe.read_recipe((tmp_path / "a.png").read_bytes())["settings"]
    assert kept["like"] is None and kept["palette"] and kept["scribble"].startswith("packed:")
    call("redo", tmp_path / "a.png", out=tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_tile_is_whole_and_joins(tmp_path: Path, artist: Artist) -> None:
    made = call("draw", "red dragon", tile=True, width=16, out=tmp_path / "t.png")
    assert (made.indices >= 0).all()
    assert seam(made.rgba()) < 1.6
    call("redo", tmp_path / "t.png", out=tmp_path / "u.png")
    assert (tmp_path / "t.png").read_bytes() == (tmp_path / "u.png").read_bytes()


def test_too_little_ground_is_refused(artist: Artist) -> None:
    artist.covered = 0.1
    with pytest.raises(PincelError, match="--seed"):
        call("draw", "red dragon", tile=True, width=16)


def test_grounds_by_rules_join_one_another_at_every_width(tmp_path: Path) -> None:
    for width in (16, 32, 48, 64):
        made = call("draw", "hierba con flores rojas", tile=True, width=width, count=3,
                    out=tmp_path / f"{width}")  # fmt: skip
        shown = [one.rgba() for one in made]
        assert all(one.shape == (width, width, 4) for one in shown)
        assert all(np.array_equal(one[0], shown[0][0]) for one in shown)
        assert all(np.array_equal(one[:, -1], shown[0][:, -1]) for one in shown)
        assert len({one.tobytes() for one in shown}) == 3
    path = next((tmp_path / "32").glob("*-1.png"))
    call("redo", path, out=tmp_path / "again.png")
    assert path.read_bytes() == (tmp_path / "again.png").read_bytes()


def test_a_ground_in_a_palette_and_in_motion(tmp_path: Path) -> None:
    made = call("draw", "lava", tile=True, frames=4, palette="#000000,#ff0000,#ffff00",
                out=tmp_path / "l.png")  # fmt: skip
    assert len(made.frames) == 4 and len(made.palette) == 3
    assert sorted(one.suffix for one in tmp_path.glob("l*")) == [".gif", ".png"]
    for prompt, key in (("grass", "draw.ground_still"), ("dragon", "draw.still")):
        with pytest.raises(PincelError) as refused:
            call("draw", prompt, tile=True, frames=4)
        assert refused.value.key == key
    with pytest.raises(PincelError) as refused:
        call("draw", "grass", tile=True, seed=998, count=4)
    assert refused.value.key == "draw.tile_seeds"
    with pytest.raises(PincelError) as refused:
        call("draw", "dragon", tile=True, width=64)
    assert refused.value.key == "draw.tile_width"


def test_without_tile_lava_flows_and_walls_breathe() -> None:
    lava, wall = (call("draw", prompt, frames=4) for prompt in ("lava", "brick wall"))
    assert len(lava.frames) == len(wall.frames) == 4
    assert all((frame >= 0).all() for frame in lava.frames)
    assert (wall.frames[2] < 0).any()


def test_without_tile_a_wall_of_sixteen_pixels_is_drawn_so() -> None:
    assert call("draw", "brick wall", width=16).rgba().shape == (16, 16, 4)


def test_two_grounds_are_a_sheet_with_its_corners(tmp_path: Path) -> None:
    made = call("draw", "hierba y agua", tile=True, width=16, for_=("tiled",),
                out=tmp_path / "s.png")  # fmt: skip
    assert made.rgba().shape == (64, 64, 4)
    names = sorted(one.name for one in tmp_path.iterdir() if one.name.startswith("s."))
    assert names == ["s.corners.json", "s.png", "s.tiled.png", "s.tsx"]
    told = json.loads((tmp_path / "s.corners.json").read_text())
    assert told["grounds"] == ["grass", "water"] and told["tiles"][5]["x"] == 16
    call("redo", tmp_path / "s.png", out=tmp_path / "t.png")
    assert (tmp_path / "s.png").read_bytes() == (tmp_path / "t.png").read_bytes()


def test_the_network_draws_a_ground_where_it_is_asked(tmp_path: Path, artist: Artist) -> None:
    call("draw", "grass", tile=True, width=16, drawn_by="network")
    assert len(artist.asked) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"like": "hero.png", "palette": "pico-8"},
        {"tile": True, "like": "hero.png"},
        {"tile": True, "steps_gif": True},
        {"without": "helmet", "engine": "diffusers:x"},
        {"tile": True, "engine": "diffusers:x"},
    ],
)
def test_what_does_not_go_together_is_refused(artist: Artist, more: dict[str, Any]) -> None:
    with pytest.raises(PincelError):
        call("draw", "knight", **more)


def test_two_things_do_not_follow_one_silhouette(tmp_path: Path, artist: Artist) -> None:
    with pytest.raises(PincelError, match="one thing"):
        call("draw", "three coins", like=hero(tmp_path))


def test_an_empty_character_is_refused(tmp_path: Path, artist: Artist) -> None:
    Image.new("RGBA", (16, 16)).save(tmp_path / "none.png")
    with pytest.raises(PincelError, match="none"):
        call("draw", "knight", like=tmp_path / "none.png")
