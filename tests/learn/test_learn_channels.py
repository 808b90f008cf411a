"""Data sets of stains: every channel is learned from, chosen ones too, and sides are sides."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import picture_files
from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.learn.data import open_data, open_for
from pincel.pixels.open import open_picture

STAINS = ("DAPI", "GFP", "Cy5", "TRITC")


def values(seed: int, height: int = 12, width: int = 12) -> np.ndarray:
    """(h, w, 4) uint16, the fourth 0 in the upper half, where alpha would hide the others."""
    some = np.random.default_rng(seed).integers(300, 65_000, (height, width, 4), dtype=np.uint16)
    some[: height // 2, :, 3] = 0
    return some


def ome(some: np.ndarray, names: tuple[str, ...] = STAINS) -> bytes:
    about = {"axes": "CYX", "Channel": {"Name": list(names)}}
    return picture_files.tiff(np.moveaxis(some, -1, 0), ome=True, metadata=about)


def folder(place: Path, make, count: int = 4, suffix: str = "tif", **size: int) -> Path:
    for label in ("a", "b"):
        (place / label).mkdir(parents=True)
        for i in range(count):
            data = make(values(i + 10 * (label == "b"), **size))
            (place / label / f"{i}.{suffix}").write_bytes(data)
    return place


def all_of(data) -> dict[str, np.ndarray]:
    return {
        name: picture
        for part in data.parts.values()
        for name, picture in zip(part.names, part.pictures, strict=True)
    }


@pytest.mark.parametrize("make, suffix", [
    (ome, "ome.tif"),
    (lambda v: picture_files.tiff(v, photometric="minisblack", planarconfig="contig"), "tif"),
    (lambda v: picture_files.tiff(np.moveaxis(v, -1, 0), photometric="minisblack",
                                  planarconfig="separate"), "tif"),
    (picture_files.npy, "npy"),
    (lambda v: picture_files.npy(np.moveaxis(v, -1, 0)), "npy"),
])  # fmt: skip
def test_four_stains_are_four_channels(make, suffix: str, tmp_path: Path) -> None:
    data = open_data(folder(tmp_path / "x", make, suffix=suffix), cache=tmp_path / "cache")
    assert data.channels == 4 and not data.report.broken
    for name, picture in all_of(data).items():
        seed = int(name[2]) + 10 * (name[0] == "b")
        assert np.array_equal(picture, values(seed)), name
    spoken = make is ome
    assert data.channel_names == (
        tuple(f"{i}: {name}" for i, name in enumerate(STAINS, 1)) if spoken else tuple("1234")
    )
    facts = prepare.preparation_facts(data.train.pictures, names=data.channel_names)
    (picture,) = (open_picture(p) for p in (tmp_path / "x" / "a").glob("0.*"))
    assert np.array_equal(prepare.stacked([picture], {"prepare": facts})[0], values(0))


def test_a_choice_is_kept_apart_and_remembered(tmp_path: Path) -> None:
    place = folder(tmp_path / "x", ome)
    every = open_data(place, cache=tmp_path / "cache")
    some = open_data(place, cache=tmp_path / "cache", channels="3,1")
    assert (some.channels, some.chosen) == (2, (3, 1))
    assert some.channel_names == ("3: Cy5", "1: DAPI")
    for name, picture in all_of(some).items():
        assert np.array_equal(picture, all_of(every)[name][..., [2, 0]])
    again = open_data(place, cache=tmp_path / "cache", channels=(3, 1))
    assert again.hash == some.hash != every.hash

    from pincel.nets._family import family

    about = {"prepare": prepare.family_facts(family("cnn"), None, some)}
    assert about["prepare"]["chosen"] == [3, 1]
    assert prepare.names_in(about["prepare"]) == ("3: Cy5", "1: DAPI")
    assert open_for(about, place, cache=tmp_path / "cache").hash == some.hash
    picture = open_picture(place / "a" / "2.tif")
    assert np.array_equal(prepare.stacked([picture], about)[0], values(2)[..., [2, 0]])
    other = prepare.choosing(about, "2,4")
    assert np.array_equal(prepare.stacked([picture], other)[0], values(2)[..., [1, 3]])
    assert prepare.read_picture(picture, other)[1] == ("2: GFP", "4: TRITC")
    for text, key in (("1", "channels.count"), ("1,9", "channels.none"), ("1,x", "channels.form")):
        with pytest.raises(PincelError) as refused:
            prepare.stacked([picture], prepare.choosing(about, text))
        assert refused.value.key == key
    with pytest.raises(PincelError) as refused:
        open_data(place, cache=tmp_path / "cache", channels="5")
    assert refused.value.key == "data.all_broken" and "channel 5" in str(refused.value)


def test_stains_in_another_order_are_told(tmp_path: Path) -> None:
    place = folder(tmp_path / "x", ome)
    swapped = ("GFP", "DAPI", "Cy5", "TRITC")
    (place / "b" / "9.tif").write_bytes(ome(values(3), swapped))
    data = open_data(place, cache=tmp_path / "cache")
    ((name, why),) = data.report.broken
    assert name == "b/9.tif" and "1: GFP, 2: DAPI" in why
    about = {"prepare": prepare.preparation_facts(data.train.pictures, names=data.channel_names)}
    picture = open_picture(place / "b" / "9.tif")
    with pytest.raises(PincelError) as refused:
        prepare.stacked([picture], about)
    assert refused.value.key == "channels.order"
    right = prepare.stacked([picture], prepare.choosing(about, "2,1,3,4"))
    assert np.array_equal(right[0], values(3)[..., [1, 0, 2, 3]])


def test_alpha_and_a_fourth_stain_are_never_mixed(tmp_path: Path) -> None:
    place = folder(tmp_path / "x", picture_files.npy, suffix="npy")
    rgba = np.full((12, 12, 4), 128, np.uint8)
    Image.fromarray(rgba).save(place / "b" / "8.png")
    data = open_data(place, cache=tmp_path / "cache")
    assert data.channels == 4
    ((name, why),) = data.report.broken
    assert name == "b/8.png" and "alpha" in why
    about = {"prepare": prepare.generator_facts(rgba[None], ("R", "G", "B", "A"))}
    with pytest.raises(PincelError) as refused:
        prepare.stacked([open_picture(place / "a" / "0.npy")], about)
    assert refused.value.key == "data.channels"
    three = {"prepare": prepare.preparation_facts(rgba[None, ..., :3], names=("R", "G", "B"))}
    with pytest.raises(PincelError) as refused:  # not laid on white as if it had alpha
        prepare.stacked([open_picture(place / "a" / "0.npy")], three)
    assert refused.value.key == "data.channels"


def test_sprites_with_alpha_are_what_they_were(tmp_path: Path) -> None:
    rgba = np.zeros((12, 12, 4), np.uint8)
    rgba[3:9, 3:9] = (200, 100, 50, 255)
    rgba[0, 0] = (9, 9, 9, 0)
    for label in "ab":
        (tmp_path / "x" / label).mkdir(parents=True)
        for i in range(4):
            Image.fromarray(rgba).save(tmp_path / "x" / label / f"{i}.png")
    data = open_data(tmp_path / "x", cache=tmp_path / "cache")
    assert data.channel_names == ("R", "G", "B", "A")
    shown = data.train.pictures[0]
    assert shown[0, 0].tolist() == [0, 0, 0, 0] and shown[5, 5].tolist() == [200, 100, 50, 255]
    facts = prepare.generator_facts(data.train.pictures, data.channel_names)
    assert facts["premultiplied"] and facts["hard_alpha"]


def test_what_makes_pictures_takes_four_stains_as_four(tmp_path: Path) -> None:
    from pincel.learn.teach import begin

    place = folder(tmp_path / "x", ome, height=16, width=16)
    data = open_data(place, cache=tmp_path / "cache", labelled=False)
    asked = begin("vae", data)
    assert asked["config"]["channels"] == 4 and asked["config"]["stains"]
    assert "premultiplied" not in asked["prepare"] and len(asked["prepare"]["names"]) == 4
    with pytest.raises(PincelError) as refused:
        begin("masked", data)
    assert refused.value.key == "channels.palette_only" and "--channels" in str(refused.value)
    three = open_data(place, cache=tmp_path / "cache", labelled=False, channels="1,2,3")
    assert begin("masked", three)["prepare"]["chosen"] == [1, 2, 3]
    sprites = {"images": np.zeros((20, 16, 16, 4), np.uint8), "labels": np.arange(20) % 2}
    np.savez(tmp_path / "s.npz", channel_names=np.array(["R", "G", "B", "A"]), **sprites)
    rgba = begin("vae", open_data(tmp_path / "s.npz", labelled=False))
    assert not rgba["config"]["stains"] and rgba["prepare"]["premultiplied"]


def test_an_array_in_memory_is_what_the_network_reads() -> None:
    some = values(0)
    stains = {"prepare": prepare.preparation_facts(some[None], names=tuple("1234"))}
    assert np.array_equal(prepare.stacked([open_picture(some)], stains)[0], some)
    sprite = np.zeros((12, 12, 4), np.uint8)
    sprite[3:9, 3:9] = 255
    sprite[0, 0, 0] = 7
    rgba = {"prepare": prepare.generator_facts(sprite[None], ("R", "G", "B", "A"))}
    assert prepare.stacked([open_picture(sprite)], rgba)[0, 0, 0].tolist() == [0, 0, 0, 0]


def test_a_stack_with_channels_hides_nothing() -> None:
    stack = np.random.default_rng(0).integers(0, 255, (5, 3, 20, 30), dtype=np.uint8)
    picture = open_picture(picture_files.tiff(stack, ome=True, metadata={"axes": "ZCYX"}))
    found, names = prepare.named_channels(picture)
    assert found.shape == (20, 30, 15) and names[:4] == ("1/1", "1/2", "1/3", "2/1")
    assert np.array_equal(found[..., 7], stack[2, 1])


def test_npz_says_what_its_channels_are(tmp_path: Path) -> None:
    pictures = np.random.default_rng(0).integers(0, 255, (20, 9, 9, 4), dtype=np.uint8)
    labels = np.arange(20) % 2
    path = tmp_path / "x.npz"

    def told(**more):
        np.savez(path, labels=labels, **{"images": pictures, **more})
        return open_data(path).channel_names

    assert told() == ("1", "2", "3", "4")
    assert told(channel_names=np.array(["R", "G", "B", "A"])) == ("R", "G", "B", "A")
    assert told(channel_names=np.array(STAINS))[1] == "2: GFP"
    assert told(images=np.moveaxis(pictures[..., :2], -1, 1)) == ("1", "2")
    with pytest.raises(PincelError) as refused:
        told(channel_names=np.array(["a"]))
    assert refused.value.key == "channels.npz"
    told()
    some = open_data(path, channels="4,2")
    assert np.array_equal(some.train.pictures[0], open_data(path).train.pictures[0][..., [3, 1]])


@pytest.mark.parametrize("side, most, right", [(300, 224, 224), (48, 224, 48), (48, 32, 32)])
def test_the_side_is_the_readers(side: int, most: int, right: int, tmp_path: Path) -> None:
    def make(some: np.ndarray) -> bytes:
        return picture_files.tiff(some, photometric="minisblack", planarconfig="contig")

    place = folder(tmp_path / "x", make, count=3, height=side, width=side)
    data = open_data(place, cache=tmp_path / "cache", most=most)
    assert data.size == (right, right)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_portraits_on_their_side_are_not_squashed(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    image = Image.fromarray(picture_files.scene(20, 32))
    for label in "ab":
        (tmp_path / "x" / label).mkdir(parents=True)
        for i in range(3):
            place = tmp_path / "x" / label / f"{i}.{kind.lower()}"
            place.write_bytes(picture_files.saved(image, kind, exif=exif))
    data = open_data(tmp_path / "x", cache=tmp_path / "cache")
    assert data.size == (32, 20)
