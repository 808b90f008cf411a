"""Sheets: nothing overlaps, everything is found again where the files say."""

import json
import re

import numpy as np
import pytest

from pincel.art.atlas import atlas_files, pack
from pincel.art.files.sheets.json import describe
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.pixels.aseprite import read_aseprite
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture


def sprite(name, width, height, frames=1, seed=0, colors=6):
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, (colors, 3), dtype=np.uint8)
    drawn = tuple(rng.integers(-1, colors, (height, width)).astype(np.int16) for _ in range(frames))
    return Sprite(drawn, palette, tuple(range(50, 50 + 10 * frames, 10)), name)


def mixed():
    sizes = [(16, 16), (24, 32), (7, 3), (40, 12), (1, 1), (16, 16), (30, 30), (9, 64)]
    return [sprite(f"s{n}", w, h, 1 + n % 3, n) for n, (w, h) in enumerate(sizes)]


def cut(atlas, cell):
    """A whole frame out of the sheet, as an engine would show it."""
    frame = np.zeros((cell.high, cell.wide, 4), np.uint8)
    part = atlas.pixels[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width]
    frame[cell.top : cell.top + cell.height, cell.left : cell.left + cell.width] = part
    return frame


WAYS = [
    {},
    {"layout": "grid"},
    {"layout": "grid", "columns": 3, "padding": 0},
    {"layout": "rows", "padding": 2},
    {"trim": True},
    {"extrude": 2},
    {"power_of_two": True},
    {"padding": 0, "trim": True, "power_of_two": True},
]


@pytest.mark.parametrize("way", WAYS)
def test_every_frame_is_found_again_and_none_overlap(way):
    sprites = mixed()
    atlas = pack(sprites, **way)
    frames = [s.rgba(n) for s in sprites for n in range(len(s.frames))]
    assert len(atlas.cells) == len(frames)
    gap = way.get("padding", 1) + 2 * way.get("extrude", 0)
    covered = np.zeros((atlas.height + gap, atlas.width + gap), np.uint8)
    for cell, frame in zip(atlas.cells, frames, strict=True):
        assert np.array_equal(cut(atlas, cell), frame)
    for x, y, w, h in {(c.x, c.y, c.width, c.height) for c in atlas.cells}:  # equal ones share
        covered[y : y + h + gap, x : x + w + gap] += 1
    assert covered.max() == 1  # cells keep their distance
    if way.get("power_of_two"):
        assert atlas.width & (atlas.width - 1) == atlas.height & (atlas.height - 1) == 0


def test_tight_is_tight():
    atlas = pack(mixed(), padding=0)
    assert atlas.filled > 0.8
    squares = pack([sprite(f"s{n}", 16, 16, seed=n) for n in range(64)], padding=0)
    assert squares.width * squares.height == 64 * 256
    assert (
        pack(
            [sprite(f"s{n}", 16, 16, seed=n) for n in range(64)], padding=1, power_of_two=True
        ).width
        == 128
    )


def test_extrude_repeats_the_border():
    one = sprite("s", 4, 4, seed=2)
    atlas = pack([one], extrude=2)
    assert (atlas.width, atlas.height) == (8, 8)
    assert np.array_equal(atlas.pixels, np.pad(one.rgba(), ((2, 2), (2, 2), (0, 0)), "edge"))


def test_equal_frames_share_a_place_only_when_tight():
    twin = [sprite("a", 8, 8, seed=1), sprite("b", 8, 8, seed=1)]
    assert pack(twin).width == 8
    assert pack(twin).cells[0].x == pack(twin).cells[1].x
    assert pack(twin, layout="grid").pixels.shape[:2] in ((8, 17), (17, 8))


def test_names_and_tags():
    atlas = pack([sprite("hero", 8, 8, 3, 1), sprite("hero", 8, 8, 1, 2), sprite("orc", 4, 4)])
    assert [c.name for c in atlas.cells] == ["hero_0", "hero_1", "hero_2", "hero-2", "orc"]
    assert [(t.name, t.first, t.last) for t in atlas.tags] == [
        ("hero", 0, 2),
        ("hero-2", 3, 3),
        ("orc", 4, 4),
    ]


def test_one_palette_for_all_in_its_order():
    one, two = sprite("a", 8, 8, seed=1), sprite("b", 8, 8, seed=2)
    same = Sprite(two.frames, one.palette, two.durations, "b")
    assert np.array_equal(pack([one, same]).sheet.palette, one.palette)
    both = pack([one, two]).sheet
    assert np.array_equal(both.palette, np.concatenate([one.palette, two.palette]))


def test_too_many_colours_are_rgba():
    many = [sprite(f"s{n}", 16, 16, seed=n, colors=200) for n in range(3)]
    atlas = pack(many)
    assert atlas.sheet is None
    files = dict(atlas_files(atlas, "all"))
    assert np.array_equal(open_picture(files[".png"]).rgba, atlas.pixels)
    assert json.loads(files[".json"])["meta"]["format"] == "RGBA8888"
    with pytest.raises(PincelError, match="256 colours"):
        atlas_files(atlas, "all", ["aseprite"])


