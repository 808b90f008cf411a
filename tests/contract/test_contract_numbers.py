"""Numbers are written as the language in force writes them: 30,000 and 2.5 in English are 30.000
and 2,5 in Spanish, in every sentence of every job."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import pincel
import pincel.jobs as jobs
from job_examples import example
from pincel import limits, words
from pincel.errors import PincelError
from pincel.job import Made, Said
from pincel.words.numbers import number

SOURCE = Path(pincel.__file__).parent
SLOW = ("contest", "race", "siamese", "watch", "train", "resume", "lesson")
"""Jobs that take seconds; what they say is said through the same few functions."""
TOKEN = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)")


def told(name: str, settings: dict[str, Any], code: str) -> list[str]:
    """The numbers in all that a job says in a language, as English writes them."""
    words.use(code)
    try:
        lines = []
        for event in limits.build(jobs.load(name), settings).run():
            lines += [event.text] if isinstance(event, Said) else []
            lines += event.lines if isinstance(event, Made) else ()
    finally:
        words.use(None)
    lines = [re.sub(r"--[\w-]+[ =]\S+", "", line) for line in lines]  # what is to be typed
    found = [hit for line in lines for hit in TOKEN.findall(line)]
    return sorted(
        hit.translate(str.maketrans(",.", ".,")) if code == "es" else hit for hit in found
    )


@pytest.mark.parametrize("name", [name for name in jobs.names() if name not in SLOW])
def test_spanish_sentences_hold_the_same_numbers(name: str, tmp_path: Path) -> None:
    settings = example(name, tmp_path)
    assert told(name, settings, "en") == told(name, settings, "es")


def test_arithmetic_counts_in_thousands() -> None:
    settings = {"input": "100x100x3", "network": "conv 32 5 valid, relu, pool 2, flatten, dense 10"}
    english = told("arithmetic", settings, "en")
    assert {"30,000", "2,432", "737,290", "739,722", "22,855,680"} <= set(english)
    assert english == told("arithmetic", settings, "es")


def test_a_blank_with_a_fraction_has_a_comma_and_what_is_typed_a_point() -> None:
    facts = {"name": "x", "pictures": 3, "minutes": 0.5, "needed": 1.25, "least": 2.5}
    words.use("es")
    try:
        said = words.say("teach.minutes", **facts)
        assert "0,5 minutos" in said and "1,25 minutos" in said and "--minutes 2.5" in said
        assert number(1234.5, 1) == "1.234,5" and number(-0.04, 1) == "0,0"
        refused = str(PincelError("teach.minutes", **facts))
        assert refused == said
    finally:
        words.use(None)
    assert "0.5 minutes" in words.say("teach.minutes", **facts)


def spelled(tree: ast.AST) -> Iterator[ast.FormattedValue]:
    """Numbers that f-strings write with an English comma anywhere, or with a point inside of what
    `say` and `PincelError` are given, but not through `number_plain`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and "," in _spec(node):
            yield node
        if isinstance(node, ast.Call) and _name(node) in ("say", "PincelError"):
            todo: list[ast.AST] = [*node.args, *(word.value for word in node.keywords)]
            while todo:
                inner = todo.pop()
                if isinstance(inner, ast.Call) and _name(inner) == "number_plain":
                    continue
                if isinstance(inner, ast.FormattedValue) and re.search(
                    r"\.\d+|[efg]$", _spec(inner)
                ):
                    yield inner
                todo += ast.iter_child_nodes(inner)


def _spec(node: ast.FormattedValue) -> str:
    return "" if node.format_spec is None else ast.unparse(node.format_spec).strip("f'\"")


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_no_sentence_is_given_an_english_number() -> None:
    wrong = []
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] in ("words", "lessons"):
            continue
        for node in spelled(ast.parse(path.read_text("utf-8"))):
            wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong


def test_an_english_number_would_be_seen() -> None:
    code = 'say("x", a=f"{n:,}", b=number_plain(f"{n:.2f}"), c=f"{n:.1f} m")\nd = f"{n:.3f}"'
    assert [ast.unparse(one.value) for one in spelled(ast.parse(code))] == ["n", "n"]
