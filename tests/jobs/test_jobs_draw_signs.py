"""draw: signs and nature that rules show wholly are drawn by them, in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.art.kinds import SceneryLook
from pincel.art.signs import sign_sprite
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.composers import composer_of
from pincel.make.words.prompt import understand
from pincel.make.words.sign import sign_of


def look(prompt: str, seed: int = 0) -> SceneryLook:
    found = sign_of(understand(prompt), seed)
    assert found is not None, prompt
    return found


KIND = {
    "mountain": ("snowy mountain", "montaña nevada"), "volcano": ("volcano", "volcán"),
    "rock": ("grey rock", "roca"), "fire": ("blue flames", "llamas azules"), "wave": ("ola",),
    "hill": ("green hill", "colina"), "island": ("island", "isla desierta"),
    "cloud": ("nube blanca", "storm cloud"), "rain cloud": ("rain cloud", "nube de lluvia"),
    "sun": ("sun", "sol"), "moon": ("full moon", "luna creciente"),
    "snowflake": ("snowflake", "copo de nieve"), "drop": ("water drop", "gota de agua"),
    "rainbow": ("rainbow", "arcoíris"), "planet": ("planet with rings", "planeta azul"),
    "slime": ("happy slime", "limo verde"), "ghost": ("angry ghost", "fantasma triste"),
    "eyeball": ("flying eye", "ojo azul con alas"), "dragon": ("red dragon", "dragón negro"),
    "heart": ("purple heart", "corazón roto"), "star": ("gold star", "estrella de plata"),
    "arrow sign": ("left arrow", "flecha hacia la derecha"), "gear": ("gear", "engranaje"),
    "check mark": ("green check mark", "marca de verificación"),
    "cross mark": ("cross mark", "aspa roja"), "plus": ("plus sign", "signo más"),
    "lock": ("open padlock", "candado cerrado"),
    "clock": ("alarm clock", "reloj azul"), "envelope": ("envelope", "carta"),
    "magnifier": ("magnifying glass", "lupa"), "speech bubble": ("speech bubble",),
    "exclamation mark": ("exclamation mark", "signo de exclamación"),
    "question mark": ("blue question mark", "signo de interrogación"),
    "flag": ("red and white flag", "bandera verde"), "trophy": ("silver trophy", "trofeo"),
    "lightning": ("lightning bolt", "rayo amarillo"), "skull": ("skull", "calavera"),
    "note": ("music note", "nota musical"), "pencil": ("pencil", "lápiz rojo"),
    "disk": ("floppy disk", "disquete"), "camera": ("camera", "cámara de fotos"),
    "phone": ("phone", "teléfono móvil"), "play": ("play button", "botón de play"),
    "pause": ("pause button",), "foot": ("foot", "pie descalzo"),
    "ear": ("elf ear", "oreja"), "mouth": ("open mouth", "boca"), "tooth": ("diente roto", "tooth"),
    "fang": ("colmillo", "fang"), "paw print": ("paw print", "huella"), "nose": ("nose", "nariz"),
    "tongue": ("tongue", "lengua"), "beard": ("barba blanca", "beard"),
    "moustache": ("black moustache", "bigote"), "poop": ("poop with a face", "caca"),
    "river": ("river", "río"), "ore": ("gold ore", "mena de hierro"),
    "tail": ("fox tail", "cola de gato"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KIND)
def test_both_languages_name_it(kind: str) -> None:
    for prompt in KIND[kind]:
        asked = understand(prompt)
        assert type(composer_of(asked)).__name__ == "Signs", prompt
        made = {sign_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert look(prompt).kind == kind, prompt
        assert len(made) == 8, prompt


@pytest.mark.parametrize(
    "prompt",
    ["two hearts", "heart and star", "red heart on a table", "magic heart", "burning skull",
     "arrow", "star wand", "iron heart", "heart of stone", "skull ring", "clock tower",
     "heart in a basket", "clock without hands", "apple", "flecha", "corazón de hielo",
     "dragon tail", "bear paw", "iron beard", "nose ring", "two feet"],
)  # fmt: skip
def test_the_rest_is_left_to_others(prompt: str) -> None:
    assert sign_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(8):
        glass = look("lupa roja con mango azul", seed)
        assert glass.colors == {"rim": "red", "handle": "blue"}
        assert look("red and white flag", seed).colors == {"cloth": "red", "mark": "white"}
        assert look("medio corazón morado", seed).more == {"half"}
        assert look("green arrow pointing up", seed).more == {"up"}


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_it_is_drawn_and_made_again(tmp_path: Path) -> None:
    said, rgba = said_of("purple heart")
    assert "by rules" in said and rgba.shape == (32, 32, 4)
    for width in (32, 48):
        first, again = tmp_path / f"heart{width}.png", tmp_path / f"again{width}.png"
        call("draw", "corazón verde", seed=4, width=width, out=first)
        call("redo", first, out=again)
        assert again.read_bytes() == first.read_bytes()


def test_the_network_draws_it_where_asked() -> None:
    quick = {"candidates": 1, "steps": 2}
    assert "by rules" not in said_of("heart", drawn_by="network", **quick)[0]
    assert "by rules" not in said_of("heart", width=16, drawn_by="network", **quick)[0]
    said, rgba = said_of("heart", width=16)
    assert "by rules" in said and rgba.shape == (16, 16, 4)


@pytest.mark.parametrize("prompt", ["red potion", "ghost", "cara triste", "castle"])
def test_what_fills_its_canvas_hovers_too(prompt: str) -> None:
    sprite = call("draw", prompt, motion=("hover",), frames=4)
    assert len(sprite.frames) == 4 and sprite.width == sprite.height == 32
    counts = {int((frame >= 0).sum()) for frame in sprite.frames}
    assert len(counts) == 1, "nothing is cut off"


@pytest.mark.parametrize("prompt", ["corazón", "green potion", "cat", "house", "face", "pirate"])
def test_seeds_reach_what_composers_draw(prompt: str) -> None:
    shown = [e.value.rgba().tobytes() for e in Draw(prompt=prompt, count=3).run()
             if isinstance(e, Made)]  # fmt: skip
    again = call("draw", prompt, seed=2).rgba().tobytes()
    assert len(set(shown)) == 3 and again == shown[2]
