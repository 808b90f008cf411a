"""What a declared setting takes, read off its declaration: its type, its limits, and both in words.

Serves the settings of jobs (`pincel.limits`) and those of networks (`pincel.nets.configure`).
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pincel import words


def setting_kind(info: FieldInfo) -> tuple[type, tuple[Any, ...], bool]:
    """What a setting takes: (base type, choices if any, whether it takes several values)."""
    return _kind(info.annotation)


def _kind(annotation: Any) -> tuple[type, tuple[Any, ...], bool]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        members = [a for a in get_args(annotation) if a is not type(None)]
        base, _, several = _kind(members[0])
        return base, tuple(c for m in members for c in _kind(m)[1]), several
    if origin is Literal:
        return type(get_args(annotation)[0]), get_args(annotation), False
    if origin in (tuple, list, set, frozenset):
        inner = get_args(annotation)
        base, choices, _ = _kind(inner[0]) if inner else (str, (), False)
        return base, choices, True
    return (annotation if isinstance(annotation, type) else str), (), False


def choice_or_yes(info: FieldInfo) -> bool:
    """Whether a setting takes one of a few choices, or plainly yes: its option may stand bare."""
    kind = get_args(info.annotation)
    return bool in kind and bool(setting_kind(info)[1])


def bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    """The smallest and largest value allowed, None where open."""
    return _bounds(info.metadata)


def _bounds(rules: Sequence[Any]) -> tuple[float | None, float | None]:
    low = high = None
    for rule in rules:
        low = getattr(rule, "ge", None) if getattr(rule, "ge", None) is not None else low
        low = getattr(rule, "gt", None) if getattr(rule, "gt", None) is not None else low
        high = getattr(rule, "le", None) if getattr(rule, "le", None) is not None else high
        high = getattr(rule, "lt", None) if getattr(rule, "lt", None) is not None else high
    return low, high


def one_value(info: FieldInfo) -> FieldInfo | None:
    """The declaration of one value of a setting that takes several; None of any other."""
    if get_origin(info.annotation) not in (tuple, list):
        return None
    return FieldInfo.from_annotation(get_args(info.annotation)[0])


def allowed(info: FieldInfo) -> str:
    """The range or the choices of a setting in words; empty where anything goes."""
    choices = setting_kind(info)[1]
    if choices:
        return ", ".join(str(c) for c in choices)
    low, high = bounds(info)
    if low is None and high is None:
        return ""
    above, below = _open(info)
    told = {"low": "" if low is None else _short(low), "high": "" if high is None else _short(high)}
    if high is None:
        return words.say(f"limits.{'above' if above else 'at_least'}", **told)
    if low is None:
        return words.say(f"limits.{'below' if below else 'at_most'}", **told)
    key = {(0, 0): "between", (1, 0): "above_to", (0, 1): "to_below", (1, 1): "inside"}
    return words.say(f"limits.{key[above, below]}", **told)


def _open(info: FieldInfo) -> tuple[bool, bool]:
    """Whether the smallest and the largest value themselves are not allowed."""
    has = {name: any(getattr(rule, name, None) is not None for rule in info.metadata)
           for name in ("gt", "lt")}  # fmt: skip
    return has["gt"], has["lt"]


def _short(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else str(number)
