"""The job that makes pictures, scans and sprites larger with a network that learned it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, Said, setting
from pincel.jobs.each import each
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.sprite import Sprite
    from pincel.make.pictures.upscale import Fidelity
    from pincel.nets.upscaler import Net
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_FEW = 64  # colours up to which a hard-edged picture is taken for a sprite
_SMALL = 512  # pixels on its longer side


class Upscale(Job):
    """Larger by what a network knows of such pictures, not only by interpolation."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite | np.ndarray"
    remembers: ClassVar[bool] = True

    model: str = setting(positional=True)
    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    kind: Literal["auto", "picture", "sprite"] = setting("auto")
    score: bool = setting(False)
    metadata: bool = setting(True, group="files")

    def run(self) -> Iterator[Event]:
        from pincel.learn.prepare import names_in
        from pincel.look.models import find_model
        from pincel.make.pictures.upscale import checked

        model = find_model(self.model)
        net = checked(model)
        stains = model.about if net.config.stains else None
        scores: list[tuple[str, Fidelity]] = []

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            numbers = _numbers_of(picture, stains)
            names = names_in(stains["prepare"]) if stains else _names(picture)
            sprite = self._sprite(picture) if stains is None or self.kind == "sprite" else None
            if self.score:
                made = _scored(net, numbers, sprite, found)
                scores.append((found.name, made.value))
                yield made
            else:
                large = (
                    _picture_made(net, picture, numbers, names, found)
                    if sprite is None
                    else _sprite_made(net, sprite, found)
                )
                yield replace(large, files=self._stamped(large, found))

        yield from each(self.pictures, one, "x[0-9]+")
        if len(scores) > 1:
            yield Said(_mean(scores))

    def _stamped(self, large: Made, found: Found) -> Callable[[], Iterator[tuple[str, bytes]]]:
        from pincel.jobs._remember import recipe_of, stamped

        return lambda: stamped(large.files(), recipe_of(self, [found]))

    def _sprite(self, picture: Picture) -> Sprite | None:
        """The sprite that the picture is, None where it is to be treated as a picture."""
        from pincel.errors import PincelError

        if self.kind == "picture":
            return None
        sprite = _as_sprite(picture, always=self.kind == "sprite")
        if sprite is None and self.kind == "sprite":
            raise PincelError("upscale.no_sprite", name=picture.name)
        return sprite


def _as_sprite(picture: Picture, always: bool) -> Sprite | None:
    """A picture of few colours and hard edges is a sprite; grey ones are taken for scans."""
    import numpy as np

    from pincel.art.sprite import Sprite
    from pincel.pixels import channels

    frames = tuple(frame.copy() for frame in picture.frames)
    alpha = np.concatenate([frame[..., 3].ravel() for frame in frames])
    soft = bool(((alpha > 0) & (alpha < 255)).any())
    if not always:
        grey = all((frame[..., :3] == frame[..., :1]).all() for frame in frames)
        volume = str(picture.info.get("axes", "")).startswith("d")
        deep = picture.raw is not None and picture.raw.dtype.itemsize > 1
        stains = not channels.are_colors(picture.info.get("names") or channels.RGB)
        if soft or volume or deep or stains or (grey and alpha.all()):
            return None
        if max(picture.width, picture.height) > _SMALL:
            return None
    for frame in frames:  # --kind sprite: edges are made hard
        frame[..., 3] = np.where(frame[..., 3] >= 128, 255, 0)
    try:
        sprite = Sprite.from_rgba(*frames, name=picture.name, durations=list(picture.durations))
    except ValueError:
        return None
    sprite = replace(sprite, tags=picture.tags, plays=picture.plays)
    return sprite if always or len(sprite.palette) <= _FEW else None


def _sprite_made(net: Net, sprite: Sprite, found: Found) -> Made:
    from pincel.art.sprite_files import sprite_files
    from pincel.make.pictures.upscale import upscaled_sprite

    large = upscaled_sprite(net, sprite)
    factor = large.width // sprite.width
    facts = {"width": large.width, "height": large.height, "factor": factor}
    told = say("upscale.sprite", **facts, colors=len(large.palette))
    name = f"{found.name}.x{factor}"
    return Made(
        name=name,
        value=large,
        files=lambda: sprite_files(large, name=name),
        numbers={**facts, "kind": "sprite", "colors": len(large.palette)},
        lines=(told,),
        beside=found.beside,
    )


def _picture_made(
    net: Net,
    picture: Picture,
    numbers: tuple[np.ndarray, str, bool],
    names: tuple[str, ...],
    found: Found,
) -> Made:
    from pincel.make.pictures.upscale import upscaled

    values, axes, alpha = numbers
    large = upscaled(net, values, axes, found.name, alpha)
    place = axes.index("h")
    height, width = large.shape[place : place + 2]
    factor = width // values.shape[place + 1]
    slices = large.shape[0] if axes[0] == "d" else 1
    facts = {"width": int(width), "height": int(height), "factor": int(factor)}
    key = "upscale.volume" if slices > 1 else "upscale.picture"
    key = "upscale.animation" if picture.animated else key
    return Made(
        name=f"{found.name}.x{factor}",
        value=large,
        files=lambda: (
            _moving(large, picture)
            if picture.animated and axes == "dhwc"
            else _files(large, axes, alpha, names)
        ),
        numbers={**facts, "kind": "picture", "slices": slices, "type": large.dtype.name},
        lines=(say(key, **facts, slices=slices, type=large.dtype.name),),
        beside=found.beside,
    )


