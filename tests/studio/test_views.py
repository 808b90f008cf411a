"""What rooms draw from: raw numbers, the same as those of the jobs themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from pincel import limits
from pincel.job import Made
from pincel.studio.views import views_of_result
from samples import face_picture, tiny_model


def seen(name: str, **settings: Any) -> tuple[Any, dict[str, bytes]]:
    job = limits.build(jobs.load(name), settings)
    (made,) = [event for event in job.run() if isinstance(event, Made)]
    return made.value, dict(views_of_result(job, made))


@pytest.fixture
def face(tmp_path: Path) -> str:
    path = tmp_path / "face.png"
    Image.fromarray(face_picture()).save(path)
    return str(path)


def test_a_sprite_is_handed_over_whole(face: str) -> None:
    sprite, found = seen("pixelate", pictures=(face,), width=20, cutout=True)
    told = json.loads(found["sprite.json"])
    indices = np.frombuffer(found["frames.bin"], "<i2").reshape(1, told["height"], told["width"])
    assert np.array_equal(indices[0], sprite.indices)
    assert told["colors"] == ["#" + bytes(rgb).hex() for rgb in sprite.palette.tolist()]


def test_marks_are_the_pixels_that_are_counted(tmp_path: Path, face: str) -> None:
    from pincel.art import score
    from pincel.calls import call

    rgba = call("pixelate", face, width=24, colors=8).rgba()
    rgba[6, 6] = (255, 0, 255, 255)
    Image.fromarray(rgba).save(tmp_path / "dot.png")
    verdict, found = seen("score", sources=(str(tmp_path / "dot.png"),))
    told = json.loads(found["verdict.json"])
    marks = np.frombuffer(found["marks.bin"], np.uint8).reshape(-1, *rgba.shape[:2])
    strays = marks[told["marked"].index("orphan8")]
    assert strays[6, 6] and np.array_equal(strays, score.where(rgba)["orphan8"])
    values = {one["name"]: one["value"] for one in told["numbers"]}
    assert values["orphan8"] == pytest.approx(score.craft(rgba).orphan8)
    assert told["grade"] == verdict.grade and all(told["sentences"])


def test_a_photograph_is_judged_without_marks(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    _, found = seen("score", sources=(str(tmp_path / "noise.png"),))
    assert json.loads(found["verdict.json"])["marked"] == [] and "marks.bin" not in found


def test_all_maps_of_a_network_and_one_number_written_out(tmp_path: Path, face: str) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    model = str(tiny_model(tmp_path / "tiny.safetensors"))
    opened, found = seen("look", model=model, sources=(face,))
    told = json.loads(found["net.json"])
    numbers = np.frombuffer(found["maps.bin"], "<f4")
    assert [one["name"] for one in told["layers"]] == [row.name for row in opened.rows]
    sizes = [one["given"] * one["height"] * one["width"] for one in told["layers"]]
    assert sum(sizes) == len(numbers) and np.isfinite(numbers).all()
    assert len(found["seen.bin"]) == told["height"] * told["width"] * told["channels"]
    assert sum(told["odds"]) == pytest.approx(1, abs=1e-5)

    place = next(i for i, one in enumerate(told["layers"]) if one["kind"] == "conv")
    layer = told["layers"][place]
    start = sum(sizes[:place])
    maps = numbers[start : start + sizes[place]].reshape(-1, layer["height"], layer["width"])
    _, one = seen(
        "look", model=model, sources=(face,), layer=layer["name"], cell="1,2", channel=0
    )  # fmt: skip
    terms = json.loads(one["terms.json"])
    assert terms["actual"] == pytest.approx(float(maps[0, 1, 2]), abs=1e-6)
    assert terms["value"] == pytest.approx(terms["actual"], abs=1e-4)
    total = np.sum(np.array(terms["products"], float)) + (terms["facts"].get("bias") or 0)
    assert total == pytest.approx(terms["value"], abs=1e-4)


def test_grad_cam_adds_up_from_what_is_handed_over(tmp_path: Path, face: str) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    model = str(tiny_model(tmp_path / "tiny.safetensors"))
    explained, found = seen("explain", model=model, sources=(face,), quick=True)
    told = json.loads(found["cam.json"])
    numbers = np.frombuffer(found["cam.bin"], "<f4")
    size, shown = told["height"] * told["width"], len(told["channels"])
    assert len(numbers) == (2 * shown + 2) * size + told["sharp"][0] * told["sharp"][1]
    maps = numbers[: shown * size].reshape(shown, -1)
    total = numbers[2 * shown * size : (2 * shown + 1) * size]
    heat = numbers[(2 * shown + 1) * size : (2 * shown + 2) * size]
    assert np.allclose(np.maximum(total, 0), heat)
    if shown == told["count"]:
        assert np.allclose(np.array(told["alpha"]) @ maps, total, atol=1e-5)
    assert told["classes"][told["target"]] == explained.classes[explained.target]


def test_directions_of_edges(face: str) -> None:
    described, found = seen("hog", sources=(face,))
    told = json.loads(found["hog.json"])
    cells = np.frombuffer(found["cells.bin"], "<f4").reshape(
        told["rows"], told["columns"], told["bins"]
    )
    assert np.allclose(cells, described.cells, atol=1e-5)
    assert told["length"] == described.vector.size


def test_what_is_counted_in_the_page_is_what_the_job_counts(tmp_path: Path) -> None:
    from pincel.calls import call
    from pincel.studio.touch import touch_answer
    from pincel.studio.touch.things import FLOOR
    from thing_files import cells

    picture, _ = cells(2, 240, 320, 20)
    path = tmp_path / "dish.png"
    Image.fromarray(picture).save(path)
    _, found = seen("detect", model="cells.smear", sources=(str(path),), confidence=FLOOR)
    told = json.loads(found["things.json"])
    (shown,) = told["pictures"]
    assert (shown["width"], shown["height"]) == (320, 240)
    least = {one["name"]: 0.3 for one in told["classes"]}
    kept = [one for one in shown["objects"] if one["confidence"] >= least[one["class"]]]
    (job,) = call("detect", "cells.smear", path, confidence=0.3)
    assert 0 < len(kept) < len(shown["objects"])
    assert [one["area"] for one in kept] == [one["area"] for one in job["objects"]]
    asked = {"model": "cells.smear", "family": "boxes", "pictures": (str(path),)}
    files = dict(touch_answer("things", asked | {"least": (0.3,) * len(least)}))
    assert files["objects.csv"].count(b"\n") == len(kept) + 1
    assert len(json.loads(files["dish.geojson"])["features"]) == len(kept)


def test_masks_are_handed_over_pixel_by_pixel(tmp_path: Path) -> None:
    from pincel.jobs import load
    from thing_files import cells

    picture, _ = cells(3)
    path = tmp_path / "dish.png"
    Image.fromarray(picture).save(path)
    job = limits.build(load("segment"), {"model": "cells.nuclei", "sources": (str(path),)})
    one, together = (event for event in job.run() if isinstance(event, Made))
    parts = dict(views_of_result(job, one))
    about = json.loads(parts["labels.json"])
    labels = np.frombuffer(parts["labels.bin"], "<u4").reshape(about["height"], about["width"])
    assert np.array_equal(labels, one.value)
    told = json.loads(dict(views_of_result(job, together))["things.json"])
    assert [n["area"] for n in told["pictures"][0]["objects"]] == [
        float((labels == k).sum()) for k in range(1, labels.max() + 1)
    ]


def test_a_redrawn_face_says_what_each_pixel_is() -> None:
    from pincel.studio.touch import touch_answer

    portrait = str(Path(__file__).parents[2] / "assets" / "portrait.png")
    sprite, found = seen("translate", pictures=(portrait,), crop="80,40,380")
    told = json.loads(found["face.json"])
    side = told["side"]
    roles = np.frombuffer(found["roles.bin"], np.uint8).reshape(side, side)
    chance = np.frombuffer(found["chance.bin"], "<f4").reshape(side, side)
    assert np.array_equal(roles == 0, sprite.indices < 0)
    assert told["frame"] == [80, 40, 380] and 0 <= told["sure"] <= 1
    assert all(set(one) == {"en", "es"} for one in told["unsure"])
    means = sum(one["pixels"] * one["sure"] for one in told["roles"]) / side**2
    assert means == pytest.approx(chance.mean(), abs=1e-3)
    assert sum(one["pixels"] for one in told["roles"]) == side * side
    for one in told["roles"]:
        if one["color"]:
            (color,) = {tuple(sprite.palette[k]) for k in sprite.indices[roles == one["number"]]}
            assert one["color"] == "#" + bytes(color).hex()
    asked = {"picture": portrait, "crop": (80, 40, 380), "side": side, "colors": 6}
    beside = json.loads(dict(touch_answer("framed", asked))["sprite.json"])
    assert (beside["width"], beside["height"], len(beside["colors"])) == (side, side, 6)


@pytest.mark.parametrize(
    ("height", "width", "step"),
    [(1600, 1600, 1), (1601, 10, 2), (10, 1601, 2), (3201, 5, 3), (1, 1, 1)],
)
def test_neither_side_of_what_is_shown_is_too_long(height: int, width: int, step: int) -> None:
    from pincel.studio.preview_size import MOST, step_of

    assert step_of(height, width) == step
    assert max(len(range(0, height, step)), len(range(0, width, step))) <= MOST
