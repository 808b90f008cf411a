"""Sprites as files: read again by Pillow and by our own reader, they are what they were."""

import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pincel.art.files.palettes import read_palette
from pincel.art.files.sprites.aseprite import aseprite_sprite
from pincel.art.sprite import Sprite
from pincel.art.sprite_files import (
    encode_sprite,
    preview_scale,
    sprite_files,
    writable_suffixes,
)
from pincel.errors import PincelError
from pincel.pixels.open import open_picture


def hero(frames=1, width=12, height=10):
    rng = np.random.default_rng(5)
    palette = rng.integers(0, 256, (7, 3), dtype=np.uint8)
    drawn = tuple(rng.integers(-1, 7, (height, width)).astype(np.int16) for _ in range(frames))
    durations = (0,) if frames == 1 else tuple(range(100, 100 + 20 * frames, 20))
    return Sprite(drawn, palette, durations, "hero", {"job": "pixelate", "name": "Ñandú"})


@pytest.mark.parametrize("suffix", [".png", ".gif", ".webp", ".apng"])
@pytest.mark.parametrize("frames", [1, 3])
@pytest.mark.parametrize("scale", [1, 3])
def test_pictures_come_back(suffix, frames, scale):
    sprite = hero(frames)
    picture = open_picture(encode_sprite(sprite, suffix, scale=scale))
    assert len(picture.frames) == frames
    for number in range(frames):
        assert np.array_equal(picture.frames[number], sprite.rgba(number, scale))
    if frames > 1:
        assert picture.durations == sprite.durations


def test_the_palette_stays_exact_and_in_order():
    sprite = hero()
    image = Image.open(BytesIO(encode_sprite(sprite, "png")))
    assert image.mode == "P"
    stored = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    assert np.array_equal(stored[:7], sprite.palette)
    assert np.array_equal(read_palette(encode_sprite(sprite, ".gpl"), "x").colors, sprite.palette)


def test_the_recipe_travels_in_the_png():
    image = Image.open(BytesIO(encode_sprite(hero(), ".png")))
    assert json.loads(image.text["pincel"]) == {"job": "pixelate", "name": "Ñandú"}
    assert "pincel" not in Image.open(BytesIO(encode_sprite(hero(), ".png", text={}))).info
    told = open_picture(encode_sprite(hero(2), ".png")).info["text"]
    assert "pixelate" in told["pincel"]


def test_aseprite_comes_back():
    sprite = hero(3)
    back = aseprite_sprite(encode_sprite(sprite, ".aseprite", scale=2))
    assert np.array_equal(back.palette, sprite.palette)
    assert np.array_equal(back.frames[2], sprite.frames[2].repeat(2, 0).repeat(2, 1))
    assert back.durations == sprite.durations


def test_same_sprite_same_bytes():
    for suffix in writable_suffixes():
        assert encode_sprite(hero(2), suffix) == encode_sprite(hero(2), suffix)


@pytest.mark.parametrize(("width", "scale"), [(32, 16), (48, 11), (512, 1), (900, 1), (1, 512)])
def test_previews_are_whole_multiples(width, scale):
    assert preview_scale(hero(width=width, height=1)) == scale


def test_files_of_a_sprite():
    assert [s for s, _ in sprite_files(hero())] == [".png"]
    assert [s for s, _ in sprite_files(hero(2))] == [".png", ".gif"]
    files = dict(sprite_files(hero(2), preview=True, formats=("PNG", ".aseprite", "hex", "sheet")))
    assert list(files) == [
        ".png",
        ".aseprite",
        ".hex",
        ".sheet.png",
        ".sheet.json",
        ".preview.gif",
    ]
    sheet = json.loads(files[".sheet.json"])
    assert sheet["meta"]["image"] == "hero.sheet.png"
    assert sheet["meta"]["size"] == {"w": 24, "h": 10}
    row = open_picture(files[".sheet.png"]).rgba
    assert np.array_equal(row, np.concatenate([hero(2).rgba(0), hero(2).rgba(1)], 1))
    preview = open_picture(files[".preview.gif"])
    assert (preview.width, preview.height) == (12 * 43, 10 * 43)
    small = dict(sprite_files(hero(), preview=4))
    assert open_picture(small[".preview.png"]).width == 48


def test_save_show_and_notebooks(tmp_path, monkeypatch):
    sprite = hero()
    path = sprite.save(tmp_path / "hero.png")
    assert np.array_equal(open_picture(path).rgba, sprite.rgba())
    with pytest.raises(PincelError, match="exists"):
        sprite.save(path)
    assert sprite.save(str(path), force=True) == path
    assert sprite.save(tmp_path / "plain").name == "plain.png"
    with pytest.raises(PincelError, match="not written as"):
        sprite.save(tmp_path / "hero.xyz")
    with pytest.raises(PincelError, match="could not be written"):
        sprite.save(tmp_path / "no" / "hero.png")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hero.png", "plain.png"]
    assert open_picture(sprite._repr_png_()).width == 12 * 43
    shown = []
    monkeypatch.setattr(Image.Image, "show", lambda image: shown.append(image.size))
    sprite.show()
    sprite.show(scale=2)
    assert shown == [(516, 430), (24, 20)]


def test_256_colours_and_holes_fit_where_they_can():
    frame = (np.arange(257, dtype=np.int16) - 1).reshape(1, -1)
    grey = np.arange(256, dtype=np.uint8)
    sprite = Sprite((frame,), np.stack([grey, grey, grey], -1))
    assert np.array_equal(open_picture(encode_sprite(sprite, ".png")).rgba, sprite.rgba())
    with pytest.raises(PincelError, match="256 colours"):
        encode_sprite(sprite, ".gif")
