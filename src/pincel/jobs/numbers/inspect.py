"""The job that shows which numbers a picture is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs.each import each, found_in
from pincel.pixels.channels import checked_choice, numbers_of
from pincel.words import say

if TYPE_CHECKING:
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found
    from pincel.pixels.statistics import Reading
    from pincel.show.numbers.inspect import Crop

_LARGEST_CROP = 24
_KINDS_SHOWN = 256

_MADE = ("inspect",)
"""Endings of what it writes beside its pictures."""


class Inspect(Job):
    """Size, channels, type, range, statistics and histograms of a picture, and a piece of it as a
    grid of numbers."""

    gives: ClassVar[str] = "pincel.pixels.statistics.Reading"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    crop: str | None = setting(None)
    slice: int | None = setting(None, ge=0)
    channels: str | None = setting(None)

    @field_validator("crop")
    @classmethod
    def _four_numbers(cls, text: str | None) -> str | None:
        if text is not None:
            _four(text)
        return text

    _channels = field_validator("channels")(checked_choice)

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        yield from each(self.sources, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        from pincel.pixels import statistics

        picture = statistics.only_channels(picture, numbers_of(self.channels))
        reading = statistics.reading_of(*statistics.stored_numbers(picture))
        if self.slice is not None and self.slice >= reading.slices:
            raise PincelError("inspect.no_slice", slice=self.slice, last=reading.slices - 1)
        chosen = reading.slices // 2 if self.slice is None else self.slice
        planes = reading.planes(chosen)
        crop = self._crop(planes)
        facts = _facts(picture, reading, chosen)
        numbers = _numbers(picture, reading, chosen, planes, crop)

        def files() -> Iterator[tuple[str, bytes]]:
            yield ".inspect.png", _draw(found.name, picture, reading, chosen, crop, facts)

        yield Made(
            name=found.name,
            value=reading,
            files=files,
            numbers=numbers,
            lines=(_equation(reading), *(f"{what}: {much}" for what, much in facts)),
            beside=found.beside,
        )

    def _crop(self, planes: tuple[tuple[str, Any], ...]) -> Crop:
        from pincel.pixels.statistics import busiest
        from pincel.show.numbers.inspect import Crop

        height, width = planes[0][1].shape
        if self.crop is None:
            x, y = busiest(planes[min(1, len(planes) - 1)][1])
            return Crop(x, y, min(8, width - x), min(8, height - y))
        x, y, wide, tall = _four(self.crop)
        if x + wide > width or y + tall > height:
            raise PincelError("inspect.crop_outside", crop=self.crop, width=width, height=height)
        return Crop(x, y, wide, tall)


def _four(text: str) -> tuple[int, int, int, int]:
    try:
        x, y, wide, tall = (int(part) for part in text.replace(" ", ",").split(",") if part)
    except ValueError:
        raise PincelError("inspect.crop_form", crop=text) from None
    if min(x, y) < 0 or not (1 <= wide <= _LARGEST_CROP and 1 <= tall <= _LARGEST_CROP):
        raise PincelError("inspect.crop_size", crop=text, largest=_LARGEST_CROP)
    return x, y, wide, tall


def _equation(reading: Reading) -> str:
    """ "224 x 224 x 3 = 150,528 numbers", in the language in force."""
    from pincel.words.numbers import number

    product = " \u00d7 ".join(str(side) for side in reading.values.shape)
    volume = reading.kind == "volume"
    axes = ("d" if volume else "") + "hw" + ("c" if reading.values.ndim - volume == 3 else "")
    what = say(f"inspect.shape.{axes}")
    return say("inspect.equation", what=what, product=product, count=number(reading.count))


def _size(count: int) -> str:
    from pincel.words.numbers import number

    if count < 1024:
        return say("inspect.bytes", count=count)
    unit, power = ("KiB", 1) if count < 2**20 else ("MiB", 2)
    return f"{number(count / 1024**power, 1)} {unit}"


def _facts(picture: Picture, reading: Reading, chosen: int) -> list[tuple[str, str]]:
    """What there is to say, in the order of the sheet: (what, how much)."""
    import numpy as np

    from pincel.pixels.statistics import bits_of_surprise
    from pincel.words.numbers import number, short

    info, values = picture.info, reading.values
    low = min(s.least for s in reading.summaries)
    high = max(s.most for s in reading.summaries)
    facts = [
        ("size", say("inspect.wide_high", width=picture.width, height=picture.height)),
        ("kind", say(f"inspect.kind.{reading.kind}", count=len(reading.names))),
        ("type", _type(values.dtype)),
        ("range", say("inspect.from_to", low=short(low, high - low), high=short(high, high - low))),
        ("memory", _size(values.nbytes)),
    ]
    facts[1:1] = _slices(reading, chosen)
    facts[-3:-3] = _channels(reading)
    if info.get("bytes"):
        ratio = number(values.nbytes / info["bytes"], 1)
        much = say("inspect.in_file", size=_size(info["bytes"]), ratio=ratio)
        facts.append(("file", much))
    if info.get("format"):
        facts.append(("format", _format(info)))
    missing = sum(s.missing for s in reading.summaries)
    if missing:
        facts.append(("missing", number(missing)))
    counts = sum((counts for counts, _ in reading.histograms), start=np.zeros(1))
    facts.append(("entropy", say("inspect.bits", bits=number(bits_of_surprise(counts), 2))))
    alpha = picture.rgba[..., 3]
    clear, half = float((alpha == 0).mean()), float(((alpha > 0) & (alpha < 255)).mean())
    if clear or half:
        share = say("inspect.clear", clear=number(clear * 100, 1), half=number(half * 100, 1))
        facts.append(("alpha", share))
    if picture.animated:
        milliseconds = number(sum(picture.durations))
        much = say("inspect.frames", count=len(picture.frames), milliseconds=milliseconds)
        facts.append(("animation", much))
    if info.get("profile"):
        facts.append(("profile", str(info["profile"])))
    if info.get("palette"):
        facts.append(("palette", say("inspect.colors", count=len(info["palette"]))))
    return [(say(f"inspect.fact.{what}"), much) for what, much in facts]


def _slices(reading: Reading, chosen: int) -> list[tuple[str, str]]:
    if reading.kind != "volume":
        return []
    return [("slices", say("inspect.slice_of", number=chosen, count=reading.slices))]


def _channels(reading: Reading) -> list[tuple[str, str]]:
    """What each channel is, and as which colour it is seen, where they are not just colours."""
    from pincel.pixels.channels import are_colors
    from pincel.show.channels import legend

    if are_colors(reading.names):
        return []
    seen = [("seen", legend(reading.names))] if reading.kind != "inks" else []
    return [("channels", ", ".join(reading.names)), *seen]


def _type(dtype: Any) -> str:
    key = {"b": "bool", "u": "whole", "i": "signed", "f": "real"}[dtype.kind]
    return say(f"inspect.type.{key}", name=dtype.name, bits=8 * dtype.itemsize)


def _format(info: dict[str, Any]) -> str:
    parts = [str(info["format"])]
    if info.get("mode"):
        parts.append(str(info["mode"]))
    if info.get("bits"):
        parts.append(say("inspect.bit", bits=info["bits"]))
    if info.get("interlaced"):
        parts.append(say("inspect.interlaced"))
    if info.get("progressive"):
        parts.append(say("inspect.progressive"))
    return ", ".join(parts)


def _numbers(
    picture: Picture, reading: Reading, chosen: int, planes: Any, crop: Crop
) -> dict[str, Any]:
    """The same as plain JSON values."""
    info = picture.info
    rows, columns = _window(crop)
    plain = (str, int, float, bool, type(None))
    return {
        "width": picture.width,
        "height": picture.height,
        "shape": list(reading.values.shape),
        "numbers": reading.count,
        "kind": reading.kind,
        "channels": list(reading.names),
        "type": reading.values.dtype.name,
        "bytes_in_memory": reading.values.nbytes,
        "bytes_in_file": info.get("bytes"),
        "frames": len(picture.frames),
        "slice": chosen if reading.kind == "volume" else None,
        "statistics": {
            name: {k: _finite(v) for k, v in vars(summary).items()}
            for name, summary in zip(reading.names, reading.summaries, strict=True)
        },
        "histograms": {
            name: {"counts": counts.tolist(), "low": float(edges[0]), "high": float(edges[-1])}
            for name, (counts, edges) in zip(reading.names, reading.histograms, strict=True)
        },
        "alpha": {
            "transparent": float((picture.rgba[..., 3] == 0).mean()),
            "half": float(((picture.rgba[..., 3] > 0) & (picture.rgba[..., 3] < 255)).mean()),
        },
        "palette": info.get("palette"),
        "file": {k: v for k, v in info.items() if isinstance(v, plain) and k != "bytes"},
        "crop": {
            "x": crop.x,
            "y": crop.y,
            "width": crop.width,
            "height": crop.height,
            "values": {
                name: [[_finite(v) for v in row] for row in plane[rows, columns].tolist()]
                for name, plane in planes
            },
        },
    }


def _finite(value: Any) -> Any:
    """JSON knows neither NaN nor infinity."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


