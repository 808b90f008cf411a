"""What all compositions of parts drawn by hand share: parts as text, shades, outlines, the sprite.

Parts stand in a text file, a letter for each pixel. Of every role (skin, cloth, a roof) there are
three letters, for its dark, middle and light shade; single letters stand for a colour alone. Read,
a pixel is a code: 3 x role + shade, from EYE on a single colour, from OUTLINE on the outline of a
role, -1 where the part is not, NOTHING where it takes away what lies below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from pincel.art.color_names import ramp
from pincel.art.sprite import Sprite
from pincel.pixels.color import oklab_to_srgb, srgb_to_oklab, to_bytes

SIDE = 32
NOTHING = -2
MOST_COLORS = 31


@dataclass(frozen=True, eq=False)
class DrawnPart:
    """A part: the column and row of its upper left corner, its codes (h, w) int64, and the words
    that stand behind its place."""

    x: int
    y: int
    codes: np.ndarray
    said: tuple[str, ...] = ()


def letter_codes(roles: Iterable[str], singles: Mapping[str, int]) -> dict[str, int]:
    """The code of each letter: `roles` has for each role its three letters, dark to light; singles
    the codes of the others. "." is -1, "_" NOTHING."""
    table = {".": -1, "_": NOTHING, **singles}
    for role, letters in enumerate(roles):
        table |= {letter: 3 * role + shade for shade, letter in enumerate(letters)}
    return table


def read_parts(file: str, table: Mapping[str, int]) -> dict[str, DrawnPart]:
    """All parts of a text file of `pincel.art` by name: after a paragraph about it, paragraphs of
    a line "name @column,row words..." and rows of letters. KeyError for a letter without a code."""
    text = (resources.files("pincel.art") / file).read_text("ascii")
    found = {}
    for block in text.split("\n\n")[1:]:
        head, *rows = block.strip().split("\n")
        name, place, *said = head.split()
        x, y = map(int, place.removeprefix("@").split(","))
        codes = np.array([[table[letter] for letter in row] for row in rows])
        found[name] = DrawnPart(x, y, codes, tuple(said))
    return found


def put(canvas: np.ndarray, codes: np.ndarray, x: int = 0, y: int = 0) -> None:
    """Codes (h, w) int over a canvas (H, W) int at a column and a row, clipped at its borders; -1
    leaves what is there, NOTHING takes it away."""
    top, left = max(y, 0), max(x, 0)
    bottom = min(y + codes.shape[0], canvas.shape[0])
    right = min(x + codes.shape[1], canvas.shape[1])
    if top >= bottom or left >= right:
        return
    part = codes[top - y : bottom - y, left - x : right - x]
    place = canvas[top:bottom, left:right]
    place[part >= 0] = part[part >= 0]
    place[part == NOTHING] = -1


def rim_of(shades: np.ndarray) -> np.ndarray:
    """The outline around what wears these shades, (3, 3) uint8, dark first: (3,) uint8."""
    dark = srgb_to_oklab(shades[:1])
    dark[..., 0] = 0.22 + 0.16 * (dark[..., 0] - 0.3)
    dark[..., 1:] *= 0.6
    return to_bytes(oklab_to_srgb(dark))[0]


def shades_of(
    given: str | Sequence[str], own: Mapping[str, Sequence[str]] | None = None
) -> np.ndarray:
    """Dark, middle and light, (3, 3) uint8: three shades as hex, or a name of `own` or of
    `color_names.RAMPS`. KeyError for a colour nobody knows."""
    if isinstance(given, str):
        given = (own or {}).get(given) or given
    if isinstance(given, str):
        return ramp(given)
    return np.array([hex_color(shade) for shade in given], np.uint8)


def hex_color(shade: str) -> np.ndarray:
    """A colour written as six hex digits, (3,) uint8."""
    return np.array(list(bytes.fromhex(shade)), np.uint8)


def sprite_of_codes(
    drawn: Sequence[np.ndarray],
    table: Mapping[int, np.ndarray],
    most: int = MOST_COLORS,
    **more: object,
) -> Sprite:
    """Frames `drawn` of codes, each (h, w) int, as a sprite of the colours in use; `table` has the
    colour of each code, (3,) uint8. At most `most` colours: of the two that are most alike the
    darker one takes over the other. `more` goes to the sprite."""
    used = np.unique(np.concatenate([codes[codes >= 0] for codes in drawn]))
    colors = np.array([table[int(code)] for code in used], np.uint8)
    palette, place = np.unique(colors, axis=0, return_inverse=True)
    kept = _few(palette, most)
    palette, place = np.unique(palette[kept][place.ravel()], axis=0, return_inverse=True)
    entries = np.full(int(used[-1]) + 1, -1, np.int16)
    entries[used] = place.ravel()
    frames = tuple(np.where(codes >= 0, entries[codes], -1).astype(np.int16) for codes in drawn)
    return Sprite(frames, palette, **more)  # type: ignore[arg-type]


def _few(palette: np.ndarray, most: int) -> np.ndarray:
    """For each of a palette (k, 3) uint8 the entry that stands for it."""
    lab = srgb_to_oklab(palette)
    kept = np.arange(len(palette))
    while len(left := np.unique(kept)) > most:
        far = np.round(np.linalg.norm(lab[left][:, None] - lab[left][None], axis=-1), 6)
        first, second = divmod(int((far + 9 * np.eye(len(left))).argmin()), len(left))
        pair = sorted((left[first], left[second]), key=lambda entry: (lab[entry, 0], entry))
        kept[kept == pair[1]] = pair[0]
    return kept
