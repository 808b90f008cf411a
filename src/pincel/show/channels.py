"""What each channel of a picture is, said beside the picture in which it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pincel.learn.prepare import names_in
from pincel.pixels import channels
from pincel.words import say

_LIGHTS = ("red", "green", "blue")
_MOST = 4  # channels that are named though they are not shown


def legend(names: Sequence[str]) -> str:
    """ "red is 1: DAPI, green is 2: GFP, blue is 3: Cy5; not shown: 4"; "" for colours, which look
    as they are."""
    if not names or channels.are_colors(names):
        return ""
    shown, rest = names[:3], names[3:]
    if len(shown) == 1:
        return say("channels.seen_one", grey=named(shown[0]))
    key = "channels.seen" if len(shown) == 3 else "channels.seen_two"
    lights = dict(zip(_LIGHTS, (named(name) for name in shown), strict=False))
    told = say(key, **lights)
    if not rest:
        return told
    unseen = [named(name) for name in rest[:_MOST]] + ["\u2026"] * (len(rest) > _MOST)
    return f"{told}; {say('channels.unseen', names=', '.join(unseen))}"


def seen_as(about: Mapping[str, Any]) -> tuple[str, ...]:
    """What stands for which channel in the pictures of a model with these facts, as a line; none
    where its pictures are colours."""
    told = legend(names_in(about["prepare"]))
    return (told,) if told else ()


def named(name: str) -> str:
    """A channel's name for people: "R (red)", "channel 1", "1: DAPI"."""
    if name in (*channels.RGBA, *channels.INKS, channels.GREY):
        return say(f"inspect.channel.{name}")
    return say("inspect.channel.number", number=name) if name.isdecimal() else name
