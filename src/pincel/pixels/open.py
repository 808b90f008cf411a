"""Opening pictures: files of every usual format, bytes, arrays, images; sized before decoded.

Whatever is wrong with a file ends as one PincelError with one sentence.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import struct
import sys
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, features

from pincel import words
from pincel.errors import PincelError
from pincel.pixels import tiff
from pincel.pixels.arrays import checked, image_of, picture_from_array
from pincel.pixels.limits import check_animation, check_bytes, check_size
from pincel.pixels.picture import Picture
from pincel.pixels.sources import SUFFIXES, Found, find_pictures
from pincel.pixels.to_rgba import block_size, read_profile, rgba_of, turned

__all__ = ["SUFFIXES", "Found", "find_pictures", "open_picture"]

_ORIENTATION = 274  # EXIF tag
_ANIMATED = ("PNG", "GIF", "WEBP", "AVIF")
_UNSAID_DURATION = 100  # ms; what browsers show a frame for that says 0

# All that Pillow, tifffile and zlib were seen to raise for damaged files.
_DAMAGE = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    BufferError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


def open_picture(source: Any, at_most: tuple[int, int] | None = None) -> Picture:
    """Open a picture.

    source   a path, "-" for standard input, bytes, an open binary file, a numpy array (see
             `picture_from_array`), a PIL image, or a Picture, which comes back as it is
    at_most  (width, height) that are enough: a larger picture is shrunk by a whole factor while
             it is decoded and stays at least that large; `raw` is then not kept

    Colours are turned to sRGB, EXIF orientation is applied, animations have all their frames.
    Raises PincelError, one sentence, for anything that cannot be opened.
    """
    if isinstance(source, Picture):
        return source
    if isinstance(source, Image.Image):
        return _from_image(source, at_most)
    if isinstance(source, np.ndarray) or hasattr(source, "__array__"):
        return picture_from_array(np.asarray(source), words.say("picture.data"), at_most=at_most)
    data, label, name = _bytes_of(source)
    return _decode(data, label, name, at_most)


def _bytes_of(source: Any) -> tuple[bytes, str, str]:
    """The bytes, what to call them in a sentence, and the picture's name."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), words.say("picture.data"), "picture"
    if isinstance(source, str) and source == "-":
        label = words.say("picture.stdin")
        return _read_stream(sys.stdin.buffer, label), label, "picture"
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        return _read_file(path), str(path), path.stem or "picture"
    if hasattr(source, "read"):
        named = getattr(source, "name", None)
        label = named if isinstance(named, str) else words.say("picture.data")
        name = Path(named).stem if isinstance(named, str) else "picture"
        return _read_stream(source, label), label, name
    raise PincelError("picture.source", type=type(source).__name__)


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            os.listdir(path)  # a closed folder is a matter of permission
            raise PincelError("picture.folder", name=path)
        with open(path, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return _read_stream(file, str(path))
            check_bytes(str(path), facts.st_size)
            return file.read()
    except PincelError:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise PincelError("picture.missing", name=path) from None
    except PermissionError:
        raise PincelError("picture.denied", name=path) from None
    except OSError as error:
        raise PincelError("picture.unreadable", name=path, reason=error.strerror) from error
    except ValueError:  # a zero byte in the name
        raise PincelError("picture.missing", name=repr(str(path))) from None
    except MemoryError:
        raise PincelError("picture.no_memory", name=path) from None


def _read_stream(file: Any, label: str) -> bytes:
    """All of a stream, in pieces: what never ends is refused at the limit."""
    parts, total = [], 0
    try:
        while part := file.read(1 << 20):
            if not isinstance(part, bytes):
                raise PincelError("picture.source", type=type(file).__name__)
            total += len(part)
            check_bytes(label, total)
            parts.append(part)
        return b"".join(parts)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PincelError("picture.unreadable", name=label, reason=reason) from error
    except MemoryError:
        raise PincelError("picture.no_memory", name=label) from None


def _kind(data: bytes, label: str) -> str:
    """The format, by its first bytes; a suffix may lie."""
    starts = {
        b"\x89PNG\r\n\x1a\n": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF87a": "GIF",
        b"GIF89a": "GIF",
        b"\x93NUMPY": "NPY",
    } | dict.fromkeys((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "TIFF")
    for start, kind in starts.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:2] == b"BM" and data[15:18] == b"\0\0\0":  # the size of the header that follows
        return "BMP"
    if data[4:8] == b"ftyp" and (b"avif" in data[8:64] or b"avis" in data[8:64]):
        return "AVIF"
    raise PincelError("picture.text" if _is_text(data[:4096]) else "picture.unknown", name=label)


def _is_text(start: bytes) -> bool:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16
        return True
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start):
        return False
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return error.start > len(start) - 4  # cut inside a character
    return True


