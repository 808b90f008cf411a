"""`pincel style` as a person calls it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.make.pictures.styled import palette_of_sprites, without_new_specks
from samples import clouds, face_picture

pytest.importorskip("torch")


@pytest.fixture
def like(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    colors = np.array([[20, 20, 40, 255], [200, 60, 60, 255], [250, 220, 180, 255],
                       [60, 120, 200, 255], [0, 0, 0, 0]], np.uint8)  # fmt: skip
    path = tmp_path / "like.png"
    small = colors[rng.integers(0, 5, (24, 24))]
    Image.fromarray(small.repeat(5, 0).repeat(5, 1)).save(path)
    return path


def test_a_native_sprite_has_the_likes_colours_on_its_own_grid(
    like: Path, face: np.ndarray
) -> None:
    sprite = pincel.style(face, like=like, native=20, steps=3)
    assert isinstance(sprite, Sprite) and max(sprite.width, sprite.height) == 20
    given = {
        tuple(c)
        for c in np.asarray(Image.open(like).convert("RGBA")).reshape(-1, 4)[:, :3].tolist()
    }
    assert {tuple(c) for c in sprite.palette[np.unique(sprite.indices)].tolist()} <= given
    named = pincel.style(face, like=like, native=20, steps=3, palette="pico-8")
    assert len(named.palette) == 16
    learned = pincel.style(face, like=like, native=20, steps=3, palette="learned", colors=4)
    assert len(learned.palette) <= 4
    assert {tuple(c) for c in learned.palette.tolist()} - given


def test_transparent_stays_transparent(like: Path) -> None:
    face = face_picture().copy()
    face[:, :30, 3] = 0
    sprite = pincel.style(face, like=like, native=16, steps=2)
    assert (sprite.indices[:, :4] == -1).all() and (sprite.indices[:, 8:] >= 0).any()


def test_as_published_every_pixel_is_free(like: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    face = tmp_path / "face.png"
    Image.fromarray(face_picture()).save(face)
    picture = pincel.style(face, like=like, size=48, steps=2, start="noise", explain=True, out=out)
    assert picture.shape == (48, 48, 4) and len(np.unique(picture.reshape(-1, 4), axis=0)) > 500
    assert sorted(p.name for p in out.glob("face*")) == [
        "face.styled.explain.png",
        "face.styled.png",
    ]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"palette": "pico-8"}, "style.only_native"),
        ({"colors": 8}, "style.only_native"),
        ({"native": 16, "size": 64}, "style.not_native"),
        ({"native": 16, "start": "noise"}, "style.not_native"),
        ({"native": 16, "layers": "99"}, "style.no_layer"),
    ],
)
def test_options_that_mean_nothing_are_refused(like: Path, more: dict, key: str) -> None:
    with pytest.raises(PincelError) as error:
        pincel.style(face_picture(), like=like, steps=1, **more)
    assert error.value.key == key


def test_a_photograph_is_no_sprite_to_be_like(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(clouds()).save(path)
    with pytest.raises(PincelError) as error:
        pincel.style(face_picture(), like=path, native=16, steps=1)
    assert error.value.key == "style.no_sprite"
    Image.new("RGBA", (16, 16)).save(path)
    with pytest.raises(PincelError) as error:
        pincel.style(face_picture(), like=path, native=16, steps=1)
    assert error.value.key == "style.clear"


def test_specks_that_were_drawn_anew_go_and_old_ones_stay() -> None:
    before = np.zeros((7, 7), np.int16)
    before[1, 1] = 3
    drawn = before.copy()
    drawn[5, 5] = 2
    drawn[3, 4:6] = 1
    held = without_new_specks(drawn, before)
    assert held[1, 1] == 3 and held[5, 5] == 0 and held[3, 4:6].tolist() == [1, 1]


def test_many_colours_become_few() -> None:
    rgba = np.random.default_rng(0).integers(0, 256, (20, 20, 4)).astype(np.uint8)
    assert 2 <= len(palette_of_sprites([rgba], 12)) <= 12
    few = np.zeros((4, 4, 4), np.uint8)
    few[..., 3] = 255
    few[0, 0, :3] = 9
    assert palette_of_sprites([few]).tolist() == [[0, 0, 0], [9, 9, 9]]
