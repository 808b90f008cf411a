"""draw: what stands in rooms, clothes, office things and effects are drawn by rules, in both
languages."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from pincel.art.household import HOUSEHOLD
from pincel.art.wares import item_sprite
from pincel.make.words.composers import composer_of
from pincel.make.words.item import item_of
from pincel.make.words.prompt import understand

KIND = {
    "portal": ("blue portal", "portal azul"), "gate": ("wooden gate", "portón de madera"),
    "portcullis": ("portcullis", "reja"), "window": ("broken window", "ventana rota"),
    "stairs": ("stairs down", "escaleras hacia abajo"), "ladder": ("ladder", "escalera de mano"),
    "altar": ("altar with candles", "altar de piedra"),
    "statue": ("statue of a person", "estatua de un hombre", "stone statue of a knight"),
    "column": ("broken column", "columna rota"), "coffin": ("open coffin", "ataúd"),
    "sarcophagus": ("sarcophagus", "sarcófago"), "throne": ("golden throne", "trono rojo"),
    "fountain": ("fountain without water", "fuente"), "pit": ("pit", "hoyo"),
    "trapdoor": ("open trapdoor", "trampilla"), "cave": ("cave", "mina"),
    "table": ("round wooden table", "mesa con mantel rojo"),
    "chair": ("old wooden chair", "silla roja de madera", "banco", "taburete"),
    "sofa": ("armchair", "sofá azul"), "bed": ("bed with a blue blanket", "cama roja"),
    "shelves": ("empty bookshelf", "estantería", "armario"),
    "basket": ("basket of apples", "cesta vacía"), "bucket": ("bucket", "cubo de agua"),
    "lamp": ("lamp with a green shade", "lámpara roja"), "mirror": ("broken mirror", "espejo"),
    "pillow": ("pillow", "almohada"), "rug": ("magic carpet", "alfombra roja"),
    "rope": ("rope", "cuerda"), "chain": ("gold chain", "cadena de oro"),
    "net": ("fishing net", "red de pesca"), "web": ("spider web", "telaraña"),
    "mimic": ("chest with teeth", "mímico"), "orb": ("crystal ball", "orbe azul"),
    "rune": ("blue rune", "piedra rúnica"), "crystal": ("purple crystals", "cristal morado"),
    "pearl": ("pearl", "perla"), "treasure": ("pile of gold", "tesoro"),
    "shell": ("shell", "concha"), "nest": ("nest with blue eggs", "nido sin huevos"),
    "bone": ("bones", "hueso"), "horn": ("horn", "cuerno"), "claw": ("claw", "garra"),
    "feather": ("red feather", "pluma roja"), "wing": ("white wings", "ala"),
    "bat wing": ("dragon wing", "alas de murciélago"), "thorn": ("thorn", "espina"),
    "shirt": ("striped shirt", "camiseta roja"), "robe": ("robe with hood", "túnica azul"),
    "dress": ("dress with a white belt", "vestido rojo"), "skirt": ("skirt", "falda"),
    "pants": ("jeans", "pantalones azules"), "jacket": ("leather jacket", "abrigo"),
    "hood": ("hood", "capucha"), "mask": ("mask", "antifaz"),
    "belt": ("leather belt with a silver buckle", "cinturón"), "scarf": ("scarf", "bufanda roja"),
    "tie": ("tie", "corbata"), "sock": ("socks", "calcetín"), "ribbon": ("ribbon", "lazo rosa"),
    "flail": ("flail", "mangual"), "club": ("wooden club", "garrote"),
    "scythe": ("scythe", "guadaña"), "sickle": ("sickle", "hoz"), "whip": ("whip", "látigo"),
    "dart": ("dart", "dardo"), "sling": ("sling", "honda"),
    "slingshot": ("slingshot", "tirachinas"),
    "hook": ("grappling hook", "gancho"), "folder": ("folder", "carpeta azul"),
    "page": ("document", "página"), "card": ("ace of hearts", "naipe"),
    "ball": ("ball", "pelota roja"), "soccer ball": ("soccer ball", "balón de fútbol"),
    "pin": ("pin", "chincheta roja"), "paperclip": ("paperclip", "clip"),
    "plug": ("plug", "enchufe"), "target": ("target", "diana"),
    "palette": ("palette", "paleta de pintor"), "medal": ("gold medal", "medalla con cinta roja"),
    "candy cane": ("candy cane", "bastón de caramelo"), "smoke": ("cloud of smoke", "humo"),
    "tornado": ("tornado", "huracán"), "explosion": ("explosion", "explosión"),
    "beam": ("red laser", "rayo láser"), "ice": ("ice", "bloque de hielo"),
    "water": ("water splash", "charco"), "acid": ("puddle of acid", "charco de ácido"),
    "poison": ("poison", "veneno"), "blood": ("puddle of blood", "sangre"),
    "bubble": ("soap bubble", "burbuja"), "sparkles": ("sparkles", "destellos"),
    "swirl": ("swirl", "remolino"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KIND)
def test_both_languages_name_it(kind: str) -> None:
    for prompt in KIND[kind]:
        found = item_of(understand(prompt), 0)
        assert found is not None and found.kind == kind, prompt


def test_every_name_that_is_listed_is_drawn_as_its_kind() -> None:
    listed = json.loads((resources.files("pincel.art") / "rooms.json").read_text("utf-8"))
    for kind, names in listed["kinds"].items():
        assert composer_of(understand(names[0])) is not None, names[0]
        for name in names:
            found = item_of(understand(name), 0)
            assert found is not None and found.kind == kind.partition(":")[0], name


@pytest.mark.parametrize(
    "prompt",
    ["two chairs", "burning chair", "chair with wings", "blue and red portal and a door",
     "statue of a dragon", "table without legs", "green smoke with eyes"],
)  # fmt: skip
def test_what_no_rule_shows_is_left(prompt: str) -> None:
    assert item_of(understand(prompt), 0) is None


@pytest.mark.parametrize(
    ("prompt", "color"),
    [("health potion", "red"), ("poción de vida", "red"), ("healing potion", "red"),
     ("mana potion", "blue"), ("poción de maná", "blue"), ("poción de veneno", "green"),
     ("green health potion", "green"), ("poción de maná naranja", "orange")],
)  # fmt: skip
def test_potions_have_the_colour_that_players_expect(prompt: str, color: str) -> None:
    for seed in range(4):
        found = item_of(understand(prompt), seed)
        assert found is not None and found.kind == "potion" and found.colors["liquid"] == color


def test_gold_and_red_go_to_different_parts() -> None:
    throne = item_of(understand("trono rojo de oro"), 0)
    assert throne is not None and throne.colors == {"metal": "gold", "cloth": "red"}
    bed = item_of(understand("wooden bed"), 1)
    assert bed is not None and set(bed.colors) == {"wood"}


def test_a_bone_sword_is_a_sword() -> None:
    for prompt, kind in (("bone sword", "sword"), ("ice ring", "ring"), ("feather hat", "hat")):
        found = item_of(understand(prompt), 0)
        assert found is not None and found.kind == kind


def test_old_shows_and_sizes_are_native() -> None:
    new, old = (item_of(understand(prompt), 2) for prompt in ("chair", "old chair"))
    assert new is not None and old is not None
    assert (item_sprite(new).rgba() != item_sprite(old).rgba()).any()
    named = [kind for kind in list(HOUSEHOLD)[::9] if kind in KIND]
    assert len(named) > 5
    for side in (48, 64):
        for kind in named:
            found = item_of(understand(KIND[kind][0]), 1)
            assert found is not None, kind
            assert item_sprite(found, side).rgba().shape == (side, side, 4)
