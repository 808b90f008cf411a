"""Buildings and plants by rules: whole, standing on the ground, every kind and seed another."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.kinds import SceneryLook
from pincel.art.masonry import ROOFS, WALLS
from pincel.art.scenery import KINDS, scenery_sprite
from pincel.pixels.color import srgb_to_oklab


def drawn(kind: str, seed: int = 0, side: int = 32, **more: object) -> np.ndarray:
    return scenery_sprite(SceneryLook(kind, seed, **more), side).rgba()  # type: ignore[arg-type]


def test_every_kind_is_another_picture() -> None:
    assert len({drawn(kind).tobytes() for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_eight_seeds_are_eight_pictures_that_stand_on_the_ground(kind: str) -> None:
    from skimage.measure import label

    made = []
    for seed in range(8):
        sprite = scenery_sprite(SceneryLook(kind, seed))
        shown = sprite.indices >= 0
        assert shown.shape == (32, 32) and len(sprite.palette) <= 31
        assert label(shown, connectivity=2).max() == 1, "nothing hangs loose"
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert rows[-1] >= 29, "it stands on the ground"
        assert max(np.ptp(rows), np.ptp(columns)) >= 22, "it fills the picture"
        made.append(sprite.rgba().tobytes())
    assert len(set(made)) == 8
    assert drawn(kind, 3).tobytes() == made[3]


@pytest.mark.parametrize("side", [48, 64])
def test_larger_ones_are_whole_too(side: int) -> None:
    from skimage.measure import label

    for kind in KINDS:
        for seed in range(6):
            shown = scenery_sprite(SceneryLook(kind, seed), side).indices >= 0
            assert label(shown, connectivity=2).max() == 1, (kind, seed)
            assert np.flatnonzero(shown.any(1))[-1] >= side - 3 * side / 32, (kind, seed)


@pytest.mark.parametrize("side", [48, 64])
def test_larger_ones_are_drawn_and_not_enlarged(side: int) -> None:
    from pincel.art.larger import larger

    for kind in ("tree", "house", "castle", "daisy"):
        look = SceneryLook(kind, 1)
        made = scenery_sprite(look, side)
        assert made.indices.shape == (side, side)
        grown = larger(scenery_sprite(look), side)
        assert (made.rgba() != grown.rgba()).any(-1).mean() > 0.1


def share(rgba: np.ndarray, color: str) -> float:
    """The share of the pixels that lie near a colour, in hue."""
    shown = rgba[rgba[..., 3] > 0][:, :3]
    asked = srgb_to_oklab(np.array([list(bytes.fromhex(color))], np.uint8))[0]
    lab = srgb_to_oklab(shown)
    return float((np.linalg.norm((lab - asked)[:, 1:], axis=1) < 0.09).mean())


@pytest.mark.parametrize(
    ("kind", "part", "least"),
    [("house", "roof", 0.1), ("house", "wall", 0.12), ("tower", "roof", 0.1),
     ("castle", "flag", 0.01), ("flower", "petal", 0.2), ("mushroom", "cap", 0.2),
     ("tree", "leaf", 0.3), ("tent", "cloth", 0.15), ("daisy", "centre", 0.02),
     ("shop", "awning", 0.03), ("windmill", "sail", 0.1)],
)  # fmt: skip
def test_parts_take_their_colours(kind: str, part: str, least: float) -> None:
    for seed in range(6):
        made = drawn(kind, seed, colors={part: "purple"}, more=frozenset([part]))
        assert share(made, "7d3fb5") >= least, seed


def test_materials_and_parts_show() -> None:
    assert len({drawn("house", wall=wall).tobytes() for wall in WALLS}) == len(WALLS)
    assert len({drawn("house", roof=roof).tobytes() for roof in ROOFS}) == len(ROOFS)
    for kind, part in (
        ("house", "chimney"), ("house", "window"), ("tower", "roof"), ("well", "roof"),
        ("castle", "flag"), ("mushroom", "spot"),
    ):  # fmt: skip
        for seed in range(4):
            there = drawn(kind, seed, more=frozenset([part]))
            gone = drawn(kind, seed, without=frozenset([part]))
            assert (there != gone).any(), (kind, part, seed)
    plain, snowy = drawn("pine"), drawn("pine", more=frozenset(["snow"]))
    assert (plain != snowy).any(-1).mean() > 0.03


def test_what_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn("spaceship")
    with pytest.raises(KeyError):
        drawn("house", colors={"roof": "octarine"})
