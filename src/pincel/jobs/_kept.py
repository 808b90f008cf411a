"""Jobs that train networks on their way keep them as runs, so that `resume` goes on with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pincel.job import Job

_WHERE = ("name", "runs")


def kept_in(job: Job, start: str, name: str | None, runs: Path | None) -> Path:
    """The folder `name` of the runs, begun now or begun by the same command before; start-1,
    start-2, ... where it has no name. PincelError when it is another's."""
    from pincel.learn.free_places import free_place, runs_folder
    from pincel.learn.run import note_job

    root = runs if runs is not None else runs_folder()
    folder = root / (name or free_place(root, start))
    note_job(folder, job.key(), asked(job))
    return folder


def asked(job: Job) -> dict[str, Any]:
    """What a job was asked, so that it can be asked again from another working folder."""
    told = {name: value for name, value in job.told().items() if name not in _WHERE}
    return {name: _place(value) for name, value in told.items()}


def _place(value: Any) -> Any:
    return str(Path(value).resolve()) if isinstance(value, str) and Path(value).exists() else value
