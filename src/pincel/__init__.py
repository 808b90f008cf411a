"""Pincel turns any picture into real pixel art, and opens up the networks that do it.

    import pincel
    sprite = pincel.pixelate("portrait.png", width=48)
    sprite.save("hero.png")

Every job is a function of this name: `pincel.restore(...)`, `pincel.score(...)`, `pincel.hog(...)`;
`pincel.names()` lists them. Everything is loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Sprite": ("pincel.art.sprite", "Sprite"),
    "Picture": ("pincel.pixels.picture", "Picture"),
    "Palette": ("pincel.art.palettes", "Palette"),
    "PincelError": ("pincel.errors", "PincelError"),
    "open_picture": ("pincel.pixels.open", "open_picture"),
    "names": ("pincel.jobs", "names"),
    "call": ("pincel.calls", "call"),
}


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        module, attribute = _PUBLIC[name]
        value = getattr(import_module(module), attribute)
    else:
        key = name.replace("_", "-")
        if not name.startswith("_") and find_spec(f"pincel.{name}"):
            # before jobs are asked, which need modules themselves; one named like a job can be
            # called (`rooms`)
            return import_module(f"pincel.{name}")
        if name.startswith("_") or key not in import_module("pincel.jobs").names():
            raise AttributeError(f"module 'pincel' has no attribute {name!r}")
        value = import_module("pincel.calls").function(key)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    jobs = import_module("pincel.jobs")
    return sorted([*_PUBLIC, *(n.replace("-", "_") for n in jobs.names()), "__version__"])
