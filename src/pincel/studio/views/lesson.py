"""What the cells of a lesson showed when it was run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.lessons.performed import Output, Performed


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """lesson.json: for each cell the list of what it showed (text, table, goal, or the name of a
    picture); the pictures as PNG. Nothing for the list of all lessons."""
    if isinstance(made.value, list):
        return
    done: Performed = made.value
    told: list[list[dict[str, Any]]] = []
    pictures: list[tuple[str, bytes]] = []
    for outputs in done.outputs:
        told.append([_one(one, pictures) for one in outputs])
    yield "lesson.json", dumps(told).encode()
    yield from pictures


def _one(one: Output, pictures: list[tuple[str, bytes]]) -> dict[str, Any]:
    if one.kind == "picture":
        pictures.append((f"picture-{len(pictures) + 1}.png", one.data))
        return {"kind": "picture", "text": one.text, "file": pictures[-1][0]}
    if one.kind == "table":
        return {"kind": "table", "head": list(one.value.head), "rows": one.value.cells()}
    if one.kind == "goal":
        return {"kind": "goal", "text": one.text, "reached": one.value.reached}
    return {"kind": "text", "text": one.text}
