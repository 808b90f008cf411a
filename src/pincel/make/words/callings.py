"""How people of a calling look where a sentence says nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pincel.words.unaccented import unaccented


@dataclass(frozen=True)
class Calling:
    """How somebody of a calling or kind looks where nothing else is said."""

    clothes: str = "tunic"
    hair: str = "short"
    hat: str = ""
    right: str = ""
    left: str = ""
    more: tuple[str, ...] = ()
    colors: dict[str, str] = field(default_factory=dict)
    skin: bool = False
    """Whether a colour said of it is that of its skin."""
    varies: tuple[str, ...] = ()
    """Of `colors` those that other seeds choose anew."""
    turns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Colours that take turns with the seed."""


def _beast(skin: str, *more: str, **others: Any) -> Calling:
    colors = {"skin": skin, "cloth": "brown"} | others.pop("colors", {})
    return Calling(hair="", more=more, colors=colors, skin=True, **others)


CALLINGS = {
    "human": Calling(),
    "man": Calling(),
    "woman": Calling(hair="long"),
    "child": Calling(),
    "knight": Calling("armour", hat="helmet", right="sword", left="shield",
                      colors={"cloth": "silver", "hat": "silver", "legs": "grey"}),
    "king": Calling("robe", hat="crown", more=("beard", "cape"),
                    colors={"cloth": "red", "cape": "purple"}, varies=("cloth", "cape")),
    "queen": Calling("robe", hair="long", hat="crown",
                     colors={"cloth": "pink", "hair": "yellow"}, varies=("cloth", "hair")),
    "prince": Calling(hat="crown", more=("cape",), colors={"cloth": "blue", "cape": "red"},
                      varies=("cloth", "cape")),
    "wizard": Calling("robe", hat="wizard", right="staff", more=("beard",),
                      colors={"hair": "white", "cloth": "blue", "hat": "blue"}, varies=("cloth",)),
    "priest": Calling("robe", colors={"cloth": "white", "trim": "gold", "hair": "grey"}),
    "thief": Calling(hat="hood", right="dagger",
                     colors={"cloth": "grey", "hat": "grey", "legs": "black", "trim": "brown"},
                     varies=("cloth",)),
    "ninja": Calling("gi", hat="hood", right="katana",
                     colors={"cloth": "black", "hat": "black", "legs": "black", "trim": "red",
                             "boots": "black"}),
    "archer": Calling(hat="hood", right="bow",
                      colors={"cloth": "green", "hat": "green", "legs": "brown"}),
    "barbarian": Calling(hair="long", right="axe", more=("beard",),
                         colors={"cloth": "brown", "hair": "red", "legs": "brown"},
                         varies=("hair",)),
    "pirate": Calling("vest", hat="tricorn", right="sword", more=("beard",),
                      colors={"cloth": "red", "trim": "white", "hat": "black", "hair": "black",
                              "legs": "brown", "light": "white"}, varies=("cloth",)),
    "farmer": Calling("overalls", hat="brim", right="fork",
                      colors={"cloth": "green", "hat": "yellow", "legs": "blue"},
                      varies=("cloth",)),
    "detective": Calling(hat="brim", colors={"cloth": "brown", "hat": "brown", "legs": "black"}),
    "cook": Calling("apron", hat="chef",
                    colors={"cloth": "grey", "trim": "white", "hat": "white", "legs": "black"}),
    "santa claus": Calling("robe", hat="wizard", more=("beard",),
                           colors={"cloth": "red", "hat": "red", "hair": "white",
                                   "trim": "white"}),
    "clown": Calling("motley", "tufts", "clown", more=("paint",), colors={"skin": "chalk"},
                     turns={"cloth": ("red", "blue", "purple", "orange", "green"),
                            "cape": ("yellow", "orange", "cyan", "green", "pink", "white"),
                            "hair": ("orange", "green", "blue", "red", "pink", "purple", "cyan"),
                            "hat": ("blue", "purple", "red", "green"), "trim": ("white", "yellow"),
                            "legs": ("yellow", "cyan", "pink", "orange", "white", "green"),
                            "boots": ("red", "purple", "blue"), "light": ("red",)}),
    "astronaut": Calling("suit", hair="short", hat="space",
                         colors={"cape": "grey", "legs": "white", "boots": "silver"},
                         turns={"cloth": ("white", "orange", "silver"),
                                "hat": ("white",), "light": ("cyan", "gold", "blue", "black"),
                                "trim": ("red", "blue", "orange", "green", "purple")}),
    "firefighter": Calling("coat", hat="fire", right="axe", colors={"legs": "black"},
                           turns={"cloth": ("red", "black", "yellow"),
                                  "hat": ("red", "yellow", "black", "red"),
                                  "light": ("yellow", "silver", "white")}),
    "policeman": Calling("uniform", hat="cap", colors={"boots": "black", "trim": "gold"},
                         turns={"cloth": ("blue", "white", "black"),
                                "hat": ("blue", "blue", "black"),
                                "legs": ("blue", "black", "black")}),
    "superhero": Calling(more=("cape",), colors={"cloth": "blue", "legs": "blue", "cape": "red",
                                                 "boots": "red"}, varies=("cloth", "cape")),
    "angel": Calling("robe", hair="long", more=("halo", "wings"),
                     colors={"cloth": "white", "hair": "yellow", "cape": "white"}),
    "elf": Calling(hair="long", right="bow", more=("ears",),
                   colors={"cloth": "green", "hair": "yellow", "legs": "brown"}, varies=("hair",)),
    "dwarf": Calling(hat="helmet", right="axe", more=("beard",),
                     colors={"cloth": "brown", "hair": "red", "hat": "grey"},
                     varies=("cloth", "hair")),
    "gnome": Calling(hat="wizard", more=("beard",),
                     colors={"cloth": "green", "hat": "red", "hair": "white"}, varies=("cloth",)),
    "halfling": Calling(colors={"cloth": "green", "legs": "brown", "boots": "brown"},
                        varies=("cloth",)),
    "vampire": Calling(more=("cape",),
                       colors={"skin": "pale", "hair": "black", "cloth": "black", "legs": "black",
                               "cape": "red", "boots": "black"}),
    "orc": _beast("orc", "tusks", "ears", right="axe"),
    "goblin": _beast("goblin", "ears", right="dagger"),
    "ogre": _beast("orc", "tusks", right="hammer"),
    "troll": _beast("orc", "tusks", "ears", right="hammer"),
    "zombie": _beast("grave", colors={"cloth": "grey"}),
    "demon": _beast("demon", "horns", colors={"cloth": "black", "legs": "black"}),
    "imp": _beast("demon", "horns", "ears", colors={"cloth": "black"}),
    "skeleton": _beast("bone", "skull", right="sword", colors={"cloth": "grey"}),
    "lich": _beast("bone", "skull", clothes="robe", hat="crown", right="staff",
                   colors={"cloth": "purple"}),
}  # fmt: skip
TRADES = {
    "doctor": Calling("labcoat", colors={"cloth": "white", "trim": "blue", "legs": "blue"},
                      varies=("hair",)),
    "nurse": Calling("tunic", hair="long", hat="nurse",
                     colors={"cloth": "white", "hat": "white", "trim": "white", "light": "red",
                             "legs": "white", "boots": "white"}, varies=("hair",)),
    "scientist": Calling("labcoat", more=("glasses",),
                         colors={"cloth": "white", "trim": "green", "legs": "brown",
                                 "hair": "grey"}, varies=("hair",)),
    "teacher": Calling("vest", right="book", more=("glasses",),
                       colors={"cloth": "brown", "trim": "white", "legs": "grey"},
                       varies=("cloth", "hair")),
    "student": Calling("vest", right="book",
                       colors={"cloth": "blue", "trim": "white", "legs": "grey", "shield": "red"},
                       varies=("cloth", "hair")),
    "graduate": Calling("robe", hat="board",
                        colors={"cloth": "black", "hat": "black", "trim": "gold"}),
    "sailor": Calling("gi", hat="sailor",
                      colors={"cloth": "white", "hat": "white", "trim": "blue", "legs": "blue"},
                      varies=("hair",)),
    "captain": Calling("uniform", hat="cap", more=("beard",),
                       colors={"cloth": "blue", "hat": "white", "legs": "white", "hair": "white",
                               "boots": "black", "trim": "gold"}, varies=("hair",)),
    "pilot": Calling("uniform", hat="cap",
                     colors={"cloth": "brown", "hat": "brown", "legs": "brown", "trim": "gold"},
                     varies=("hair",)),
    "cowboy": Calling("vest", hat="cowboy",
                      colors={"cloth": "brown", "trim": "red", "hat": "brown", "legs": "blue"},
                      varies=("trim", "hair")),
    "sheriff": Calling("uniform", hat="cowboy", more=("moustache",),
                       colors={"cloth": "yellow", "hat": "brown", "trim": "gold",
                               "legs": "brown", "boots": "black"}),
    "viking": Calling("tunic", hair="long", hat="horned", right="axe", left="shield",
                      more=("beard",),
                      colors={"cloth": "brown", "hat": "silver", "hair": "yellow",
                              "light": "white", "shield": "red"}, varies=("hair", "shield")),
    "baker": Calling("apron", hat="chef",
                     colors={"cloth": "cyan", "trim": "white", "hat": "white", "legs": "grey"},
                     varies=("cloth",)),
    "butcher": Calling("apron", hat="chef", right="dagger", more=("moustache",),
                       colors={"cloth": "white", "trim": "red", "hat": "white", "legs": "grey"}),
    "blacksmith": Calling("apron", hair="", right="hammer", more=("beard",),
                          colors={"cloth": "grey", "trim": "brown", "legs": "black"},
                          varies=("cloth",)),
    "miner": Calling("overalls", hat="lamp", right="pick",
                     colors={"cloth": "red", "hat": "yellow", "legs": "blue", "light": "white"},
                     varies=("cloth",)),
    "builder": Calling("overalls", hat="hard", right="hammer",
                       colors={"cloth": "orange", "hat": "yellow", "legs": "blue"},
                       varies=("cloth",)),
    "lumberjack": Calling("vest", right="axe", more=("beard",),
                          colors={"cloth": "red", "trim": "red", "legs": "blue"},
                          varies=("hair",)),
    "gardener": Calling("overalls", hat="brim", right="fork",
                        colors={"cloth": "white", "hat": "green", "legs": "green"},
                        varies=("cloth",)),
    "fisherman": Calling("vest", hat="brim", right="rod",
                         colors={"cloth": "green", "trim": "white", "hat": "yellow",
                                 "legs": "brown"}, varies=("hair",)),
    "merchant": Calling("robe", hat="beret", more=("moustache",),
                        colors={"cloth": "purple", "hat": "red", "trim": "gold"},
                        varies=("cloth", "hair")),
    "bard": Calling("vest", hat="beret", right="lute",
                    colors={"cloth": "green", "trim": "white", "hat": "red", "legs": "purple"},
                    varies=("cloth", "hair")),
    "monk": Calling("gi", hair="", colors={"cloth": "orange", "trim": "red", "legs": "orange"}),
    "fighter": Calling("gi", hat="band",
                       colors={"cloth": "white", "trim": "red", "legs": "white", "boots": "bare"},
                       varies=("hair",)),
    "samurai": Calling("armour", hair="", hat="kabuto", right="katana",
                       colors={"cloth": "red", "hat": "red", "trim": "gold", "legs": "black"},
                       varies=("cloth",)),
    "druid": Calling("robe", hat="hood", right="staff", more=("beard",),
                     colors={"cloth": "green", "hat": "green", "hair": "white", "trim": "brown",
                             "light": "green"}),
    "necromancer": Calling("robe", hair="", hat="hood", right="staff",
                           colors={"cloth": "black", "hat": "black", "skin": "pale",
                                   "trim": "purple", "light": "green"}),
    "paladin": Calling("armour", right="hammer", left="shield", more=("cape",),
                       colors={"cloth": "silver", "legs": "silver", "trim": "gold",
                               "cape": "blue", "shield": "white", "hair": "yellow"},
                       varies=("cape", "hair")),
    "bride": Calling("robe", hair="long", hat="band",
                     colors={"cloth": "white", "trim": "white"}, varies=("hair",)),
    "groom": Calling("uniform", colors={"cloth": "black", "legs": "black", "boots": "black",
                                        "trim": "white"}, varies=("hair",)),
    "spy": Calling("uniform", hat="brim", more=("glasses",),
                   colors={"cloth": "black", "hat": "black", "legs": "black", "boots": "black",
                           "trim": "grey"}),
    "illusionist": Calling("uniform", hat="top", right="wand", more=("cape", "moustache"),
                           colors={"cloth": "black", "hat": "black", "legs": "black",
                                   "boots": "black", "trim": "red", "cape": "red"}),
    "gentleman": Calling("uniform", hat="top", right="wand", more=("moustache",),
                         colors={"cloth": "black", "hat": "black", "legs": "grey",
                                 "boots": "black", "trim": "gold", "light": "gold"}),
    "dancer": Calling("robe", hair="long", hat="band",
                      colors={"cloth": "pink", "trim": "pink"}, varies=("hair",)),
    "judge": Calling("robe", right="book", colors={"cloth": "black", "trim": "white",
                                                   "hair": "white", "shield": "red"}),
    "waiter": Calling("vest", colors={"cloth": "black", "trim": "white", "legs": "black",
                                      "boots": "black"}, varies=("hair",)),
    "painter": Calling("apron", hat="beret", right="wand",
                       colors={"cloth": "blue", "trim": "white", "hat": "red", "light": "red"},
                       varies=("hair",)),
    "explorer": Calling("vest", hat="cowboy", right="torch",
                        colors={"cloth": "brown", "trim": "yellow", "hat": "brown",
                                "legs": "brown"}, varies=("hair",)),
    "postman": Calling("uniform", hat="cap", right="book",
                       colors={"cloth": "blue", "hat": "blue", "legs": "blue", "trim": "gold",
                               "shield": "white"}),
    "sultan": Calling("robe", hat="turban", more=("beard",),
                      colors={"cloth": "purple", "hat": "white", "hair": "black", "trim": "gold",
                              "light": "red"}, varies=("cloth",)),
    "seer": Calling("robe", hair="long", hat="turban",
                    colors={"cloth": "purple", "hat": "purple", "hair": "black",
                            "light": "cyan"}, varies=("cloth",)),
    "genie": Calling("vest", hair="", hat="turban", more=("beard",),
                     colors={"skin": "cyan", "cloth": "purple", "trim": "cyan", "hat": "gold",
                             "hair": "black", "legs": "white", "light": "red"},
                     varies=("cloth",)),
    "caveman": Calling("tunic", hair="long", right="hammer", more=("beard",),
                       colors={"cloth": "orange", "legs": "bare", "boots": "bare",
                               "trim": "brown", "metal": "brown"}),
}  # fmt: skip
"""Callings that the vocabulary of the network lacks, or takes together with others."""
NAMES_OF_TRADES = {
    "doctor": "doctor, physician, medic, surgeon, medico, cirujano, *medica, *doctora, *cirujana",
    "nurse": "nurse, enfermero, *enfermera",
    "scientist": "scientist, professor, chemist, inventor, cientifico, quimico, *cientifica",
    "teacher": "teacher, schoolteacher, profesor, maestro, *profesora, *maestra",
    "student": "student, pupil, schoolboy, alumno, estudiante, *schoolgirl, *alumna",
    "graduate": "graduate, graduado, *graduada",
    "sailor": "sailor, marinero, *marinera",
    "captain": "captain, capitan, *capitana",
    "pilot": "pilot, aviator, piloto, aviador, *aviadora",
    "cowboy": "cowboy, gunslinger, vaquero, pistolero, *cowgirl, *vaquera",
    "sheriff": "sheriff",
    "viking": "viking, vikingo, *vikinga",
    "baker": "baker, panadero, *panadera",
    "butcher": "butcher, carnicero, *carnicera",
    "blacksmith": "blacksmith, smith, herrero, *herrera",
    "miner": "miner, minero, *minera",
    "builder": "builder, construction worker, worker, mechanic, engineer, obrero, albañil, "
               "constructor, mecanico, ingeniero, *obrera, *mecanica, *ingeniera",
    "lumberjack": "lumberjack, woodcutter, leñador, *leñadora",
    "gardener": "gardener, jardinero, *jardinera",
    "fisherman": "fisherman, fisher, angler, pescador, *pescadora",
    "merchant": "merchant, trader, shopkeeper, vendor, salesman, mercader, comerciante, tendero, "
                "vendedor, *tendera, *vendedora",
    "bard": "bard, minstrel, troubadour, bardo, juglar, trovador",
    "monk": "monk, monje",
    "fighter": "karateka, martial artist, karate fighter, luchador, *luchadora",
    "samurai": "samurai, ronin, shogun",
    "druid": "druid, druida",
    "necromancer": "necromancer, nigromante",
    "paladin": "paladin",
    "bride": "*bride, *novia",
    "groom": "groom, bridegroom, novio",
    "spy": "spy, secret agent, espia, agente secreto",
    "illusionist": "illusionist, ringmaster, ilusionista, prestidigitador",
    "gentleman": "gentleman, aristocrat, aristocrata",
    "dancer": "dancer, bailarin, *ballerina, *bailarina",
    "judge": "judge, juez, *jueza",
    "waiter": "waiter, butler, bartender, camarero, mayordomo, *waitress, *camarera",
    "painter": "painter, artist, pintor, artista, *pintora",
    "explorer": "explorer, adventurer, archaeologist, explorador, aventurero, arqueologo, "
                "*exploradora, *aventurera, *arqueologa",
    "postman": "postman, mailman, cartero",
    "sultan": "sultan, maharaja",
    "seer": "seer, fortune teller, *fortune-teller, vidente, adivino, *adivina, *pitonisa",
    "genie": "genie, djinn, genio",
    "caveman": "caveman, cavernicola, *cavewoman",
}  # fmt: skip
"""What they are called, in both languages, without accents; women's names behind a star."""
JESTER = Calling(
    "motley",
    hat="jester",
    turns={
        "cloth": ("red", "purple", "green", "blue"),
        "cape": ("yellow", "green", "white", "orange"),
        "hat": ("red", "purple", "green", "blue"),
        "trim": ("gold",),
        "legs": ("yellow", "green", "white", "purple"),
        "boots": ("red", "purple", "brown"),
    },
)
"""A clown of another kind: no paint, a hat with bells."""


@cache
def women() -> frozenset[str]:
    """The names of trades that are women's, as plain words."""
    every = [name for names in NAMES_OF_TRADES.values() for name in names.split(", ")]
    return frozenset(unaccented(name.lstrip("*")) for name in every if name.startswith("*"))


@cache
def trades() -> dict[str, str]:
    """Every name with its trade."""
    found = {}
    for trade, names in NAMES_OF_TRADES.items():
        for name in names.split(", "):
            found[unaccented(name.lstrip("*"))] = trade
    return found
