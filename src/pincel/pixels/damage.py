"""Around decoders: quiet, and whatever they raise for a damaged file is one sentence."""

from __future__ import annotations

import logging
import os
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from pincel.errors import PincelError
from pincel.pixels import size_limits

# What decoders log about a damaged file is no news to the person: it ends as one sentence. (With
# no handler at all Python would print it; whoever sets up logging still gets it.)
for _name in ("PIL", "tifffile"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_one_at_a_time = threading.Lock()

# All that Pillow, tifffile and zlib were seen to raise for damaged files.
DAMAGE = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    BufferError,
    struct.error,
    zlib.error,
)


@contextmanager
def decoding(label: str, kind: str) -> Iterator[None]:
    """No warnings, and PincelError for damage, for want of memory and for decompression bombs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PincelError:
        raise
    except MemoryError:
        raise PincelError("picture.no_memory", name=label) from None
    except Image.DecompressionBombError:
        raise PincelError(
            "picture.bomb", name=label, most=size_limits.MOST_PIXELS // 1_000_000
        ) from None
    except DAMAGE as error:
        raise PincelError("picture.broken", name=label, format=kind) from error


@contextmanager
def hushed() -> Iterator[None]:
    """libtiff, in C, writes complaints straight to file 2; meanwhile that leads nowhere."""
    with _one_at_a_time:
        try:
            kept = os.dup(2)
        except OSError:  # closed: nothing to keep quiet
            yield
            return
        try:
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
