"""Animations as browsers show them: what lies over what, what is cleared, how long, how often.

The files are written here, byte by byte, from the formats' specifications."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import GifImagePlugin, Image

import pincel
from pincel.art.files import SPRITES
from pincel.art.sprite import Sprite
from pincel.pixels import canvas, encode
from pincel.pixels.chunks import SIGNATURE, chunk
from pincel.pixels.open import open_picture

RED, BLUE, CLEAR = (255, 0, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)


def apng(frames: list[tuple], plays: int = 0, size: int = 4) -> bytes:
    """frames: ((h, w, 4) values, x, y, dispose, blend, (delay, of))."""
    parts = [chunk(b"IHDR", struct.pack(">II5B", size, size, 8, 6, 0, 0, 0))]
    parts.append(chunk(b"acTL", struct.pack(">II", len(frames), plays)))
    order = 0
    for number, (rgba, x, y, dispose, blend, delay) in enumerate(frames):
        high, wide = rgba.shape[:2]
        control = struct.pack(">5I2H2B", order, wide, high, x, y, *delay, dispose, blend)
        parts.append(chunk(b"fcTL", control))
        rows = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rgba))
        order += 1
        if number == 0:
            parts.append(chunk(b"IDAT", rows))
        else:
            parts.append(chunk(b"fdAT", struct.pack(">I", order) + rows))
            order += 1
    return SIGNATURE + b"".join(parts) + chunk(b"IEND", b"")


def plain(color: tuple[int, ...], high: int = 4, wide: int = 4) -> np.ndarray:
    return np.full((high, wide, 4), color, np.uint8)


def gif(frames: list[tuple], size: int = 4, clear: int | None = None, loop: int | None = None):
    """frames: ((h, w) indices of red, blue, green, x, y, disposal, hundredths)."""
    table = bytes([255, 0, 0, 0, 0, 255, 0, 255, 0, 9, 9, 9])
    parts = [b"GIF89a" + struct.pack("<HHBBB", size, size, 0x81, 1, 0) + table]
    if loop is not None:
        parts.append(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", loop) + b"\0")
    for indices, x, y, disposal, hundredths in frames:
        flags = disposal << 2 | (clear is not None)
        parts.append(b"\x21\xf9\x04" + struct.pack("<BHB", flags, hundredths, clear or 0) + b"\0")
        image = Image.fromarray(indices.astype(np.uint8))
        body = b"".join(bytes(p) for p in GifImagePlugin.getdata(image))
        at = body.index(b"\x2c")
        flags_at = body[at + 9]  # Pillow gives the frame a table of its own: ours is global
        data = body[at + 10 + (3 << ((flags_at & 7) + 1) if flags_at & 0x80 else 0) :]
        parts.append(b"\x2c" + struct.pack("<4H", x, y, *indices.shape[::-1]) + b"\0" + data)
    return b"".join(parts) + b";"


def at(picture: pincel.Picture, frame: int, x: int, y: int) -> tuple[int, ...]:
    return tuple(picture.frames[frame][y, x].tolist())


# --- APNG ---


def test_half_transparent_over_opaque_stays_opaque() -> None:
    half = plain((0, 0, 255, 128), 2, 2)
    picture = open_picture(apng([(plain(RED), 0, 0, 0, 0, (1, 10)), (half, 1, 1, 0, 1, (1, 10))]))
    assert at(picture, 1, 1, 1) == (127, 0, 128, 255)
    assert at(picture, 1, 0, 0) == RED


def test_what_a_frame_covered_is_seen_again_after_it() -> None:
    half = plain((0, 0, 255, 128), 2, 2)
    frames = [
        (plain(RED), 0, 0, 0, 0, (1, 10)),
        (half, 1, 1, 2, 1, (1, 10)),  # previous
        (plain(BLUE, 1, 1), 3, 3, 1, 0, (1, 10)),  # background
        (plain(CLEAR, 1, 1), 0, 0, 0, 0, (1, 10)),  # source: replaces
    ]
    picture = open_picture(apng(frames, plays=1))
    assert at(picture, 2, 1, 1) == RED and at(picture, 2, 3, 3) == BLUE
    assert at(picture, 3, 3, 3) == CLEAR and at(picture, 3, 0, 0) == CLEAR
    assert picture.plays == 1 and picture.durations == (100,) * 4


def test_a_first_frame_that_asks_for_what_was_before_leaves_nothing() -> None:
    frames = [(plain(RED), 0, 0, 2, 0, (1, 10)), (plain(BLUE, 1, 1), 0, 0, 0, 1, (1, 10))]
    picture = open_picture(apng(frames))
    assert at(picture, 1, 1, 1) == CLEAR and at(picture, 1, 0, 0) == BLUE


@pytest.mark.parametrize(("delay", "shown"), [((33, 1000), 33), ((1, 0), 10), ((0, 10), 100)])
def test_delays_are_fractions_of_a_second(delay: tuple[int, int], shown: int) -> None:
    data = apng([(plain(RED), 0, 0, 0, 0, delay), (plain(BLUE), 0, 0, 0, 0, delay)])
    assert open_picture(data).durations == (shown, shown)


def test_over_is_porter_and_duffs_in_whole_numbers() -> None:
    rng = np.random.default_rng(3)
    below, above = rng.integers(0, 256, (2, 40, 40, 4), dtype=np.uint8)
    got = canvas.laid_over(below, above).astype(float)
    top, under = above[..., 3:] / 255, below[..., 3:] / 255
    alpha = top + under * (1 - top)
    color = (above[..., :3] * top + below[..., :3] * under * (1 - top)) / np.maximum(alpha, 1e-9)
    assert np.abs(got[..., 3:] - 255 * alpha).max() <= 0.5 + 1e-9
    assert np.abs(got[..., :3] - color).max() <= 0.5 + 1e-6
    opaque = above.copy()
    opaque[..., 3] = 255
    assert np.array_equal(canvas.laid_over(below, opaque), opaque)


# --- GIF ---


def test_a_cleared_frame_without_a_transparent_entry_leaves_nothing() -> None:
    whole, spot = np.zeros((4, 4), int), np.full((2, 2), 2)
    picture = open_picture(gif([(whole, 0, 0, 1, 5), (spot, 1, 1, 2, 5), (spot[:1], 0, 0, 1, 5)]))
    assert at(picture, 1, 1, 1) == (0, 255, 0, 255)
    assert at(picture, 2, 1, 1) == CLEAR  # not the background colour, not red again
    assert at(picture, 2, 3, 3) == RED


@pytest.mark.parametrize("more", [0, 1])
def test_a_small_first_frame_shows_nothing_around_it(more: int) -> None:
    spot = np.zeros((2, 2), int)
    picture = open_picture(gif([(spot, 1, 1, 1, 5)] + [(spot, 0, 0, 1, 5)] * more))
    assert len(picture.frames) == 1 + more
    assert at(picture, 0, 1, 1) == RED and at(picture, 0, 0, 0) == at(picture, 0, 3, 3) == CLEAR


def test_a_frame_that_sticks_out_is_cut_and_previous_is_restored() -> None:
    whole, large = np.zeros((4, 4), int), np.full((4, 4), 1)
    frames = [(whole, 0, 0, 1, 5), (large, 2, 2, 3, 5), (np.full((1, 1), 2), 0, 0, 1, 5)]
    picture = open_picture(gif(frames))
    assert at(picture, 1, 3, 3) == BLUE and at(picture, 2, 3, 3) == RED


def test_what_the_transparent_entry_covers_shines_through() -> None:
    whole, holed = np.zeros((4, 4), int), np.array([[1, 3], [3, 1]])
    picture = open_picture(gif([(whole, 0, 0, 1, 5), (holed, 0, 0, 1, 5)], clear=3))
    assert at(picture, 1, 0, 0) == BLUE and at(picture, 1, 1, 0) == RED


@pytest.mark.parametrize(("loop", "plays"), [(None, 1), (0, 0), (1, 2), (7, 8)])
def test_how_often_a_gif_is_shown(loop: int | None, plays: int) -> None:
    frame = np.zeros((4, 4), int)
    assert open_picture(gif([(frame, 0, 0, 1, 5)] * 2, loop=loop)).plays == plays


# --- writing ---


def moving(count: int, duration: int, plays: int = 0) -> Sprite:
    frames = tuple(np.full((3, 3), n % 2, np.int16) for n in range(count))
    palette = np.array([[255, 0, 0], [0, 0, 255]], np.uint8)
    return Sprite(frames, palette, (duration,) * count, plays=plays)


@pytest.mark.parametrize("name", ["png", "apng", "gif", "webp"])
@pytest.mark.parametrize("plays", [0, 1, 3])
def test_how_often_is_kept_in_every_format(name: str, plays: int) -> None:
    ((_, data),) = SPRITES.load(name).write(moving(3, 100, plays), "a", {})
    assert open_picture(data).plays == plays


@pytest.mark.parametrize(("count", "duration"), [(30, 33), (5, 125), (24, 42), (10, 4), (7, 10)])
@pytest.mark.parametrize("name", ["png", "gif", "webp"])
def test_an_animation_lasts_as_long_in_every_format(name: str, count: int, duration: int) -> None:
    ((_, data),) = SPRITES.load(name).write(moving(count, duration), "a", {})
    lasts = sum(open_picture(data).durations)
    least = 10 * count if name == "gif" else 0  # a frame of a GIF lasts a hundredth at least
    assert abs(lasts - max(count * duration, least)) <= (5 if name == "gif" else 0)


def test_what_rounding_takes_is_given_to_the_next_frame() -> None:
    assert encode.in_hundredths([33] * 3) == [3, 4, 3]
    assert sum(encode.in_hundredths([33] * 30)) == 99
    assert sum(encode.in_hundredths([125] * 5)) == 63
    assert encode.in_hundredths([0, 4, 4]) == [0, 1, 1]


def test_a_picture_keeps_its_times_and_count_through_a_job() -> None:
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue", "green")]
    held = BytesIO()
    frames[0].save(held, "WEBP", save_all=True, append_images=frames[1:], duration=33, loop=2)
    sprite = pincel.pixelate(held.getvalue(), width=8)
    assert sprite.durations == (33, 33, 33) and sprite.plays == 2
    assert pincel.restore(held.getvalue()).plays == 2
