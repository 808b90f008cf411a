"""How large things are beside one another, so that a castle is larger than a knight."""

from __future__ import annotations

from typing import Any

_SIZES = {
    1: "earring nail pill needle match stamp "
    "coin gem ring key berry bee fly ant ladybug butterfly moth wasp worm caterpillar "
    "slug snail cherry cookie candy clover leaf drop note arrowhead dice button pill bead",
    2: "apple pear orange lemon lime strawberry tomato banana carrot egg mushroom potion "
    "bottle cup beer bird mouse rat frog spider crab beetle scorpion bat candle book "
    "scroll flower daisy poppy tulip rose lily amulet fried_egg bread cheese cupcake "
    "doughnut pizza burger meat drumstick ice_cream lollipop bone skull crown glasses "
    "gloves grapes grass snowflake heart dagger wand envelope pencil phone lock "
    "watermelon pineapple corn joint steak toast loaf bellflower lavender maple_leaf "
    "lucky_clover hourglass",
    3: "sword shield axe mace hammer helmet boots hat bag pot chest box cat dog rabbit fox "
    "chicken rooster duck owl raven eagle parrot penguin squirrel monkey turtle lizard "
    "snake fish jellyfish octopus pumpkin jack-o-lantern cake bomb torch lantern plant "
    "potted_plant fern slime star sunflower map eel basket bow crossbow pick staff "
    "trident spear halberd cauldron trophy book lamb fire rock clock camera disk arrow "
    "flag mirror lute guitar drum",
    4: "barrel cloak armour pig boar sheep ram goat wolf lion lioness tiger panda dolphin "
    "crocodile gravestone sign door bush fence well ghost chair table bed goblin eyeball "
    "gorilla bench cactus bamboo robot zombie skeleton fridge stove cabinet desk fireplace furnace "
    "forge arcade vending_machine bathtub washing_machine scarecrow traffic_light totem chariot "
    "raft sled cannon pond stump crib guillotine playground_slide",
    5: "horse unicorn zebra deer doe cow bull bear camel shark orca tent tipi tree "
    "apple_tree blossoming_tree birch pine christmas_tree palm willow bare_tree elephant "
    "mammoth giraffe dinosaur whale car cart carriage boat motorcycle hill island cloud "
    "rain_cloud sun moon wave igloo bridge hut ogre troll statue fountain shed market bulldozer "
    "excavator forest graveyard jungle catapult drawbridge dock shrine beach storm streetlight",
    6: "dragon house cottage cabin barn shop church windmill pavilion temple truck bus train "
    "ship rocket plane planet rainbow factory mountain volcano pyramid tower castle "
    "lighthouse building tall_building mansion inn haunted_house hospital school museum restaurant "
    "bakery skyscraper airport silo watermill greenhouse station library cliff waterfall mausoleum "
    "ferris_wheel",
}
_SIZE = {name.replace("_", " "): size for size, names in _SIZES.items() for name in names.split()}
_PERSON = 4.4
_OTHERS = {
    "People": _PERSON,
    "Faces": 4,
    "Beasts": 3,
    "Scenery": 3,
    "Items": 2.6,
    "Nouns": 2.8,
    "Signs": 3,
}
SKY = frozenset(("sun", "moon", "cloud", "rain cloud", "rainbow", "planet", "star", "lightning"))
"""What is up in the sky."""
SHELTERS = frozenset((
    "tree", "apple tree", "blossoming tree", "birch", "pine", "christmas tree", "palm", "willow",
    "bare tree", "bridge", "palm tree", "table", "umbrella", "parasol", "island", "pavilion",
    "tent", "mushroom",
))  # fmt: skip
"""What others stand under on the same ground."""
GRAND = frozenset(("tree", "apple tree", "blossoming tree", "birch", "willow", "palm", "bush",
                   "cloud", "hill", "island", "bare tree", "pine", "christmas tree"))  # fmt: skip
"""What gives way under what lies on it."""
FLAT = frozenset(("box", "chest", "table", "barrel", "book", "bed", "bench", "bridge", "fence",
                  "wall", "cake", "gravestone", "chair", "rock", "drum", "disk"))  # fmt: skip
"""What carries others."""
_HANGS = frozenset(("bee", "butterfly", "moth", "wasp", "fly", "bat", "fish", "shark", "whale",
                    "orca", "dolphin", "eel", "jellyfish", "octopus"))  # fmt: skip
_ON_GROUND = frozenset(("chest", "barrel", "box", "pot", "cauldron", "door", "gravestone", "sign",
                        "mountain", "volcano", "rock", "hill", "island", "slime", "dragon", "ghost",
                        "fire", "bomb", "trap"))  # fmt: skip


def rank_of_size(kind: str, composer: Any) -> float:
    """How large a thing is, 1 (a coin) to 6 (a castle)."""
    by_kind = _SIZE.get(kind)
    family = "" if composer is None else composer.family
    if by_kind is not None and family != "People":
        return by_kind
    return _OTHERS.get(family, 3.4)


def stands(kind: str, composer: Any) -> bool:
    """Whether it stands on the ground."""
    of = "" if composer is None else composer.family
    if of in ("People", "Beasts"):
        return kind not in _HANGS
    if of == "Scenery":
        return rank_of_size(kind, composer) > 3 or kind in ("mushroom", "flower", "plant", "grass")
    return kind in _ON_GROUND or (of not in ("Items", "Signs", "Faces") and composer is not None)
