"""Every job as one call in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pincel.jobs as jobs
from pincel import limits
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, face
from pincel.notebook import Several, showing
from pincel.saving import Saver


def call(
    name: str,
    /,
    *given: Any,
    out: str | Path | None = None,
    force: bool = False,
    workers: int | str = 1,
    **settings: Any,
) -> Any:
    """Run the job `name` and return what it makes.

    given     the job's positional settings: pictures (paths, arrays, PIL images, Pictures), ...
    out       keep the files too: a folder, or a file name for a single result
    force     replace files that exist
    workers   so many processes share the pictures; or a Dask scheduler, "tcp://host:8786"
    settings  the job's settings by name

    One picture gives one value, several (or a folder) a list, unless the job makes one thing of
    them all. Nothing is written without `out`.
    Raises PincelError for the first thing that cannot be done.
    """
    placed = {**_placed(jobs.load(name), given), **settings}
    job = limits.build(jobs.load(name), placed)
    saver = Saver(job, out, force=force) if out is not None else None
    values = []
    for event in _events(job, workers, saver):
        if isinstance(event, Failed):
            raise event.error
        if isinstance(event, Made):
            if saver:
                saver.save(event)
            values.append(showing(event.value, event.files))
    if saver:
        saver.close()
    listed = any(isinstance(one, (list, tuple)) for one in given)
    several = listed or any(
        _many(placed.get(field))
        for field, info in type(job).model_fields.items()
        if face(info).get("sources")
    )
    return values[0] if len(values) == 1 and (job.together or not several) else Several(values)


def _events(job: Job, workers: int | str, saver: Saver | None) -> Iterator[Event]:
    if workers == 1:
        return saver.alone(saver.going(job.run())) if saver else iter(job.run())
    from pincel.spread import Workers, spread

    where = Workers(address=workers) if isinstance(workers, str) else Workers(workers)
    events = spread(job, where, files=saver is not None)
    return saver.alone(events) if saver else events


def function(name: str) -> Callable[..., Any]:
    """The Python call of a job, with its signature and the sentences of its settings."""
    from pincel import signatures

    def run(*given: Any, **settings: Any) -> Any:
        return call(name, *given, **settings)

    run.__name__ = run.__qualname__ = name.replace("-", "_")
    run.__module__ = "pincel"
    run.__doc__ = signatures.documentation(name)
    vars(run)["__signature__"] = signatures.signature(name)
    return run


def _placed(job: type[Job], given: tuple[Any, ...]) -> dict[str, Any]:
    """Positional arguments under their names; the sources setting takes as many as are left."""
    placed: dict[str, Any] = {}
    rest = list(given)
    for name, info in job.model_fields.items():
        if not rest or not face(info).get("positional"):
            continue
        if limits.setting_kind(info)[2]:
            flat = rest[0] if len(rest) == 1 and isinstance(rest[0], (list, tuple)) else rest
            placed[name], rest = tuple(flat), []
        else:
            placed[name] = rest.pop(0)
    if rest:
        raise PincelError("limits.too_many_given", job=job.key(), count=len(rest))
    return placed


def _many(sources: Any) -> bool:
    """Whether these name several pictures: a list, a folder, a pattern."""
    if isinstance(sources, (list, tuple)):
        if len(sources) != 1:
            return len(sources) > 1
        (sources,) = sources
    return isinstance(sources, (str, Path)) and (Path(sources).is_dir() or "*" in str(sources))
