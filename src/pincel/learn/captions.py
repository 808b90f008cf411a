"""From a sprite and its file's caption to words of the vocabulary, and the colours one sees.

Captions are file and folder names ("boots iron armour", "lit brick wall left right up"); words
outside `caption_words` are technical and say nothing. Colours are seldom named, so they are read
off the pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from pincel.art import lexicon
from pincel.pixels.color import srgb_to_oklab
from pincel.pixels.each_once import each_once

_FOLDERS = frozenset((
    "armour", "weapon", "weapons", "food", "animals", "undead", "dragons", "spells", "magic",
    "demons", "statues", "monsters", "rings", "runes", "items", "item", "plants", "fungi",
    "books", "potions", "cards", "flower", "tiles", "hand", "head", "hair", "legs", "gloves",
    "boots", "body", "gem", "gems", "tentacles", "face", "doors", "altars", "gateways",
    "bardings",
))  # fmt: skip
"""Last words of captions that come from the folder's name: they count only if nothing else does."""
_GROUPS = frozenset(("misc", "other", "unique", "nonliving", "ranged", "artefact", "headgear"))
_JUNK = re.compile(
    r"\b(brands|numbers?|num|gui|panlord|overlay|tab|segments?|sigils?|mouseover|travel|sensed"
    r"|worn$|mdam|keycap|skin tone|family|o’clock|thirty|font|waving|hand misc|window|msgbox|layer"
    r"|cpp|git|debug|audio volume|selection|symlink|go (to|up|down|home|back|first|last|forward))\b"
)
_OF = re.compile(r"\b(of|with|on|in|without|behind|over)\b")
_SHAPES = frozenset(("statue", "altar"))
"""What stands for the shape, whatever it shows: a statue of an elephant is a statue."""
_KINDS = {
    "weapon": "sword dagger axe mace flail hammer club spear trident halberd scythe whip staff bow"
    " crossbow arrow dart sling gun bullet bomb boomerang hook wand net rock",
    "armour": "boots gloves helmet hat hood cloak robe shield barding hide scales mask crown"
    " horn shirt belt",
}
"""What may lie in a folder of that name; else its files have names that are no objects."""
_SKIN = "skin"
SHOWN = 0.2
"""A colour word is obeyed when at least this share of the pixels that count has the colour."""
_KIN = {
    "gold": ("gold", "yellow", "orange"),
    "yellow": ("yellow", "gold"),
    "orange": ("orange", "gold"),
    "silver": ("grey", "white"),
    "grey": ("grey", "silver"),
    "brown": ("brown", "orange"),
    "pink": ("pink", _SKIN),
    "cyan": ("cyan", "blue"),
}
"""Names that count for another, where people would not agree on the border."""


@dataclass(frozen=True)
class Meaning:
    """What a caption says: ids of the vocabulary (objects first, colours last), and the id of the
    object that is drawn, 0 when it names none."""

    ids: tuple[int, ...]
    head: int


@cache
def read_caption(caption: str | None, source: str = "") -> Meaning:
    """The words of an English caption. Technical captions have none."""
    text = (caption or "").lower()
    if not text or _JUNK.search(text):
        return Meaning((), 0)
    if source.startswith(("crawl", "superpowers")):
        text = _without_folder(text)
    if source == "dawnlike" and text.endswith(" box"):
        text = text.removesuffix("box") + "speech bubble"
    chosen = [i for _, i in lexicon.settle(_split(text))]
    main = [i for _, i in lexicon.settle(_split(_OF.split(text)[0]))]
    objects = [i for i in main or chosen if _kind(i) == "object"]
    objects = objects or [i for i in chosen if _kind(i) == "object"]
    shapes = [i for i in objects if lexicon.vocabulary()[i]["en"] in _SHAPES]
    head = (shapes or objects or [0])[-1]
    return Meaning(tuple(lexicon.widened(chosen)), head)


@cache
def caption_words() -> dict[str, tuple[int, ...]]:
    """caption_words.txt: every way to say a word, without accents, and the ids it may mean. Words
    that `draw` has learned since are not among them."""
    text = (resources.files("pincel.learn") / "caption_words.txt").read_text("ascii")
    lines = [line.partition(": ") for line in text.split("\n\n")[1].splitlines()]
    return {
        form: tuple(map(int, ids.split())) for ids, _, forms in lines for form in forms.split(", ")
    }


def _split(text: str) -> list[lexicon.Phrase]:
    return lexicon.split(text, table=caption_words())


def _kind(number: int) -> str:
    return lexicon.vocabulary()[number]["kind"]


def _without_folder(text: str) -> str:
    """Leave out trailing folder names as long as an object is named before them."""
    tokens = text.split()
    for folder, allowed in _KINDS.items():
        if folder in tokens or folder + "s" in tokens:
            # "orcish plate armour" is armour, "urand guard weapon" is nobody knows what
            known = _split(" ".join(t for t in tokens if t != folder))
            names = {lexicon.vocabulary()[i]["en"] for said in known for i in said.ids}
            if not names & set(allowed.split()):
                return text if folder == "armour" and "artefact" not in tokens else ""
    while len(tokens) > 1 and tokens[-1] in _FOLDERS | _GROUPS:
        rest = _split(" ".join(tokens[:-1]))
        if not any(_kind(i) == "object" for said in rest for i in said.ids):
            break
        tokens.pop()
    return " ".join(tokens)


