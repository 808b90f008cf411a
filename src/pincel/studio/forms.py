"""Forms from the declarations of the jobs: what the page needs to ask for any job, in both
languages at once. A new job appears by itself."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import Job, option_of

HIDDEN = frozenset({"runs", "csv", "tensorboard"})
"""Settings that name a place on the disk; the studio has its own."""

TAKES = {
    "model": "model",
    "classifier": "model",
    "data": "data",
    "where": "data",
    "training": "run",
    "lesson": "lesson",
    "palette": "palette",
    "family": "family",
    "families": "family",
    "picture": "picture",
    "against": "picture",
    "mask": "picture",
    "scribble": "picture",
    "masks": "folder",
    "among": "folder",
    "style": "folder",
    "faces": "folder",
    "sprites": "folder",
    "from_": "folder",
    "to": "folder",
    "like": "picture",
    "labels": "file",
    "weights": "file",
    "prompt": "sentence",
    "net": "sentence",
    "network": "sentence",
}
"""What a setting of this name takes, where its type does not say it: the field gets a picker."""

_LOGARITHMIC = 200  # a range this many times as wide as its smallest step is no linear slider


def _said(key: str) -> dict[str, str]:
    """A sentence in each language."""
    area, _, rest = key.partition(".")
    return dict(words.area(area)[rest])


@cache
def form(name: str) -> dict[str, Any]:
    """One job as a form: title, sentences, and its settings in order, by groups."""
    job = jobs.load(name)
    area = job.area()
    described = limits.describe_job(job)
    return {
        "name": name,
        "chapter": job.chapter(),
        "title": _said(f"{area}.title"),
        "about": _said(f"{area}.about"),
        "example": described["example"],
        "fields": [_field(job, one) for one in described["settings"] if one["name"] not in HIDDEN],
    }


def forms() -> dict[str, Any]:
    """All jobs by chapter, with the words that they share."""
    chapters = [{"name": one, "title": _said(f"cli.chapters.{one}")} for one in jobs.CHAPTERS]
    return {"chapters": chapters, "jobs": [form(name) for name in jobs.names()]}


def _field(job: type[Job], told: dict[str, Any]) -> dict[str, Any]:
    name = told["name"]
    low, high = told["low"], told["high"]
    return {
        "name": name,
        "label": field_label(job, name),
        "about": _about(job, name),
        "group": _group(job, told.get("group") or ""),
        "type": told["type"],
        "takes": "picture" if told.get("sources") else _takes(told),
        "also": told.get("also"),
        "first": bool(told["required"] or told.get("positional")),
        "several": told["several"],
        "required": told["required"],
        "automatic": not told["required"] and told["default"] is None,
        "default": told["default"],
        "choices": [
            {"value": one, "label": choice_name(job, name, one)} for one in told["choices"]
        ],
        "low": low,
        "high": high,
        "logarithmic": low is not None and high is not None and high - low > _LOGARITHMIC,
    }


def _about(job: type[Job], name: str) -> dict[str, str]:
    """What a field is for. A command line reads folders, patterns and standard input; the page is
    sent pictures. `words` key `studio.<name>` of the job: what only the page says."""
    key = f"{job.area()}.studio.{name}"
    told = _said(key if words.has(key) else f"{job.area()}.field.{name}")
    return {code: _on_the_page(job, text, code) for code, text in told.items()}


_TYPED = re.compile(
    r": (?:a |un )?(?:files?|archivos?), (?:folders?|carpetas?)(?:,| or| o) "
    r"(?:patterns?|patrón|patrones)"
    r"(?:,?(?: or| o)? - (?:for standard input|para la entrada estándar))?"
)
_OPTION = re.compile(r"--(?:no-)?([a-z][a-z-]*)")
_QUOTES = {"en": "“”", "es": "«»"}


def _on_the_page(job: type[Job], text: str, code: str) -> str:
    """A sentence of the command line where nothing is typed: an option is its field."""
    fields = {option_of(name)[2:]: name for name in job.model_fields}

    def named(option: re.Match) -> str:
        field = fields.get(option[1])
        return (
            _QUOTES[code][0] + field_label(job, field)[code] + _QUOTES[code][1]
            if field
            else option[0]
        )

    return _OPTION.sub(named, _TYPED.sub("", text))


def _takes(told: dict[str, Any]) -> str:
    plain = not told["choices"] and told["type"] in ("str", "Any", "Path")
    return TAKES.get(told["name"], "") if plain else ""


def field_label(job: type[Job], name: str) -> dict[str, str]:
    """The name of a field: the job's own word for it, or the one that jobs share. A field without
    any is called as in Python, until the contract test asks for its word."""
    return _named(f"{job.area()}.label.{name}", f"labels.field.{name}", name.strip("_"))


def choice_name(job: type[Job], name: str, value: Any) -> dict[str, str]:
    """The name of a choice: the field's own word for it, or the one that fields share."""
    return _named(f"{job.area()}.choice.{name}.{value}", f"labels.choice.{value}", str(value))


def _group(job: type[Job], name: str) -> dict[str, str] | None:
    if not name:
        return None
    return _named(f"{job.area()}.groups.{name}", f"cli.groups.{name}", name)


def _named(own: str, shared: str, plain: str) -> dict[str, str]:
    for key in (own, shared):
        if words.has(key):
            return _said(key)
    return dict.fromkeys(words.LANGUAGES, plain.replace("_", " "))
