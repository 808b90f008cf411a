"""Named palettes: counts and colours that everybody knows, names forgiven, sources given."""

import numpy as np
import pytest
from PIL import Image

from pincel.art.palettes import FAMILIES, Palette, all_palettes, from_hexes, names, palette_named
from pincel.errors import PincelError

KNOWN = {
    "PICO-8": (16, "#000000", "#ff004d", "#ffccaa"),
    "DB16": (16, "#140c1c", "#d04648", "#deeed6"),
    "DB32": (32, "#000000", "#fbf236", "#8a6f30"),
    "Game Boy": (4, "#0f380f", "#306230", "#9bbc0f"),
    "NES": (55, "#000000", "#f83800", "#787878"),
    "C64": (16, "#000000", "#68372b", "#959595"),
    "colodore": (16, "#000000", "#813338", "#b2b2b2"),
    "CGA": (16, "#000000", "#aa5500", "#ffffff"),
    "CGA 1 high": (4, "#000000", "#ff55ff", "#ffffff"),
    "EGA 64": (64, "#000000", "#aa5500", "#ffffff"),
    "VGA": (244, "#000000", "#ff00be", "#2d3141"),
    "ZX Spectrum": (15, "#000000", "#0000d7", "#ffffff"),
    "MSX": (15, "#000000", "#3eb849", "#ffffff"),
    "Apple II": (15, "#000000", "#d93cf0", "#ffffff"),
    "Amstrad CPC": (27, "#000000", "#ff8000", "#ffffff"),
    "Master System": (64, "#000000", "#55aaff", "#ffffff"),
    "Teletext": (8, "#000000", "#ff00ff", "#ffffff"),
    "Macintosh 16": (16, "#ffffff", "#fbf305", "#000000"),
    "Windows 16": (16, "#000000", "#c0c0c0", "#ffffff"),
    "Endesga 16": (16, "#e4a672", "#2ce8f4", "#0484d1"),
    "Endesga 32": (32, "#be4a2f", "#ff0044", "#c28569"),
    "Endesga 64": (64, "#ff0040", "#0cf1ff", "#571c27"),
    "Sweetie 16": (16, "#1a1c2c", "#b13e53", "#333c57"),
    "AAP-64": (64, "#060608", "#df3e23", "#423934"),
    "AAP-Splendor128": (128, "#050403", "#42bfe8", "#2a1e23"),
    "Resurrect 64": (64, "#2e222f", "#4d9be6", "#fdcbb0"),
    "Apollo": (46, "#172038", "#a53030", "#ebede9"),
    "Journey": (64, "#050914", "#ff417d", "#2d002e"),
    "Oil 6": (6, "#fbf5ef", "#c69fa5", "#272744"),
    "SLSO8": (8, "#0d2b45", "#d08159", "#ffecd6"),
    "Okabe-Ito": (8, "#000000", "#56b4e9", "#cc79a7"),
    "Web-safe": (216, "#000000", "#336699", "#ffffff"),
    "Solarized": (16, "#002b36", "#268bd2", "#859900"),
    "Nord": (16, "#2e3440", "#88c0d0", "#b48ead"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_famous_ones_are_right(name):
    count, first, inside, last = KNOWN[name]
    palette = palette_named(name)
    assert len(palette) == count
    assert palette.hexes[0] == first
    assert palette.hexes[-1] == last
    assert inside in palette.hexes


def test_there_are_many_and_each_is_sound():
    palettes = all_palettes()
    assert len(palettes) == 113
    assert len(set(names())) == len(palettes)
    for palette in palettes:
        assert palette.source, palette.name
        assert palette.family in FAMILIES
        assert palette.colors.dtype == np.uint8
        assert palette.colors.shape == (len(palette), 3)
        assert len(np.unique(palette.colors, axis=0)) == len(palette), palette.name
        assert palette.year is None or 1970 < palette.year < 2026
        assert palette_named(palette.slug) is palette


def test_no_two_palettes_answer_to_one_name():
    plain = ["".join(c for c in n.lower() if c.isalnum()) for n in names()]
    assert len(set(plain)) == len(plain)


@pytest.mark.parametrize("way", ["pico-8", "PICO 8", "pico8", "Pico_8", " pico-8 "])
def test_names_are_forgiving(way):
    assert palette_named(way).name == "PICO-8"


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("gb", "Game Boy"),
        ("tic-80", "Sweetie 16"),
        ("nintendo-entertainment-system", "NES"),
        ("edg32", "Endesga 32"),
        ("bbc micro", "Teletext"),
        ("grayscale 4", "Greys 4"),
    ],
)
def test_other_names(alias, name):
    assert palette_named(alias).name == name


def test_unknown_names_offer_the_nearest():
    with pytest.raises(PincelError, match="endesga-32") as caught:
        palette_named("endesga-33")
    assert "113" in str(caught.value)
    with pytest.raises(PincelError):
        palette_named("")


def test_machines_follow_their_arithmetic():
    two_bits = {f"#{r:02x}{g:02x}{b:02x}" for r in LEVELS for g in LEVELS for b in LEVELS}
    assert (
        set(palette_named("EGA 64").hexes) == two_bits == set(palette_named("Master System").hexes)
    )
    xterm = palette_named("xterm").hexes
    assert "#5f87af" in xterm and "#eeeeee" in xterm and len(xterm) == 249
    assert palette_named("greys 4").hexes == ("#000000", "#555555", "#aaaaaa", "#ffffff")


LEVELS = (0, 0x55, 0xAA, 0xFF)


def test_the_web_safe_palette_is_pillows():
    image = Image.new("RGB", (1, 1)).convert("P", palette=Image.Palette.WEB)
    pillow = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    ours = {tuple(color) for color in palette_named("web-safe").colors.tolist()}
    assert ours <= {tuple(color) for color in pillow.tolist()}


def test_shared_palettes_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        palette_named("nes").colors[0] = 1


def test_slug_and_hexes():
    palette = from_hexes(["#FFF", "0x1d2b53"], "Señor Gómez 2")
    assert palette.slug == "senor-gomez-2"
    assert palette.hexes == ("#ffffff", "#1d2b53")
    assert Palette("日本", palette.colors).slug == "palette"
    with pytest.raises(ValueError, match="not a colour"):
        from_hexes(["#12345"])


def test_a_palette_saves_itself(tmp_path):
    path = palette_named("slso8").save(tmp_path / "slso8.gpl")
    assert path.read_text().startswith("GIMP Palette\nName: SLSO8")
    with pytest.raises(PincelError, match="exists"):
        palette_named("nes").save(path)
    assert "NES" in palette_named("nes").save(path, force=True).read_text()
    with pytest.raises(PincelError, match="not written as"):
        palette_named("nes").save(tmp_path / "nes.psd")
    assert palette_named("nes").save(tmp_path / "nes").name == "nes.gpl"
