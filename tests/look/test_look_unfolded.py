"""Networks of things opened: what they say, how a thing comes out of it, where they looked."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.errors import PincelError
from pincel.look.models import find_model
from pincel.look.opened import opened
from pincel.look.unfolded import unfolded
from pincel.show.pages.unfolded import unfolded_page
from thing_files import cells


def smear() -> np.ndarray:
    """A large pale disk on a light ground, as a red cell is, (240, 320, 3) uint8."""
    y, x = np.mgrid[:240, :320]
    far = np.hypot(y - 120, x - 130)
    picture = np.full((240, 320, 3), (200, 205, 190), np.uint8)
    picture[far < 48] = (185, 130, 145)
    picture[far < 18] = (200, 160, 165)
    return picture


@pytest.mark.parametrize("family", ["boxes", "masks"])
def test_steps_lead_to_what_was_found(family: str) -> None:
    model = find_model({"boxes": "cells.smear", "masks": "cells.nuclei"}[family])
    picture = smear() if family == "boxes" else cells(4, 120, 150, 9)[0]
    told = unfolded(model, picture, "drawn")
    steps = dict(told.steps)
    if family == "boxes":
        assert steps["score"] == pytest.approx(told.thing.score, abs=1e-3)
        assert steps["score"] == pytest.approx((steps["centre"] * steps["fit"]) ** 0.5)
        assert steps["score"] >= steps["needed"] and set(told.planes) == {*told.classes, "fit"}
    else:
        assert told.thing.mask.area == steps["pixels"] <= steps["part"]
        assert steps["chance"] == pytest.approx(told.thing.score, abs=5e-3)
        assert np.allclose(told.planes["ground"] + told.planes["nucleus"], 1, atol=1e-5)
    assert told.heat.min() >= 0 and told.heat.max() == pytest.approx(1)
    assert all(plane.min() >= 0 and plane.max() <= 1 for plane in told.planes.values())
    left, top, right, bottom = told.thing.box
    rows, columns = told.heat.shape
    y, x = np.unravel_index(told.heat.argmax(), told.heat.shape)
    far = np.hypot((y + 0.5) / rows * picture.shape[0] - (top + bottom) / 2,
                   (x + 0.5) / columns * picture.shape[1] - (left + right) / 2)  # fmt: skip
    assert far < 80  # it looked at the thing, not elsewhere
    assert b"Grad-CAM" in unfolded_page("drawn", told)


def test_a_thing_is_chosen_by_class_or_number() -> None:
    model = find_model("cells.nuclei")
    picture = cells(4, 120, 150, 9)[0]
    assert unfolded(model, picture, target="2").chosen == 1
    with pytest.raises(PincelError, match="nucleus"):
        unfolded(model, picture, target="platelet")


@pytest.mark.parametrize("name", ["cells.smear", "cells.nuclei"])
def test_layers_are_those_of_the_picture_s_own_size(name: str) -> None:
    from pincel.learn.prepare import stacked
    from pincel.pixels.picture import Picture

    model = find_model(name)
    alpha = np.full((50, 70, 1), 255, np.uint8)
    picture = Picture((np.concatenate([cells(1, 50, 70)[0], alpha], 2),))
    told = opened(model, stacked([picture], model.about)[0])
    assert told.seen.shape[0] % 16 == told.seen.shape[1] % 16 == 0 and len(told.rows) > 20
