"""Sprites as files: exact palette, exact grid, the recipe inside."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pincel.art.files import SPRITES, needs_hard, palette_formats
from pincel.art.files.palettes import write_palette
from pincel.art.palettes import Palette
from pincel.atomic import write_new
from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite

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
            .aseprite or .ase, ..., or, of its palette alone, .gpl, .hex, ...:
            see `writable_suffixes`
    scale   every pixel becomes scale x scale
    text    PNG text by key; None: the sprite's recipe, if it has one

    PincelError for another suffix, and where a format cannot hold the sprite.
    """
    suffix = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    if suffix[1:] in palette_formats() and suffix not in SPRITES.by_suffix():
        return write_palette(Palette(sprite.name, np.asarray(sprite.palette), "Pincel"), suffix)
    form = SPRITES.by_suffix().get(suffix)
    if form is None:
        raise PincelError("export.format", format=suffix, formats=" ".join(writable_suffixes()))
    if sprite.alphas:
        needs_hard(form.__name__.rpartition(".")[2])
    notes = recipe_text(sprite) if text is None else dict(text)
    ((_, data),) = form.write(enlarged_sprite(sprite, scale), sprite.name, notes)
    return data


def sprite_files(
    sprite: Sprite,
    *,
    preview: bool | int = False,
    formats: Iterable[str] = (),
    engines: Iterable[str] = (),
    name: str | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The files of a sprite as (suffix, bytes).

    formats  "png", "gif", "apng", "webp", "aseprite", "sheet" (all frames in one PNG, and JSON),
             "gpl", "hex", ...; none: png, and for an animation of hard pixels gif as well
    engines  "phaser", "godot", ...: all frames in one PNG, and what these engines read beside it
    preview  True: an enlarged copy of about 512 pixels; a number: every pixel that large
    name     what the files will be called, for a sheet's JSON; None: the sprite's name
    """
    moving = len(sprite.frames) > 1 and not sprite.alphas  # GIF knows no half-transparent pixels
    for one in tuple(formats) or (("png", "gif") if moving else ("png",)):
        one = one.lower().removeprefix(".")
        if one in SPRITES.names():
            if sprite.alphas:
                needs_hard(one)
            yield from SPRITES.load(one).write(sprite, name or sprite.name, recipe_text(sprite))
        else:
            yield f".{one}", encode_sprite(sprite, f".{one}")
    if engines:
        yield from SPRITES.load("sheet").for_engines(sprite, name or sprite.name, engines)
    if preview:
        scale = preview_scale(sprite) if preview is True else max(int(preview), 1)
        suffix = ".gif" if moving else ".png"
        yield f".preview{suffix}", encode_sprite(sprite, suffix, scale=scale, text={})


def losing_under(sprite: Sprite, formats: Iterable[str]) -> list[str]:
    """Those of the formats of a sprite, by name, that cannot hold the colours under its transparent
    pixels."""
    count = len(sprite.hidden()) if sprite.hidden().any() else 0
    named = [one for one in formats if one in SPRITES.names()]
    return [one for one in named if count > getattr(SPRITES.load(one), "UNDER", 0)]


def preview_scale(sprite: Sprite) -> int:
    """The whole number that brings the long side nearest to 512 pixels; at least 1."""
    return max(round(PREVIEW_SIDE / max(sprite.width, sprite.height)), 1)


def enlarged_sprite(sprite: Sprite, scale: int) -> Sprite:
    """The sprite with every pixel repeated scale x scale."""
    if scale == 1:
        return sprite
    frames = tuple(frame.repeat(scale, 0).repeat(scale, 1) for frame in sprite.frames)
    alphas = tuple(alpha.repeat(scale, 0).repeat(scale, 1) for alpha in sprite.alphas)
    slices = tuple(one.scaled(scale) for one in sprite.slices)
    under = None if sprite.under is None else sprite.under.repeat(scale, 0).repeat(scale, 1)
    return replace(sprite, frames=frames, slices=slices, alphas=alphas, under=under)


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
    return write_new(target, data, force=force)


def writable_suffixes() -> tuple[str, ...]:
    """All suffixes that `encode_sprite` knows."""
    pictures = tuple(SPRITES.by_suffix())
    return (*pictures, *(f".{n}" for n in palette_formats() if f".{n}" not in pictures))
