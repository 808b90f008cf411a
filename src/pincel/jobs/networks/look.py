"""The job that opens a trained network on a picture: every layer, and one number written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.job import Event, Job, Made, setting
from pincel.jobs._place import checked_place, place
from pincel.jobs.each import each, found_in
from pincel.words import say
from pincel.words.numbers import number

if TYPE_CHECKING:
    from pincel.look.opened import Opened
    from pincel.nets._network import Model
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_MADE = ("look",)
"""Endings of what it writes beside its pictures."""


class Look(Job):
    """Every layer's feature maps, and one output number with its terms and its field."""

    gives: ClassVar[str] = "pincel.look.opened.Opened"

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    layer: str | None = setting(None, short="l")
    cell: str | None = setting(None)
    channel: int | None = setting(None, ge=0, le=100_000)

    _cell = checked_place("cell", "look.place", 1)

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        from pincel.look.models import find_model

        model = find_model(self.model)

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            yield self._one(model, picture, found)

        yield from each(self.sources, one, *_MADE)

    def _one(self, model: Model, picture: Picture, found: Found) -> Made:
        from pincel.learn.prepare import stacked
        from pincel.look.opened import opened
        from pincel.show.nets.layers import layer_note, sum_sentences

        told = opened(
            model,
            stacked([picture], model.about)[0],
            layer=self.layer,
            cell=None if self.cell is None else place(self.cell, "look.place", 1),
            channel=self.channel,
        )

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.nets.layers import draw_layers, draw_number

            yield ".look.png", draw_number(found.name, told)
            sheets = draw_layers(found.name, told)
            for i, sheet in enumerate(sheets, 1):
                yield (".layers.png" if len(sheets) == 1 else f".layers-{i}.png"), sheet

        total = say(
            "look.list",
            count=len(told.rows),
            parameters=number(sum(row.parameters for row in told.rows)),
            work=number(sum(row.multiplications for row in told.rows)),
        )
        return Made(
            name=found.name,
            value=told,
            files=files,
            numbers=_numbers(told),
            lines=(*_table(told), total, layer_note(told), *sum_sentences(told)),
            beside=found.beside,
        )


def _table(told: Opened) -> list[str]:
    """One line for each layer: name, path, output, parameters, receptive field."""
    lines = []
    path = min(34, max(len(row.path) for row in told.rows))
    for row in told.rows:
        field = "" if row.reach is None else "{}x{}".format(*row.reach.field)
        shape = "x".join(map(str, row.after))
        count = number(row.parameters) if row.parameters else ""
        line = f"{row.name:<14} {row.path:<{path}} {shape:<12} {count:>10} {field:>9}"
        lines.append(line.rstrip())
    return lines


def _numbers(told: Opened) -> dict[str, Any]:
    terms = told.terms
    return {
        "layers": [
            {
                "name": row.name,
                "path": row.path,
                "kind": row.kind,
                "before": list(row.before),
                "after": list(row.after),
                "parameters": row.parameters,
                "formula": row.formula,
                "multiplications": row.multiplications,
                "receptive_field": list(row.reach.field) if row.reach else None,
            }
            for row in told.rows
        ],
        "layer": told.row.name,
        "cell": list(terms.cell),
        "terms": {
            "kind": terms.kind,
            "inputs": list(terms.inputs),
            "read": _plain(terms.read),
            "weights": None if terms.weights is None else _plain(terms.weights),
            "products": _plain(terms.products),
            **terms.facts,
            "value": terms.value,
            "actual": terms.actual,
        },
        "field": None if told.field.box is None else list(told.field.box),
        "field_half": told.field.half,
    }


def _plain(values: Any) -> Any:
    """Nested lists; what is not a number (outside of a pooling's map) as null."""
    if isinstance(values, float):
        return values if values - values == 0 else None
    return [_plain(value) for value in (values if isinstance(values, list) else values.tolist())]
