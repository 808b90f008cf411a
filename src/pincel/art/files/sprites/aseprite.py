"""Aseprite files (.aseprite, .ase) and sprites: writing with palette, layers, tags and slices;
reading what stands in them as a sprite.

Written from the public specification, docs/ase-file-specs.md of aseprite/aseprite; reading
stands in `pincel.pixels.aseprite`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.pixels.animation import Slice, Tag, plays_of
from pincel.pixels.aseprite import AsepriteFile, read_aseprite

SUFFIXES = (".aseprite", ".ase")
SOFT = True
UNDER = 1 << 24
_FILE, _FRAME = 0xA5E0, 0xF1FA  # magic numbers
_LAYER, _CEL, _PROFILE, _TAGS, _PALETTE = 0x2004, 0x2005, 0x2007, 0x2018, 0x2019
_USER_DATA, _SLICE = 0x2020, 0x2022
_VISIBLE, _EDITABLE, _BACKGROUND = 1, 2, 8
_LINKED, _COMPRESSED = 1, 2
_UNSAID_DURATION = 100  # ms, what Aseprite gives a new frame


def write(sprite: Sprite, name: str, text: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """See `pincel.art.files`."""
    return [(".aseprite", write_aseprite(sprite))]


def aseprite_sprite(data: bytes, name: str = "sprite") -> Sprite:
    """The visible layers of an Aseprite file as a sprite, with its tags and slices.

    Indexed files keep their palette and its order. PincelError where the file cannot be read, or
    shows half-transparent pixels or more than 256 colours.
    """
    file = read_aseprite(data, name)
    durations = file.durations if len(file.durations) > 1 else (0,)
    frames = _same_palette(file)
    if frames is not None:
        sprite = Sprite(frames, file.palette.copy(), durations, name)
    else:
        try:
            pictures = [file.rgba(frame) for frame in range(len(file.cels))]
            sprite = Sprite.from_rgba(*pictures, name=name, durations=durations)
        except ValueError as error:
            raise PincelError("aseprite.not_sprite", name=name) from error
    plays = plays_of(file.tags, len(sprite.frames))
    return replace(sprite, tags=file.tags, slices=file.slices, plays=plays)


def _same_palette(file: AsepriteFile) -> tuple[np.ndarray, ...] | None:
    """The frames as indices into `file.palette`; None where they are no indices of one palette."""
    if any(entries is not file.entries for entries in file.palettes) or len(file.entries) > 256:
        return None
    indices = [file.indices(frame) for frame in range(len(file.cels))]
    place = np.cumsum(file.entries[:, 3] > 0) - 1  # where an entry is without clear ones
    place = np.append(place, np.full(257 - len(place), TRANSPARENT)).astype(np.int16)
    frames = tuple(place[index] for index in indices if index is not None)
    return frames if len(frames) == len(indices) else None


# --- writing ---


def write_aseprite(
    sprite: Sprite,
    layers: Mapping[str, Sequence[np.ndarray]] | None = None,
    tags: Sequence[Tag] | None = None,
    slices: Sequence[Slice] | None = None,
) -> bytes:
    """The sprite as an Aseprite file in indexed mode, its palette in its order.

    layers  name -> frames of indices like the sprite's, (h, w) int16, -1 transparent, bottom layer
            first; None: one layer with the sprite's own frames, called by its name. ValueError
            where a layer has other frames (in number or size) than the sprite
    tags    named runs of frames; None: the sprite's own, or one that says how often it is shown.
            `slices` likewise

    Transparent is one more palette entry behind the others, one for each colour that lies under
    transparent pixels. When all 256 entries are in use and something is transparent, or
    half-transparent, the file is RGBA instead.
    """
    worn, table = sprite.entries()
    stack = layers or {sprite.name: worn}
    for name, frames in stack.items():
        if [f.shape for f in frames] != [f.shape for f in sprite.frames]:
            raise ValueError(f"layer {name!r} has other frames than the sprite")
    plain = list(sprite.frames) if layers is None else [f for one in stack.values() for f in one]
    colors = _Colors.of(plain, sprite.palette)
    if layers is None and sprite.hidden().any() and not sprite.alphas and len(table) <= 256:
        colors = _Colors(table, clear=len(sprite.palette), indexed=True)
    opening = [_chunk(_PROFILE, struct.pack("<HHI8x", 1, 0, 0)), _palette_chunk(colors.entries)]
    if layers is None and (sprite.alphas or len(table) > 256):
        colors = _Colors(table, clear=None, indexed=False)
    opening += [_layer_chunk(name, colors.solid and n == 0) for n, name in enumerate(stack)]
    opening += _tag_chunks(_tags(sprite) if tags is None else tags)
    for one in sprite.slices if slices is None else slices:
        opening += _slice_chunks(one)
    body = b"".join(_frames(sprite, stack, colors, opening))
    return _header(sprite, colors, 128 + len(body)) + body


def _tags(sprite: Sprite) -> Sequence[Tag]:
    if sprite.tags or not sprite.plays or len(sprite.frames) == 1:
        return sprite.tags
    return (Tag(sprite.name, 0, len(sprite.frames) - 1, repeat=sprite.plays),)


@dataclass(frozen=True, eq=False)
class _Colors:
    """How a sprite's indices are stored.

    entries  (k, 4) uint8 RGBA
    clear    the entry that stands for transparent; None where there is none
    indexed  as indices, not as RGBA
    """

    entries: np.ndarray
    clear: int | None
    indexed: bool

    @classmethod
    def of(cls, frames: Sequence[np.ndarray], palette: np.ndarray) -> _Colors:
        count = len(palette)
        holes = any((frame < 0).any() for frame in frames)
        clear = _clear_index(frames, count) if holes or count < 256 else None
        entries = np.zeros((max(count, (clear or 0) + 1), 4), np.uint8)
        entries[:count, :3] = palette
        entries[:count, 3] = 255
        if clear is not None:
            entries[clear, 3] = 0
        return cls(entries, clear, clear is not None or not holes)

    @property
    def solid(self) -> bool:
        """256 colours and no hole: index 0 must not be transparent."""
        return self.clear is None and self.indexed

    def stored(self, frame: np.ndarray) -> bytes:
        if self.indexed:
            return np.where(frame < 0, self.clear or 0, frame).astype(np.uint8).tobytes()
        return np.append(self.entries, np.zeros((1, 4), np.uint8), axis=0)[frame].tobytes()


def _frames(
    sprite: Sprite,
    stack: Mapping[str, Sequence[np.ndarray]],
    colors: _Colors,
    opening: Sequence[bytes],
) -> Iterator[bytes]:
    seen: dict[tuple[int, bytes], int] = {}
    for number, duration in enumerate(sprite.durations):
        chunks = list(opening) if number == 0 else []
        for layer, frames in enumerate(stack.values()):
            data = colors.stored(frames[number])
            first = seen.setdefault((layer, data), number)
            chunks.append(_cel_chunk(layer, sprite.width, sprite.height, data, first, number))
        size = 16 + sum(map(len, chunks))
        length = min(duration or _UNSAID_DURATION, 0xFFFF)
        count = len(chunks)
        yield struct.pack("<IHHH2xI", size, _FRAME, min(count, 0xFFFF), length, count)
        yield from chunks


def _header(sprite: Sprite, colors: _Colors, size: int) -> bytes:
    return struct.pack(
        "<IHHHHHIHIIB3xHBBhhHH84x",
        size,
        _FILE,
        len(sprite.frames),
        sprite.width,
        sprite.height,
        8 if colors.indexed else 32,
        1,  # layer opacity is valid
        min(sprite.durations[0] or _UNSAID_DURATION, 0xFFFF),
        0,
        0,
        colors.clear or 0,
        len(colors.entries),
        1,  # square pixels
        1,
        0,
        0,
        16,  # the grid that Aseprite shows
        16,
    )


def _clear_index(frames: Sequence[np.ndarray], count: int) -> int | None:
    """The palette index to stand for transparent: one behind the palette, else one not in use."""
    if count < 256:
        return count
    used = np.zeros(256, bool)
    for frame in frames:
        used[frame[frame >= 0]] = True
    free = np.flatnonzero(~used)
    return int(free[-1]) if len(free) else None


def _chunk(kind: int, data: bytes) -> bytes:
    return struct.pack("<IH", 6 + len(data), kind) + data


def _string(text: str) -> bytes:
    coded = text.encode()[:0xFFFF]
    return struct.pack("<H", len(coded)) + coded


def _palette_chunk(entries: np.ndarray) -> bytes:
    head = struct.pack("<III8x", len(entries), 0, len(entries) - 1)
    return _chunk(_PALETTE, head + b"".join(b"\0\0" + entry.tobytes() for entry in entries))


def _layer_chunk(name: str, background: bool) -> bytes:
    flags = _VISIBLE | _EDITABLE | (_BACKGROUND if background else 0)
    return _chunk(_LAYER, struct.pack("<HHHHHHB3x", flags, 0, 0, 0, 0, 0, 255) + _string(name))


def _tag_chunks(tags: Sequence[Tag]) -> list[bytes]:
    """The tags, and behind them the colour and text of each, if any has some."""
    if not tags:
        return []
    parts = [
        struct.pack("<HHBH6x3Bx", tag.first, tag.last, tag.direction, tag.repeat, *_rgb(tag))
        + _string(tag.name)
        for tag in tags
    ]
    chunks = [_chunk(_TAGS, struct.pack("<H8x", len(tags)) + b"".join(parts))]
    if any(tag.color or tag.note for tag in tags):
        chunks += [_user_data(tag.color, tag.note) for tag in tags]
    return chunks


def _rgb(tag: Tag) -> tuple[int, ...]:
    return tag.color[:3] if tag.color else (0, 0, 0)


def _slice_chunks(one: Slice) -> list[bytes]:
    patches = any(key.center is not None for key in one.keys)
    pivots = any(key.pivot is not None for key in one.keys)
    body = struct.pack("<III", len(one.keys), patches | 2 * pivots, 0) + _string(one.name)
    for key in one.keys:
        body += struct.pack("<IiiII", key.frame, *key.bounds)
        body += struct.pack("<iiII", *(key.center or (0, 0, 0, 0))) if patches else b""
        body += struct.pack("<ii", *(key.pivot or (0, 0))) if pivots else b""
    chunks = [_chunk(_SLICE, body)]
    return [*chunks, _user_data(one.color, one.note)] if one.color or one.note else chunks


def _user_data(color: tuple[int, int, int, int] | None, note: str) -> bytes:
    flags = bool(note) | 2 * (color is not None)
    return _chunk(
        _USER_DATA,
        struct.pack("<I", flags) + (_string(note) if note else b"") + bytes(color or ()),
    )


def _cel_chunk(layer: int, width: int, height: int, data: bytes, first: int, number: int) -> bytes:
    """A cel over the whole canvas; one that equals an earlier frame's is a link to it."""
    linked = first != number
    head = struct.pack("<HhhBHh5x", layer, 0, 0, 255, _LINKED if linked else _COMPRESSED, 0)
    if linked:
        return _chunk(_CEL, head + struct.pack("<H", first))
    return _chunk(_CEL, head + struct.pack("<HH", width, height) + zlib.compress(data, 9))
