"""Families of networks. One file is one family: a docstring, a `Config`, a `Net`; the folder is the
registry. Importing this package needs no torch; loading a family does."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import ModuleType
from typing import Any

from pydantic import BaseModel, ValidationError

from pincel.errors import PincelError
from pincel.ranges import allowed, one_value
from pincel.words import say


@cache
def names() -> tuple[str, ...]:
    """The names of all families, in alphabetical order."""
    files = (f.name for f in resources.files(__name__).iterdir())
    return tuple(sorted(f[:-3] for f in files if f.endswith(".py") and f[0] != "_"))


def load(name: str) -> ModuleType:
    """The module of a family, with its `Config` and its `Net`. PincelError with the nearest names
    when there is none."""
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=1)
        key = "model.unknown_family_near" if near else "model.unknown_family"
        raise PincelError(key, name=name, near=near[0] if near else "", known=", ".join(names()))
    return importlib.import_module(f"{__name__}.{name}")


def configure(name: str, values: Mapping[str, Any]) -> Any:
    """The `Config` of a family with these settings. PincelError, one sentence, for the first
    setting that the family does not have or that it does not take."""
    config = load(name).Config
    try:
        return config(**values)
    except ValidationError as refused:
        raise refusal(name, config, refused) from None


def refusal(name: str, config: type[BaseModel], refused: ValidationError) -> PincelError:
    """What pydantic refused, as the sentence that a person reads."""
    first = refused.errors()[0]
    raised = first.get("ctx", {}).get("error")
    if isinstance(raised, PincelError):
        return raised
    setting = str(first["loc"][0]) if first["loc"] else name
    came = first["input"]
    if isinstance(came, (tuple, list)):
        came = ",".join(map(str, came))
    why = _why(config, setting, first)
    return PincelError("teach.config", family=name, name=setting, came=came, why=why)


_WHY = {
    "int_parsing": "whole", "int_type": "whole", "int_from_float": "whole",
    "float_parsing": "number", "float_type": "number", "finite_number": "number",
    "bool_parsing": "truth", "bool_type": "truth",
    "greater_than": "range", "greater_than_equal": "range",
    "less_than": "range", "less_than_equal": "range",
    "literal_error": "range", "multiple_of": "multiple",
    "too_short": "short", "too_long": "long", "string_too_short": "empty",
    "string_too_long": "text_long", "extra_forbidden": "unknown",
}  # fmt: skip


def _why(config: type[BaseModel], setting: str, first: Any) -> str:
    kind = _WHY.get(first["type"])
    info = config.model_fields.get(setting)
    if kind is None or (info is None and kind != "unknown"):
        return str(first["msg"])
    inner = one_value(info) if info is not None and len(first["loc"]) > 1 else None
    told = first.get("ctx", {})
    values = {
        "allowed": allowed(inner or info) if info is not None else "",
        "count": told.get("min_length", told.get("max_length", "")),
        "step": told.get("multiple_of", ""),
    }
    return say(f"nets.why.{kind}", **values)
