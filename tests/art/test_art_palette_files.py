"""Palette files: round trips are exact, every dialect is read, bad ones are one sentence."""

import json
import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pincel.art.files.palettes import palette_suffixes, read_palette, write_palette
from pincel.art.files.sprites.aseprite import write_aseprite
from pincel.art.palette_files import load_palette
from pincel.art.palettes import Palette, all_palettes, palette_named
from pincel.art.sprite import Sprite
from pincel.errors import PincelError


def hexes(data, name):
    return list(read_palette(data, name).hexes)


@pytest.mark.parametrize("suffix", palette_suffixes())
def test_round_trips_are_exact(suffix):
    for palette in all_palettes():
        back = read_palette(write_palette(palette, suffix), f"x{suffix}")
        assert np.array_equal(back.colors, palette.colors), palette.name


@pytest.mark.parametrize("suffix", palette_suffixes())
def test_repeated_colours_and_final_blacks_survive(suffix):
    colors = np.array([[1, 2, 3], [0, 0, 0], [1, 2, 3], [0, 0, 0], [0, 0, 0]], np.uint8)
    back = read_palette(write_palette(Palette("twice", colors), suffix), f"x{suffix}")
    assert np.array_equal(back.colors, colors)


def test_gpl_keeps_name_and_source():
    back = read_palette(write_palette(palette_named("resurrect 64"), "gpl"), "other.gpl")
    assert back.name == "Resurrect 64"
    assert back.source == palette_named("resurrect 64").source


# --- what other programs write ---


def test_gimp_with_alpha_names_and_windows_lines():
    text = "GIMP Palette\r\nName: My: own\r\nColumns: 4\r\nChannels: RGBA\r\n# note\r\n"
    text += "255 0  77 255\tRed: hot\r\n\r\n  0   0   0   255  Untitled\r\n"
    read = read_palette(b"\xef\xbb\xbf" + text.encode(), "x.gpl")
    assert read.name == "My: own"
    assert list(read.hexes) == ["#ff004d", "#000000"]


def test_hex_lists_of_lospec_and_paint_net():
    assert hexes(b"1d2b53\n#7E2553\r\n\n", "lospec.hex") == ["#1d2b53", "#7e2553"]
    paint = b"; paint.net Palette File\n; Colors: 2\nFF008751\n00FFFFFF\nFFAB5236\n"
    assert hexes(paint, "palette.txt") == ["#008751", "#ab5236"]
    assert hexes(b"\xef\xbb\xbf;Downloaded from Lospec\nFFc2c3c7\n", "noname") == ["#c2c3c7"]


def test_lospec_json():
    told = {"name": "Twilight", "author": "Star", "colors": ["fbbbad", "#ee8695"]}
    read = read_palette(json.dumps(told).encode(), "twilight.json")
    assert (read.name, read.source) == ("Twilight", "Star")
    assert list(read.hexes) == ["#fbbbad", "#ee8695"]


def test_jasc_and_riff_and_raw_pal():
    assert hexes(b"JASC-PAL\r\n0100\r\n2\r\n1 2 3\r\n255 254 253\r\n", "a.pal") == [
        "#010203",
        "#fffefd",
    ]
    body = struct.pack("<HH", 0x300, 2) + bytes([9, 8, 7, 0, 6, 5, 4, 0])
    riff = b"RIFF" + struct.pack("<I", 16 + len(body)) + b"PAL data"
    assert hexes(riff + struct.pack("<I", len(body)) + body, "b.pal") == ["#090807", "#060504"]
    raw = bytes(range(192))
    assert hexes(raw, "nes.pal")[:2] == ["#000102", "#030405"]
    assert len(hexes(raw, "nes.pal")) == 64


def test_adobe_colour_tables():
    table = palette_named("pico-8").colors.tobytes().ljust(768, b"\0")
    assert hexes(table, "pico.act") == list(
        palette_named("pico-8").hexes
    )  # no count: black is unused
    assert len(hexes(table + struct.pack(">HH", 20, 0xFFFF), "pico.act")) == 20


