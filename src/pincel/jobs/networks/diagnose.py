"""The job that says what two folders hold, and what a network that translates them does wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from pincel.job import Event, Job, Made, Progress, setting


class Diagnose(Job):
    """Pixel sizes, transparency, palettes, tiles, sameness: one page about an unpaired training."""

    gives: ClassVar[str] = "pincel.look.diagnosis.Diagnosis"

    faces: Path = setting(positional=True)
    sprites: Path = setting(positional=True)
    model: str | Path = setting(positional=True)
    most: int = setting(48, ge=8, le=1000)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        from pincel.look.diagnosis import diagnosed, history
        from pincel.look.models import find_file, find_model
        from pincel.show.pages import diagnose

        model = find_model(self.model)
        path = find_file(self.model)
        name = path.parent.name if path.stem == "best" else path.stem
        yield Progress(0, 2, name)
        told = diagnosed(self.faces, self.sprites, model, self.most)
        metrics, samples = history(path.parent)
        kept = int(model.about.get("metrics", {}).get("epoch", 0))
        told = replace(told, metrics=metrics, samples=samples, kept=kept)
        yield Progress(1, 2, name)
        page = diagnose.diagnose_page(told, name)
        numbers: dict[str, Any] = {
            "tiles": told.tiles,
            "tiles_real": told.tiles_real,
            "sameness": told.sameness,
            "sameness_real": told.sameness_real,
            "sizes": told.sprites.sizes,
            "transparent": float(told.sprites.clear.mean()),
            "colors": float(sum(told.sprites.colors) / told.sprites.count),
            "unusable": len(told.sprites.unusable),
        }
        yield Made(
            f"{name}.diagnosis", told, lambda: [(".html", page)], numbers,
            lines=tuple(diagnose.diagnosis_lines(told)), beside=path.parent,
        )  # fmt: skip
        yield Progress(2, 2)
