"""Two folders of pictures, and the roles of colours in one of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.errors import PincelError
from pincel.learn import parts, two


def _portrait(rng: np.random.Generator, side: int = 16) -> np.ndarray:
    """Hair above, skin below it, eyes, a shirt: of any colours, a little different each time."""
    hair, skin, shirt, eyes = rng.integers(30, 256, (4, 3))
    rgba = np.zeros((side, side, 4), np.uint8)
    high = int(rng.integers(3, 6))
    rgba[1:high, 3:13] = (*hair, 255)
    rgba[high:12, 3:13] = (*skin, 255)
    rgba[12:, 2:14] = (*shirt, 255)
    rgba[7, [5, 10]] = (*eyes, 255)
    if rng.random() < 0.4:
        rgba[high:14, [3, 12]] = (*hair, 255)
    return rgba


def _folder(folder: Path, pictures: list[np.ndarray]) -> Path:
    folder.mkdir()
    for number, picture in enumerate(pictures):
        Image.fromarray(picture).save(folder / f"{number:03}.png")
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    rng = np.random.default_rng(7)
    sprites = [_portrait(rng) for _ in range(30)]
    drawn = [np.asarray(Image.fromarray(s).resize((80, 80), Image.BILINEAR)) for s in sprites]
    return _folder(tmp_path / "drawn", drawn), _folder(tmp_path / "sprites", sprites)


def test_the_same_parts_get_the_same_roles_whatever_their_colours() -> None:
    rng = np.random.default_rng(1)
    sprites = np.stack([_portrait(rng) for _ in range(60)])
    roles, colors = parts.roles_of(sprites)
    assert np.array_equal(roles == 0, sprites[..., 3] == 0)
    assert roles.max() <= colors.shape[1] - 1 == 4
    shown = np.take_along_axis(
        colors, roles.reshape(60, -1, 1).repeat(3, -1).reshape(60, 256, 3), 1
    ).reshape(60, 16, 16, 3)
    assert np.array_equal(shown[roles > 0], sprites[roles > 0][:, :3])  # nothing is lost
    for y, x in ((1, 8), (10, 8), (15, 8), (7, 5)):  # hair, skin, shirt, eyes
        own = np.bincount(roles[:, y, x])
        assert own.max() >= 57, (y, x, own)
    assert len({int(np.bincount(roles[:, y, x]).argmax())
                for y, x in ((1, 8), (10, 8), (15, 8), (7, 5))}) == 4  # fmt: skip


def test_too_many_colours_become_few() -> None:
    rng = np.random.default_rng(2)
    noise = rng.integers(0, 256, (3, 16, 16, 4), dtype=np.uint8)
    noise[..., 3] = 255
    roles, colors = parts.roles_of(noise, most=6)
    assert colors.shape == (3, 7, 3) and set(np.unique(roles)) <= set(range(1, 7))


def test_pairs_are_found_by_name_and_fitted(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    (drawn / "000.png").unlink()  # a sprite without its picture
    data = two.open_two(drawn, sprites, paired=True)
    assert data.size == (64, 64) and data.sprite == 16 and data.channels == 4
    assert sum(len(part) for part in data.parts.values()) == 29
    for part in data.parts.values():
        for picture, sprite in zip(part.pictures, part.sprites, strict=True):
            shirt = sprite[14, 8, :3].astype(int)
            assert np.abs(picture[58, 32].astype(int) - shirt).max() < 6  # each with its own
    again = two.open_two(drawn, sprites, paired=True)
    assert again.hash == data.hash
    assert two.open_two(drawn, sprites, paired=True, seed=2).hash != data.hash


def test_two_kinds_need_no_pairs(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    for number in range(18):
        (sprites / f"{number:03}.png").unlink()
    large = np.asarray(Image.open(sprites / "020.png")).repeat(5, 0).repeat(5, 1)
    Image.fromarray(large).save(sprites / "020.png")
    data = two.open_two(drawn, sprites, side=64, native=16)
    assert data.train.pictures.shape[1:] == (64, 64, 3)
    assert data.train.sprites.shape[1:] == (16, 16, 3)
    assert data.sizes == {"16 x 16": 12}  # the enlarged one was brought to its own size
    wide = two.open_two(drawn, sprites, side=64)
    assert wide.train.sprites.shape[1:] == (64, 64, 3)
    blocks = wide.train.sprites.reshape(-1, 16, 4, 16, 4, 3)
    assert (blocks == blocks[:, :, :1, :, :1]).all()  # every pixel a whole block


def test_parts_to_look_at_are_not_too_few() -> None:
    """Of two faces nobody sees whether all get the same sprite."""
    for count, few in ((10, 2), (25, 3), (48, 6), (64, 8), (160, 8), (400, 20)):
        parts_ = two._rows(count, 3, 8)
        assert [len(part) for part in parts_] == [count - 2 * few, few, few]
        assert sorted(np.concatenate(parts_)) == list(range(count))
    assert [len(part) for part in two._rows(48, 3, 0)] == [44, 2, 2]  # every pair counts


def test_it_is_said_how_many_sprites_lose_pixels(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    needs = [two.pixels_needed(np.asarray(Image.open(p))) for p in sprites.iterdir()]
    assert set(needs) == {15}  # from row 1 on
    whole = two.open_two(drawn, sprites, side=64, native=16)
    assert (whole.shrunk, whole.largest) == (0, 15)
    assert two.open_two(drawn, sprites, side=32, native=8).shrunk == 30


def test_what_cannot_be_used_is_left_out_and_said(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    (drawn / "broken.png").write_bytes(b"nonsense")
    Image.new("RGBA", (20, 20)).save(drawn / "clear.png")
    frames = [Image.new("RGB", (20, 20), (c, 0, 0)) for c in (0, 200)]
    frames[0].save(drawn / "moving.gif", save_all=True, append_images=frames[1:])
    (drawn / "twice.png").write_bytes((drawn / "003.png").read_bytes())
    told = dict(two.open_two(drawn, sprites, side=64).report.broken)
    assert set(told) == {"broken", "clear", "moving", "twice"}
    assert "animation" in told["moving"] and "transparent" in told["clear"]


@pytest.mark.parametrize("paired", [False, True])
def test_an_empty_folder_and_five_pictures_are_one_sentence(
    folders: tuple[Path, Path], tmp_path: Path, paired: bool
) -> None:
    drawn, sprites = folders
    (tmp_path / "empty").mkdir()
    few = _folder(tmp_path / "few", [_portrait(np.random.default_rng(k)) for k in range(5)])
    for folder, came in ((tmp_path / "empty", "0"), (few, "5")):
        for given in ((folder, sprites), (drawn, folder)):
            with pytest.raises(PincelError, match=f" {came} pictures"):
                two.open_two(*given, paired=paired)
    with pytest.raises(PincelError, match="is no folder"):
        two.open_two(tmp_path / "nowhere", sprites, paired=paired)


def test_sprites_of_two_sizes_are_no_pairs(folders: tuple[Path, Path]) -> None:
    drawn, sprites = folders
    Image.new("RGBA", (20, 24), (200, 10, 10, 255)).save(sprites / "004.png")
    with pytest.raises(PincelError, match="16 x 16, 20 x 24"):
        two.open_two(drawn, sprites, paired=True)


def test_a_sprite_that_is_too_large_is_cut_before_it_is_shrunk() -> None:
    large = np.zeros((40, 40, 4), np.uint8)
    large[10:26, 8:20] = (200, 30, 30, 255)
    shown = two.fitted(large, 16)
    assert (shown[..., 3] > 0).sum() == 16 * 12
    large[0, 0] = large[-1, -1] = (1, 2, 3, 255)
    assert two.fitted(large, 16).shape == (16, 16, 4)
