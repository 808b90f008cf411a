"""What was found out about mirroring, in a sentence: for the terminal and the run's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pincel.learn.changes import changes_in
from pincel.words import say
from pincel.words.numbers import number


def mirroring_sentence(found: Mapping[str, Any]) -> str:
    """What is done to pictures and why, in the language in force. `found` is a run's "changes":
    `learn.mirroring.MirroringChoice` as JSON, or {"kind", "why": "asked"}."""
    told = [_done(found["kind"])]
    why = found["why"]
    if why in ("few", "unlearned"):
        told.append(say(f"train.mirror.{why}", count=number(found["count"])))
    for asked in found.get("asked", ()) if why in ("answers", "looks") else ():
        key = f"train.mirror.{why}.{asked['change']}_{'kept' if asked['kept'] else 'lost'}"
        told.append(
            say(
                key,
                count=number(found["count"]),
                straight=number(100 * asked["straight"], 1),
                changed=number(100 * asked["changed"], 1),
            )
        )
        if asked.get("worst"):
            told.append(say("train.mirror.worst", name=asked["worst"]))
    if why != "asked":
        told.append(say("train.mirror.choose"))
    return " ".join(told)


def _done(kind: str) -> str:
    named = sorted(changes_in(kind))
    if not named:
        return say("train.mirror.nothing")
    return say("train.mirror.done", changes=", ".join(say(f"train.mirror.part.{p}") for p in named))
