"""Picture files of every kind that Pincel reads, made from the letter of each format or by the
libraries that define it. Small, seeded, in memory."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
import tifffile
from PIL import Image, ImageCms, features

ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2))
ADAM7 += ((1, 0, 2, 1),)  # first row, first column, step of rows, step of columns
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by PNG colour type


def scene(height: int = 23, width: int = 31, channels: int = 3, seed: int = 0) -> np.ndarray:
    """A picture with slopes, an edge and some noise, (h, w, channels) uint8."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    planes = [255 * x / width, 255 * y / height, 128 + 90 * np.sin(x / 3), np.full_like(x, 255)]
    picture = np.stack(planes[:channels], -1) + rng.normal(0, 6, (height, width, channels))
    picture[height // 3 : height // 2, width // 4 : width // 2] = (210, 40, 60, 90)[:channels]
    return np.clip(picture, 0, 255).astype(np.uint8)


def saved(image: Image.Image | np.ndarray, kind: str, **options) -> bytes:
    """The image as Pillow saves it."""
    out = BytesIO()
    image = image if isinstance(image, Image.Image) else Image.fromarray(image)
    image.save(out, kind, **options)
    return out.getvalue()


def tiff(values: np.ndarray, **options) -> bytes:
    """The values as tifffile saves them."""
    out = BytesIO()
    tifffile.imwrite(out, values, **options)
    return out.getvalue()


def npy(values: np.ndarray, **options) -> bytes:
    out = BytesIO()
    np.save(out, values, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    values: np.ndarray,
    bits: int,
    kind: int,
    extra: bytes = b"",
    interlaced: bool = False,
) -> bytes:
    """A PNG of (h, w, channels) whole numbers below 2**bits, written from the specification:
    colour type `kind`, the five filters in turn, `extra` chunks before the pixels."""
    height, width = values.shape[:2]
    values = values.reshape(height, width, CHANNELS[kind])
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    rows = b"".join(_filtered(values[y::dy, x::dx], bits) for y, x, dy, dx in passes)
    head = struct.pack(">II5B", width, height, bits, kind, 0, 0, int(interlaced))
    parts = chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def _filtered(values: np.ndarray, bits: int) -> bytes:
    height, width, channels = values.shape
    if not width or not height:
        return b""
    spread = values[..., None].astype(np.int64) >> np.arange(bits - 1, -1, -1) & 1
    rows = np.packbits(spread.reshape(height, -1).astype(np.uint8), axis=1).astype(np.int64)
    step = max(bits * channels // 8, 1)
    above = np.zeros_like(rows[0])
    out = []
    for number, row in enumerate(rows):
        left = np.concatenate([np.zeros(step, np.int64), row])[: len(row)]
        corner = np.concatenate([np.zeros(step, np.int64), above])[: len(row)]
        guess = left + above - corner
        far = np.abs(guess - np.stack([left, above, corner]))
        paeth = np.stack([left, above, corner])[far.argmin(0), np.arange(len(row))]
        guesses = (0 * row, left, above, (left + above) // 2, paeth)
        out.append(bytes([number % 5]) + ((row - guesses[number % 5]) % 256).astype("u1").tobytes())
        above = row
    return b"".join(out)


def animation(count: int = 4, channels: int = 3) -> list[Image.Image]:
    return [Image.fromarray(scene(channels=channels, seed=n)) for n in range(count)]


def swapped_profile() -> bytes:
    """sRGB's profile with red and blue exchanged, so that a reader that uses it shows so."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = data.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    return data.replace("sRGB built-in".encode("utf-16-be"), "swapped test!".encode("utf-16-be"))


def every_kind() -> dict[str, bytes]:
    """One small file for every way into a reader, by name."""
    rgb, rgba = scene(), scene(channels=4)
    grey = rgb[..., :1]
    wide = rgb.astype(np.uint16) * 257
    palette = chunk(b"PLTE", bytes(range(48)))
    clear = chunk(b"tRNS", bytes(range(0, 160, 10)))
    image = Image.fromarray(rgb)
    exif = Image.Exif()
    exif[274] = 6
    moving = {"save_all": True, "append_images": animation()[1:], "duration": 70}
    clear_moving = moving | {"append_images": animation(channels=4)[1:]}
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    files = {
        "png rgb": png(rgb, 8, 2),
        "png rgba interlaced": png(rgba, 8, 6, interlaced=True),
        "png grey 1": png(grey >> 7, 1, 0),
        "png grey 4 interlaced": png(grey >> 4, 4, 0, interlaced=True),
        "png grey alpha": png(rgb[..., :2], 8, 4),
        "png palette 4": png(grey >> 4, 4, 3, palette + clear),
        "png rgb 16": png(wide, 16, 2, chunk(b"tRNS", b"\1\2" * 3)),
        "png rgba 16 interlaced": png(rgba.astype(np.uint16) * 257, 16, 6, interlaced=True),
        "png grey 16": png(wide[..., :1], 16, 0),
        "png profile text": saved(image, "PNG", icc_profile=icc, exif=exif),
        "apng": saved(image, "PNG", **moving),
        "apng alpha": saved(Image.fromarray(rgba), "PNG", disposal=1, blend=1, **clear_moving),
        "jpeg": saved(image, "JPEG", icc_profile=icc, exif=exif),
        "jpeg progressive": saved(image, "JPEG", progressive=True, quality=60),
        "jpeg grey": saved(image.convert("L"), "JPEG"),
        "jpeg cmyk": saved(image.convert("CMYK"), "JPEG"),
        "gif": saved(image, "GIF"),
        "gif moving": saved(image, "GIF", disposal=2, **moving),
        "bmp": saved(image, "BMP"),
        "bmp palette": saved(image.quantize(16), "BMP"),
        "tiff": saved(image, "TIFF"),
        "tiff lzw": saved(image, "TIFF", compression="tiff_lzw"),
        "tiff deflate": saved(image, "TIFF", compression="tiff_adobe_deflate"),
        "tiff pages": saved(image, "TIFF", save_all=True, append_images=animation()[1:]),
        "tiff 16": tiff(wide, photometric="rgb"),
        "tiff 16 lzw": saved(Image.fromarray(wide[..., 0]), "TIFF", compression="tiff_lzw"),
        "tiff 16 pages": tiff(np.stack([wide[..., 0]] * 5), photometric="minisblack"),
        "tiff float": tiff(rgb[..., 0] / np.float32(255), compression="zlib"),
        "tiff channels": tiff(np.dstack([wide, wide]), photometric="minisblack"),
        "tiff big": tiff(wide, photometric="rgb", bigtiff=True, tile=(16, 16)),
        "npy": npy(rgb),
        "npy float": npy(rgb / 255.0),
        "npy volume": npy(np.asfortranarray(wide[..., 0][None].repeat(7, 0))),
    }
    if features.check("webp"):
        files["webp"] = saved(image, "WEBP")
        files["webp lossless"] = saved(Image.fromarray(rgba), "WEBP", lossless=True)
        files["webp moving"] = saved(image, "WEBP", **moving)
    if features.check("avif"):
        files["avif"] = saved(image, "AVIF", quality=60)
        files["avif moving"] = saved(image, "AVIF", quality=60, **moving)
    return files
