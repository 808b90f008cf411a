import numpy as np
import pytest
from PIL import Image, ImageDraw
from skimage import data

from pincel.art import score
from pincel.errors import PincelError
from pincel.make.pictures.pixelate import Options, pixelate, size
from pincel.pixels.color import srgb_to_oklab


def opaque(rgb):
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


@pytest.fixture(scope="module")
def portrait():
    return opaque(data.astronaut()[0:220, 120:340])


@pytest.fixture(scope="module")
def made(portrait):
    return pixelate(portrait, Options(width=64, colors=16))


def face(side=480):
    """A drawn face on transparency with an outline, two eyes and a mouth."""
    picture = Image.new("RGBA", (side * 2, side * 2))
    draw = ImageDraw.Draw(picture)
    unit = side * 2 / 480
    at = lambda *xy: tuple(v * unit for v in xy)  # noqa: E731
    draw.ellipse(at(60, 40, 420, 440), (236, 188, 160, 255), (30, 20, 30, 255), round(9 * unit))
    for x in (170, 300):
        draw.ellipse(at(x - 9, 200, x + 9, 218), (30, 20, 30, 255))
    draw.arc(at(190, 280, 290, 350), 20, 160, (150, 40, 50, 255), round(9 * unit))
    return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS))


def test_it_is_pixel_art(made):
    sprite, _ = made
    gates = score.gates(sprite.rgba())
    craft = score.craft(sprite)
    assert (gates.width, gates.height) == (64, 64)
    assert gates.colors <= 16
    assert gates.soft == 0
    assert craft.orphan8 < 0.025
    assert craft.fringe < 0.04
    assert craft.jag < 0.03


def test_the_same_twice(portrait, made):
    again, _ = pixelate(portrait, Options(width=64, colors=16))
    assert np.array_equal(again.indices, made[0].indices)
    assert np.array_equal(again.palette, made[0].palette)


def test_every_stage_is_kept(made):
    _, stages = made
    assert stages.cells.samples.shape == (64, 64, 36, 3)
    assert stages.saliency.shape == stages.ridge.shape == (64, 64, 36)
    assert stages.unary.shape == (64, 64, len(stages.palette))
    for labels in (stages.first, stages.drawn, stages.final):
        assert labels.shape == (64, 64)
        assert 0 <= labels.min() <= labels.max() < len(stages.palette)
    assert np.any(stages.first != stages.drawn)


@pytest.mark.parametrize("width", [48, 64])
def test_eyes_and_mouth_survive_and_the_outline_is_whole(width):
    sprite, _ = pixelate(face(), Options(width=width, colors=8))
    lab = srgb_to_oklab(sprite.rgba()[..., :3])
    dark = (lab[..., 0] < 0.45) & (sprite.indices >= 0)
    scale = width / 480
    for x in (170, 300):
        eye = dark[
            round(190 * scale) : round(230 * scale),
            round((x - 18) * scale) : round((x + 18) * scale),
        ]
        assert eye.any()
    mouth = sprite.indices[
        round(300 * scale) : round(355 * scale), round(190 * scale) : round(290 * scale)
    ]
    skin = sprite.indices[round(250 * scale), round(240 * scale)]
    assert (mouth != skin).sum() >= 5
    shown = np.pad(sprite.indices >= 0, 1)
    edge = shown & ~(
        shown
        & np.roll(shown, 1, 0)
        & np.roll(shown, -1, 0)
        & np.roll(shown, 1, 1)
        & np.roll(shown, -1, 1)
    )
    assert np.pad(dark, 1)[edge].mean() > 0.95


def test_a_thin_tower_does_not_break():
    rgb = np.zeros((480, 640, 3), np.uint8)
    rgb[:] = np.linspace(120, 210, 480)[:, None, None].astype(np.uint8) + np.uint8([0, 20, 40])
    rgb[80:400, 198:203] = [60, 50, 60]
    sprite, _ = pixelate(opaque(rgb), Options(width=96, colors=8))
    light = srgb_to_oklab(sprite.palette)[:, 0][sprite.indices]
    tower = light[14:58, 29:31].min(1)
    assert np.all(tower < 0.45)


def test_a_given_palette_is_kept_to():
    palette = np.array([[0, 0, 0], [255, 255, 255], [200, 60, 40], [60, 90, 160]], np.uint8)
    picture = opaque(data.coffee()[:200, :300])
    for mode in ("strict", "nearest"):
        sprite, _ = pixelate(picture, Options(width=40, palette=palette, palette_mode=mode))
        shown = np.unique(sprite.rgba()[..., :3].reshape(-1, 3), axis=0)
        assert {tuple(c) for c in shown} <= {tuple(c) for c in palette}


def test_a_seamless_tile_stays_seamless():
    """What is left of the left border is the right border: shifting the source by whole cells
    shifts the tile, but for what the palette and the filters at the border change."""
    rng = np.random.default_rng(0)
    wave = np.add.outer(
        np.sin(np.arange(192) / 192 * 4 * np.pi), np.cos(np.arange(192) / 192 * 6 * np.pi)
    )
    rgb = np.clip(
        120 + 50 * wave[..., None] + [0, 20, -30] + rng.normal(0, 6, (192, 192, 1)), 0, 255
    )
    rgba = opaque(rgb.astype(np.uint8))
    options = Options(width=32, colors=6, tileable=True)
    tile = pixelate(rgba, options)[0]
    moved = pixelate(np.roll(rgba, (96, 96), (0, 1)), options)[0]
    back = np.roll(moved.rgba(), (-16, -16), (0, 1))
    assert np.any(back != tile.rgba(), axis=-1).mean() < 0.06


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"width": 48}, (48, 36)),
        ({"height": 30}, (40, 30)),
        ({"width": 20, "height": 20}, (20, 20)),
        ({"cell": 8}, (80, 60)),
        ({}, (64, 48)),
    ],
)
def test_sizes(asked, expected):
    assert size(640, 480, Options(**asked)) == expected


def test_never_larger_than_the_source():
    assert size(20, 10, Options()) == (20, 10)
    with pytest.raises(PincelError) as caught:
        size(20, 10, Options(width=48))
    assert "20x10" in str(caught.value)
    with pytest.raises(PincelError):
        size(20, 10, Options(cell=0.5))


def test_nothing_to_see_gives_an_empty_sprite():
    sprite, _ = pixelate(np.zeros((40, 40, 4), np.uint8), Options(width=10))
    assert np.all(sprite.indices == -1)


@pytest.mark.parametrize("shape", [(1, 1), (3, 2), (1, 200), (300, 2)])
def test_odd_shapes(shape):
    rgba = np.random.default_rng(0).integers(0, 256, (*shape, 4), dtype=np.uint8)
    sprite, _ = pixelate(rgba, Options())
    assert max(sprite.width, sprite.height) == min(64, max(shape))
