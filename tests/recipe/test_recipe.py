"""Recipes in files: pixels untouched, read back, junk refused."""

from __future__ import annotations

import contextlib
import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.make.edits.packed import pack_mask, unpack
from pincel.pixels import encode, png_text
from pincel.pixels.chunks import chunk
from pincel.recipe import recipe

MODEL = ("draw.sprites", "ab" * 32)


def sprite_png(seed: int = 0, **text: str) -> bytes:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, (5, 3), dtype=np.uint8)
    return encode.indexed_png(rng.integers(-1, 5, (9, 7)).astype(np.int16), palette, text)


def facts(**more) -> dict:
    settings = {"prompt": "dragón rojo", "seed": 7, "count": 1, "width": None}
    return recipe.recipe_facts("draw", settings, seed=7, model=MODEL, **more)


def test_what_is_stamped_is_read_and_the_pixels_stay() -> None:
    rng = np.random.default_rng(1)
    frames = [rng.integers(-1, 4, (6, 8)).astype(np.int16) for _ in range(3)]
    palette = rng.integers(0, 256, (4, 3), dtype=np.uint8)
    for plain in (
        sprite_png(),
        encode.png(rng.integers(0, 256, (5, 6, 4), dtype=np.uint8)),
        encode.apng(frames, palette, [80, 90, 100]),
    ):
        stamped = recipe.stamp(plain, facts())
        assert recipe.read_recipe(stamped) == facts()
        assert recipe.read_recipe(plain) is None
        assert recipe.strip_recipe(stamped) == plain
        assert recipe.stamp(stamped, facts()) == stamped
        assert recipe.pixels_hash(stamped) == recipe.pixels_hash(plain)
        with Image.open(BytesIO(stamped)) as image:
            image.load()
            assert "Made by a model" in image.text["Description"]
            assert "Hecho por un modelo" in image.text["Description"]
            assert "trainedAlgorithmicMedia" in image.text["XML:com.adobe.xmp"]


def test_no_model_no_statement() -> None:
    stamped = recipe.stamp(sprite_png(), recipe.recipe_facts("pixelate", {"width": 32}))
    assert png_text.find_text(stamped, "Description") is None
    assert png_text.find_text(stamped, "Software").startswith("Pincel")


def test_other_peoples_texts_stay() -> None:
    plain = sprite_png(Description="my cat", Author="Ana")
    assert recipe.strip_recipe(recipe.stamp(plain, facts())) == plain


def test_a_parent_is_known_by_its_file_its_pixels_and_its_recipe() -> None:
    first = recipe.stamp(sprite_png(), facts())
    kept = recipe.parent("pictures", "some/folder/hero.png", first)
    assert kept["name"] == "hero.png" and kept["made"] == facts()
    assert kept["recipe"] == recipe.fingerprint(facts())
    assert kept["pixels"] == recipe.parent("pictures", "x.png", sprite_png())["pixels"]
    child = recipe.stamp(sprite_png(2), facts(parents=[kept]))
    assert recipe.read_recipe(child)["parents"] == [kept]


def test_a_long_chain_ends_in_hashes() -> None:
    data = recipe.stamp(sprite_png(), facts())
    for _ in range(60):
        data = recipe.stamp(sprite_png(), facts(parents=[recipe.parent("pictures", "a.png", data)]))
    assert len(data) < 2 * recipe.MOST_CHAIN
    assert recipe.read_recipe(data)["parents"][0]["recipe"]


def test_older_recipes_are_read() -> None:
    older = {"job": "pixelate", "settings": {"width": 32}, "pincel": "0.1.0"}
    data = sprite_png(pincel=json.dumps({**older, "source_sha256": "cd" * 32}))
    made = recipe.read_recipe(data)
    assert made["job"] == "pixelate" and made["versions"] == {"pincel": "0.1.0"}
    assert made["parents"] == [{"setting": "", "name": "", "sha256": "cd" * 32}]


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format": 1}',
        '{"format": 99, "job": "draw", "settings": {}}',
        '{"format": 1, "job": "../../x", "settings": {}}',
        '{"format": 1, "job": "draw", "settings": {"a b": 1}}',
        '{"format": 1, "job": "draw", "settings": {"a": {"deep": 1}}}',
        '{"format": 1, "job": "draw", "settings": {"a": NaN}}',
        '{"format": 1, "job": "draw", "settings": {}, "seed": -1}',
        '{"format": 1, "job": "draw", "settings": {}, "seed": true}',
        '{"format": 1, "job": "draw", "settings": {}, "versions": {"a": 1}}',
        '{"format": 1, "job": "draw", "settings": {}, "model": {"name": "x", "sha256": "12"}}',
        '{"format": 1, "job": "draw", "settings": {}, "parents": [{"setting": "p", "name":'
        ' "../x", "sha256": "' + "a" * 64 + '"}]}',
        '{"format": 1, "job": "draw", "settings": {}, "parents": [{"setting": "p", "name": "x"}]}',
        '{"format": 1, "job": "draw", "settings": {}, "backend": "\\u001b[31m"}',
    ],
)
def test_junk_is_one_sentence(junk: str) -> None:
    with pytest.raises(PincelError) as refused:
        recipe.read_recipe(sprite_png(pincel=junk))
    assert str(refused.value).endswith(".")


def test_damage_is_one_sentence() -> None:
    stamped = recipe.stamp(sprite_png(), facts())
    broken = stamped.replace(b'"seed":7', b'"seed":8')
    with pytest.raises(PincelError, match="damaged"):
        recipe.read_recipe(broken)
    for length in range(0, len(stamped), 37):  # cut anywhere: a recipe, none, or one sentence
        with contextlib.suppress(PincelError):
            assert recipe.read_recipe(stamped[:length]) in (None, facts())
    with pytest.raises(PincelError, match="PNG"):
        recipe.stamp(b"GIF89a", facts())


def test_a_compressed_bomb_is_refused() -> None:
    import zlib

    body = b"pincel\0\1\0\0\0" + zlib.compress(b" " * 50_000_000)
    bomb = png_text.SIGNATURE + chunk(b"iTXt", body)
    with pytest.raises(PincelError, match="damaged"):
        recipe.read_recipe(bomb)


def test_differences_name_what_the_recipe_ran_on() -> None:
    old = facts(backend="CPU")
    new = {**facts(backend="CPU"), "model": {"name": "draw.sprites", "sha256": "cd" * 32}}
    new["versions"] = {**new["versions"], "numpy": "9"}
    assert [row[0] for row in recipe.differences(old, new)] == ["model", "numpy"]
    assert recipe.differences(old, old) == []


def test_masks_are_packed() -> None:
    rng = np.random.default_rng(0)
    for shape in ((1, 1), (32, 32), (7, 13), (200, 3)):
        mask = rng.random(shape) < 0.5
        assert np.array_equal(unpack(pack_mask(mask)), mask)
    for junk in ("packed:", "packed:9x9:", "packed:0x1:AA", "packed:9999x9999:eJwDAAAAAAE", "x"):
        with pytest.raises(PincelError, match="packed mask"):
            unpack(junk)
