"""A data set from lists, pages and folders: true size, doubles, families, palettes, the split."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.art.palettes import palette_named
from pincel.errors import PincelError
from pincel.make.sets import alike
from pincel.make.sets.gathered import Gathering
from pincel.make.sets.items import Item, from_folder, from_list
from pincel.make.sets.judged import free_file_name, judge_file
from pincel.pixels.encode import png
from samples import clouds, face_picture


def sprite(seed: int = 0, side: int = 16, border: int = 2, colors: int = 6) -> np.ndarray:
    """A lump of PICO-8's colours with an empty border, (side, side, 4)."""
    rng = np.random.default_rng(seed)
    palette = palette_named("pico-8").colors[rng.permutation(16)[:colors]]
    inner = side - 2 * border
    index = rng.integers(0, colors, (inner, inner))
    index[:2, :3] = [range(3), range(3, 6)]
    rgba = np.zeros((side, side, 4), np.uint8)
    rgba[border:-border, border:-border, :3] = palette[index]
    rgba[border:-border, border:-border, 3] = 255
    return rgba


def enlarged(rgba: np.ndarray, factor: int) -> np.ndarray:
    return rgba.repeat(factor, 0).repeat(factor, 1)


def test_enlarged_pixel_art_comes_back_trimmed_in_its_palette() -> None:
    small = sprite()
    for factor in (1, 3, 8):
        piece = judge_file(Item("a.png"), png(enlarged(small, factor)))
        assert piece.sprite and piece.cell == (factor, factor)
        assert np.array_equal(piece.rgba, small[2:-2, 2:-2])
        assert piece.palette == "pico-8" and piece.colors == 6
        assert piece.clear == 0 and piece.half == 0
    whole = judge_file(Item("a.png"), png(small), trim=False)
    assert whole.size == (16, 16) and whole.clear == pytest.approx(1 - 144 / 256)
    rounded = small.copy()
    rounded[..., :3] = np.clip(small[..., :3].astype(int) + 1, 0, 255)
    assert judge_file(Item("a.png"), png(rounded)).palette == "pico-8"


def test_photographs_stay_as_they_came_and_pictures_stay_if_asked() -> None:
    data = png(clouds())
    piece = judge_file(Item("p.png"), data)
    assert not piece.sprite and piece.data == data and piece.suffix == ".png"
    with pytest.raises(PincelError) as error:
        judge_file(Item("p.png"), data, "sprites")
    assert error.value.key == "collect.why.no_sprite"
    large = png(enlarged(sprite(), 8))
    kept = judge_file(Item("a.png"), large, "pictures")
    assert kept.size == (128, 128) and kept.data == large


@pytest.mark.parametrize(
    ("rgba", "why"),
    [(np.zeros((8, 8, 4), np.uint8), "clear"), (np.full((3, 9, 4), 255, np.uint8), "tiny")],
)
def test_what_is_left_out_says_why(rgba: np.ndarray, why: str) -> None:
    with pytest.raises(PincelError) as error:
        judge_file(Item("a.png"), png(rgba))
    assert error.value.key == f"collect.why.{why}"


def test_doubles_and_families() -> None:
    one, other = sprite(1), sprite(2)
    mirrored = one[:, ::-1]
    recolored = one.copy()
    recolored[..., :3] = one[..., :3] // 2 + np.uint8(30)
    touched = one.copy()
    touched[6, 6, :3] ^= 16
    found = alike.compare_pictures([one, other, mirrored, recolored, touched, enlarged(one, 4)])
    assert found.double_of.tolist() == [-1, -1, -1, -1, 0, 0]
    assert found.family.tolist() == [0, 1, 0, 0, 0, 0]


def test_black_icons_are_told_apart_and_a_hidden_color_counts_for_nothing() -> None:
    """ImageHash 4.3.2 forgets alpha: all black icons are one to it, and one sprite with two hidden
    colours is two (findings/imagehash-black-icons-are-one.sh)."""
    bar, key, hidden = np.zeros((3, 16, 16, 4), np.uint8)
    bar[4:12, 2:6, 3] = 255
    key[2:5, 3:14, 3] = key[8:, 7:9, 3] = 255
    hidden[..., :3] = 255, 0, 255
    hidden[bar[..., 3] > 0] = 0, 0, 0, 255
    assert alike.compare_pictures([bar, key, hidden]).double_of.tolist() == [-1, -1, 0]


