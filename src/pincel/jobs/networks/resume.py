"""The job that goes on with a training that was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, setting


class Resume(Job):
    """Go on from the last saved state; the end is the same as without the interruption."""

    gives: ClassVar[str] = "pincel.nets._network.Model"

    training: str | Path = setting(positional=True)
    runs: Path | None = setting(None)
    data: Path | None = setting(None)

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        from pincel.jobs._training import follow, told
        from pincel.learn import processes
        from pincel.learn.free_places import runs_folder
        from pincel.learn.opening import opened_data
        from pincel.learn.run import CONFIG, JOB, Run, noted_job

        folder = Path(self.training)
        if not (folder / CONFIG).exists() and not (folder / JOB).exists():
            folder = (self.runs if self.runs is not None else runs_folder()) / self.training
        noted = noted_job(folder)
        if noted is not None:
            yield from self._again(noted["job"], noted["asked"], folder.resolve())
            return
        run = Run.open(folder)
        source: dict[str, Any] = dict(run.config.get("source") or {})
        if self.data is not None:
            source["source"] = str(self.data)
        data = opened_data(source)
        if hasattr(data, "in_order"):  # where there are classes
            data = data.in_order(run.config.get("classes"))
        with processes.joined_processes():
            run.writes = processes.first()
            if run.writes:
                yield from told(data)
            yield from follow(run, data)

    def _again(self, name: str, asked: dict[str, Any], folder: Path) -> Iterator[Event]:
        """Ask a job that trains on its way the same once more: it goes on where it stood."""
        import pincel.jobs as jobs
        from pincel import limits

        if name not in jobs.names():
            raise PincelError("run.damaged", path=folder, why=name)
        moved = {"data": str(self.data)} if self.data is not None else {}
        where = {"name": folder.name, "runs": folder.parent}
        yield from limits.build(jobs.load(name), asked | moved | where).run()
