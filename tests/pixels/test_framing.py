"""Squares of a picture: what lies beyond the edge, and copies that are made once."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pincel.pixels.framing import Frame, Shrunk, framed_square

FRAMES = [
    Frame(3.2, 4.7, 20.0), Frame(-9.5, -3.0, 30.5), Frame(20.0, 25.0, 33.3),
    Frame(-8.0, -8.0, 70.0), Frame(60.0, 2.0, 10.0), Frame(-30.0, 50.0, 12.5),
]  # fmt: skip


def by_places(shown: np.ndarray, frame: Frame, pixels: int) -> np.ndarray:
    """The same, every pixel asked for by its place."""
    left, top = int(np.floor(frame.left)), int(np.floor(frame.top))
    rows = np.arange(top, int(np.ceil(frame.top + frame.side))).clip(0, len(shown) - 1)
    columns = np.arange(left, int(np.ceil(frame.left + frame.side))).clip(0, shown.shape[1] - 1)
    inner = shown[rows][:, columns]
    x, y = frame.left - left, frame.top - top
    box = (x, y, min(x + frame.side, len(columns)), min(y + frame.side, len(rows)))
    image = Image.fromarray(np.ascontiguousarray(inner[..., :3]))
    return np.asarray(image.resize((pixels, pixels), Image.Resampling.BILINEAR, box=box))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("channels", [3, 4])
def test_beyond_the_edge_the_edge_goes_on(frame: Frame, channels: int) -> None:
    shown = np.random.default_rng(1).integers(0, 256, (40, 50, channels), dtype=np.uint8)
    assert np.array_equal(framed_square(shown, frame, 40), by_places(shown, frame, 40))


def test_copies_are_made_once_and_change_nothing() -> None:
    shown = np.random.default_rng(2).integers(0, 256, (200, 180, 4), dtype=np.uint8)
    held = Shrunk(shown)
    for frame in (Frame(5, 5, 150), Frame(-20, 9, 170), Frame(0, 0, 100), Frame(30, 30, 40)):
        assert np.array_equal(framed_square(held, frame, 20), framed_square(shown, frame, 20))
    assert held.by(2) is held.by(2)
    assert held.by(1) is shown
