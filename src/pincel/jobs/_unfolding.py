"""What `explain` does with a network of boxes or masks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.job import Made
from pincel.words import say

if TYPE_CHECKING:
    from pincel.nets._network import Model
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

FAMILIES = ("boxes", "masks")


def unfolding(model: Model, picture: Picture, found: Found, target: str | None) -> Made:
    """What the network says of one picture, as a page, a picture and numbers."""
    from pincel.learn.objects.inputs import rgb_of
    from pincel.look.unfolded import unfolded

    told = unfolded(model, rgb_of(picture), found.name, target)

    def files() -> Iterator[tuple[str, bytes]]:
        from pincel.pixels.encode import png
        from pincel.show.pages.unfolded import found_picture, heat_picture, unfolded_page

        yield ".explain.png", png(found_picture(told))
        yield ".heat.png", png(heat_picture(told, told.heat))
        yield ".explain.html", unfolded_page(found.name, told)

    steps: dict[str, Any] = dict(told.steps)
    lines = [f"{say(f'unfolded.step.{key}')}: {_short(value)}" for key, value in told.steps]
    counts = {kind: sum(t.kind == kind for t in told.scene.things) for kind in told.classes}
    first = ", ".join(f"{kind} {count}" for kind, count in counts.items())
    return Made(
        name=found.name,
        value=told,
        files=files,
        numbers={"counts": counts, "class": told.thing.kind, "steps": steps,
                 "heat": told.heat.round(4).tolist()},
        lines=(f"{found.name}: {first}", *lines),
        beside=found.beside,
    )  # fmt: skip


def _short(value: Any) -> str:
    from pincel.words.numbers import number

    return number(value, 3) if isinstance(value, float) else str(value)
