"""Job sheet: folders, animations and Aseprite files on one sheet; its files name each other."""

import json

import numpy as np
import pytest
from PIL import Image

import aseprite_files
import pincel
from pincel.art.files.sprites.aseprite import write_aseprite
from pincel.art.sprite import Sprite
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Failed, Made
from pincel.jobs.make.sheet import Sheet
from pincel.pixels.animation import Tag
from pincel.pixels.open import open_picture


def sprite(frames=1, seed=0, size=(6, 8), name="slime"):
    rng = np.random.default_rng(seed)
    drawn = tuple(rng.integers(-1, 4, size).astype(np.int16) for _ in range(frames))
    palette = np.array([[0, 0, 0], [255, 0, 77], [0, 228, 54], [41, 173, 255]], np.uint8)
    return Sprite(drawn, palette, (120,) * frames if frames > 1 else (0,), name)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "sprites"
    (place / "sub").mkdir(parents=True)
    sprite(seed=1).save(place / "rock.png")
    sprite(3, seed=2).save(place / "slime.gif")
    sprite(seed=3).save(place / "sub" / "tree.png")
    data = write_aseprite(sprite(4, seed=4, name="hero"), tags=[Tag("run", 0, 1), Tag("hit", 2, 3)])
    (place / "hero.aseprite").write_bytes(data)
    return place


def made(*sources, **settings):
    events = list(Sheet(sources=sources, **settings).run())
    (result,) = [event for event in events if isinstance(event, Made)]
    return result, [event for event in events if isinstance(event, Failed)]


def test_a_folder_of_everything(folder):
    result, failed = made(str(folder))
    assert not failed
    assert [cell.name for cell in result.value.cells] == [
        *("rock", "slime_0", "slime_1", "slime_2", "sub/tree"),
        *("hero_run_0", "hero_run_1", "hero_hit_0", "hero_hit_1"),
    ]
    assert (result.name, result.beside) == ("sprites.sheet", folder.parent)
    assert result.numbers["frames"] == 9 and result.numbers["colors"] == 4
    files = dict(result.files())
    assert list(files) == [".png", ".json"]
    rgba = open_picture(files[".png"]).rgba
    rgba[rgba[..., 3] == 0] = 0  # a grey that the palette has not lies under what is clear
    assert np.array_equal(rgba, result.value.pixels)
    told = json.loads(files[".json"])
    assert told["meta"]["image"] == "sprites.sheet.png"
    assert [frame["duration"] for frame in told["frames"][1:4]] == [120] * 3


def test_a_name_given_with_out_is_the_name_inside(folder, tmp_path):
    out = tmp_path / "game" / "atlas.png"
    code = main(["sheet", str(folder), "--out", str(out), "--also", "json,godot,unity", "-q"])
    assert code == 0
    assert sorted(p.name for p in out.parent.iterdir()) == [
        "atlas.json",
        "atlas.png",
        "atlas.tpsheet",
        "atlas.tres",
    ]
    assert json.loads(out.with_suffix(".json").read_text())["meta"]["image"] == "atlas.png"
    assert 'path="atlas.png"' in out.with_suffix(".tres").read_text()
    assert ":texture=atlas.png" in out.with_suffix(".tpsheet").read_text()


def test_numbered_stills_become_an_animation(tmp_path):
    for number in (1, 2, 10):
        sprite(seed=number).save(tmp_path / f"walk-{number}.png")
    sprite(seed=5).save(tmp_path / "tree.png")
    result, _ = made(str(tmp_path), group=True, fps=8)
    assert [cell.name for cell in result.value.cells] == ["tree", "walk_0", "walk_1", "walk_2"]
    assert {cell.duration for cell in result.value.cells} == {125}
    last = result.value.cells[-1]
    part = result.value.pixels[last.y : last.y + 6, last.x : last.x + 8]
    assert np.array_equal(part, sprite(seed=10).rgba())


