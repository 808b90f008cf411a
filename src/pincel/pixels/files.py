"""The bytes of a file or stream, or one sentence why they cannot be had."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

from pincel import words
from pincel.errors import PincelError, SystemReason
from pincel.pixels.size_limits import check_bytes


def bytes_of(source: Any) -> tuple[bytes, str, str]:
    """The bytes of a path, "-", bytes or an open file; what to call them in a sentence; the
    picture's name. PincelError where they cannot be had."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), words.say("picture.data"), "picture"
    if isinstance(source, str) and source == "-":
        label = words.say("picture.stdin")
        stream = getattr(sys.stdin, "buffer", None)  # there may be no standard input
        return (_read_stream(stream, label) if stream else b""), label, "picture"
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        return _read_file(path), str(path), path.stem or "picture"
    if hasattr(source, "read"):
        named = getattr(source, "name", None)
        label = named if isinstance(named, str) else words.say("picture.data")
        name = Path(named).stem if isinstance(named, str) else "picture"
        return _read_stream(source, label), label, name
    raise PincelError("picture.source", type=type(source).__name__)


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            os.listdir(path)  # a closed folder is a matter of permission
            raise PincelError("picture.folder", name=path)
        with open(path, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return _read_stream(file, str(path))
            check_bytes(str(path), facts.st_size)
            return file.read()
    except PincelError:
        raise
    except (FileNotFoundError, NotADirectoryError):
        raise PincelError("picture.missing", name=path) from None
    except PermissionError:
        raise PincelError("picture.denied", name=path) from None
    except OSError as error:
        raise PincelError("picture.unreadable", name=path, reason=SystemReason(error)) from error
    except ValueError:  # a zero byte in the name
        raise PincelError("picture.missing", name=repr(str(path))) from None
    except MemoryError:
        raise PincelError("picture.no_memory", name=path) from None


def _read_stream(file: Any, label: str) -> bytes:
    """All of a stream, in pieces: what never ends is refused at the limit."""
    parts, total = [], 0
    try:
        while part := file.read(1 << 20):
            if not isinstance(part, bytes):
                raise PincelError("picture.source", type=type(file).__name__)
            total += len(part)
            check_bytes(label, total)
            parts.append(part)
        return b"".join(parts)
    except OSError as error:
        raise PincelError("picture.unreadable", name=label, reason=SystemReason(error)) from error
    except MemoryError:
        raise PincelError("picture.no_memory", name=label) from None
