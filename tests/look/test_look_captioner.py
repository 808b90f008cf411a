"""Captioners: the same through torch and ONNX, any picture fits, greedy and without repeats."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pincel.errors import PincelError
from pincel.look.captioner import captioner_sized, open_captioner
from pincel.look.wording import written_captions
from samples import face_picture, tiny_captioner, tiny_model


def test_onnx_says_what_torch_says(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    path = tiny_captioner(tmp_path / "tiny.safetensors")
    from pincel.look.onnx_captioner import export_captioner
    from pincel.nets._network import open_model

    here = open_captioner(path)
    assert here.engine == "torch"
    path.with_suffix(".onnx").write_bytes(export_captioner(open_model(path)))
    there = open_captioner(path)
    assert there.engine == "onnx" and there.words == here.words
    sprites = [face_picture(16), face_picture(40), np.zeros((5, 3, 4), np.uint8)]
    for one, two in zip(here.captions(sprites), there.captions(sprites), strict=True):
        assert one.words == two.words
        assert one.chance == pytest.approx(two.chance, abs=1e-5)
        assert np.allclose(one.shares, two.shares, atol=1e-5)


def test_greedy_takes_the_likeliest_new_word_until_the_end() -> None:
    rows = {0: [0.1, 3, 2, 0], 1: [0.5, 9, 2, 1], 2: [4, 9, 9, 1]}  # word 1, 2 (1 is said), end

    def step(pictures: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        scores = np.array([[rows[int(w)] for w in line] for line in words], np.float32)
        shares = np.zeros((len(words), 1, 2, words.shape[1], 4), np.float32)
        shares[..., words.shape[1] - 1] = 1
        return scores, shares

    (one,) = written_captions(step, np.zeros((1, 4, 8, 8), np.float32))
    assert one.words == (1, 2)
    powers = np.exp(np.array(rows[0]))
    assert one.chance[0] == pytest.approx(powers[1] / powers.sum(), rel=1e-5)
    assert np.array_equal(one.shares, [[[1, 0], [0, 0]], [[0, 1], [0, 0]]])


def test_any_picture_fits() -> None:
    small = face_picture(16)
    assert np.array_equal(
        captioner_sized(small, 32), np.where(small[..., 3:], small, 0).repeat(2, 0).repeat(2, 1)
    )
    large = np.zeros((100, 200, 4), np.uint8)
    large[40:60, 90:130] = (9, 8, 7, 255)
    seen = captioner_sized(large, 32)
    assert seen.shape == (32, 32, 4) and (seen[..., 3] > 0).sum() == 16 * 32
    assert set(np.unique(seen[..., 3])) == {0, 255}
    assert captioner_sized(np.zeros((90, 90, 4), np.uint8), 32).max() == 0


def test_another_network_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    with pytest.raises(PincelError, match="writes no captions"):
        open_captioner(tiny_model(tmp_path / "cnn.safetensors"))
    (tmp_path / "x.onnx").write_bytes(b"nothing")
    with pytest.raises(PincelError):
        open_captioner(tmp_path / "x.onnx")
