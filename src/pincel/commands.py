"""What a first word on the command line means."""

from __future__ import annotations

import pincel.jobs as jobs
from pincel.job import Job


def command(name: str) -> type[Job]:
    """The studio, which is no job, or a job."""
    if name != "studio":
        return jobs.load(name)
    from pincel.studio.studio import Studio

    return Studio
