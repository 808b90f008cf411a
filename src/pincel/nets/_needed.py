"""Says in one sentence what to install when the networks' libraries are missing."""

from __future__ import annotations

from importlib.util import find_spec

from pincel.errors import PincelError

LIBRARIES = ("torch", "safetensors")


def missing_libraries(*more: str) -> list[str]:
    """The libraries that networks need (and `more`) that are not installed. Imports none."""
    return [name for name in (*LIBRARIES, *more) if find_spec(name) is None]


def require(*more: str) -> None:
    """PincelError, with what to install, unless torch, safetensors and `more` are there."""
    absent = missing_libraries(*more)
    if absent:
        raise PincelError("nets.needed", missing=", ".join(absent))
