"""Packages that are also calls: `pincel.look.gradcam` is a module, `pincel.look(...)` is the job.

A package of ours that is named like a job (`look`, `jobs`) would hide the job's Python call as soon
as something imports it. Its class is this one, so that the module itself can be called.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class Room(ModuleType):
    """A package whose name is also a job's: calling it runs the job."""

    def __call__(self, /, *given: Any, **settings: Any) -> Any:
        key = self.__name__.rpartition(".")[2].replace("_", "-")
        return import_module("pincel.calls").call(key, *given, **settings)

    @property
    def __signature__(self) -> Any:
        key = self.__name__.rpartition(".")[2].replace("_", "-")
        return import_module("pincel.signatures").signature(key)


def callable_too(name: str) -> None:
    """Let the package of this full name be called like the job it is named after."""
    sys.modules[name].__class__ = Room
