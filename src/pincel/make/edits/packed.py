"""A mask or scribble as a short text, so that a recipe is whole without its file."""

from __future__ import annotations

import base64
import re
import zlib

import numpy as np

from pincel.errors import PincelError

MOST_SIDE = 1024
_SHAPE = re.compile(r"packed:(\d{1,4})x(\d{1,4}):([A-Za-z0-9_-]*)")


def pack_mask(mask: np.ndarray) -> str:
    """A mask (h, w) bool as "packed:WIDTHxHEIGHT:..." (bits, deflated, URL-safe base64)."""
    bits = zlib.compress(np.packbits(mask).tobytes(), 9)
    height, width = mask.shape
    return f"packed:{width}x{height}:{base64.urlsafe_b64encode(bits).decode().rstrip('=')}"


def is_packed(text: object) -> bool:
    """Whether this is a mask as `pack_mask` writes it."""
    return isinstance(text, str) and text.startswith("packed:")


def unpack(text: str) -> np.ndarray:
    """The mask (h, w) bool again. PincelError when the text is not what `pack_mask` writes."""
    parts = _SHAPE.fullmatch(text)
    try:
        if not parts:
            raise ValueError
        width, height = int(parts[1]), int(parts[2])
        count = width * height
        if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
            raise ValueError
        packed = base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4))
        bits = zlib.decompressobj().decompress(packed, -(-count // 8) + 1)
        if len(bits) != -(-count // 8):
            raise ValueError
    except (ValueError, zlib.error):
        raise PincelError("recipe.packed") from None
    values = np.unpackbits(np.frombuffer(bits, np.uint8), count=count)
    return values.reshape(height, width).astype(bool)
