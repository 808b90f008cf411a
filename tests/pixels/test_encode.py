from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels import encode
from pincel.pixels.canvas import CLEAR
from pincel.pixels.gif import patches
from pincel.pixels.open import open_picture

COUNTS = [1, 2, 3, 4, 5, 15, 16, 17, 255, 256]


def drawn(count: int, clear: bool, frames: int = 3) -> tuple[list[np.ndarray], np.ndarray]:
    """Frames of random indices, with the last colour never used where transparency needs room."""
    rng = np.random.default_rng(count)
    palette = rng.integers(0, 256, (count, 3)).astype(np.uint8)
    top = count - 1 if clear and count == 256 else count
    low = -1 if clear else 0
    every = [rng.integers(low, top, (13, 17)).astype(np.int16) for _ in range(frames)]
    every[0][0, 0] = low
    return every, palette


def shown(frame: np.ndarray, palette: np.ndarray) -> np.ndarray:
    table = np.zeros((len(palette) + 1, 4), np.uint8)
    table[:-1, :3] = palette
    table[:-1, 3] = 255
    return table[frame]


def seen(rgba: np.ndarray) -> np.ndarray:
    """RGBA without the colours that nobody sees."""
    return np.where(rgba[..., 3:] == 0, 0, rgba)


def chunks(data: bytes) -> dict[bytes, bytes]:
    found, at = {}, 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        found.setdefault(data[at + 4 : at + 8], data[at + 8 : at + 8 + length])
        at += 12 + length
    return found


@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize("count", COUNTS)
def test_indexed_png_is_exact(count: int, clear: bool) -> None:
    (frame,), palette = drawn(count, clear, 1)
    data = encode.indexed_png(frame, palette)
    found = chunks(data)
    entries = min(count + clear, 256)
    assert found[b"PLTE"][: 3 * count] == palette.tobytes()
    assert len(found[b"PLTE"]) == 3 * entries
    assert found[b"IHDR"][8] == next(bits for bits in (1, 2, 4, 8) if entries <= 2**bits)
    assert found[b"IHDR"][9] == 3
    assert (b"tRNS" in found) is clear
    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(seen(np.asarray(image.convert("RGBA"))), shown(frame, palette))
        image.seek(0)
        indices = np.asarray(image)
        assert np.array_equal(indices[frame >= 0], frame[frame >= 0])


def test_indexed_png_of_256_colours_and_transparency_becomes_true_colour() -> None:
    palette = np.random.default_rng(0).integers(0, 256, (256, 3)).astype(np.uint8)
    frame = np.arange(-1, 259).reshape(20, 13) % 257 - 1
    data = encode.indexed_png(frame, palette)
    assert chunks(data)[b"IHDR"][9] == 6
    assert np.array_equal(open_picture(data).rgba, shown(frame, palette))


@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_animations_are_exact_frame_by_frame(kind: str, count: int, clear: bool) -> None:
    frames, palette = drawn(count, clear)
    data = getattr(encode, kind)(frames, palette, [100, 50, 1200])
    with Image.open(io.BytesIO(data)) as image:
        assert image.n_frames == 3
        assert image.info["loop"] == 0
        for number, frame in enumerate(frames):
            image.seek(number)
            image.load()
            assert image.info["duration"] == [100, 50, 1200][number]
            assert np.array_equal(seen(np.asarray(image.convert("RGBA"))), shown(frame, palette))
    stored = chunks(data)[b"PLTE"] if kind == "apng" else data[13:]
    assert stored[: 3 * count] == palette.tobytes()


@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_nothing_of_a_frame_stays_behind_where_the_next_is_clear(kind: str) -> None:
    palette = np.array([[200, 0, 0]], np.uint8)
    walk = [np.full((4, 4), -1, np.int16) for _ in range(4)]
    for place, frame in enumerate(walk):
        frame[place, place] = 0
    picture = open_picture(getattr(encode, kind)(walk, palette, [80] * 4))
    for frame, rgba in zip(walk, picture.frames, strict=True):
        assert np.array_equal(rgba[..., 3] > 0, frame == 0)


@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_frames_alike_are_all_kept(kind: str) -> None:
    frames, palette = drawn(4, False, 1)
    data = getattr(encode, kind)(frames * 3, palette, [40, 40, 40])
    assert open_picture(data).durations == (40, 40, 40)


@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_256_colours_and_transparency_are_refused_in_animations(kind: str) -> None:
    frame = np.arange(-1, 256)[None]
    with pytest.raises(PincelError, match="256 colours and transparency"):
        getattr(encode, kind)([frame], np.zeros((256, 3), np.uint8), [0])


