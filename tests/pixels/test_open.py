from __future__ import annotations

import io
import os
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import GifImagePlugin, Image, ImageCms, features

import picture_files
from picture_files import chunk, png, saved, scene
from pincel.errors import PincelError
from pincel.pixels import count, size_limits
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture
from pincel.pixels.to_rgba import turned_upright

RGB, RGBA = scene(), scene(channels=4)
EVERY = picture_files.every_kind()


def refusal(source: object) -> str:
    """The key of the sentence that this source ends in."""
    with pytest.raises(PincelError) as caught:
        open_picture(source)
    assert "{" not in str(caught.value)
    return caught.value.key


# --- PNG, against a writer made from the specification ---


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("kind, bits", [(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (4, 8), (6, 8)])
def test_png_of_every_type_shows_its_values(kind: int, bits: int, interlaced: bool) -> None:
    values = RGBA[..., {0: [0], 2: [0, 1, 2], 4: [0, 3], 6: [0, 1, 2, 3]}[kind]] >> (8 - bits)
    picture = open_picture(png(values, bits, kind, interlaced=interlaced))
    wide = values.astype(int) * 255 // (2**bits - 1)
    colors = wide[..., :3] if kind in (2, 6) else wide[..., [0, 0, 0]]
    alpha = wide[..., -1] if kind in (4, 6) else 255
    assert np.array_equal(picture.rgba[..., :3], colors)
    assert np.all(picture.rgba[..., 3] == alpha)
    assert picture.info["bits"] == bits
    assert picture.info["interlaced"] is interlaced


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("kind", [0, 2, 4, 6])
def test_png_of_16_bits_keeps_all_of_them(kind: int, interlaced: bool) -> None:
    rng = np.random.default_rng(kind)
    channels = picture_files.CHANNELS[kind]
    values = rng.integers(0, 65_536, (13, 17, channels)).astype(np.uint16)
    picture = open_picture(png(values, 16, kind, interlaced=interlaced))
    assert picture.raw is not None
    assert picture.raw.dtype == np.uint16
    assert np.array_equal(picture.raw.reshape(values.shape), values)
    nearest = np.rint(values / 257).astype(np.uint8)
    assert np.array_equal(picture.rgba[..., 0], nearest[..., 0])
    assert np.array_equal(
        picture.rgba[..., 3], nearest[..., -1] if kind in (4, 6) else 0 * nearest[..., 0] + 255
    )


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_png_grey_that_is_transparent(bits: int) -> None:
    values = (np.arange(16).reshape(4, 4, 1) % min(2**bits, 16)).astype(np.uint16)
    picture = open_picture(png(values, bits, 0, chunk(b"tRNS", struct.pack(">H", 1))))
    assert np.array_equal(picture.rgba[..., 3] == 0, values[..., 0] == 1)


@pytest.mark.parametrize("bits", [8, 16])
def test_png_colour_that_is_transparent(bits: int) -> None:
    values = RGB.astype(np.uint16) * (257 if bits == 16 else 1)
    key = [int(v) for v in values[5, 7]]
    picture = open_picture(png(values, bits, 2, chunk(b"tRNS", struct.pack(">3H", *key))))
    assert np.array_equal(picture.rgba[..., 3] == 0, np.all(values == key, axis=-1))
    assert np.array_equal(picture.rgba[..., :3], RGB)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_png_palette_and_its_transparency(bits: int) -> None:
    count = 2**bits
    rng = np.random.default_rng(bits)
    colors = rng.integers(0, 256, (count, 3)).astype(np.uint8)
    alphas = rng.integers(0, 256, count).astype(np.uint8)
    indices = rng.integers(0, count, (9, 11, 1))
    extra = chunk(b"PLTE", colors.tobytes()) + chunk(b"tRNS", alphas.tobytes())
    picture = open_picture(png(indices, bits, 3, extra, interlaced=True))
    assert np.array_equal(
        picture.rgba, np.dstack([colors[indices[..., 0]], alphas[indices[..., 0]]])
    )
    assert picture.raw is not None
    assert np.array_equal(picture.raw, indices[..., 0])
    assert picture.info["palette"] == colors.tolist()


def test_text_in_a_png_is_kept() -> None:
    note = chunk(b"iTXt", b"pincel\0\0\0\0\0" + "¿qué?".encode())
    assert open_picture(png(RGB, 8, 2, note)).info["text"] == {"pincel": "¿qué?"}


# --- animations ---


def test_apng_blends_and_clears_as_it_says() -> None:
    frames = picture_files.animation(3, channels=4)
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:], duration=[30, 0, 500])
    picture = open_picture(data)
    assert picture.animated
    assert picture.durations == (30, 100, 500)
    for shown, frame in zip(picture.frames, frames, strict=True):
        assert np.array_equal(shown, np.asarray(frame))


