"""Families of networks. One file is one family: a docstring, a `Config`, a `Net`; the folder is the
registry. Importing this package needs no torch; loading a family does."""

from __future__ import annotations

import difflib
import importlib
from functools import cache
from importlib import resources
from types import ModuleType

from pincel.errors import PincelError


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
        raise PincelError("model.unknown_family", name=name, known=", ".join(near or names()))
    return importlib.import_module(f"{__name__}.{name}")
