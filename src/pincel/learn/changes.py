"""How pictures may change at every sight, by name. What the names do is in `learn.augment`."""

from __future__ import annotations

from pincel.errors import PincelError

PARTS = ("mirror", "turns", "shift", "light", "cells")
"""Several with commas, `none` for nothing. `turns` mirrors, too; `cells` is all of them and turns
by any angle."""
KINDS = ("none", "mirror", "turns", "shift", "light", "cells", "mirror,shift,light", "shift,light")
"""Those in use."""


def changes_in(kind: str) -> frozenset[str]:
    """The changes that a text names ("mirror,shift"), empty for "none". PincelError for others."""
    named = [part.strip() for part in kind.split(",") if part.strip()]
    if named == ["none"]:
        return frozenset()
    if not named or not set(named) <= set(PARTS):
        raise PincelError("train.mirror.unknown", came=kind, known=", ".join(("none", *PARTS)))
    return frozenset(named)
