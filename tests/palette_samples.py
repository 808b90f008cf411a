"""One small file for each format of palettes, written from the letter of the format: three colours
and, where the format can say so, one entry that nobody sees."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable

import numpy as np
from PIL import Image

import aseprite_files

COLORS = ((255, 0, 68), (0, 228, 54), (29, 43, 83))
HEXES = ("#ff0044", "#00e436", "#1d2b53")
_BYTES = b"".join(map(bytes, COLORS))


def _aco() -> bytes:
    values = b"".join(struct.pack(">5H", 0, *(257 * v for v in color), 0) for color in COLORS)
    return struct.pack(">HH", 1, 3) + values


def _act() -> bytes:
    return (bytes(3) + _BYTES).ljust(768, b"\0") + struct.pack(">HH", 4, 0)


def _ase() -> bytes:
    blocks = b""
    for color in COLORS:
        body = struct.pack(">H", 2) + "a\0".encode("utf-16-be") + b"RGB "
        body += struct.pack(">3fH", *(v / 255 for v in color), 0)
        blocks += struct.pack(">HI", 1, len(body)) + body
    return b"ASEF" + struct.pack(">HHI", 1, 0, 3) + blocks


def _aseprite() -> bytes:
    chunks = [aseprite_files.palette([*COLORS, (9, 9, 9, 0)]), aseprite_files.layer("a")]
    cel = aseprite_files.cel(0, 0, 0, 2, 2, bytes([0, 1, 2, 2]))
    return aseprite_files.file([aseprite_files.frame([*chunks, cel])], 2, 2, 8)


def _json() -> bytes:
    colors = [f"{r:02x}{g:02x}{b:02x}ff" for r, g, b in COLORS]
    return json.dumps({"name": "x", "author": "y", "colors": ["00000000", *colors]}).encode()


def _kpl() -> bytes:
    entries = "".join(
        f'<ColorSetEntry name="a"><sRGB r="{r / 255}" g="{g / 255}" b="{b / 255}"/>'
        f'<Position row="0" column="{n}"/></ColorSetEntry>'
        for n, (r, g, b) in enumerate(COLORS)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/x-krita-palette", zipfile.ZIP_STORED)
        archive.writestr("colorset.xml", f'<ColorSet name="x" columns="3">{entries}</ColorSet>')
    return held.getvalue()


def _png() -> bytes:
    rgba = np.zeros((1, 4, 4), np.uint8)
    rgba[0, 1:] = [(*color, 255) for color in COLORS]
    out = io.BytesIO()
    Image.fromarray(rgba).save(out, "PNG")
    return out.getvalue()


def _raw() -> bytes:
    return (_BYTES * 22)[:192]


def _riff() -> bytes:
    body = struct.pack("<HH", 0x300, 3) + b"".join(bytes((*color, 0)) for color in COLORS)
    data = b"PAL data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(data)) + data


SAMPLES: dict[str, Callable[[], bytes]] = {
    "aco": _aco,
    "act": _act,
    "ase": _ase,
    "aseprite": _aseprite,
    "gpl": lambda: (
        b"GIMP Palette\nName: x\nChannels: RGBA\n#\n0 0 0 0 Clear\n255 0 68 255\ta\n"
        b"  0 228  54 255\tb\n 29  43  83 255\tc\n"
    ),
    "hex": lambda: b"00000000\nff0044ff\n00e436ff\n1d2b53ff\n",
    "json": _json,
    "kpl": _kpl,
    "pal": lambda: (
        b"JASC-PAL\r\n0100\r\n4\r\n0 0 0 0\r\n255 0 68 255\r\n0 228 54 9\r\n29 43 83\r\n"
    ),
    "png": _png,
    "raw": _raw,
    "riff": _riff,
    "txt": lambda: b"; paint.net Palette File\n00FF00FF\nFFFF0044\nFF00E436\nFF1D2B53\n",
}
"""A file by the name of its format."""
