"""People of two names: an orc warrior has the body of an orc and the clothes of a warrior."""

from __future__ import annotations

from dataclasses import replace

from pincel.art import lexicon
from pincel.make.words.callings import CALLINGS, Calling
from pincel.make.words.prompt import AskedThing
from pincel.words.unaccented import unaccented

_BODIES = (
    "orc", "goblin", "ogre", "troll", "zombie", "demon", "imp", "skeleton", "lich", "elf", "dwarf",
    "gnome", "halfling", "vampire", "human", "man", "woman", "child",
)  # fmt: skip
"""What a name says of the body; all other callings say what somebody wears."""
_PLAIN = ("human", "man", "woman", "child")
_FEMALE = frozenset((
    "female", "woman", "girl", "lady", "mujer", "chica", "nina", "muchacha", "hembra", "femenina",
    "femenino", "women", "she",
))  # fmt: skip
_MALE = frozenset(("male", "masculino", "varon", "macho"))
_WARRIORS = frozenset(("warrior", "guerrero", "guerrera", "fighter", "soldier", "soldado",
                       "luchador", "luchadora", "grunt", "brute"))  # fmt: skip
_DARK = frozenset(("dark", "oscuro", "oscura"))
_WARRIOR = Calling("armour", right="sword", left="shield", colors={"legs": "brown"},
                   turns={"cloth": ("grey", "silver", "brown"),
                          "shield": ("blue", "red", "green", "purple", "gold")})  # fmt: skip
_RAIDER = replace(_WARRIOR, right="axe", colors={"legs": "grey"},
                  turns=_WARRIOR.turns | {"cloth": ("brown", "grey", "black")})  # fmt: skip
_DARK_ELF = Calling(hair="long", right="bow", more=("ears",), colors={
    "skin": "dusk", "hair": "white", "legs": "black"},
    turns={"cloth": ("purple", "black", "blue", "red"),
           "trim": ("gold", "silver", "red")})  # fmt: skip
_ELDERS = {"anciana": "woman", "anciano": "man", "viejecita": "woman", "viejecito": "man"}
"""Old people that are named by their age alone."""
SEX = _FEMALE | _MALE


def names_of(main: AskedThing) -> tuple[str, ...]:
    """The callings and kinds of people that a thing is called by, each once: a body before what
    somebody lives by."""
    found: list[str] = []
    for word in unaccented(main.written).split():
        ids = lexicon.surfaces().get(word, ())
        names = [lexicon.vocabulary()[i]["en"] for i in ids]
        found += [name for name in names if name in CALLINGS][:1]
        if word in _ELDERS and not main.name:
            found.append(_ELDERS[word])
    if main.name in CALLINGS and main.name not in found and not found:
        found.append(main.name)
    if "undead" in {lexicon.vocabulary()[i]["en"] for i in main.ids} and not {*found} & {*_BODIES}:
        found.append("zombie")
    return tuple(sorted(dict.fromkeys(found), key=lambda name: name not in _BODIES))


def is_female(main: AskedThing) -> bool:
    """Whether a word says that it is a woman: a name of one, or the feminine of a calling."""
    for word in unaccented(main.written).split():
        if word in _FEMALE:
            return True
        ids = lexicon.surfaces().get(word, ())
        for other in (word[:-1] + "o", word[:-1]) if word.endswith("a") and len(word) > 4 else ():
            if ids and lexicon.surfaces("es").get(other, ()) == ids:
                return lexicon.vocabulary()[ids[0]]["en"] in CALLINGS
    return False


def calling_of_two(main: AskedThing) -> Calling | None:
    """How somebody of two names looks; None for one name, or for two that do not go together."""
    names = names_of(main)
    female = is_female(main)
    words = set(unaccented(main.written).split())
    dark = bool(words & _DARK) and names[:1] == ("elf",)
    if not names or len(names) > 3 or (len(names) == 1 and not (female or dark)):
        return None
    bodies = [name for name in names if name in _BODIES and name not in _PLAIN]
    lives = [name for name in names if name not in _BODIES]
    if len(bodies) > 1 or len(lives) > 1:
        return None
    if not lives and not bodies:
        return None
    body = CALLINGS[bodies[0]] if bodies else CALLINGS["human"]
    body = _DARK_ELF if dark else body
    calling = CALLINGS[lives[0]] if lives else body
    if lives and bodies and words & _WARRIORS:
        calling = _RAIDER if bodies[0] in ("orc", "goblin", "ogre", "troll") else _WARRIOR
    return _merged(body, calling, female, "child" in names)


def _merged(body: Calling, calling: Calling, female: bool, young: bool) -> Calling:
    """The body of one in the clothes of the other."""
    plain = body is CALLINGS["human"]
    own = {role: color for role, color in body.colors.items() if role in ("skin", "hair")}
    more = {*body.more, *calling.more}
    hair = calling.hair if plain else body.hair
    if female or young or (not plain and "beard" not in body.more):
        more.discard("beard")
    if female and hair:
        hair = "long"
    colors = calling.colors | own
    if female and colors.get("hair") in ("white", "grey"):
        colors["hair"] = "brown"
    shown = female or "ears" in body.more  # what would hide hair and ears is left off
    hat = "" if shown and calling.hat in ("hood", "helmet") else calling.hat
    varies = tuple(role for role in calling.varies if role not in own)
    return replace(calling, hair=hair, hat=hat, more=tuple(sorted(more)), colors=colors,
                   skin=body.skin, varies=varies)  # fmt: skip
