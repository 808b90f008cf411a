"""Characters put together from Dungeon Crawl's player parts, with captions that are exactly true.

Parts are 32x32 and lie on one another: cloak, body, trousers, boots, armour, gloves, both hands,
hair, hat. What is worn is known, so the caption is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from pincel.learn.captions import dominant_colors

ORDER = ("cloak", "base", "legs", "boots", "body", "gloves", "hand1", "hand2", "hair", "head")
"""From behind to the front."""
_CHANCE = {"cloak": 0.25, "legs": 0.75, "boots": 0.6, "body": 0.95, "gloves": 0.35, "hand1": 0.8,
           "hand2": 0.45, "hair": 0.5, "head": 0.6}  # fmt: skip
_RACES = {
    "human": "human", "elf": "elf", "deep_elf": "elf", "dwarf": "dwarf", "deep_dwarf": "dwarf",
    "gnome": "gnome", "halfling": "halfling", "kobold": "kobold", "lorc": "orc", "mummy": "mummy",
    "minotaur": "minotaur", "spriggan": "halfling", "tengu": "tengu", "vampire": "vampire",
    "ghoul": "zombie", "gargoyle": "gargoyle", "demigod": "human", "demonspawn": "demon",
    "draconian": "draconian", "centaur": "centaur", "naga": "naga",
}  # fmt: skip
_COMMON = ("human", "elf", "deep_elf", "dwarf", "lorc", "halfling", "gnome", "demigod")
_BARE = ("centaur", "naga", "draconian", "tengu", "gargoyle", "demonspawn")
"""Bodies that trousers and boots do not fit."""
_WORN = (
    ("robe|monk|karate|zhor|night|kimono|china", "robe"),
    ("dress|skirt|bikini|slit|chunli", "dress"),
    ("shirt|susp|vest|pj|neck|hawaii", "shirt"),
    ("jacket|coat|vanhel", "jacket"),
    ("plate|chain|mesh|armour|leather|dragon|half|scale|metal|shoulder|breast|bplate", "armour"),
    ("hood", "hood"),
    ("crown", "crown"),
    ("wizard|cone|cap|hat|turban|straw|bandana|band|feather|clown|taiso", "hat"),
    ("helm|viking|horn|full|iron|brown_gold|chain|ninja", "helmet"),
    ("katana|sword|falchion|rapier|scimitar|sabre|blade", "sword"),
    ("dagger|knife|sai", "dagger"),
    ("pick_axe", "pick"),
    ("axe", "axe"),
    ("crossbow|arbalest", "crossbow"),
    ("bow_|great_bow|storm_bow", "bow"),
    ("flail|nunchaku|scourge", "flail"),
    ("mace|morningstar|eveningstar", "mace"),
    ("club|stick", "club"),
    ("hammer", "hammer"),
    ("scythe|sickle", "scythe"),
    ("halberd|glaive|pole", "halberd"),
    ("trident", "trident"),
    ("spear|lance|pike|fork", "spear"),
    ("whip", "whip"),
    ("sling", "sling"),
    ("staff|rod|sceptre", "staff"),
    ("torch", "torch"),
    ("lantern|light", "lamp"),
    ("fire", "fire"),
    ("book", "book"),
    ("orb|crystal", "orb"),
    ("shield|buckler", "shield"),
)
_COLORS = ("black", "white", "gray", "grey", "red", "orange", "yellow", "green", "blue", "purple",
           "magenta", "pink", "brown", "gold", "cyan", "teal")  # fmt: skip
_THINGS = ("cloak", "body", "hand1", "hand2", "hair", "head")
"""Slots whose part may be asked for by name, in its place."""
_SEEN = 7
"""A part of fewer pixels is not seen."""
_CALLINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "king": {"head": ("crown",), "body": ("robe", "armour", "jacket"), "cloak": ("cloak",)},
    "wizard": {"head": ("hat", "hood"), "body": ("robe",), "hand1": ("staff",)},
    "priest": {"body": ("robe",), "hand1": ("mace", "staff"), "hand2": ("book",)},
    "knight": {"head": ("helmet",), "body": ("armour",), "hand1": ("sword", "mace", "halberd"),
               "hand2": ("shield",)},
    "archer": {"hand1": ("bow",), "head": ("hood", "hat"), "body": ("armour", "shirt")},
    "thief": {"head": ("hood",), "hand1": ("dagger",), "cloak": ("cloak",)},
    "barbarian": {"head": ("helmet", "hair"), "hand1": ("axe", "hammer", "club")},
}  # fmt: skip
"""What characters are by what they have: each slot named is filled with one of these."""
_CALLED = 0.45
_BY_SLOT = {"cloak": "cloak", "gloves": "gloves", "boots": "boots", "hair": "hair"}


@dataclass(frozen=True, eq=False)
class Doll:
    """A character: (32, 32, 4) uint8 RGBA and its caption; the place of one thing that it wears or
    holds, (32, 32) bool, and what that is ("red hat")."""

    rgba: np.ndarray
    caption: str
    place: np.ndarray
    thing: str


def compose(path: Path, count: int, seed: int) -> Iterator[Doll]:
    """`count` different characters from doll-parts.zip; the same seed gives the same ones."""
    random = np.random.default_rng(seed)
    with zipfile.ZipFile(path) as archive:
        parts = {slot: _parts(archive, slot) for slot in ORDER}
        pictures: dict[str, np.ndarray] = {}
        seen: set[tuple[str, ...]] = set()
        while len(seen) < count:
            chosen, caption = _chosen(parts, random)
            key = tuple(chosen)
            if key in seen:
                continue
            seen.add(key)
            for name in chosen:
                if name not in pictures:
                    pictures[name] = _opened(archive, name)
            layers = [pictures[name] for name in chosen]
            place, name = _worn_part(layers, chosen, random)
            rgba = _laid(layers)
            yield Doll(rgba, caption, place, _thing(rgba, place, name))


def _worn_part(
    layers: list[np.ndarray], chosen: list[str], random: np.random.Generator
) -> tuple[np.ndarray, str]:
    """The pixels that are seen of one thing, drawn among those of which enough is seen, and its
    file; all false and "" when there is none."""
    top = np.full((32, 32), -1)
    for number, layer in enumerate(layers):
        top[_opaque(layer)] = number
    seen = [n for n, name in enumerate(chosen)
            if name.split("/")[0] in _THINGS and _word(name, name.split("/")[0])
            and (top == n).sum() >= _SEEN]  # fmt: skip
    if not seen:
        return np.zeros((32, 32), bool), ""
    number = int(random.choice(seen))
    return top == number, chosen[number]


def _thing(rgba: np.ndarray, place: np.ndarray, name: str) -> str:
    """What a part is, with the colour one sees of it."""
    if not name:
        return ""
    alone = np.where(place[..., None], rgba, 0).astype(np.uint8)
    return " ".join([*dominant_colors(alone, 1), _word(name, name.split("/")[0])])


def _parts(archive: zipfile.ZipFile, slot: str) -> list[str]:
    """Files of a slot, those of its artefacts and "doll only" among them; hand2/misc doubles what
    hand1 holds, so only its books and lights are taken."""
    names = [n for n in archive.namelist() if n.startswith(f"{slot}/") and n.endswith(".png")]
    if slot == "hand2":
        names = [n for n in names if "/misc/" not in n or re.search("book|torch|lantern", n)]
    if slot == "hand1":
        names = [n for n in names if "/artefact/" not in n and _word(n, slot)]
    if slot in ("head", "body", "legs", "hand2"):
        names = [n for n in names if slot == "legs" or _word(n, slot)]
    return sorted(names)


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".png")


def _word(name: str, slot: str) -> str:
    """The vocabulary word of a part, "" when it has none."""
    stem = _stem(name)
    if slot in _BY_SLOT:
        return _BY_SLOT[slot]
    if slot == "legs":
        if "skirt" in stem:
            return "dress"
        return "pants" if re.search("pants|trouser", stem) else ""
    return next((word for pattern, word in _WORN if re.search(pattern, stem)), "")


def _chosen(parts: dict[str, list[str]], random: np.random.Generator) -> tuple[list[str], str]:
    bases = [n for n in parts["base"] if _race(n)]
    races = sorted({_race(n) for n in bases})
    common = [race for race in _COMMON if race in races]
    wanted = str(random.choice(common if random.random() < 0.6 else races))
    base = str(random.choice([n for n in bases if _race(n) == wanted]))
    race = _race(base)
    woman = "_f" in _stem(base)
    words = [_RACES[race]]
    if words[0] == "human":
        words = ["woman" if woman else "man"]
    elif race == "draconian" or race == "naga":
        words = [*_color_words(_stem(base)), words[0]]
    chosen = []
    worn: dict[str, list[str]] = {}
    calling = ""
    if race in _COMMON and random.random() < _CALLED:
        calling = str(random.choice(list(_CALLINGS)))
        words = [*words, "queen" if calling == "king" and woman else calling]
    for slot in ORDER:
        if slot == "base":
            chosen.append(base)
            continue
        bare = slot in ("legs", "boots") and race in _BARE
        hidden = slot == "hair" and race in ("mummy", *_BARE, "minotaur", "kobold", "lorc")
        name = "" if bare or hidden else _part(parts[slot], slot, calling, random)
        if not name:
            continue
        if slot == "hair" and not woman and "fem" in name:
            continue
        chosen.append(name)
        word = _word(name, slot)
        if word:
            worn[slot] = [*_color_words(_stem(name)), word]
    if "head" in worn and "hair" in worn and worn["head"][-1] != "crown":
        del worn["hair"]  # hardly seen under a hat
    told = [" ".join(worn[s]) for s in ("body", "head", "hand1", "hand2", "cloak", "hair", "legs")
            if s in worn]  # fmt: skip
    caption = " ".join(words) + (" with " + ", ".join(told[:5]) if told else "")
    return chosen, caption


def _part(names: list[str], slot: str, calling: str, random: np.random.Generator) -> str:
    """A part for a slot: one of those that the calling asks for, else any or, often, ""."""
    fitting = _CALLINGS[calling].get(slot) if calling else None
    if fitting is not None:
        names = [n for n in names if _word(n, slot) in fitting]
    elif random.random() > _CHANCE[slot] * (0.5 if calling else 1):
        return ""
    return str(random.choice(names)) if names else ""


def _race(base: str) -> str:
    stem = _stem(base)
    found = [race for race in _RACES if stem.startswith(race)]
    return max(found, key=len) if found else ""


def _color_words(stem: str) -> list[str]:
    return [c for c in _COLORS if re.search(rf"(^|_|light|dark){c}\d*(_|$)", stem)][:1]


def _opened(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    with archive.open(name) as file:
        return np.asarray(Image.open(io.BytesIO(file.read())).convert("RGBA"))


def _opaque(layer: np.ndarray) -> np.ndarray:
    """Where a layer covers, (32, 32) bool."""
    found = np.zeros((32, 32), bool)
    there = layer[:32, :32, 3] > 127
    found[: there.shape[0], : there.shape[1]] = there
    return found


def _laid(layers: list[np.ndarray]) -> np.ndarray:
    """One layer on another; a pixel is there or not, nothing shines through."""
    rgba = np.zeros((32, 32, 4), np.uint8)
    for layer in layers:
        rgba[_opaque(layer)] = layer[:32, :32][layer[:32, :32, 3] > 127]
    rgba[..., 3] = np.where(rgba[..., 3] > 127, 255, 0)
    return rgba
