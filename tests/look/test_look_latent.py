"""Reckoning with codes: against scipy, and by what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import geometric_slerp

from pincel.errors import PincelError
from pincel.look.latent import (
    Term,
    attribute,
    by_number,
    combine,
    linear,
    parse_terms,
    principal,
    spherical,
    walk_between,
)

RNG = np.random.default_rng(4)
AT = np.linspace(0, 1, 9)


def unit(count: int, dims: int) -> np.ndarray:
    codes = RNG.normal(size=(count, dims))
    return codes / np.linalg.norm(codes, axis=1, keepdims=True)


@pytest.mark.parametrize("dims", [2, 3, 64])
def test_the_arc_is_scipys(dims: int) -> None:
    start, end = unit(2, dims)
    np.testing.assert_allclose(
        spherical(start, end, AT), geometric_slerp(start, end, AT), atol=1e-12
    )


def test_the_arc_stays_out_where_the_straight_way_cuts_inside() -> None:
    start, end = unit(2, 32) * 5
    arc = np.linalg.norm(spherical(start, end, AT), axis=1)
    chord = np.linalg.norm(linear(start, end, AT), axis=1)
    np.testing.assert_allclose(arc, 5, atol=1e-12)
    assert chord[4] < 4.5


def test_where_there_is_no_arc_the_way_is_straight() -> None:
    (code,) = unit(1, 8)
    for end in (code * 3, -code, np.zeros(8)):
        np.testing.assert_allclose(spherical(code, end, AT), linear(code, end, AT), atol=1e-9)
        assert np.isfinite(spherical(code, end, AT)).all()


@pytest.mark.parametrize("kind", ["linear", "spherical"])
def test_a_walk_passes_through_its_stops(kind: str) -> None:
    stops = RNG.normal(size=(4, 6))
    way = walk_between(stops, 5, kind)
    assert way.codes.shape == (16, 6)
    np.testing.assert_allclose(way.codes[::5], stops, atol=1e-12)
    assert way.stops.tolist() == [0] * 5 + [1] * 5 + [2] * 5 + [3]
    np.testing.assert_allclose(way.shares[:6], [0, 0.2, 0.4, 0.6, 0.8, 0])
    closed = walk_between(stops, 5, kind, closed=True)
    assert closed.codes.shape == (20, 6)
    np.testing.assert_allclose(closed.codes[:15], way.codes[:15])


def test_a_minus_a_plus_c_is_c() -> None:
    a, c = RNG.normal(size=(2, 20))
    np.testing.assert_allclose(combine([1, -1, 1], np.stack([a, a, c])), c, atol=1e-12)


def test_an_attribute_is_what_sets_groups_apart() -> None:
    codes, added = RNG.normal(size=(30, 7)), RNG.normal(size=7)
    np.testing.assert_allclose(attribute(codes + added, codes), added, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("a.png - b.png + c.png", [(1, "a.png"), (-1, "b.png"), (1, "c.png")]),
        ('"my face.png" - faces/with glasses/', [(1, "my face.png"), (-1, "faces/with glasses/")]),
        ("my-face.png", [(1, "my-face.png")]),
        ("- a + 0.5 * b-c", [(-1, "a"), (0.5, "b-c")]),
        ("'a - b.png' + 1,5 × c", [(1, "a - b.png"), (1.5, "c")]),
        ("a − b", [(1, "a"), (-1, "b")]),
        ('"a"-"b"', [(1, "a"), (-1, "b")]),
    ],
)
def test_sums_are_read(text: str, terms: list[tuple[float, str]]) -> None:
    assert parse_terms(text) == tuple(Term(weight, name) for weight, name in terms)


@pytest.mark.parametrize("text", ["", "   ", "2 * ", "- 2 * ", '"" + a'])
def test_what_is_no_sum_is_one_sentence(text: str) -> None:
    with pytest.raises(PincelError, match="space on both sides"):
        parse_terms(text)


def test_principal_directions_are_sklearns() -> None:
    from sklearn.decomposition import PCA

    codes = RNG.normal(size=(40, 6)) * np.array([5, 3, 2, 1, 0.5, 0.1]) + 2
    own, other = principal(codes, 3), PCA(3).fit(codes)
    np.testing.assert_allclose(own.mean, other.mean_)
    np.testing.assert_allclose(np.abs((own.axes * other.components_).sum(1)), 1, atol=1e-9)
    np.testing.assert_allclose(own.sigmas**2, other.explained_variance_)
    np.testing.assert_allclose(own.shares, other.explained_variance_ratio_)


def test_a_slider_moves_one_direction_and_keeps_the_others() -> None:
    codes = RNG.normal(size=(50, 5)) * np.array([4, 2, 1, 1, 1])
    found = principal(codes, 3)
    moved = found.moved(codes[7], 1, np.array([-3.0, 0.0, 2.0]))
    places = found.places(moved)
    np.testing.assert_allclose(places[:, 1], [-3, 0, 2], atol=1e-9)
    own = found.places(codes[7:8])[0]
    np.testing.assert_allclose(places[:, [0, 2]], np.tile(own[[0, 2]], (3, 1)), atol=1e-9)
    with pytest.raises(PincelError, match="at least 3"):
        principal(codes[:2], 2)


def test_equal_codes_have_no_directions() -> None:
    assert len(principal(np.ones((5, 4)), 3).axes) == 0


def test_numbers_that_say_nothing_are_left_out() -> None:
    rng = np.random.default_rng(0)
    codes = rng.normal(0, (2.0, 0.01, 1.0, 0.5), (200, 4))
    found, numbers = by_number(codes, np.array([0.8, 0.02, 2.5, 0.1]), 8)
    assert numbers.tolist() == [2, 0]  # by what they say, not by how far they spread
    np.testing.assert_allclose(found.shares, [2.5 / 3.42, 0.8 / 3.42])
    np.testing.assert_allclose(found.sigmas, codes.std(0, ddof=1)[[2, 0]])
    moved = found.moved(codes[0], 0, np.array([-1.0, 2.0]))
    assert (moved[:, [0, 1, 3]] == codes[0][[0, 1, 3]]).all()
    np.testing.assert_allclose(moved[:, 2], codes.mean(0)[2] + found.sigmas[0] * np.array([-1, 2]))
    with pytest.raises(PincelError, match="none of the 4 numbers"):
        by_number(codes, np.full(4, 0.05), 8)


def test_directions_keep_their_sign_when_numbers_change_places() -> None:
    """grad-cam 1.5.7's EigenCAM turns around in 15 of 100 orders of the same maps
    (findings/eigencam-shows-the-ground.sh)."""
    rng = np.random.default_rng(2)
    codes = rng.normal(size=(40, 6)) * [5, 3, 2, 1, 0.5, 0.2]
    axes = principal(codes, 4).axes
    for _ in range(50):
        order = rng.permutation(6)
        assert np.allclose(principal(codes[:, order], 4).axes, axes[:, order], atol=1e-9)
