"""Channels are channels unless the file declares alpha; axes are read from the file."""

from __future__ import annotations

import io
import struct
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

import picture_files
from pincel.errors import PincelError
from pincel.pixels import channels, statistics
from pincel.pixels.open import open_picture
from pincel.pixels.sizes import size_of

KINDS = (np.uint8, np.uint16, np.float32)


def stains(count: int, kind: type = np.uint16, height: int = 21, width: int = 34) -> np.ndarray:
    """(h, w, count): noise whose last channel is 0 in one half, where alpha would hide the rest."""
    rng = np.random.default_rng(count)
    values = rng.integers(1, 250, (height, width, count))
    values[: height // 2, :, -1] = 0
    if kind is np.float32:
        return (values / 255).astype(kind)
    return (values * (257 if kind is np.uint16 else 1)).astype(kind)


def told(data: bytes) -> tuple[np.ndarray, str, tuple[str, ...]]:
    return statistics.stored_numbers(open_picture(data))


# --- samples ---


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("planar", [False, True], ids=["contiguous", "planar"])
@pytest.mark.parametrize("tiled", [False, True], ids=["strips", "tiles"])
def test_samples_that_say_nothing_are_channels(
    count: int, kind: type, planar: bool, tiled: bool
) -> None:
    values = stains(count, kind)
    options: dict = {"tile": (16, 16)} if tiled else {}
    if count > 1:
        options["planarconfig"] = "separate" if planar else "contig"
    data = picture_files.tiff(
        np.moveaxis(values, -1, 0) if planar or count == 1 else values,
        photometric="minisblack",
        compression="zlib" if tiled else None,
        **options,
    )
    found, axes, names = told(data)
    assert np.array_equal(found, values[..., 0] if count == 1 else values)
    assert axes == ("hw" if count == 1 else "hwc")
    assert names == (("grey",) if count == 1 else channels.numbered_channels(count))
    assert np.all(open_picture(data).rgba[..., 3] == 255)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extra, names", [
    ("unspecified", ("R", "G", "B", "4")),
    ("unassalpha", ("R", "G", "B", "A")),
    ("assocalpha", ("R", "G", "B", "A")),
])  # fmt: skip
def test_a_fourth_sample_is_what_the_file_says(kind: type, extra: str, names: tuple) -> None:
    values = stains(4, kind)
    most = 1.0 if kind is np.float32 else np.iinfo(kind).max
    if extra == "assocalpha":  # colours are at most as bright as they are opaque
        alpha = np.where(values[..., 3:] > 0, most * 0.8, 0).astype(kind)
        colors = values[..., :3] * 0.8 * (alpha > 0)
        values = np.concatenate([colors, alpha], -1).astype(kind)
    data = picture_files.tiff(values, photometric="rgb", extrasamples=[extra])
    found, _, own = told(data)
    assert own == names
    shown = open_picture(data).rgba
    assert np.all((shown[..., 3] == 0) == ((values[..., 3] == 0) & (names[3] == "A")))
    if extra != "assocalpha":
        assert np.array_equal(found, values)
        return
    straight = np.where(alpha > 0, values[..., :3] / (alpha[alpha > 0][0] / most), 0)
    rounding = 1e-6 if kind is np.float32 else 1.01
    assert np.allclose(found[..., :3], straight, atol=rounding)
    assert np.array_equal(found[..., 3:], alpha)


@pytest.mark.parametrize("kind", KINDS[:2])
@pytest.mark.parametrize("extra", ["unspecified", "unassalpha"])
def test_a_second_sample_is_what_the_file_says(kind: type, extra: str) -> None:
    values = stains(2, kind)
    data = picture_files.tiff(
        values, photometric="minisblack", planarconfig="contig", extrasamples=[extra]
    )
    found, _, names = told(data)
    assert np.array_equal(found, values)
    assert names == (("grey", "A") if extra == "unassalpha" else ("1", "2"))


