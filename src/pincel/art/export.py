"""Sprites as files: exact palette, exact grid, the recipe inside."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from pincel.art.atlas import pack
from pincel.art.files.aseprite import write_aseprite
from pincel.art.files.sheets import atlas_files
from pincel.art.palette_files import write_palette
from pincel.art.palettes import Palette
from pincel.art.sprite import Sprite
from pincel.atomic import write_new as write_file
from pincel.errors import PincelError
from pincel.pixels import encode

PREVIEW_SIDE = 512
"""About how many pixels the long side of a preview has."""
RECIPE = "pincel"
"""The key of the PNG text that holds how a sprite was made."""


def encode_sprite(
    sprite: Sprite,
    suffix: str,
    *,
    scale: int = 1,
    text: Mapping[str, str] | None = None,
) -> bytes:
    """A sprite as the bytes of a file.

    suffix  .png (indexed; APNG where there are several frames), .apng, .gif, .webp (lossless),
            .aseprite or .ase, or its palette as .gpl, .hex, .txt, .pal, .act
    scale   every pixel becomes scale x scale
    text    PNG text by key; None: the sprite's recipe, if it has one

    PincelError for another suffix, and where a format cannot hold the sprite.
    """
    suffix = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    write = _WRITERS.get(suffix)
    if write is None:
        raise PincelError("export.format", format=suffix, formats=" ".join(WRITABLE))
    notes = recipe_text(sprite) if text is None else dict(text)
    return write(scaled(sprite, scale), notes, suffix)


def sprite_files(
    sprite: Sprite,
    *,
    preview: bool | int = False,
    formats: Iterable[str] = (),
    name: str | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The files of a sprite as (suffix, bytes).

    formats  "png", "gif", "apng", "webp", "aseprite", "sheet" (all frames in one PNG, and JSON),
             "gpl", "hex", ...; none: png, and for an animation gif as well
    preview  True: an enlarged copy of about 512 pixels; a number: every pixel that large
    name     what the files will be called, for a sheet's JSON; None: the sprite's name
    """
    wanted = tuple(formats) or (("png", "gif") if len(sprite.frames) > 1 else ("png",))
    for one in wanted:
        one = one.lower().removeprefix(".")
        if one == "sheet":
            label = f"{name or sprite.name}.sheet"
            for suffix, data in atlas_files(pack([sprite], layout="rows", padding=0), label):
                yield f".sheet{suffix}", data
        else:
            yield f".{one}", encode_sprite(sprite, f".{one}")
    if preview:
        scale = preview_scale(sprite) if preview is True else max(int(preview), 1)
        suffix = ".gif" if len(sprite.frames) > 1 else ".png"
        yield f".preview{suffix}", encode_sprite(sprite, suffix, scale=scale, text={})


def preview_scale(sprite: Sprite) -> int:
    """The whole number that brings the long side nearest to 512 pixels; at least 1."""
    return max(round(PREVIEW_SIDE / max(sprite.width, sprite.height)), 1)


def scaled(sprite: Sprite, scale: int) -> Sprite:
    """The sprite with every pixel repeated scale x scale."""
    if scale == 1:
        return sprite
    frames = tuple(frame.repeat(scale, 0).repeat(scale, 1) for frame in sprite.frames)
    slices = tuple(one.scaled(scale) for one in sprite.slices)
    return replace(sprite, frames=frames, slices=slices)


def recipe_text(sprite: Sprite) -> dict[str, str]:
    """The recipe as PNG text: {"pincel": JSON}; empty where there is none."""
    if not sprite.recipe:
        return {}
    return {RECIPE: json.dumps(sprite.recipe, ensure_ascii=False, sort_keys=True, default=str)}


def save_sprite(sprite: Sprite, path: str | os.PathLike, *, force: bool = False) -> Path:
    """Write the sprite to a file; its suffix says how. Whole or not at all; an existing file is
    only replaced with `force`. Returns the path."""
    target = Path(path)
    data = encode_sprite(sprite, target.suffix or ".png")
    if not target.suffix:
        target = target.with_name(target.name + ".png")
    return write_file(target, data, force=force)


def _durations(sprite: Sprite) -> list[int]:
    return [duration or 100 for duration in sprite.durations]


def _png(sprite: Sprite, text: Mapping[str, str], suffix: str) -> bytes:
    if len(sprite.frames) == 1:
        return encode.indexed_png(sprite.indices, sprite.palette, text)
    return encode.apng(sprite.frames, sprite.palette, _durations(sprite), text)


def _gif(sprite: Sprite, text: Mapping[str, str], suffix: str) -> bytes:
    return encode.gif(sprite.frames, sprite.palette, _durations(sprite), text.get(RECIPE, ""))


def _webp(sprite: Sprite, text: Mapping[str, str], suffix: str) -> bytes:
    frames = [sprite.rgba(number) for number in range(len(sprite.frames))]
    return encode.webp(frames, _durations(sprite))


def _aseprite(sprite: Sprite, text: Mapping[str, str], suffix: str) -> bytes:
    return write_aseprite(sprite)


def _palette(sprite: Sprite, text: Mapping[str, str], suffix: str) -> bytes:
    return write_palette(Palette(sprite.name, np.asarray(sprite.palette), "Pincel"), suffix)


_Writer = Callable[[Sprite, Mapping[str, str], str], bytes]
_PALETTES: dict[str, _Writer] = dict.fromkeys((".gpl", ".hex", ".txt", ".pal", ".act"), _palette)
_WRITERS: dict[str, _Writer] = {
    ".png": _png,
    ".apng": _png,
    ".gif": _gif,
    ".webp": _webp,
    ".aseprite": _aseprite,
    ".ase": _aseprite,
    **_PALETTES,
}
WRITABLE = tuple(_WRITERS)
