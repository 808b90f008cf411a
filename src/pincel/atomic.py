"""A whole file or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from pincel.errors import PincelError, SystemReason


def write_whole(path: Path, data: bytes) -> None:
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
        raise PincelError("saving.failed", path=path, why=SystemReason(error)) from error


def write_new(path: Path, data: bytes, *, force: bool = False) -> Path:
    """`write_whole` into a folder that stands, where nothing lies yet; PincelError where the file
    exists, unless `force`. Returns the path."""
    if path.exists() and not force:
        raise PincelError("export.exists", path=path)
    if not path.parent.is_dir():
        missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        raise PincelError("saving.failed", path=path, why=SystemReason(missing))
    write_whole(path, data)
    return path
