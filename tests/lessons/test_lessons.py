"""Lessons: each is run and reaches its number, in both languages, as page and as notebook."""

from __future__ import annotations

import ast
import base64
import io
import json
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel import words
from pincel.errors import PincelError
from pincel.lessons import performed
from pincel.lessons.as_notebook import notebook
from pincel.lessons.as_page import lesson_page
from pincel.lessons.lesson import WrittenLesson, in_language, names, parse_lesson, read_lesson
from pincel.lessons.performed import Performed, perform

LEFT: dict[str, list[str]] = {}
SLOWEST = 30.0  # seconds that a lesson may take


@cache
def run(name: str) -> Performed:
    """The lesson run once, as it stands, in Spanish; what it left behind stands in LEFT."""
    words.use("es")
    before = tempfile.tempdir
    try:
        lesson = read_lesson(name, "es")
        for library in lesson.needs:
            pytest.importorskip(library)
        with tempfile.TemporaryDirectory() as room:
            tempfile.tempdir = room
            *_, last = perform(lesson)
            # torch 2.14 makes a folder for its compiler once a process, where it is first asked for
            left = sorted(path.name for path in Path(room).iterdir())
            LEFT[name] = [one for one in left if not one.startswith("torchinductor_")]
    finally:
        tempfile.tempdir = before
        words.use(None)
    assert isinstance(last, Performed)
    return last


@pytest.mark.parametrize("name", names())
def test_a_lesson_reaches_its_number(name: str) -> None:
    begun = time.process_time()
    done = run(name)
    assert time.process_time() - begun < SLOWEST
    assert done.goal.reached, done.goal
    assert done.goal.at_least is not None or done.goal.at_most is not None
    goals = [one for outputs in done.outputs for one in outputs if one.kind == "goal"]
    assert done.outputs[-1][-1] is goals[-1] and len(goals) == 1


@pytest.mark.parametrize("name", names())
def test_it_leaves_nothing_behind(name: str) -> None:
    run(name)
    assert LEFT[name] == []


@pytest.mark.parametrize("name", names())
def test_its_pictures_are_computed_and_show_something(name: str) -> None:
    shown = [one for outputs in run(name).outputs for one in outputs if one.kind == "picture"]
    assert len(shown) >= 2
    for one in shown:
        with Image.open(io.BytesIO(one.data)) as picture:
            pixels = np.asarray(picture.convert("L"))
        assert pixels.std() > 4 and len(one.text) > 15


@pytest.mark.parametrize("name", names())
def test_it_stands_in_both_languages(name: str) -> None:
    english, spanish = read_lesson(name, "en"), read_lesson(name, "es")
    assert [cell.kind for cell in english.cells] == [cell.kind for cell in spanish.cells]
    assert english.seconds <= SLOWEST
    for one in (english, spanish):
        assert len(one.title) > 8 and 40 < len(one.about) < 260 and "\n" not in one.title
        assert [cell.kind for cell in one.cells].count("values") <= 1
    for first, second in zip(english.cells, spanish.cells, strict=True):
        if first.kind == "text":
            assert first.source != second.source
            assert _headings(first.source) == _headings(second.source)
        else:
            for lesson, cell in ((english, first), (spanish, second)):
                assert "both(" not in lesson.source(cell)
                ast.parse(lesson.source(cell))


def _headings(text: str) -> list[int]:
    return [len(line) - len(line.lstrip("#")) for line in text.split("\n") if line[:1] == "#"]


