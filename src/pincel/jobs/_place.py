"""A place in a picture as it is typed: "120,80"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import field_validator

from pincel.errors import PincelError


def place(text: str, key: str, least: int = 2) -> tuple[int, ...]:
    """The whole numbers of "x,y" (or "x y"; a single "x" too, with `least` 1). PincelError `key`,
    told what came as `at`, for anything else."""
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*(?:[,\s]\s*(-?\d{1,6})\s*)?", text)
    numbers = tuple(int(part) for part in found.groups() if part is not None) if found else ()
    if len(numbers) < least:
        raise PincelError(key, at=text)
    return numbers


def checked_place(field: str, key: str, least: int = 2) -> Any:
    """A validator that refuses what `place` refuses, so that it is said before anything is done:
    `_at = checked("at", "colors.place")` in the body of a job."""

    def check(text: str | None) -> str | None:
        if text is not None:
            place(text, key, least)
        return text

    wrapped: Callable[[Callable], Any] = field_validator(field)
    return wrapped(check)