def test_adobe_swatches_in_every_colour_model():
    def block(model, *values):
        body = struct.pack(">H", 3) + "ab\0".encode("utf-16-be") + model
        body += struct.pack(f">{len(values)}fH", *values, 0)
        return struct.pack(">HI", 1, len(body)) + body

    group = struct.pack(">HI", 0xC001, 4) + b"\0\1\0\0"
    blocks = [
        block(b"RGB ", 1, 0.5, 0),
        block(b"CMYK", 0, 1, 1, 0),
        block(b"Gray", 0.2),
        block(b"LAB ", 1.0, 0, 0),
    ]
    data = b"ASEF" + struct.pack(">HHI", 1, 0, 6) + group + b"".join(blocks)
    data += struct.pack(">HI", 0xC002, 0)
    assert hexes(data, "swatches.ase") == ["#ff8000", "#ff0000", "#333333", "#ffffff"]


def test_aseprite_files_of_both_endings():
    frame = np.array([[0, 1, -1]], np.int16)
    data = write_aseprite(Sprite((frame,), np.array([[1, 2, 3], [4, 5, 6]], np.uint8)))
    for name in ("a.ase", "a.aseprite"):
        assert hexes(data, name) == ["#010203", "#040506"]


def test_colours_of_pictures():
    def saved(image, kind="PNG"):
        out = BytesIO()
        image.save(out, kind)
        return out.getvalue()

    two_rows = np.array(
        [[[9, 9, 9, 255], [1, 1, 1, 0]], [[5, 5, 5, 255], [9, 9, 9, 255]]], np.uint8
    )
    assert hexes(saved(Image.fromarray(two_rows)), "p.png") == ["#090909", "#050505"]
    strip = np.array([[[9, 9, 9], [9, 9, 9], [1, 2, 3]]], np.uint8)
    assert hexes(saved(Image.fromarray(strip)), "strip.png") == ["#090909", "#090909", "#010203"]
    big = Image.fromarray(strip).resize((96, 32), Image.Resampling.NEAREST)
    assert hexes(saved(big), "strip-32x.png") == ["#090909", "#010203"]
    indexed = Image.new("P", (2, 2), 2)
    indexed.putpalette([7, 7, 7, 8, 8, 8, 6, 6, 6])
    indexed.putpixel((1, 1), 0)
    assert hexes(saved(indexed), "i.png") == ["#070707", "#060606"]  # the file's own order
    assert hexes(saved(indexed, "GIF"), "i.gif") == ["#070707", "#060606"]


# --- the one door ---


def test_load_by_name_colours_values_and_file(tmp_path):
    assert load_palette("Game Boy").name == "Game Boy"
    assert load_palette(palette_named("nes")) is palette_named("nes")
    assert list(load_palette("#1d2b53, 7E2553;#fff").hexes) == ["#1d2b53", "#7e2553", "#ffffff"]
    assert list(load_palette("#0f0").hexes) == ["#00ff00"]
    assert list(load_palette(["#000", "ffffff"]).hexes) == ["#000000", "#ffffff"]
    assert load_palette([[1, 2, 3], [4, 5, 6]]).colors.dtype == np.uint8
    assert load_palette(np.array([[1, 2, 3]])).hexes == ("#010203",)
    path = tmp_path / "my.palette.gpl"
    path.write_bytes(write_palette(palette_named("slso8"), ".gpl"))
    assert load_palette(path).name == "SLSO8"
    assert load_palette(str(path)).hexes == palette_named("slso8").hexes
    bare = tmp_path / "bare"
    bare.write_text("ff0000\n00ff00\n")
    assert load_palette(str(bare)).hexes == ("#ff0000", "#00ff00")


def test_load_keeps_each_colour_once():
    assert load_palette("#fff,#000,#ffffff,#123456").hexes == ("#ffffff", "#000000", "#123456")


