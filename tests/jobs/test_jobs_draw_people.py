"""draw: people whom the drawn parts show wholly are put together of them; the rest is the
network's."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel.art.sprite import Sprite
from pincel.calls import call
from pincel.errors import PincelError
from pincel.job import Made, Said
from pincel.jobs.generate.draw import Draw
from pincel.make.words.callings import CALLINGS, NAMES_OF_TRADES, TRADES
from pincel.make.words.person import person_of, wholly
from pincel.make.words.prompt import understand
from pincel.make.words.trades import trade_in
from pincel.words.unaccented import unaccented


def drawn(prompt: str, **more: Any) -> tuple[Sprite, str]:
    """The sprite, and all that was said."""
    events = list(Draw(prompt=prompt, **more).run())
    (made,) = [event.value for event in events if isinstance(event, Made)]
    return made, " ".join(event.text for event in events if isinstance(event, Said))


NAMED = [one.lstrip("*") for names in NAMES_OF_TRADES.values() for one in names.split(", ")]


@pytest.mark.parametrize(
    "prompt",
    ["king", "red-haired knight with a sword", "mago con barba blanca", "evil demon", "bruja",
     "knight without a helmet", "mujer con vestido azul", "old wizard", "girl with glasses",
     "abuela con gafas", "pirate with an eye patch", "pirata con parche en el ojo",
     "mujer con alas", "angel with golden wings", "female doctor", *CALLINGS, *NAMED],
)  # fmt: skip
def test_parts_show_it_wholly(prompt: str) -> None:
    assert wholly(understand(prompt))


@pytest.mark.parametrize(
    "prompt",
    ["red dragon", "wizard hat", "skeleton key", "two knights", "a king and a sword", "fire demon",
     "king riding a horse", "pirate with a parrot", "estatua de un rey", "goblin in a cave",
     "orc with fins", "iron knight", "red"],
)  # fmt: skip
def test_parts_leave_it_to_the_network(prompt: str) -> None:
    assert not wholly(understand(prompt))


@pytest.mark.parametrize("trade", TRADES)
def test_every_name_of_a_trade_is_that_trade(trade: str) -> None:
    looks = set()
    for name in NAMES_OF_TRADES[trade].split(", "):
        plain = name.lstrip("*")
        assert trade_in(plain) == (trade, unaccented(plain))
        look = person_of(understand(plain)).look
        assert look.hat == TRADES[trade].hat and look.clothes == TRADES[trade].clothes
        if name.startswith("*"):
            assert look.hair == "long" and not look.more & {"beard", "moustache"}
        else:
            looks.add(str(sorted(look.more)) + look.hair + look.right)
    assert len(looks) <= 1, "all names are of one look"


def test_what_a_trade_is_told_as() -> None:
    assert "Understood: doctor." in drawn("doctor")[1]
    assert "2 × doctor, nurse" in drawn("two doctors and a nurse")[1]
    assert "Understood: cottage." in drawn("cottage")[1]


def test_glasses_a_patch_and_wings_are_put_on() -> None:
    for prompt, more in (
        ("woman with glasses", "glasses"),
        ("pirata con un parche", "patch"),
        ("knight with white wings", "wings"),
        ("man with a moustache", "moustache"),
    ):
        assert more in person_of(understand(prompt)).look.more
    golden, white = (person_of(understand(f"angel{x}")).look for x in (" with golden wings", ""))
    assert (golden.colors["cape"], white.colors["cape"]) == ("gold", "white")
    assert "halo" in white.more


def test_a_king_is_of_parts_and_is_made_again(tmp_path: Path) -> None:
    made, said = drawn("king")
    assert made.rgba().shape == (32, 32, 4) and not made.tags
    assert "parts drawn by hand" in said and "--drawn-by network" in said
    call("draw", "king", out=tmp_path / "king.png")
    call("redo", tmp_path / "king.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "king.png").read_bytes()


def test_other_seeds_are_other_kings() -> None:
    kings = [drawn("king", seed=seed)[0].rgba() for seed in range(6)]
    assert len({king.tobytes() for king in kings}) >= 5
    shapes = {(king[..., 3] > 0).tobytes() for king in kings}
    assert len(shapes) == 1, "every king has the crown, and the same body"


def test_what_is_said_holds_for_every_seed() -> None:
    for seed in range(5):
        rgba = drawn("king in a green robe with a black beard", seed=seed)[0].rgba()
        colors = rgba[rgba[..., 3] > 0][:, :3].astype(int)
        green = (colors[:, 1] > colors[:, 0] + 30) & (colors[:, 1] > colors[:, 2] + 20)
        assert green.sum() > 60


@pytest.mark.parametrize("more", [{"drawn_by": "network"}, {"guidance": 2.0},
                                  {"candidates": 2}, {"steps": 3}])  # fmt: skip
def test_what_only_the_network_can_do_is_its(more: dict[str, Any]) -> None:
    quick = {"candidates": 1, "steps": 2} | more if "drawn_by" in more else more
    assert "parts drawn by hand" not in drawn("king", **quick)[1]


def test_a_network_king_is_made_again(tmp_path: Path) -> None:
    call("draw", "king", drawn_by="network", out=tmp_path / "king.png")
    call("redo", tmp_path / "king.png", out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "king.png").read_bytes()


def test_a_person_in_motion_has_legs() -> None:
    made, _ = drawn("knight", motion=("walk", "idle"), frames=4)
    assert [tag.name for tag in made.tags] == ["walk", "idle"]
    assert len(made.frames) == 8
    of_views, _ = drawn("knight", motion=("walk",), views=("front",))
    assert np.array_equal(made.frames[1] >= 0, of_views.frames[1] >= 0)


def test_views_are_never_the_networks() -> None:
    with pytest.raises(PincelError, match="--drawn-by network"):
        call("draw", "king", views=("front",), drawn_by="network")


def test_a_larger_person_is_the_same_one(tmp_path: Path) -> None:
    call("draw", "king", width=64, out=tmp_path / "king.png")
    with Image.open(io.BytesIO((tmp_path / "king.png").read_bytes())) as image:
        assert image.size == (64, 64)


def test_a_recipe_from_before_the_setting_was_renamed_is_redone(tmp_path: Path) -> None:
    from pincel.recipe.recipe import read_recipe, stamp, strip_recipe

    for by in ("parts", "network"):
        call("draw", "king", drawn_by=by, out=tmp_path / "king.png", force=True)
        data = (tmp_path / "king.png").read_bytes()
        made = read_recipe(data)
        assert made is not None and made["settings"].pop("drawn_by") == by
        made["settings"]["person"] = by
        (tmp_path / "king.png").write_bytes(stamp(strip_recipe(data), made))
        call("redo", tmp_path / "king.png", out=tmp_path / f"{by}.png")
        assert (tmp_path / f"{by}.png").read_bytes() == data