def test_apng_cover_for_old_readers_is_no_frame() -> None:
    cover, *frames = picture_files.animation(3)
    data = saved(cover, "PNG", save_all=True, append_images=frames, duration=40, default_image=True)
    picture = open_picture(data)
    assert picture.durations == (40, 40)
    assert np.array_equal(picture.rgba[..., :3], np.asarray(frames[0]))


def test_gif_disposal() -> None:
    """Red all over and kept; a blue square, then cleared; a green one, then undone; nothing."""
    palette = bytes([255, 0, 0, 0, 0, 255, 0, 255, 0, 9, 9, 9])
    parts = [b"GIF89a", struct.pack("<HHBBB", 8, 8, 0xF1, 0, 0), palette]
    steps = [(0, 8, 0, 1), (1, 4, 2, 2), (2, 2, 0, 3), (3, 8, 0, 1)]
    for color, side, at, disposal in steps:
        image = Image.fromarray(np.full((side, side), color, np.uint8))
        settings = {"duration": 50, "disposal": disposal, "transparency": 3}
        parts += GifImagePlugin.getdata(image, (at, at), **settings)
    picture = open_picture(b"".join(bytes(part) for part in parts) + b";")
    red, blue, green, clear = (255, 0, 0, 255), (0, 0, 255, 255), (0, 255, 0, 255), (0, 0, 0, 0)
    expected = np.empty((4, 8, 8, 4), np.uint8)
    expected[:] = red
    expected[1, 2:6, 2:6] = blue
    expected[2:, 2:6, 2:6] = clear
    expected[2, :2, :2] = green
    assert len(picture.frames) == 4
    for number, frame in enumerate(picture.frames):
        frame = np.where(frame[..., 3:] == 0, 0, frame)
        assert np.array_equal(frame, expected[number]), number


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_animated_webp_and_avif(kind: str) -> None:
    if f"{kind.lower()} moving" not in EVERY:
        pytest.skip(f"this Pillow has no {kind}")
    frames = picture_files.animation(3)
    options = {"lossless": True} if kind == "WEBP" else {"quality": 90}
    more = {"save_all": True, "append_images": frames[1:], "duration": [40, 80, 120]}
    picture = open_picture(saved(frames[0], kind, **more, **options))
    assert picture.durations == (40, 80, 120)
    for shown, frame in zip(picture.frames, frames, strict=True):
        off = np.abs(shown[..., :3].astype(int) - np.asarray(frame)).mean()
        assert off == 0 if kind == "WEBP" else off < 12


# --- other formats ---


@pytest.mark.parametrize("name", ["bmp", "tiff", "tiff lzw", "tiff deflate", "tiff 16", "tiff big"])
def test_formats_that_lose_nothing(name: str) -> None:
    assert np.array_equal(open_picture(EVERY[name]).rgba[..., :3], RGB)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_modes(mode: str, progressive: bool) -> None:
    image = Image.fromarray(scene(64, 64)).convert(mode)
    picture = open_picture(saved(image, "JPEG", quality=95, progressive=progressive))
    expected = np.asarray(image.convert("RGB")).astype(int)
    # CMYK is stored inverted (Adobe): taken the wrong way round it would be off by far more
    assert np.abs(picture.rgba[..., :3] - expected).mean() < 6
    assert picture.info["mode"] == mode
    assert picture.info["progressive"] is progressive


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_orientation_is_applied(kind: str, orientation: int) -> None:
    if kind == "WEBP" and "webp" not in EVERY:
        pytest.skip("this Pillow has no WebP")
    exif = Image.Exif()
    exif[274] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    upright = np.kron(np.arange(6, dtype=np.uint8).reshape(2, 3) * 40, np.ones((16, 16), np.uint8))
    upright = np.dstack([upright] * 3)
    undo = {6: 8, 8: 6}.get(orientation, orientation)
    lying = np.ascontiguousarray(turned_upright(upright, undo))
    picture = open_picture(saved(Image.fromarray(lying), kind, exif=exif, **options))
    assert picture.rgba.shape == (32, 48, 4)
    assert np.abs(picture.rgba[..., :3].astype(int) - upright).max() <= 3
    assert picture.raw is not None
    assert picture.raw.shape == (32, 48, 3)
    assert picture.info["orientation"] == orientation


