"""TIFF: Pillow for plain 8-bit pages, tifffile for 16 and 32 bits, floats, channels, volumes."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImagePalette

from pincel.errors import PincelError
from pincel.pixels import size_limits
from pincel.pixels.channels import has_alpha
from pincel.pixels.count import tiff_pages
from pincel.pixels.damage import DAMAGE
from pincel.pixels.from_pillow import DecodeOptions, picture_of, picture_of_values
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import check_bytes, check_count, check_size
from pincel.pixels.tiff_axes import ordered, side_of, straight, tiff_channel_names
from pincel.pixels.tiff_strips import LIBTIFF, check_strips, expanded

_NUMBERS = ("minisblack", "miniswhite", "rgb")
_BITS, _SAMPLES, _EXTRA, _PHOTOMETRIC, _ORIENTATION = 258, 277, 338, 262, 274
_COLORS = 320
_ALPHA = (1, 2)  # values of ExtraSamples that mean alpha: multiplied into the colours, or not


def open_tiff(data: bytes, wanted: DecodeOptions, facts: dict[str, Any]) -> Picture:
    """By Pillow where its eight bits say all there is, by tifffile where they do not, and by
    Pillow again what tifffile has no decoder for."""
    pages = tiff_pages(data, size_limits.MOST_FRAMES)
    check_count(wanted.label, pages)
    facts |= {"pages": pages}
    image, plain = pillow_of(data)
    if image is not None and plain and pages == 1:
        return picture_of(image, wanted, facts)
    try:
        values, more, icc = read_values(data, wanted.label)
    except (PincelError, EOFError):
        raise
    except DAMAGE:
        if image is None or not (plain or _one_sample(image)):
            raise  # Pillow would take the second or the fourth sample for alpha
        return _open_pages(image, wanted, facts)
    orientation = more.pop("orientation")
    upright = wanted.turned() if orientation >= 5 else wanted
    return picture_of_values(values, upright, facts | more, icc, orientation)


def pillow_of(data: Any) -> tuple[Image.Image | None, bool]:
    """The TIFF (bytes or an open file) as Pillow sees it, None where it is of a kind that Pillow
    does not know; and whether Pillow's mode says all there is of a page."""
    try:
        source = BytesIO(data) if isinstance(data, bytes) else data
        image = Image.open(source, formats=["TIFF"])
        colors = _numbers(image, _COLORS, 0)
        if image.mode in ("P", "PA") and 0 < max(colors) < 256:
            # a palette of eight bits, told as libtiff tells it; Pillow would show black
            # (findings/tiff-palette-of-eight-bits.sh)
            image.palette = ImagePalette.raw("RGB;L", bytes(colors))
        return image, _is_plain(image)
    except DAMAGE:
        return None, False


def _open_pages(image: Image.Image, wanted: DecodeOptions, facts: dict[str, Any]) -> Picture:
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
    """Whether Pillow's mode says all there is of a page: up to 8 bits, and grey, colours, inks or
    a palette, with alpha only where the file declares it."""
    samples = max(_numbers(image, _SAMPLES, 1))
    if max(_numbers(image, _BITS, 1)) > 8 or samples > 4:
        return False
    usual = {0: 1, 1: 1, 2: 3, 3: 1}.get(_numbers(image, _PHOTOMETRIC, 1)[0], samples)
    if samples == usual:
        return True
    return samples == 4 and usual == 3 and _numbers(image, _EXTRA, 0)[0] in _ALPHA


def _one_sample(image: Image.Image) -> bool:
    return max(_numbers(image, _SAMPLES, 1)) == 1


def _numbers(image: Image.Image, tag: int, default: int) -> list[int]:
    value: Any = getattr(image, "tag_v2", {}).get(tag, default)
    return [int(v) for v in (value if isinstance(value, tuple) else (value,))] or [default]


def read_values(data: bytes, label: str) -> tuple[np.ndarray, dict[str, Any], bytes | None]:
    """Every value of the first series in a TIFF file, facts about it and its profile.

    The array is (h, w), (h, w, c), (d, h, w) or (d, h, w, c), by the axes that the file declares
    (OME, ImageJ, tifffile): channels and samples last, pages, times and depths are slices of one
    axis. Its dtype is the one that tifffile reads (uint8, uint16, float32, ...). Facts are among
    others "axes", "names" (see `channels`) and "orientation". Alpha that is multiplied into the
    colours (ExtraSamples 1) is divided out.

    Refuses what is too large (PincelError); raises EOFError for a file cut short, ValueError where
    Pillow is the better decoder, and what tifffile raises for other damage.
    """
    import tifffile

    with tifffile.TiffFile(BytesIO(data)) as file:
        series = file.series[0]
        page = series.keyframe
        check_size(label, *side_of(series))
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
                check_strips(each, len(data))
        if page.compression in LIBTIFF:
            values, more, icc = read_values(expanded(data, series), label)
            return values, more | {"compression": facts["compression"]}, icc
        values = np.asarray(series.asarray(maxworkers=1))
        icc = page.iccprofile if isinstance(page.iccprofile, bytes) else None
        values, axes = ordered(values, series.axes)
        names = tiff_channel_names(file, series, values.shape[-1] if axes[-1] == "c" else 1)
        if has_alpha(names) and 1 in page.extrasamples:
            values = straight(values)
        facts |= {"axes": axes, "names": list(names), "orientation": _orientation_in(page)}
        return values, facts, icc


def size_in(file: Any) -> tuple[int, int] | None:
    """Width and height, upright, of what `read_values` would make of an open file; None where it
    would leave the file to Pillow."""
    import tifffile

    with tifffile.TiffFile(file) as opened:
        series = opened.series[0]
        page = series.keyframe
        if getattr(page.photometric, "name", "").lower() not in _NUMBERS:
            return None
        width, height = side_of(series)
        return (height, width) if _orientation_in(page) >= 5 else (width, height)


def _orientation_in(page: Any) -> int:
    """The orientation 1 to 8 that a page of tifffile declares; 1 where there is none."""
    tag = page.tags.get(_ORIENTATION)
    return tag.value if tag is not None and tag.value in range(1, 9) else 1


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
