"""A picture painted anew: what is not masked stays, and little noise changes little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.calls import call
from pincel.errors import PincelError
from pincel.make.latent.repaint import find_painter
from pincel.pixels.open import open_picture
from samples import tiny_coder, tiny_flow


def picture(side: int = 8) -> np.ndarray:
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (side, side, 3), dtype=np.uint8)


def test_only_the_mask_is_painted(tmp_path: Path) -> None:
    painter = find_painter(tiny_flow(tmp_path / "flow.safetensors"))
    given = picture()
    mask = np.zeros((8, 8), bool)
    mask[2:5, 3:7] = True
    made = painter.paint(open_picture(given), 3, 0.5, mask, steps=3).shown[0]
    assert np.array_equal(made[~mask][:, :3], given[~mask]) and (made[..., 3] == 255).all()
    assert not np.array_equal(made[mask][:, :3], given[mask])
    again = painter.paint(open_picture(given), 3, 0.9, mask, steps=3).shown[0]
    assert np.array_equal(made, again)  # strength says nothing behind a mask
    other = painter.paint(open_picture(given), 4, 0.5, mask, steps=3).shown[0]
    assert not np.array_equal(made, other)


def test_a_larger_picture_and_its_mask_shrink_together(tmp_path: Path) -> None:
    painter = find_painter(tiny_flow(tmp_path / "flow.safetensors"))
    small = picture()
    large = small.repeat(3, 0).repeat(3, 1)
    mask = np.zeros((24, 24), bool)
    mask[7, 20] = True  # one pixel of the block at row 2, column 6
    made, other = (
        painter.paint(open_picture(large), n, 0.5, mask, steps=2).shown[0] for n in (0, 9)
    )
    assert made.shape == (8, 8, 4)
    differ = (made != other).any(-1)
    assert differ[2, 6] and differ.sum() == 1


def test_little_noise_changes_little(tmp_path: Path) -> None:
    painter = find_painter(tiny_flow(tmp_path / "flow.safetensors"))
    given = picture()
    away = []
    for strength in (0.02, 0.9):
        made = painter.paint(open_picture(given), 0, strength, steps=4).shown[0]
        away.append(np.abs(made[..., :3].astype(int) - given).mean())
    assert away[0] < 12 < away[1]


def test_what_cannot_begin_from_a_picture_says_so(tmp_path: Path) -> None:
    with pytest.raises(PincelError, match="family diffusion"):
        find_painter(tiny_coder(tmp_path / "coder.safetensors"))
    model = tiny_flow(tmp_path / "flow.safetensors")
    with pytest.raises(PincelError, match="mask"):
        call("repaint", str(model), picture(), mask=np.ones((4, 4), bool), out=tmp_path / "a.png")
