"""What a sentence says of an animal, as parts and colours for `pincel.art.beasts`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pincel.art import beasts, lexicon
from pincel.art.beasts import BeastLook
from pincel.art.color_names import RAMPS
from pincel.make.words.prompt import AskedThing, Understood
from pincel.words.unaccented import unaccented

NAMES = {
    "cat": "cat, kitten, kitty, housecat, gato, gata, gatito, gatita",
    "tiger": "tiger, tigress, tigre, tigresa",
    "lion": "lion, leon",
    "lioness": "lioness, leona",
    "dog": "dog, puppy, hound, perro, perra, perrito, cachorro, sabueso",
    "wolf": "wolf, jackal, lobo, loba",
    "fox": "fox, zorro, zorra",
    "bear": "bear, oso, osa, osito",
    "panda": "panda, panda bear, oso panda",
    "pig": "pig, piglet, hog, swine, cerdo, cerda, cerdito, puerco",
    "boar": "boar, wild boar, jabali",
    "cow": "cow, dairy cow, vaca",
    "bull": "bull, ox, bison, buffalo, toro, buey, bufalo, bisonte",
    "sheep": "sheep, lamb, ewe, oveja, cordero",
    "ram": "ram, carnero",
    "goat": "goat, kid goat, cabra, chivo, cabrito",
    "horse": "horse, pony, stallion, mare, caballo, yegua, poni",
    "unicorn": "unicorn, unicornio",
    "zebra": "zebra, cebra",
    "deer": "deer, reindeer, elk, stag, ciervo, venado, reno",
    "doe": "doe, fawn, cierva, cervatillo",
    "elephant": "elephant, elefante, elefanta",
    "mammoth": "mammoth, mamut",
    "camel": "camel, dromedary, camello, dromedario",
    "giraffe": "giraffe, jirafa",
    "rabbit": "rabbit, bunny, hare, conejo, coneja, liebre",
    "mouse": "mouse, ratoncito, raton, ratona",
    "rat": "rat, sewer rat, rata",
    "squirrel": "squirrel, chipmunk, ardilla",
    "monkey": "monkey, ape, chimp, chimpanzee, mono, mona, simio, chimpance",
    "gorilla": "gorilla, gorila",
    "bird": "bird, robin, songbird, sparrow, canary, pajaro, pajara, pajarito, gorrion, canario",
    "raven": "raven, crow, blackbird, black bird, cuervo",
    "duck": "duck, duckling, pato, pata, patito",
    "chicken": "chicken, hen, gallina",
    "rooster": "rooster, cock, gallo",
    "owl": "owl, barn owl, buho, lechuza",
    "eagle": "eagle, bald eagle, golden eagle, hawk, aguila, halcon",
    "parrot": "parrot, macaw, loro, papagayo, guacamayo",
    "penguin": "penguin, pinguino",
    "bat": "bat, vampire bat, murcielago",
    "fish": "fish, goldfish, tropical fish, pez",
    "shark": "shark, great white shark, tiburon",
    "whale": "whale, ballena",
    "orca": "orca, killer whale",
    "dolphin": "dolphin, delfin",
    "eel": "eel, anguila",
    "crab": "crab, cangrejo",
    "octopus": "octopus, pulpo",
    "jellyfish": "jellyfish, medusa marina, aguamala",
    "snake": "snake, serpent, viper, python, serpiente, culebra, vibora, piton",
    "lizard": "lizard, gecko, iguana, lagarto, lagarta, lagartija",
    "crocodile": "crocodile, alligator, croc, cocodrilo, caiman",
    "turtle": "turtle, tortoise, tortuga",
    "frog": "frog, toad, rana, sapo",
    "bee": "bee, bumblebee, honeybee, abeja, abejorro",
    "wasp": "wasp, hornet, avispa",
    "ant": "ant, hormiga",
    "butterfly": "butterfly, mariposa",
    "moth": "moth, polilla",
    "spider": "spider, tarantula, arana",
    "beetle": "beetle, scarab, escarabajo, insect, insecto, bug, bicho",
    "ladybug": "ladybug, ladybird, mariquita",
    "scorpion": "scorpion, escorpion, alacran",
    "snail": "snail, caracol",
    "slug": "slug, babosa",
    "worm": "worm, earthworm, gusano, lombriz",
    "caterpillar": "caterpillar, oruga",
    "fly": "fly, housefly, mosca",
    "leopard": "leopard, cheetah, jaguar, ocelot, leopardo, guepardo, leopardo nieves",
    "panther": "panther, puma, cougar, pantera",
    "llama": "llama, alpaca",
    "turkey": "turkey, pavo, gobbler",
    "chick": "chick, baby chick, pollito, polluelo, pollita",
    "goose": "goose, ganso, oca, gosling",
    "squid": "squid, calamar, cuttlefish",
    "starfish": "starfish, sea star, estrella mar, estrella de mar",
    "hamster": "hamster, guinea pig, gerbil, cobaya",
    "dragonfly": "dragonfly, damselfly, libelula",
    "hippopotamus": "hippopotamus, hippo, hipopotamo",
    "rhinoceros": "rhinoceros, rhino, rinoceronte",
    "kangaroo": "kangaroo, wallaby, canguro",
    "hedgehog": "hedgehog, porcupine, erizo, puercoespin",
    "koala": "koala, koala bear, oso koala",
    "beaver": "beaver, castor",
    "otter": "otter, sea otter, nutria",
    "seal": "seal, sea lion, foca, leon marino",
    "raccoon": "raccoon, racoon, mapache",
    "swan": "swan, cisne",
    "flamingo": "flamingo, flamenco",
    "peacock": "peacock, peafowl, pavo real",
    "dove": "dove, pigeon, paloma, pichon",
    "lobster": "lobster, crayfish, langosta, bogavante",
    "shrimp": "shrimp, prawn, gamba, camaron, langostino",
    "cricket": "cricket, grasshopper, locust, grillo, saltamontes",
    "mosquito": "mosquito, gnat",
    "sloth": "sloth, perezoso",
    "donkey": "donkey, mule, burro, burra, asno, mula",
    "dinosaur": "dinosaur, t-rex, t rex, trex, tyrannosaurus, raptor, velociraptor, dinosaurio, "
    "tiranosaurio",
    "moose": "moose, alce",
    "badger": "badger, tejon",
    "skunk": "skunk, mofeta, zorrillo",
    "mole": "mole, topo",
    "vulture": "vulture, condor, buitre",
    "seagull": "seagull, gull, gaviota",
    "ostrich": "ostrich, emu, avestruz",
    "toucan": "toucan, tucan",
    "woodpecker": "woodpecker, pajaro carpintero",
    "hummingbird": "hummingbird, colibri",
    "seahorse": "seahorse, sea horse, caballito mar, caballito de mar",
    "walrus": "walrus, morsa",
    "centipede": "centipede, millipede, ciempies, milpies",
    "mantis": "mantis, praying mantis, mantis religiosa",
    "firefly": "firefly, fireflies, luciernaga",
    "chameleon": "chameleon, camaleon",
    "axolotl": "axolotl, ajolote",
    "salamander": "salamander, newt, salamandra",
    "clownfish": "clownfish, clown fish, pez payaso",
    "pufferfish": "pufferfish, puffer fish, blowfish, pez globo",
    "ray": "stingray, manta ray, mantarraya, pez raya",
    "triceratops": "triceratops",
    "stegosaurus": "stegosaurus, estegosaurio",
    "pterodactyl": "pterodactyl, pteranodon, pterosaur, pterodactilo",
}
"""How each animal is called, in both languages, without accents."""
_CUBS = frozenset((
    "puppy", "cachorro", "kitten", "gatito", "gatita", "perrito", "piglet", "cerdito", "lamb",
    "cordero", "fawn", "cervatillo", "osito", "duckling", "patito",
))  # fmt: skip
"""Names that say that an animal is young."""
_YOUNG = ("small", "baby", "cub")
_SILENT = ("wild", "simple")
_LARGE = ("big",)
_NOTHING = frozenset((
    "adorable", "beautiful", "bonita", "bonito", "cute", "fluffy", "friendly", "hermosa", "hermoso",
    "linda", "lindo", "lovely", "nice", "pretty", "sweet",
))  # fmt: skip
"""Words that every animal here lives up to."""
_PATTERNS = {"striped": ("tabby", "band", "stripe"), "spotted": ("spot", "patch")}
"""Modifiers that name a pattern, and how the parts that show it are called."""
_STRIPED = ("tiger", "zebra", "bee", "wasp")
_SPOTTED = ("giraffe", "ladybug", "leopard")
_ROLES = {"eye": "iris", "hair": "mane", "horn": "horn", "shell": "shell", "wing": "wing",
          "tail": "tail", "ear": "ear", "hide": "coat"}  # fmt: skip
"""Parts that may be told apart from the rest, and the roles whose colour they are."""
_SYMMETRIC = ("owl", "bat", "crab", "octopus", "jellyfish", "frog", "butterfly", "moth", "spider",
              "beetle", "ladybug", "lobster", "peacock", "squid", "starfish",
              "dragonfly")  # fmt: skip
"""Animals seen from the front or from above: their left is their right."""
_BOTH = {
    "snail": ("coat", "shell"), "owl": ("coat", "mark"), "bird": ("coat", "mark"),
    "chicken": ("coat", "mark"), "bat": ("coat", "mark"), "flamingo": ("coat", "mark", "leg"),
    "dove": ("coat", "mark"),
}  # fmt: skip
"""Roles that all wear the colour that is said of the animal."""
HEADS = ((0, 0), (0, 1), (1, 0), (0, -1))
BUILDS = ((1.0, 1.0), (0.95, 1.0), (1.0, 0.95), (1.05, 1.0))


@dataclass(frozen=True)
class _Said:
    """An animal as a sentence has it: its kind, colours of roles, modifiers."""

    kind: str
    colors: dict[str, str]
    modifiers: frozenset[str]


def beast_of(asked: Understood, seed: int = 0) -> BeastLook | None:
    """The animal that a prompt asks for: what is not said (tail, pattern, build, which side it
    shows, its natural colour) follows from the seed. None where it asks for no animal that there
    are parts for, or for something that they do not show."""
    said = _said(asked)
    if said is None:
        return None
    dimensions = _dimensions(said)
    if dimensions is None:
        return None
    chosen = numbered(dimensions, seed)
    choices = {name[1:]: value for name, value in chosen.items() if name[0] == "?"}
    colors = {name[1:]: value for name, value in chosen.items() if name[0] == "="}
    wide, high = chosen["build"]
    if said.modifiers & set(_YOUNG):
        less = 0.76 if "cub" in said.modifiers else 0.84
        wide, high = less * wide, less * high
    if said.modifiers & set(_LARGE):
        wide, high = 1.06, 1.06
    return BeastLook(said.kind, choices, colors | said.colors, wide, high, chosen["head"],
                     chosen.get("right", False))  # fmt: skip


def _dimensions(said: _Said) -> dict[str, tuple[Any, ...]] | None:
    """What may differ: alternatives ("?..."), natural colours ("=..."), build, head, side. None
    where a pattern is said that no part shows."""
    colors = {
        f"={role}": names
        for role, names in beasts.naturally(said.kind).items()
        if role not in said.colors and len(names) > 1
    }
    found: dict[str, tuple[Any, ...]] = {n: names for n, names in colors.items() if n == "=coat"}
    if said.kind not in _SYMMETRIC:
        found["right"] = (False, True)
    for group, parts in beasts.alternatives(said.kind).items():
        found[f"?{group}"] = tuple(dict.fromkeys(parts))
    for modifier, named in _PATTERNS.items():
        if modifier not in said.modifiers:
            continue
        by_nature = said.kind in (_STRIPED if modifier == "striped" else _SPOTTED)
        fits = tuple(p for p in found.get("?pattern", ()) if p.startswith(named))
        if fits:
            found["?pattern"] = fits
        elif not by_nature:
            return None
    if len(said.colors) > 1 and "mark" in said.colors:
        shown = tuple(p for p in found.get("?pattern", ()) if p != "-")
        found |= {"?pattern": shown} if shown else {}
    found |= colors
    headed = beasts.has_head(said.kind)
    found["head"] = HEADS if headed else HEADS[:1]
    found["build"] = BUILDS if headed else BUILDS[:1]
    return found


def numbered(dimensions: dict[str, tuple[Any, ...]], seed: int) -> dict[str, Any]:
    """One choice of each; as many seeds as there are combinations give different ones. The first
    takes turns; how far each of the others is turned on hangs on those before it, so neighbours
    differ in several. Seed 0: the first of each."""
    number, turned, chosen = seed, 0, {}
    for name, values in dimensions.items():
        number, place = divmod(number, len(values))
        place = (place + (turned >> 16)) % len(values)
        turned = (1103515245 * turned + 2654435761 * place) % 2**32
        chosen[name] = values[place]
    return chosen


# ------------------------------------------------------------------------------- words


def _said(asked: Understood) -> _Said | None:
    if not asked.things or asked.without:
        return None
    main, others = asked.things[0], asked.things[1:]
    words = unaccented(main.written).split()
    kind, rest = _kind(words)
    if not kind or main.number != 1 or (kind, main.name) == ("llama", "fire"):
        return None
    rest = [word for word in rest if word not in _NOTHING]
    known = {unaccented(word) for word in (*words, *(w[0] for w in asked.replaced))}
    strange = [unaccented(word) for word in asked.unknown]
    if any(word not in known or word in rest for word in strange):
        return None
    colors: list[str] = []
    young = bool(_CUBS & {*words}) and beasts.has_head(kind)
    modifiers: set[str] = {"cub"} if young else set()
    for phrase in lexicon.split(" ".join(rest)):
        meant = [lexicon.vocabulary()[i] for i in phrase.ids]
        color = next((w["en"] for w in meant if w["kind"] == "colour"), "")
        modifier = next((w["en"] for w in meant if w["kind"] == "modifier"), "")
        if color in RAMPS:
            colors.append(color)
        elif modifier in (*_YOUNG, *_SILENT, *_LARGE, *_PATTERNS):
            modifiers.add(modifier)
        elif "giant" in {w["en"] for w in meant}:  # "araña gigante"
            modifiers.add("big")
        else:
            return None
    found = _Said(kind, _worn(kind, colors), frozenset(modifiers))
    if len(colors) > 2 or (modifiers & {*_YOUNG, *_LARGE} and not beasts.has_head(kind)):
        return None
    for one in others:
        if not _with(one, found):
            return None
    return found


def _worn(kind: str, colors: list[str]) -> dict[str, str]:
    """The roles that wear the colours said of the animal: the hide the first, patterns and belly
    the second one."""
    found = {}
    if colors:
        found = dict.fromkeys(_BOTH.get(kind, ("coat",)), colors[0])
    if len(colors) > 1:
        found |= {"mark": colors[1], "second": colors[1]}
    return found


def _with(one: AskedThing, said: _Said) -> bool:
    """A part that comes in a colour of its own; False where no part of the animal wears it."""
    own = [one.part.en] if one.part is not None else []
    words = [lexicon.vocabulary()[i] for i in one.ids]
    names = list(dict.fromkeys([*own, *(w["en"] for w in words if w["kind"] == "object")]))
    others = {w["kind"] for w in words} - {"object", "colour"}
    if one.relation != "with" or len(names) != 1 or others or len(one.colors) > 1:
        return False
    role = _ROLES.get(names[0], "")
    if role != "iris" and role not in beasts.naturally(said.kind):
        return False
    if one.colors and one.colors[0] in RAMPS:
        said.colors[role] = one.colors[0]
    return not one.colors or one.colors[0] in RAMPS


@cache
def _names() -> dict[tuple[str, ...], str]:
    """Every way to call an animal, as its words, and the animal."""
    found = {}
    for kind, names in NAMES.items():
        for name in names.split(", "):
            found[tuple(name.split())] = kind
    return found


def _kind(words: list[str]) -> tuple[str, list[str]]:
    """The animal that is named, and the other words; "" where none or several are."""
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            kind = _names().get(tuple(words[start : start + length]), "")
            if kind:
                return kind, [*words[:start], *words[start + length :]]
    return "", words