def test_for_an_engine_its_own_file_is_written(folder, tmp_path):
    for engine, files in {
        "phaser": ["g.json", "g.png"],
        "pixi": ["g.json", "g.png"],
        "godot": ["g.png", "g.tres"],
        "unity": ["g.png", "g.tpsheet"],
        "tiled": ["g.png", "g.tsx"],
        "phaser,pixi": ["g.json", "g.pixi.json", "g.png"],
    }.items():
        out = tmp_path / engine
        assert main(["sheet", str(folder), "--for", engine, "-o", str(out / "g.png"), "-q"]) == 0
        assert sorted(path.name for path in out.iterdir()) == files
    assert next(iter(json.loads((tmp_path / "pixi" / "g.json").read_text())["frames"])) == "rock"
    frames = json.loads((tmp_path / "phaser" / "g.json").read_text())["frames"]
    assert [frame["filename"] for frame in frames] == [str(n) for n in range(9)]
    assert 'columns="3"' in (tmp_path / "tiled" / "g.tsx").read_text()  # in a grid
    both, _ = made(str(folder), for_=("godot",), also=("json",))
    assert list(dict(both.files())) == [".png", ".tres", ".json"]


def test_tags_and_soft_alpha_of_an_aseprite_file(tmp_path):
    half = aseprite_files.layer("shadow", opacity=128)
    picture = aseprite_files.cel(0, 0, 0, 1, 1, [0, 0, 0, 255])
    tags = aseprite_files.tags(("once", 0, 1, 1, 1))
    frames = [aseprite_files.frame([half, picture, tags]), aseprite_files.frame([])]
    (tmp_path / "glow.aseprite").write_bytes(aseprite_files.file(frames, 2, 1, 32))
    result, _ = made(str(tmp_path / "glow.aseprite"), layout="rows", padding=0)
    assert result.numbers["colors"] is None
    assert open_picture(dict(result.files())[".png"]).rgba[0, 0].tolist() == [0, 0, 0, 128]
    (tag,) = json.loads(dict(result.files())[".json"])["meta"]["frameTags"]
    assert (tag["name"], tag["direction"], tag["repeat"]) == ("glow_once", "reverse", "1")


def test_trimmed_tiles_are_refused_before_anything_is_packed(folder):
    with pytest.raises(PincelError, match="leave --trim out"):
        next(Sheet(sources=(str(folder),), for_=("tiled",), trim=True).run())


def test_a_bad_file_does_not_stop_the_others(folder):
    (folder / "bad.png").write_text("no picture")
    (folder / "bad.aseprite").write_bytes(b"no sprite")
    result, failed = made(str(folder))
    assert sorted(event.name for event in failed) == ["bad", "bad-2"]
    assert result.numbers["frames"] == 9


def test_a_folder_of_aseprite_files_only(tmp_path):
    (tmp_path / "a.ase").write_bytes(write_aseprite(sprite(2, seed=6)))
    result, _ = made(str(tmp_path))
    assert [cell.name for cell in result.value.cells] == ["a_0", "a_1"]
    single, _ = made(str(tmp_path / "a.ase"))
    assert single.name == "a.sheet"


def test_nothing_to_do_is_one_sentence(tmp_path):
    with pytest.raises(PincelError, match="no pictures"):
        list(Sheet(sources=(str(tmp_path),)).run())
    (failed,) = [e for e in Sheet(sources=("no.aseprite",)).run() if isinstance(e, Failed)]
    assert "no.aseprite" in str(failed.error)


def test_too_large_is_one_sentence(folder):
    with pytest.raises(PincelError, match="longest side allowed"):
        list(Sheet(sources=(str(folder),), largest=16).run())


def test_layout_options_reach_the_sheet(folder):
    rows, _ = made(str(folder), layout="rows", padding=0)
    assert (rows.value.width, rows.value.height) == (3 * 8, 5 * 6)
    square, _ = made(str(folder), power_of_two=True)
    assert square.value.width * square.value.height in (512, 1024)


def test_preview_and_python_call(folder):
    result, _ = made(str(folder), preview=True, also=())
    files = dict(result.files())
    assert list(files) == [".png", ".preview.png"]
    preview = open_picture(files[".preview.png"])
    assert (preview.width - 2) % result.value.width == 0
    atlas = pincel.sheet(sprite(seed=1), sprite(2, seed=2, name="orc"))
    assert [cell.name for cell in atlas[0].cells] == ["slime", "orc_0", "orc_1"]


def test_half_transparent_pictures_stay_rgba(tmp_path):
    Image.fromarray(np.full((5, 5, 4), 130, np.uint8)).save(tmp_path / "glow.png")
    result, _ = made(str(tmp_path / "glow.png"))
    assert result.numbers["colors"] is None
    assert open_picture(dict(result.files())[".png"]).rgba[0, 0].tolist() == [130] * 4
