"""How many frames, pages and scans a file holds, counted without decoding any.

The decoders count too, but without end: a small file can name millions, each of which costs them
time. These stop as soon as there are too many.
"""

from __future__ import annotations

import struct

_MOST_SCANS = 200  # a progressive JPEG has about ten


def gif_frames(data: bytes, most: int) -> int:
    """The frames of a GIF, at most `most` + 1 (GIF89a specification, 18-26). Stops where the file
    is cut; the decoder says what is wrong with it."""
    count = 0
    try:
        at = 13 + _gif_table(data[10])
        while count <= most and data[at] != 0x3B:
            if data[at] == 0x2C:
                count += 1
                at += 11 + _gif_table(data[at + 9])
            elif data[at] == 0x21:
                at += 2
            else:
                break
            while data[at]:
                at += 1 + data[at]
            at += 1
    except IndexError:
        pass
    return count


def _gif_table(flags: int) -> int:
    """The bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def tiff_pages(data: bytes, most: int) -> int:
    """The pages of a TIFF, at most `most` + 1. Their directories are a chain: each says where the
    next one is (TIFF 6.0, section 2). EOFError where the chain leads out of the file."""
    order = "<" if data[:1] == b"I" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    first, entries, entry, after = (8, "Q", 20, "Q") if big else (4, "H", 12, "I")
    count = 0
    try:
        (place,) = struct.unpack_from(order + after, data, first)
        while place and count <= most:
            (number,) = struct.unpack_from(order + entries, data, place)
            place += struct.calcsize(entries) + number * entry
            (place,) = struct.unpack_from(order + after, data, place)
            count += 1
    except (struct.error, OverflowError) as error:
        raise EOFError("the chain of pages is broken") from error
    return count


def check_jpeg_scans(data: bytes) -> None:
    """Refuse (ValueError) a JPEG with hundreds of scans: a few bytes each, and each goes over the
    whole picture."""
    if data.count(b"\xff\xda") > _MOST_SCANS:
        raise ValueError("too many scans")
