"""draw: animals that the drawn parts show wholly are put together of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.art.beasts import BeastLook, alternatives, beast_sprite, kinds
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.beast import NAMES, beast_of
from pincel.make.words.prompt import understand


def look(prompt: str, seed: int = 0) -> BeastLook:
    found = beast_of(understand(prompt), seed)
    assert found is not None, prompt
    return found


def test_every_animal_has_names_in_both_languages() -> None:
    assert set(NAMES) == set(kinds())
    for kind, names in NAMES.items():
        for name in names.split(", "):
            assert look(name).kind == kind, name


@pytest.mark.parametrize("kind", kinds())
def test_eight_seeds_are_eight_animals(kind: str) -> None:
    name = NAMES[kind].split(", ")[0]
    for prompt in (name, f"blue {name}"):
        made = {beast_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert len(made) == 8
        assert beast_sprite(look(prompt, 3)).rgba().tobytes() in made


@pytest.mark.parametrize(
    "prompt",
    ["cat with wings", "zombie dog", "stone lion", "two cats", "a cat and a dog", "dog face",
     "cara de gato", "perro con sombrero", "burning horse", "sleeping cat", "dragon", "catfish",
     "owlbear", "dead fish", "gato en una caja", "horse riding", "dog without a tail", "red",
     "robot dog", "una llama", "ice wolf", "winged horse", "werewolf", "centaur", "bat wing"],
)  # fmt: skip
def test_the_rest_is_left_to_the_network(prompt: str) -> None:
    assert beast_of(understand(prompt)) is None


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(12):
        assert look("gato negro", seed).colors["coat"] == "black"
        assert look("brown monkey", seed).colors["coat"] == "brown"
        both = look("gato blanco y negro", seed)
        assert (both.colors["coat"], both.colors["mark"]) == ("white", "black")
        assert both.choices["pattern"] != "-"
        assert look("striped cat", seed).choices["pattern"] == "tabby"
        assert "spot" in look("perro moteado", seed).choices["pattern"]
        horse = look("caballo marrón con crin blanca", seed)
        assert (horse.colors["coat"], horse.colors["mane"]) == ("brown", "white")
        assert look("cat with green eyes", seed).colors["iris"] == "green"
        assert look("unicornio rosa con cuerno dorado", seed).colors["horn"] == "gold"
        assert look("caracol con concha azul", seed).colors["shell"] == "blue"
        assert look("a small red dog", seed).high < 0.9
        assert look("cute raccoon", seed) == look("raccoon", seed)
        assert look("adorable koala", seed) == look("koala", seed)
        assert look("llama", seed).kind == "llama"


@pytest.mark.parametrize("color", ["red", "blue", "green", "purple", "yellow"])
@pytest.mark.parametrize("kind", ["cat", "pig", "elephant", "owl", "fish", "spider", "snail"])
def test_colours_are_obeyed(color: str, kind: str) -> None:
    from pincel.art.color_names import ramp
    from pincel.pixels.color import srgb_to_oklab

    name = NAMES[kind].split(", ")[0]
    for seed in range(3):
        rgba = beast_sprite(look(f"{color} {name}", seed)).rgba()
        lab = srgb_to_oklab(rgba[rgba[..., 3] > 0][:, :3])
        near = np.linalg.norm(lab[:, None] - srgb_to_oklab(ramp(color))[None], axis=-1).min(1)
        assert (near < 0.1).mean() > 0.25


def test_choices_are_of_the_animal() -> None:
    for kind in kinds():
        for seed in range(6):
            for group, part in look(NAMES[kind].split(", ")[0], seed).choices.items():
                assert part in alternatives(kind)[group]


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_an_animal_is_drawn_and_made_again(tmp_path: Path) -> None:
    said, rgba = said_of("lobo")
    assert "parts drawn by hand" in said and rgba.shape == (32, 32, 4)
    call("draw", "tiburón gris", seed=4, out=tmp_path / "shark.png")
    call("redo", tmp_path / "shark.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "shark.png").read_bytes()


def test_sizes_palettes_and_motion() -> None:
    for width in (48, 64):
        assert said_of("brown monkey", width=width)[1].shape == (width, width, 4)
    _, rgba = said_of("pink pig", palette="#000000,#ffffff,#c06040")
    colors = {tuple(map(int, one)) for one in rgba[rgba[..., 3] > 0][:, :3]}
    assert colors <= {(0, 0, 0), (255, 255, 255), (192, 96, 64)}
    for prompt, motion in (("horse", "walk"), ("snail", "walk"), ("owl", "idle")):
        made = call("draw", prompt, motion=(motion,), frames=4)
        large = call("draw", prompt, motion=(motion, "idle"), frames=3, width=64)
        assert {frame.shape for frame in large.frames} == {(64, 64)} and len(large.frames) >= 3
        assert len(made.frames) == 4 and [tag.name for tag in made.tags] == [motion]


def test_the_network_draws_it_where_asked() -> None:
    quick = {"candidates": 1, "steps": 2}
    said, _ = said_of("cat", drawn_by="network", **quick)
    assert "parts drawn by hand" not in said
    assert "parts drawn by hand" not in said_of("cat", width=16, **quick)[0]
    said, rgba = said_of("cat", width=16)
    assert "parts drawn by hand" in said and rgba.shape == (16, 16, 4)
