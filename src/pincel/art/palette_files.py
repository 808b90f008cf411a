"""Palette files: reading and writing the formats that pixel artists pass around.

Reads .gpl (GIMP), .hex, .txt (paint.net), .json (Lospec), .pal (JASC, RIFF and raw), .act and
.ase (Adobe), .ase/.aseprite (Aseprite) and the colours of any picture that has at most 256.
What a file is, is told from its bytes; its name only helps where bytes cannot tell.
"""

from __future__ import annotations

import json
import os
import re
import struct
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

import numpy as np

from pincel.art.palettes import MOST_COLORS, Palette, from_hexes, named
from pincel.errors import PincelError
from pincel.pixels.open import open_picture

READABLE = (".gpl", ".hex", ".txt", ".json", ".pal", ".act", ".ase", ".aseprite", ".png", ".gif")
_MOST_BYTES = 64_000_000
_HEX = r"(?:#|0x)?(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})"


def load_palette(wanted: str | os.PathLike | Palette | Iterable) -> Palette:
    """The palette somebody asks for: the one door for all jobs.

    `wanted` is the name of a known palette ("pico-8"), a palette file or a picture with few
    colours ("my.gpl"), colours ("#1d2b53,#7e2553"), an array (k, 3) or a Palette. Colours that
    stand twice are kept once. Anything else is a PincelError.
    """
    if isinstance(wanted, Palette):
        return _distinct(wanted)
    if not isinstance(wanted, str | os.PathLike):
        return _distinct(_from_values(wanted))
    text = os.fspath(wanted).strip()
    if isinstance(wanted, str):
        colors = _listed(text)
        if colors is not None:
            return _distinct(_checked(colors, text))
        if not PurePath(text).suffix.lower() and os.sep not in text:
            try:
                return named(text)
            except PincelError:
                if not os.path.exists(text):
                    raise
    return _distinct(read_palette(_bytes_of(text), text))


