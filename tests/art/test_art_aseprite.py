"""Aseprite files: what is written is read back, and files assembled by hand are understood."""

import struct
from dataclasses import replace

import numpy as np
import pytest

from aseprite_files import (
    BLUE,
    GREEN,
    OLD_PALETTE,
    RED,
    cel,
    chunk,
    file,
    frame,
    layer,
    link,
    palette,
)
from pincel.art.files.sprites.aseprite import aseprite_sprite, write_aseprite
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.pixels.animation import Slice, SliceKey, Tag
from pincel.pixels.aseprite import read_aseprite


def walking(holes=True, colors=5):
    rng = np.random.default_rng(3)
    frames = tuple(
        rng.integers(-1 if holes else 0, colors, (6, 9)).astype(np.int16) for _ in range(3)
    )
    palette = rng.permutation(256**2)[:colors]
    palette = np.stack([palette >> 8, palette & 255, 7 + palette % 11], -1).astype(np.uint8)
    return Sprite((*frames, frames[0]), palette, (80, 120, 100, 40), "walk")


def same(a, b):
    assert np.array_equal(a.palette, b.palette)
    assert a.durations == b.durations
    assert len(a.frames) == len(b.frames)
    for mine, theirs in zip(a.frames, b.frames, strict=True):
        assert np.array_equal(mine, theirs)


@pytest.mark.parametrize(("holes", "colors"), [(True, 5), (False, 5), (True, 255), (False, 256)])
def test_round_trip(holes, colors):
    sprite = walking(holes, colors)
    read = read_aseprite(write_aseprite(sprite), "walk")
    assert (read.mode, read.width, read.height) == ("indexed", 9, 6)
    assert [layer.name for layer in read.layers] == ["walk"]
    same(aseprite_sprite(write_aseprite(sprite), "walk"), sprite)
    for number in range(4):
        assert np.array_equal(read.rgba(number), sprite.rgba(number))


def test_256_colours_and_holes_become_rgba():
    frame = np.arange(257, dtype=np.int16).reshape(1, -1) - 1
    palette = np.random.default_rng(0).permutation(256).astype(np.uint8)
    sprite = Sprite((frame,), np.stack([palette, palette, 255 - palette], -1))
    read = read_aseprite(write_aseprite(sprite))
    assert read.mode == "rgba"
    assert np.array_equal(read.rgba(), sprite.rgba())


def test_256_colours_with_one_unused_stay_indexed():
    frame = np.array([[-1, 0, 254]], np.int16)
    sprite = Sprite((frame,), np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, 1))
    read = read_aseprite(write_aseprite(sprite))
    assert read.mode == "indexed"
    assert np.array_equal(read.rgba(), sprite.rgba())


def test_layers_tags_and_links():
    sprite = walking()
    back = [np.zeros((6, 9), np.int16)] * 4
    data = write_aseprite(sprite, {"sky": back, "héroe": sprite.frames}, [Tag("go", 0, 3, 2)])
    read = read_aseprite(data)
    assert [layer.name for layer in read.layers] == ["sky", "héroe"]
    assert read.tags == aseprite_sprite(data).tags == (Tag("go", 0, 3, 2),)
    assert read.durations == sprite.durations
    assert read.cels[3][1] is read.cels[0][1]  # the same picture: stored once, linked
    expected = np.where(sprite.frames[1] < 0, 0, sprite.frames[1])
    assert np.array_equal(aseprite_sprite(data).frames[1], expected)
    with pytest.raises(ValueError, match="other frames"):
        write_aseprite(sprite, {"one": back[:1]})


def test_same_sprite_same_bytes_and_stated_size():
    data = write_aseprite(walking())
    assert data == write_aseprite(walking())
    assert struct.unpack_from("<I", data)[0] == len(data)


# --- files assembled by hand, without the writer ---


def test_an_indexed_file_made_by_hand():
    # 4x3, colour 0 is the mask; a 2x2 cel hangs over the left edge, a raw one lies on it;
    # frame 2 links to frame 1 on layer 0 and has nothing on layer 1
    data = file(
        [
            frame(
                [
                    OLD_PALETTE,
                    layer("base"),
                    layer("top"),
                    cel(0, -1, 1, 2, 2, [1, 2, 0, 3]),
                    cel(1, 0, 1, 1, 1, [1], packed=False),
                ],
                70,
            ),
            frame([link(0, 0, -1, 1)]),
        ],
        4,
        3,
        8,
        speed=90,
    )
    read = read_aseprite(data)
    assert read.durations == (70, 90)
    first = np.zeros((3, 4, 4), np.uint8)
    first[1, 0] = (*RED, 255)  # the raw cel covers the green that hung over the edge
    first[2, 0] = (*BLUE, 255)
    assert np.array_equal(read.rgba(0), first)
    first[1, 0] = (*GREEN, 255)
    assert np.array_equal(read.rgba(1), first)
    sprite = aseprite_sprite(data)
    assert np.array_equal(sprite.rgba(1), first)
    assert sprite.palette.tolist() == [[9, 9, 9], list(RED), list(GREEN), list(BLUE)]


def test_rgba_layers_blend_and_hidden_groups_hide():
    solid = [*RED, 255]
    half = [*BLUE, 255]
    data = file(
        [
            frame(
                [
                    layer("base"),
                    layer("half", opacity=128),
                    layer("group", flags=0, kind=1),
                    layer("inside", level=1),
                    cel(0, 0, 0, 2, 1, solid * 2),
                    cel(1, 1, 0, 1, 1, half),
                    cel(3, 0, 0, 1, 1, half),
                ]
            )
        ],
        2,
        1,
        32,
    )
    read = read_aseprite(data)
    assert read.shown() == [0, 1]
    assert read.rgba()[0].tolist() == [[255, 0, 0, 255], [127, 0, 128, 255]]


