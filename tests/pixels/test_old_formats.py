"""TGA, PCX and ICO, of every kind that Pillow writes, and what must not be taken for them."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels.old_formats import is_ico, is_pcx, is_tga
from pincel.pixels.open import find_pictures, open_picture

RNG = np.random.default_rng(11)


def written(mode: str, kind: str, **settings: object) -> tuple[Image.Image, bytes]:
    values = RNG.integers(0, 256, (16, 16, 4), dtype=np.uint8)
    values[..., 3] = np.where(values[..., 3] > 128, 255, 0)
    image = Image.fromarray(values).convert("RGB" if mode == "P" else mode)
    if mode == "P":
        image = image.quantize(16)
    held = BytesIO()
    image.save(held, kind, **settings)
    return image, held.getvalue()


@pytest.mark.parametrize("compression", [None, "tga_rle"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_tga(mode: str, compression: str | None) -> None:
    image, data = written(mode, "TGA", compression=compression)
    for one in (data, data[:-26]):  # with the footer of version 2 and without
        picture = open_picture(one)
        assert picture.info["format"] == "TGA"
        assert np.array_equal(picture.rgba, np.asarray(image.convert("RGBA")))


def test_a_fourth_byte_that_tga_does_not_call_alpha_is_none() -> None:
    header = struct.pack("<BBBHHBHHHHBB", 0, 0, 2, 0, 0, 0, 0, 0, 2, 1, 32, 0x20)
    picture = open_picture(header + bytes([1, 2, 3, 0, 4, 5, 6, 0]))
    assert picture.rgba.tolist() == [[[3, 2, 1, 255], [6, 5, 4, 255]]]


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize(
    ("bits", "set_in", "alpha"),
    [
        (0, (1, 0), [255, 255]),  # no bit is declared
        (0, (1, 1), [255, 255]),
        (1, (1, 0), [255, 0]),
        (1, (1, 1), [255, 255]),
        (1, (0, 0), [255, 255]),  # a bit that is set nowhere says nothing
    ],
)
def test_the_sixteenth_bit_of_a_tga(
    bits: int, set_in: tuple[int, int], alpha: list[int], mapped: bool
) -> None:
    """Pillow 13.0.0 clears what has the bit set, declared or not
    (findings/tga-sixteenth-bit.sh)."""
    colors = struct.pack("<HH", set_in[0] << 15 | 31 << 10, set_in[1] << 15 | 31 << 5)
    kind, depth = (1, 8) if mapped else (2, 16)
    table = (0, 2, 16) if mapped else (0, 0, 0)
    data = struct.pack("<BBBHHBHHHHBB", 0, mapped, kind, *table, 0, 0, 2, 1, depth, 0x20 | bits)
    picture = open_picture(data + colors + (bytes([0, 1]) if mapped else b""))
    assert picture.rgba[0, :, 3].tolist() == alpha
    assert picture.rgba[0, :, :3].tolist() == [[255, 0, 0], [0, 255, 0]]


@pytest.mark.parametrize("tall", [2, -2])
@pytest.mark.parametrize(
    ("mask", "bit", "clear"), [(0x8000, 0x8000, 0), (0x8000, 0, 255), (0, 0x8000, 255)]
)
def test_the_alpha_of_a_bmp_of_sixteen_bits(mask: int, bit: int, clear: int, tall: int) -> None:
    """Pillow 13.0.0 leaves it out (findings/bmp-of-sixteen-bits.sh); raylib and pygame do not."""
    rows = [[bit | 31 << 10, 0, bit | 31], [0, bit | 31 << 5, 0]]
    body = b"".join(struct.pack("<3Hxx", *row) for row in (rows if tall < 0 else rows[::-1]))
    header = struct.pack("<IiiHHIIiiII", 108, 3, tall, 1, 16, 3, 0, 0, 0, 0, 0)
    header += struct.pack("<4I", 0x7C00, 0x3E0, 0x1F, mask) + bytes(52)
    data = b"BM" + struct.pack("<IHHI", 122 + len(body), 0, 0, 122) + header + body
    rgba = open_picture(data).rgba
    assert rgba[..., 3].tolist() == [[255, clear, 255], [clear, 255, clear]]
    assert rgba[0, 0].tolist() == [255, 0, 0, 255]
    assert rgba[1, 1].tolist() == [0, 255, 0, 255]


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_pcx(mode: str) -> None:
    image, data = written(mode, "PCX")
    picture = open_picture(data)
    assert picture.info["format"] == "PCX"
    assert np.array_equal(picture.rgba, np.asarray(image.convert("RGBA")))


def test_the_largest_picture_of_an_icon() -> None:
    image, data = written("RGBA", "ICO", sizes=[(8, 8), (16, 16)])
    picture = open_picture(data)
    assert picture.info["format"] == "ICO"
    assert np.array_equal(picture.rgba, np.asarray(image))


def test_a_folder_finds_them(tmp_path: Path) -> None:
    for kind in ("tga", "pcx", "ico"):
        (tmp_path / f"a.{kind}").write_bytes(written("RGB", kind.upper())[1])
    assert len(find_pictures([str(tmp_path)])) == 3


def test_nothing_else_is_taken_for_them() -> None:
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
        _, data = written("RGB", kind)
        assert not (is_ico(data) or is_pcx(data) or is_tga(data)), kind
    taken = sum(is_tga(RNG.bytes(600)) or is_pcx(RNG.bytes(600)) for _ in range(3000))
    assert taken <= 2
    for text in (b"", b"\n" * 400, b"hello, this is a text\n" * 30):
        with pytest.raises(PincelError):
            open_picture(text)
