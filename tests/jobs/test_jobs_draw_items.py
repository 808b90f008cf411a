"""draw: items that rules show wholly are drawn by them, in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.art.bench import ItemLook
from pincel.art.wares import item_sprite
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.item import item_of
from pincel.make.words.prompt import understand


def look(prompt: str, seed: int = 0, without: str = "") -> ItemLook:
    found = item_of(understand(prompt, without), seed)
    assert found is not None, prompt
    return found


KIND = {
    "sword": ("blue sword with a golden hilt", "espada de hielo", "katana", "magic sword"),
    "dagger": ("iron dagger", "daga verde con empuñadura roja"),
    "axe": ("silver axe with a brown handle", "hacha grande"),
    "mace": ("spiked mace", "maza de bronce"), "hammer": ("war hammer", "martillo de piedra"),
    "shield": ("wooden shield with a red cross", "escudo rojo con borde dorado", "buckler"),
    "potion": ("a small red potion", "poción verde"),
    "bottle": ("poción verde en una botella azul", "empty bottle"),
    "gem": ("gema azul", "ruby", "square gem"),
    "ring": ("golden ring with a red gem", "anillo de plata con una esmeralda", "ruby ring"),
    "coin": ("gold coin", "moneda de plata"), "key": ("golden key", "llave"),
    "chest": ("treasure chest", "cofre azul con tapa dorada", "cofre abierto"),
    "spear": ("lanza", "iron spear"), "halberd": ("alabarda",), "pick": ("pickaxe", "pico"),
    "staff": ("brown staff with a blue orb", "bastón marrón con orbe verde", "long staff"),
    "wand": ("varita mágica", "wand with a red gem"), "bow": ("wooden bow", "arco"),
    "arrow": ("flecha", "arrow with red feathers"), "crossbow": ("ballesta", "crossbow"),
    "helmet": ("casco de hierro", "viking helmet"), "armour": ("armadura de hierro", "chain mail"),
    "boots": ("leather boots", "a pair of boots", "botas rojas"), "gloves": ("guantes azules",),
    "hat": ("wizard hat", "sombrero negro"), "crown": ("golden crown", "corona de plata"),
    "cloak": ("red cloak", "capa azul"), "amulet": ("green amulet", "amuleto de oro"),
    "bag": ("bag of gold", "bolsa"), "scroll": ("yellow scroll", "pergamino blanco"),
    "map": ("treasure map", "mapa"), "candle": ("white candle", "vela blanca con llama azul"),
    "torch": ("antorcha", "torch"), "lantern": ("lantern", "farol"), "bomb": ("bomba negra",),
    "barrel": ("wooden barrel", "barril"), "box": ("caja cerrada", "crate"),
    "pot": ("pot", "tarro"),
    "hourglass": ("hourglass", "reloj de arena"),
    "door": ("closed door", "puerta de madera"), "trap": ("spike trap", "trampa"),
    "gravestone": ("gravestone", "lápida"), "sign": ("wooden sign", "cartel"),
    "cauldron": ("cauldron", "caldero"), "trident": ("trident", "tridente"),
    "book": ("open book", "libro marrón", "spellbook with a golden clasp"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KIND)
def test_both_languages_name_it(kind: str) -> None:
    for prompt in KIND[kind]:
        made = {item_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert look(prompt).kind == kind, prompt
        assert len(made) == 8, prompt


@pytest.mark.parametrize(
    "prompt",
    ["tres monedas", "two swords", "sword in a stone", "broken sword", "rose sword", "swords",
     "ring wizard", "burning sword",
     "a green potion and a red potion", "knight with a sword", "glass axe with a window",
     "potion of love", "leather sword", "book with wings", "dragon shield"],
)  # fmt: skip
def test_the_rest_is_left_to_the_network(prompt: str) -> None:
    assert item_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(8):
        sword = look("golden-hilted blue sword", seed)
        assert sword.colors == {"blade": "blue", "hilt": "gold"}
        shield = look("wooden shield with a red cross", seed)
        assert shield.grain == "wood" and shield.colors["cross"] == "red"
        assert look("anillo sin gema", seed).without == {"gem"}
        assert look("libro rojo abierto", seed).form == "open"
        assert look("pequeña poción roja", seed).size < 1
        trimmed = look("red shield with golden trim", seed)
        assert trimmed.colors == {"field": "red", "rim": "gold"}
        full = look("chest full of gold", seed)
        assert full.form == "open" and not full.colors


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_it_is_drawn_and_made_again(tmp_path: Path) -> None:
    said, rgba = said_of("blue sword with a golden hilt")
    assert "by rules" in said and rgba.shape == (32, 32, 4)
    for width in (32, 64):
        first, again = tmp_path / f"key{width}.png", tmp_path / f"again{width}.png"
        call("draw", "llave dorada", seed=4, width=width, out=first)
        call("redo", first, out=again)
        assert again.read_bytes() == first.read_bytes()


def test_the_network_draws_it_where_asked() -> None:
    quick = {"candidates": 1, "steps": 2}
    assert "by rules" not in said_of("red potion", drawn_by="network", **quick)[0]
    assert "by rules" not in said_of("red potion", width=16, drawn_by="network", **quick)[0]
    said, rgba = said_of("red potion", width=16)
    assert "by rules" in said and rgba.shape == (16, 16, 4)
