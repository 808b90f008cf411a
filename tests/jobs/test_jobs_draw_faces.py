"""draw: faces that the drawn parts show wholly are put together of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.art.faces import HATS, LONG, SIGN, FaceLook, face_sprite
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.callings import CALLINGS, NAMES_OF_TRADES, TRADES
from pincel.make.words.face import face_of
from pincel.make.words.prompt import understand
from pincel.make.words.trades import trade_in


def look(prompt: str, seed: int = 0, without: str = "") -> FaceLook:
    found = face_of(understand(prompt, without), seed)
    assert found is not None
    return found


SHOWN = [
    "face of a woman with blonde hair", "cara triste", "bearded face", "face with glasses",
    "angry face", "cara con sombrero", "bald man face", "rostro de anciano con barba blanca",
    "portrait of a smiling boy", "retrato de una mujer morena con gafas", "wizard face",
    "cara sorprendida de niño con pelo rizado verde", "cara de orco enfadado", "scared face",
    "cara feliz amarilla", "smiley",
    "carita triste", "angry yellow face",
    "cara de hombre con gafas de sol y gorra roja", "face with long black hair and moustache",
]  # fmt: skip


@pytest.mark.parametrize("prompt", SHOWN)
def test_eight_seeds_are_eight_faces(prompt: str) -> None:
    made = {face_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
    assert len(made) == 8
    assert face_sprite(look(prompt, 3)).rgba().tobytes() in made


@pytest.mark.parametrize(
    "prompt",
    ["cara de gato", "clown face", "two faces", "dragon head",
     "face of a robot", "hammer", "king", "face on a coin", "skeleton face", "face with wings",
     "stone face", "happy man", "green smiley", "smiley with a hat", "face with a top hat"],
)  # fmt: skip
def test_the_rest_is_left_to_the_network(prompt: str) -> None:
    assert face_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(12):
        blonde = look("face of a woman with long blonde hair", seed)
        assert blonde.colors["hair"] == "yellow" and blonde.hair in LONG and not blonde.beard
        sad = look("cara triste con gafas redondas y un sombrero azul", seed)
        assert (sad.mood, sad.glasses, sad.hat) == ("sad", "glasses.round", "brim")
        assert sad.colors["hat"] == "blue"
        bald = look("hombre calvo, retrato con bigote", seed)
        assert bald.hair == "" and bald.beard == "moustache"
        fair = look("cara sorprendida de mujer rubia con gafas", seed)
        assert fair.colors["hair"] == "yellow" and fair.mood == "surprised" and fair.glasses
        sun = look("cara de hombre con gafas de sol y gorra roja", seed)
        assert (sun.glasses, sun.hat, sun.colors["hat"]) == ("glasses.dark", "cap", "red")
        crying = look("crying face", seed)
        assert crying.mood == "sad" and "tears" in crying.more
        crying = look("crying smiley", seed)
        assert (crying.head, crying.mood) == (SIGN, "sad") and "tears" in crying.more
        assert look("knight face", seed, "helmet").hat == ""
        assert look("wizard face without a beard", seed).beard == ""
        eyes = look("surprised face with blue eyes and dark skin", seed)
        assert eyes.mood == "surprised" and eyes.colors["iris"] == "blue"


@pytest.mark.parametrize(
    ("prompt", "moods"),
    [("retrato de una niña feliz", {"happy", "smile"}), ("angry face", {"angry"}),
     ("face of a man", {"calm"}), ("cara triste", {"sad"})],
)  # fmt: skip
def test_moods_over_seeds(prompt: str, moods: set[str]) -> None:
    assert {look(prompt, seed).mood for seed in range(16)} == moods


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_a_face_is_drawn_and_made_again(tmp_path: Path) -> None:
    said, rgba = said_of("surprised face of a blonde woman")
    assert "parts drawn by hand" in said and rgba.shape == (32, 32, 4)
    call("draw", "cara triste con gafas", seed=4, out=tmp_path / "face.png")
    call("redo", tmp_path / "face.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "face.png").read_bytes()


def test_sizes_and_palettes() -> None:
    for width in (48, 64):
        assert said_of("angry face", width=width)[1].shape == (width, width, 4)
    _, rgba = said_of("angry face", palette="#000000,#ffffff,#c06040")
    colors = {tuple(map(int, one)) for one in rgba[rgba[..., 3] > 0][:, :3]}
    assert colors <= {(0, 0, 0), (255, 255, 255), (192, 96, 64)}


def test_the_network_draws_it_where_asked() -> None:
    quick = {"candidates": 1, "steps": 2, "drawn_by": "network"}
    assert "parts drawn by hand" not in said_of("angry face", **quick)[0]
    assert "parts drawn by hand" not in said_of("angry face", width=16, steps=2, candidates=1)[0]


TRADESPEOPLE = [names.split(", ")[0].lstrip("*") for names in NAMES_OF_TRADES.values()]


@pytest.mark.parametrize("calling", [*CALLINGS, *TRADESPEOPLE])
def test_the_face_of_every_calling_is_drawn_or_left(calling: str) -> None:
    look = face_of(understand(f"face of a {calling}"), 2)
    assert look is None or face_sprite(look).rgba().shape == (32, 32, 4)
    hat = (TRADES.get(trade_in(calling)[0]) or CALLINGS[calling]).hat
    if hat and hat not in (*HATS, "tricorn", "cowboy", "sailor", "horned"):
        assert look is None
