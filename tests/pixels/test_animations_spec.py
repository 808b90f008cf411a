"""Animations are read as their specifications say, and keep their times and their count."""

from __future__ import annotations

import io
import struct
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from animation_files import CLEARED, KEEP, UNDONE, Step, apng, gif, seen
from picture_files import chunk
from pincel.errors import PincelError
from pincel.pixels import encode
from pincel.pixels.canvas import carried as whole
from pincel.pixels.canvas import laid_over as over
from pincel.pixels.open import open_picture

SIDE = 7
THEN = (KEEP, CLEARED, UNDONE)


def steps_of(rng: np.random.Generator, palette: np.ndarray | None = None) -> list[Step]:
    """Five random patches; the first one covers all, as APNG asks. With a palette: indices."""
    steps = []
    for number in range(5):
        width, height = (SIDE, SIDE) if number == 0 else rng.integers(1, SIDE, 2).tolist()
        x, y = int(rng.integers(0, SIDE + 1 - width)), int(rng.integers(0, SIDE + 1 - height))
        then = THEN[int(rng.integers(3))]
        if palette is None:
            pixels = rng.integers(0, 256, (height, width, 4)).astype(np.uint8)
            pixels[..., 3] = rng.choice([0, 1, 40, 128, 200, 254, 255], (height, width))
            steps.append(Step(pixels, x, y, then, over=bool(rng.integers(2))))
        else:
            indices = rng.integers(0, len(palette), (height, width)).astype(np.uint8)
            clear = [None, 0, len(palette) - 1][int(rng.integers(3))]
            own = palette if rng.integers(2) else palette[::-1].copy()
            steps.append(Step(indices, x, y, then, True, own if number else palette, clear))
    return steps


def same(shown: tuple[np.ndarray, ...], expected: list[np.ndarray]) -> bool:
    """Equal wherever anything is to be seen."""
    assert len(shown) == len(expected)
    for one, other in zip(shown, expected, strict=True):
        one = np.where(one[..., 3:] == 0, 0, one)
        other = np.where(other[..., 3:] == 0, 0, other)
        if not np.array_equal(one, other):
            return False
    return True


# --- APNG ---


@pytest.mark.parametrize("seed", range(12))
def test_apng_of_every_blend_and_disposal(seed: int) -> None:
    steps = steps_of(np.random.default_rng(seed))
    assert same(open_picture(apng(SIDE, SIDE, steps)).frames, seen(SIDE, SIDE, steps))


def test_half_transparent_blue_over_opaque_red_is_opaque() -> None:
    red = Step(np.full((4, 4, 4), (255, 0, 0, 255), np.uint8), 0, 0)
    blue = Step(np.full((2, 2, 4), (0, 0, 255, 128), np.uint8), 1, 1)
    frame = open_picture(apng(4, 4, [red, blue])).frames[1]
    assert frame[1, 1].tolist() == [127, 0, 128, 255]
    assert frame[0, 0].tolist() == [255, 0, 0, 255]


def test_what_a_frame_undoes_is_there_again() -> None:
    red = Step(np.full((4, 4, 4), (255, 0, 0, 255), np.uint8), 0, 0)
    blue = Step(np.full((2, 2, 4), (0, 0, 255, 128), np.uint8), 1, 1, UNDONE)
    dot = Step(np.zeros((1, 1, 4), np.uint8), 3, 3, CLEARED, over=False, time=(30, 0))
    cover = np.full((4, 4, 4), (9, 9, 9, 255), np.uint8)
    picture = open_picture(apng(4, 4, [red, blue, dot], cover=cover, plays=1))
    assert len(picture.frames) == 3 and picture.plays == 1
    assert picture.frames[2][1, 1].tolist() == [255, 0, 0, 255]
    assert picture.frames[2][3, 3, 3] == 0
    assert picture.durations == (100, 100, 300)  # a denominator of 0 counts hundredths