@contextmanager
def _decoding(label: str, kind: str) -> Iterator[None]:
    """Around a decoder: quiet, and whatever it raises is one sentence."""
    logger = logging.getLogger("tifffile")
    was = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PincelError:
        raise
    except MemoryError:
        raise PincelError("picture.no_memory", name=label) from None
    except _DAMAGE as error:
        raise PincelError("picture.broken", name=label, format=kind) from error
    finally:
        logger.disabled = was


def _decode(data: bytes, label: str, name: str, at_most: tuple[int, int] | None) -> Picture:
    if not data:
        raise PincelError("picture.empty", name=label)
    kind = _kind(data, label)
    facts: dict[str, Any] = {
        "format": kind,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    with _decoding(label, kind):
        if kind == "NPY":
            return picture_from_array(_npy(data, label), label, name, at_most, facts)
        if kind == "AVIF" and not features.check("avif"):
            raise PincelError("picture.undecodable", name=label, format=kind)
        if kind == "TIFF":
            return _open_tiff(data, label, name, at_most, facts)
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if kind == "PNG":
                facts |= _png_facts(data)
            return _read(image, label, name, at_most, facts)


def _npy(data: bytes, label: str) -> np.ndarray:
    """The array in an .npy file; never unpickles, never reserves more than the file holds."""
    stream = BytesIO(data)
    version = np.lib.format.read_magic(stream)
    if version == (1, 0):
        shape, fortran, kind = np.lib.format.read_array_header_1_0(stream)
    else:
        shape, fortran, kind = np.lib.format.read_array_header_2_0(stream)
    if kind.kind not in "biuf":
        raise PincelError("picture.type", name=label, type=kind)
    flat = np.frombuffer(data, kind, offset=stream.tell())
    count = 1
    for side in shape:
        count *= side
    if count > len(flat) or min(shape, default=0) < 0:
        raise ValueError("fewer values than the header says")
    return flat[:count].reshape(shape, order="F" if fortran else "C")


def _png_facts(data: bytes) -> dict[str, Any]:
    return {"bits": data[24], "interlaced": bool(data[28])}


def _from_image(image: Image.Image, at_most: tuple[int, int] | None) -> Picture:
    """A picture of a PIL image, which is left at the frame it was at."""
    label = words.say("picture.data")
    named = getattr(image, "filename", "")
    name = Path(named).stem if isinstance(named, str) and named else "picture"
    at = image.tell()
    with _decoding(label, image.format or "PIL"):
        try:
            return _read(image, label, name, at_most, {"format": image.format or "PIL"}, False)
        finally:
            if image.tell() != at:
                image.seek(at)


def _open_tiff(
    data: bytes, label: str, name: str, at_most: tuple[int, int] | None, facts: dict[str, Any]
) -> Picture:
    try:
        image = Image.open(BytesIO(data), formats=["TIFF"])
        plain = tiff.is_plain(image)
    except Image.DecompressionBombError:
        raise
    except _DAMAGE:  # a kind that Pillow does not know; tifffile may
        image, plain = None, False
    if image is not None and plain:
        return _read(image, label, name, at_most, facts)
    try:
        values, more = tiff.read_values(data, label)
        if image is not None and more["photometric"] not in ("minisblack", "miniswhite", "rgb"):
            raise ValueError("colours that Pillow knows better")
    except PincelError:
        raise
    except _DAMAGE:
        if image is None:
            raise
        return _read_pages(image, label, name, at_most, facts)
    icc = more.pop("icc", None)
    return _numbers(values, label, name, at_most, facts | more, icc, _orientation(image))


def _read_pages(
    image: Image.Image,
    label: str,
    name: str,
    at_most: tuple[int, int] | None,
    facts: dict[str, Any],
) -> Picture:
    """A TIFF of several pages as Pillow sees it: the first is shown, all are kept as slices."""
    count = getattr(image, "n_frames", 1)
    facts = facts | {"pages": count}
    if count == 1:
        return _read(image, label, name, at_most, facts)
    pages = None if at_most else tiff.pages_of(image, label)
    image.seek(0)
    first = _read(image, label, name, at_most, facts)
    if pages is None:
        return first
    axes = "dhw" if pages.ndim == 3 else "dhwc"
    return Picture(first.frames, first.durations, name, pages, first.info | {"axes": axes})


def _read(
    image: Image.Image,
    label: str,
    name: str,
    at_most: tuple[int, int] | None,
    facts: dict[str, Any],
    ours: bool = True,
) -> Picture:
    """A picture of an opened, not yet decoded Pillow image. `ours`: it may be changed."""
    stored, mode = image.size, image.mode
    check_size(label, *stored)
    count = getattr(image, "n_frames", 1) if image.format in _ANIMATED else 1
    check_animation(label, *stored, count)
    orientation = _orientation(image)
    if at_most and orientation >= 5:
        at_most = at_most[::-1]
    if at_most and ours and image.format in ("JPEG", "MPO"):
        image.draft(None, at_most)
    image.load()
    info = facts | {
        "mode": mode,
        "size": list(stored),
        "channels": len(image.getbands()),
        "orientation": orientation,
        "progressive": bool(image.info.get("progressive")),
    }
    if count > 1:
        return _animation(image, name, count, block_size(*image.size, at_most), info)
    values = None
    if image.mode[0] in "IF":
        values = np.asarray(image)
        if image.mode == "I" and info.get("bits") == 16:
            values = values.astype(np.uint16)
        return _numbers(
            values, label, name, at_most, info, image.info.get("icc_profile"), _left(image)
        )
    return _still(image, name, at_most, info)


def _orientation(image: Image.Image | None) -> int:
    """EXIF orientation 1 to 8; 1 where there is none or it is damaged."""
    if image is None:
        return 1
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except _DAMAGE:
        return 1
    return value if value in range(1, 9) else 1


def _left(image: Image.Image) -> int:
    """The orientation still to be applied after loading (Pillow turns a TIFF by itself)."""
    return _orientation(image)


def _still(
    image: Image.Image, name: str, at_most: tuple[int, int] | None, info: dict[str, Any]
) -> Picture:
    factor = block_size(*image.size, at_most)
    drafted = image.size not in (tuple(info["size"]), tuple(info["size"])[::-1])
    profile = read_profile(image.info.get("icc_profile"), image.mode)
    orientation = _left(image)
    rgba = rgba_of(image, profile, factor)
    converted = profile is not None and profile.transform is not None
    raw = None if factor > 1 or drafted else _raw(image, rgba, converted)
    info |= _color_facts(image, profile)
    info["type"] = "bool" if image.mode == "1" else "uint8"
    info["reduced"] = -(-info["size"][0] // max(rgba.shape[1], 1))
    if orientation > 1:
        rgba = np.ascontiguousarray(turned(rgba, orientation))
        raw = None if raw is None else turned(raw, orientation)
    return Picture((rgba,), name=name, raw=raw, info=info)


def _raw(image: Image.Image, rgba: np.ndarray, converted: bool) -> np.ndarray | None:
    """The stored values; a view of `rgba` wherever it holds the same."""
    if converted or image.mode not in ("L", "LA", "RGB", "RGBA"):
        return np.asarray(image)
    channels: slice | int = {"L": 0, "LA": slice(0, 4, 3), "RGB": slice(0, 3)}.get(image.mode, 4)
    return None if channels == 4 else rgba[..., channels]


def _color_facts(image: Image.Image, profile: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "profile": profile.name if profile else None,
        "profile_broken": bool(profile and profile.broken),
    }
    if image.mode == "P" and image.palette is not None:
        colors = image.getpalette("RGB") or []
        facts["palette"] = [colors[i : i + 3] for i in range(0, len(colors), 3)]
    text = getattr(image, "text", None)
    if isinstance(text, dict):
        facts["text"] = {str(key): str(value) for key, value in text.items()}
    return facts


def _animation(
    image: Image.Image, name: str, count: int, factor: int, info: dict[str, Any]
) -> Picture:
    # an APNG may hold a still for old readers that is no part of the animation
    first = 1 if getattr(image, "default_image", False) else 0
    frames, durations = [], []
    facts: dict[str, Any] = {}
    for number in range(first, count):
        image.seek(number)
        image.load()
        profile = read_profile(image.info.get("icc_profile"), image.mode)
        facts = facts or _color_facts(image, profile)
        frames.append(rgba_of(image, profile, factor))
        durations.append(round(float(image.info.get("duration", 0))) or _UNSAID_DURATION)
    info |= facts | {"frames": len(frames), "loop": image.info.get("loop"), "reduced": factor}
    info["type"] = "uint8"
    if len(frames) == 1:
        durations = [0]
    return Picture(tuple(frames), tuple(durations), name, None, info)


def _numbers(
    values: np.ndarray,
    label: str,
    name: str,
    at_most: tuple[int, int] | None,
    info: dict[str, Any],
    icc: bytes | None,
    orientation: int,
) -> Picture:
    """A picture of values that do not fit in eight bits."""
    values, axes = checked(values, label)
    image, stretched = image_of(values, axes)
    if info.get("photometric") == "miniswhite":
        image = image.point(lambda value: 255 - value)
    if at_most and orientation >= 5:
        at_most = at_most[::-1]
    factor = block_size(*image.size, at_most)
    profile = read_profile(icc, image.mode)
    rgba = np.ascontiguousarray(turned(rgba_of(image, profile, factor), orientation))
    raw = None
    if factor == 1:
        raw = turned(values, orientation) if axes in ("hw", "hwc") else values
    info = info | _color_facts(image, profile)
    info |= {"type": str(values.dtype), "axes": axes, "stretched": stretched, "reduced": factor}
    info["channels"] = values.shape[axes.index("c")] if "c" in axes else 1
    info.setdefault("bits", 8 * values.dtype.itemsize)
    return Picture((rgba,), name=name, raw=raw, info=info)
