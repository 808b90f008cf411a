"""The command `pincel studio`. Its settings are declared like those of a job, so that its help,
its limits and its sentences come the same way; it is no job, because it makes nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pincel.job import Event, Job, Said, setting
from pincel.words import say


class Studio(Job):
    """All of Pincel in one page of the browser; nothing leaves this machine."""

    host: str = setting("127.0.0.1")
    port: int = setting(8642, ge=0, le=65535, short="p")
    token: str | None = setting(None, min_length=8)
    folder: Path = setting(Path("pincel-studio"))
    processes: int = setting(2, ge=1, le=64)
    browser: bool = setting(True)

    def run(self) -> Iterator[Event]:
        """Serves until it is interrupted; the first event says where."""
        from pincel.studio.serve import serving

        with serving(self) as served:
            yield Said(say("studio.open", address=served.address))
            if served.token:
                yield Said(say("studio.class"))
            yield Said(say("studio.kept_in", folder=self.folder))
            served.until_stopped()
