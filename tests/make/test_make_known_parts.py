"""Parts drawn by hand, laid where they are asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.art.lexicon import by_name
from pincel.art.people import HATS, HELD, part_alone
from pincel.calls import call
from pincel.make.edits.known_parts import part_of, with_part

PALETTE = np.array(
    [[20, 16, 28], [90, 96, 110], [150, 160, 175], [236, 240, 248], [214, 164, 40], [120, 70, 30]],
    np.uint8,
)


def ids(*names: str, color: str = "") -> list[int]:
    found = [by_name()["object", name] for name in names]
    return [*([by_name()["colour", color]] if color else []), *found]


def body() -> np.ndarray:
    """A bare figure, (32, 32) int16."""
    indices = np.full((32, 32), -1, np.int16)
    indices[8:28, 11:21] = 5
    return indices


@pytest.mark.parametrize("name", [*HATS, *HELD])
def test_every_part_stands_alone(name: str) -> None:
    rgba = part_alone(name, {})
    assert rgba[..., 3].any(0).all() and rgba[..., 3].any(1).all()
    assert 3 <= len(np.unique(rgba[rgba[..., 3] > 0], axis=0)) <= 12


def test_words_name_a_part_or_none() -> None:
    crown = part_of(ids("crown", color="gold"), PALETTE, False)
    assert crown is not None
    assert (crown == 4).any(), "gold where the picture has gold"
    assert part_of(ids("dragon"), PALETTE, False) is None
    assert part_of(ids("fire"), PALETTE, False) is None, "a torch is not asked for"
    assert part_of(ids("crown", "sword"), PALETTE, False) is None
    one, other = (part_of(ids("sword"), PALETTE, flipped) for flipped in (False, True))
    assert one is not None
    assert other is not None
    assert np.array_equal(one, other[:, ::-1])


def test_a_part_lies_in_its_place_and_nowhere_else() -> None:
    indices, mask = body(), np.zeros((32, 32), bool)
    mask[0:12, 8:24] = True
    made = with_part(indices, mask, ids("crown"), PALETTE)
    assert made is not None
    after, own = made
    assert np.array_equal(after[~mask], indices[~mask])
    assert 40 <= own.sum() <= mask.sum()
    assert own[:9].sum() > own[9:].sum(), "a crown lies on the head, not in it"
    huge = np.ones((128, 128), bool)
    large = np.full((128, 128), 5, np.int16)
    assert with_part(large, huge, ids("crown"), PALETTE) is None, "not lost in a large place"


def test_edit_lays_the_part_without_a_network(tmp_path: Path) -> None:
    rgba = np.zeros((32, 32, 4), np.uint8)
    rgba[8:28, 11:21] = (*PALETTE[5], 255)
    rgba[26:28, 11:21] = (*PALETTE[0], 255)
    rgba[20:22, 11:21] = (*PALETTE[2], 255)
    path = tmp_path / "a.png"
    Image.fromarray(rgba).save(path)
    made = call("edit", path, "sword", mask="0,4,11,24").rgba()
    seen = made[..., 3] > 0
    assert seen[4:28, :11].sum() >= 25
    assert np.array_equal(made[:, 11:], rgba[:, 11:])


@pytest.mark.parametrize("head", [5, 6, 8, 10, 12])
@pytest.mark.parametrize("name", ["hat", "helmet", "crown", "hood"])
def test_a_hat_is_as_large_as_the_head(name: str, head: int) -> None:
    """On a head of 6 pixels a crown of 12 hung over both sides (the parts' own people have 12)."""
    indices, mask = np.full((32, 32), -1, np.int16), np.zeros((32, 32), bool)
    left = 15 - head // 2
    indices[4:15, left : left + head] = 5
    indices[14:30, 8:23] = 4
    mask[0:13, 7:24] = True
    made = with_part(indices, mask, ids(name), PALETTE)
    assert made is not None
    after, own = made
    assert np.array_equal(after[~own], indices[~own])
    columns = np.flatnonzero(own.any(0))
    brim = 4 if name == "hat" else 2
    assert head - 2 <= len(columns) <= max(head, 8) + 2 * brim
    assert abs(columns.mean() - (left + (head - 1) / 2)) <= 1.5, "over the middle of the head"
    assert own[:4].any() and not own[14:].any()


def test_a_tuft_of_hair_does_not_hide_the_head() -> None:
    indices, mask = np.full((32, 32), -1, np.int16), np.zeros((32, 32), bool)
    indices[0:4, 18:21] = 3
    indices[4:14, 12:20] = 5
    indices[14:30, 9:23] = 4
    mask[0:12, 8:24] = True
    made = with_part(indices, mask, ids("crown"), PALETTE)
    assert made is not None and np.ptp(np.flatnonzero(made[1].any(0))) < 11
