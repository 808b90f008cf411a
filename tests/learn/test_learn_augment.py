"""Changes of pictures: what each kind may and may not do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.learn import augment as module  # noqa: E402
from pincel.learn.augment import augment, changes, views_of_tensor  # noqa: E402
from pincel.learn.changes import KINDS, PARTS, changes_in  # noqa: E402


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_same_draws_make_the_same_pictures() -> None:
    pictures = torch.randn(16, 3, 12, 12, generator=seeded(0))
    for kind in KINDS:
        one, two = (augment(pictures, kind, seeded(5)) for _ in range(2))
        assert torch.equal(one, two) and one.shape == pictures.shape
        assert torch.equal(augment(pictures, kind, seeded(6)), one) == (kind == "none")
    assert augment(pictures, "none", seeded(1)) is pictures


def test_turned_and_mirrored_pictures_keep_every_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without shift, free turns and colour, a changed picture is one of the eight symmetries."""
    from dataclasses import replace

    still = replace(changes("cells"), shift=0.0, free=0.0, contrast=0.0, light=0.0)
    monkeypatch.setattr(module, "CELLS", still)
    picture = torch.randn(1, 2, 9, 9, generator=seeded(1))
    eight = [v[0] for v in views_of_tensor(picture, "cells")]
    assert all(not torch.allclose(a, b) for a, b in itertools.combinations(eight, 2))
    met = set()
    for changed in augment(picture.expand(200, -1, -1, -1), "cells", seeded(2)):
        close = [k for k, v in enumerate(eight) if torch.allclose(changed, v, atol=1e-4)]
        assert len(close) == 1
        met.add(close[0])
    assert met == set(range(8))


def test_light_changes_do_not_turn() -> None:
    """A picture bright above and dark below stays so."""
    picture = torch.ones(64, 1, 28, 28)
    picture[:, :, 14:] = -1
    changed = augment(picture, "light", seeded(3))
    assert (changed[:, :, :10].mean((1, 2, 3)) > 0.5).all()
    assert (changed[:, :, 18:].mean((1, 2, 3)) < -0.5).all()
    assert (changed == changed.flip(3)).all(), "nor move"
    wide = torch.randn(8, 1, 10, 20, generator=seeded(4))
    assert augment(wide, "cells", seeded(4)).shape == wide.shape
    assert (
        len(views_of_tensor(wide, "cells")) == 4 and len(views_of_tensor(wide, "mirror,light")) == 2
    )


def test_shifts_reach_as_far_as_they_say() -> None:
    column = torch.arange(28.0).expand(300, 1, 28, 28)  # each pixel knows its column
    moved = augment(column, "mirror,shift,light", seeded(9))[:, 0, 14, 10:18]
    steps = np.diff(moved.numpy(), axis=1)
    assert (np.abs(np.abs(steps) - 1) < 0.11).all()  # whole pixels, but for contrast


def test_each_part_does_what_it_says_and_no_more() -> None:
    picture = torch.zeros(1, 1, 21, 21)
    picture[0, 0, 10, 4] = 1  # one bright pixel, left of the middle
    many = picture.expand(300, -1, -1, -1)

    def places(kind: str) -> set[tuple[int, int]]:
        made = augment(many, kind, seeded(1))
        return {divmod(int(p.flatten().argmax()), 21) for p in made}

    assert places("none") == places("light") == {(10, 4)}
    assert places("mirror") == places("mirror,light") == {(10, 4), (10, 16)}
    assert places("turns") == {(10, 4), (10, 16), (4, 10), (16, 10)}
    assert places("shift") == {(10 + y, 4 + x) for y in range(-2, 3) for x in range(-2, 3)}
    assert places("shift,light") == places("shift")
    assert places("mirror,shift") == places("shift") | {(y, 20 - x) for y, x in places("shift")}
    shifted = augment(many, "shift", seeded(2))
    assert torch.allclose(shifted.amax((1, 2, 3)), torch.ones(300), atol=1e-4)


def test_averages_are_over_what_was_learned() -> None:
    square = torch.randn(2, 3, 8, 8, generator=seeded(0))
    counts = {kind: len(views_of_tensor(square, kind)) for kind in KINDS}
    assert counts == {"none": 1, "shift": 1, "light": 1, "shift,light": 1, "mirror": 2,
                      "mirror,shift,light": 2, "turns": 8, "cells": 8}  # fmt: skip


@pytest.mark.parametrize("came", ["", "mirror,sideways", "none,mirror", "Mirror"])
def test_other_names_are_refused_with_those_there_are(came: str) -> None:
    with pytest.raises(PincelError) as refused:
        changes_in(came)
    assert all(name in str(refused.value) for name in PARTS)
