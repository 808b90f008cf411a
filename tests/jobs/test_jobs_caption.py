"""`pincel caption`: words in two languages, the attention drawn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.cli import main
from pincel.make.words.said import said_words
from pincel.show.nets.caption import draw_caption, stands_out
from samples import face_picture, tiny_captioner


def test_order_of_words_by_language() -> None:
    words = [("dragon", "dragón", "object"), ("big", "grande", "modifier"),
             ("red", "rojo", "colour"), ("iron", "hierro", "material")]  # fmt: skip
    assert said_words(words, "en") == "big red iron dragon"
    assert said_words(words, "es") == "dragón grande rojo de hierro"
    two = [("potion", "poción", "object"), ("red", "rojo", "colour"), ("grey", "gris", "colour"),
           ("flying", "volador", "modifier"), ("night", "noche", "modifier"),
           ("electric", "eléctrico", "material")]  # fmt: skip
    assert said_words(two, "en") == "flying night red and grey electric potion"
    assert said_words(two, "es") == "poción voladora de noche roja y gris eléctrica"
    assert said_words([], "en") == ""


@pytest.mark.parametrize(
    ("thing", "qualities", "said"),
    [
        (("boots", "botas"), ["rojo", "azul", "marrón"], "botas rojas, azules y marrones"),
        (("glasses", "gafas"), ["gris"], "gafas grises"),
        (("woman", "mujer"), ["blanco"], "mujer blanca"),
        (("truck", "camión"), ["rojo"], "camión rojo"),
        (("scorpion", "escorpión"), ["negro"], "escorpión negro"),
        (("cactus", "cactus"), ["verde"], "cactus verde"),
        (("gloves", "guantes"), ["dorado"], "guantes dorados"),
    ],
)
def test_spanish_qualities_agree(thing: tuple, qualities: list[str], said: str) -> None:
    words = [(*thing, "object"), *(("", word, "colour") for word in qualities)]
    assert said_words(words, "es") == said


def test_a_sprite_is_named(tmp_path: Path, capsys) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    model = str(tiny_captioner(tmp_path / "tiny.safetensors"))
    Image.fromarray(face_picture(32)).save(tmp_path / "face.png")
    given = ["caption", str(tmp_path / "face.png"), "--model", model, "--json"]
    assert main([*given, "--out", str(tmp_path)]) == 0
    (told,) = json.loads(capsys.readouterr().out)["results"]
    assert told["engine"] == "torch" and told["en"] and told["es"]
    assert all(0 < word["probability"] <= 1 for word in told["words"])
    assert len({word["id"] for word in told["words"]}) == len(told["words"]) <= 12
    for word in told["words"]:
        assert np.sum(word["looked"]) == pytest.approx(1, abs=1e-3)
    with Image.open(tmp_path / "face.caption.png") as picture:
        assert picture.width > 500


def test_without_any_word_the_picture_says_so() -> None:
    from pincel.look.wording import Wording

    nothing = Wording((), (), np.zeros((0, 8, 8), np.float32))
    assert draw_caption("empty", np.zeros((32, 32, 4), np.uint8), nothing, [], {"en": "", "es": ""})


def test_an_even_look_is_pale_and_a_clear_one_is_not() -> None:
    even = np.full((4, 4), 1 / 16)
    assert stands_out(even).max() == 0
    clear = np.zeros((4, 4))
    clear[1, 2] = 1
    assert np.array_equal(stands_out(clear), clear)
    assert 0 < stands_out(even + np.eye(4) / 40 - 1 / 160).max() < 0.3


def test_an_enlarged_sprite_is_read_at_its_own_size() -> None:
    from pincel.look.captioner import captioner_sized

    small = np.zeros((20, 20, 4), np.uint8)
    rng = np.random.default_rng(0)
    small[4:17, 5:15, :3] = rng.integers(0, 255, (13, 10, 3))
    small[4:17, 5:15, 3] = 255
    large = small.repeat(9, 0).repeat(9, 1)
    assert np.array_equal(captioner_sized(large, 32), captioner_sized(small, 32))
