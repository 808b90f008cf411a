"""Changes of pictures: what each kind may and may not do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.learn.augment import CHANGES, KINDS, augment, views  # noqa: E402


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

    still = replace(CHANGES["cells"], shift=0.0, free=0.0, contrast=0.0, light=0.0)
    monkeypatch.setitem(CHANGES, "cells", still)
    picture = torch.randn(1, 2, 9, 9, generator=seeded(1))
    eight = [v[0] for v in views(picture, "cells")]
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
    wide = torch.randn(8, 1, 10, 20, generator=seeded(4))
    assert augment(wide, "cells", seeded(4)).shape == wide.shape
    assert len(views(wide, "cells")) == 4 and len(views(wide, "light")) == 2


def test_shifts_reach_as_far_as_they_say() -> None:
    column = torch.arange(28.0).expand(300, 1, 28, 28)  # each pixel knows its column
    moved = augment(column, "light", seeded(9))[:, 0, 14, 10:18]
    steps = np.diff(moved.numpy(), axis=1)
    assert (np.abs(np.abs(steps) - 1) < 0.11).all()  # whole pixels, but for contrast
