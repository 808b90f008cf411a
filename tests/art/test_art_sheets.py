"""Sheets for engines: what the files say, and what the engines' own code makes of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from pincel.art.atlas import Atlas, atlas_files, pack
from pincel.art.files import SHEETS, sheet_formats, sprite_formats
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.pixels.animation import Slice, SliceKey, Tag
from pincel.pixels.picture import Picture

ROOT = Path(__file__).parents[2]


def hero(count=6, tags=(), slices=(), name="hero", seed=0, size=(6, 5)) -> Sprite:
    rng = np.random.default_rng(seed)
    drawn = tuple(rng.integers(-1, 4, size).astype(np.int16) for _ in range(count))
    for frame in drawn:
        frame[0], frame[:, -1] = -1, -1  # something to trim
    palette = np.array([[0, 0, 0], [255, 0, 77], [0, 228, 54], [41, 173, 255]], np.uint8)
    times = tuple(range(50, 50 * count + 1, 50)) if count > 1 else (0,)
    return Sprite(drawn, palette, times, name, tags=tuple(tags), slices=tuple(slices))


TAGS = (
    Tag("pong", 0, 2, 2),
    Tag("rev", 1, 3, 1),
    Tag("once", 2, 3, 0, 1),
    Tag("back", 0, 2, 3),
    Tag("there", 3, 5, 2, 1),
)
SLICE = Slice("box", (SliceKey(0, (1, 2, 3, 4), (1, 1, 1, 2), (2, 3)),), (1, 2, 3, 255), "hit")
SHOWN = {
    "hero_pong": [0, 1, 2, 1],
    "hero_rev": [3, 2, 1],
    "hero_once": [2, 3],
    "hero_back": [2, 1, 0, 1],
    "hero_there": [3, 4, 5],
}


def written(atlas: Atlas, *wanted: str) -> dict[str, bytes]:
    return dict(atlas_files(atlas, "game", wanted))


def told(atlas: Atlas, form: str) -> dict[str, Any]:
    return json.loads(written(atlas, form)[".json"])


# --- tags, slices and names ---


def test_tags_keep_direction_and_repeat_and_slices_come_along():
    sprites = [hero(1, name="rock", seed=9), hero(6, TAGS, [SLICE])]
    for form in ("json", "phaser", "pixi"):
        meta = told(pack(sprites), form)["meta"]
        tags = {tag["name"]: tag for tag in meta["frameTags"]}
        assert tags["rock"] == {"name": "rock", "from": 0, "to": 0, "direction": "forward"}
        pong = {"name": "hero_pong", "from": 1, "to": 3, "direction": "pingpong"}
        assert tags["hero_pong"] == pong
        assert tags["hero_rev"]["direction"] == "reverse"
        assert (tags["hero_once"]["from"], tags["hero_once"]["repeat"]) == (3, "1")
        assert meta["slices"] == [
            {
                "name": "box",
                "color": "#010203ff",
                "data": "hit",
                "keys": [
                    {
                        "frame": 1,
                        "bounds": {"x": 1, "y": 2, "w": 3, "h": 4},
                        "center": {"x": 1, "y": 1, "w": 1, "h": 2},
                        "pivot": {"x": 2, "y": 3},
                    }
                ],
            }
        ]


def test_frames_outside_tags_stay_and_every_frame_stands_once():
    atlas = pack([hero(4, [Tag("walk", 0, 1), Tag("all", 0, 2)])])
    assert [cell.name for cell in atlas.cells] == [
        *("hero_walk_0", "hero_walk_1", "hero_all_2", "hero_3"),
    ]
    assert [(tag.name, tag.first, tag.last) for tag in atlas.tags] == [
        ("hero_walk", 0, 1),
        ("hero_all", 0, 2),
    ]
    assert [sprite.name for sprite in atlas.untold()] == ["hero"]
    assert not pack([hero(4)]).untold()


@pytest.mark.parametrize(
    "sprites",
    [
        [hero(2), hero(1, name="hero_0", seed=3)],
        [hero(1, name="hero_0", seed=3), hero(2)],
        [hero(2), hero(2, seed=1), hero(1, seed=2)],
        [hero(3, [Tag("a", 0, 1), Tag("a", 2, 2)]), hero(1, name="hero_a", seed=4)],
        [hero(3, [Tag("1", 0, 1)]), hero(2, name="hero_1", seed=4)],
        [hero(2, [Tag("0", 1, 1)])],
    ],
)
def test_no_name_is_given_twice(sprites):
    atlas = pack(sprites)
    frames, tags = [cell.name for cell in atlas.cells], [tag.name for tag in atlas.tags]
    assert len(set(frames)) == len(frames) == sum(len(sprite.frames) for sprite in sprites)
    assert len(set(tags)) == len(tags)
    assert len(told(atlas, "pixi")["frames"]) == len(frames)


def test_many_of_one_name_are_named_soon():
    atlas = pack([hero(1, seed=n, size=(2, 2)) for n in range(1500)])
    assert atlas.cells[-1].name == "hero-1500"


# --- files ---


def test_formats_are_asked_of_the_folder():
    assert SHEETS.names()[0] == "png"
    assert {"aseprite", "godot", "json", "phaser", "pixi", "tiled", "unity"} <= set(sheet_formats())
    assert {"png", "apng", "gif", "webp", "aseprite", "sheet", "gpl"} <= set(sprite_formats())
    both = written(pack([hero()]), "png", "phaser", "pixi", "json", "godot")
    assert list(both) == [".png", ".json", ".pixi.json", ".plain.json", ".tres"]


def test_soft_alpha_is_an_rgba_sheet():
    rgba = np.full((4, 4, 4), (0, 0, 0, 128), np.uint8)
    atlas = pack([Picture((rgba,), name="shadow")])
    assert atlas.sheet is None and (atlas.pixels == rgba).all()


def godot_animations(text: str) -> dict[str, dict[str, Any]]:
    found = {}
    body = text[text.index("animations = ") :]
    for part in body.split('"frames": ')[1:]:
        numbers = [int(n) for n in re.findall(r"AtlasTexture_(\d+)", part)]
        lengths = [float(n) for n in re.findall(r'"duration": ([\d.]+)', part)]
        name = re.search(r'"name": &"([^"]*)"', part)
        loop, speed = re.search(r'"loop": (\w+)', part), re.search(r'"speed": ([\d.]+)', part)
        assert name and loop and speed
        shown = [round(1000 * length / float(speed[1])) for length in lengths]
        found[name[1]] = {"frames": numbers, "loop": loop[1] == "true", "ms": shown}
    return found


def test_godot_has_the_order_written_out():
    made = godot_animations(written(pack([hero(7, TAGS)]), "godot")[".tres"].decode())
    assert {name: one["frames"] for name, one in made.items() if name != "hero"} == SHOWN
    assert [name for name, one in made.items() if not one["loop"]] == ["hero_once", "hero_there"]
    assert made["hero_pong"]["ms"] == [50, 100, 150, 100]
    assert made["hero"]["frames"] == list(range(7))  # frame 6 has no tag


def test_pixi_has_the_order_written_out():
    atlas = pack([hero(6, TAGS)])
    made = told(atlas, "pixi")["animations"]
    names = [cell.name for cell in atlas.cells]
    assert {tag: [names.index(n) for n in shown] for tag, shown in made.items()} == SHOWN


@pytest.mark.parametrize("layout", ["grid", "rows", "tight"])
@pytest.mark.parametrize("extra", [{}, {"extrude": 2, "padding": 3}, {"power_of_two": True}])
def test_tiled_cuts_out_the_same_frames(tmp_path, layout, extra):
    parse = pytest.importorskip("pytiled_parser.parsers.tmx.tileset").parse
    sprites = [hero(6, TAGS), hero(1, name="rock", seed=7, size=(4, 9)), hero(2, name="bee")]
    atlas = pack(sprites, layout=layout, **extra)
    path = tmp_path / "game.tsx"
    path.write_bytes(written(atlas, "tiled")[".tsx"])
    tileset = parse(ElementTree.parse(path).getroot(), 1, path)
    named = {tile.properties["name"]: (number, tile) for number, tile in tileset.tiles.items()}
    frames = [sprite.rgba(n) for sprite in sprites for n in range(len(sprite.frames))]
    wide, high = tileset.tile_width, tileset.tile_height
    for cell, frame in zip(atlas.cells, frames, strict=True):
        number, tile = named[cell.name]
        if tileset.columns:  # one image, as Tiled counts its tiles
            row, column = divmod(number, tileset.columns)
            x = tileset.margin + column * (wide + tileset.spacing)
            y = tileset.margin + row * (high + tileset.spacing)
            room = atlas.width - tileset.margin + tileset.spacing
            assert tileset.columns == room // (wide + tileset.spacing)
            assert number < tileset.tile_count
        else:
            x, y = tile.x, tile.y
            assert (tile.width, tile.height) == (cell.wide, cell.high)
        assert np.array_equal(atlas.pixels[y : y + cell.high, x : x + cell.wide], frame)
    assert bool(tileset.columns) == (layout != "tight")
    moving = {t.properties["animation"]: t for _, t in named.values() if t.animation}
    numbers = [named[cell.name][0] for cell in atlas.cells]
    for name, order in SHOWN.items():
        shown = [(one.tile_id, one.duration) for one in moving[name].animation]
        assert shown == [(numbers[n], 50 * n + 50) for n in order]


def test_tiled_refuses_trimmed_sheets():
    with pytest.raises(PincelError, match="leave --trim out"):
        written(pack([hero()], trim=True), "tiled")


# --- the engines' own code ---


def engine(name: str, sheet: dict[str, Any], folder: Path, *more: str) -> dict[str, Any]:
    """What an engine makes of a sheet's JSON; skipped where node or the engine is not there."""
    modules = ROOT / "tools" / "engines" / "node_modules"
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (modules / ("pixi.js" if name == "pixi" else name)).is_dir():
        pytest.skip("the engines are not installed: make engines")
    path = folder / "sheet.json"
    path.write_text(json.dumps(sheet))
    script = ROOT / "tests" / "engines" / f"{name}.cjs"
    run = subprocess.run(
        [node, str(script), str(path), *more],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "NODE_PATH": str(modules)},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def places(atlas: Atlas) -> list[dict[str, int]]:
    return [
        {
            "x": c.x,
            "y": c.y,
            "w": c.width,
            "h": c.height,
            "left": c.left,
            "top": c.top,
            "wide": c.wide,
            "high": c.high,
        }
        for c in atlas.cells
    ]


