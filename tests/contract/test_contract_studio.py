"""What every job must have to be at home in the studio: words, a form, an address."""

from __future__ import annotations

import json
import re
import sys
import types

import pytest

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import Job, face, setting
from pincel.studio import forms
from pincel.studio.openapi import openapi

NAMES = jobs.names()


def wordless(name: str) -> list[str]:
    """Fields, choices and groups of a job that nobody gave a word."""
    job = jobs.load(name)
    missing = []
    for field, info in job.model_fields.items():
        own = f"{job.area()}.label.{field}"
        if not words.has(own) and not words.has(f"labels.field.{field}"):
            missing.append(f"labels.field.{field}")
        for choice in limits.setting_kind(info)[1]:
            own = f"{job.area()}.choice.{field}.{choice}"
            if not words.has(own) and not words.has(f"labels.choice.{choice}"):
                missing.append(f"labels.choice.{choice}")
        group = face(info).get("group")
        if group and not words.has(f"{job.area()}.groups.{group}"):
            missing.append(f"{job.area()}.groups.{group}")
    return missing


@pytest.mark.parametrize("name", NAMES)
def test_every_field_choice_and_group_has_words(name: str) -> None:
    assert not wordless(name), "give them both languages in words/labels.json"


@pytest.mark.parametrize("name", NAMES)
def test_a_form_offers_data_sets_only_where_they_are_taken(name: str) -> None:
    for one in forms.form(name)["fields"]:
        if one["takes"] == "picture":
            assert (one["also"] == "data") == ("data set" in one["about"]["en"]), one["name"]


TYPED = re.compile(
    "standard input|entrada estándar|folders?, patterns?|carpetas?, patr|https?:|(?<![\\w-])--[a-z]"
)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_says_nothing_of_what_is_typed(name: str) -> None:
    """No standard input, no patterns, no option by its dashes, no address that is refused."""
    for one in forms.form(name)["fields"]:
        for sentence in one["about"].values():
            assert not TYPED.search(sentence), f"{one['name']}: {sentence}"


def test_a_form_names_an_option_as_its_field() -> None:
    told = {one["name"]: one["about"] for one in forms.form("pixelate")["fields"]}
    assert told["holes"]["en"].startswith("with “Remove the background” border")
    assert told["holes"]["es"].startswith("con «Quitar el fondo» border")
    assert told["pictures"] == {"en": "pictures", "es": "imágenes"}


def test_chapters_have_words() -> None:
    assert all(words.has(f"cli.chapters.{chapter}") for chapter in jobs.CHAPTERS)


@pytest.mark.parametrize("name", NAMES)
def test_the_form_says_all_that_is_declared(name: str) -> None:
    form = forms.form(name)
    json.dumps(form)
    told = {one["name"]: one for one in form["fields"]}
    assert set(told) == set(jobs.load(name).model_fields) - forms.HIDDEN
    for one in told.values():
        assert set(one["label"]) == set(one["about"]) == set(words.LANGUAGES)
        low, high = limits.bounds(jobs.load(name).model_fields[one["name"]])
        assert (one["low"], one["high"]) == (low, high)
        if one["automatic"]:
            assert one["default"] is None and not one["required"]


def test_a_wide_range_is_no_linear_slider() -> None:
    told = {one["name"]: one for one in forms.form("pixelate")["fields"]}
    assert told["width"]["logarithmic"] and not told["contrast"]["logarithmic"]
    assert told["width"]["automatic"] and not told["seed"]["automatic"]


@pytest.mark.parametrize("name", NAMES)
def test_every_job_is_an_address(name: str) -> None:
    description = openapi()
    body = description["paths"][f"/api/tasks/{name}"]["post"]["requestBody"]
    reference = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    schema = description["components"]["schemas"][reference]
    assert set(schema["properties"]) == set(jobs.load(name).model_fields) - forms.HIDDEN
    assert '"pincel"' not in json.dumps(schema)


def test_a_job_without_words_is_found_and_still_has_a_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Fresh(Job):
        """A job that nobody gave a word."""

        very_new: int = setting(3, ge=1, le=9)
        mode: str = setting("a")

    Fresh.__module__ = "pincel.jobs.other.score"
    monkeypatch.setitem(sys.modules, "fresh", types.ModuleType("fresh"))
    monkeypatch.setattr(jobs, "load", lambda name: Fresh)
    assert wordless("fresh") == ["labels.field.very_new", "labels.field.mode"]
    assert forms.field_label(Fresh, "very_new") == {"en": "very new", "es": "very new"}
