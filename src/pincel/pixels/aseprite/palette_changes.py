"""The palettes of an Aseprite file: chunks that change some entries from their frame on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pincel.pixels.aseprite.source import DamageError, Source

NEW, OLD, OLDER = 0x2019, 0x0004, 0x0011
KINDS = (NEW, OLD, OLDER)
_MOST_ENTRIES = 1 << 16  # indices are bytes; files in RGBA may carry longer palettes


@dataclass
class PaletteChanges:
    """Changes in the order of the file: (frame, size or None, first entry, colours RGBA)."""

    new: list[tuple[int, int | None, int, np.ndarray]] = field(default_factory=list)
    old: list[tuple[int, int | None, int, np.ndarray]] = field(default_factory=list)

    def read(self, kind: int, frame: int, chunk: Source) -> None:
        """Read one palette chunk of a frame."""
        if kind == NEW:
            self._read_new(frame, chunk)
        else:
            self._read_old(frame, chunk, 4 if kind == OLDER else 1)

    def of_frames(self, count: int) -> tuple[np.ndarray, ...]:
        """The palette of each frame, (k, 4) uint8. Old chunks count only in files without new
        ones, which newer versions write beside them."""
        entries = np.zeros((0, 4), np.uint8)
        changes = iter(self.new or self.old)
        change = next(changes, None)
        result = []
        for frame in range(count):
            while change is not None and change[0] <= frame:
                _, size, first, colors = change
                entries = _sized(entries, size or max(len(entries), first + len(colors)))
                entries[first : first + len(colors)] = colors
                change = next(changes, None)
            result.append(entries)
        return tuple(result)

    def _read_new(self, frame: int, chunk: Source) -> None:
        size, first, last = chunk.take("III8x")
        if not 0 < size <= _MOST_ENTRIES or not first <= last < size:
            raise DamageError("palette size")
        colors = np.empty((last - first + 1, 4), np.uint8)
        for number in range(len(colors)):
            flags, *color = chunk.take("H4B")
            colors[number] = color
            if flags & 1:
                chunk.string()
        self.new.append((frame, size, first, colors))

    def _read_old(self, frame: int, chunk: Source, scale: int) -> None:
        at = 0
        for _ in range(chunk.take("H")[0]):
            skip, count = chunk.take("BB")
            at, count = at + skip, count or 256
            if at + count > 256:
                raise DamageError("palette size")
            stored = np.frombuffer(chunk.raw(3 * count), np.uint8).reshape(-1, 3)
            colors = np.full((count, 4), 255, np.uint8)
            if scale == 1:
                colors[:, :3] = stored
            else:  # six bits, the highest repeated below so that 63 is 255
                six = np.minimum(stored, 63).astype(np.uint8)
                colors[:, :3] = six << 2 | six >> 4
            self.old.append((frame, None, at, colors))
            at += count


def _sized(entries: np.ndarray, size: int) -> np.ndarray:
    """A copy of this length; new entries are black."""
    more = np.zeros((size, 4), np.uint8)
    more[:, 3] = 255
    kept = min(size, len(entries))
    more[:kept] = entries[:kept]
    return more