@pytest.mark.parametrize("name", names())
def test_its_notebook_is_one(name: str) -> None:
    nbformat = pytest.importorskip("nbformat")
    done = run(name)
    held = notebook(done)
    told = nbformat.reads(held.decode(), as_version=4)
    nbformat.validate(told, relax_add_props=False)
    sources = [cell.source for cell in told.cells if cell.cell_type == "code"]
    lesson = done.lesson
    assert sources == [lesson.source(cell) for cell in lesson.cells if cell.kind != "text"]
    pictures = [
        output["data"]["image/png"]
        for cell in told.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert base64.b64decode(pictures[0])[:4] == b"\x89PNG"
    assert notebook(done) == held


def test_a_notebook_can_be_run_as_it_is() -> None:
    """Its code, put together, needs nothing but what it imports."""
    told = json.loads(notebook(run("neuron")))
    code = ["".join(cell["source"]) for cell in told["cells"] if cell["cell_type"] == "code"]
    space: dict[str, object] = {}
    for source in code:
        exec(source, space)
    assert eval(code[-1].splitlines()[-1], space).reached


def test_the_page_shows_text_code_and_goal() -> None:
    told = lesson_page(run("neuron")).decode()
    assert "Forward pass" in told and told.count("data:image/png;base64,") >= 3
    assert 'class="goal reached"' in told and "Alcanzado: " in told and "http" not in told


def test_a_goal_can_be_missed_and_says_so() -> None:
    done = pincel.lesson("neuron", values="steps=1, rate=0.01")
    assert not done.goal.reached and repr(done.goal).startswith("Not reached: 0.")
    values = {value.name: value.value for value in done.lesson.values}
    assert values["steps"] == 1 and values["rate"] == 0.01
    assert "steps = 1  #" in notebook(done).decode()


def test_without_a_name_all_are_listed() -> None:
    listed = pincel.lesson()
    assert [one["name"] for one in listed] == list(names())


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lesson": "neurn"}, "did you mean neuron"),
        ({"lesson": "neuron", "values": "rate=99"}, "goes from 0.01 to 20"),
        ({"lesson": "neuron", "values": "rate=fast"}, "goes from 0.01 to 20"),
        ({"lesson": "neuron", "values": "steps=2.5"}, "goes from 1 to 400"),
        ({"lesson": "neuron", "values": "speed=1"}, "nothing called speed"),
        ({"lesson": "neuron", "values": "rate"}, "rate=0.1,steps=20"),
        ({"lesson": "neuron", "data": "pictures"}, "nothing called data"),
    ],
)
def test_what_does_not_fit_gets_one_sentence(settings: dict[str, str], said: str) -> None:
    with pytest.raises(PincelError, match=said):
        pincel.lesson(**settings)


def test_where_a_library_is_missing_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performed, "find_spec", lambda name: None)
    with pytest.raises(PincelError, match=r"torch, sklearn.*pincel\[nets\]"):
        next(perform(read_lesson("recurrent", "en")))


def test_a_lesson_that_cannot_go_on_says_why() -> None:
    written = "# seconds: 1\n# %% [markdown] en\n# # T\n#\n# About.\n# %%\n1 / 0\n"
    with pytest.raises(PincelError, match="ZeroDivisionError"):
        list(perform(parse_lesson("t", written, "en")))


def test_texts_of_both_languages_become_one() -> None:
    source = 'print(both("a (1)", "b — é"), both(f"{x} in", f"en {x}"))\ny = both("c", "d")'
    assert in_language(source, "en") == 'print("a (1)", f"{x} in")\ny = "c"'
    assert in_language(source, "es") == 'print("b — é", f"en {x}")\ny = "d"'


def test_changed_values_stand_in_the_code() -> None:
    lesson: WrittenLesson = read_lesson("neuron", "es").changed({"noise": "0.25"})
    (cell,) = [cell for cell in lesson.cells if cell.kind == "values"]
    assert "noise = 0.25  # ruido en las imágenes, de 0 a 3" in lesson.source(cell)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rate=0.5,steps=20", {"rate": "0.5", "steps": "20"}),
        ("rate=0,5, steps=20", {"rate": "0.5", "steps": "20"}),
        ("rate=0,5", {"rate": "0.5"}),
        ("rate=1e-3,", {"rate": "1e-3"}),
        ("", {}),
    ],
)
def test_values_as_either_language_writes_them(text: str, values: dict[str, str]) -> None:
    from pincel.jobs.other.lesson import _parsed

    assert _parsed(text) == values


@pytest.mark.parametrize("text", ["rate", "rate=", "0.5", "rate=0,5,6", "rate=0.5;steps=3"])
def test_what_are_no_values(text: str) -> None:
    from pincel.jobs.other.lesson import _parsed

    with pytest.raises(PincelError, match=r"rate=0\.1,steps=20"):
        _parsed(text)