def test_colour_profile_is_turned_to_srgb() -> None:
    data = saved(Image.fromarray(RGBA), "PNG", icc_profile=picture_files.swapped_profile())
    picture = open_picture(data)
    assert np.abs(picture.rgba[..., [2, 1, 0]].astype(int) - RGBA[..., :3]).max() <= 2
    assert np.array_equal(picture.rgba[..., 3], RGBA[..., 3])
    assert picture.raw is not None
    assert np.array_equal(picture.raw, RGBA)
    assert picture.info["profile"] == "swapped test!"


def test_profile_of_srgb_itself_changes_nothing() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = open_picture(saved(RGB, "PNG", icc_profile=icc))
    assert np.array_equal(picture.rgba[..., :3], RGB)
    assert "sRGB" in picture.info["profile"]


@pytest.mark.parametrize("icc", [b"no profile", picture_files.swapped_profile()[:300]])
def test_broken_profile_is_noted_and_ignored(icc: bytes) -> None:
    picture = open_picture(saved(RGB, "PNG", icc_profile=icc))
    assert np.array_equal(picture.rgba[..., :3], RGB)
    assert picture.info["profile_broken"]


def test_profile_for_another_kind_of_picture_is_ignored() -> None:
    image = Image.fromarray(RGB).convert("CMYK")
    picture = open_picture(saved(image, "TIFF", icc_profile=picture_files.swapped_profile()))
    assert picture.info["profile_broken"]
    assert np.array_equal(picture.rgba[..., :3], np.asarray(image.convert("RGB")))


def test_tiff_keeps_numbers_channels_and_slices() -> None:
    wide = RGB.astype(np.uint16) * 257
    floats = np.linspace(-3, 5, 12, dtype=np.float32).reshape(3, 4)
    many = np.dstack([wide, wide + 1])
    stack = np.stack([wide[..., 0] + n for n in range(7)])
    picture = open_picture(picture_files.tiff(floats))
    assert np.array_equal(picture.raw, floats)
    assert picture.info["stretched"] == (-3, 5)
    assert picture.rgba[0, 0, 0] == 0
    assert picture.rgba[-1, -1, 0] == 255
    picture = open_picture(
        picture_files.tiff(many, photometric="minisblack", planarconfig="contig")
    )
    assert np.array_equal(picture.raw, many)
    assert np.array_equal(picture.rgba[..., :3], RGB)
    picture = open_picture(picture_files.tiff(stack, photometric="minisblack"))
    assert np.array_equal(picture.raw, stack)
    assert picture.info["axes"] == "dhw"
    assert picture.info["pages"] == 7
    assert not picture.animated


def test_tiff_pages_in_colour_are_slices() -> None:
    picture = open_picture(EVERY["tiff pages"])
    frames = [np.asarray(frame) for frame in picture_files.animation()]
    assert picture.raw is not None
    assert np.array_equal(picture.raw, np.stack(frames))
    assert np.array_equal(picture.rgba[..., :3], frames[0])


@pytest.mark.parametrize("times", [1, 256, 257])
def test_tiff_palettes_of_eight_and_sixteen_bits(times: int) -> None:
    """tifffile 2026.3.3 writes bytes as they come, and Pillow 13.0.0 shows those black
    (findings/tiff-palette-of-eight-bits.sh)."""
    table = np.zeros((3, 256), np.uint16)
    table[:, 1:3] = [[15, 155], [56, 188], [15, 255]]
    held = io.BytesIO()
    tifffile.imwrite(
        held, np.array([[0, 1, 2]], np.uint8), photometric="palette", colormap=table * times
    )
    picture = open_picture(held.getvalue())
    assert picture.rgba[0].tolist() == [[0, 0, 0, 255], [15, 56, 15, 255], [155, 188, 255, 255]]


def test_tiff_where_white_is_zero() -> None:
    data = picture_files.tiff(RGB[..., 0].astype(np.uint16) * 257, photometric="miniswhite")
    assert np.array_equal(open_picture(data).rgba[..., 0], 255 - RGB[..., 0])


def test_npy_never_unpickles() -> None:
    assert (
        refusal(picture_files.npy(np.array([{}, 3], object), allow_pickle=True)) == "picture.type"
    )
    for values in (RGB, RGB / 255, RGB[..., 0] > 9, np.asfortranarray(RGB)):
        assert np.array_equal(open_picture(picture_files.npy(values)).raw, values)


# --- ways in ---


