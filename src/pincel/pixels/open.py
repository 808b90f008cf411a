"""Opening pictures: files of every usual format, bytes, arrays, images; sized before decoded.

Whatever is wrong with a file ends as one PincelError with one sentence.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, features

from pincel import words
from pincel.errors import PincelError
from pincel.pixels import count, size_limits
from pincel.pixels.arrays import picture_from_array, read_npy
from pincel.pixels.aseprite import is_aseprite
from pincel.pixels.aseprite.as_picture import open_aseprite
from pincel.pixels.damage import decoding, hushed
from pincel.pixels.files import bytes_of
from pincel.pixels.from_pillow import DecodeOptions, picture_of, picture_of_values
from pincel.pixels.gif import open_gif
from pincel.pixels.old_formats import is_ico, is_pcx, is_tga, with_alpha_bit, with_own_alpha
from pincel.pixels.picture import Picture
from pincel.pixels.png import open_png
from pincel.pixels.size_limits import check_count
from pincel.pixels.sources import SUFFIXES, Found, find_pictures
from pincel.pixels.tiff import open_tiff
from pincel.pixels.webp import told_of_alpha

__all__ = ["SUFFIXES", "Found", "find_pictures", "open_picture"]


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
    data, label, name = bytes_of(source)
    return _decode(data, DecodeOptions(label, name, at_most))


def kind_of(data: bytes, label: str) -> str:
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
    if is_aseprite(data):
        return "ASEPRITE"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:2] == b"BM" and data[15:18] == b"\0\0\0":  # the size of the header that follows
        return "BMP"
    if data[4:8] == b"ftyp" and (b"avif" in data[8:64] or b"avis" in data[8:64]):
        return "AVIF"
    if is_ico(data):
        return "ICO"
    if is_pcx(data):
        return "PCX"
    if is_tga(data):
        return "TGA"
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


def _decode(data: bytes, wanted: DecodeOptions) -> Picture:
    if not data:
        raise PincelError("picture.empty", name=wanted.label)
    kind = kind_of(data, wanted.label)
    facts: dict[str, Any] = {
        "format": kind,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if kind == "AVIF" and not features.check("avif"):
        raise PincelError("picture.undecodable", name=wanted.label, format=kind)
    with decoding(wanted.label, kind):
        if kind == "NPY":
            return picture_of_values(read_npy(data, wanted.label), wanted, facts)
        if kind == "ASEPRITE":
            return open_aseprite(data, wanted, facts)
        if kind == "TIFF":
            with hushed():
                return open_tiff(data, wanted, facts)
        if kind == "GIF":
            check_count(wanted.label, count.gif_frames(data, size_limits.MOST_FRAMES))
        if kind == "JPEG":
            count.check_jpeg_scans(data)
        if kind == "WEBP":
            data = told_of_alpha(data)
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if kind == "PNG":
                return open_png(image, data, wanted, facts)
            if kind == "GIF":
                return open_gif(image, data, wanted, facts)
            if kind == "TGA":
                return picture_of(with_own_alpha(image, data), wanted, facts)
            if kind == "BMP":
                return picture_of(with_alpha_bit(image, data), wanted, facts)
            return picture_of(image, wanted, facts)


def _from_image(image: Image.Image, at_most: tuple[int, int] | None) -> Picture:
    """A picture of a PIL image, which is left at the frame it was at."""
    named = getattr(image, "filename", "")
    name = Path(named).stem if isinstance(named, str) and named else "picture"
    wanted = DecodeOptions(words.say("picture.data"), name, at_most, ours=False)
    kind = image.format or "PIL"
    at = image.tell()
    with decoding(wanted.label, kind):
        try:
            return picture_of(image, wanted, {"format": kind})
        finally:
            if image.tell() != at:
                image.seek(at)
