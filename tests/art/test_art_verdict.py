"""Real pixel art or not, and why."""

from __future__ import annotations

import io
import json
from importlib import resources
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from pincel.art import reference
from pincel.art.drawn import TRAITS, conversion, traits
from pincel.art.enlarged import Enlarged, enlarged
from pincel.art.score import Craft, indexed_picture
from pincel.art.sprite import Sprite
from pincel.art.verdict import judge
from pincel.jobs.clean.score import STYLES, Score
from pincel.words import say
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
    assert enlarged(large) == Enlarged(times, 40, 40)
    cut = enlarged(large[1:-1, 1:])
    assert cut is not None and cut.times == times
    assert enlarged(face_picture(40)) is None


def on_white(rgba: np.ndarray) -> np.ndarray:
    flat = np.where(rgba[..., 3:] > 0, rgba[..., :3], 255).astype(np.uint8)
    return np.dstack([flat, np.full(flat.shape[:2], 255, np.uint8)])


def jpeg(rgba: np.ndarray, quality: int) -> np.ndarray:
    """An opaque picture saved as JPEG and opened again."""
    held = io.BytesIO()
    Image.fromarray(rgba[..., :3]).save(held, "JPEG", quality=quality)
    rgb = np.asarray(Image.open(held).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


@pytest.mark.parametrize("factor", [1.5, 2.5, 3.37, 4.6])
@pytest.mark.parametrize("way", ["nearest", "bilinear", "bicubic", "jpeg", "soft jpeg"])
@pytest.mark.parametrize("size", [16, 21, 32])
def test_fractional_enlargements_tell_their_true_size(factor: float, way: str, size: int) -> None:
    face = on_white(face_picture(size)) if "jpeg" in way else face_picture(size)
    kind = {"bilinear": 2, "bicubic": 3, "soft jpeg": 2}.get(way, 0)
    side = round(size * factor)
    large = np.asarray(Image.fromarray(face).resize((side, side), Image.Resampling(kind)))
    if "jpeg" in way:
        large = jpeg(large, 90)
    found = enlarged(large)
    assert found is not None and (found.width, found.height) == (size, size)
    assert found.times == pytest.approx(factor, rel=0.05)
    verdict = judge(large)
    assert verdict.grade == "no" and verdict.plain()["true_size"] == (size, size)


def test_a_photograph_is_not_enlarged_pixel_art() -> None:
    data = pytest.importorskip("skimage.data")
    for photo in (data.astronaut(), data.coffee(), data.chelsea(), data.rocket()):
        opaque = np.full(photo.shape[:2], 255, np.uint8)
        whole = np.dstack([photo, opaque])
        small = np.asarray(Image.fromarray(whole).resize((90, 70), Image.Resampling.LANCZOS))
        for rgba in (whole, whole[:200, :260], small, jpeg(small, 80)):
            assert enlarged(rgba) is None


def test_a_stretched_blurred_copy_is_found_about_right() -> None:
    rng = np.random.default_rng(2)
    small = Image.fromarray(face_picture(32)).convert("RGB")
    noisy = np.asarray(small.resize((301, 301), Image.Resampling.BICUBIC)).astype(float)
    noisy += rng.normal(0, 3, noisy.shape)
    rgba = np.dstack([np.clip(noisy, 0, 255), np.full(noisy.shape[:2], 255)]).astype(np.uint8)
    found = enlarged(rgba)
    assert found is not None and found.times == pytest.approx(301 / 32, rel=0.03)


def plainly_converted(side: int, colors: int) -> list[np.ndarray]:
    """Photographs shrunk by Lanczos, median cut."""
    data = pytest.importorskip("skimage.data")
    made = []
    for photo in (data.astronaut(), data.coffee(), data.chelsea(), data.rocket()):
        image = Image.fromarray(photo)
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        rgb = np.asarray(image.quantize(colors).convert("RGB"))
        made.append(np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)]))
    return made


