"""Clearing up after a drawing network."""

from __future__ import annotations

import numpy as np

from pincel.art.tidy import crumbs, filled_holes, thrifty, tidy, touching_parts

LAB = np.array([[0.7, 0.1, 0.05], [0.1, 0, 0], [0.72, 0.1, 0.06], [1.0, 0, 0]], np.float32)
EVERYWHERE = np.ones((16, 16), bool)


def thing() -> np.ndarray:
    index = np.full((16, 16), -1)
    index[2:10, 2:10] = 0
    return index


def test_crumbs_and_loose_shadows_go_and_loose_things_stay() -> None:
    index = thing()
    index[14, 14] = 0  # a crumb
    index[12:14, 2:9] = 1  # a shadow that hangs on nothing
    index[2:6, 12:15] = 2  # a second thing
    found = crumbs(index, LAB, EVERYWHERE)
    assert found[14, 14] == -1
    assert (found[12:14] == -1).all()
    assert (found[2:6, 12:15] == 2).all()
    assert (found[2:10, 2:10] == 0).all()


def test_what_touches_by_a_corner_is_one_part() -> None:
    index = thing()
    index[10, 10] = 1
    assert (crumbs(index, LAB, EVERYWHERE) == index).all()
    assert len(np.unique(touching_parts(index >= 0))) == 2


def test_what_is_not_free_is_never_touched() -> None:
    index = thing()
    index[14, 14], index[5, 5] = 0, -1
    nowhere = np.zeros((16, 16), bool)
    assert (tidy(index, LAB, nowhere) == index).all()
    here = nowhere.copy()
    here[5, 5] = True
    found = tidy(index, LAB, here)
    assert found[5, 5] == 0
    assert found[14, 14] == 0


def test_pinholes_are_filled_and_real_holes_stay() -> None:
    index = thing()
    index[4, 4] = -1
    index[6:8, 6:8] = -1
    found = filled_holes(index, EVERYWHERE)
    assert found[4, 4] == 0
    assert (found[6:8, 6:8] == -1).all()


def test_spare_colours_go_and_a_glint_stays() -> None:
    index = thing()
    index[4, 4], index[6, 6] = 2, 3
    found = thrifty(index, LAB, EVERYWHERE)
    assert found[4, 4] == 0
    assert found[6, 6] == 3


def test_nothing_stays_nothing() -> None:
    empty = np.full((16, 16), -1)
    assert (tidy(empty, LAB) == -1).all()