KINDS = {
    "grey": (0, 8, lambda p: p[..., :1], lambda p: p[..., [0, 0, 0]], False),
    "grey and alpha": (4, 8, lambda p: p[..., [0, 3]], lambda p: p[..., [0, 0, 0]], True),
    "colour": (2, 8, lambda p: p[..., :3], lambda p: p[..., :3], False),
    "colour of 16 bits": (2, 16, lambda p: p[..., :3] * 257, lambda p: p[..., :3], False),
    "alpha of 16 bits": (6, 16, lambda p: p * 257, lambda p: p[..., :3], True),
    "grey of 16 bits": (4, 16, lambda p: p[..., [0, 3]] * 257, lambda p: p[..., [0, 0, 0]], True),
}


@pytest.mark.parametrize("name", KINDS)
def test_apng_of_every_colour_type(name: str) -> None:
    kind, bits, stored, colors, alpha = KINDS[name]
    steps = []
    for step in steps_of(np.random.default_rng(5)):
        hard = (
            step.pixels[..., 3:] if alpha else np.full((*step.pixels.shape[:2], 1), 255, np.uint8)
        )
        pixels = np.concatenate([colors(step.pixels), hard], -1)
        steps.append(Step(pixels, step.x, step.y, step.then, step.over))
    data = apng(SIDE, SIDE, steps, kind=kind, bits=bits, stored=lambda p: stored(p.astype(int)))
    assert same(open_picture(data).frames, seen(SIDE, SIDE, steps))


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_apng_with_palette(bits: int) -> None:
    rng = np.random.default_rng(bits)
    entries = rng.integers(0, 256, (1 << bits, 4)).astype(np.uint8)
    extra = chunk(b"PLTE", entries[:, :3].tobytes()) + chunk(b"tRNS", entries[:, 3].tobytes())
    steps, shown = [], []
    for step in steps_of(rng):
        indices = rng.integers(0, len(entries), step.pixels.shape[:2])
        steps.append(Step(indices, step.x, step.y, step.then, step.over))
        shown.append(Step(entries[indices], step.x, step.y, step.then, step.over))
    data = apng(SIDE, SIDE, steps, kind=3, bits=bits, extra=extra)
    assert same(open_picture(data).frames, seen(SIDE, SIDE, shown))


def test_apng_gives_a_smaller_picture_where_that_is_enough() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (8, 8, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    picture = open_picture(apng(8, 8, [Step(pixels, 0, 0)] * 2), at_most=(4, 4))
    blocks = pixels.reshape(4, 2, 4, 2, 4).mean((1, 3))
    assert np.abs(picture.frames[1] - blocks).max() <= 0.5


@pytest.mark.parametrize("what", ["cut", "order", "outside", "fewer", "checksum"])
def test_damaged_apng_is_one_sentence(what: str) -> None:
    steps = steps_of(np.random.default_rng(2))
    if what == "outside":
        steps[1] = Step(steps[1].pixels, SIDE, 0)
    data = bytearray(apng(SIDE, SIDE, steps))
    if what == "cut":
        del data[-40:]
    elif what == "checksum":
        data[data.rindex(b"fdAT") + 9] ^= 1
    elif what == "order":
        at = data.rindex(b"fcTL")
        control = b"fcTL" + struct.pack(">I", 99) + data[at + 8 : at + 30]
        data[at - 4 : at + 34] = chunk(control[:4], control[4:])
    elif what == "fewer":
        at = data.index(b"acTL")
        data[at - 4 : at + 16] = chunk(b"acTL", struct.pack(">II", 9, 0))
    with pytest.raises(PincelError, match="PNG"):
        open_picture(bytes(data))


# --- GIF ---


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_gif_of_every_disposal(seed: int, interlaced: bool) -> None:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, ([2, 5, 16, 256][seed % 4], 3))
    steps = steps_of(rng, palette)
    data = gif(SIDE, SIDE, steps, interlaced=interlaced)
    assert same(open_picture(data).frames, seen(SIDE, SIDE, steps))


COLORS = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9]])


def square(side: int, x: int, y: int, index: int = 0, then: str = KEEP) -> Step:
    return Step(np.full((side, side), index, np.uint8), x, y, then, True, COLORS)


def test_where_a_frame_was_cleared_nothing_is_shown() -> None:
    """No index is transparent, and still there is nothing."""
    steps = [square(4, 0, 0), square(2, 1, 1, 2, CLEARED), square(1, 3, 3, 1)]
    frames = open_picture(gif(4, 4, steps)).frames
    assert frames[1][1, 1].tolist() == [0, 0, 255, 255]
    assert (frames[2][1:3, 1:3, 3] == 0).all() and frames[2][3, 3].tolist() == [0, 255, 0, 255]
    assert frames[2][0, 0].tolist() == [255, 0, 0, 255]


