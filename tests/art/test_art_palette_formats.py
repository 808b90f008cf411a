"""The registry of palette formats, and the right values of the little-used ones, each written here
by a generator of its own from the format's specification."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import numpy as np
import pytest

from pincel.art.files import PALETTES, palette_formats, sprite_formats
from pincel.art.files.palettes import (
    own_suffixes,
    palette_suffixes,
    read_palette,
    readable,
    write_palette,
)
from pincel.art.palettes import Palette, palette_named
from pincel.errors import PincelError

RED, GREEN, NAVY = "#ff0044", "#00e436", "#1d2b53"


def colors(data: bytes, name: str) -> list[str]:
    return list(read_palette(data, name).hexes)


@pytest.mark.parametrize("name", PALETTES.names())
def test_every_format_keeps_the_contract(name: str) -> None:
    form = PALETTES.load(name)
    assert form.SUFFIX in readable() and form.SUFFIX.startswith(".")
    assert form.__doc__ and 0 <= form.fits(b"", ".none") <= 1
    if hasattr(form, "write"):  # a format that writes is called by its suffix
        assert (
            f".{name}" == form.SUFFIX
            and name in palette_formats()
            and form.SUFFIX in palette_suffixes()
        )


@pytest.mark.parametrize("suffix", palette_suffixes())
@pytest.mark.parametrize("count", [1, 5, 255, 256])
def test_what_is_written_is_read_again(suffix: str, count: int) -> None:
    rng = np.random.default_rng(count)
    made = Palette("Ñandú 3", rng.permutation(1 << 24)[:count].astype("<u4").view("u1")
                   .reshape(count, 4)[:, :3].copy())  # fmt: skip
    made.colors[-1] = (255, 255, 255)  # a table without a count ends where black begins
    again = read_palette(write_palette(made, suffix), f"some{suffix}")
    assert again.hexes == made.hexes


@pytest.mark.parametrize("suffix", palette_suffixes())
def test_a_file_cut_anywhere_is_read_or_refused_in_a_sentence(suffix: str) -> None:
    data = write_palette(palette_named("pico-8"), suffix)
    for cut in range(0, len(data), max(1, len(data) // 60)):
        try:
            read_palette(data[:cut], f"some{suffix}")
        except PincelError as error:
            assert "\n" not in str(error)


def test_a_sprite_offers_its_palette_but_not_two_files_of_one_name() -> None:
    offered = sprite_formats()
    assert len(set(offered)) == len(offered)
    assert {"png", "gif", "sheet", "gpl", "hex", "act", "aco"} <= set(offered)
    assert "ase" not in offered  # Aseprite's for a sprite, Adobe's for a palette
    assert ".png" not in own_suffixes() and ".kpl" in own_suffixes()


# --- eight digits, alpha 0 ---


def test_eight_digits_are_rgba_in_hex_and_argb_in_paint_net() -> None:
    assert colors(b"ff0044ff\n00e436ff\n1d2b53ff\n", "a.hex") == [RED, GREEN, NAVY]
    assert colors(b"FFFF0044\nFF00E436\n", "a.txt") == [RED, GREEN]


def _act(used: int, clear: int) -> bytes:
    table = bytes.fromhex("ff00ff ff0044 00e436").ljust(768, b"\0")
    return table + struct.pack(">HH", used, clear)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.hex", b"ff004400\nff0044ff\n00e436ff\n"),
        ("a.txt", b"00FF00FF\nFFFF0044\nFF00E436\n"),
        ("a.gpl", b"GIMP Palette\nChannels: RGBA\n#\n0 0 0 0 Transparent\n"
                  b"255 0 68 255 Untitled\n0 228 54 255\n"),
        ("a.pal", b"JASC-PAL\n0100\n3\n255 0 68 255\n0 228 54 255\n0 0 0 0\n"),
        ("a.act", _act(3, 0)),
        ("a.json", json.dumps({"colors": [
            {"color": "(0, 0.894118, 0.211765, 1)", "index": 1},
            {"color": "(1, 0, 0.266667, 1)", "index": 0},
            {"color": "(0, 0, 0, 0)", "index": 2}]}).encode()),
    ],
)  # fmt: skip
def test_an_entry_that_nobody_sees_is_skipped_everywhere(name: str, data: bytes) -> None:
    assert colors(data, name) == [RED, GREEN]


def test_a_name_behind_three_numbers_is_no_alpha() -> None:
    data = b"GIMP Palette\n#\n255 0 68 0 is a name\n"  # without Channels: RGBA
    assert colors(data, "a.gpl") == [RED]
    assert colors(_act(3, 0xFFFF), "a.act") == ["#ff00ff", RED, GREEN]


# --- bare bytes ---


def test_a_nes_palette_with_its_emphasis_settings_is_its_first_64() -> None:
    data = np.random.default_rng(1).integers(0, 256, (512, 3), dtype=np.uint8)
    assert np.array_equal(read_palette(data.tobytes(), "nes.pal").colors, data[:64])
    with pytest.raises(PincelError):
        read_palette(data.tobytes()[:-3], "nes.pal")


# --- Photoshop ---


def _aco(version: int, *entries: tuple[int, ...]) -> bytes:
    made = struct.pack(">HH", version, len(entries))
    for one in entries:
        made += struct.pack(">5H", *one, *[0] * (5 - len(one)))
        if version == 2:
            made += struct.pack(">I", 2) + "a\0".encode("utf-16-be")
    return made


SPACES = {
    "rgb": ((0, 65535, 0, 0x4444), RED),
    "hsb": ((1, round(65535 / 3), 65535, 65535), "#00ff00"),
    "cmyk": ((2, 0, 65535, 65535, 65535), "#00ffff"),  # 0 is full ink: pure cyan
    "lab": ((7, 10_000, 0, 0), "#ffffff"),
    "lab signed": ((7, 5324, 8009, 6720), "#ff0000"),  # red: L 53.24, a 80.09, b 67.20
    "grey": ((8, 7_500), "#404040"),  # ink: "75% Gray" is dark
    "wide cmyk": ((9, 0, 0, 0, 10_000), "#000000"),
}


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("version", [1, 2])
def test_photoshop_swatches_in_every_space(space: str, version: int) -> None:
    entry, expected = SPACES[space]
    assert colors(_aco(version, entry), "s.aco") == [expected]


def test_photoshop_swatches_are_read_once_though_they_stand_twice() -> None:
    entries = [(0, 65535, 0, 0x4444), (0, 0, 0xE4E4, 0x3636)]
    assert colors(_aco(1, *entries) + _aco(2, *entries), "s.aco") == [RED, GREEN]
    assert colors(_aco(2, *entries), "s.aco") == [RED, GREEN]


def test_a_lab_with_negative_axes() -> None:
    entry = (7, 8774, (-8618) & 0xFFFF, 8318)  # sRGB green: L 87.74, a -86.18, b 83.18
    (got,) = read_palette(_aco(1, entry), "s.aco").colors.tolist()
    assert np.abs(np.array(got) - (0, 255, 0)).max() <= 1


def test_a_colour_of_a_book_is_refused_in_a_sentence() -> None:
    with pytest.raises(PincelError):
        read_palette(_aco(1, (3, 1, 2, 3)), "s.aco")  # Pantone


# --- Krita ---


def _kpl(inside: str, mimetype: str = "application/x-krita-palette") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("colorset.xml", f'<ColorSet name="Mine" columns="2">{inside}</ColorSet>')
    return held.getvalue()


def _entry(value: str, row: int = 0, column: int = 0) -> str:
    place = f'<Position row="{row}" column="{column}"/>'
    return f'<ColorSetEntry name="a">{value}{place}</ColorSetEntry>'


def test_krita_entries_stand_by_row_and_column_and_groups_follow() -> None:
    data = _kpl(
        _entry('<sRGB r="0" g="0.8941" b="0.2118"/>', 0, 1)
        + _entry('<sRGB r="1" g="0" b="0.2667"/>', 0, 0)
        + "<Group name='more'>"
        + _entry("<sRGB r='0' g='0' b='1'/>")
        + "</Group>"
    )
    palette = read_palette(data, "k.kpl")
    assert palette.hexes == (RED, GREEN, "#0000ff") and palette.name == "Mine"
    assert read_palette(data, "renamed.bin").hexes == palette.hexes  # told by its bytes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<RGB r="0.5" g="0.5" b="0.5" space="sRGB-elle-V2-srgbtrc.icc"/>', "#808080"),
        ('<RGB r="0.5" g="0.5" b="0.5" space="sRGB-elle-V2-g10.icc"/>', "#bcbcbc"),  # linear
        ('<CMYK c="1" m="0" y="0" k="0" space="x"/>', "#00ffff"),
        ('<Lab L="100" a="0" b="0" space="Lab identity"/>', "#ffffff"),
        ('<Gray g="0.5" space="gray"/>', "#808080"),
        ('<XYZ x="0.9505" y="1" z="1.089" space="XYZ"/>', "#ffffff"),
    ],
)
def test_krita_colours_in_every_space(value: str, expected: str) -> None:
    assert colors(_kpl(_entry(value)), "k.kpl") == [expected]


@pytest.mark.parametrize("inside", ["<ColorSetEntry/>", "<a>", _entry("<RGB r='x' g='0' b='0'/>")])
def test_a_damaged_krita_palette_is_one_sentence(inside: str) -> None:
    with pytest.raises(PincelError, match="damaged"):
        read_palette(_kpl(inside), "k.kpl")
    with pytest.raises(PincelError):
        read_palette(b"PK\x03\x04 no archive", "k.kpl")


# --- Pixelorama ---


def test_a_project_is_no_palette_and_says_so() -> None:
    with pytest.raises(PincelError, match="damaged or not what its name says"):
        read_palette(json.dumps({"frames": [], "colors": {}}).encode(), "project.json")


# --- Sketch Palettes ---


def test_a_sketch_palette_is_read_old_and_new() -> None:
    colors = [{"red": 1, "green": 0, "blue": 68 / 255, "alpha": 1},
              {"red": 0, "green": 1, "blue": 0, "alpha": 0}]  # fmt: skip
    told = {"compatibleVersion": "2.0", "pluginVersion": "2.14", "colors": colors}
    found = read_palette(json.dumps(told).encode(), "my.sketchpalette")
    assert (found.name, found.hexes) == ("my", ("#ff0044",))
    old = json.dumps({"compatibleVersion": "1.0", "colors": ["#ff0044", "#1d2b53"]}).encode()
    assert read_palette(old, "old.sketchpalette").hexes == ("#ff0044", "#1d2b53")
