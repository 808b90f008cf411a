"""TIFF: Pillow for plain 8-bit pages, tifffile for 16 and 32 bits, floats, channels, volumes."""

from __future__ import annotations

import math
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel.errors import PincelError
from pincel.pixels import limits
from pincel.pixels.count import tiff_pages
from pincel.pixels.damage import DAMAGE
from pincel.pixels.decode import Wanted, orientation_of, picture_of, picture_of_values
from pincel.pixels.limits import MOST_BYTES, check_bytes, check_count, check_size
from pincel.pixels.picture import Picture

_NUMBERS = ("minisblack", "miniswhite", "rgb")
_BITS, _SAMPLES = 258, 277
_PLAIN, _PACKBITS, _DEFLATE = 1, 32_773, (8, 32_946)
_PACKBITS_GROWTH = 65  # two bytes make at most 128


def open_tiff(data: bytes, wanted: Wanted, facts: dict[str, Any]) -> Picture:
    """By Pillow where its eight bits say all there is, by tifffile where they do not, and by
    Pillow again what tifffile has no decoder for."""
    pages = tiff_pages(data, limits.MOST_FRAMES)
    check_count(wanted.label, pages)
    facts |= {"pages": pages}
    try:
        image = Image.open(BytesIO(data), formats=["TIFF"])
        plain = _is_plain(image)
    except DAMAGE:  # a kind that Pillow does not know; tifffile may
        image, plain = None, False
    if image is not None and plain and pages == 1:
        return picture_of(image, wanted, facts)
    try:
        values, more, icc = read_values(data, wanted.label)
    except (PincelError, EOFError):
        raise
    except DAMAGE:
        if image is None:
            raise
        return _open_pages(image, wanted, facts)
    orientation = orientation_of(image)
    upright = wanted.turned() if orientation >= 5 else wanted
    return picture_of_values(values, upright, facts | more, icc, orientation)


def _open_pages(image: Image.Image, wanted: Wanted, facts: dict[str, Any]) -> Picture:
    """A TIFF of several pages as Pillow sees it: the first is shown, all are kept as slices."""
    several = facts["pages"] > 1 and not wanted.at_most
    pages = _pages_of(image, wanted.label, facts["pages"]) if several else None
    image.seek(0)
    first = picture_of(image, wanted, facts)
    if pages is None:
        return first
    axes = {"axes": "dhw" if pages.ndim == 3 else "dhwc"}
    return Picture(first.frames, first.durations, wanted.name, pages, first.info | axes)


def _is_plain(image: Image.Image) -> bool:
    """Whether Pillow's mode says all there is of a page: up to 8 bits and 4 samples."""
    bits = _numbers(image, _BITS, 1)
    samples = _numbers(image, _SAMPLES, 1)
    return max(bits) <= 8 and max(samples) <= 4


def _numbers(image: Image.Image, tag: int, default: int) -> list[int]:
    value: Any = getattr(image, "tag_v2", {}).get(tag, default)
    return [int(v) for v in (value if isinstance(value, tuple) else (value,))]


def read_values(data: bytes, label: str) -> tuple[np.ndarray, dict[str, Any], bytes | None]:
    """Every value of the first series in a TIFF file, facts about it and its profile.

    The array is (h, w), (h, w, c), (d, h, w) or (d, h, w, c): pages, times and depths are slices
    of one axis. Refuses what is too large (PincelError); raises EOFError for a file cut short,
    ValueError where libtiff is the better decoder, and what tifffile raises for other damage.
    """
    import tifffile

    with tifffile.TiffFile(BytesIO(data)) as file:
        series = file.series[0]
        page = series.keyframe
        check_size(label, int(page.imagewidth), int(page.imagelength))
        check_bytes(label, math.prod(series.shape) * series.dtype.itemsize)
        facts = {
            "bits": int(page.bitspersample),
            "photometric": getattr(page.photometric, "name", str(page.photometric)).lower(),
            "compression": getattr(page.compression, "name", str(page.compression)).lower(),
        }
        if facts["photometric"] not in _NUMBERS:
            raise ValueError("colours that Pillow knows better")
        for each in series.pages:
            if each is not None:
                _check_strips(each, len(data))
        values = np.asarray(series.asarray(maxworkers=1))
        icc = page.iccprofile if isinstance(page.iccprofile, bytes) else None
        values, axes = _ordered(values, series.axes)
        return values, facts | ({"axes": axes} if axes else {}), icc


def _check_strips(page: Any, end: int) -> None:
    """Refuse strips and tiles that lie beyond the end of the file (EOFError) and such as would
    expand beyond their size (ValueError): tifffile puts zeros for the first, and expands first
    and measures then, though a few bytes may hold gigabytes. Other compressions are left to
    libtiff, which measures first."""
    strips = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if any(start + count > end for start, count in strips):
        raise EOFError("a strip lies beyond the end")
    if page.compression == _PACKBITS:
        if sum(page.databytecounts) * _PACKBITS_GROWTH > MOST_BYTES:
            raise ValueError("strips may expand beyond the limit")
    elif page.compression in _DEFLATE:
        handle = page.parent.filehandle
        most = math.prod(page.chunks) * page.keyframe.dtype.itemsize
        for start, count in strips:
            handle.seek(start)
            if len(zlib.decompressobj().decompress(handle.read(count), most + 1)) > most:
                raise ValueError("a strip expands beyond its size")
    elif page.compression != _PLAIN:
        raise ValueError("a compression that libtiff knows better")


def _ordered(values: np.ndarray, axes: str) -> tuple[np.ndarray, str | None]:
    """Samples last, everything before height and width one axis; and which axes these are (None:
    the file does not say, its shape must)."""
    keep = [i for i, name in enumerate(axes) if values.shape[i] != 1 or name in "YX"]
    values = values.reshape([values.shape[i] for i in keep])
    axes = "".join(axes[i] for i in keep)
    last = "hw"
    if "S" in axes:
        values = np.moveaxis(values, axes.index("S"), -1)
        last = "hwc"
    if values.ndim > len(last):
        values = values.reshape(-1, *values.shape[-len(last) :])
        last = "d" + last
    return values, last if not set("QC") & set(axes) else None


def _pages_of(image: Image.Image, label: str, count: int) -> np.ndarray | None:
    """All pages that Pillow reads, (d, h, w) or (d, h, w, c); None if they differ in kind."""
    pages: list[np.ndarray] = []
    for number in range(count):
        image.seek(number)
        check_size(label, *image.size)
        check_bytes(label, count * image.width * image.height * len(image.getbands()))
        pages.append(np.asarray(image))
        if pages[-1].shape != pages[0].shape or pages[-1].dtype != pages[0].dtype:
            return None
    return np.stack(pages)