def _window(crop: Crop) -> tuple[Any, Any]:
    import builtins

    rows = builtins.slice(crop.y, crop.y + crop.height)
    return rows, builtins.slice(crop.x, crop.x + crop.width)


def _draw(
    name: str,
    picture: Picture,
    reading: Reading,
    chosen: int,
    crop: Crop,
    facts: list[tuple[str, str]],
) -> bytes:
    import numpy as np

    from pincel.pixels.arrays import eight_bits
    from pincel.pixels.planes import on_ground
    from pincel.show.channels import named
    from pincel.show.numbers import inspect as figures

    planes = reading.planes(chosen)
    shown = on_ground(picture.rgba)
    tiles: tuple[tuple[str, Any], ...] = ()
    if reading.kind == "volume":
        low = min(s.least for s in reading.summaries)
        high = max(s.most for s in reading.summaries)
        one = [eight_bits(plane, (low, high))[0] for _, plane in planes]
        shown = np.stack(one * 3 if len(one) < 3 else one[:3], -1)
        picked = range(reading.slices)
        tiles = tuple((str(i), reading.planes(i)[0][1]) for i in picked)
    elif reading.kind in ("channels", "inks"):
        tiles = tuple((named(n), plane) for n, plane in planes)
    palette = picture.info.get("palette")
    table = np.array(palette[:_KINDS_SHOWN], np.uint8) if palette else None
    note = _equation(reading)
    sight = figures.Inspected(shown, planes[:4], tiles, table, tuple(facts))
    return figures.draw_inspected(name, note, reading, sight, crop)
