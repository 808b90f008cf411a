"""What a sentence says of a person, as parts and colours for `pincel.art.people`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pincel.art import lexicon
from pincel.art.people import HATS, HELD, Appearance
from pincel.errors import PincelError
from pincel.make.words.callings import CALLINGS, JESTER, TRADES, Calling, women
from pincel.make.words.plurals import singular
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.trades import trade_of
from pincel.make.words.two_names import SEX, calling_of_two, names_of
from pincel.words import language, say
from pincel.words.unaccented import unaccented

_LIKE = {
    "mace": "hammer", "club": "hammer", "flail": "hammer", "pick": "axe", "halberd": "axe",
    "scythe": "spear", "trident": "spear", "crossbow": "bow", "candle": "torch", "lamp": "torch",
    "fire": "torch", "arrow": "bow",
}  # fmt: skip
"""What is held and has no drawing of its own, as what it is drawn like."""
_BETTER = frozenset(("trident", "scythe", "pick", "crossbow", "candle", "lamp", "mace", "flail"))
"""Of these what rules draw as itself (`holding`)."""
_GARMENTS = {
    "robe": "robe", "dress": "robe", "armour": "armour", "shirt": "tunic", "jacket": "tunic",
    "hide": "tunic", "scales": "armour",
}  # fmt: skip
_PARTS_OF_COLOR = {"pants": "legs", "boots": "boots", "belt": "trim", "cloak": "cape",
                   "scarf": "cape", "tie": "trim"}  # fmt: skip
HAIR_OF = {"yellow": "yellow", "gold": "yellow", "orange": "red", "red": "red", "silver": "grey",
            "grey": "grey", "white": "white", "black": "black", "brown": "brown"}  # fmt: skip
_WORN = {"glasses": "glasses", "wing": "wings"}
"""What is put on a person besides clothes, as `Appearance.more` has it."""
_PATCHES = frozenset(("patch", "eyepatch", "parche", "parches"))
_FEMALE = frozenset(("female", "lady"))
_SHOWN = frozenset(("old", "bald", "bearded", "hooded", "horned", "strong", "evil", "wild"))
"""Modifiers that the parts show, or that no picture of 32 pixels would show better."""
_WITCHES = frozenset(["witch", "enchantress", "maga", "bruja", "hechicera"])
"""Wizards that are women: long hair, no beard."""
_GIRLS = frozenset(["girl", "chica", "nina", "muchacha", "princess", "princesa", "bombera",
                    "policewoman", "payasa"])  # fmt: skip
_JESTERS = frozenset(["jester", "bufon", "bufona"])
AGED = frozenset((
    "old", "elderly", "aged", "viejo", "vieja", "anciano", "anciana", "abuelo", "abuela",
    "abuelito", "abuelita", "grandma", "grandpa", "granny", "grandmother", "grandfather",
))  # fmt: skip
"""Words that make somebody old."""
_TIED = {
    "pigtails": "pigtail pigtails coletas twintail twintails bunches",
    "ponytail": "ponytail ponytails coleta cola",
    "braids": "braid braids braided plait plaits trenza trenzas",
    "bun": "bun buns hairbun topknot mono mono monete monos rodete",
}
_TIES = {word: name for name, words in _TIED.items() for word in words.split()}
"""Words that say how hair is tied up."""
_LONG = ("long", "larg", "tail", "braid", "plait", "dread", "coleta", "trenza", "cola", "rasta")
"""What says that hair is long."""
_SKIN = frozenset(("skin", "piel"))
_BEARDS = ("beard", "moustache")
SKIN_OF = {"green": "goblin", "red": "demon", "white": "pale", "brown": "brown"}
_GREEN = ("orc", "goblin", "grave")
_VARIED = {
    "hair": ("brown", "black", "yellow", "red", "brown", "grey"),
    "skin": ("light", "light", "brown", "light", "brown"),
    "cloth": ("blue", "green", "red", "purple", "brown", "cyan", "orange"),
    "legs": ("grey", "brown", "black", "blue"),
    "cape": ("red", "purple", "blue", "green"),
}


@dataclass(frozen=True)
class Person:
    """A person as understood: the look, and English words that no part was drawn for."""

    look: Appearance
    left_out: tuple[str, ...]

    def said(self) -> tuple[str, ...]:
        """Sentences about how it is drawn."""
        lines = [say("draw.of_parts")]
        if self.left_out:
            lines.append(say("draw.not_worn", words=", ".join(_names(self.left_out))))
        return tuple(lines)


def person_of(asked: Understood, seed: int = 0) -> Person:
    """The person that a prompt asks for. What is not said (hair, skin, clothes' colours) follows
    from the calling, and with other seeds than 0 from the seed.

    PincelError where it asks for several things, or for something that is no person.
    """
    main, others = asked.things[0], asked.things[1:]
    if main.number != 1 or any(one.relation == "and" and not _worn(one) for one in others):
        raise PincelError("draw.one_person")
    two = calling_of_two(main)
    name = main.name or (names_of(main) or ("human",))[0]  # "an old one with a beard"
    trade, _ = trade_of(main)
    if name not in CALLINGS and trade not in TRADES:
        known = ", ".join(_names(CALLINGS))
        raise PincelError("draw.no_person", came=_names([name])[0], known=known)
    jester = _JESTERS & set(unaccented(main.written).split())
    calling = JESTER if jester else TRADES.get(trade) or two or CALLINGS[name]
    outfit = _Outfit(calling, seed)
    outfit.colored(main)
    for one in others:
        outfit.wear(one)
    outfit.hair_said([*asked.unknown, *(word[0] for word in asked.words)])
    if _PATCHES & set(_plain(asked.unknown)):
        outfit.more.add("patch")
    for number in asked.without:
        outfit.take_off(lexicon.vocabulary()[number]["en"])
    return Person(outfit.look(), tuple(outfit.left_out))


def wholly(asked: Understood) -> bool:
    """Whether the parts show everything that a prompt says: one person of a known calling, and
    nothing about it that no part was drawn for."""
    main = asked.things[0]
    trade, told_as = trade_of(main)
    told = {*told_as.split()}
    near = [word for word in asked.replaced if not {*_plain([word[0]])} <= told]
    unknown = {*_plain(asked.unknown)} - told - _FEMALE - _told_of_parts(asked)
    words = [lexicon.vocabulary()[i] for one in asked.things for i in one.ids]
    names = () if trade else names_of(main)
    two = None if trade else calling_of_two(main)
    stood = {word[1] for word in asked.replaced if word not in near}  # what a trade's word is near
    unseen = {w["en"] for w in words if w["kind"] in ("modifier", "material")} - _SHOWN - stood
    unseen -= {"undead", "dark"} if two is not None else set()
    unknown -= SEX if two is not None else set()
    if (main.name and main.name not in CALLINGS and not trade) or unseen or near or unknown:
        return False
    if not (names or trade) or (len(names) > 1 and two is None):
        return False
    if any(_BETTER & set(_objects(one)) for one in asked.things[1:]):
        return False
    if any(one.relation == "and" for one in asked.things):
        return False
    named = names or ((main.name,) if main.name else ())
    own = lexicon.widened([lexicon.by_name()["object", name] for name in named])
    if set(_objects(main)) - {lexicon.vocabulary()[i]["en"] for i in own} - stood:
        return False
    try:
        return not person_of(asked).left_out
    except PincelError:
        return False


def _plain(written: Iterable[str]) -> list[str]:
    return [word for text in written for word in unaccented(text).split()]


def _told_of_parts(asked: Understood) -> set[str]:
    """Plain words that name what is put on, though the network knows no word for it."""
    worn = [one for one in asked.things[1:] if one.part is not None and one.part.en in _WORN]
    patched = _PATCHES & set(_plain(asked.unknown))
    return {*_plain(one.written for one in worn), *(("eye", *_PATCHES) if patched else ())}


def wearable(one: AskedThing) -> bool:
    """Whether parts of people show what comes with somebody as it is."""
    return any(name in _known_things() - _BETTER for name in _objects(one)[:1])


def _worn(one: AskedThing) -> bool:
    return any(name in _known_things() for name in _objects(one))


def _known_things() -> set[str]:
    hats = {*_WORN, "hat", "helmet", "crown", "hood", "hair", "beard", "moustache", "wand"}
    return {*HELD, *_LIKE, *_GARMENTS, *_PARTS_OF_COLOR, *hats}


def _objects(one: AskedThing) -> list[str]:
    """The English words of the objects that a thing names, its part first."""
    words = [lexicon.vocabulary()[i] for i in one.ids]
    own = [one.part.en] if one.part is not None else []
    return list(dict.fromkeys([*own, *(w["en"] for w in words if w["kind"] == "object")]))


def _names(words: Iterable[str]) -> list[str]:
    """English words in the language in force."""
    table = {w["en"]: w[language()] for w in lexicon.vocabulary()[1:] if w["kind"] == "object"}
    return [table.get(word, word) for word in words]


class _Outfit:
    """A look while it is put on."""

    def __init__(self, calling: Calling, seed: int) -> None:
        self.calling = calling
        self.clothes, self.hair, self.hat = calling.clothes, calling.hair, calling.hat
        self.right, self.left = calling.right, calling.left
        self.more = set(calling.more)
        varied = self._varied(seed)
        self.colors = varied | calling.colors
        for role in calling.varies if varied else ():
            self.paint(role, varied[role])
        self.colors |= {role: names[seed % len(names)] for role, names in calling.turns.items()}
        self.left_out: list[str] = []
        self.held = False

    @staticmethod
    def _varied(seed: int) -> dict[str, str]:
        if not seed:
            return {}
        draw = np.random.default_rng(seed)
        return {name: str(draw.choice(choices)) for name, choices in _VARIED.items()}

    def colored(self, main: AskedThing) -> None:
        """The colours and modifiers said of the person."""
        modifiers = {lexicon.vocabulary()[i]["en"] for i in main.ids}
        if _WITCHES & set(unaccented(main.written).split()):
            self.hair = "long"
            self.more.discard("beard")
            self.colors["hair"] = "black"
        if (_GIRLS | _FEMALE | women()) & {*map(singular, _plain([main.written]))}:
            self.hair = "long"
            self.more -= {"beard", "moustache"}
        for color, role in zip(main.colors, ("skin" if self.calling.skin else "cloth", "legs"),
                               strict=False):  # fmt: skip
            self.paint(role, color)
        if "old" in modifiers or AGED & set(unaccented(main.written).split()):
            self.colors["hair"] = "grey"
        if "bald" in modifiers:
            self.hair, self.hat = "", ""
        if "bearded" in modifiers:
            self.more.add("beard")
        if "hooded" in modifiers:
            self.hat = "hood"
        if "horned" in modifiers:
            self.more.add("horns")

    def paint(self, role: str, color: str) -> None:
        """A role in a colour; a hat that was of one piece with the clothes goes with them."""
        own = self.colors.get(role)
        if role == "hair":
            color = HAIR_OF.get(color, color)
        if role == "skin":
            color = own if color == "green" and own in _GREEN else SKIN_OF.get(color, color)
        if role == "cloth" and own == self.colors.get("hat"):
            self.colors["hat"] = color
        self.colors[role] = color

    def wear(self, one: AskedThing) -> None:
        """Something that comes with the person, in its own colours."""
        names = _objects(one)
        if set(names) & set(_BEARDS):
            names = [name for name in names if name != "hair"]
        if _SKIN & set(unaccented(one.written).split()):
            self._color("skin", one.colors)
            return
        for name in names:
            if name in HELD or name in _LIKE:
                self._take(_LIKE.get(name, name), one.colors)
            elif name in _GARMENTS:
                self.clothes = _GARMENTS[name]
                self._color("cloth", one.colors)
            elif name in _PARTS_OF_COLOR:
                if name in ("cloak", "scarf"):
                    self.more.add("cape")
                self._color(_PARTS_OF_COLOR[name], one.colors)
            elif name in ("hat", "helmet", "crown", "hood"):
                self._cover(name, one.colors)
            elif name in ("hair", *_BEARDS):
                self._hair(name, one)
            elif name in _WORN:
                self.more.add(_WORN[name])
                if name == "wing":
                    self._color("cape", one.colors or ("red" if "horns" in self.more else "white",))
            elif name == "eye" and set(_plain([one.written])) & _PATCHES:
                continue  # told by `person_of`
            elif name == "nose" and "paint" in self.more:  # a clown's
                self._color("light", one.colors)
            elif name in ("horn", "ear"):
                self.more.add({"horn": "horns", "ear": "ears"}[name])
            else:
                self.left_out.append(name)

    def _color(self, role: str, colors: tuple[str, ...]) -> None:
        if colors:
            self.paint(role, colors[0])

    def _take(self, thing: str, colors: tuple[str, ...]) -> None:
        """Into the right hand, then into the left; a shield always into the left. What a calling
        carries by itself is laid down."""
        if not self.held:
            self.right, self.left, self.held = "", "", True
        if thing == "shield":
            self.left = thing
            self._color("shield", colors)
            return
        if self.right and not self.left:
            self.left = thing
        else:
            self.right = thing
        lights = thing in ("staff", "wand", "torch")
        self._color("light" if lights else "metal", colors)

    def _cover(self, name: str, colors: tuple[str, ...]) -> None:
        own = {"hat": ("wizard", "brim", "cap", "clown", "jester"), "helmet": ("space", "fire")}
        kept = self.hat in own.get(name, ())
        self.hat = self.hat if kept else {"hat": "brim"}.get(name, name)
        if name == "crown":
            self._color("trim", colors)
        else:
            self._color("hat", colors)
            if not colors and self.hat == "helmet":
                self.colors["hat"] = "silver"

    def _hair(self, name: str, one: AskedThing) -> None:
        if name == "hair":
            if not self.hair:
                self.hair = "short"
            tied = [_TIES[word] for word in unaccented(one.written).split() if word in _TIES]
            if tied:
                self.hair = "short"
                self.more.add(tied[0])
            elif any(said in unaccented(one.written) for said in _LONG):
                self.hair = "long"
            self.bare()
        elif name == "moustache":
            self.more.discard("beard")
            self.more.add("moustache")
        else:
            self.more.add(name)
        self._color("hair", one.colors)

    def bare(self) -> None:
        """What hides the hair comes off."""
        if self.hat in ("helmet", "hood", "space"):
            self.hat = ""

    def hair_said(self, words: Iterable[str]) -> None:
        """Hair whose length one word says ("long-haired")."""
        for word in map(unaccented, words):
            if word.startswith("long") and "hair" in word:
                self.hair = "long"
                self.bare()

    def take_off(self, name: str) -> None:
        """What is not to be there."""
        name = _LIKE.get(name, name)
        self.right = "" if self.right == name else self.right
        self.left = "" if self.left == name else self.left
        if self.hat == name or (name in ("hat", "helmet") and self.hat in HATS):
            self.hat = ""
        if name == "hair":
            self.hair = ""
        self.more -= {"beard"} if name == "beard" else set()
        self.more -= {"cape"} if name == "cloak" else set()

    def look(self) -> Appearance:
        """What was put on."""
        return Appearance(self.clothes, self.hair, self.hat, self.right, self.left,
                    frozenset(self.more), self.colors)  # fmt: skip
