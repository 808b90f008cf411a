"""Pictures as bytes: PNG, indexed PNG, GIF, APNG, WebP.

Pure functions: the same values give the same bytes. Indexed formats take what a sprite holds,
(h, w) indices with -1 for transparent and a (k, 3) palette, and keep the palette exactly: every
colour, in its order.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from PIL import GifImagePlugin, Image
from PIL.PngImagePlugin import PngInfo

from pincel.errors import PincelError
from pincel.pixels.canvas import carried
from pincel.pixels.chunks import SIGNATURE, chunk
from pincel.pixels.webp import told_of_alpha

_GIF_SIDE = 65_535
_WEBP_SIDE = 16_383


def png(rgba: np.ndarray, text: Mapping[str, str] | None = None) -> bytes:
    """A true-colour PNG of (h, w), (h, w, 3) or (h, w, 4) uint8; `text` becomes iTXt chunks."""
    notes = PngInfo()
    for key, value in (text or {}).items():
        notes.add_itxt(key, value)
    out = BytesIO()
    Image.fromarray(np.ascontiguousarray(rgba)).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def indexed_png(
    indices: np.ndarray, palette: np.ndarray, text: Mapping[str, str] | None = None
) -> bytes:
    """A palette PNG of (h, w) whole numbers, -1 transparent, which are indices into the palette,
    (k, 3) uint8, or (k, 4) with alpha, at 1, 2, 4 or 8 bits, the fewest that do.

    The palette keeps its order; transparency is one more entry behind it. With 256 colours an
    unused entry serves as the transparent one; when all 256 are in use, only a true-colour PNG
    can hold the picture, and that is what comes back.
    """
    table = _table([indices], palette)
    if table is None:
        return png(_as_rgba(indices, palette), text)
    colors, clear = table
    parts = [*_head(indices.shape, colors, clear), *_text(text)]
    parts.append(chunk(b"IDAT", _rows(indices, len(colors), clear)))
    return SIGNATURE + b"".join(parts) + chunk(b"IEND", b"")


def apng(
    frames: Sequence[np.ndarray],
    palette: np.ndarray,
    durations: Sequence[int],
    text: Mapping[str, str] | None = None,
    plays: int = 0,
) -> bytes:
    """An animated palette PNG: frames (h, w) of one size, whole numbers that are indices into the
    palette, (k, 3) uint8, or (k, 4) with alpha, or -1 where transparent; durations in milliseconds.

    Every frame is whole and replaces the one before, so nothing can shine through. `plays`: how
    often it is shown, 0 is for ever. Times are exact up to 65 seconds a frame. Frames that use 256
    colours and transparency are refused (PincelError).
    """
    colors, clear = _animation_table(frames, palette)
    parts = [*_head(frames[0].shape, colors, clear), *_text(text)]
    parts.append(chunk(b"acTL", struct.pack(">II", len(frames), plays)))
    height, width = frames[0].shape
    order = 0
    for number, (frame, duration) in enumerate(zip(frames, durations, strict=True)):
        control = (order, width, height, 0, 0, *_delay(int(duration)), 0, 0)
        parts.append(chunk(b"fcTL", struct.pack(">5I2H2B", *control)))
        rows = _rows(frame, len(colors), clear)
        if number == 0:
            parts.append(chunk(b"IDAT", rows))
            order += 1
        else:
            parts.append(chunk(b"fdAT", struct.pack(">I", order + 1) + rows))
            order += 2
    return SIGNATURE + b"".join(parts) + chunk(b"IEND", b"")


def gif(
    frames: Sequence[np.ndarray],
    palette: np.ndarray,
    durations: Sequence[float],
    comment: str = "",
    plays: int = 0,
    under: Sequence[int] = (0, 0, 0),
) -> bytes:
    """A GIF of frames (h, w) of one size, whole numbers that are indices into the palette, (k, 3)
    uint8, or -1 where transparent; durations in milliseconds. GIF counts in 10 ms: what rounding
    takes from a frame is given to the next, so that the whole lasts as long as it should, to 5 ms.

    One global palette; with transparency each frame is cleared before the next one (disposal 2),
    so nothing of it stays behind. `plays`: how often it is shown, 0 is for ever. `under`: the
    colour 0 to 255 that lies under what is transparent; black: one that the palette has not.
    Frames of 256 colours and transparency, or with a side over 65,535, are refused (PincelError).
    """
    colors, clear = _animation_table(frames, palette)
    height, width = frames[0].shape
    if max(width, height) > _GIF_SIDE:
        raise PincelError("picture.too_wide_for", format="GIF", most=_GIF_SIDE)
    depth = max((len(colors) - 1).bit_length(), 1)
    full = np.zeros((1 << depth, 3), np.uint8)
    full[: len(colors)] = colors
    if clear is not None and any(under):
        full[clear] = under
    flags = 0x80 | 0x70 | (depth - 1)
    parts = [b"GIF89a", struct.pack("<HHBBB", width, height, flags, clear or 0, 0), full.tobytes()]
    if len(frames) > 1 and plays != 1:  # the file says how often it is shown again
        again = struct.pack("<H", min(max(plays - 1, 0), 65_535))
        parts.append(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + again + b"\x00")
    if comment:
        parts.append(b"\x21\xfe" + _blocks(comment.encode()))
    for frame, duration in zip(frames, in_hundredths(durations), strict=True):
        settings: dict[str, Any] = {"duration": min(duration, 65_535) * 10}
        if clear is not None:
            settings |= {"transparency": clear, "disposal": 2}
        image = Image.fromarray(_flat(frame, clear))
        parts.extend(bytes(part) for part in GifImagePlugin.getdata(image, **settings))
    return b"".join(parts) + b";"


def in_hundredths(durations: Sequence[float]) -> list[int]:
    """Milliseconds as hundredths of a second, rounded so that the sum up to every frame is right
    to half a hundredth: 30 times 33 ms are 99, five times 125 ms are 63. Where all frames last 15
    ms or more, each lasts at least two, for browsers show shorter ones for ten; else what lasts at
    all lasts at least one.
    """
    least = 20 if min(durations) >= 15 else 10
    floors = [least if duration > 0 else 0 for duration in durations]
    return [shown // 10 for shown in carried(durations, 10, floors)]


def webp(frames: Sequence[np.ndarray], durations: Sequence[int] = (0,), plays: int = 0) -> bytes:
    """A lossless WebP of (h, w, 4) uint8 frames, animated if there are several; durations in ms;
    `plays`: how often it is shown, 0 is for ever. PincelError for a side over 16,383."""
    if max(frames[0].shape[:2]) > _WEBP_SIDE:
        raise PincelError("picture.too_wide_for", format="WebP", most=_WEBP_SIDE)
    images = [Image.fromarray(np.ascontiguousarray(frame)) for frame in frames]
    out = BytesIO()
    extra = {}
    if len(images) > 1:
        extra = {
            "save_all": True,
            "append_images": images[1:],
            "duration": [int(d) for d in durations],
            "loop": min(plays, 65_535),
        }
    images[0].save(out, "WEBP", lossless=True, exact=True, quality=100, method=4, **extra)
    return told_of_alpha(out.getvalue())


def _table(
    frames: Sequence[np.ndarray], palette: np.ndarray
) -> tuple[np.ndarray, int | None] | None:
    """The colours to write and the index that stands for transparent; None when they are 257."""
    palette = np.asarray(palette, np.uint8)
    palette = palette.reshape(-1, palette.shape[1] if palette.ndim == 2 else 3)
    if len(palette) > 256:
        return None
    if not any((frame < 0).any() for frame in frames):
        return (palette if len(palette) else np.zeros((1, 3), np.uint8)), None
    if len(palette) < 256:
        return np.concatenate([palette, _worn_by_none(palette)]), len(palette)
    used = np.zeros(256, bool)
    for frame in frames:
        used[frame[frame >= 0]] = True
    free = np.flatnonzero(~used)
    return (palette, int(free[-1])) if len(free) else None


def _worn_by_none(palette: np.ndarray) -> np.ndarray:
    """The colour to hide under the transparent entry, as one more row: black, or where the palette
    has it the darkest grey that it has not. pygame's `convert()` clears whatever wears the hidden
    colour: beside a black outline it must not be black."""
    row = np.zeros((1, palette.shape[1]), np.uint8)
    while (palette[:, :3] == row[:, :3]).all(1).any():
        row[:, :3] += 1
    return row


def _animation_table(
    frames: Sequence[np.ndarray], palette: np.ndarray
) -> tuple[np.ndarray, int | None]:
    table = _table(frames, palette)
    if table is None:
        raise PincelError("picture.no_room_for_clear")
    return table


def _flat(frame: np.ndarray, clear: int | None) -> np.ndarray:
    """Indices as uint8 with the transparent entry in place of -1."""
    return np.where(frame < 0, clear or 0, frame).astype(np.uint8)


def _as_rgba(indices: np.ndarray, palette: np.ndarray) -> np.ndarray:
    opaque = indices >= 0
    rgba = np.zeros((*indices.shape, 4), np.uint8)
    rgba[opaque, 3] = 255
    rgba[opaque, : palette.shape[1]] = palette[indices[opaque]]
    return rgba


def _delay(milliseconds: int) -> tuple[int, int]:
    """A frame's time as APNG stores it: parts of a second and how many there are, 16 bits each."""
    for parts in (1000, 100, 10, 1):
        count = round(milliseconds * parts / 1000)
        if count <= 65_535:
            return count, parts
    return 65_535, 1


