"""The ways through the studio: each step leads somewhere, and says what its slide says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import Job, Made
from pincel.lessons.lesson import names
from pincel.lessons.way import SAMPLE, ways

ROOT = Path(__file__).parents[2]
ROOMS = set(re.findall(r"name: '(\w+)'", (ROOT / "web/src/rooms.ts").read_text("utf-8")))
STEPS = [
    pytest.param(step, id=f"{way['name']}-{number}")
    for way in ways()
    for number, step in enumerate(way["steps"], 1)
]


def _job(step: dict[str, Any]) -> Job:
    """The job of a step, with the picture that the page would send."""
    portrait = str(ROOT / "assets" / "portrait.png")

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(portrait if one == SAMPLE else one for one in value)
        return value

    settings = {name: filled(value) for name, value in step["settings"].items()}
    return limits.build(jobs.load(step["job"]), settings)


def test_there_is_a_way_for_each_document() -> None:
    assert [way["name"] for way in ways()] == ["course", "slides", "workshop", "report"]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leads_somewhere_in_both_languages(step: dict[str, Any]) -> None:
    for key in ("part", "title", "text"):
        assert set(step[key]) == set(words.LANGUAGES) and all(step[key].values())
    assert step["text"]["en"] != step["text"]["es"]
    leads = {"room": ROOMS, "lesson": names(), "form": jobs.names(), "job": jobs.names()}
    assert any(key in step for key in leads)
    for key, known in leads.items():
        assert key not in step or step[key] in known
    if "job" in step:
        _job(step)


@pytest.mark.parametrize("step", [one for one in STEPS if "says" in one.values[0]])
def test_a_step_says_what_its_slide_says(step: dict[str, Any]) -> None:
    made = [event for event in _job(step).run() if isinstance(event, Made)]
    assert any(step["says"] in line for line in made[0].lines), made[0].lines


def test_every_lesson_is_on_a_way() -> None:
    told = {step.get("lesson") for way in ways() for step in way["steps"]}
    assert set(names()) <= told
