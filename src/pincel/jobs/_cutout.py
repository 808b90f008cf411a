"""The setting `cutout` as jobs keep it: one of its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pydantic import field_validator

Cutout = Literal["none", "border", "learned"]


def cutout_named() -> Any:
    """A validator: `_cutout_named = cutout_named()` in the body of a job. Yes means the border."""

    def named(given: Any) -> Any:
        if given is True or given == "true":
            return "border"
        return "none" if given is None or given is False else given

    wrapped: Callable[[Callable], Any] = field_validator("cutout", mode="before")
    return wrapped(named)
