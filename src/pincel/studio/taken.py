"""What a browser may say in a setting.

Text, numbers and choices go through as they are; a file is named by the number under which it was
sent, `{"file": "k3"}`, and becomes its place inside of the visitor's folder, in which the workers
stand. Text that a job might take for a place on the disk outside of that folder is refused: jobs
take folders, models and palettes as text, also in the middle of a sentence ("3 - a.png").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pincel.errors import PincelError

_ROOTED = re.compile(r"(?:^|[^\w).])/(?=\S|$)")  # a slash that begins a name
_UP = re.compile(r"(?:^|[^\w.])\.\.(?:$|[^\w.])")
_HOME = re.compile(r"(?:^|[^\w.)])~")
_VARIABLE = re.compile(r"\$\{?\w|%\w+%")


def is_inside(text: str) -> bool:
    """Whether text can only mean a place inside of the working folder (or no place at all)."""
    found = any(rule.search(text) for rule in (_ROOTED, _UP, _HOME, _VARIABLE))
    return not found and "\\" not in text and "\0" not in text


def taken(values: Any, place: Callable[[str], str]) -> dict[str, Any]:
    """The settings as the job takes them.

    values  what came from the browser: {setting: JSON value}
    place   gives the place of a file, relative to the visitor's folder, by its number; raises
            PincelError when it is not theirs
    """
    if not isinstance(values, dict):
        raise PincelError("studio.not_settings")
    return {str(name): _one(name, value, place) for name, value in values.items()}


def _one(name: str, value: Any, place: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        if set(value) != {"file"} or not isinstance(value["file"], str):
            raise PincelError("studio.not_settings")
        return place(value["file"])
    if isinstance(value, list):
        return tuple(_one(name, one, place) for one in value)
    if isinstance(value, str) and not is_inside(value):
        raise PincelError("studio.outside", name=name, came=value[:80])
    return value
