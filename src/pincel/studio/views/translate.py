"""A face redrawn as a sprite: where it was, what each pixel is, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel import words
from pincel.studio.strict import dumps
from pincel.studio.views import _sprite

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.make.pictures.translate import Translation, Translator


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """The sprite as indices and colours; face.json: the frame, the picture's size, and each role
    that occurs; roles.bin (s, s) uint8; chance.bin (s, s) float32."""
    from pincel.art.palette_files import load_palette
    from pincel.jobs.make.translate import frame_of
    from pincel.make.pictures.translate import open_translator
    from pincel.pixels.open import find_pictures, open_picture

    asked: Any = job
    source = next(one for one in find_pictures(asked.pictures) if f"{one.name}.sprite" == made.name)
    rgba = open_picture(source.source).rgba
    translator = open_translator(asked.model)
    told = translator.translate(
        rgba,
        None if asked.crop is None else frame_of(asked.crop),
        None if asked.palette is None else load_palette(asked.palette).colors,
    )
    yield from _sprite.view(job, made)
    yield "face.json", dumps(_facts(translator, told, rgba)).encode()
    yield "roles.bin", told.roles.astype(np.uint8).tobytes()
    yield "chance.bin", told.chance.astype("<f4").tobytes()


def _part(name: str) -> dict[str, str]:
    return dict(words.area("translate")[f"part.{name}"])


def _facts(translator: Translator, told: Translation, rgba: np.ndarray) -> dict[str, Any]:
    from pincel.jobs.make.translate import unsure

    names = translator.about.get("roles", [])
    roles = []
    for number in np.unique(told.roles):
        here = told.roles == number
        roles.append(
            {
                "number": int(number),
                "name": str(names[number]) if number < len(names) else str(number),
                "color": None if number == 0 else "#" + bytes(told.colors[number]).hex(),
                "pixels": int(here.sum()),
                "sure": round(float(told.chance[here].mean()), 4),
            }
        )
    return {
        "frame": [told.frame.left, told.frame.top, told.frame.side],
        "width": rgba.shape[1],
        "height": rgba.shape[0],
        "side": told.roles.shape[0],
        "sure": round(told.sure, 4),
        "unsure": [_part(name) for name in unsure(told)],
        "photo": told.frame.photo,
        "roles": roles,
    }
