"""The jobs on codes: what they write, and what they refuse."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="networks need pincel[nets]")

import pincel.jobs as jobs
from pincel import limits
from pincel.errors import PincelError
from pincel.job import Made
from pincel.look.coder import find_coder
from pincel.nets._network import model_bytes, open_model
from samples import tiny_coder, tiny_model


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model and pictures; the working folder."""
    monkeypatch.chdir(tmp_path)
    tiny_coder(tmp_path / "net.safetensors")
    rng = np.random.default_rng(5)
    for name in ("a.png", "b c.png", "with/1.png", "with/2.png", "without/1.png"):
        Path(name).parent.mkdir(exist_ok=True)
        Image.fromarray(rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)).save(name)
    return tmp_path


def made(name: str, **settings) -> list[Made]:
    job = limits.build(jobs.load(name), {"model": "net.safetensors", **settings})
    return [event for event in job.run() if isinstance(event, Made)]


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def test_a_walk_begins_and_ends_at_what_comes_back(place: Path) -> None:
    (walk,) = made("walk", sources=("a.png", "b c.png"), steps=5, gif=True)
    files = dict(walk.files())
    strip = opened(files[".png"])
    assert strip.shape == (8, 6 * 8, 3)
    coder = find_coder("net.safetensors")
    back = coder.rebuild(np.stack([np.asarray(Image.open(n)) for n in ("a.png", "b c.png")]))
    np.testing.assert_array_equal(strip[:, :8], back[0])
    np.testing.assert_array_equal(strip[:, -8:], back[1])
    assert Image.open(io.BytesIO(files[".gif"])).n_frames == 10
    assert " " not in walk.name


def test_one_picture_walks_to_what_a_seed_draws(place: Path) -> None:
    import torch

    (walk,) = made("walk", sources=("a.png",), steps=3, seed=7)
    coder = find_coder("net.safetensors")
    with torch.inference_mode():
        drawn = coder.model.net.sample([7])
    from pincel.learn.prepare import to_pictures

    np.testing.assert_array_equal(
        opened(dict(walk.files())[".png"])[:, -8:], to_pictures(drawn, coder.about)[0]
    )


def test_a_minus_a_plus_c_is_c(place: Path) -> None:
    (sum_,) = made("algebra", sum="a.png - a.png + 'b c.png'")
    (_, back) = made("rebuild", sources=("b c.png",))
    given, wanted = opened(dict(sum_.files())[".png"]), opened(dict(back.files())[".png"])
    assert np.abs(given.astype(int) - wanted).max() <= 1


def test_folders_stand_for_their_means(place: Path) -> None:
    coder = find_coder("net.safetensors")
    (sum_,) = made("algebra", sum="with/ - without/ + a.png")
    values = {n: np.asarray(Image.open(n))[None] for n in
              ("with/1.png", "with/2.png", "without/1.png", "a.png")}  # fmt: skip
    code = {n: coder.encode(v)[0] for n, v in values.items()}
    total = (code["with/1.png"] + code["with/2.png"]) / 2 - code["without/1.png"] + code["a.png"]
    wanted = coder.decode(total[None])[0].astype(int)
    assert np.abs(opened(dict(sum_.files())[".png"]) - wanted).max() <= 1


def test_a_data_set_of_ones_own_is_mapped_and_slid(place: Path) -> None:
    (latents,) = made("latents", sources=(str(place),))
    table = dict(latents.files())[".csv"].decode().splitlines()
    assert len(table) == 6 and table[0].startswith("name,class,1,2,3,4")
    (sliders,) = made("sliders", sources=(str(place),), rows=2, steps=3, picture="a.png")
    assert len(sliders.numbers["sigmas"]) == 2
    for rows in sliders.value["pictures"]:
        assert rows.shape == (3, 8, 8, 4)


@pytest.mark.parametrize(
    ("job", "settings", "sentence"),
    [
        ("walk", {"model": "cnn.safetensors", "sources": ("a.png",)}, "has no code"),
        ("rebuild", {"sources": ("a.png",), "spoil": True}, "did not learn to repair"),
        ("algebra", {"sum": "a.png - "}, "a.png -"),
        ("algebra", {"sum": "missing.png + a.png"}, "missing.png"),
        ("algebra", {"sum": "11 + a.png", "data": "digits"}, "nor a class of digits"),
        ("sliders", {"sources": ("a.png", "b c.png")}, "at least 3"),
    ],
)
def test_what_cannot_be_is_one_sentence(place: Path, job: str, settings, sentence: str) -> None:
    tiny_model(place / "cnn.safetensors")
    with pytest.raises(PincelError) as refused:
        made(job, **settings)
    assert sentence in str(refused.value) and "\n" not in str(refused.value)


def _telling(path: Path) -> None:
    """The model's file with an encoder whose second number says much and whose third nothing."""
    import torch

    model = open_model(path)
    head: Any = [m for m in model.net.encoder.modules() if isinstance(m, torch.nn.Linear)][-1]  # type: ignore[union-attr]
    with torch.no_grad():
        head.weight[:4] *= torch.tensor([8.0, 60.0, 0.0, 12.0])[:, None]
        head.bias[2] = head.bias[6] = 0
        head.weight[6] = 0
    path.write_bytes(model_bytes(model))


def test_a_vaes_sliders_are_the_numbers_that_say_something(place: Path) -> None:
    _telling(place / "net.safetensors")
    (one,) = made("sliders", sources=(str(place),), steps=5)
    numbers, coder = one.numbers["numbers"], find_coder("net.safetensors")
    assert 3 not in numbers and numbers[0] == 2
    assert "of 4 numbers say nothing" in one.lines[-1]
    found = one.value["directions"]
    code = found.moved(found.mean, 0, np.array([2.0]))
    assert (code[0] != found.mean).tolist() == [False, True, False, False]
    shown = coder.decode(found.moved(found.mean, 0, np.linspace(-3, 3, 5)))
    assert np.array_equal(one.value["pictures"][0][..., :3], shown)
    (other,) = made("sliders", sources=(str(place),), steps=5, along="directions")
    assert "numbers" not in other.numbers and len(other.value["directions"].axes) == 3


def test_a_code_that_says_nothing_gives_directions_and_says_so(place: Path) -> None:
    (one,) = made("sliders", sources=(str(place),))
    assert "numbers" not in one.numbers and "none of the 4 numbers" in one.lines[-1]
    with pytest.raises(PincelError, match="none of the 4 numbers"):
        made("sliders", sources=(str(place),), along="numbers")