@pytest.mark.parametrize("count", [1, 2])
def test_around_a_small_first_frame_nothing_is_shown(count: int) -> None:
    picture = open_picture(gif(4, 4, [square(2, 1, 1), square(1, 0, 0)][:count]))
    first = picture.frames[0]
    assert len(picture.frames) == count and picture.animated is (count == 2)
    assert (first[1:3, 1:3] == (255, 0, 0, 255)).all()
    assert first[..., 3].sum() == 4 * 255


def test_the_screen_grows_with_a_first_frame_that_does_not_fit() -> None:
    picture = open_picture(gif(2, 2, [square(3, 1, 0), square(9, 2, 1, 1)]))
    assert (picture.width, picture.height) == (4, 3)
    assert picture.frames[1][2, 3].tolist() == [0, 255, 0, 255]


def test_gif_whose_frames_bring_their_own_colours_only() -> None:
    palettes = [np.random.default_rng(n).integers(0, 256, (2 << n, 3)) for n in range(3)]
    steps = [
        Step(np.eye(4 - n, dtype=np.uint8), n, n, KEEP, True, palette, 0 if n else None)
        for n, palette in enumerate(palettes)
    ]
    assert same(open_picture(gif(4, 4, steps, shared=False)).frames, seen(4, 4, steps))


def test_a_control_block_counts_for_one_frame_only() -> None:
    """What the first frame says of itself (a transparent index, cleared, 50 ms) is not the
    second's, which says nothing."""
    first = Step(np.array([[0, 1], [1, 1]], np.uint8), 0, 0, CLEARED, True, COLORS, 1, (1, 20))
    second = Step(np.array([[1, 1], [0, 2]], np.uint8), 0, 0, KEEP, True, COLORS, None, (0, 1))
    third = Step(np.array([[3]], np.uint8), 0, 0, KEEP, True, COLORS, None, (0, 1))
    picture = open_picture(gif(2, 2, [first, second, third]))
    assert same(picture.frames, seen(2, 2, [first, second, third]))
    assert picture.durations == (50, 100, 100)


def test_gif_without_its_last_bytes() -> None:
    """The end mark may be missing; a cut frame is damage."""
    steps = [square(4, 0, 0), square(2, 1, 1, 2)]
    assert len(open_picture(gif(4, 4, steps, ending=b"")).frames) == 2
    assert len(open_picture(gif(4, 4, steps, ending=b"\0\0;")).frames) == 2
    with pytest.raises(PincelError, match="GIF"):
        open_picture(gif(4, 4, steps)[:-6])


def test_gif_patches_far_outside_the_screen_are_refused() -> None:
    huge = struct.pack("<4HB", 0, 0, 65_000, 65_000, 0) + b"\2\2\x4c\1\0"
    data = gif(4, 4, [square(4, 0, 0)], ending=b"," + huge + b";")
    with pytest.raises(PincelError):
        open_picture(data)


# --- WebP ---


@pytest.mark.parametrize("scale", [1, 6])
def test_webp_of_something_opaque_that_moves_over_nothing(scale: int) -> None:
    """Cut to what changes, every frame is opaque; what lies around is not."""
    rgba = np.zeros((4, 16, 16, 4), np.uint8)
    for number, frame in enumerate(rgba):
        frame[4:12, 1 + 2 * number : 9 + 2 * number] = (200, 30 * number, 9, 255)
    frames = list(rgba.repeat(scale, 1).repeat(scale, 2))
    data = encode.webp(frames, [50] * 4)
    assert same(open_picture(data).frames, frames)
    with Image.open(io.BytesIO(data)) as image:  # others see it too
        assert image.mode == "RGBA"
    out = io.BytesIO()
    first, *others = map(Image.fromarray, frames)
    first.save(out, "WEBP", save_all=True, append_images=others, lossless=True, exact=True)
    assert same(open_picture(out.getvalue()).frames, frames)  # as others write it


