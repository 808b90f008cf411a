"""The job that shows where a network saw its answer, and how far to trust that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.job import Event, Job, Made, setting
from pincel.jobs.each import each, found_in
from pincel.pixels.channels import checked_choice

if TYPE_CHECKING:
    from pincel.look.explained import Explained
    from pincel.nets._network import Model
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found

_MADE = ("explain", "heat")
"""Endings of what it writes beside its pictures."""


class Explain(Job):
    """Grad-CAM in its four steps, the counter-evidence, a sharper map and tests of trust."""

    gives: ClassVar[str] = "pincel.look.explained.Explained"

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    target: str | None = setting(None)
    layer: str | None = setting(None, short="l")
    method: Literal["gradcam", "layercam"] = setting("gradcam")
    quick: bool = setting(False)
    channels: str | None = setting(None)

    _channels = field_validator("channels")(checked_choice)

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._unfolding import FAMILIES, unfolding
        from pincel.learn.prepare import choosing
        from pincel.look.models import find_model

        model = find_model(self.model)
        if model.family in FAMILIES:
            things = model
            yield from each(self.sources, lambda p, f: iter([unfolding(things, p, f, self.target)]))
            return
        model = replace(model, about=choosing(model.about, self.channels))

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            yield self._one(model, picture, found)

        yield from each(self.sources, one, *_MADE)

    def _one(self, model: Model, picture: Picture, found: Found) -> Made:
        from pincel.learn.prepare import read_picture, stacked
        from pincel.look.explained import class_number, explained
        from pincel.show.nets.explained import explained_note, trust_sentences

        told = explained(
            model,
            stacked([picture], model.about)[0],
            class_number(self.target, model),
            layer=self.layer,
            method=self.method,
            tested=not self.quick,
        )
        told = replace(told, channels=read_picture(picture, model.about)[1])

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.nets.explained import draw_explained, heat_over_picture
            from pincel.show.pages.explain import explain_page

            yield ".explain.png", draw_explained(found.name, told)
            yield ".heat.png", heat_over_picture(told)
            yield ".explain.npz", steps_file(told)
            yield ".explain.html", explain_page(found.name, told, self._facts(model, told, found))

        return Made(
            name=found.name,
            value=told,
            files=files,
            numbers=_numbers(told),
            lines=(explained_note(told), *trust_sentences(told)),
            beside=found.beside,
        )

    def _facts(self, model: Model, told: Explained, found: Found) -> dict[str, Any]:
        """What the page tells about how it was made."""
        import torch

        from pincel import __version__

        about = model.about
        data = about.get("data") or {}
        prepared = about["prepare"]
        facts = {
            "model": self.model.removesuffix(".safetensors"),
            "family": model.family,
            "parameters": sum(p.numel() for p in model.net.parameters()),
            "data": data.get("name"),
            "data hash": data.get("hash"),
            "picture": found.name,
            "size": " × ".join(map(str, prepared["size"])) + f" × {prepared['channels']}",
            "channels": ", ".join(told.channels),
            "class": told.classes[told.target],
            "layer": f"{told.heat.layer} ({told.path})",
            "method": told.heat.method,
            "seed of the tests": None if self.quick else 0,
            "seed of the training": about.get("seed"),
            "pincel": __version__,
            "torch": torch.__version__,
        }
        return {key: value for key, value in facts.items() if value is not None}


def steps_file(told: Explained) -> bytes:
    """The four steps as numbers: an .npz with maps, gradients, alpha, sum and heat."""
    import io

    import numpy as np

    heat = told.heat
    held = io.BytesIO()
    np.savez_compressed(
        held,
        maps=heat.maps[0],
        gradients=heat.gradients[0],
        alpha=heat.alpha[0],
        sum=heat.total[0],
        heat=heat.heat[0],
        counter=heat.counter[0],
        sharp=told.fine,
        logits=heat.logits[0],
    )
    return held.getvalue()


def _numbers(told: Explained) -> dict[str, Any]:
    heat = told.heat
    numbers: dict[str, Any] = {
        "answer": told.classes[told.answer],
        "explained": told.classes[told.target],
        "channels": list(told.channels),
        "probabilities": {
            name: float(odds)
            for name, odds in zip(told.classes, heat.probabilities[0], strict=True)
        },
        "layer": heat.layer,
        "path": told.path,
        "method": heat.method,
        "map": list(heat.heat.shape[1:]),
        "receptive_field": list(told.reach.field) if told.reach else None,
        "alpha": [float(v) for v in heat.alpha[0]],
        "heat": heat.heat[0].tolist(),
        "empty": heat.why_empty() or None,
    }
    tests = told.trust
    if tests is not None:
        alike = float(tests.random_correlation[0])
        numbers["trust"] = {
            "verdict": None if heat.why_empty() else tests.verdict(),
            "insertion": float(tests.insertion.area[0]),
            "insertion_by_chance": float(tests.insertion.chance[0]),
            "deletion": float(tests.deletion.area[0]),
            "deletion_by_chance": float(tests.deletion.chance[0]),
            "random_correlation": alike if alike == alike else None,
        }
    return numbers