def lzw(data: bytes) -> bytes:
    """LZW as TIFF has it (6.0, section 13), all literals: nine bits each, cleared before more."""
    codes = []
    for start in range(0, len(data), 200):
        codes += [256, *data[start : start + 200]]
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def lzw_tiff(values: np.ndarray, order: str, planar: bool, predictor: bool, extra: int) -> bytes:
    """(h, w, c) in LZW strips of 8 rows, from the letter of TIFF 6.0."""
    height, width, count = values.shape
    planes = [values[..., i : i + 1] for i in range(count)] if planar else [values]
    strips = []
    for plane in planes:
        stored = plane
        if predictor:
            stored = np.concatenate([plane[:, :1], plane[:, 1:] - plane[:, :-1]], 1)
        for top in range(0, height, 8):
            strips.append(
                lzw(stored[top : top + 8].astype(values.dtype.newbyteorder(order)).tobytes())
            )
    data, starts = b"", []
    for strip in strips:
        starts.append(8 + len(data))
        data += strip
    bits = 8 * values.dtype.itemsize
    tags = [
        (256, "I", [width]), (257, "I", [height]), (258, "H", [bits] * count), (259, "H", [5]),
        (262, "H", [1]), (273, "I", starts), (277, "H", [count]), (278, "I", [8]),
        (279, "I", [len(strip) for strip in strips]), (284, "H", [2 if planar else 1]),
        (317, "H", [2 if predictor else 1]), (338, "H", [extra] * (count - 1)),
    ]  # fmt: skip
    table, after = struct.pack(order + "H", len(tags)), b""
    place = 8 + len(data) + 2 + 12 * len(tags) + 4
    for code, letter, numbers in tags:
        held = struct.pack(f"{order}{len(numbers)}{letter}", *numbers)
        if len(held) > 4:
            where, after = struct.pack(order + "I", place + len(after)), after + held
        else:
            where = held.ljust(4, b"\0")
        kind = 3 if letter == "H" else 4
        table += struct.pack(order + "HHI", code, kind, len(numbers)) + where
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8 + len(data))
    return head + data + table + bytes(4) + after


@pytest.mark.parametrize("order, planar, predictor, kind",
                         list(product("<>", (False, True), (False, True), KINDS[:2])))  # fmt: skip
def test_lzw_loses_no_channel(order: str, planar: bool, predictor: bool, kind: type) -> None:
    values = stains(4, kind)
    data = lzw_tiff(values, order, planar, predictor, 0)
    found, _, names = told(data)
    assert np.array_equal(found, values)
    assert names == ("1", "2", "3", "4")
    cut = bytearray(data)
    cut[8:40] = b"\xff" * 32
    with pytest.raises(PincelError):
        open_picture(bytes(cut))


# --- axes ---

SIZES = {"T": 4, "Z": 5, "C": 3, "Y": 20, "X": 30, "S": 3}
OME = ("YX", "CYX", "ZYX", "TYX", "ZCYX", "CZYX", "TCYX", "CTYX", "TZCYX", "TCZYX", "YXS", "CYXS",
       "ZYXS", "ZCYXS")  # fmt: skip


@pytest.mark.parametrize("axes", OME)
def test_axes_are_read_from_ome(axes: str) -> None:
    values = np.random.default_rng(0).integers(
        0, 255, [SIZES[name] for name in axes], dtype=np.uint8
    )
    options: dict = {"photometric": "rgb" if "S" in axes else "minisblack", "ome": True}
    found, kind, names = told(picture_files.tiff(values, metadata={"axes": axes}, **options))
    deep = [i for i, name in enumerate(axes) if name in "TZ"]
    last = [axes.index(name) for name in "CS" if name in axes]
    right = values.transpose([*deep, axes.index("Y"), axes.index("X"), *last])
    shape = [int(np.prod(right.shape[: len(deep)]))] if deep else []
    shape += [20, 30] + ([int(np.prod(right.shape[len(deep) + 2 :]))] if last else [])
    assert np.array_equal(found, right.reshape(shape))
    assert kind == ("d" if deep else "") + "hw" + ("c" if last else "")
    if axes.endswith("S") and "C" not in axes:
        assert names == ("R", "G", "B")
    assert len(names) == (shape[-1] if last else 1)


def test_ome_names_its_channels() -> None:
    values = np.moveaxis(stains(3), -1, 0)
    about = {"axes": "CYX", "Channel": {"Name": ["DAPI", "", "Cy5\n 647"]}}
    _, _, names = told(picture_files.tiff(values, ome=True, metadata=about))
    assert names == ("1: DAPI", "2", "3: Cy5 647")


