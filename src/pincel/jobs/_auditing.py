"""What `audit` does with a network of boxes or masks: what it takes for what, worst cases first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Made, Progress, option_of

if TYPE_CHECKING:
    from pincel.nets._network import Model

FAMILIES = ("boxes", "masks")
_OTHERS = ("layer", "masks", "shortcuts", "channels", "method")


def things(job: Any, model: Model) -> Iterator[Event]:
    """Judge every thing in so many pictures of a part of the data."""
    import numpy as np

    from pincel.look.cases import cases, things_confusion
    from pincel.look.unfolded import finder_of
    from pincel.show.pages.cases import cases_lines, cases_page

    data, finder = _opened(job, model), finder_of(model)
    _match(finder.classes, data.classes)
    count = len(data.parts[job.part])
    rng = np.random.default_rng([job.seed, 12])
    chosen = np.sort(rng.permutation(count)[: job.most]).tolist()
    found = []
    for case in cases(finder, data, job.part, chosen):
        found.append(case)
        yield Progress(len(found), len(chosen), case.name)
    found.sort(key=lambda case: (case.share, case.name))
    table = things_confusion(found, finder.classes)
    numbers = {
        "model": job.model.removesuffix(".safetensors"),
        "data": data.name,
        "part": job.part,
        "classes": table.classes,
        "confusion": table.counts.tolist(),
        "pictures": [{"file": case.name, "share": round(case.share, 4)} for case in found],
    }
    yield Made(
        name="audit",
        value=found,
        files=lambda: [(".html", cases_page(data.name, found, table))],
        numbers=numbers,
        lines=tuple(cases_lines(found, table)),
    )


def _opened(job: Any, model: Model) -> Any:
    """The data; PincelError for settings that are for other networks."""
    from pincel.learn.objects.things_data import open_things

    told = job.told()
    for name in _OTHERS:
        if name in told:
            raise PincelError("audit.things", option=option_of(name), family=model.family)
    return open_things(job.data, model.family)


def _match(known: list[str], given: list[str]) -> None:
    """PincelError where the data have classes that the network does not know; a single one is the
    same, whatever it is called."""
    if not (set(given) <= set(known) or len(given) == len(known) == 1):
        shown = {"model": ", ".join(known[:12]), "data": ", ".join(given[:12])}
        raise PincelError("audit.classes", **shown)
