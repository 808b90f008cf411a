"""What a sentence says of a building, a plant or food, for `pincel.art.scenery`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources

from pincel.art import lexicon
from pincel.art.color_names import RAMPS
from pincel.art.food_kinds import CHOCOLATE
from pincel.art.kinds import Kind, SceneryLook, Shade
from pincel.art.matter import OF_MATERIAL
from pincel.art.scenery import KINDS
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.told_words import color_of_word, names_of_words, plain_words, word_runs

LEAFLESS = ("tree", "apple tree", "birch", "willow", "bare tree")
"""Trees that may be without leaves."""
_EVERGREEN = ("pine", "palm", "cactus", "christmas tree")
_BASES = frozenset((
    "tree", "palm tree", "bush", "fern", "flower", "plant", "leaf", "grass", "cactus", "mushroom",
    "pumpkin", "clover", "rose", "sunflower", "tulip", "pine", "house", "castle", "church",
    "building", "shop", "tent", "pit", "bridge", "fence", "factory", "lighthouse", "fruit", "apple",
    "pear", "lemon", "cherry", "strawberry", "grapes", "watermelon", "banana", "tomato", "carrot",
    "vegetable", "pineapple", "corn", "egg", "bread", "cheese", "cake", "cookie", "doughnut",
    "pizza", "burger", "meat", "bone", "cup", "beer", "ice cream", "candy", "food",
    "sandwich", "rice", "soup", "honey", "potato", "pepper", "onion", "broccoli", "avocado",
    "peach", "pancakes", "popcorn", "croissant", "fries", "sushi", "salad", "taco", "hot dog",
    "seed", "slime", "plum",
))  # fmt: skip
"""What kinds are called in the vocabulary."""
_MATTER = frozenset(("brick", "wood", "ice", "snowflake", "chicken"))
"""Things that others are made of."""
_SWEET = ("cake", "cupcake", "doughnut", "ice cream", "cookie")
_ADDED = ("butter", "syrup", "berry", "cherry", "spoon", "lid", "mustard")
"""Parts that may stand beside the name: "pancakes with butter"."""
_ANY = {
    "vegetable": ("pepper", "carrot", "broccoli", "eggplant", "cabbage", "onion", "tomato"),
    "fruit": ("apple", "pear", "peach", "orange", "plum", "lemon"),
    "food": ("joint", "roast", "loaf", "cheese", "burger", "soup", "pie", "sandwich"),
}
"""Words for many kinds: one of them, in turns."""
_COLORED = {
    "vegetable": {"green": ("cabbage", "broccoli", "pepper", "cucumber"), "orange": ("carrot",),
                  "purple": ("eggplant",), "red": ("pepper", "tomato", "chili")},
    "fruit": {"red": ("apple",), "green": ("pear", "apple", "lime"), "yellow": ("lemon", "pear"),
              "orange": ("orange", "peach"), "purple": ("plum",), "blue": ("plum",)},
    "food": {},
}  # fmt: skip
"""Which of them come in a colour."""
_OWN_MATTER = {
    "fence": ("wood",), "igloo": ("ice", "snow"), "pyramid": ("stone", "sand"),
    "temple": ("stone", "marble", "sand"),
}  # fmt: skip
"""Kinds whose walls are always of the same, and what that may be called."""
_SIZES = {"small": (0.82, 0.82), "tall": (0.84, 1.0), "wide": (1.0, 0.84)}


def scenery_of(asked: Understood, seed: int = 0) -> SceneryLook | None:
    """The building, plant or food that a prompt asks for; None where it asks for something else, or
    says what no rule shows. Whether it is None does not depend on the seed."""
    if not asked.things or asked.things[0].number != 1:
        return None
    main, others = asked.things[0], asked.things[1:]
    found = _kind(_split(main.written), main)
    if found is None:
        return None
    told = {word for one in asked.things for word in _split(one.written)} | set(asked.lacking)
    colors = tuple(dict.fromkeys(filter(None, map(color_of_word, found[1]))))
    if found[0] in _ANY and (len(asked.things) > 1 or (found[0] == "food" and colors)):
        return None
    reader = _Reader(_one_of(found[0], colors, seed), seed)
    fits = reader.words(found[1]) and reader.main_colors(colors)
    fits = fits and all(map(reader.part, others))
    fits = fits and all(reader.alone(word) for word in _split(*asked.unknown) if word not in told)
    fits = fits and all(map(reader.take_off, _split(*asked.lacking)))
    return reader.look() if fits else None


def _one_of(kind: str, colors: tuple[str, ...], seed: int) -> str:
    """A kind, or one of those that a word for many means."""
    if kind not in _ANY:
        return kind
    colored = _COLORED[kind].get(colors[0], ("pepper", "apple")) if colors else ()
    if len(colors) == 1 and colors[0] not in _COLORED[kind]:
        colored = ("pepper",) if kind == "vegetable" else ("apple", "pear")
    fits = colored or _ANY[kind]
    return fits[seed % len(fits)]


def _split(*written: str) -> list[str]:
    """Plain words, without those that say nothing."""
    return plain_words(written, _table()["silent"])


def _kind(said: list[str], main: AskedThing) -> tuple[str, list[str]] | None:
    """The kind that is named by the longest run of words, and the other words."""
    words = [lexicon.vocabulary()[i] for i in main.ids]
    objects = {word["id"] for word in words if word["kind"] == "object"}
    if any(word["id"] in objects and word["en"] not in _BASES | _MATTER for word in words):
        objects = set()
    for run, rest in word_runs(said):
        kind = _kinds().get(" ".join(run))
        if kind is not None and (len(run) > 1 or _means_it(run[0], objects)):
            return kind, rest
    return None


def _means_it(word: str, objects: set[int]) -> bool:
    """Whether a word that may be something else ("rosa", "palm") is this here."""
    ids = lexicon.surfaces().get(word, ())
    return not ids or bool(objects & set(ids))


class _Reader:
    """A look while its sentence is read."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind, self.seed = kind, seed
        self.colors: dict[str, Shade] = {}
        self.wall, self.roof = "", ""
        self.more: set[str] = set()
        self.without: set[str] = set()
        self.size = (1.0, 1.0)

    @property
    def rules(self) -> Kind:
        """What there is to the kind."""
        return KINDS[self.kind]

    def words(self, rest: Iterable[str]) -> bool:
        """What single words say of the whole; False for one that says something else."""
        return all(map(self._word, rest))

    def _word(self, word: str) -> bool:
        if color_of_word(word):
            return True
        quality = _qualities().get(word, "")
        if quality in _SIZES:
            self.size = _SIZES[quality]
        elif quality == "dead" and self.kind in LEAFLESS:
            self.kind = "bare tree"
        elif quality == "autumn" and "leaf" in self.rules.parts and self.kind not in _EVERGREEN:
            self._in_autumn()
        elif quality == "snow" and "snow" in self.rules.parts:
            self.more.add("snow")
        elif quality == "flower" and "flower" in self.rules.parts:
            self.kind = "blossoming tree" if self.kind == "tree" else self.kind
            self.more.add("flower")
        elif self._part_named(word) in _ADDED:
            self.more.add(self._part_named(word))
        elif quality == "chocolate" and self.kind in _SWEET:
            self.colors[self.rules.main[0]] = CHOCOLATE
        else:
            return quality == "plain" or self._material(word)
        return True

    def _in_autumn(self) -> None:
        if self.kind == "leaf":
            self.kind = "maple leaf"
        else:
            self.colors.setdefault("leaf", ("orange", "red", "yellow")[self.seed % 3])

    def _material(self, word: str) -> bool:
        """A material of the walls; False where this kind has none, or it is another one."""
        wall, matter = _walls().get(word, ""), _matters().get(word, "")
        own = _OWN_MATTER.get(self.kind)
        if own is not None:
            return wall in own or matter in own
        if not self.rules.walls or not (wall or matter):
            return False
        if matter in ("marble", "sand", "ice"):
            wall = "stone"
        if self.kind in ("well", "castle") and wall in ("plaster", "logs"):
            return False
        self.wall = wall or "plaster"
        self.roof = "thatch" if matter == "straw" else self.roof
        if matter:
            self.colors["wall"] = OF_MATERIAL[matter]
        return True

    def main_colors(self, colors: tuple[str, ...]) -> bool:
        """The colours said of the whole, on the parts that take them."""
        if len(colors) > len(self.rules.main) or any(color not in RAMPS for color in colors):
            return False
        self.colors |= dict(zip(self.rules.main, colors, strict=False))
        if self.kind == "cactus" and self.colors.get("leaf") == "green":
            del self.colors["leaf"]
        painted = bool(colors) and self.rules.main[0] == "wall" and not self.wall
        if painted and "plaster" in self.rules.walls:
            self.wall = ("plaster", "wood")[self.seed % 2]
        return True

    def part(self, one: AskedThing) -> bool:
        """A part that is named with its colour or material; False where this kind has none."""
        words = [word for word in _split(one.written) if not color_of_word(word)]
        names = {self._part_named(word) for word in words} - {""}
        if len(names) != 1 or one.number > 1 or len(one.colors) > 1 or one.relation == "and":
            return False
        (name,) = names
        if name == "pot" and self.kind == "plant":
            self.kind = "potted plant"
        if one.relation in ("in", "on") and name not in ("pot", "snow", "flower", "bowl", "box"):
            return False
        rest = [word for word in words if not self._part_named(word)]
        if not all(self._of_part(name, word) for word in rest):
            return False
        self.more.add(name)
        if one.colors:
            self.colors[name] = one.colors[0]
        return True

    def _part_named(self, word: str) -> str:
        """The part of this kind that a word names, or ""."""
        has = self.rules.parts
        names = [one for one in _parts().get(word, ()) if one in has or one == "pot"]
        return names[0] if names else ""

    def _of_part(self, name: str, word: str) -> bool:
        """Whether a word that stands beside a part says what that is made of."""
        if _qualities().get(word) == "plain" or (name == "door" and _walls().get(word) == "wood"):
            return True
        if name == "roof" and _matters().get(word) == "straw":
            self.roof = "thatch"
        elif name == "roof" and _walls().get(word) == "wood":
            self.roof = "planks"
        else:
            return name == "wall" and self._material(word)
        return True

    def alone(self, word: str) -> bool:
        """A word that stands for itself: a part without a colour, or one that says nothing more."""
        name = self._part_named(word)
        self.more |= {name} - {""}
        return bool(name) or _qualities().get(word) == "plain"

    def take_off(self, word: str) -> bool:
        """What is not to be there; False where this kind cannot be without it."""
        names = _parts().get(word, ())
        if "leaf" in names:
            self.kind = "bare tree" if self.kind in LEAFLESS else self.kind
            return self.kind == "bare tree"
        loose = [name for name in names if name in self.rules.loose]
        self.without |= set(loose[:1])
        return bool(loose)

    def look(self) -> SceneryLook | None:
        """What was read; None where a part was said that this kind does not have."""
        if self.kind == "blossoming tree":  # it is all of flowers
            self.more -= {"flower"}
            self.colors |= {"leaf": self.colors.pop("flower")} if "flower" in self.colors else {}
        has = {*self.rules.parts, *self.rules.main}
        if not self.more | {*self.colors} <= has:
            return None
        return SceneryLook(
            self.kind, self.seed, self.colors, self.wall, self.roof, frozenset(self.more),
            frozenset(self.without), self.size,
        )  # fmt: skip


# ---------------------------------------------------------------------------------------- words


@cache
def _table() -> dict:
    """scenery.json: how kinds, parts, qualities and materials are said."""
    return json.loads((resources.files("pincel.art") / "scenery.json").read_text("utf-8"))


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _table()["kinds"].items() for word in words}


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    return names_of_words(_table()["parts"])


@cache
def _qualities() -> dict[str, str]:
    return {word: name for name, words in _table()["qualities"].items() for word in words}


@cache
def _walls() -> dict[str, str]:
    return {word: name for name, words in _table()["walls"].items() for word in words}


@cache
def _matters() -> dict[str, str]:
    return {word: name for name, words in _table()["matter"].items() for word in words}
