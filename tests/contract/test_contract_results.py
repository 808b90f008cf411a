"""An option that is taken changes what comes out: a result with it is another one than without, on
an input where it must matter, or it is refused in a sentence that names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import pincel
from pincel.errors import PincelError
from samples import face_picture

OTHER: dict[str, Any] = {
    "size": 5, "sigma": 2.5, "stride": 3, "padding": "valid", "channel": "red",
    "convolution": True, "low": 50.0, "high": 300.0,
}  # fmt: skip
KERNELS = ("sobel", "sobel-x", "canny", "gaussian", "box", "emboss", "0,1,0;1,0,0;0,0,2")
SAME = {("gaussian", "convolution"), ("box", "convolution"), ("sobel", "convolution")}
"""Where it is right that nothing changes: a kernel that is its own turn, or the length of a vector
that is turned around."""


@pytest.mark.parametrize("option", OTHER)
@pytest.mark.parametrize("kernel", KERNELS)
def test_an_option_of_filter_changes_the_answer_or_is_refused(kernel: str, option: str) -> None:
    noise = np.random.default_rng(0).integers(-90, 90, face_picture()[..., :3].shape)
    face = np.clip(face_picture()[..., :3] + noise, 0, 255).astype(np.uint8)
    plain = pincel.call("filter", face, kernel=kernel)
    try:
        other = pincel.call("filter", face, kernel=kernel, **{option: OTHER[option]})
    except PincelError as refused:
        assert f"--{option}" in str(refused) and "--kernel" in str(refused)
        return
    same = np.array_equal(np.asarray(plain), np.asarray(other))
    assert same == ((kernel, option) in SAME)


@pytest.mark.parametrize("job", ["search", "latents", "rebuild", "sliders"])
def test_a_part_of_plain_pictures_is_refused(job: str, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    from PIL import Image

    from samples import tiny_coder

    path = tmp_path / "face.png"
    Image.fromarray(face_picture()).save(path)
    first = tmp_path if job == "search" else tiny_coder(tmp_path / "tiny.safetensors")
    with pytest.raises(PincelError, match="val"):
        pincel.call(job, str(first), str(path), part="val")