def everything(trim: bool) -> Atlas:
    return pack(
        [hero(1, name="rock", seed=9), hero(6, TAGS, [SLICE]), hero(2, name="bee")], trim=trim
    )


@pytest.mark.parametrize("trim", [False, True])
def test_phaser_makes_all_animations(tmp_path, trim):
    atlas = everything(trim)
    seen = engine("phaser", told(atlas, "phaser"), tmp_path)
    assert seen["version"] == "4.2.1"
    expected = places(atlas)
    assert [seen["frames"][str(n)] for n in range(len(expected))] == expected
    made = {one["key"]: one for one in seen["animations"]}
    assert list(made) == ["rock", *SHOWN, "bee"]
    for name, order in SHOWN.items():
        frames = [int(one["name"]) for one in made[name]["frames"]]
        if name == "hero_back":  # written out behind the others
            frames = [expected.index(seen["frames"][str(n)]) for n in frames]
            order = [expected.index(expected[n + 1]) - 1 for n in order]
        there = order[: len(frames)]  # Phaser itself goes back
        assert frames == [n + 1 for n in there]
        assert made[name]["yoyo"] == (name == "hero_pong")
        assert [one["duration"] for one in made[name]["frames"]] == [50 * n + 50 for n in there]


def test_phaser_reads_the_plain_json_as_an_atlas(tmp_path):
    atlas = everything(True)
    seen = engine("phaser", told(atlas, "json"), tmp_path, "atlas")
    assert seen["frames"] == dict(zip([c.name for c in atlas.cells], places(atlas), strict=True))


@pytest.mark.parametrize("trim", [False, True])
def test_pixi_makes_all_textures_and_animations(tmp_path, trim):
    atlas = everything(trim)
    seen = engine("pixi", told(atlas, "pixi"), tmp_path)
    assert (seen["version"], seen["asked"]) == ("8.22.0", ["game/game.png"])
    names = [cell.name for cell in atlas.cells]
    assert seen["frames"] == dict(zip(names, places(atlas), strict=True))
    shown = {tag: [names.index(n) for n in frames] for tag, frames in seen["animations"].items()}
    assert shown == {
        "rock": [0],
        **{tag: [n + 1 for n in order] for tag, order in SHOWN.items()},
        "bee": [7, 8],
    }