def test_converted_photographs_look_converted_and_drawn_faces_do_not() -> None:
    for rgba in [*plainly_converted(48, 16), *plainly_converted(64, 24)]:
        verdict = judge(rgba)
        assert verdict.grade == "rough" and verdict.conversion.speaking
        assert verdict.plain()["converted"] > 0
    for size in (16, 24, 32, 48):
        verdict = judge(face_picture(size))
        assert verdict.grade == "yes" and verdict.plain()["converted"] < 0
        assert verdict.conversion.speaking == ()


def test_the_verdict_does_not_hang_on_the_style_or_on_the_order_of_colours() -> None:
    (rgba, *_) = plainly_converted(48, 16)
    assert len({judge(rgba, style=style).grade for style in STYLES}) == 1
    indices, palette = indexed_picture(rgba)
    order = np.random.default_rng(0).permutation(len(palette))
    back = np.argsort(order)
    other = traits(np.where(indices >= 0, back[indices], -1), palette[order])
    for name, value in traits(indices, palette).items():
        assert other[name] == pytest.approx(value, rel=1e-9), name


def test_what_engines_optimise_does_not_judge() -> None:
    assert not {"jag", "dbl", "pattern"} & set(TRAITS)
    assert conversion(np.zeros((20, 20, 4), np.uint8)) is None
    two = np.zeros((20, 20, 4), np.uint8)
    two[..., 3], two[5:15, 5:15] = 255, 255
    assert conversion(two) is None


def test_each_trait_weighs_the_way_it_is_told() -> None:
    model = json.loads(resources.files("pincel.art").joinpath("converted.json").read_text())
    against = {"orphan8", "pal_min", "edges", "ramp", "chroma", "range", "rim", "darkest"}
    assert tuple(model["weights"]) == TRAITS
    assert {name for name, weight in model["weights"].items() if weight < 0} == against
    for name in TRAITS:
        assert say(f"score.trait.{name}") != f"score.trait.{name}"


def test_numbers_stand_beside_the_named_sprites() -> None:
    rng = np.random.default_rng(0)
    sprite = Sprite(
        (rng.integers(0, 3, (24, 24)).astype(np.int16),), np.eye(3, dtype=np.uint8) * 255
    )
    verdict = judge(sprite.rgba(), style="superpowers")
    assert {"orphan8", "noise", "tiny"} <= {n.name for n in verdict.untidy}
    assert judge(sprite.rgba(), colors=2).grade == "no"


def test_the_references_cover_every_number_in_order() -> None:
    assert set(STYLES) == set(reference.names())
    assert get_args(Score.model_fields["style"].annotation) == STYLES
    for name in reference.names():
        real = reference.reference_named(name)
        assert real.count >= 300 and real.licence
        assert set(real.ranges) == {"colors", "pattern", *Craft.__dataclass_fields__}
        for number in real.ranges.values():
            assert 0 <= number.low <= number.median <= number.high
        assert real.patterns.shape == (256,) and real.patterns[255] == 0


def test_a_reference_is_measured_from_sprites() -> None:
    sprites = [face_picture(size) for size in (16, 20, 24, 28, 32)]
    found = reference.measured_reference(sprites, "faces")
    assert found.count == 5
    assert found.ranges["colors"].median == len(indexed_picture(sprites[2])[1])
    assert found.distance(indexed_picture(sprites[2])[0]) < reference.reference_named(
        "dawnlike"
    ).distance(indexed_picture(sprites[2])[0])


def test_judged_knows_which_side_is_untidy() -> None:
    real = reference.Range(1.0, 2.0, 3.0)
    assert [reference.standing_of("jag", v, real) for v in (0, 1, 3, 4)] == [
        "calm",
        "usual",
        "usual",
        "much",
    ]
    assert [reference.standing_of("pal_min", v, real) for v in (0, 2, 4)] == [
        "much",
        "usual",
        "calm",
    ]