@pytest.mark.parametrize("kind", ["gif", "apng", "png"])
@pytest.mark.parametrize("grey", [0, 1, 2, 200])
def test_no_colour_of_the_palette_hides_under_the_transparent_entry(kind: str, grey: int) -> None:
    """pygame-ce 2.5.8 (SDL 2.32.10) `convert()` clears every pixel that wears the colour of the
    transparent entry: black outlines went where black lay under it, too."""
    palette = np.repeat(np.arange(grey, dtype=np.uint8)[:, None], 3, 1)
    palette = np.concatenate([np.array([[7, 60, 7]], np.uint8), palette])
    frame = np.arange(-1, len(palette))[None]
    if kind == "png":
        data = encode.indexed_png(frame, palette)
    else:
        data = getattr(encode, kind)([frame, frame[:, ::-1]], palette, [100, 100])
    with Image.open(io.BytesIO(data)) as image:
        stored = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
        assert np.array_equal(stored[: len(palette)], palette)
        assert stored[image.info["transparency"] if kind == "gif" else len(palette)].tolist() == (
            [grey] * 3
        )
        rgba = np.asarray(image.convert("RGBA"))
    assert np.array_equal(seen(rgba), shown(frame, palette))


def test_apng_is_a_still_for_readers_that_know_no_animation() -> None:
    frames, palette = drawn(16, True)
    found = chunks(encode.apng(frames, palette, [10, 20, 30]))
    assert struct.unpack(">II", found[b"acTL"]) == (3, 0)
    assert b"IDAT" in found


def test_webp_keeps_colours_under_transparency() -> None:
    rng = np.random.default_rng(1)
    frames = [rng.integers(0, 256, (9, 7, 4)).astype(np.uint8) for _ in range(3)]
    picture = open_picture(encode.webp(frames, [40, 80, 120]))
    assert picture.durations == (40, 80, 120)
    for frame, rgba in zip(frames, picture.frames, strict=True):
        assert np.array_equal(rgba[..., 3], frame[..., 3])
        assert np.array_equal(seen(rgba), seen(frame))
    assert np.array_equal(open_picture(encode.webp(frames[:1])).rgba, frames[0])


@pytest.mark.parametrize("channels", [0, 3, 4])
def test_png_is_exact(channels: int) -> None:
    shape = (11, 5, channels) if channels else (11, 5)
    values = np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8)
    rgba = open_picture(encode.png(values)).rgba
    assert np.array_equal(rgba[..., 0] if not channels else rgba[..., :channels], values)


@pytest.mark.parametrize("write", ["png", "indexed_png", "apng"])
def test_text_is_utf8(write: str) -> None:
    (frame,), palette = drawn(5, True, 1)
    text = {"pincel": '{"autor": "Iñaki ✏"}', "Software": "Pincel"}
    given = {
        "png": lambda: encode.png(shown(frame, palette), text),
        "indexed_png": lambda: encode.indexed_png(frame, palette, text),
        "apng": lambda: encode.apng([frame] * 2, palette, [9, 9], text),
    }[write]()
    assert open_picture(given).info["text"] == text


def test_gif_comment_of_any_length() -> None:
    frames, palette = drawn(5, True)
    comment = "ñandú " * 100
    with Image.open(io.BytesIO(encode.gif(frames, palette, [10, 10, 10], comment))) as image:
        assert image.info["comment"].decode() == comment


def test_every_frame_of_a_gif_fills_the_canvas_and_all_are_cleared_alike() -> None:
    """What engines agree about: pygame-ce 2.5.8 makes an animation as small as its first frame, and
    raylib 6.2.0 clears to the frame before where others stay
    (findings/engines-gif-two-canvases.sh)."""
    frames = [np.full((6, 5), -1) for _ in range(3)]
    for place, frame in enumerate(frames):
        frame[place : place + 2, 2:4] = 0  # Pillow's own writer would crop each to this
    data = encode.gif(frames, np.array([[255, 0, 0]], np.uint8), [10, 10, 10])
    found = list(patches(data))
    assert [(one.x, one.y, one.rgba.shape[:2]) for one in found] == [(0, 0, (6, 5))] * 3
    assert {one.disposal for one in found} == {CLEAR}


@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_same_values_same_bytes(kind: str) -> None:
    frames, palette = drawn(9, True)
    write = getattr(encode, kind)
    again = [frame.copy() for frame in frames]
    assert write(frames, palette, [10, 20, 30]) == write(again, palette.copy(), [10, 20, 30])
    assert encode.indexed_png(frames[0], palette) == encode.indexed_png(again[0], palette)


def test_sizes_that_a_format_cannot_hold() -> None:
    wide = np.zeros((1, 65_536), np.int16)
    with pytest.raises(PincelError, match="GIF holds at most"):
        encode.gif([wide], np.zeros((1, 3), np.uint8), [0])
    with pytest.raises(PincelError, match="WebP holds at most"):
        encode.webp([np.zeros((1, 16_384, 4), np.uint8)])
