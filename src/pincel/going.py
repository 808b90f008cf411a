"""A run that was cut off and goes on: a hidden folder beside the files that grow, with what the run
is and its notes. It is there as long as the run has not ended."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pincel.atomic import write_whole
from pincel.errors import PincelError, SystemReason

_RUN = "run.json"


class Unfinished:
    """The folder of one run. `name`: of its files; `of`: what the run is, plain JSON."""

    def __init__(self, base: Path, name: str, of: Mapping[str, Any]) -> None:
        self.folder = base / f".{name}.unfinished"
        self._said = json.dumps(of, indent=1, sort_keys=True, ensure_ascii=False).encode()

    @property
    def fits(self) -> bool:
        """Whether the very same run began here and did not end."""
        try:
            return (self.folder / _RUN).read_bytes() == self._said
        except OSError:
            return False

    def read(self, name: str) -> bytes | None:
        """A note of that run."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def begin(self) -> None:
        """Write down what the run is; notes of another one go."""
        if not self.fits:
            self.end()
            write_whole(self.folder / _RUN, self._said)

    def note(self, notes: Mapping[str, bytes | None]) -> None:
        """Keep notes, or drop them."""
        for name, data in notes.items():
            if data is None:
                (self.folder / name).unlink(missing_ok=True)
            else:
                write_whole(self.folder / name, data)

    def end(self) -> None:
        """The run has ended."""
        shutil.rmtree(self.folder, ignore_errors=True)


def lengthen(path: Path, data: bytes) -> None:
    """Add to a file, on the disk when this returns. PincelError when it cannot be written."""
    try:
        with open(path, "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise PincelError("saving.failed", path=path, why=SystemReason(error)) from error