def test_grey_files_and_the_new_palette_wins():
    entries = struct.pack("<III8x", 2, 0, 1) + b"\0\0" + bytes([1, 2, 3, 255])
    entries += struct.pack("<H4BH", 1, 4, 5, 6, 0, 2) + b"hi"
    data = file(
        [
            frame(
                [
                    chunk(0x2019, entries),
                    OLD_PALETTE,
                    layer("g"),
                    cel(0, 0, 0, 2, 1, [40, 255, 90, 0]),
                ]
            )
        ],
        2,
        1,
        16,
    )
    read = read_aseprite(data)
    assert read.mode == "grey"
    assert read.entries.tolist() == [[1, 2, 3, 255], [4, 5, 6, 0]]
    assert read.palette.tolist() == [[1, 2, 3]]
    assert read.rgba()[0].tolist() == [[40, 40, 40, 255], [0, 0, 0, 0]]


def test_what_cannot_be_shown_says_so():
    tilemap = chunk(0x2005, struct.pack("<HhhBH7x", 0, 0, 0, 255, 3))
    with pytest.raises(PincelError, match="tilemap"):
        read_aseprite(file([frame([OLD_PALETTE, layer("t"), tilemap])], 2, 2, 8), "a.ase")
    unknown = file([frame([layer("m", blend=19), cel(0, 0, 0, 1, 1, [9] * 4)])], 1, 1, 32)
    with pytest.raises(PincelError, match="blend mode 19"):
        read_aseprite(unknown)
    soft = file([frame([layer("s"), cel(0, 0, 0, 1, 1, [9, 9, 9, 100])])], 1, 1, 32)
    with pytest.raises(PincelError, match="half-transparent"):
        aseprite_sprite(soft, "soft")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a sprite",
        file([], 2, 2, 8),
        file([frame([layer("x")])], 2, 2, 8),  # indexed, no palette
        file([frame([OLD_PALETTE])], 2, 2, 9),  # no such depth
        file([frame([OLD_PALETTE, layer("a"), cel(1, 0, 0, 1, 1, [1])])], 2, 2, 8),
        file([frame([OLD_PALETTE, layer("a"), cel(0, 0, 0, 3, 3, [1])])], 2, 2, 8),
        file([frame([OLD_PALETTE, layer("a"), chunk(0x2005, bytes(16))])], 2, 2, 8),
        file([frame([chunk(0x2019, struct.pack("<III8x", 2**31, 0, 2**31 - 1))])], 2, 2, 8),
        file([frame([OLD_PALETTE, layer("a"), struct.pack("<IH", 3, 0x2005)])], 2, 2, 8),
    ],
)
def test_damage_is_one_sentence(data):
    with pytest.raises(PincelError, match="no Aseprite file or is damaged"):
        read_aseprite(data, "x.aseprite")


def test_gigantic_claims_cost_nothing():
    with pytest.raises(PincelError, match="megapixels"):
        read_aseprite(file([frame([])], 30_000, 30_000, 32))
    many = cel(0, 0, 0, 65_535, 65_535, [])
    with pytest.raises(PincelError, match="MB of pixels"):
        read_aseprite(file([frame([OLD_PALETTE, layer("a"), many])], 2, 2, 8))


def test_mutations_end_in_a_file_or_a_sentence():
    good = write_aseprite(
        walking(), {"a": walking().frames, "b": walking().frames}, [Tag("t", 0, 1)]
    )
    rng = np.random.default_rng(11)
    opened = 0
    for _ in range(400):
        bad = bytearray(good)
        for place in rng.integers(0, len(bad), rng.integers(1, 6)):
            bad[place] = rng.integers(0, 256)
        try:
            end = rng.integers(1, len(bad) + 1) if rng.random() < 0.3 else len(bad)
            read = read_aseprite(bytes(bad[:end]))
            opened += 1
            if read.width * read.height < 100_000:
                read.rgba(len(read.cels) - 1)
                aseprite_sprite(bytes(bad[:end]))
        except PincelError as error:
            assert str(error)
    assert opened > 20


def test_tags_and_slices_are_written_and_read_again():
    tags = (
        Tag("go", 0, 2, 2, 3, (1, 2, 3, 255), "fast"),
        Tag("back", 1, 3, 1),
        Tag("flip", 0, 1, 3, 1),
    )
    slices = (
        Slice("face", (SliceKey(0, (1, 2, 5, 3), (1, 1, 3, 1), (2, 2)),), (9, 8, 7, 255), "hit"),
        Slice("foot", (SliceKey(0, (0, 5, 9, 1)), SliceKey(2, (0, 4, 9, 2)))),
    )
    data = write_aseprite(replace(walking(), tags=tags, slices=slices))
    read = aseprite_sprite(data, "walk")
    assert read.tags == tags
    assert read.slices == slices
    same(read, walking())


def test_a_palette_that_changes_gives_the_colours_of_each_frame():
    data = file(
        [
            frame([palette([RED, BLUE]), layer("a"), cel(0, 0, 0, 2, 1, [0, 1])], 50),
            frame([palette([GREEN], first=0, size=2), link(0, 0)], 50),
        ],
        2,
        1,
        8,
        clear=9,
    )
    sprite = aseprite_sprite(data)
    assert sprite.rgba(0)[0, :, :3].tolist() == [list(RED), list(BLUE)]
    assert sprite.rgba(1)[0, :, :3].tolist() == [list(GREEN), list(BLUE)]