def read_palette(data: bytes, name: str) -> Palette:
    """The palette in the bytes of a file called `name`: its colours in their order, as stored.

    PincelError where there is none, where the file is damaged, or where it has more than 256.
    """
    path = PurePath(name)
    reader = _reader(data, path.suffix.lower())
    try:
        palette = reader(data, path.stem or "palette")
    except PincelError:  # a ValueError too
        raise
    except (
        ValueError,
        LookupError,
        struct.error,
        TypeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise PincelError("palette.broken", name=path.name) from error
    if len(palette) == 0:
        raise PincelError("palette.empty", name=path.name)
    if len(palette) > MOST_COLORS:
        raise PincelError("palette.too_many", name=path.name, count=len(palette), most=MOST_COLORS)
    return palette


def write_palette(palette: Palette, suffix: str) -> bytes:
    """The palette as a file: .gpl, .hex, .txt, .pal (JASC), .act, .ase (Adobe), .png (a strip)."""
    writer = _WRITERS.get(suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}")
    if writer is None:
        raise PincelError("palette.format", format=suffix, formats=" ".join(WRITABLE))
    if not 1 <= len(palette) <= MOST_COLORS:
        raise PincelError(
            "palette.too_many", name=palette.name, count=len(palette), most=MOST_COLORS
        )
    return writer(palette)


# --- asking ---


def _listed(text: str) -> list[str] | None:
    """The colours of "#1d2b53, 7e2553 #fff"; None where the text is no list of colours.

    One colour alone needs its "#", so that no name is taken for a colour.
    """
    if not re.fullmatch(rf"{_HEX}(?:[\s,;]+{_HEX})*[\s,;]*", text):
        return None
    colors = re.findall(_HEX, text)
    return colors if len(colors) > 1 or text.startswith("#") else None


def _checked(hexes: list[str], name: str) -> Palette:
    if len(hexes) > MOST_COLORS:
        raise PincelError(
            "palette.too_many", name=f"{name[:20]}...", count=len(hexes), most=MOST_COLORS
        )
    return from_hexes(hexes, "colors")


def _from_values(values: Iterable) -> Palette:
    given = list(values)
    if given and all(isinstance(value, str) for value in given):
        try:
            return _checked(given, "colors")
        except PincelError:
            raise
        except ValueError as error:
            raise PincelError("palette.not_colors", given=str(given)[:60]) from error
    try:
        colors = np.asarray(given)
    except ValueError as error:
        raise PincelError("palette.not_colors", given=str(given)[:60]) from error
    whole = colors.ndim == 2 and colors.shape[1:] == (3,) and colors.dtype.kind in "iu"
    if not whole or colors.min() < 0 or colors.max() > 255:
        raise PincelError("palette.not_colors", given=str(given)[:60])
    if len(colors) > MOST_COLORS:
        raise PincelError("palette.too_many", name="colors", count=len(colors), most=MOST_COLORS)
    return Palette("colors", colors.astype(np.uint8))


def _distinct(palette: Palette) -> Palette:
    _, first = np.unique(palette.colors, axis=0, return_index=True)
    if len(first) == len(palette):
        return palette
    colors = palette.colors[np.sort(first)]
    return Palette(
        palette.name, colors, palette.source, palette.year, palette.family, palette.aliases
    )


def _bytes_of(text: str) -> bytes:
    path = Path(text)
    try:
        if path.is_dir():
            raise PincelError("palette.folder", name=text)
        if path.stat().st_size > _MOST_BYTES:
            raise PincelError("palette.too_large", name=path.name, most=_MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except PincelError:
        raise
    except FileNotFoundError:
        raise PincelError("palette.no_file", name=text) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        why = getattr(error, "strerror", None) or str(error)
        raise PincelError("palette.unreadable", name=text, why=why) from error


# --- telling what a file is ---


def _reader(data: bytes, suffix: str) -> Callable[[bytes, str], Palette]:
    head = data[:16].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"GIMP Palette"):
        return _read_gpl
    if head.startswith(b"JASC-PAL"):
        return _read_jasc
    if head.startswith(b"RIFF") and data[8:12] == b"PAL ":
        return _read_riff
    if head.startswith(b"ASEF"):
        return _read_swatches
    if data[4:6] == b"\xe0\xa5":
        return _read_aseprite
    if suffix == ".act":
        return _read_act
    if suffix == ".pal" and len(data) in (192, 768):
        return _read_raw
    if suffix == ".json" or (head.lstrip().startswith(b"{") and b'"colors"' in data):
        return _read_json
    if suffix in (".hex", ".txt", ".pal", ".gpl") or _is_hex_text(data):
        return _read_hex
    return _read_picture


def _is_hex_text(data: bytes) -> bool:
    start = data[:200].removeprefix(b"\xef\xbb\xbf")
    return re.match(rb"\s*(?:;[^\n]*\n\s*)*#?[0-9a-fA-F]{6,8}\s*(?:\n|$)", start) is not None


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


# --- text formats ---


def _read_gpl(data: bytes, name: str) -> Palette:
    colors = []
    source = "GIMP"
    for line in _text(data).splitlines()[1:]:
        line = line.strip()
        key, colon, value = line.partition(":")
        if colon and key.lower() == "name":
            name = value.strip() or name
        elif colon and key.lower() == "# source":
            source = value.strip()
        elif line and not line.startswith("#") and not (colon and not key[0].isdigit()):
            colors.append(_three_bytes(line.split()))
    return _palette(name, colors, source)


def _write_gpl(palette: Palette) -> bytes:
    name = " ".join(palette.name.split())
    lines = ["GIMP Palette", f"Name: {name}", f"Columns: {min(len(palette), 16)}"]
    if palette.source:
        lines.append(f"# Source: {' '.join(palette.source.split())}")
    lines.append("#")
    for (r, g, b), code in zip(palette.colors.tolist(), palette.hexes, strict=True):
        lines.append(f"{r:3d} {g:3d} {b:3d}\t{code[1:]}")
    return ("\n".join(lines) + "\n").encode()


def _read_jasc(data: bytes, name: str) -> Palette:
    lines = [line for line in _text(data).splitlines() if line.strip()]
    count = int(lines[2])
    colors = [_three_bytes(line.split()) for line in lines[3 : 3 + min(count, len(lines))]]
    if len(colors) != count:
        raise ValueError("fewer colours than announced")
    return _palette(name, colors, "JASC")


def _write_jasc(palette: Palette) -> bytes:
    lines = ["JASC-PAL", "0100", str(len(palette))]
    lines += ["{} {} {}".format(*color) for color in palette.colors.tolist()]
    return ("\r\n".join(lines) + "\r\n").encode()


def _read_hex(data: bytes, name: str) -> Palette:
    """One colour a line; eight digits are paint.net's AARRGGBB, of which clear ones are skipped."""
    colors = []
    for line in _text(data).splitlines():
        code = line.partition(";")[0].strip().removeprefix("#").removeprefix("0x")
        if not code:
            continue
        if not re.fullmatch("[0-9a-fA-F]{6}|[0-9a-fA-F]{8}", code):
            raise ValueError(f"not a colour: {code[:20]!r}")
        if len(code) == 6 or int(code[:2], 16) > 0:
            colors.append(tuple(bytes.fromhex(code[-6:])))
    return _palette(name, colors, "HEX")


def _write_hex(palette: Palette) -> bytes:
    return "".join(code[1:] + "\n" for code in palette.hexes).encode()


def _write_paint_net(palette: Palette) -> bytes:
    lines = ["; paint.net Palette File", f"; Palette Name: {' '.join(palette.name.split())}"]
    lines += [f"; Colors: {len(palette)}", *(f"FF{code[1:].upper()}" for code in palette.hexes)]
    return ("\n".join(lines) + "\n").encode()


def _read_json(data: bytes, name: str) -> Palette:
    told = json.loads(_text(data))
    colors = told["colors"] if isinstance(told, dict) else told
    if not isinstance(colors, list):
        raise ValueError("no list of colours")
    if isinstance(told, dict):
        name = str(told.get("name") or name)
    palette = from_hexes([str(color) for color in colors], name)
    author = str(told.get("author") or "") if isinstance(told, dict) else ""
    return Palette(name, palette.colors, author or "JSON")


# --- binary formats ---


def _read_riff(data: bytes, name: str) -> Palette:
    """Microsoft's RIFF palette: chunk "data" with version, count and RGBx entries."""
    at = data.index(b"data", 12)
    count = struct.unpack_from("<H", data, at + 10)[0]
    return _palette(name, _rows(data[at + 12 :], count, 4), "RIFF")


def _read_raw(data: bytes, name: str) -> Palette:
    """Bare RGB bytes as emulators keep them: 64 colours of a NES or 256 of a VGA."""
    return _palette(name, _rows(data, len(data) // 3, 3), "PAL")


def _read_act(data: bytes, name: str) -> Palette:
    """Adobe colour table: 256 colours; four more bytes may tell how many are in use."""
    if len(data) not in (768, 772):
        raise ValueError("a colour table has 768 or 772 bytes")
    colors = _rows(data, 256, 3)
    if len(data) == 772:
        used = struct.unpack_from(">H", data, 768)[0]
        colors = colors[: used or 256]
    else:  # without a count the unused rest is black
        last = np.flatnonzero(np.any(colors, axis=1))
        kept = int(last[-1]) + 1 if len(last) else 1
        colors = colors if kept == 255 else colors[:kept]
    return _palette(name, colors, "Adobe ACT")


def _write_act(palette: Palette) -> bytes:
    table = np.zeros((256, 3), np.uint8)
    table[: len(palette)] = palette.colors
    return table.tobytes() + struct.pack(">HH", len(palette), 0xFFFF)


def _read_swatches(data: bytes, name: str) -> Palette:
    """Adobe Swatch Exchange: blocks of named colours in RGB, CMYK, grey or CIE Lab."""
    count = struct.unpack_from(">I", data, 8)[0]
    colors, at = [], 12
    for _ in range(min(count, len(data) // 6)):
        kind, length = struct.unpack_from(">HI", data, at)
        if kind == 1:
            letters = struct.unpack_from(">H", data, at + 6)[0]
            colors.append(_swatch(data, at + 8 + 2 * letters))
        at += 6 + length
    return _palette(name, colors, "Adobe ASE")


def _swatch(data: bytes, at: int) -> np.ndarray:
    model = data[at : at + 4].strip().upper()
    count = {b"RGB": 3, b"CMYK": 4, b"GRAY": 1, b"LAB": 3}[model]
    values = np.array(struct.unpack_from(f">{count}f", data, at + 4))
    if not np.all(np.isfinite(values)):
        raise ValueError("a colour that is no number")
    if model == b"CMYK":
        values = (1 - values[:3]) * (1 - values[3])
    elif model == b"LAB":
        from skimage.color import lab2rgb

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # colours outside sRGB are clipped, as they must be
            values = lab2rgb(np.array([values[0] * 100, values[1], values[2]]))
    elif model == b"GRAY":
        values = values.repeat(3)
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def _write_swatches(palette: Palette) -> bytes:
    blocks = []
    for code, color in zip(palette.hexes, palette.colors, strict=True):
        label = code.encode("utf-16-be") + b"\0\0"
        body = struct.pack(">H", len(label) // 2) + label + b"RGB "
        body += struct.pack(">3fH", *(color / 255.0), 2)
        blocks.append(struct.pack(">HI", 1, len(body)) + body)
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def _read_aseprite(data: bytes, name: str) -> Palette:
    from pincel.pixels.aseprite import read_aseprite

    read = read_aseprite(data, name)
    if not len(read.palette):  # RGBA and grey files need not have one
        return _read_picture(data, name)
    return Palette(name, read.palette, "Aseprite")


def _read_picture(data: bytes, name: str) -> Palette:
    """The opaque colours of a picture: a one-pixel-high strip as it stands, else each once, in
    the order of the file's own palette where it has one, else of first use."""
    try:
        picture = open_picture(data)
    except PincelError as error:
        if error.key in ("picture.text", "picture.unknown", "picture.empty"):
            raise PincelError(
                "palette.unknown_file", name=name, formats=" ".join(READABLE)
            ) from error
        raise PincelError(error.key, **(error.values | {"name": name})) from error
    pixels = np.concatenate([frame.reshape(-1, 4) for frame in picture.frames])
    codes = pixels[pixels[:, 3] > 0, :3] @ np.array([65536, 256, 1], np.int32)
    if picture.height > 1 or picture.width > MOST_COLORS or picture.animated:
        own = [(r << 16) + (g << 8) + b for r, g, b in picture.info.get("palette") or ()]
        used, first = np.unique(codes, return_index=True)
        place = {code: number for number, code in reversed(list(enumerate(own)))}
        codes = used[np.argsort(first)]
        if len(used) <= MOST_COLORS and all(int(code) in place for code in used):
            codes = np.array(sorted(used.tolist(), key=lambda code: place[code]), np.int32)
    colors = np.stack([codes >> 16, (codes >> 8) & 255, codes & 255], -1).astype(np.uint8)
    return Palette(name, colors, str(picture.info.get("format", "")))


def _write_strip(palette: Palette) -> bytes:
    from pincel.pixels.encode import indexed_png

    return indexed_png(np.arange(len(palette), dtype=np.int16)[None], palette.colors)


# --- values ---


def _three_bytes(words: list[str]) -> tuple[int, int, int]:
    r, g, b = (int(word) for word in words[:3])
    if not all(0 <= value <= 255 for value in (r, g, b)):
        raise ValueError(f"not a byte: {words[:3]}")
    return r, g, b


def _rows(data: bytes, count: int, step: int) -> np.ndarray:
    """`count` colours of `step` bytes each, of which the first three are red, green, blue."""
    if count > MOST_COLORS or len(data) < count * step:
        raise ValueError("cut short")
    return np.frombuffer(data, np.uint8, count * step).reshape(count, step)[:, :3].copy()


def _palette(name: str, colors: list | np.ndarray, source: str) -> Palette:
    return Palette(name, np.array(colors, np.uint8).reshape(-1, 3), source)


_WRITERS: dict[str, Callable[[Palette], bytes]] = {
    ".gpl": _write_gpl,
    ".hex": _write_hex,
    ".txt": _write_paint_net,
    ".pal": _write_jasc,
    ".act": _write_act,
    ".ase": _write_swatches,
    ".png": _write_strip,
}
WRITABLE = tuple(_WRITERS)
