"""What the docstrings' checker asks for, and that its list of exceptions only shrinks."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location(
    "docstrings", Path(__file__).parents[1] / "tools" / "docstrings.py"
)
checker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(checker)


def test_the_house_says_what_its_arrays_are() -> None:
    found, count = checker.lacking()
    assert count > 600
    assert checker.complaints(found, json.loads(checker.LISTED.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "text, given, returned, lacks",
    [
        (None, ["a"], False, "a docstring"),
        ("Of an array.", ["a"], False, "a shape"),
        ("Of many (Gatys, 2016), even (h w) uint8.", ["a"], False, "a shape"),
        ("Of an array (n, 3).", ["a"], False, "a type or range"),
        ("Of an array (n,), 0-1.", ["a"], False, ""),
        ("As (n, h, w + 1) uint8.", [], True, ""),
        ("As (h, w) int16, -1 where transparent.", ["rgba"], True, "a shape of rgba"),
        ("As (h, w) int16 of rgba (h, w, 4) uint8.", ["rgba"], True, ""),
        ("Distance of `one` and `other`, (n, 3) OKLab.", ["one", "other"], True, ""),
        ("Floats of any shape.", ["a", "b"], True, ""),
    ],
)
def test_what_is_asked_of_a_docstring(
    text: str | None, given: list[str], returned: bool, lacks: str
) -> None:
    assert checker.unsaid(text, given, returned) == lacks


def test_public_functions_and_methods_are_asked(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "a.py").write_text(
        "def f(a: np.ndarray): ...\n"
        "def _g(a: np.ndarray): ...\n"
        "def h(a: int) -> int: ...\n"
        "class A:\n    def m(self) -> tuple[Tensor, Tensor]: ...\n"
        "class _B:\n    def m(self, a: Tensor): ...\n"
    )
    lacks = {"art/a.py f": "a docstring", "art/a.py A m": "a docstring"}
    assert checker.lacking(tmp_path) == (lacks, 2)


def test_the_list_only_shrinks() -> None:
    assert checker.complaints({"art/a.py f": "a shape"}, ["art/a.py f"]) == []
    assert len(checker.complaints({"art/a.py f": "a shape"}, [])) == 1  # new
    assert len(checker.complaints({}, ["art/a.py f"])) == 1  # says all now: take it out
