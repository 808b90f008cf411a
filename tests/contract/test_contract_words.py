"""Advice that can be followed: an option that a sentence names exists where it can be read.

Which jobs can say a sentence is read off the code: a job says what stands in its own words file,
and every sentence whose key occurs in a module that the job imports, however indirectly. An option
behind the name of a job ("pincel train --size 32") must be that job's; one with a list behind it
("--channels 1,3 (in train and index)") must be of all jobs in the list, and the list must hold
every job that has the option and can say the sentence; any other must be one of every job that can
say the sentence. Advice that names no option ("choose two of its channels") counts as that option.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pincel
import pincel.jobs as jobs
from pincel.job import option_of

SOURCE = Path(pincel.__file__).parent
AREAS = sorted(path.stem for path in (SOURCE / "words").glob("*.json"))
GENERAL = {"--out", "--force", "--json", "--quiet", "--help", "--workers", "--cluster"}
OF_NO_JOB = {"cli": {"--completion"}, "studio": {"--host", "--port", "--token"}}
NEVER_SAID = {  # the module is imported, the sentence cannot be reached
    ("draw", "options.no_background"): "draw cuts nothing out",
    ("draw", "options.all_background"): "draw cuts nothing out",
    ("style", "options.no_background"): "style cuts nothing out",
    ("style", "options.all_background"): "style cuts nothing out",
    ("draw", "pixelate.nothing_stands_out"): "draw cuts nothing out",
    ("draw", "pixelate.all_stands_out"): "draw cuts nothing out",
    ("quiz", "generate.no_classes"): "quiz asks for classes only where the model knows them",
}
NAMED = re.compile(r"pincel ([a-z]+)|(?<![\w-])(--[a-z][a-z-]*)|[.;)](?=\s|$)|,(?! --)|\n")


LISTED = re.compile(r"(--[a-z][a-z-]*)[^();]* \((?:in|en) ([a-z, -]+)\)")
IMPLIED = {"--channels": re.compile(r"\b(?:choose|elige)\b[^.;:(-]*\b(?:channel|canal)")}
"""What tells to do what an option does."""


@cache
def options(job: str) -> frozenset[str]:
    found = {option_of(name) for name in jobs.load(job).model_fields} | GENERAL
    return frozenset(found | {"--no-" + option[2:] for option in found})


@cache
def known() -> frozenset[str]:
    """The options of all jobs."""
    return frozenset().union(*(options(job) for job in jobs.names()))


@cache
def modules() -> dict[str, tuple[set[str], set[str]]]:
    """Of each module: those of ours that it imports anywhere, and the texts that stand in it."""
    names = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        names[".".join(parts).removesuffix(".__init__")] = path
    found = {}
    for name, path in names.items():
        imported, texts = set(), set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    inside = f"{node.module}.{one.name}"
                    imported.add(inside if inside in names else node.module)
            elif isinstance(node, ast.Import):
                imported |= {one.name for one in node.names}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
        found[name] = imported & set(names), texts
    return found


@cache
def holders() -> dict[str, set[str]]:
    """Of each text: the modules it stands in."""
    found: dict[str, set[str]] = {}
    for name, (_, texts) in modules().items():
        for text in texts:
            found.setdefault(text, set()).add(name)
    return found


@cache
def reached(job: str) -> set[str]:
    """The modules that a job imports, however indirectly."""
    seen = {jobs.load(job).__module__}
    todo = list(seen)
    while todo:
        new = modules()[todo.pop()][0] - seen
        seen |= new
        todo += new
    return seen


def said_by(key: str) -> set[str]:
    """The jobs that can say the sentence of this key."""
    area, _, rest = key.partition(".")
    own = area.replace("_", "-")
    if own in jobs.names() and rest.split(".")[0] in ("title", "about", "field"):
        return {own}
    holding = holders().get(key, set())
    found = {job for job in jobs.names() if reached(job) & holding}
    if not holding and own in jobs.names():  # put together as it runs
        return {own}
    return {job for job in found if (job, key) not in NEVER_SAID}


def sentences(value: Any, key: str) -> Iterator[tuple[str, str]]:
    for name, below in value.items():
        if isinstance(below, str):
            yield key, below
        elif isinstance(below, dict):
            yield from sentences(below, f"{key}.{name}")


def wrong(key: str, sentence: str, by: set[str]) -> list[str]:
    """The options in a sentence that do not exist where it is said."""
    found, sentence = listed(sentence, by)
    for option, advice in IMPLIED.items():
        if advice.search(sentence) and option not in sentence:
            found += [
                f"{option} (implied, not in {job})" for job in by if option not in options(job)
            ]
    of: str | None = None
    for hit in NAMED.finditer(sentence):
        if hit[1]:
            of = hit[1] if hit[1] in jobs.names() else None
        elif not hit[2]:
            of = None
        elif of is not None:
            found += [f"pincel {of} {hit[2]}"] * (hit[2] not in options(of))
        elif hit[2] not in OF_NO_JOB.get(key.partition(".")[0], set()):
            lacking = [job for job in sorted(by) if hit[2] not in options(job)]
            if hit[2] not in known() or lacking:
                found.append(f"{hit[2]} (not in {', '.join(lacking) or 'any job'})")
    return found


def listed(sentence: str, by: set[str]) -> tuple[list[str], str]:
    """What is wrong with options that say in which jobs they are; the sentence without them."""
    found = []
    for hit in LISTED.finditer(sentence):
        told = set(re.split(r", | and | y ", hit[2]))
        having = {job for job in by if hit[1] in options(job)}
        found += [f"{hit[1]} ({job} has none)" for job in sorted(told)
                  if job not in jobs.names() or hit[1] not in options(job)]  # fmt: skip
        found += [f"{hit[1]} (not told: {job})" for job in sorted(having - told)]
    for option in {hit[1] for hit in LISTED.finditer(sentence)}:
        advice = IMPLIED.get(option)
        sentence = advice.sub("", sentence) if advice else sentence
    return found, LISTED.sub("", sentence)


@pytest.mark.parametrize("area", AREAS)
def test_options_that_sentences_name_exist(area: str) -> None:
    words = json.loads((SOURCE / "words" / f"{area}.json").read_text("utf-8"))
    told = {
        f"{key}: {sentence}": bad
        for key, sentence in sentences(words, area)
        if (bad := wrong(key, sentence, said_by(key)))
    }
    assert not told


def test_a_wrong_option_would_be_seen() -> None:
    assert wrong("x.y", "give --labels with a CSV", {"train", "audit"}) == [
        "--labels (not in audit)"
    ]
    assert wrong("x.y", "leave --nothing out", {"train"}) == ["--nothing (not in train)"]
    assert wrong("x.y", "pincel audit --labels a.csv", {"train"}) == ["pincel audit --labels"]
    assert not wrong("x.y", "use pincel train --labels, or --no-metadata", {"pixelate"})
    many = "choose it with --channels 1,3 (in train and index)"
    assert not wrong("x.y", many, {"train", "rebuild"})
    assert wrong("x.y", many, {"train", "explain"}) == ["--channels (not told: explain)"]
    assert wrong("x.y", "take --size 8 (in train and walk)", {"train"}) == [
        "--size (walk has none)"
    ]
    implied = "leave it out or choose 3 of its channels"
    assert wrong("x.y", implied, {"train", "walk"}) == ["--channels (implied, not in walk)"]
    assert not wrong("x.y", implied, {"train", "index"})
    assert "audit" in said_by("data.no_classes") and said_by("embed.about") == {"embed"}


def test_what_is_never_said_is_still_imported() -> None:
    for job, key in NEVER_SAID:
        assert any(key in modules()[name][1] for name in reached(job)), (job, key)
