"""The bytes of an Aseprite file, read from front to back."""

from __future__ import annotations

import struct
import zlib


class DamageError(Exception):
    """The file says what cannot be; becomes one sentence in `read_aseprite`."""


class Source:
    """Bytes read from front to back; reading beyond their end is damage."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        """How many bytes are still to be read."""
        return len(self.data) - self.at

    def take(self, form: str) -> tuple:
        """Numbers as `struct` tells them, little-endian."""
        return struct.unpack("<" + form, self.raw(struct.calcsize("<" + form)))

    def raw(self, size: int) -> bytes:
        """The next bytes."""
        if size < 0 or self.at + size > len(self.data):
            raise DamageError("cut short")
        self.at += size
        return self.data[self.at - size : self.at]

    def string(self) -> str:
        """A text, its length before it."""
        return self.raw(self.take("H")[0]).decode("utf-8", "replace")

    def unpacked(self, size: int, packed: int | None = None) -> bytes:
        """`size` bytes, deflated in the next `packed` bytes (None: in all that is left); never
        more than asked, and fewer are damage."""
        data = self.raw(self.left if packed is None else packed)
        data = zlib.decompressobj().decompress(data, size) if size else b""
        if len(data) < size:
            raise DamageError("cut short")
        return data
