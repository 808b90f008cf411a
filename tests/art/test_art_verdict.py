"""Real pixel art or not, and why."""

from __future__ import annotations

import json
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from pincel.art import reference
from pincel.art.enlarged import enlargement
from pincel.art.score import Craft, indexed
from pincel.art.sprite import Sprite
from pincel.art.verdict import judge
from pincel.jobs.clean.score import STYLES, Score
from samples import face_picture


def keys(rgba: np.ndarray, **asked) -> set[str]:
    return {reason.key for reason in judge(rgba, **asked).reasons}


def test_a_small_hard_edged_picture_of_few_colours_is_pixel_art() -> None:
    verdict = judge(face_picture(48), colors=8, size=(48, 48))
    assert verdict.real and not verdict.reasons
    assert {n.name for n in verdict.numbers} == {*Craft.__dataclass_fields__, "pattern"}
    json.dumps(verdict.plain())


def test_every_gate_says_why() -> None:
    face = face_picture(48)
    soft = face.copy()
    soft[20, 20, 3] = 128
    assert keys(soft) == {"soft"}
    assert keys(face, colors=3) == {"many_colors"}
    assert keys(face, size=(32, None)) == {"size"}
    assert keys(np.zeros((8, 8, 4), np.uint8)) == {"empty"}
    assert keys(face.repeat(5, 0).repeat(5, 1)) == {"enlarged"}


@pytest.mark.parametrize("times", [2, 3, 8])
def test_whole_enlargements_are_found_exactly_wherever_they_are_cut(times: int) -> None:
    large = face_picture(40).repeat(times, 0).repeat(times, 1)
    assert enlargement(large) == times
    assert enlargement(large[1:-1, 1:]) == times
    assert enlargement(face_picture(40)) is None


def test_a_stretched_blurred_copy_is_found_about_right() -> None:
    rng = np.random.default_rng(2)
    small = Image.fromarray(face_picture(32)).convert("RGB")
    noisy = np.asarray(small.resize((301, 301), Image.Resampling.BICUBIC)).astype(float)
    noisy += rng.normal(0, 3, noisy.shape)
    rgba = np.dstack([np.clip(noisy, 0, 255), np.full(noisy.shape[:2], 255)]).astype(np.uint8)
    assert enlargement(rgba) == pytest.approx(301 / 32, rel=0.03)


def test_numbers_stand_beside_the_named_sprites() -> None:
    rng = np.random.default_rng(0)
    sprite = Sprite(
        (rng.integers(0, 3, (24, 24)).astype(np.int16),), np.eye(3, dtype=np.uint8) * 255
    )
    verdict = judge(sprite.rgba(), style="superpowers")
    assert verdict.grade == "rough"
    assert {"orphan8", "noise", "tiny"} <= {n.name for n in verdict.untidy}
    assert judge(sprite.rgba(), colors=2).grade == "no"


def test_the_references_cover_every_number_in_order() -> None:
    assert set(STYLES) == set(reference.names())
    assert get_args(Score.model_fields["style"].annotation) == STYLES
    for name in reference.names():
        real = reference.named(name)
        assert real.count >= 300 and real.licence
        assert set(real.ranges) == {"colors", "pattern", *Craft.__dataclass_fields__}
        for number in real.ranges.values():
            assert 0 <= number.low <= number.median <= number.high
        assert real.patterns.shape == (256,) and real.patterns[255] == 0


def test_a_reference_is_measured_from_sprites() -> None:
    sprites = [face_picture(size) for size in (16, 20, 24, 28, 32)]
    found = reference.measured(sprites, "faces")
    assert found.count == 5
    assert found.ranges["colors"].median == len(indexed(sprites[2])[1])
    assert found.distance(indexed(sprites[2])[0]) < reference.named("dawnlike").distance(
        indexed(sprites[2])[0]
    )


def test_judged_knows_which_side_is_untidy() -> None:
    real = reference.Range(1.0, 2.0, 3.0)
    assert [reference.judged("jag", v, real) for v in (0, 1, 3, 4)] == [
        "calm",
        "usual",
        "usual",
        "much",
    ]
    assert [reference.judged("pal_min", v, real) for v in (0, 2, 4)] == ["much", "usual", "calm"]
