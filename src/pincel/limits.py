"""Settings at the door: what came, what is allowed, in one sentence.

Turns a job's declaration into words (ranges, choices) and pydantic's complaints into a
PincelError in the person's language.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from pincel import words
from pincel.errors import PincelError
from pincel.job import NAME, Job, face, option_of
from pincel.ranges import allowed, bounds, setting_kind

_COMPLAINTS = {
    "int_parsing": "int",
    "int_type": "int",
    "int_from_float": "int",
    "float_parsing": "float",
    "float_type": "float",
    "finite_number": "float",
    "bool_parsing": "bool",
    "bool_type": "bool",
    "missing": "missing",
    "literal_error": "choice",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than": "range",
    "less_than_equal": "range",
    "too_short": "missing",
    "too_long": "too_many",
    "string_pattern_mismatch": "pattern",
}


def build(job: type[Job], values: Mapping[str, Any]) -> Job:
    """The job with these settings; PincelError names the first setting that does not fit."""
    for name in values:
        if name not in job.model_fields:
            near = difflib.get_close_matches(name, job.model_fields, n=1)
            key = "limits.unknown_near" if near else "limits.unknown"
            raise PincelError(key, job=job.key(), name=name, near=near[0] if near else "")
    values = {name: typed_choice(job.model_fields[name], value) for name, value in values.items()}
    try:
        return job(**values)
    except ValidationError as refused:
        raise _sentence(job, refused) from None


def typed_choice(info: FieldInfo, value: Any) -> Any:
    """The text of a number that is one of the choices, as that number: pydantic turns text into
    numbers everywhere but in a Literal."""
    if isinstance(value, str):
        for choice in setting_kind(info)[1]:
            if not isinstance(choice, str) and str(choice) == value.strip():
                return choice
    return value


def _sentence(job: type[Job], refused: ValidationError) -> PincelError:
    first = refused.errors()[0]
    raised = first.get("ctx", {}).get("error")
    if isinstance(raised, PincelError):
        return raised
    name = str(first["loc"][0]) if first["loc"] else job.key()
    info = job.model_fields.get(name)
    if info is None:
        return PincelError("limits.refused", name=name, why=first["msg"])
    shown = name.upper() if face(info).get("positional") else option_of(name)
    came = first["input"]
    complaint = _COMPLAINTS.get(first["type"], "refused")
    if first.get("ctx", {}).get("pattern") == NAME:
        complaint = "name"
    about = words.say(f"{job.area()}.field.{name}") if complaint in ("missing", "pattern") else ""
    return PincelError(
        f"limits.{complaint}",
        name=shown,
        came=came if isinstance(came, (str, int, float, bool)) else type(came).__name__,
        allowed=allowed(info),
        why=first["msg"],
        about=about,
    )


def describe_job(job: type[Job]) -> dict[str, Any]:
    """The job as data: name, chapter, sentences, and every setting with type, limits, default."""
    fields = []
    for name, info in job.model_fields.items():
        base, choices, several = setting_kind(info)
        low, high = bounds(info)
        required = info.is_required()
        default = None if required else info.get_default(call_default_factory=True)
        fields.append(
            {
                "name": name,
                "type": getattr(base, "__name__", str(base)),
                "several": several,
                "required": required,
                "default": list(default) if isinstance(default, (tuple, list)) else _plain(default),
                "choices": list(choices),
                "low": low,
                "high": high,
                "about": words.say(f"{job.area()}.field.{name}"),
                **face(info),
            }
        )
    return {
        "name": job.key(),
        "chapter": job.chapter(),
        "title": words.say(f"{job.area()}.title"),
        "about": words.say(f"{job.area()}.about"),
        "example": job.example,
        "settings": fields,
        "schema": job.model_json_schema(),
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
