"""The setting `palette` as jobs keep it: plain text, whatever was given."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from pydantic import field_validator


def as_text(named: bool = True) -> Any:
    """A validator: `_palette = as_text()` in the body of a job. Arrays, lists and Palette objects
    become the list of their colours. Names and paths stay what they are; without `named` they
    become that list too, so that the recipe needs no palette file."""

    def text(given: Any) -> str | None:
        if given is None:
            return None
        if named and isinstance(given, str | os.PathLike):
            return os.fspath(given)
        from pincel.art.palette_files import load_palette

        return ",".join("#" + bytes(rgb).hex() for rgb in load_palette(given).colors.tolist())

    wrapped: Callable[[Callable], Any] = field_validator("palette", mode="before")
    return wrapped(text)
