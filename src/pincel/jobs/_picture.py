"""A setting that is a picture, as jobs keep it: text where a file is named, else opened once."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from pydantic import field_validator


def opened_once(name: str, mask: bool = False, rectangle: bool = False) -> Any:
    """A validator: `_mask = opened_once("mask")` in the body of a job. Paths and other text stay
    text, arrays and images become a Picture. With `mask`, arrays (h, w) bool become packed text;
    with `rectangle`, four numbers become "x,y,width,height"."""

    def once(given: Any) -> Any:
        if given is None or isinstance(given, str | os.PathLike):
            return given if given is None else os.fspath(given)
        if rectangle and isinstance(given, tuple | list) and len(given) == 4:
            return ",".join(map(str, given))
        if mask:
            import numpy as np

            from pincel.make.edits.packed import pack_mask

            if isinstance(given, np.ndarray) and given.dtype == bool and given.ndim == 2:
                return pack_mask(given)
        from pincel.pixels.open import open_picture

        return open_picture(given)

    wrapped: Callable[[Callable], Any] = field_validator(name, mode="before")
    return wrapped(once)
