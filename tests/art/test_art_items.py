"""Items by rules: every kind and form is another picture, whole, large and in its colours."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from skimage.measure import label

from pincel.art.bench import ItemLook
from pincel.art.item_matter import OF
from pincel.art.sprite import Sprite
from pincel.art.wares import KINDS, item_sprite
from pincel.learn.captions import color_shares


@cache
def seen(kind: str, seed: int, form: str = "") -> Sprite:
    """A kind and form as a seed gives it, drawn once for all tests."""
    return item_sprite(ItemLook(kind, seed, form=form))


ALL = [(kind, form) for kind, rules in KINDS.items() for form in ("", *rules.forms)]


def test_every_kind_is_another_picture() -> None:
    drawn = {kind: seen(kind, 0).rgba().tobytes() for kind in KINDS if kind != "bottle"}
    assert len(set(drawn.values())) == len(drawn) >= 45


@pytest.mark.parametrize(("kind", "form"), ALL)
def test_it_is_whole_and_large(kind: str, form: str) -> None:
    for seed in range(8):
        sprite = seen(kind, seed, form)
        shown = sprite.indices >= 0
        assert shown.shape == (32, 32) and len(sprite.palette) <= 31
        sizes = np.bincount(label(shown, connectivity=2).ravel())[1:]
        assert sizes.max() > 0.8 * shown.sum(), (kind, form, seed)
        rows, columns = np.flatnonzero(shown.any(1)), np.flatnonzero(shown.any(0))
        assert max(np.ptp(rows), np.ptp(columns)) >= 21, (kind, form, seed)
        border = np.concatenate([shown[0], shown[-1], shown[:, 0], shown[:, -1]])
        inner = np.concatenate([sprite.indices[0], sprite.indices[-1],
                                sprite.indices[:, 0], sprite.indices[:, -1]])  # fmt: skip
        light = sprite.palette[inner[border]].astype(int).max(-1) if border.any() else np.zeros(1)
        assert light.max() < 110, "only the outline touches the border"


@pytest.mark.parametrize("kind", KINDS)
def test_seeds_and_colours(kind: str) -> None:
    made = {seen(kind, seed).rgba().tobytes() for seed in range(8)}
    assert len(made) == 8
    again = item_sprite(ItemLook(kind, 3)).rgba().tobytes()
    assert again in made
    for main in KINDS[kind].main[:1]:
        for seed in range(6):
            color = ("red", "blue", "green")[seed % 3]
            rgba = item_sprite(ItemLook(kind, seed, {main: color})).rgba()
            assert color_shares(rgba).get(color, 0) > 0.12, (color, seed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_is_named_is_seen(kind: str) -> None:
    for part in KINDS[kind].parts:
        form = "open" if (kind, part) == ("chest", "hoard") else ""
        for seed in range(4):
            look = ItemLook(kind, seed, form=form, more=frozenset((part,)))
            one, other = (
                item_sprite(replace(look, colors={part: color})).rgba() for color in ("red", "blue")
            )
            assert (one != other).any(-1).sum() >= 2, (part, seed)


def test_sizes() -> None:
    small = item_sprite(ItemLook("potion", size=0.74)).indices >= 0
    whole = item_sprite(ItemLook("potion")).indices >= 0
    assert 0.4 * whole.sum() < small.sum() < 0.75 * whole.sum()
    for side in (48, 64):
        shown = item_sprite(ItemLook("sword", 2), side).indices >= 0
        assert shown.shape == (side, side) and np.ptp(np.flatnonzero(shown.any(1))) > 0.8 * side


def test_what_nobody_knows() -> None:
    for look in (ItemLook("vorpal"), ItemLook("sword", colors={"blade": "octarine"})):
        with pytest.raises(KeyError):
            item_sprite(look)
    assert {group for group, _ in OF.values()} >= {"metal", "wood", "jewel"}
