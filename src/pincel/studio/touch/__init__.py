"""What a room asks that is no job: too small to be one, or only of use where a hand moves a slider.

One file is one such thing: `CHECKED`, which says what a setting must be, and `touch(settings)`,
which yields (name, bytes) like a view. It runs in a worker, in the visitor's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module, resources
from typing import Any

from pincel.errors import PincelError


@cache
def names() -> frozenset[str]:
    files = (f.name for f in resources.files(__name__).iterdir())
    return frozenset(f[:-3] for f in files if f.endswith(".py") and f[0] != "_")


def checked_settings(name: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings, where each is what it must be; PincelError otherwise."""
    if name not in names():
        raise PincelError("studio.no_touch", name=name[:40])
    rules: dict[str, Callable[[Any], bool]] = import_module(f"{__name__}.{name}").CHECKED
    if not all(key in rules and rules[key](value) for key, value in settings.items()):
        raise PincelError("studio.not_settings")
    return settings


def touch_answer(name: str, settings: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """What the room draws from."""
    yield from import_module(f"{__name__}.{name}").touch(settings)
