"""What a sentence says of a face, as parts and colours for `pincel.art.faces`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pincel.art import lexicon
from pincel.art.color_names import RAMPS
from pincel.art.faces import (
    EYES,
    GLASSES,
    HATS,
    HEADS,
    IRISES,
    LONG,
    SHORT,
    SIGN,
    SIGN_EYES,
    FaceLook,
)
from pincel.make.words.callings import CALLINGS, TRADES, Calling
from pincel.make.words.person import AGED, HAIR_OF, SKIN_OF
from pincel.make.words.prompt import AskedThing, Understood
from pincel.make.words.trades import trade_in
from pincel.words.unaccented import unaccented

_FACES = frozenset(("face", "head"))
_PICTURES = ("portrait", "retrato", "headshot", "avatar")
"""Words that make of a person a face."""
_SIGNS = ("smiley", "emoji", "emoticon", "carita")
_NO_PART = ("skull", "turban", "top")
"""Words of faces that are signs, and of what no part was drawn for."""
_MOODS = {
    "happy": ("happy", "feliz", "alegre", "content", "laugh", "riendo", "risuen", "joy"),
    "smile": ("smil", "sonri", "sonrisa", "grin"),
    "sad": ("sad", "triste", "cry", "weep", "llor", "unhappy"),
    "angry": ("angry", "enfadad", "enojad", "furio", "rag", "evil", "malvad", "grumpy", "mad"),
    "surprised": ("surpris", "sorprend", "shock", "amazed", "asombr", "scared", "asustad"),
    "calm": ("calm", "tranquil", "serio", "seria", "serious", "neutral", "seren"),
}
"""Beginnings of words that tell a mood."""
_STYLES = {
    "curly": ("curly", "curls", "rizad", "rizos"), "wavy": ("wavy", "ondulad"),
    "spiky": ("spiky", "puntiagud", "punta"), "mohawk": ("mohawk", "cresta"),
    "tails": ("pigtail", "ponytail", "braid", "plait", "coleta", "trenza", "cola"),
    "bun": ("bun", "mono"),
    "bob": ("bob", "melena"), "fringe": ("fringe", "bangs", "flequillo"),
    "crop": ("crop", "rapad", "buzz", "shaved"), "parted": ("parted", "raya"),
}  # fmt: skip
"""Beginnings of words that tell how hair is worn."""
_WOMEN = frozenset(
    unaccented(
        "woman women lady girl female mujer mujeres senora dama nina chica queen reina witch "
        "bruja enchantress maga hechicera anciana abuela abuelita grandma granny grandmother "
        "rubia morena pelirroja princess"
    ).split()
)
_MEN = frozenset(
    unaccented(
        "man men guy boy male hombre senor nino chico anciano abuelo abuelito grandpa "
        "grandfather rubio moreno pelirrojo king rey"
    ).split()
)
_CRYING = ("cry", "weep", "llor")
_MODIFIERS = frozenset(
    unaccented("happy sad angry old bald bearded hooded horned evil wild strong short long").split()
)
_WORN = frozenset(
    unaccented("hair beard moustache glasses hat crown helmet hood horn ear eye hide").split()
)
_SKINS: dict[str, Any] = {
    "deep": ("3a2216", "643e28", "8c5c3c"),
    "tan": ("94603c", "cc9464", "ecbc90"),
}
_DARK = ("dark", "oscur", "black", "negr", "brown", "marron", "moren")
_VARIED = {
    "hair": ("brown", "black", "yellow", "red", "brown", "black"),
    "skin": ("light", "tan", "brown", "light", "deep", "light"),
    "cloth": ("blue", "green", "red", "purple", "grey", "cyan", "orange", "white"),
    "hat": ("red", "blue", "green", "brown", "purple", "black"),
    "iris": tuple(one for one in IRISES if one not in ("red", "yellow")),
}


_LIKE_HATS = {"tricorn": "brim", "cowboy": "brim", "sailor": "cap", "horned": "helmet"}
"""Hats of whole people, and those of a face that are nearest."""


def face_of(asked: Understood, seed: int = 0) -> FaceLook | None:
    """The face that a prompt asks for: what is not said (hair, skin, clothes) follows from the
    seed. None where it asks for no face, or for something that no part was drawn for."""
    if not asked.things:
        return None
    asked = _as_written(asked)
    main, others = asked.things[0], asked.things[1:]
    said = [unaccented(word) for one in asked.things for word in one.written.split()]
    said += [unaccented(word) for word in asked.unknown]
    said += [part for word in asked.words for part in unaccented(word[0]).split()]
    words = frozenset(said)
    named = set(_objects(main)) - _FACES
    if named == {"man", "woman"}:
        named.discard("man")
    calling = TRADES.get(trade_in(main.written)[0]) or CALLINGS.get(min(named, default="human"))
    if calling is not None and calling.hat in _LIKE_HATS:
        calling = replace(calling, hat=_LIKE_HATS[calling.hat])
    pictured = _starts(asked.unknown, _PICTURES)
    if main.number != 1 or len(named) > 1 or calling is None or "skull" in calling.more:
        return None
    if (
        calling.hat and calling.hat not in HATS
    ):  # drawn for whole people only: a clown's, an astronaut's
        return None
    if not (pictured or set(_objects(main)) & _FACES) or not _plain(asked, words):
        return None
    if main.colors == ("yellow",) or _starts(words, _SIGNS):
        return _smiley(asked, words, seed) if set(main.colors) <= {"yellow"} else None
    if main.colors and not calling.skin:
        return None
    face = _Face(calling, words, np.random.default_rng(seed), "child" in named)
    if main.colors:
        face.skin(main.colors[0])
    if not all(face.wear(one) for one in others):
        return None
    face.of_words(asked)
    if not all(face.take_off(lexicon.vocabulary()[number]["en"]) for number in asked.without):
        return None
    return face.look()


def _as_written(asked: Understood) -> Understood:
    """Without the near words that others were replaced by: what they say is a mood or a style."""
    near = {word[1] for word in asked.replaced}
    if not near:
        return asked
    things = []
    for one in asked.things:
        ids = tuple(i for i in one.ids if lexicon.vocabulary()[i]["en"] not in near)
        colors = tuple(color for color in one.colors if color not in near)
        things.append(replace(one, ids=ids, colors=colors))
    return replace(asked, things=tuple(things))


def _smiley(asked: Understood, words: frozenset[str], seed: int) -> FaceLook | None:
    """A yellow sign, each of twelve seeds another; None where it is to have more than a mood."""
    modifiers = {lexicon.vocabulary()[i]["en"] for i in asked.things[0].ids}
    if len(asked.things) > 1 or asked.without:
        return None
    if set(_objects(asked.things[0])) - _FACES or modifiers & {"old", "bald", "bearded", "hooded"}:
        return None
    mood = _mood(frozenset(w for w in words if not _starts([w], _SIGNS))) or "smile"
    open_mouth, eyes = divmod(seed % 6, 3)
    if mood in ("happy", "smile"):
        mood = ("happy", "smile")[open_mouth if mood == "happy" else 1]
    more = {"blush"} if seed % 12 >= 6 else set()
    if _starts(words, _CRYING):
        more.add("tears")
    shade = ("f0c929", "f7b52c")[open_mouth]
    colors = {"skin": ("b8801c", shade, "fff07a")}
    return FaceLook(SIGN, SIGN_EYES[eyes], mood, "", more=frozenset(more), colors=colors)


def _mood(words: frozenset[str]) -> str:
    """The mood that is named, or ""."""
    return next((name for name, starts in _MOODS.items() if _starts(words, starts)), "")


def _plain(asked: Understood, words: frozenset[str]) -> bool:
    """Whether every word that says more than the things themselves is one that parts show."""
    if words & set(_NO_PART) or _starts(words, _NO_PART):
        return False
    beginnings = [start for table in (_MOODS, _STYLES) for starts in table.values()
                  for start in starts]  # fmt: skip
    known = (*beginnings, *_PICTURES, "long", "short", "straight", "lis", "round", "redond")
    replaced = [word[0] for word in asked.replaced]
    if not all(_starts([word], known) for word in (*asked.unknown, *replaced)):
        return False
    for one in asked.things:
        for number in one.ids:
            word = lexicon.vocabulary()[number]
            shade = {"dark", "light", "round"} if one is not asked.things[0] else set()
            if word["kind"] == "material":
                return False
            if word["kind"] == "modifier" and word["en"] not in _MODIFIERS | shade:
                return False
    return all(color in RAMPS for one in asked.things for color in one.colors)


def _starts(words: Sequence[str] | frozenset[str], beginnings: Sequence[str]) -> bool:
    """Whether one of the words begins with one of these."""
    return any(unaccented(word).startswith(tuple(beginnings)) for word in words)


def _objects(one: AskedThing) -> list[str]:
    words = [lexicon.vocabulary()[i] for i in one.ids]
    own = [one.part.en] if one.part is not None else []
    return list(dict.fromkeys([*own, *(w["en"] for w in words if w["kind"] == "object")]))


class _Face:
    """A look while it is put on."""

    def __init__(
        self, calling: Calling, words: frozenset[str], draw: np.random.Generator, child: bool
    ) -> None:
        self.words, self.draw = words, draw
        woman = bool(words & _WOMEN) or (calling.hair == "long" and "beard" not in calling.more)
        man = bool(words & _MEN) or child or calling is not CALLINGS["human"]
        woman = woman or (not man and bool(draw.random() < 0.5))
        self.certain = bool(words & _WOMEN)
        self.woman, self.child = woman, child
        self.colors: dict[str, Any] = {
            role: str(draw.choice(choices)) for role, choices in _VARIED.items()
        }
        varies = (*calling.varies, "cloth") if calling.skin else calling.varies
        own = {k: v for k, v in calling.colors.items() if k not in varies}
        self.colors |= {k: v for k, v in own.items() if k in (*_VARIED, "trim")}
        if calling.skin:  # brows alone
            self.colors["hair"] = "black"
        if "horns" in calling.more or "horned" in words:
            self.colors["trim"] = "grey"
        self.more = {one for one in calling.more if one in ("ears", "horns", "tusks")}
        self.hat = calling.hat
        self.head = "wide" if child else str(draw.choice(HEADS[::2] if woman else HEADS))
        self.man_hair = str(draw.choice(SHORT[:5]))
        self.woman_hair = str(draw.choice(LONG))
        self.glasses, self.beard = "", ""
        if "moustache" in calling.more:
            self.beard = "moustache"
        self.bald = not calling.hair
        self.bearded = bool({"beard", "moustache"} & {*calling.more})
        self.which = (str(draw.choice(GLASSES[::2])), str(draw.choice(["full", "goatee", "full"])))
        if "glasses" in calling.more:
            self.glasses = self.which[0]
            self.colors["glasses"] = "black"
        self.lively = bool(draw.random() < 0.5)
        self.collar = str(draw.choice(["tee", "collar"]))
        self.clothes = "robe" if calling.clothes == "robe" else self.collar
        self.eyes = "lashes" if woman else str(draw.choice(EYES[::2], p=[0.8, 0.2]))
        self.length = ""

    def skin(self, color: str) -> None:
        """The skin in a colour."""
        own = self.colors["skin"]
        if color == "green" and own in ("orc", "goblin", "grave"):
            return
        self.colors["skin"] = {"black": "deep"}.get(color) or SKIN_OF.get(color, color)

    def wear(self, one: AskedThing) -> bool:
        """Something that comes with the face, in its own colours; False where no part shows it."""
        words = [unaccented(word) for word in one.written.split()]
        names = _objects(one)
        if set(names) & {"beard", "moustache"}:
            names = [name for name in names if name != "hair"]
        if "glasses" in names:
            names = [name for name in names if name != "sun"]
        if one.relation == "and" or not names or not set(names) <= _WORN:
            return False
        color = one.colors[0] if one.colors else ""
        return all(self._wear(name, words, color) for name in names)

    def _wear(self, name: str, words: list[str], color: str) -> bool:
        if name == "hide":
            if not _starts(words, ("skin", "piel")):
                return False
            self.skin(color or ("black" if _starts(words, _DARK) else "white"))
        elif name == "eye":
            color = {"black": "brown", "gold": "yellow", "": "brown"}.get(color, color)
            self.colors["iris"] = color
            return color in IRISES
        elif name in ("beard", "moustache"):
            self._beard(name, words, color)
        elif name == "hair":
            self._locks(words, color)
        elif name == "glasses":
            dark = _starts(words, ("sun", "dark", "oscur")) or "sol" in words
            self.glasses = "glasses.dark" if dark else self.which[0]
            if _starts(words, ("round", "redond")):
                self.glasses = "glasses.round"
            self.colors["glasses"] = color or "black"
        elif name == "horn":
            self.more.add("horns")
            self.colors["trim"] = color or "grey"
        elif name == "ear":
            self.more.add("ears")
        else:
            self._cover(name, words, color)
        return True

    def _beard(self, name: str, words: list[str], color: str) -> None:
        self.bearded, self.woman = True, self.woman and self.certain
        if name == "moustache":
            self.beard = name
        elif _starts(words, ("long", "larg")):
            self.beard = "long"
        self._hair(color)

    def _locks(self, words: list[str], color: str) -> None:
        self.bald = False
        self._hair(color)
        if _starts(words, ("long", "larg")):
            self.length = "long"
        elif _starts(words, ("short", "cort")):
            self.length = "short"
        if self.hat in ("helmet", "hood"):
            self.hat = ""

    def _hair(self, color: str) -> None:
        if color:
            self.colors["hair"] = HAIR_OF.get(color, color)

    def _cover(self, name: str, words: list[str], color: str) -> None:
        self.hat = "brim" if name == "hat" else name
        for kind, starts in (("cap", ("cap", "gorra")), ("beanie", ("beanie", "gorro")),
                             ("wizard", ("wizard", "mago", "bruja", "witch"))):  # fmt: skip
            if name == "hat" and _starts(words, starts):
                self.hat = kind
        if name == "crown":
            self.colors["trim"] = color or "gold"
        elif color:
            self.colors["hat"] = color
        elif name == "helmet":
            self.colors["hat"] = "silver"

    def of_words(self, asked: Understood) -> None:
        """What single words say: a mood, age, hair."""
        modifiers = {lexicon.vocabulary()[i]["en"] for i in asked.things[0].ids}
        if modifiers & {"old"} or self.words & AGED:
            self.more.add("wrinkles")
            if not any(one.colors and "hair" in _objects(one) for one in asked.things):
                self.colors["hair"] = "grey" if self.lively else "white"
        if "bald" in modifiers:
            self.bald, self.hat = True, ""
            self.woman = self.woman and self.certain
        if "bearded" in modifiers:
            self.bearded, self.woman = True, self.woman and self.certain
        self.hat = "hood" if "hooded" in modifiers else self.hat
        if "horned" in modifiers:
            self.more.add("horns")

    def take_off(self, name: str) -> bool:
        """What is not to be there; False where that is nothing of a face."""
        if name == "hair":
            self.bald = True
        elif name in ("beard", "moustache"):
            self.bearded, self.beard = False, ""
        elif name == "glasses":
            self.glasses = ""
        elif name in ("hat", "crown", "helmet", "hood"):
            self.hat = ""
        else:
            return name in _WORN
        return True

    def look(self) -> FaceLook:
        """What was put on."""
        mood = _mood(self.words) or "calm"
        if mood == "happy" and not self.lively:
            mood = "smile"
        if _starts(self.words, _CRYING):
            self.more.add("tears")
        hair = self.woman_hair if self.woman else self.man_hair
        if self.length == "long" and hair not in LONG:
            hair = "long" if self.lively else "wavy"
        elif self.length == "long" and hair in ("bun", "bob"):
            hair = "long"
        elif self.length == "short" and self.woman:
            hair = "bob" if self.lively else "parted"
        for name, starts in _STYLES.items():
            if _starts(self.words, starts):
                hair = name
        if hair == "curly" and self.length == "long":
            hair = "wavy"
        if self.woman:
            self.more.add("lips")
            self.eyes = "lashes"
        beard = (self.beard or self.which[1]) if self.bearded else ""
        colors = dict(self.colors)
        colors["skin"] = _SKINS.get(colors["skin"], colors["skin"])
        return FaceLook(
            self.head, self.eyes, mood, "" if self.bald else hair, beard, self.hat, self.glasses,
            self.clothes, frozenset(self.more), colors,
        )  # fmt: skip
