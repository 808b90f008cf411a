"""draw: buildings and plants that rules show wholly are drawn by them, in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.art.kinds import SceneryLook
from pincel.art.scenery import scenery_sprite
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.place import scenery_of
from pincel.make.words.prompt import understand


def look(prompt: str, seed: int = 0, without: str = "") -> SceneryLook:
    found = scenery_of(understand(prompt, without), seed)
    assert found is not None, prompt
    return found


KIND = {
    "tree": ("big tree", "roble", "árbol verde", "tree with red leaves"),
    "apple tree": ("apple tree", "manzano"), "blossoming tree": ("cerezo en flor", "cherry tree"),
    "bare tree": ("árbol muerto", "tree without leaves", "bare tree"),
    "pine": ("pine", "abeto nevado"),
    "palm": ("palm tree", "palmera"), "willow": ("willow", "sauce llorón"),
    "birch": ("birch", "abedul"), "christmas tree": ("christmas tree", "árbol de navidad"),
    "bush": ("small bush", "arbusto con flores blancas"),
    "fern": ("fern", "helecho"),
    "cactus": ("tall cactus", "cactus verde"),
    "mushroom": ("seta azul", "mushroom with yellow spots"),
    "maple leaf": ("autumn leaf", "hoja de otoño"), "pumpkin": ("pumpkin", "calabaza"),
    "flower": ("pink flower", "flor rosa"), "rose": ("rosa roja", "white rose"),
    "sunflower": ("sunflower", "girasol con centro negro"), "tulip": ("tulipán amarillo",),
    "poppy": ("poppy", "amapola"), "daisy": ("daisy", "margarita"),
    "potted plant": ("plant in a pot", "planta en una maceta"),
    "house": ("wooden house with a red roof", "casa de ladrillo con puerta verde"),
    "cabin": ("log cabin", "cabaña de madera"), "hut": ("wooden hut with a straw roof", "choza"),
    "barn": ("red barn with a white roof", "granero"), "church": ("una iglesia", "white church"),
    "temple": ("templo", "temple"), "shop": ("shop with a green awning", "tienda con toldo azul"),
    "building": ("edificio", "building"), "tall building": ("tall building", "rascacielos"),
    "tower": ("torre de piedra con bandera roja", "tower with a blue roof"),
    "castle": ("castillo gris", "ice castle"), "lighthouse": ("faro rojo y blanco", "lighthouse"),
    "windmill": ("molino de viento con aspas rojas", "windmill"),
    "tent": ("tienda de campaña", "red tent"),
    "well": ("well", "pozo"), "bridge": ("puente de madera", "stone bridge"),
    "igloo": ("igloo", "iglú"), "pyramid": ("pyramid", "pirámide"), "fence": ("valla blanca",),
    "apple": ("manzana verde", "red apple with a leaf"),
    "cake": ("slice of cake", "tarta de chocolate"),
    "bread": ("bread", "pan"), "meat": ("piece of meat", "carne"), "cheese": ("queso", "cheese"),
    "cup": ("cup of coffee", "taza de café"), "carrot": ("zanahoria naranja", "carrot"),
    "banana": ("yellow banana", "plátano"), "strawberry": ("fresa",), "cookie": ("una galleta",),
    "pizza": ("slice of pizza", "pizza"), "burger": ("hamburguesa",), "cherry": ("cherries",),
    "grapes": ("green grapes", "uvas"), "ice cream": ("ice cream", "helado de chocolate"),
    "candy": ("caramelo rojo", "candy"), "rice": ("bowl of rice", "arroz"),
    "soup": ("soup in a red bowl", "sopa verde"), "noodles": ("ramen", "fideos"),
    "honey": ("honey jar", "tarro de miel"), "pepper": ("pimiento verde", "red pepper"),
    "potato": ("potato", "patata"), "onion": ("onion", "cebolla morada"),
    "broccoli": ("brócoli", "broccoli"), "avocado": ("half avocado", "aguacate"),
    "peach": ("peach", "melocotón"), "pancakes": ("pancakes with butter", "tortitas"),
    "popcorn": ("popcorn", "palomitas"), "croissant": ("croissant", "cruasán"),
    "fries": ("french fries", "patatas fritas"), "hot dog": ("hot dog", "perrito caliente"),
    "taco": ("taco",), "sushi": ("sushi",), "salad": ("ensalada", "bowl of salad"),
    "sausage": ("sausage", "salchicha"), "apple pie": ("apple pie", "tarta de manzana"),
    "pie": ("pie",), "roast": ("roast chicken", "pollo asado"), "seed": ("seed", "semilla"),
    "seeds": ("seeds", "semillas"), "jelly": ("green jelly", "gelatina roja"),
    "pudding": ("flan", "pudding"), "eggplant": ("berenjena",), "garlic": ("garlic", "ajo"),
    "sandwich": ("sandwich",), "sub": ("bocadillo",), "cabbage": ("lechuga", "cabbage"),
    "chocolate": ("chocolate bar", "chocolate"), "waffle": ("waffle", "gofre"),
    "bacon": ("bacon",), "pretzel": ("pretzel",), "butter": ("mantequilla",),
    "milk": ("glass of milk", "leche"), "milk carton": ("milk carton",),
    "juice": ("green juice", "limonada"), "orange juice": ("zumo de naranja", "orange juice"),
    "turnip": ("turnip", "nabo"), "radish": ("rábano",), "beet": ("beet", "remolacha"),
    "blueberry": ("blueberry", "arándanos"), "raspberry": ("raspberry", "frambuesa"),
    "melon": ("melon", "melón"), "peas": ("peas", "guisantes"), "drumstick": ("turkey leg",),
    "fried egg": ("fried egg", "huevo frito"), "steak": ("filete", "steak"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KIND)
def test_both_languages_name_it(kind: str) -> None:
    for prompt in KIND[kind]:
        made = {scenery_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert look(prompt).kind == kind, prompt
        assert len(made) == 8, prompt


@pytest.mark.parametrize(
    "prompt",
    ["house on fire", "haunted house", "two trees", "tree and house", "knight in a castle",
     "magic tree", "palm", "flower crown", "tree house", "rose sword", "castillo del rey", "dragon",
     "a rose in a bottle", "house with a garden", "dead flower", "ruined castle", "forest", "ice",
     "dragon egg", "orange fish", "two onions", "bowl of fruit", "ice soup",
     "two apples", "rotten apple", "coffee table"],
)  # fmt: skip
def test_the_rest_is_left_to_the_network(prompt: str) -> None:
    assert scenery_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(8):
        house = look("wooden house with a red roof and a blue door", seed, "chimney")
        assert (house.wall, house.colors["roof"], house.colors["door"]) == ("wood", "red", "blue")
        assert "chimney" in house.without
        tower = look("torre sin tejado con bandera amarilla", seed)
        assert "roof" in tower.without and tower.colors["flag"] == "yellow"
        flower = look("white flower with a yellow centre", seed)
        assert flower.colors == {"petal": "white", "centre": "yellow"}
        snowy = look("pino nevado", seed)
        assert "snow" in snowy.more
        thatched = look("casa de paja", seed)
        assert thatched.roof == "thatch"
        apple = look("red apple with a leaf", seed)
        assert apple.colors == {"skin": "red"}
        assert look("taza de café", seed).colors == {}
        assert look("cake", seed, "cherry").without == {"cherry"}
        small = look("casa pequeña", seed)
        assert small.size[1] < 1


def test_words_for_many_are_one_of_them() -> None:
    for prompt in ("vegetable", "fruta", "food"):
        assert len({look(prompt, seed).kind for seed in range(8)}) > 3, prompt
    for seed in range(8):
        assert look("verdura verde", seed).kind in ("cabbage", "broccoli", "pepper", "cucumber")
        assert look("red fruit", seed).kind == "apple"
        assert "butter" in look("pancakes with butter", seed).more
        assert "spoon" in look("soup", seed, "spoon").without


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_it_is_drawn_and_made_again(tmp_path: Path) -> None:
    said, rgba = said_of("stone tower with a red flag")
    assert "by rules" in said and rgba.shape == (32, 32, 4)
    for width in (32, 64):
        first, again = tmp_path / f"mill{width}.png", tmp_path / f"again{width}.png"
        call("draw", "molino de viento", seed=4, width=width, out=first)
        call("redo", first, out=again)
        assert again.read_bytes() == first.read_bytes()


def test_sizes_palettes_and_motion() -> None:
    for width in (48, 64):
        _, rgba = said_of("oak tree", width=width)
        assert rgba.shape == (width, width, 4)
        own = scenery_sprite(look("oak tree"), width).rgba()
        assert (rgba == own).all()
    _, rgba = said_of("castle", palette="#000000,#ffffff,#c06040")
    colors = {tuple(map(int, one)) for one in rgba[rgba[..., 3] > 0][:, :3]}
    assert colors <= {(0, 0, 0), (255, 255, 255), (192, 96, 64)}
    events = Draw.model_validate({"prompt": "palm tree", "frames": 4}).run()
    (made,) = [event.value for event in events if isinstance(event, Made)]
    assert len(made.frames) == 4


def test_the_network_draws_it_where_asked() -> None:
    quick = {"candidates": 1, "steps": 2}
    assert "by rules" not in said_of("castle", drawn_by="network", **quick)[0]
    assert "by rules" not in said_of("castle", width=16, drawn_by="network", **quick)[0]
    said, rgba = said_of("castle", width=16)
    assert "by rules" in said and rgba.shape == (16, 16, 4)
