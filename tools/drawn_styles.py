"""Drawn styles of DiceBear that show faces: how each is framed, and which of its options mean what.

All are CC0 1.0 or CC BY 4.0; `CREDITS` names their artists. `croodles` was tried and left out: its
hair is lines thinner than a pixel of what the network sees, and its colour cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

UNSEEN = ("personas", "open-peeps")
"""Never trained: they show how the network does on a hand that it does not know."""

CREDITS = {
    "adventurer": "Lisa Wischofsky, CC BY 4.0", "big-ears": "The Visual Team, CC BY 4.0",
    "big-smile": "Ashley Seo, CC BY 4.0",
    "cutouts": "DiceBear, CC0 1.0", "dylan": "Natalia Spivak, CC BY 4.0",
    "lorelei": "Lisa Wischofsky, CC0 1.0", "micah": "Micah Lanier, CC BY 4.0",
    "miniavs": "Webpixels, CC BY 4.0", "notionists": "Zoish, CC0 1.0",
    "open-peeps": "Pablo Stanley, CC0 1.0", "personas": "Draftbit, CC BY 4.0",
    "toon-head": "Johan Melin, CC BY 4.0", "voxel-art": "DiceBear, CC0 1.0",
}  # fmt: skip

Choice = dict[str, tuple[str, ...]]
"""A component and the variants of it that will do."""


@dataclass(frozen=True)
class Drawn:
    """One style.

    frame    centre of the head across; top of the skull; chin: parts of the canvas
    hair     the component that holds the hair; colors  options that take the hair's colour
    skin, clothes  options that take those colours; without `clothes` none are shown
    glasses, beards, hats  what to choose for each kind
    never    variants that hide a face, or are not one
    eyes     where own glasses go: left, right, down, radius, in parts of the frame
    swap     what takes the hair away, where no colour shows it; bare  components that are emptied
    tinted   the skin is drawn in another colour than it is told
    """

    frame: tuple[float, float, float]
    hair: str
    colors: tuple[str, ...] = ("hair",)
    skin: tuple[str, ...] = ("skin",)
    clothes: tuple[str, ...] = ()
    glasses: dict[str, Choice] = field(default_factory=dict)
    beards: dict[str, Choice] = field(default_factory=dict)
    hats: dict[str, Choice] = field(default_factory=dict)
    never: Choice = field(default_factory=dict)
    eyes: tuple[float, float, float, float] | None = None
    swap: tuple[str, str] | None = None
    tinted: bool = False
    bare: tuple[str, ...] = ()
    more: dict[str, object] = field(default_factory=dict)


def _v(*numbers: int) -> tuple[str, ...]:
    return tuple(f"variant{n:02}" for n in numbers)


DRAWN = {
    "adventurer": Drawn(
        (0.48, 0.215, 0.80), "hair",
        glasses={"clear": {"glasses": _v(2, 3, 4, 5)}, "dark": {"glasses": _v(1)}},
        beards={"moustache": {"details": ("mustache",)}},
    ),
    "big-ears": Drawn((0.5, 0.40, 0.93), "hair", eyes=(0.42, 0.58, 0.39, 0.075)),
    "big-smile": Drawn(
        (0.52, 0.16, 0.84), "hair",
        glasses={"clear": {"accessories": ("glasses",)}, "dark": {"accessories": ("sunglasses",)}},
        beards={"moustache": {"accessories": ("mustache",)}},
        never={"accessories": ("faceMask", "sleepMask", "catEars", "sailormoonCrown", "clownNose")},
    ),
    "cutouts": Drawn((0.54, 0.27, 0.85), "hair", ("paperHair",), ("paperFace",),
                     more={"backgroundColor": "#ffffff00"}),
    "dylan": Drawn(
        (0.5, 0.13, 0.84), "hair", beards={"full": {"facialHair": ("default",)}},
        eyes=(0.42, 0.60, 0.42, 0.08), more={"backgroundColor": "#ffffff00"},
    ),
    "lorelei": Drawn(
        (0.5, 0.20, 0.72), "hair", ("hair", "eyebrows"),
        glasses={"clear": {"glasses": _v(1, 3, 4, 5)}, "dark": {"glasses": _v(2)}},
        beards={"full": {"beard": _v(1, 2)}},
    ),
    "micah": Drawn(
        (0.495, 0.125, 0.73), "hair", ("hair", "facialHair", "eyebrows"), ("base",), ("shirt",),
        glasses={"clear": {"glasses": ("round", "square")}},
        beards={"full": {"facialHair": ("beard", "scruff")}},
        hats={"beanie": {"hair": ("turban",)}},
    ),
    "miniavs": Drawn(
        (0.5, 0.2, 0.87), "hair", clothes=("body",),
        glasses={"clear": {"glasses": ("normal",)}},
        beards={"moustache": {"mustache": ("freddy", "horshoe")},
                "goatee": {"mustache": ("pencilThinBeard",)}},
    ),
    "notionists": Drawn(
        (0.51, 0.28, 0.61), "hair", ("ink",), ("paper",),
        glasses={"clear": {"glasses": _v(3, 8, 11)},
                 "dark": {"glasses": _v(1, 2, 4, 5, 6, 7, 9, 10)}},
        beards={"full": {"beard": _v(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)}},
        hats={"cap": {"hair": ("hat",)}}, bare=("hair",),
        more={"gestureProbability": 0, "clothesGraphicProbability": 0},
    ),
    "open-peeps": Drawn(
        (0.56, 0.18, 0.77), "head", ("headContrast",), clothes=("clothing",),
        glasses={"clear": {"accessories": ("glasses", "glasses2", "glasses3", "glasses4",
                                           "glasses5")},
                 "dark": {"accessories": ("sunglasses", "sunglasses2")}},
        beards={"full": {"facialHair": ("full", "full2", "full3", "full4")},
                "goatee": {"facialHair": ("goatee1", "goatee2")},
                "moustache": {"facialHair": ("moustache1", "moustache2", "moustache3",
                                             "moustache5")}},
        hats={"beanie": {"head": ("hatBeanie",)}, "brim": {"head": ("hatHip",)}},
        never={"head": ("bear", "hijab", "turban"), "accessories": ("eyepatch",),
               "expression": ("cyclops", "monster")},
        swap=("head", "noHair1"), more={"maskProbability": 0},
    ),
    "personas": Drawn(
        (0.5, 0.2, 0.72), "hair", ("hair", "facialHair"), clothes=("clothing",),
        glasses={"clear": {"eyes": ("glasses",)}, "dark": {"eyes": ("sunglasses",)}},
        beards={"full": {"facialHair": ("beardMustache", "pyramid")},
                "goatee": {"facialHair": ("goatee",)},
                "moustache": {"facialHair": ("walrus",)}},
        hats={"beanie": {"hair": ("beanie",)}, "cap": {"hair": ("cap",)}},
        never={"mouth": ("pacifier",)}, tinted=True,
    ),
    "toon-head": Drawn(
        (0.5, 0.18, 0.74), "hair", clothes=("clothes",), eyes=(0.42, 0.60, 0.53, 0.075),
        beards={"full": {"beard": ("fullBeard", "longBeard", "chinMoustache")},
                "goatee": {"beard": ("chin",)}, "moustache": {"beard": ("moustacheTwirl",)}},
    ),
    "voxel-art": Drawn(
        (0.47, 0.2, 0.66), "top", clothes=("shirt", "jacket"),
        glasses={"clear": {"glasses": ("round", "square", "cat")},
                 "dark": {"glasses": ("shades",)}},
        beards={"full": {"beard": ("full",)}, "goatee": {"beard": ("goatee",)},
                "moustache": {"beard": ("mustache",)}},
        hats={"cap": {"top": ("cap",)}, "beanie": {"top": ("beanie",)}},
        never={"top": ("animalEars", "bunnyEars"), "beard": ("stubble",), "glasses": ("visor",)},
        more={"backgroundColor": "#ffffff00", "animationVariant": "none"},
    ),
}  # fmt: skip
SEEN = tuple(name for name in DRAWN if name not in UNSEEN)
