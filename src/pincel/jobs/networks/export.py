"""The job that turns a trained network into a file that runs without torch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.words import say
from pincel.words.numbers import number_plain

_AT_MOST = 1e-5


class Export(Job):
    """A classifier or a translator as ONNX, checked against the network it comes from."""

    gives: ClassVar[str] = "bytes"

    model: str | Path = setting(positional=True)

    def run(self) -> Iterator[Event]:
        from pincel.look.models import find_file, find_model
        from pincel.nets import _needed

        _needed.require("onnx")
        path = find_file(self.model)
        model = find_model(self.model)
        from pincel.look.onnx_export import difference, export

        yield Progress(0, 2, say("export.writes"))
        data = export(model)
        yield Progress(1, 2, say("export.checks"))
        apart = difference(model, data)
        if not apart <= _AT_MOST:
            raise PincelError("export.differs", name=self.model, apart=number_plain(f"{apart:.1e}"))
        own = path.stem != "best"
        numbers: dict[str, Any] = {
            "family": model.family,
            "classes": list(model.about.get("classes") or ()),
            "bytes": len(data),
            "difference": apart,
        }
        yield Made(
            name=path.stem if own else path.parent.name,
            value=data,
            files=lambda: [(".onnx", data)],
            numbers=numbers,
            lines=(say("export.equal", apart=number_plain(f"{apart:.1e}")),),
            beside=_beside(path),
        )


def _beside(path: Path) -> Path | None:
    """A run's model goes to the run, a file's beside it; never into the installed package."""
    import pincel

    inside = path.resolve().is_relative_to(Path(pincel.__file__).parent)
    return None if inside else path.parent