def test_a_photograph_saved_again_smaller_is_a_double() -> None:
    rgba = face_picture()
    smaller = Image.fromarray(rgba).resize((rgba.shape[1] // 2, rgba.shape[0] // 2))
    again = np.asarray(smaller)
    assert alike.compare_pictures([rgba, again]).double_of.tolist() == [-1, 0]


def gathered(pictures: list[np.ndarray], groups: list[str] | None = None, **more):
    made = Gathering()
    for number, rgba in enumerate(pictures):
        group = groups[number] if groups else ""
        made.pieces.append(judge_file(Item(f"{number}.png", group=group), png(rgba)))
    return made.done((0.6, 0.2, 0.2), 0, "like {other}", **more)


def test_no_family_is_in_two_parts() -> None:
    pictures = []
    for seed in range(20):
        one = sprite(seed)
        pictures += [one, one[:, ::-1]]
    done = gathered(pictures)
    assert len(done.kept) == 40 and done.families == 20 and done.split
    where: dict[str, set[str]] = {}
    for one in done.kept:
        where.setdefault(one.family, set()).add(one.part)
    assert all(len(parts) == 1 for parts in where.values())
    assert {one.part for one in done.kept} == {"train", "val", "test"}
    together = gathered([sprite(s) for s in range(9)], ["a", "b", "c"] * 3)
    assert together.families == 3


def test_doubles_are_left_out_and_named_and_few_families_are_not_split() -> None:
    one = sprite(1)
    done = gathered([one, sprite(2), one])
    assert [k.piece.item.place for k in done.kept] == ["0.png", "1.png"]
    assert done.left_out == (("2.png", "like 0.png"),)
    assert not done.split and {k.part for k in done.kept} == {"train"}
    assert len(gathered([one, sprite(2), one], keep_doubles=True).kept) == 3


def test_lists_in_many_forms(tmp_path: Path) -> None:
    comma = "url,licence,label\nhttps://a.test/x.png,CC0-1.0,cat\n,CC0-1.0,dog\n"
    semicolon = "archivo;autora;título\nsub/ñu.png;Ana;Un ñu\n"
    rows = [{"image": "y.png", "license": "MIT", "title": "Y"}, {"image": None}]
    assert from_list(comma, "l.csv") == [
        Item("https://a.test/x.png", licence="CC0-1.0", label="cat", source="l.csv")
    ]
    (one,) = from_list(semicolon, str(tmp_path / "l.csv"), "CC-BY-4.0")
    assert one.place == str(tmp_path / "sub/ñu.png") and one.licence == "CC-BY-4.0"
    assert one.author == "Ana" and one.caption == "Un ñu"
    (one,) = from_list(json.dumps({"count": 2, "items": rows}), "https://a.test/b/l.json")
    assert one.place == "https://a.test/b/y.png" and one.licence == "MIT"
    lines = "\n".join(json.dumps(row) for row in (rows[0], {"image": "z.png"}))
    assert [i.place for i in from_list(lines, "https://a.test/")] == [
        "https://a.test/y.png",
        "https://a.test/z.png",
    ]
    plain = "# mine\nhttps://a.test/1.png\nhttps://a.test/2.png\n"
    assert len(from_list(plain, "l.txt")) == 2
    (one,) = from_list("source,license\nx.png,CC0-1.0\n", str(tmp_path / "l.csv"))
    assert one.place == str(tmp_path / "x.png") and one.licence == "CC0-1.0"  # no other place
    with pytest.raises(PincelError, match="a list has a column url, file"):
        from_list("name,license\nx,CC0-1.0\n", "l.csv")  # a heading is no address
    for nothing in ("", "[]", "[1, 2]", '{"a": 1}'):
        with pytest.raises(PincelError):
            from_list(nothing, "l.csv")


def test_a_folder_of_folders_gives_labels(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        (tmp_path / name).mkdir()
        Image.fromarray(sprite()).save(tmp_path / name / "a.png")
    assert [(i.label, i.called()) for i in from_folder(tmp_path)] == [("cat", "a"), ("dog", "a")]


def test_names_are_safe_and_different() -> None:
    taken: set[str] = set()
    places = ["../../etc/x.png", "https://a.test/%2e%2e%2fx.png?y=1", "https://a.test/", "X.gif"]
    names = [free_file_name(Item(place), taken) for place in places]
    assert names == ["x", "x-2", "picture", "X-3"]
    assert free_file_name(Item("a.png", name="con/../<b>:"), taken) == "b"
