"""The job that counts a network's shapes, parameters and receptive fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pincel import words
from pincel.job import Event, Job, Made, setting


class Arithmetic(Job):
    """Output size, parameters term by term, multiplications and receptive field of every layer."""

    chapter: ClassVar[str] = "networks"
    example: ClassVar[dict[str, Any]] = {
        "input": "28x28x3",
        "network": "conv 16 3 same, relu, pool 2, flatten, dense 10",
    }

    input: str = setting(positional=True)
    network: str = setting(positional=True)

    def run(self) -> Iterator[Event]:
        from pincel.look import arithmetic

        start = arithmetic.shape(self.input)
        counted = arithmetic.count(start, arithmetic.parse(self.network))
        rows = [
            {
                "layer": one.layer.name,
                "before": list(one.before),
                "after": list(one.after),
                "padding": list(one.pad),
                "parameters": one.parameters,
                "formula": one.formula,
                "multiplications": one.multiplications,
                "receptive_field": list(one.field),
                "jump": list(one.jump),
            }
            for one in counted
        ]
        total = sum(one.parameters for one in counted)
        work = sum(one.multiplications for one in counted)
        inputs = start[0] * start[1] * start[2]
        lines = [
            words.say(
                "arithmetic.inputs",
                shape=f"{start[0]} x {start[1]} x {start[2]}",
                count=f"{inputs:,}",
            )
        ]
        for one in counted:
            sides = "x".join(map(str, one.after))
            row = f"{one.layer.name:<28} -> {sides:<12}"
            if one.parameters:
                row += "  " + words.say(
                    "arithmetic.parameters", formula=one.formula, count=f"{one.parameters:,}"
                )
            if len(one.after) == 3:
                row += "  " + words.say(
                    "arithmetic.receptive", size=f"{one.field[0]}x{one.field[1]}"
                )
            lines.append(row.rstrip())
        lines.append(words.say("arithmetic.total", parameters=f"{total:,}", work=f"{work:,}"))
        numbers = {
            "input": list(start),
            "inputs": inputs,
            "layers": rows,
            "parameters": total,
            "multiplications": work,
        }
        yield Made("arithmetic", counted, numbers=numbers, lines=tuple(lines))
