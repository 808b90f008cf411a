"""The different values are those that numpy finds."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from pincel.pixels.each_once import each_once


@pytest.mark.parametrize("shape", [(0,), (1,), (40,), (7, 9), (3, 4, 5)])
def test_what_numpy_says(shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(3).integers(-2, 6, shape)
    for kind in (values, values.astype(np.int16), values.astype(str), values > 1):
        assert np.array_equal(each_once(kind), np.unique(kind))


def test_nothing_more_is_loaded() -> None:
    asked = (
        "import sys, numpy; from pincel.pixels.each_once import each_once; "
        "each_once(numpy.arange(9)); sys.exit('numpy.ma' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
