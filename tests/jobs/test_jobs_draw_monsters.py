"""draw: monsters that the drawn parts show wholly are put together of them, in both languages."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from pincel.art.beasts import BeastLook, alternatives, beast_sprite, kinds
from pincel.calls import call
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.composers import composer_of
from pincel.make.words.monster import monster_of
from pincel.make.words.prompt import understand

NAMES: dict[str, str] = json.loads(
    (resources.files("pincel.art") / "monsters.json").read_text("utf-8")
)["kinds"]


def look(prompt: str, seed: int = 0) -> BeastLook:
    found = monster_of(understand(prompt), seed)
    assert found is not None, prompt
    return found


def test_every_monster_has_names() -> None:
    assert set(NAMES) == set(kinds("monsters"))
    for kind, names in NAMES.items():
        for name in names.split(", "):
            asked = understand(name)
            assert look(name).kind == kind, name
            drawn_by = type(composer_of(asked)).__name__
            assert drawn_by == "Monsters" or (kind, drawn_by) == ("mimic", "Items"), name


@pytest.mark.parametrize("kind", NAMES)
def test_eight_seeds_are_eight_monsters(kind: str) -> None:
    name = NAMES[kind].split(", ")[0]
    coloured = list(NAMES).index(kind) % 4 == 0
    for prompt in (name, f"small blue {name}") if coloured else (name,):
        made = {beast_sprite(look(prompt, seed)).rgba().tobytes() for seed in range(8)}
        assert len(made) == 8, prompt
        for seed in range(3):
            for group, part in look(prompt, seed).choices.items():
                assert part in alternatives(kind)[group]


@pytest.mark.parametrize("kind", NAMES)
def test_colours_are_obeyed(kind: str) -> None:
    from pincel.art.color_names import ramp
    from pincel.pixels.color import srgb_to_oklab

    for color in ("green", "purple"):
        for seed in range(2):
            rgba = beast_sprite(look(f"{color} {NAMES[kind].split(', ')[0]}", seed)).rgba()
            lab = srgb_to_oklab(rgba[rgba[..., 3] > 0][:, :3])
            near = np.linalg.norm(lab[:, None] - srgb_to_oklab(ramp(color))[None], axis=-1)
            assert (near.min(1) < 0.1).mean() > 0.06, (color, seed)


@pytest.mark.parametrize(
    ("prompt", "kind", "colors"),
    [
        ("stone golem", "golem", {"coat": "stone"}),
        ("gólem de hielo", "ice_golem", {}),
        ("golem de lava", "lava_golem", {}),
        ("iron golem with red eyes", "iron_golem", {"glow": "red"}),
        ("gólem de barro", "golem", {"coat": "clay"}),
        ("golden golem", "iron_golem", {"coat": "gold"}),
        ("sirena de pelo rojo", "mermaid", {"mane": "red"}),
        ("mermaid with a blue tail", "mermaid", {"coat": "blue"}),
        ("hada rosa con alas azules", "fairy", {"coat": "pink", "wing": "blue"}),
        ("elemental de agua", "water_elemental", {}),
        ("silver robot with red eyes", "robot", {"coat": "silver", "glow": "red"}),
        ("gigante de hielo", "giant", {"skin": "ice"}),
        ("golem gigante", "golem", {}),
        ("green cyclops", "cyclops", {"skin": "green"}),
        ("arpía azul", "harpy", {"wing": "blue"}),
        ("hada del bosque", "fairy", {"coat": "leaf"}),
        ("robot oxidado", "robot", {"coat": "rust"}),
        ("emerald golem", "ice_golem", {"coat": "green"}),
        ("ice phoenix", "phoenix", {"coat": "ice"}),
        ("monstruo de nieve", "yeti", {}),
        ("puño de hierro", "fist", {"coat": "iron"}),
        ("white centaur with black hair", "centaur", {"coat": "white", "mane": "black"}),
    ],
)
def test_what_is_said_holds_for_every_seed(prompt: str, kind: str, colors: dict) -> None:
    for seed in range(6):
        found = look(prompt, seed)
        assert found.kind == kind
        assert {role: found.colors.get(role) for role in colors} == colors


@pytest.mark.parametrize(
    ("prompt", "group", "part"),
    [
        ("cyclops with a club", "club", "club"), ("minotauro con hacha", "axe", "axe.great"),
        ("snowman without a hat", "hat", "-"), ("bearded giant", "beard", "beard.giant"),
        ("muñeco de nieve con bufanda roja", "scarf", "scarf"),
        ("winged sphinx", "wings", "wings.sphinx"), ("hada sin varita", "wand", "-"),
        ("horned monster", "horns", "horns.monster horns.monster.one"),
        ("naga with a spear", "weapon", "spear.naga"), ("gnoll con hacha", "weapon", "axe.gnoll"),
        ("merman with a trident", "trident", "trident.merman"),
        ("three-eyed monster", "eyes", "eyes.monster.three"),
        ("centauro sin arco", "weapon", "-"), ("centaur archer", "weapon", "bow.centaur"),
        ("kobold warrior", "weapon", "spear.kobold"),
    ],
)  # fmt: skip
def test_parts_that_are_said_are_there(prompt: str, group: str, part: str) -> None:
    assert {look(prompt, seed).choices[group] for seed in range(24)} == set(part.split())


@pytest.mark.parametrize(
    "prompt",
    ["winged golem", "two golems", "robot dog", "burning mummy", "golem and a mummy", "robot head",
     "sleeping giant", "golem with a hat", "angry fairy", "dragon", "mermaid on a rock",
     "golem with blue wings", "sword of the giant", "mummy without arms", "alien spaceship",
     "minotaur with a sword", "three-headed kraken", "fish", "golem de queso", "brazo de robot"],
)  # fmt: skip
def test_the_rest_is_left_to_others(prompt: str) -> None:
    assert monster_of(understand(prompt)) is None


def said_of(prompt: str, **more: object) -> tuple[str, np.ndarray]:
    events = list(Draw.model_validate({"prompt": prompt, **more}).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return " ".join(event.text for event in events if isinstance(event, Said)), made.rgba()


def test_a_monster_is_drawn_made_again_and_moves(tmp_path: Path) -> None:
    said, rgba = said_of("momia verde")
    assert "parts drawn by hand" in said and rgba.shape == (32, 32, 4)
    call("draw", "stone golem", seed=4, width=48, out=tmp_path / "golem.png")
    call("redo", tmp_path / "golem.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "golem.png").read_bytes()
    walk = call("draw", "robot", motion=("walk",), frames=4)
    assert len({frame.tobytes() for frame in walk.frames}) == 4
    hover = call("draw", "fire elemental", motion=("hover",), frames=4)
    assert len({int((frame >= 0).sum()) for frame in hover.frames}) == 1, "nothing is cut off"