def test_webp_without_alpha_stays_so() -> None:
    frames = [Image.new("RGB", (8, 8), (n, 0, 0)) for n in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert open_picture(out.getvalue()).info["mode"] == "RGB"


# --- how often, how long ---


@pytest.mark.parametrize(("repeats", "plays"), [(None, 1), (0, 0), (1, 2), (7, 8)])
def test_gif_counts_repeats(repeats: int | None, plays: int) -> None:
    picture = open_picture(gif(4, 4, [square(4, 0, 0), square(2, 1, 1, 2)], repeats=repeats))
    assert picture.plays == plays
    frames = [np.zeros((2, 2), np.int16), np.ones((2, 2), np.int16)]
    written = encode.gif(frames, COLORS, [100, 100], plays=plays)
    with Image.open(io.BytesIO(written)) as image:
        assert image.info.get("loop") == repeats


@pytest.mark.parametrize("plays", [0, 1, 2, 9])
@pytest.mark.parametrize("kind", ["gif", "apng", "webp"])
def test_how_often_is_kept_by_every_format(kind: str, plays: int) -> None:
    index = [np.full((3, 3), n, np.int16) for n in range(3)]
    if kind == "webp":
        data = encode.webp([seen(3, 3, [square(3, 0, 0, n)])[0] for n in range(3)], [50] * 3, plays)
    else:
        data = getattr(encode, kind)(index, COLORS, [50] * 3, plays=plays)
    assert open_picture(data).plays == plays
    with Image.open(io.BytesIO(data)) as image:  # Pillow's own reading of the same bytes
        assert open_picture(image).plays == plays


@pytest.mark.parametrize(
    ("durations", "total"),
    [([33] * 30, 990), ([125] * 5, 625), ([100, 45, 45], 190), ([17] * 60, 1200), ([10] * 4, 40)],
)
def test_gif_carries_its_rounding(durations: list[int], total: int) -> None:
    """The whole keeps its length to within half a hundredth; only what browsers would show five
    times too long (under 20 ms) is drawn out."""
    frames = [np.full((2, 2), n % 4, np.int16) for n in range(len(durations))]
    shown = open_picture(encode.gif(frames, COLORS, durations)).durations
    assert abs(sum(shown) - total) <= 5
    assert all(abs(a - b) < 10 for a, b in zip(shown, durations, strict=True))


@pytest.mark.parametrize("durations", [[33] * 7, [125, 1, 999], [65_535, 20, 7], [70_000, 20, 70]])
def test_apng_and_webp_times_are_exact(durations: list[int]) -> None:
    frames = [np.full((2, 2), n % 4, np.int16) for n in range(len(durations))]
    assert open_picture(encode.apng(frames, COLORS, durations)).durations == tuple(durations)
    rgba = [seen(2, 2, [square(2, 0, 0, n % 4)])[0] for n in range(len(durations))]
    assert open_picture(encode.webp(rgba, durations)).durations == tuple(durations)


def test_thirds_of_milliseconds_are_carried_over() -> None:
    steps = [Step(np.full((2, 2, 4), n, np.uint8), 0, 0, time=(1, 30)) for n in range(30)]
    durations = open_picture(apng(2, 2, steps)).durations
    assert sum(durations) == 1000 and set(durations) == {33, 34}


def test_whole_keeps_the_sum() -> None:
    rng = np.random.default_rng(0)
    for unit in (1, 10):
        times = [Fraction(int(n), 7) for n in rng.integers(0, 900, 200)]
        told = whole(times, unit)
        sums = np.cumsum([float(t) for t in times]) - np.cumsum(told)
        assert np.abs(sums).max() <= unit / 2 + 1e-6
        assert all(value % unit == 0 for value in told)
    assert whole([5, 5, 40], 10, 20) == [20, 20, 20]


def test_over_leaves_what_it_does_not_cover() -> None:
    rng = np.random.default_rng(3)
    below = rng.integers(0, 256, (9, 9, 4)).astype(np.uint8)
    below[..., 3] = np.maximum(below[..., 3], 1)
    clear, full = np.zeros_like(below), below.copy()
    full[..., 3] = 255
    assert np.array_equal(over(below, clear), below)
    assert np.array_equal(over(clear, below), below)
    assert np.array_equal(over(below, full), full)
