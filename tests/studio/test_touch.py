"""What sliders ask that is no job, and JSON as browsers read it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pincel.errors import PincelError
from pincel.studio.strict import dumps
from pincel.studio.touch import checked_settings, names, touch_answer


def test_a_code_gives_the_picture_of_its_network() -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    from pincel.look.coder import find_coder
    from pincel.make.latent.decoded import decoded

    first = dict(touch_answer("decode", {"model": "vae.sprites", "seed": 3}))
    told = json.loads(first["code.json"])
    assert sorted(told["order"]) == list(range(len(told["code"])))
    moved = list(told["code"])
    moved[told["order"][0]] += 2
    again = dict(touch_answer("decode", {"model": "vae.sprites", "code": tuple(moved)}))
    coder = find_coder("vae.sprites")
    wanted = decoded(coder.decode(np.asarray([moved], np.float32)), coder.hard).shown[0]
    shape = told["height"], told["width"], 4
    assert np.array_equal(np.frombuffer(again["picture.bin"], np.uint8).reshape(shape), wanted)
    assert again["picture.bin"] != first["picture.bin"]


@pytest.mark.parametrize(
    "settings",
    [{"model": 3}, {"code": (1, "x")}, {"code": (1e9,)}, {"seed": -1}, {"more": 1},
     {"code": tuple([0] * 5000)}],
)  # fmt: skip
def test_only_what_fits_is_asked(settings: dict) -> None:
    with pytest.raises(PincelError):
        checked_settings("decode", settings)


def test_nothing_else_can_be_touched() -> None:
    assert names() == {"decode", "framed", "things"}
    for name in ("__init__", "../worker", "os"):
        with pytest.raises(PincelError, match="nothing called"):
            checked_settings(name, {})


def test_numbers_that_are_none_are_null() -> None:
    given = {"a": [1.5, float("nan")], "b": float("inf"), "c": "ñ"}
    assert json.loads(dumps(given)) == {"a": [1.5, None], "b": None, "c": "ñ"}
    assert "ñ" in dumps(given)
