"""A whole file or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from pincel.errors import PincelError


def write(path: Path, data: bytes) -> None:
    """Write to a temporary name in the same folder, then rename: whoever reads `path`, at whatever
    moment, finds the old file or the new one. PincelError when it cannot be written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise PincelError("saving.failed", path=path, why=error.strerror or str(error)) from error
