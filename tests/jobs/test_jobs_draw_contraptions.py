"""draw: vehicles, instruments and gadgets that rules show wholly are drawn by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pincel.art.contraptions import contraption_sprite
from pincel.art.kinds import SceneryLook
from pincel.art.rigging import RIGS
from pincel.calls import call
from pincel.make.words.composers import composer_of
from pincel.make.words.contraption import contraption_of
from pincel.make.words.prompt import understand


def look(prompt: str, seed: int = 0) -> SceneryLook:
    found = contraption_of(understand(prompt), seed)
    assert found is not None, prompt
    return found


KIND = {
    "car": ("red car", "coche azul", "coche de carreras", "vintage car", "descapotable"),
    "police car": ("police car", "coche de policía azul"),
    "taxi": ("taxi", "green taxi"), "van": ("furgoneta blanca", "van"),
    "ambulance": ("ambulance", "ambulancia"), "bus": ("school bus", "autobús escolar"),
    "truck": ("red truck", "camión verde"),
    "fire truck": ("fire truck", "camión de bomberos", "fire engine"),
    "train": ("steam locomotive", "tren", "tren bala blanco"), "tractor": ("tractor verde",),
    "tank": ("tank", "tanque"), "bicycle": ("bicycle", "bicicleta azul"),
    "motorcycle": ("scooter", "moto roja"), "cart": ("cart", "carreta", "vagoneta", "mine cart"),
    "sailboat": ("sailboat", "velero con velas rojas"), "rowing boat": ("rowboat", "bote de remos"),
    "ship": ("ship", "galeón"), "pirate ship": ("pirate ship", "barco pirata con velas negras"),
    "boat": ("boat", "barco", "lancha"), "submarine": ("yellow submarine", "submarino"),
    "canoe": ("canoe", "canoa"), "airplane": ("airplane", "avión rojo", "biplano"),
    "helicopter": ("helicopter", "helicóptero"), "rocket": ("red and white rocket", "cohete"),
    "spaceship": ("spaceship", "nave espacial"), "ufo": ("ufo", "ovni", "platillo volante"),
    "satellite": ("satellite", "satélite"), "balloon": ("balloon", "globo rojo"),
    "hot air balloon": ("hot air balloon", "globo aerostático rojo y amarillo"),
    "airship": ("zeppelin", "dirigible"),
    "guitar": ("guitarra roja", "electric guitar"), "violin": ("violin", "violín"),
    "trumpet": ("golden trumpet", "trompeta"), "drum": ("drum", "tambor azul"),
    "bell": ("golden bell", "campana de bronce"), "flute": ("wooden flute", "flauta de pan"),
    "harp": ("harp", "arpa"), "piano": ("piano", "red piano"), "saxophone": ("saxofón",),
    "gamepad": ("gamepad", "mando azul"), "computer": ("computer", "portátil"),
    "television": ("old tv", "televisor"), "radio": ("radio", "radio antigua"),
    "telescope": ("telescopio",), "microscope": ("microscope",),
    "battery": ("battery", "batería baja"),
    "flashlight": ("flashlight", "linterna"),
    "headphone": ("headphones", "auriculares rojos"), "speaker": ("speaker", "altavoz"),
    "microphone": ("microphone", "micrófono"), "gauge": ("gauge", "manómetro"),
    "thermometer": ("thermometer", "termómetro"), "magnet": ("blue magnet", "imán"),
    "anchor": ("golden anchor", "ancla oxidada"), "compass": ("compass", "brújula"),
    "kite": ("kite", "cometa roja y amarilla"), "gift": ("gift", "regalo con lazo dorado"),
    "puzzle": ("puzzle piece", "pieza de puzle"), "die": ("red die", "dados", "dice"),
    "gun": ("gun", "pistola", "ray gun"), "bullet": ("bullet", "bala"),
    "boomerang": ("boomerang", "bumerán"), "wrench": ("wrench", "llave inglesa"),
    "screwdriver": ("screwdriver", "destornillador"), "saw": ("saw", "sierra"),
    "shovel": ("shovel", "pala"), "scissors": ("scissors", "tijeras rojas"),
    "umbrella": ("red umbrella", "paraguas cerrado"), "glasses": ("glasses", "gafas de sol"),
    "trash can": ("trash can", "cubo de basura"), "teapot": ("teapot", "tetera azul"),
    "skateboard": ("skateboard", "monopatín"),
}  # fmt: skip


def test_every_kind_is_asked_for_here() -> None:
    assert set(KIND) == set(RIGS)


@pytest.mark.parametrize("kind", KIND)
def test_both_languages_name_it(kind: str) -> None:
    for prompt in KIND[kind]:
        asked = understand(prompt)
        assert type(composer_of(asked)).__name__ == "Contraptions", prompt
        made = {contraption_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert look(prompt).kind == kind, prompt
        assert len(made) == 8, prompt


@pytest.mark.parametrize(
    "prompt",
    ["two cars", "car and tree", "broken car", "burning car", "car without wheels", "flying car",
     "red car with a dog", "ice train", "wooden ambulance", "coche con alas", "car on a bridge",
     "policeman", "pirata", "red, green and blue taxi",
     "broken guitar", "two bells", "bell tower", "guitar on fire", "open gift", "machine gun"],
)  # fmt: skip
def test_the_rest_is_left_to_others(prompt: str) -> None:
    assert contraption_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(8):
        assert look("coche azul con techo blanco", seed).colors == {"body": "blue", "roof": "white"}
        assert look("car with yellow wheels", seed).colors == {"hub": "yellow"}
        assert look("old car", seed).more == {"old"}
        assert "rusty" in look("camión oxidado", seed).more
        assert look("small red boat", seed).size == (0.74, 0.74)
        assert look("wooden boat", seed).kind in ("rowing boat", "sailboat")
        assert look("coche rojo hacia la izquierda", seed).more == {"left"}


def test_it_is_drawn_and_made_again(tmp_path: Path) -> None:
    for width in (32, 48):
        first, again = tmp_path / f"car{width}.png", tmp_path / f"again{width}.png"
        call("draw", "coche rojo", seed=4, width=width, out=first)
        call("redo", first, out=again)
        assert again.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("prompt", ["rocket", "fire truck", "pirate ship", "globo"])
def test_it_hovers_with_room(prompt: str) -> None:
    sprite = call("draw", prompt, motion=("hover",), frames=4)
    counts = {int((frame >= 0).sum()) for frame in sprite.frames}
    assert len(sprite.frames) == 4 and len(counts) == 1, "nothing is cut off"
