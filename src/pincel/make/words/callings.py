"""How people of a calling look where a sentence says nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
    "ninja": Calling(hat="hood", right="sword",
                     colors={"cloth": "black", "hat": "black", "legs": "black", "trim": "red",
                             "boots": "black"}),
    "archer": Calling(hat="hood", right="bow",
                      colors={"cloth": "green", "hat": "green", "legs": "brown"}),
    "barbarian": Calling(hair="long", right="axe", more=("beard",),
                         colors={"cloth": "brown", "hair": "red", "legs": "brown"},
                         varies=("hair",)),
    "pirate": Calling(hat="brim", right="sword", more=("beard",),
                      colors={"cloth": "red", "hat": "black", "hair": "black", "legs": "brown"},
                      varies=("cloth",)),
    "farmer": Calling(hat="brim", colors={"cloth": "green", "hat": "yellow", "legs": "blue"},
                      varies=("cloth",)),
    "detective": Calling(hat="brim", colors={"cloth": "brown", "hat": "brown", "legs": "black"}),
    "cook": Calling(colors={"cloth": "white", "trim": "white", "legs": "grey"}),
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
    "angel": Calling("robe", hair="long", colors={"cloth": "white", "hair": "yellow"}),
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