def test_names_win_over_files_beside(tmp_path, monkeypatch):
    (tmp_path / "nes").write_text("ff0000\n")
    monkeypatch.chdir(tmp_path)
    assert len(load_palette("nes")) == 55
    assert load_palette("./nes").hexes == ("#ff0000",)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("picco-8", "pico-8"),
        ("missing.gpl", "no palette file"),
        ("#1d2b53,#7e25", "#1d2b53,#7e25 is no list of colours"),
        (",".join(f"#{n:06x}" for n in range(300)), "300 colours and a palette has at most 256"),
        (["#zzz"], "no list of colours"),
        ([[1, 2]], "no list of colours"),
        ([[1.5, 2, 3]], "no list of colours"),
        ([[1, 2, 300]], "no list of colours"),
        ([], "no list of colours"),
        ([[1, 2, 3], [4]], "no list of colours"),
        (["#000000"] * 300, "300 colours"),
        ("a\0b.gpl", "could not be read"),
    ],
)
def test_wrong_wishes_are_one_sentence(wanted, says):
    with pytest.raises(PincelError, match=says):
        load_palette(wanted)


def test_a_folder_is_no_palette(tmp_path):
    with pytest.raises(PincelError, match="is a folder"):
        load_palette(tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "x.gpl", "no colours"),
        (b"GIMP Palette\n#\n", "x.gpl", "no colours"),
        (b"GIMP Palette\n300 0 0\n", "x.gpl", "damaged"),
        (b"GIMP Palette\n1 2\n", "x.gpl", "damaged"),
        (b"JASC-PAL\n0100\n", "x.pal", "damaged"),
        (b"JASC-PAL\n0100\n9\n1 2 3\n", "x.pal", "damaged"),
        (b"JASC-PAL\n0100\n99999999999999\n1 2 3\n", "x.pal", "damaged"),
        (b"zzzzzz\n", "x.hex", "damaged"),
        (b"12 34", "x.act", "damaged"),
        (b"ASEF\0\1\0\0\xff\xff\xff\xff", "x.ase", "damaged"),
        (b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0", "x.ase", "damaged"),
        (b"RIFF\0\0\0\0PAL data\0\0\0\0\0\3\xff\xff", "x.pal", "damaged"),
        (b'{"colors": "red"}', "x.json", "damaged"),
        (b"[1, 2", "x.json", "damaged"),
        (b"just some words", "notes", "no palette that Pincel reads"),
        (b"\x89PNG\r\n\x1a\nxxxx", "x.png", "damaged"),
        (b"0000\xe0\xa5zz", "x.ase", "Aseprite"),
        ("\n".join(f"{n:06x}" for n in range(300)).encode(), "x.hex", "300 colours"),
    ],
)
def test_bad_files_are_one_sentence(data, name, says):
    with pytest.raises(PincelError, match=says) as caught:
        read_palette(data, name)
    assert name.split(".")[0] in str(caught.value)


def test_a_photo_is_no_palette():
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    out = BytesIO()
    Image.fromarray(noise).save(out, "PNG")
    with pytest.raises(PincelError, match=r"4\d\d\d colours .* --colors"):
        read_palette(out.getvalue(), "photo.png")


def test_unknown_formats_are_refused():
    with pytest.raises(PincelError, match=r"\.gpl"):
        write_palette(palette_named("nes"), ".psd")


def test_mutations_end_in_a_palette_or_a_sentence():
    rng = np.random.default_rng(4)
    for suffix in palette_suffixes():
        good = write_palette(palette_named("db16"), suffix)
        for _ in range(60):
            bad = bytearray(good)
            for place in rng.integers(0, len(bad), 4):
                bad[place] = rng.integers(0, 256)
            try:
                assert (
                    1
                    <= len(read_palette(bytes(bad[: rng.integers(1, len(bad) + 1)]), f"x{suffix}"))
                    <= 256
                )
            except PincelError as error:
                assert str(error)