def _bits(count: int) -> int:
    return next(bits for bits in (1, 2, 4, 8) if count <= 1 << bits)


def _head(shape: tuple[int, ...], colors: np.ndarray, clear: int | None) -> list[bytes]:
    size = struct.pack(">II5B", shape[1], shape[0], _bits(len(colors)), 3, 0, 0, 0)
    chunks = [chunk(b"IHDR", size), chunk(b"sRGB", b"\0")]
    chunks.append(chunk(b"PLTE", colors[:, :3].tobytes()))
    alpha = colors[:, 3].tobytes() if colors.shape[1] == 4 else b"\xff" * len(colors)
    alpha = alpha if clear is None else alpha[:clear] + b"\0" + alpha[clear + 1 :]
    alpha = alpha.rstrip(b"\xff")  # entries that are not told of are opaque
    return [*chunks, chunk(b"tRNS", alpha)] if alpha else chunks


def _text(text: Mapping[str, str] | None) -> list[bytes]:
    """iTXt chunks, uncompressed UTF-8 (PNG specification, 11.3.4.5)."""
    return [
        chunk(b"iTXt", key.encode("latin-1", "replace")[:79] + b"\0\0\0\0\0" + value.encode())
        for key, value in (text or {}).items()
    ]


def _rows(frame: np.ndarray, count: int, clear: int | None) -> bytes:
    """The pixels packed to the palette's depth, unfiltered (best for indices), deflated."""
    flat = _flat(frame, clear)
    bits = _bits(count)
    if bits < 8:
        spread = (flat[:, :, None] >> np.arange(bits - 1, -1, -1, dtype=np.uint8)) & 1
        flat = np.packbits(spread.reshape(len(flat), -1), axis=1)
    return zlib.compress(np.pad(flat, ((0, 0), (1, 0))).tobytes(), 9)


def _blocks(data: bytes) -> bytes:
    """GIF sub-blocks: at most 255 bytes each, a zero at the end."""
    cut = [data[i : i + 255] for i in range(0, len(data), 255)]
    return b"".join(bytes([len(part)]) + part for part in cut) + b"\0"
