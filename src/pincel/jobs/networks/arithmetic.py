"""The job that counts a network's shapes, parameters and receptive fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pincel import words
from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.words.numbers import number


class Arithmetic(Job):
    """Output size, parameters term by term, multiplications and receptive field of every layer."""

    gives: ClassVar[str] = "tuple[pincel.look.arithmetic.Counted, ...]"
    example: ClassVar[dict[str, Any]] = {
        "input": "28x28x3",
        "network": "conv 16 3 same, relu, pool 2, flatten, dense 10",
    }

    input: str = setting(positional=True)
    network: str | None = setting(None, positional=True)

    def run(self) -> Iterator[Event]:
        from pincel.look import arithmetic

        if self.network is None or names_model(self.network):
            yield self._of_model()
            return
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
                count=number(inputs),
            )
        ]
        for one in counted:
            sides = "x".join(map(str, one.after))
            row = f"{one.layer.name:<28} -> {sides:<12}"
            if one.parameters:
                row += "  " + words.say(
                    "arithmetic.parameters", formula=one.formula, count=number(one.parameters)
                )
            if len(one.after) == 3:
                row += "  " + words.say(
                    "arithmetic.receptive", size=f"{one.field[0]}x{one.field[1]}"
                )
            lines.append(row.rstrip())
        lines.append(words.say("arithmetic.total", parameters=number(total), work=number(work)))
        numbers = {
            "input": list(start),
            "inputs": inputs,
            "layers": rows,
            "parameters": total,
            "multiplications": work,
        }
        yield Made("arithmetic", counted, numbers=numbers, lines=tuple(lines))

    def _of_model(self) -> Made:
        """The same counts read from a trained network: `input` names it, or gives the size of
        the picture that `network` reads."""
        import re

        import torch

        from pincel.look import arithmetic
        from pincel.look.layers import layer_rows, trace
        from pincel.look.models import find_model

        sized = re.fullmatch(r"\d+([x*]\d+){1,2}", self.input.lower())
        if self.network is None and sized:
            raise PincelError("arithmetic.no_network", input=self.input)
        model = find_model(self.network or self.input)
        if self.network is None:
            wanted = model.about["prepare"]
            start = (int(wanted["size"][0]), int(wanted["size"][1]), int(wanted["channels"]))
        else:
            start = arithmetic.shape(self.input)
        try:
            run = trace(model.net, torch.zeros(1, start[2], start[0], start[1]))
        except RuntimeError as error:
            shape = " x ".join(map(str, start))
            why = str(error).splitlines()[0]
            raise PincelError("arithmetic.unfit", shape=shape, why=why) from error
        counted = layer_rows(run)
        lines = []
        for one in counted:
            row = f"{one.name:<14} {'x'.join(map(str, one.before)):<12} -> "
            row += f"{'x'.join(map(str, one.after)):<12}"
            if one.parameters:
                told = {"formula": one.formula, "count": number(one.parameters)}
                row += "  " + words.say("arithmetic.parameters", **told)
            if len(one.after) == 3 and one.reach is not None:
                size = "{}x{}".format(*one.reach.field)
                row += "  " + words.say("arithmetic.receptive", size=size)
            lines.append(row.rstrip())
        parameters = sum(one.parameters for one in counted)
        work = sum(one.multiplications for one in counted)
        inputs = start[0] * start[1] * start[2]
        shown = " x ".join(map(str, start))
        first = words.say("arithmetic.inputs", shape=shown, count=number(inputs))
        last = words.say("arithmetic.total", parameters=number(parameters), work=number(work))
        numbers = {
            "input": list(start),
            "inputs": inputs,
            "layers": [
                {
                    "layer": one.name,
                    "path": one.path,
                    "before": list(one.before),
                    "after": list(one.after),
                    "parameters": one.parameters,
                    "formula": one.formula,
                    "multiplications": one.multiplications,
                    "receptive_field": list(one.reach.field) if one.reach else None,
                }
                for one in counted
            ],
            "parameters": parameters,
            "multiplications": work,
        }
        return Made("arithmetic", counted, numbers=numbers, lines=(first, *lines, last))


def names_model(text: str) -> bool:
    """Whether the text means a trained network and not a line of layers: a shipped name, a file or
    a run's folder. Needs no torch."""
    from pathlib import Path

    from pincel.look.models import find_file

    try:
        find_file(text)
    except (PincelError, OSError):
        return Path(text).suffix == ".safetensors"
    return True
