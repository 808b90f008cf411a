"""The contract of all palette formats, whoever adds one: a sample of each is read, damage of any
kind ends in a sentence, and people are told of it in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from palette_samples import HEXES, SAMPLES
from pincel import words
from pincel.art.files import PALETTES, palette_formats
from pincel.art.files.palettes import read_palette, readable
from pincel.art.palette_files import load_palette
from pincel.errors import PincelError

NAMES = PALETTES.names()
PAGES = Path(__file__).parents[2] / "docs"


def named(name: str) -> str:
    return f"some{PALETTES.load(name).SUFFIX}"


def test_there_is_a_sample_of_every_format() -> None:
    assert set(SAMPLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_is_read_and_what_nobody_sees_is_left_out(name: str) -> None:
    data = SAMPLES[name]()
    suffix = PALETTES.load(name).SUFFIX
    sure = {one: PALETTES.load(one).fits(data, suffix) for one in NAMES}
    best = max(sure.values())
    assert [one for one, value in sure.items() if value == best] == [name]  # and no other
    hexes = read_palette(data, named(name)).hexes
    assert hexes[:3] == HEXES and (len(hexes) == 3 or name == "raw")


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_file_is_read_or_refused_in_one_sentence(name: str) -> None:
    rng = np.random.default_rng(len(name))
    good = SAMPLES[name]()
    cut = [good[:n] for n in range(0, len(good), max(1, len(good) // 25))]
    changed = []
    for _ in range(40):
        bad = np.frombuffer(good, np.uint8).copy()
        places = rng.integers(0, len(bad), 3)
        bad[places] = rng.choice([0, 1, 127, 128, 255, 10], 3)
        changed.append(bad.tobytes())
    refused = 0
    for bad_data in (*cut, *changed, good + good, b"", bytes(100)):
        try:
            assert 1 <= len(read_palette(bad_data, named(name))) <= 256
        except PincelError as error:
            refused += 1
            said = str(error)
            assert "some" in said and "\n" not in said and not re.search(r"\{\w+\}", said)
    assert refused  # an empty file at least


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_people_are_told_of_every_format(code: str) -> None:
    sentence = words.area("palette")["field.format"][code]
    for name in palette_formats():
        assert re.search(rf"\b{name}\b", sentence), name
    page = (PAGES / code / "jobs" / "palette.md").read_text("utf-8").split("<!-- generated")[0]
    for suffix in readable():
        assert f"`{suffix}`" in page, suffix


def test_what_writes_is_told_without_importing_any_format() -> None:
    assert set(palette_formats()) == {n for n in NAMES if hasattr(PALETTES.load(n), "write")}
    code = (
        "import sys; from pincel.art import files; files.sprite_formats(); files.sheet_formats()\n"
        "one = [m for m in sys.modules if m.startswith('pincel.art.files.') and m.count('.') > 3]\n"
        "sys.exit(bool(one) or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_colours_of_eight_digits_on_the_command_line() -> None:
    assert load_palette("#ff0044ff,#00000000,1d2b5380").hexes == ("#ff0044", "#1d2b53")
    assert load_palette(["#ff0044ff", "00e436"]).hexes == ("#ff0044", "#00e436")
    with pytest.raises(PincelError, match="no colours"):
        load_palette("#00000000,#ffffff00")
