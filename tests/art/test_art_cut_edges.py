"""The rim of a cut-out, and what hangs loose after it."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art import cut_edges, cutout


def badge(colors: tuple, ground: tuple, size: int = 240) -> tuple[np.ndarray, np.ndarray]:
    """A smooth-edged disc in sectors of these colours on a ground, and how much of each pixel it
    covers."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    cover = np.clip(size * 0.35 - np.hypot(x, y) + 0.5, 0, 1)
    sector = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * len(colors)).astype(int) % len(colors)
    painted = np.array(colors, float)[sector]
    rgb = painted * cover[..., None] + np.array(ground, float) * (1 - cover[..., None])
    return np.dstack([np.rint(rgb), np.full(cover.shape, 255)]).astype(np.uint8), cover


@pytest.mark.parametrize("ground", [(255, 255, 255), (20, 24, 30), (90, 200, 120)])
def test_no_colour_of_the_background_is_left_in_the_rim(ground: tuple) -> None:
    colors = ((220, 60, 50), (250, 190, 10), (60, 90, 230))
    rgba, cover = badge(colors, ground)
    plain = cutout.cut(rgba)
    clean = cutout.cut(rgba, unmix=True)
    strange = [
        sum(tuple(c) not in colors for c in one[one[..., 3] > 0][:, :3].tolist())
        for one in (plain, clean)
    ]
    assert strange[0] > 100  # there was something to take away
    assert strange[1] <= 4  # where two colours of the subject meet at its rim
    assert (clean[..., 3] > 0).sum() == pytest.approx(cover.sum(), rel=0.01)


def test_a_light_rim_that_was_drawn_stays() -> None:
    """A sticker's border is wider than a mixture and of a colour of its own."""
    rgba, _ = badge(((220, 60, 50),), (40, 60, 140))
    y, x = np.mgrid[0:240, 0:240] - 119.5
    ring = (np.hypot(x, y) < 84) & (np.hypot(x, y) > 72)
    rgba[ring] = (255, 250, 230, 255)
    clean = cutout.cut(rgba, unmix=True)
    kept = (clean[..., :3] == (255, 250, 230)).all(-1) & (clean[..., 3] > 0)
    assert kept[ring].mean() > 0.97


def test_thin_parts_keep_their_colour() -> None:
    rgba, _ = badge(((220, 60, 50),), (255, 255, 255))
    rgba[20:60, 118:121] = (120, 60, 20, 255)  # a stalk of three pixels
    clean = cutout.cut(rgba, unmix=True)
    assert (clean[24:30, 119] == (120, 60, 20, 255)).all()


def test_loose_pieces_are_counted() -> None:
    hidden = np.ones((20, 20), bool)
    assert cut_edges.floating(hidden) == (0, 0.0)
    hidden[10:18, 4:16] = False
    assert cut_edges.floating(hidden) == (0, 0.0)
    hidden[4, 6] = False  # a crumb
    assert cut_edges.floating(hidden)[0] == 0
    hidden[4:6, 6:8] = hidden[4:6, 12:14] = False
    count, share = cut_edges.floating(hidden)
    assert count == 2 and share == pytest.approx(8 / 104)