def test_every_way_in_shows_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(RGB, "PNG")
    path = tmp_path / "anna.v2.png"
    path.write_bytes(data)
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    ways = [path, str(path), data, io.BytesIO(data), "-", RGB, Image.fromarray(RGB)]
    pictures = [open_picture(way) for way in ways]
    with path.open("rb") as file:
        pictures.append(open_picture(file))
    pictures.append(open_picture(pictures[0]))
    for picture in pictures:
        assert np.array_equal(picture.rgba[..., :3], RGB)
        assert picture.durations == (0,)
    assert [picture.name for picture in pictures[:3]] == ["anna.v2", "anna.v2", "picture"]
    assert pictures[-1] is pictures[0]
    assert pictures[0].info["bytes"] == len(data)


def test_pil_image_stays_at_its_frame() -> None:
    image = Image.open(io.BytesIO(EVERY["gif moving"]))
    image.seek(2)
    assert len(open_picture(image).frames) == 4
    assert image.tell() == 2


def test_array_given_is_copied() -> None:
    values = RGB.copy()
    picture = open_picture(values)
    values[:] = 0
    assert np.array_equal(picture.raw, RGB)
    assert np.array_equal(picture.rgba[..., :3], RGB)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_at_most_keeps_at_least_what_was_asked(name: str) -> None:
    whole = open_picture(EVERY[name])
    small = open_picture(EVERY[name], at_most=(7, 9))
    assert small.width >= 7
    assert small.height >= 9
    assert small.width <= whole.width // 2 + 1
    assert small.raw is None
    assert len(small.frames) == len(whole.frames)
    assert small.info["reduced"] >= 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_at_most_means_the_upright_picture(kind: str) -> None:
    exif = Image.Exif()
    exif[274] = 6
    picture = open_picture(saved(scene(40, 120), kind, exif=exif), at_most=(10, 60))
    assert picture.rgba.shape[:2] == (60, 20)


def test_at_most_averages() -> None:
    picture = open_picture(saved(RGB[:20, :30], "PNG"), at_most=(6, 4))
    blocks = RGB[:20, :30].reshape(4, 5, 6, 5, 3).mean((1, 3))
    assert np.abs(picture.rgba[..., :3] - blocks).max() <= 1


def test_large_jpeg_is_decoded_small() -> None:
    image = Image.fromarray(scene(64, 96)).resize((1200, 800))
    picture = open_picture(saved(image, "JPEG"), at_most=(100, 60))
    assert picture.rgba.shape[:2] == (100, 150)
    assert picture.info["reduced"] == 8


# --- what cannot be opened ---


@pytest.mark.parametrize("name", sorted(EVERY))
def test_half_a_file_is_refused(name: str) -> None:
    assert refusal(EVERY[name][: len(EVERY[name]) // 2]) == "picture.broken"


def test_what_is_no_picture(tmp_path: Path) -> None:
    assert refusal(b"") == "picture.empty"
    assert refusal("texto: ¡hola!\n".encode()) == "picture.text"
    assert refusal("wide".encode("utf-16")) == "picture.text"
    assert refusal(b"\x7fELF\2\1\1\0\0\0") == "picture.unknown"
    assert refusal(3) == "picture.source"
    assert refusal(io.StringIO("text")) == "picture.source"
    assert refusal(tmp_path) == "picture.folder"
    assert refusal(tmp_path / "none.png") == "picture.missing"
    assert refusal("a\0b.png") == "picture.missing"
    (tmp_path / "file.png").write_bytes(b"")
    assert refusal(tmp_path / "file.png") == "picture.empty"
    assert refusal(tmp_path / "file.png" / "inside.png") == "picture.missing"
    assert refusal(np.zeros((2, 2), complex)) == "picture.type"
    assert refusal(np.zeros(4)) == "picture.shape"
    assert refusal(np.zeros((0, 4))) == "picture.no_pixels"


def test_avif_where_pillow_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda name: False)
    assert refusal(b"\0\0\0\x20ftypavif" + bytes(20)) == "picture.undecodable"


def test_memory_that_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_) -> None:
        raise MemoryError

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", full)
    assert refusal(EVERY["bmp"]) == "picture.no_memory"


@pytest.mark.parametrize("folder", [True, False])
def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: bool) -> None:
    """Simulated: the superuser may read everything."""

    def closed(*_, **__) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "closed"
    path.mkdir() if folder else path.write_bytes(b"x")
    monkeypatch.setattr(os, "listdir", closed)
    monkeypatch.setattr("builtins.open", closed)
    assert refusal(path) == "picture.denied"


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_, **__) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.png"
    path.write_bytes(b"x")
    monkeypatch.setattr("builtins.open", failing)
    assert refusal(path) == "picture.unreadable"