def _numbers_of(picture: Picture, stains: dict[str, Any] | None) -> tuple[np.ndarray, str, bool]:
    """The stored numbers, their axes and whether the last channel is alpha; what is no colour
    space of light as it is seen. `stains`: the facts of a network of channels that are no colours;
    PincelError where the picture's are others."""
    import numpy as np

    from pincel.learn.prepare import read_picture
    from pincel.pixels.channels import are_inks, has_alpha
    from pincel.pixels.statistics import stored_numbers

    if stains is not None:
        return read_picture(picture, stains)[0], "hwc", False
    if picture.animated:
        return np.stack(picture.frames), "dhwc", True
    values, axes, names = stored_numbers(picture)
    if are_inks(names):
        return picture.rgba[..., :3], "hwc", False
    return values, axes, has_alpha(names)


def _moving(frames: np.ndarray, picture: Picture) -> Iterator[tuple[str, bytes]]:
    """An animation as WebP, which loses nothing: times and how often it is shown are kept."""
    from pincel.pixels.encode import webp

    yield ".webp", webp(list(frames), picture.durations, picture.plays)


def _names(picture: Picture) -> tuple[str, ...]:
    """What each channel of what is written is (see `pixels.channels`)."""
    from pincel.pixels.channels import RGB, are_inks
    from pincel.pixels.statistics import stored_numbers

    names = stored_numbers(picture)[2]
    return RGB if picture.animated or are_inks(names) else names


def _files(
    values: np.ndarray, axes: str, alpha: bool, names: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """Bytes as PNG; 16 bits, floats, channels and volumes as TIFF, which keeps them and says
    which of them is alpha, or what they are called."""
    import io

    from pincel.pixels.encode import png
    from pincel.pixels.tiff_written import ome_tiff

    plain = values.dtype.name == "uint8" and axes[0] != "d"
    count = values.shape[-1] if axes[-1] == "c" else 1
    colored = names[:3] == ("R", "G", "B")
    if plain and (count == 1 or alpha or (colored and count == 3)):
        yield ".png", png(values[..., 0] if axes == "hwc" and values.shape[-1] == 1 else values)
        return
    if axes == "hwc" and any(": " in name for name in names[:count]):
        yield ".tif", ome_tiff(values[None], names[:count])
        return
    import tifffile

    held = io.BytesIO()
    extra = count - (3 if colored else 1)
    tifffile.imwrite(
        held,
        values,
        photometric="rgb" if colored else "minisblack",
        planarconfig="contig" if count > 1 else None,
        extrasamples=["unspecified"] * (extra - alpha) + ["unassalpha"] * alpha,
        compression="zlib",
        metadata=None,
    )
    yield ".tif", held.getvalue()


# ---------------------------------------------------------------------------------------- score


def _scored(
    net: Net, numbers: tuple[np.ndarray, str, bool], sprite: Sprite | None, found: Found
) -> Made:
    from pincel.make.pictures.upscale import score, score_sprite

    if sprite is not None:
        told, shown = score_sprite(net, sprite)
    else:
        told, shown = score(net, *numbers)

    def files() -> Iterator[tuple[str, bytes]]:
        from pincel.show.make.upscaled import draw_upscaled

        yield ".png", draw_upscaled(found.name, told, shown)

    ways = {
        way: {
            "psnr": round(told.psnr[way], 3),
            "ssim": round(told.ssim[way], 4),
            **({"exact": round(told.exact[way], 4)} if told.exact else {}),
        }
        for way in told.psnr
    }
    return Made(
        name=f"{Path(found.name).name}.upscale-score",
        value=told,
        files=files,
        numbers={"kind": "sprite" if sprite is not None else "picture", **ways},
        lines=tuple(_line(told, way) for way in told.psnr),
        beside=found.beside,
    )


def _line(told: Fidelity, way: str) -> str:
    from pincel.words.numbers import number

    values = {"way": say(f"upscale.way.{way}"), "psnr": number(told.psnr[way], 2)}
    values["ssim"] = number(told.ssim[way], 4)
    if told.exact:
        return say("upscale.score_sprite", **values, exact=number(100 * told.exact[way], 1))
    return say("upscale.score", **values)


def _mean(scores: list[tuple[str, Fidelity]]) -> str:
    """The mean over all pictures, for the methods that all of them have."""
    from pincel.words.numbers import number

    ways = [w for w in scores[0][1].psnr if all(w in told.psnr for _, told in scores)]
    parts = [
        say(
            "upscale.mean_part",
            way=say(f"upscale.way.{way}"),
            psnr=number(sum(told.psnr[way] for _, told in scores) / len(scores), 2),
            ssim=number(sum(told.ssim[way] for _, told in scores) / len(scores), 4),
        )
        for way in ways
    ]
    return say("upscale.mean", count=len(scores), parts="; ".join(parts))