# ---------------------------------------------------------------------------------- colours


def color_words(rgb: np.ndarray) -> np.ndarray:
    """The colour word of each colour, rgb (..., 3) uint8 -> (...) text: the 11 basic terms (Berlin
    and Kay, 1969), gold, cyan, and "skin" for light skin, which nobody calls by a colour."""
    lab = srgb_to_oklab(np.asarray(rgb, np.uint8))
    light, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    # the less light, the less a difference in chroma is seen
    plain = chroma < np.where(light < 0.35, 0.05, 0.035)
    plain |= (hue > 190) & (hue < 290) & (chroma < 0.045)
    name = np.select(
        [
            (light < 0.22)
            | (plain & (light < 0.37))
            # the dark plum and navy of outlines
            | ((light < 0.36) & (chroma < 0.075) & ((hue > 285) | (hue < 20))),
            (plain & (light > 0.87)) | ((light > 0.93) & (chroma < 0.06)),
            plain,
            (hue < 8) | (hue >= 345),
            hue < 40,
            hue < 74,
            hue < 98,
            hue < 122,
            hue < 168,
            hue < 222,
            hue < 285,
            hue < 345,
        ],
        ["black", "white", "grey", "rose", "red", "warm", "amber", "yellow", "green", "cyan",
         "blue", "purple"],
        "grey",
    )  # fmt: skip
    name = name.astype("<U8")
    rose, red = name == "rose", name == "red"
    name[rose] = np.where(light[rose] > 0.62, "pink", np.where(light[rose] > 0.5, "red", "purple"))
    pale = red & (light > 0.66) & (chroma < 0.15)
    name[pale] = "pink"
    name[red & ~pale & ((chroma < 0.075) | ((light < 0.45) & (hue > 32) & (chroma < 0.11)))] = (
        "brown"
    )
    warm, amber = name == "warm", name == "amber"
    strong = (light > 0.62) | ((light > 0.53) & (chroma > 0.125))
    name[warm] = np.where(strong[warm], "orange", "brown")
    name[warm & (light > 0.62) & (chroma < 0.115)] = _SKIN
    name[warm & (light < 0.75) & (chroma < 0.09)] = "brown"
    name[amber] = np.where(light[amber] > 0.6, "gold", "brown")
    name[amber & (light > 0.82) & (chroma > 0.11)] = "yellow"
    name[amber & (light > 0.6) & (chroma < 0.09)] = _SKIN
    name[amber & (light < 0.75) & (chroma < 0.08)] = "brown"
    dim = (name == "yellow") & (light < 0.5)
    name[dim] = np.where(hue[dim] > 108, "green", "brown")
    return name


def color_shares(rgba: np.ndarray, words: np.ndarray | None = None) -> dict[str, float]:
    """Share of each colour word among the pixels that count, largest first.

    rgba (h, w, 4) uint8; words (h, w) text: what `color_words` says of them, where that is known.
    Black counts only where it is no outline: pixels with opaque black or nothing all around their
    edge do not, unless hardly anything else is left. "skin" may be among the names.
    """
    opaque = rgba[..., 3] > 127
    if not opaque.any():
        return {}
    name = color_words(rgba[..., :3]) if words is None else words
    padded = np.pad(opaque, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    weight = opaque.astype(np.float64)
    black = opaque & (name == "black")
    ink = black & (rgba[..., :3].max(-1) < 12)
    if black.sum() < 0.6 * opaque.sum():
        weight[black & ~inner] = 0
        weight[black & inner] = 0.4
    if ink.sum() < 0.85 * opaque.sum():
        weight[ink] = 0  # pure black is line or cast shadow, hardly ever a thing's own colour
    vivid = ~np.isin(name, ("black", "white", "grey", "brown", _SKIN))
    weight[vivid] *= 1.35  # what has a hue is named before what has none
    total = weight.sum()
    if total == 0:
        return {}
    shares = {str(n): float(weight[name == n].sum() / total) for n in each_once(name[opaque])}
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def dominant_colors(rgba: np.ndarray, most: int = 2) -> list[str]:
    """The one or two colour words that a person would say of a sprite (h, w, 4) uint8, the first
    one first."""
    shares = color_shares(rgba)
    named = [(n, s) for n, s in shares.items() if n != _SKIN]
    if not named:
        return []
    said = [named[0][0]] if named[0][1] >= 0.2 else []
    for name, share in named[1:most]:
        if said and share >= 0.24 and name not in _KIN.get(said[0], ()):
            said.append(name)
    return said


def shows_color(rgba: np.ndarray, color: str) -> bool:
    """Whether a sprite (h, w, 4) uint8 shows a colour (an English colour word): at least a fifth of
    the pixels that count have it, near names included."""
    return is_shown(color, color_shares(rgba))


def is_shown(color: str, shares: dict[str, float]) -> bool:
    """Whether a sprite of these `color_shares` shows a colour (an English colour word)."""
    return sum(shares.get(name, 0.0) for name in kin(color)) >= SHOWN


def kin(color: str) -> tuple[str, ...]:
    """The colour names that count for one, itself first: people would not agree on the border."""
    return tuple(dict.fromkeys((color, *_KIN.get(color, ()))))
