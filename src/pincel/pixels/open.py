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
import threading
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
from pincel.pixels import count, limits, png16, tiff
from pincel.pixels.arrays import picture_from_array, read_npy
from pincel.pixels.decode import Wanted, orientation_of, picture_of, picture_of_values
from pincel.pixels.limits import check_bytes, check_count, check_size
from pincel.pixels.picture import Picture
from pincel.pixels.sources import SUFFIXES, Found, find_pictures

__all__ = ["SUFFIXES", "Found", "find_pictures", "open_picture"]

# What decoders log about a damaged file is no news to the person: it ends as one sentence. (With
# no handler at all Python would print it; whoever sets up logging still gets it.)
for _name in ("PIL", "tifffile"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_one_at_a_time = threading.Lock()

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
    return _decode(data, Wanted(label, name, at_most))


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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PincelError:
        raise
    except MemoryError:
        raise PincelError("picture.no_memory", name=label) from None
    except Image.DecompressionBombError:
        raise PincelError(
            "picture.bomb", name=label, most=limits.MOST_PIXELS // 1_000_000
        ) from None
    except _DAMAGE as error:
        raise PincelError("picture.broken", name=label, format=kind) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """libtiff, in C, writes complaints straight to file 2; meanwhile that leads nowhere."""
    with _one_at_a_time:
        try:
            kept = os.dup(2)
        except OSError:  # closed: nothing to keep quiet
            yield
            return
        try:
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _decode(data: bytes, wanted: Wanted) -> Picture:
    if not data:
        raise PincelError("picture.empty", name=wanted.label)
    kind = _kind(data, wanted.label)
    facts: dict[str, Any] = {
        "format": kind,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if kind == "AVIF" and not features.check("avif"):
        raise PincelError("picture.undecodable", name=wanted.label, format=kind)
    with _decoding(wanted.label, kind):
        if kind == "NPY":
            return picture_of_values(read_npy(data, wanted.label), wanted, facts)
        if kind == "TIFF":
            with _hushed():
                return _open_tiff(data, wanted, facts)
        if kind == "GIF":
            check_count(wanted.label, count.gif_frames(data, limits.MOST_FRAMES))
        if kind == "JPEG":
            count.check_jpeg_scans(data)
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if kind == "PNG":
                return _open_png(image, data, wanted, facts)
            return picture_of(image, wanted, facts)


def _open_png(image: Image.Image, data: bytes, wanted: Wanted, facts: dict[str, Any]) -> Picture:
    bits = data[24]
    facts |= {"bits": bits, "interlaced": bool(data[28])}
    if png16.is_png16(data) and getattr(image, "n_frames", 1) == 1:
        check_size(wanted.label, *image.size)
        values = png16.read_values(data, wanted.label)
        facts |= {"mode": image.mode, "size": list(image.size)}
        orientation = orientation_of(image) if "exif" in image.info else 1
        if orientation >= 5:
            wanted = wanted.turned()
        icc = image.info.get("icc_profile")
        return picture_of_values(values, wanted, facts, icc, orientation)
    key = image.info.get("transparency")
    if bits < 8 and image.mode == "L" and isinstance(key, int):
        # Pillow widens grey of 2 and 4 bits to eight, not the grey that is transparent
        image.info["transparency"] = key * 255 // (2**bits - 1)
    return picture_of(image, wanted, facts)


def _open_tiff(data: bytes, wanted: Wanted, facts: dict[str, Any]) -> Picture:
    """By Pillow where its eight bits say all there is, by tifffile where they do not, and by
    Pillow again what tifffile has no decoder for."""
    pages = count.tiff_pages(data, limits.MOST_FRAMES)
    check_count(wanted.label, pages)
    facts |= {"pages": pages}
    try:
        image = Image.open(BytesIO(data), formats=["TIFF"])
        plain = tiff.is_plain(image)
    except _DAMAGE:  # a kind that Pillow does not know; tifffile may
        image, plain = None, False
    if image is not None and plain and pages == 1:
        return picture_of(image, wanted, facts)
    try:
        values, more, icc = tiff.read_values(data, wanted.label)
    except (PincelError, EOFError):
        raise
    except _DAMAGE:
        if image is None:
            raise
        return _open_pages(image, wanted, facts)
    orientation = orientation_of(image)
    upright = wanted.turned() if orientation >= 5 else wanted
    return picture_of_values(values, upright, facts | more, icc, orientation)


def _open_pages(image: Image.Image, wanted: Wanted, facts: dict[str, Any]) -> Picture:
    """A TIFF of several pages as Pillow sees it: the first is shown, all are kept as slices."""
    several = facts["pages"] > 1 and not wanted.at_most
    pages = tiff.pages_of(image, wanted.label, facts["pages"]) if several else None
    image.seek(0)
    first = picture_of(image, wanted, facts)
    if pages is None:
        return first
    axes = {"axes": "dhw" if pages.ndim == 3 else "dhwc"}
    return Picture(first.frames, first.durations, wanted.name, pages, first.info | axes)


def _from_image(image: Image.Image, at_most: tuple[int, int] | None) -> Picture:
    """A picture of a PIL image, which is left at the frame it was at."""
    named = getattr(image, "filename", "")
    name = Path(named).stem if isinstance(named, str) and named else "picture"
    wanted = Wanted(words.say("picture.data"), name, at_most, ours=False)
    kind = image.format or "PIL"
    at = image.tell()
    with _decoding(wanted.label, kind):
        try:
            return picture_of(image, wanted, {"format": kind})
        finally:
            if image.tell() != at:
                image.seek(at)
