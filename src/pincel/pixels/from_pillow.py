"""From a Pillow image, opened and not yet decoded, to a Picture."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels import channels
from pincel.pixels.arrays import checked_array, image_of
from pincel.pixels.canvas import carried
from pincel.pixels.picture import Picture
from pincel.pixels.size_limits import check_animation, check_side, check_size
from pincel.pixels.to_rgba import (
    Profile,
    block_size,
    read_profile,
    rgba_of_image,
    turned_upright,
    turned_within,
)

_ORIENTATION = 274  # EXIF tag
_ANIMATED = ("PNG", "GIF", "WEBP", "AVIF")
_UNSAID_DURATION = 100  # ms; what browsers show a frame for that says 0


@dataclass(frozen=True)
class DecodeOptions:
    """What is being opened: `label` in sentences, `name` of the picture, `at_most` (w, h) that are
    enough, `ours` if the image may be changed (it was opened here)."""

    label: str
    name: str
    at_most: tuple[int, int] | None = None
    ours: bool = True

    def turned(self) -> DecodeOptions:
        """The same for a picture lying on its side."""
        return replace(self, at_most=self.at_most[::-1]) if self.at_most else self


Frames = Callable[[], Iterator[tuple[np.ndarray, float]]]
"""The frames of an animation as they are to be seen, (h, w, 4) uint8, and their milliseconds, where
Pillow lays them over each other in another way than browsers do."""


def picture_of(
    image: Image.Image, wanted: DecodeOptions, facts: dict[str, Any], frames: Frames | None = None
) -> Picture:
    """Size it, decode it, turn it upright and to sRGB; all frames if it is animated."""
    stored, mode = image.size, image.mode
    jpeg = image.format in ("JPEG", "MPO")
    check_side(wanted.label, *stored)
    if not jpeg:
        check_size(wanted.label, *stored)
    count = getattr(image, "n_frames", 1) if image.format in _ANIMATED else 1
    check_animation(wanted.label, *stored, count)
    orientation = orientation_of(image)  # decodes a PNG: its EXIF may stand behind the pixels
    if orientation >= 5 and image.format != "TIFF":  # Pillow gives a TIFF's size as it will stand
        wanted = wanted.turned()
    if jpeg:
        if wanted.at_most and wanted.ours:
            image.draft(None, wanted.at_most)
        # decoded row by row, a JPEG costs what remains of it; a progressive one is held whole
        check_size(wanted.label, *(stored if image.info.get("progressive") else image.size))
    info = facts | {
        "mode": mode,
        "size": list(stored),
        "channels": len(image.getbands()),
        "orientation": orientation,
        "progressive": bool(image.info.get("progressive")),
    }
    if count > 1:
        return _animation(image, wanted, frames or (lambda: _pillow_frames(image, count)), info)
    image.load()
    if image.mode[0] in "IF":  # I;16, I, F: numbers wider than eight bits
        values = np.asarray(image)
        if image.mode == "I" and info.get("bits") == 16:
            values = values.astype(np.uint16)
        icc = image.info.get("icc_profile")
        return picture_of_values(values, wanted, info, icc, orientation_of(image))
    return _still(image, wanted, info)


def orientation_of(image: Image.Image | None) -> int:
    """EXIF orientation 1 to 8 still to be applied; 1 where there is none or it is damaged."""
    if image is None:
        return 1
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):
        return 1
    return value if value in range(1, 9) else 1


def picture_of_values(
    values: np.ndarray,
    wanted: DecodeOptions,
    info: dict[str, Any],
    icc: bytes | None = None,
    orientation: int = 1,
) -> Picture:
    """A picture of values that do not fit in eight bits; `raw` keeps them. What `info` holds as
    "axes" and "names" (see `channels`) counts; else the shape must say.

    values  (h, w), (h, w, c), (c, h, w), (d, h, w) or (d, h, w, c), bools, whole numbers or floats;
            PincelError for others (see `checked`)
    """
    values, axes = checked_array(values, wanted.label, info.get("axes"))
    count = values.shape[axes.index("c")] if "c" in axes else 1
    names = channels.channel_names(info.get("names"), count)
    image, stretched = image_of(values, axes, channels.has_alpha(names))
    if info.get("photometric") == "miniswhite":
        image = image.point(lambda value: 255 - value)
    factor = block_size(*image.size, wanted.at_most)
    profile = read_profile(icc, image.mode)
    rgba = np.ascontiguousarray(turned_upright(rgba_of_image(image, profile, factor), orientation))
    info = info | _color_facts(image, profile)
    info |= {"type": str(values.dtype), "axes": axes, "stretched": stretched, "reduced": factor}
    info |= {"channels": count, "names": list(names)}
    info.setdefault("bits", 8 * values.dtype.itemsize)
    if factor > 1:
        return Picture((rgba,), name=wanted.name, info=info)
    raw = turned_within(values, axes, orientation)
    return Picture((rgba,), name=wanted.name, raw=raw, info=info)


def _still(image: Image.Image, wanted: DecodeOptions, info: dict[str, Any]) -> Picture:
    drafted = round(info["size"][0] / image.width)
    factor = block_size(*image.size, wanted.at_most)
    profile = read_profile(image.info.get("icc_profile"), image.mode)
    rgba = rgba_of_image(image, profile, factor)
    info |= _color_facts(image, profile)
    info["type"] = "bool" if image.mode == "1" else "uint8"
    info.setdefault("bits", 1 if image.mode == "1" else 8)
    info["reduced"] = drafted * factor
    raw = None
    if factor == drafted == 1:
        raw = _stored(image, rgba, profile)
    orientation = orientation_of(image)
    if orientation > 1:
        rgba = np.ascontiguousarray(turned_upright(rgba, orientation))
        raw = None if raw is None else turned_upright(raw, orientation)
    return Picture((rgba,), name=wanted.name, raw=raw, info=info)


def _stored(image: Image.Image, rgba: np.ndarray, profile: Profile | None) -> np.ndarray | None:
    """The values as stored: None or a view of `rgba` wherever that holds the same."""
    if profile is None or profile.transform is None:
        if image.mode == "RGBA":
            return None
        same: dict[str, Any] = {"L": 0, "LA": slice(0, 4, 3), "RGB": slice(0, 3)}
        if image.mode in same:
            return rgba[..., same[image.mode]]
    return np.asarray(image)


def _animation(
    image: Image.Image, wanted: DecodeOptions, stored: Frames, info: dict[str, Any]
) -> Picture:
    factor = block_size(*image.size, wanted.at_most)
    mode = image.mode
    profile = read_profile(image.info.get("icc_profile"), mode)
    facts = _color_facts(image, profile)
    info.setdefault("plays", _plays(image))
    frames: list[np.ndarray] = []
    times: list[float] = []
    for rgba, duration in stored():
        frame = Image.fromarray(rgba)
        if profile is not None and profile.space == "L":
            frame = frame.convert("LA")
        frames.append(rgba_of_image(frame, profile, factor))
        times.append(duration or _UNSAID_DURATION)
    if not frames:
        raise EOFError("no frame")
    info |= facts | {"frames": len(frames)}
    info |= {"type": "uint8", "bits": info.get("bits", 8), "reduced": factor}
    durations = tuple(carried(times, least=1)) if len(frames) > 1 else (0,)
    return Picture(tuple(frames), durations, wanted.name, None, info)


def _plays(image: Image.Image) -> int:
    """How often an animation is shown, as Pillow tells it; 0 is for ever. GIF says how often it is
    shown again."""
    told = int(image.info.get("loop") or 0)
    if image.format != "GIF":
        return told
    return told + 1 if told or "loop" not in image.info else 0


def _pillow_frames(image: Image.Image, count: int) -> Iterator[tuple[np.ndarray, float]]:
    # an APNG may hold a still for old readers that is no part of the animation
    for number in range(1 if getattr(image, "default_image", False) else 0, count):
        image.seek(number)
        image.load()
        yield rgba_of_image(image), float(image.info.get("duration", 0))


def _color_facts(image: Image.Image, profile: Profile | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "profile": profile.name if profile else None,
        "profile_broken": bool(profile and profile.broken),
    }
    if image.mode == "P":
        colors = image.getpalette("RGB") or []
        facts["palette"] = [colors[i : i + 3] for i in range(0, len(colors), 3)]
    text = getattr(image, "text", None)
    if isinstance(text, dict):
        facts["text"] = {str(key): str(value) for key, value in text.items()}
    return facts
