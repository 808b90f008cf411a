"""The data that a run's `source` names, whatever they are: one set, or two folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def opened(source: Mapping[str, Any]) -> Any:
    """`learn.data.Data`, or `learn.two.Two` where `source` says "to". PincelError as those."""
    if "to" in source:
        from pincel.learn.two import open_two

        return open_two(**source)
    from pincel.learn.data import open_data

    return open_data(**source)
