"""The pictures that Pincel made, with what made them: gathered, filtered, laid out over two
settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.pixels.open import open_picture
from pincel.recipe import recipe
from pincel.words.unaccented import unaccented

MOST_SIDE = 512
"""A larger picture is shown as a smaller copy."""
OWN = ("job", "model", "seed", "name")
"""What a recipe says besides its settings, by the name under which a person asks for it."""


@dataclass(frozen=True, eq=False)
class Piece:
    """One picture of the gallery.

    name    as it lies in the folder;  file  where that is, from the page ("" unknown)
    data    a PNG to show: the file itself, or a smaller copy of a large picture
    rgba    (h, w, 4) uint8, the first frame as shown;  size  (width, height) of the picture
    sha256  of the file;  made  its recipe, None where it has none
    """

    name: str
    file: str
    data: bytes
    rgba: np.ndarray
    size: tuple[int, int]
    sha256: str
    made: dict[str, Any] | None = None
    command: str = ""
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def prompt(self) -> str:
        """The words it was drawn from; empty where there were none."""
        return str(value_of(self, "prompt") or "")


def piece(name: str, file: str, data: bytes) -> Piece:
    """A picture from the bytes of its file. PincelError when it is none. A damaged recipe counts
    as none."""
    picture = open_picture(data)
    try:
        made = recipe.read_recipe(data)
    except PincelError:
        made = None
    rgba, size = picture.rgba, (picture.width, picture.height)
    shown = data
    if max(size) > MOST_SIDE or not data.startswith(b"\x89PNG"):
        from pincel.pixels.encode import png

        rgba = _smaller(rgba)
        shown = png(rgba)
    return Piece(name, file, shown, rgba, size, hashlib.sha256(data).hexdigest(), made)


def value_of(one: Piece, name: str) -> Any:
    """What a picture's recipe says about `name`: a setting, or one of OWN; None where nothing."""
    if name == "name":
        return one.name
    if one.made is None:
        return None
    if name == "job":
        return one.made["job"]
    if name == "model":
        return (one.made.get("model") or {}).get("name")
    if name == "seed" and "seed" in one.made:
        return one.made["seed"]
    return one.made["settings"].get(name)


def chosen_pieces(
    pieces: Iterable[Piece],
    *,
    prompt: str | None = None,
    model: str | None = None,
    seed: int | None = None,
    job: str | None = None,
) -> list[Piece]:
    """The pictures whose prompt holds these words (whatever their case and accents), whose model's
    name or hash begins so, with this seed, made by this job."""
    return [
        one
        for one in pieces
        if (prompt is None or unaccented(prompt) in unaccented(one.prompt))
        and (model is None or _is_model(one, model))
        and (seed is None or value_of(one, "seed") == seed)
        and (job is None or value_of(one, "job") == job)
    ]


def laid_out(
    pieces: Sequence[Piece], rows: str, columns: str
) -> tuple[list[Any], list[Any], dict[tuple[int, int], Piece]]:
    """The pictures over two settings: the values of the rows, those of the columns, and the first
    picture of each place. PincelError when no recipe knows a setting."""
    for name in (rows, columns):
        if all(value_of(one, name) is None for one in pieces):
            known = {key for one in pieces if one.made for key in one.made["settings"]}
            names = ", ".join(sorted({*OWN, *known}))
            raise PincelError("gallery.no_setting", name=name, names=names)
    pieces = [one for one in pieces if _says(one, rows) and _says(one, columns)]
    if not pieces:
        raise PincelError("gallery.no_pair", rows=rows, columns=columns)
    heads = [_values(pieces, name) for name in (rows, columns)]
    cells: dict[tuple[int, int], Piece] = {}
    for one in pieces:
        place = [
            head.index(_shown(value_of(one, name)))
            for head, name in zip(heads, (rows, columns), strict=True)
        ]
        cells.setdefault((place[0], place[1]), one)
    return heads[0], heads[1], cells


def _values(pieces: Sequence[Piece], name: str) -> list[Any]:
    found = list(dict.fromkeys(_shown(value_of(one, name)) for one in pieces))
    if all(isinstance(value, (int, float)) for value in found):
        return sorted(found)
    return found


def _says(one: Piece, name: str) -> bool:
    return value_of(one, name) not in (None, "", [])


def _shown(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _is_model(one: Piece, wanted: str) -> bool:
    model: Mapping[str, str] = (one.made or {}).get("model") or {}
    return bool(model) and (
        unaccented(wanted) in unaccented(model["name"])
        or model["sha256"].startswith(wanted.lower())
    )


def _smaller(rgba: np.ndarray) -> np.ndarray:
    from PIL import Image

    scale = min(MOST_SIDE / max(rgba.shape[:2]), 1)
    size = (max(1, round(rgba.shape[1] * scale)), max(1, round(rgba.shape[0] * scale)))
    return np.asarray(Image.fromarray(rgba).resize(size, Image.Resampling.BOX))
