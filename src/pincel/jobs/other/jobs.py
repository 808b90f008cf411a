"""The job that lists the jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import Event, Job, Made


class Jobs(Job):
    """All jobs with their settings, limits and defaults; `--json` gives them to programs."""

    gives: ClassVar[str] = "list[dict[str, Any]]"

    def run(self) -> Iterator[Event]:
        described = [limits.describe_job(jobs.load(name)) for name in jobs.names()]
        lines = [
            words.say("jobs.line", name=d["name"], title=d["title"], count=len(d["settings"]))
            for d in described
        ]
        yield Made("jobs", described, numbers={"jobs": described}, lines=tuple(lines))
