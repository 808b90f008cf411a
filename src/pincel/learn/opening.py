"""The data that a run's `source` names, whatever they are: one set, two folders, or
things in pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def opened_data(source: Mapping[str, Any]) -> Any:
    """`learn.data.Data`, `learn.two.Two` where `source` says "to", or
    `learn.objects.things_data.ThingsData` where it says "things". PincelError as those."""
    if "frames" in source:
        from pincel.learn.headed import open_headed

        return open_headed(**source)
    if "to" in source:
        from pincel.learn.two import open_two

        return open_two(**source)
    if "things" in source:
        from pincel.learn.objects.things_data import open_things

        own = {name: source[name] for name in ("split", "seed") if name in source}
        return open_things(source["source"], source["things"], **own)
    from pincel.learn.data import open_data

    return open_data(**source)