def claims(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds nothing."""
    head = chunk(b"IHDR", struct.pack(">II5B", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_gigantic_pictures_are_refused_before_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "crop", decode)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    assert refusal(claims(30_001, 2)) == "picture.too_long_side"
    assert refusal(claims(12_000, 10_000)) == "picture.too_many_pixels"
    assert refusal(claims(30_000, 30_000)) == "picture.bomb"
    assert refusal(picture_files.npy(np.zeros((1, 30_001)))) == "picture.too_long_side"


def test_a_strip_that_expands_without_end_is_refused() -> None:
    bomb, out = zlib.compress(bytes(30_000_000)), io.BytesIO()
    options = {"photometric": "minisblack", "planarconfig": "contig", "compression": "zlib"}
    tifffile.imwrite(out, iter([bomb]), shape=(8, 8, 5), dtype="uint16", **options)
    assert refusal(out.getvalue()) == "picture.broken"


def test_long_animations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size_limits, "MOST_FRAMES", 3)
    assert refusal(EVERY["gif moving"]) == "picture.too_many_frames"
    monkeypatch.setattr(size_limits, "MOST_FRAMES", 4)
    monkeypatch.setattr(size_limits, "MOST_ANIMATED", 23 * 31 * 8 - 1)
    assert refusal(EVERY["apng"]) == "picture.too_much_animation"


def test_frames_pages_and_scans_are_counted_before_any_is_decoded() -> None:
    assert count.gif_frames(EVERY["gif moving"], 2_000) == 4
    assert count.gif_frames(EVERY["gif moving"], 2) == 3
    assert count.gif_frames(EVERY["gif moving"][:-900], 9) in (3, 4)
    assert count.tiff_pages(EVERY["tiff pages"], 2_000) == 4
    assert count.tiff_pages(EVERY["tiff big"], 2_000) == 1
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x4c\1\0"
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6)
    assert len(open_picture(head + frame * 9 + b";").frames) == 9
    assert refusal(head + frame * 2_001 + b";") == "picture.too_many_frames"
    ring = b"II*\0" + struct.pack("<IHI", 8, 0, 8)  # a directory that is its own successor
    assert refusal(ring) == "picture.too_many_frames"
    first, *scans = EVERY["jpeg progressive"].split(b"\xff\xda")
    again = b"".join(b"\xff\xda" + scan for scan in scans[:-1]) * 40
    assert refusal(first + again + b"\xff\xda" + scans[-1]) == "picture.broken"


def test_a_stream_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size_limits, "MOST_BYTES", 3_000_000)
    with open("/dev/zero", "rb") as endless:
        assert refusal(endless) == "picture.too_many_bytes"


def test_sentences_name_the_file_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.png"
    path.write_text("hello")
    with pytest.raises(PincelError, match=r"photo\.png holds text, not a picture"):
        open_picture(path)
    monkeypatch.setenv("PINCEL_LANG", "es")
    with pytest.raises(PincelError, match=r"photo\.png contiene texto, no una imagen"):
        open_picture(path)


def test_reading_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("tiff lzw", "tiff deflate", "tiff 16 lzw"):
        data = bytearray(EVERY[name])
        data[len(data) // 2 - 200 : len(data) // 2] = bytes(200)
        try:
            assert isinstance(open_picture(bytes(data)), Picture)
        except PincelError as error:
            assert error.key == "picture.broken"
    assert capfd.readouterr() == ("", "")


def test_every_way_a_png_says_clear_is_read(tmp_path: Path) -> None:
    """imageio 2.38.1 drops the transparent entry of a palette; torchvision 0.29.1 gives a picture
    of one bit an alpha of 1, and takes no notice of one transparent colour."""
    light = np.zeros((8, 8), np.uint8)
    light[2:6, 2:6] = 255
    grey = Image.fromarray(light)
    indexed = Image.fromarray((light > 0).astype(np.uint8), "L").convert("P")
    indexed.putpalette([255, 0, 255, 255, 255, 255])
    indexed.save(tmp_path / "indexed.png", transparency=0)
    indexed.save(tmp_path / "half.png", transparency=bytes([0, 128]))
    grey.save(tmp_path / "grey.png", transparency=0)
    grey.convert("RGB").save(tmp_path / "rgb.png", transparency=(0, 0, 0))
    grey.convert("1").save(tmp_path / "bits.png")
    lit = {"indexed": 255, "half": 128, "grey": 255, "rgb": 255, "bits": 255}
    for name, alpha in lit.items():
        rgba = open_picture(tmp_path / f"{name}.png").rgba
        assert (rgba[light > 0] == (255, 255, 255, alpha)).all(), name
        assert (rgba[light == 0][:, 3] == (255 if name == "bits" else 0)).all(), name