def test_pictures_with_soft_alpha_stay_as_they_are():
    rgba = np.full((3, 3, 4), 120, np.uint8)
    rgba[0, 0] = (9, 9, 9, 0)
    atlas = pack([Picture((rgba,), name="glow")])
    assert atlas.sheet is None
    assert atlas.pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert atlas.pixels[1, 1].tolist() == [120] * 4


def test_json_is_what_texturepacker_and_aseprite_say():
    atlas = pack([sprite("walk", 8, 6, 2)], trim=False, padding=0)
    told = describe(atlas, "walk.png")
    assert told["frames"][1] == {
        "filename": "walk_1",
        "frame": {"x": atlas.cells[1].x, "y": atlas.cells[1].y, "w": 8, "h": 6},
        "rotated": False,
        "trimmed": False,
        "spriteSourceSize": {"x": 0, "y": 0, "w": 8, "h": 6},
        "sourceSize": {"w": 8, "h": 6},
        "duration": 60,
    }
    meta = told["meta"]
    assert meta["image"] == "walk.png" and meta["format"] == "I8" and meta["scale"] == "1"
    assert meta["size"] == {"w": atlas.width, "h": atlas.height}
    assert meta["frameTags"] == [{"name": "walk", "from": 0, "to": 1, "direction": "forward"}]


def test_all_files_of_a_sheet():
    sprites = mixed()
    atlas = pack(sprites, trim=True)
    files = dict(atlas_files(atlas, "all", ("png", "json", "godot", "unity", "aseprite")))
    assert list(files) == [".png", ".json", ".tres", ".tpsheet", ".aseprite"]
    picture = open_picture(files[".png"])
    assert picture.info["mode"] == "P"
    assert np.array_equal(picture.rgba, atlas.pixels)

    frames = [s.rgba(n) for s in sprites for n in range(len(s.frames))]
    opened = read_aseprite(files[".aseprite"])
    assert [t.name for t in opened.tags] == [s.name for s in sprites]
    for number, frame in enumerate(frames):
        shown = opened.rgba(number)
        assert np.array_equal(shown[: frame.shape[0], : frame.shape[1]], frame)

    godot = files[".tres"].decode()
    regions = re.findall(r"region = Rect2\((\d+), (\d+), (\d+), (\d+)\)", godot)
    cells = [(c.x, c.y, c.width, c.height) for c in atlas.cells]
    assert [tuple(map(int, region)) for region in regions] == cells
    assert godot.count('"speed"') == len(sprites)
    # three frames of 50, 60 and 70 ms: 20 a second, the last 1.4 times as long
    assert '"name": &"s2",\n"speed": 20.0' in godot and '"duration": 1.4,' in godot
    assert f"load_steps={len(cells) + 2} " in godot

    unity = files[".tpsheet"].decode().splitlines()
    assert f":size={atlas.width}x{atlas.height}" in unity
    for cell, line in zip(atlas.cells, unity[-len(cells) :], strict=True):
        name, x, y, w, h, pivot_x, pivot_y, *border = line.split(";")
        assert (name, int(x), int(w), int(h)) == (cell.name, cell.x, cell.width, cell.height)
        assert int(y) + int(h) + cell.y == atlas.height  # counted from below
        middle = cell.left + float(pivot_x) * cell.width
        assert middle == pytest.approx(cell.wide / 2, abs=1e-3)
        low = cell.high - cell.top - cell.height
        assert low + float(pivot_y) * cell.height == pytest.approx(cell.high / 2, abs=1e-3)
        assert [b.strip() for b in border] == ["0"] * 4


def test_limits():
    with pytest.raises(PincelError, match="longest side allowed"):
        pack([sprite("a", 100, 100)], largest=64)
    with pytest.raises(PincelError, match="longest side allowed"):
        pack([sprite(f"s{n}", 40, 40, seed=n) for n in range(9)], largest=100)
    assert pack([sprite(f"s{n}", 40, 40, seed=n) for n in range(4)], largest=81).width == 81
    with pytest.raises(PincelError, match="nothing to pack"):
        pack([])
    with pytest.raises(PincelError, match="choose from"):
        atlas_files(pack([sprite("a", 4, 4)]), "a", ["psd"])


def test_an_empty_frame_has_a_place():
    clear = Sprite((np.full((5, 5), -1, np.int16),), np.zeros((1, 3), np.uint8), name="none")
    atlas = pack([clear, sprite("a", 4, 4)], trim=True)
    assert np.array_equal(cut(atlas, atlas.cells[0]), clear.rgba())


def test_thousands_are_packed_soon():
    rng = np.random.default_rng(1)
    many = [
        sprite(f"s{n}", int(rng.integers(4, 24)), int(rng.integers(4, 24)), seed=n, colors=3)
        for n in range(600)
    ]
    atlas = pack(many, padding=0)
    assert atlas.filled > 0.85


def test_an_atlas_saves_itself(tmp_path):
    atlas = pack([sprite("a", 8, 8), sprite("b", 4, 4, 2)])
    paths = atlas.save(tmp_path / "game.png", also=("json", "godot"))
    assert [path.name for path in paths] == ["game.png", "game.json", "game.tres"]
    assert json.loads(paths[1].read_text())["meta"]["image"] == "game.png"
    with pytest.raises(PincelError, match="exists"):
        atlas.save(tmp_path / "game.png")