@pytest.mark.parametrize("axes, shape, kind", [
    ("CYX", (2, 20, 30), "hwc"), ("ZCYX", (5, 2, 20, 30), "dhwc"), ("TZYX", (4, 5, 20, 30), "dhw"),
])  # fmt: skip
def test_imagej_hyperstacks(axes: str, shape: tuple[int, ...], kind: str) -> None:
    values = np.random.default_rng(0).integers(0, 999, shape, dtype=np.uint16)
    labels = {"Labels": ["DAPI", "GFP"]} if axes == "CYX" else {}
    data = picture_files.tiff(values, imagej=True, metadata={"axes": axes, **labels})
    found, own, names = told(data)
    assert own == kind
    right = np.moveaxis(values, -3, -1) if "C" in axes else values.reshape(20, 20, 30)
    assert np.array_equal(found, right)
    assert names == {"CYX": ("1: DAPI", "2: GFP"), "ZCYX": ("1", "2")}.get(axes, ("grey",))


@pytest.mark.parametrize("axes", ["YXC", "CYX", "ZCYX", "YXZC"])
def test_axes_that_tifffile_keeps(axes: str) -> None:
    values = np.random.default_rng(0).integers(
        0, 255, [SIZES[name] for name in axes], dtype=np.uint8
    )
    data = picture_files.tiff(values, photometric="minisblack", metadata={"axes": axes})
    right = values.transpose([axes.index(name) for name in "ZYXC" if name in axes])
    found, _, _ = told(data)
    assert np.array_equal(found, right)


def test_what_a_page_is_no_longer_known_for_is_told_by_its_shape() -> None:
    values = stains(4)
    for given in (values, values[..., :2]):  # tifffile makes 21 pages of 34 x 4 and 34 x 2
        data = picture_files.tiff(given, photometric="minisblack")
        assert np.array_equal(told(data)[0], given)


# --- arrays ---


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32, np.int32])
def test_npy_has_channels_and_no_alpha(count: int, kind: type) -> None:
    values = stains(count, kind)
    found, axes, names = told(picture_files.npy(values))
    assert np.array_equal(found, values if count > 1 else values[..., 0])
    assert names == {1: ("grey",), 3: ("R", "G", "B")}.get(count, channels.numbered_channels(count))
    if count <= 4:
        assert np.array_equal(told(picture_files.npy(np.moveaxis(values, -1, 0)))[0], found)
    assert np.all(open_picture(picture_files.npy(values)).rgba[..., 3] == 255)
    assert axes == ("hw" if count == 1 else "hwc")


def test_two_channels_are_seen_as_red_and_green() -> None:
    values = stains(2, np.uint8)
    rgba = open_picture(picture_files.npy(values)).rgba
    assert np.array_equal(rgba[..., :2], values)
    assert not rgba[..., 2].any()


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_png_keeps_its_alpha(mode: str) -> None:
    values = stains(len(mode), np.uint8)
    wide = picture_files.png(values.astype(np.uint16) * 257, 16, {"LA": 4, "RGBA": 6}[mode])
    for data in (picture_files.saved(Image.fromarray(values), "PNG"), wide):
        found, _, names = told(data)
        assert names == (("grey", "A") if mode == "LA" else ("R", "G", "B", "A"))
        assert np.all((open_picture(data).rgba[..., 3] == 0) == (found[..., -1] == 0))


# --- a choice ---


def test_chosen_channels_keep_their_numbers() -> None:
    values = stains(4)
    picture = open_picture(picture_files.npy(values))
    found, axes, names = statistics.stored_numbers(statistics.only_channels(picture, (3, 1)))
    assert np.array_equal(found, values[..., [2, 0]])
    assert (axes, names) == ("hwc", ("3", "1"))
    one = statistics.only_channels(picture, (4,))
    assert np.array_equal(statistics.stored_numbers(one)[0], values[..., 3])
    assert statistics.only_channels(picture, None) is picture


def test_chosen_from_colours_alpha_is_a_channel() -> None:
    rgba = stains(4, np.uint8)
    picture = open_picture(picture_files.saved(Image.fromarray(rgba), "PNG"))
    for numbers, names in (
        ((1, 2, 3), ("R", "G", "B")),
        ((4,), ("4: A",)),
        ((1, 2, 3, 4), ("1: R", "2: G", "3: B", "4: A")),
        ((3, 2, 1), ("3: B", "2: G", "1: R")),
    ):
        found, _, own = statistics.stored_numbers(statistics.only_channels(picture, numbers))
        right = rgba[..., [number - 1 for number in numbers]]
        assert np.array_equal(found, right[..., 0] if len(numbers) == 1 else right)
        assert own == names


