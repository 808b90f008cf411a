"""Drawing by denoising, with stand-ins for the network whose right answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.denoise import (
    Way,
    colors_of_picture,
    denoise,
    few_colors,
    nearest_entry,
    picture_of_colors,
)
from pincel.pixels.color import srgb_to_oklab

SIDE = 8


def target(rng: np.random.Generator, count: int = 1) -> np.ndarray:
    lab = srgb_to_oklab(rng.integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8))
    return picture_of_colors(lab.astype(np.float32), rng.random((count, SIDE, SIDE)) < 0.6)


def words(count: int) -> np.ndarray:
    return np.tile(np.array([[3, 0, 9]]), (count, 1))


def test_there_and_back() -> None:
    rng = np.random.default_rng(0)
    lab = srgb_to_oklab(rng.integers(0, 256, (2, 5, 5, 3), dtype=np.uint8)).astype(np.float32)
    opaque = rng.random((2, 5, 5)) < 0.5
    x = picture_of_colors(lab, opaque)
    assert x.shape == (2, 4, 5, 5)
    assert (x[:, 3][~opaque] == -1).all()
    assert (np.moveaxis(x[:, :3], 1, -1)[~opaque] == 0).all()
    back, seen = colors_of_picture(x)
    assert np.array_equal(seen, opaque)
    assert np.allclose(back[opaque], lab[opaque], atol=1e-5)


@pytest.mark.parametrize("steps", [1, 2, 9])
def test_who_sees_the_picture_ends_at_it(steps: int) -> None:
    rng = np.random.default_rng(1)
    goal = target(rng, 3)
    made = denoise(lambda x, t, w, h: goal, words(3), SIDE, [1, 2, 3], Way(steps, 1.0))
    assert np.allclose(made, goal, atol=1e-6)


def test_the_way_is_that_of_the_schoolbook_flow() -> None:
    """Against pincel.nets._samplers.euler, with a linear stand-in for the network."""
    torch = pytest.importorskip("torch", reason="the oracle needs pincel[nets]")
    from pincel.nets import _samplers
    from pincel.nets._schedules import Schedule

    rng = np.random.default_rng(2)
    goal = target(rng, 2)
    made = denoise(lambda x, t, w, h: 0.3 * x + 0.5 * goal, words(2), SIDE, [4, 5], Way(6, 1.0))
    start = np.stack(
        [np.random.default_rng([s, SIDE]).standard_normal((4, SIDE, SIDE), np.float32)
         for s in (4, 5)]
    )  # fmt: skip
    looks = _samplers.euler(
        Schedule("flow"),
        lambda x, t: (0.3 * x + 0.5 * torch.from_numpy(goal)).clamp(-1.25, 1.25),
        torch.from_numpy(start),
        _samplers.falling_times(6),
    )
    seen = [look.seen.numpy() for look in looks]
    assert np.allclose(made, seen[-1], atol=1e-4)


def test_guidance_goes_past_what_words_say_and_the_style_stays() -> None:
    asked: list[np.ndarray] = []
    goal = target(np.random.default_rng(3)) * 0.2

    def see(x: np.ndarray, t: np.ndarray, said: np.ndarray, planes: np.ndarray) -> np.ndarray:
        asked.append(said.copy())
        assert planes.shape == (len(x), 7, SIDE, SIDE)
        return np.where((said[:, :1] > 0)[..., None, None], goal, 0).astype(np.float32)

    told: list[np.ndarray] = []
    denoise(see, words(1), SIDE, [1], Way(10, 3.0), told=lambda n, x: told.append(x.copy()))
    twice = [said for said in asked if len(said) == 2]
    assert 0 < len(twice) < len(asked)
    assert (twice[0][1] == [0, 0, 9]).all()
    strongest = max(np.abs(x).max() for x in told)
    assert np.isclose(strongest, 3 * np.abs(goal).max(), rtol=1e-3)


def test_only_what_is_told_to_goes_on() -> None:
    goal = target(np.random.default_rng(6), 4)
    seen: list[int] = []

    def told(step: int, x: np.ndarray) -> np.ndarray | None:
        seen.append(len(x))
        return np.array([1, 3]) if step == 2 else None

    def see(x: np.ndarray, t: np.ndarray, w: np.ndarray, h: np.ndarray) -> np.ndarray:
        return 0.3 * x + 0.5 * (goal if len(x) == 4 else goal[[1, 3]])

    way = Way(5, 1.0)
    made = denoise(see, words(4), SIDE, [1, 2, 3, 4], way, told=told)
    whole = denoise(see, words(4), SIDE, [1, 2, 3, 4], way)
    assert seen == [4, 4, 2, 2, 2]
    assert np.array_equal(made, whole[[1, 3]])


def test_what_is_known_stays_and_seeds_are_their_own() -> None:
    rng = np.random.default_rng(4)
    goal, own = target(rng), target(rng, 2)
    known = rng.random((2, SIDE, SIDE)) < 0.5

    def see(x: np.ndarray, t: np.ndarray, said: np.ndarray, planes: np.ndarray) -> np.ndarray:
        return 0.5 * x + 0.5 * goal

    made = denoise(see, words(2), SIDE, [7, 8], Way(4), picture=own, known=known)
    kept = known[:, None] & np.ones_like(made, bool)
    assert np.array_equal(made[kept], own[kept])
    alone = denoise(see, words(1), SIDE, [8], Way(4), picture=own[1:], known=known[1:])
    assert np.array_equal(made[1:], alone)
    assert not np.array_equal(made[0][~kept[0]], made[1][~kept[0]])


def test_a_palette_draws_colours_to_it() -> None:
    colors = srgb_to_oklab(np.array([[200, 30, 30], [30, 60, 200]], np.uint8)).astype(np.float32)
    goal = target(np.random.default_rng(5))
    see = lambda x, t, w, h: goal  # noqa: E731
    free = denoise(see, words(1), SIDE, [1], Way(8))
    held = denoise(see, words(1), SIDE, [1], Way(8), colors=colors)
    _, opaque = colors_of_picture(free)

    def off(x: np.ndarray) -> float:
        lab = colors_of_picture(x)[0][opaque]
        return float(np.linalg.norm(lab - colors[nearest_entry(lab, colors)], axis=-1).mean())

    assert np.array_equal(colors_of_picture(held)[1], opaque)
    assert off(held) < 0.5 * off(free)


def test_few_colours_are_few_and_near() -> None:
    rng = np.random.default_rng(6)
    true = srgb_to_oklab(np.array([[250, 0, 0], [0, 200, 0], [30, 30, 250]], np.uint8))
    place = rng.integers(0, 3, 90)
    lab = (true[place] + rng.normal(0, 0.004, (90, 3))).astype(np.float32)
    colors, found = few_colors(lab, 16, 0.06)
    assert len(colors) == 3
    assert np.allclose(colors[found], true[place], atol=0.02)
    many = srgb_to_oklab(rng.integers(0, 256, (200, 3), dtype=np.uint8)).astype(np.float32)
    colors, found = few_colors(many, 5, 0.06)
    assert len(colors) == 5
    assert sorted(np.unique(found)) == [0, 1, 2, 3, 4]
    one, found = few_colors(many[:1], 5, 0.06)
    assert np.allclose(one, many[:1])
    assert found.tolist() == [0]
