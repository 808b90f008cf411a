"""Results in a notebook: what IPython would call, called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import pincel
from pincel.notebook import Told, showing

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_table_of_numbers_shows_its_chart(face_file: Path) -> None:
    reading = pincel.inspect(face_file)
    assert reading._repr_png_().startswith(PNG)
    assert reading._repr_html_() is None
    colors = pincel.colors(face_file)
    assert isinstance(colors, dict) and colors._repr_png_().startswith(PNG)


def test_several_results_show_one_below_the_other(face_file: Path) -> None:
    both = pincel.colors([face_file, face_file.rename(face_file.with_name("other.png"))][1:] * 2)
    assert isinstance(both, list) and len(both) == 1  # the same file twice is one picture
    assert both._repr_html_().count("<img ") == 1


def test_a_page_stands_in_a_frame_of_its_own() -> None:
    told = showing({"a": 1}, lambda: [(".html", b"<p>5 < 6</p>")])
    assert told == {"a": 1} and isinstance(told, Told)
    assert told._repr_html_().startswith('<iframe srcdoc="&lt;p&gt;5 &lt; 6')
    assert told._repr_png_() is None


def test_files_are_made_only_when_the_notebook_asks() -> None:
    def files() -> list[tuple[str, bytes]]:
        raise AssertionError("nobody asked")

    for value in ({"a": 1}, [1], 5, "word", b"bytes", np.zeros(3), None):
        same = showing(value, files)
        assert np.array_equal(same, value) if isinstance(value, np.ndarray) else same == value


def test_a_sprite_keeps_its_own_picture(face_file: Path) -> None:
    sprite = pincel.pixelate(face_file, width=16)
    assert sprite._repr_png_().startswith(PNG)
    with pytest.raises(AttributeError):
        sprite._repr_html_()