def test_chosen_from_a_stack() -> None:
    stack = np.random.default_rng(0).integers(0, 255, (5, 3, 20, 30), dtype=np.uint8)
    picture = open_picture(picture_files.tiff(stack, ome=True, metadata={"axes": "ZCYX"}))
    found, axes, names = statistics.stored_numbers(statistics.only_channels(picture, (2, 3)))
    assert np.array_equal(found, np.moveaxis(stack[:, 1:], 1, -1))
    assert (axes, names) == ("dhwc", ("2", "3"))
    flat = open_picture(picture_files.tiff(stack[:, 0], ome=True, metadata={"axes": "ZYX"}))
    found, axes, names = statistics.stored_numbers(statistics.only_channels(flat, (5, 1)))
    assert np.array_equal(found, np.moveaxis(stack[[4, 0], 0], 0, -1))
    assert (axes, names) == ("hwc", ("5", "1"))


@pytest.mark.parametrize("text", ["", "0", "1,1", "a", "1;2", "1,,2", "-1", "1.5", "99999", "٣"])
def test_a_wrong_choice_is_one_sentence(text: str) -> None:
    with pytest.raises(PincelError) as refused:
        channels.numbers_of(text)
    assert refused.value.key == "channels.form"


def test_a_channel_that_is_not_there() -> None:
    picture = open_picture(picture_files.npy(stains(2)))
    with pytest.raises(PincelError) as refused:
        statistics.only_channels(picture, (1, 3))
    assert refused.value.key == "channels.none"
    assert channels.numbers_of(" 3, 1 ") == (3, 1)


# --- sizes ---


def test_sizes_are_those_of_the_reader(tmp_path: Path) -> None:
    files = dict(picture_files.every_kind())
    for turn in range(1, 9):
        exif = Image.Exif()
        exif[274] = turn
        image = Image.fromarray(picture_files.scene(20, 30))
        for kind in ("PNG", "JPEG", "TIFF", "WEBP"):
            files[f"{kind} {turn}"] = picture_files.saved(image, kind, exif=exif)
        for count in (1, 2, 4, 7):
            wide = stains(count)
            options: dict = {"planarconfig": "contig"} if count > 1 else {}
            files[f"{count} {turn}"] = picture_files.tiff(
                wide if count > 1 else wide[..., 0], photometric="minisblack",
                extratags=[(274, "H", 1, turn, False)], **options,
            )  # fmt: skip
            files[f"lzw {count}"] = lzw_tiff(wide, "<", False, False, 0)
    for axes in OME:
        values = np.zeros([SIZES[name] for name in axes], np.uint8)
        options = {"photometric": "rgb" if "S" in axes else "minisblack", "ome": True}
        files[axes] = picture_files.tiff(values, metadata={"axes": axes}, **options)
    for shape in ((20, 30), (20, 30, 2), (3, 20, 30), (9, 20, 30), (9, 20, 30, 2)):
        files[f"npy {shape}"] = picture_files.npy(np.zeros(shape))
    files["two pages"] = picture_files.tiff(stains(2), photometric="minisblack")
    for name, data in files.items():
        path = tmp_path / "picture"
        path.write_bytes(data)
        picture = open_picture(path)
        assert size_of(path) == (picture.width, picture.height), name


def test_size_of_what_is_no_picture(tmp_path: Path) -> None:
    for name, data in (("a", b""), ("b", b"hello"), ("c", b"\x89PNG\r\n\x1a\n")):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(PincelError):
            size_of(path)
    with pytest.raises(PincelError):
        size_of(tmp_path / "none")


def test_slices_turn_as_their_picture_does() -> None:
    stack = np.random.default_rng(0).integers(0, 9, (6, 20, 30), dtype=np.uint16)
    out = io.BytesIO()
    tifffile.imwrite(
        out, stack, photometric="minisblack", extratags=[(274, "H", 1, 6, False)],
        metadata={"axes": "ZYX"},
    )  # fmt: skip
    picture = open_picture(out.getvalue())
    assert np.array_equal(picture.raw, np.rot90(stack, -1, (1, 2)))
    assert (picture.width, picture.height) == (20, 30)
