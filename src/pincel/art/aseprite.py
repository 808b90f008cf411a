"""Aseprite files (.aseprite, .ase): writing sprites with palette and layers, reading them again.

Written from the public specification, docs/ase-file-specs.md of aseprite/aseprite. A file is a
128-byte header and frames; a frame is a 16-byte header and chunks (layer, cel, palette, ...). All
numbers are little-endian.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.errors import PincelError
from pincel.pixels.limits import check_animation, check_size

_FILE, _FRAME = 0xA5E0, 0xF1FA  # magic numbers
_OLD_PALETTE, _OLDER_PALETTE, _LAYER, _CEL = 0x0004, 0x0011, 0x2004, 0x2005
_PROFILE, _TAGS, _PALETTE = 0x2007, 0x2018, 0x2019
_VISIBLE, _EDITABLE, _BACKGROUND = 1, 2, 8
_RAW, _LINKED, _COMPRESSED, _TILEMAP = range(4)
_CHANNELS = {8: 1, 16: 2, 32: 4}
_MODES = {8: "indexed", 16: "grey", 32: "rgba"}
_MOST_CEL_BYTES = 256_000_000  # of all cels together, unpacked
_UNSAID_DURATION = 100  # ms, what Aseprite gives a new frame


@dataclass(frozen=True)
class Layer:
    """One layer, bottom first. `level` tells how deep it stands in groups; a group has no cels."""

    name: str
    visible: bool = True
    opacity: int = 255
    background: bool = False
    group: bool = False
    level: int = 0
    blend: int = 0


@dataclass(frozen=True, eq=False)
class Cel:
    """A picture placed on one layer of one frame.

    pixels  (h, w) uint8 indices, (h, w, 2) grey and alpha, or (h, w, 4) RGBA, as the file's mode
    """

    x: int
    y: int
    opacity: int
    pixels: np.ndarray


@dataclass(frozen=True)
class Tag:
    """A named run of frames, both ends included. direction: 0 forward, 1 reverse, 2 ping-pong."""

    name: str
    first: int
    last: int
    direction: int = 0


@dataclass(frozen=True, eq=False)
class AsepriteFile:
    """What an Aseprite file holds.

    mode         "indexed", "grey" or "rgba"
    entries      (k, 4) uint8 RGBA, the palette as stored
    transparent  the index that shows nothing on layers that are no background (mode "indexed")
    cels         for each frame, layer number -> Cel; linked cels are resolved
    durations    milliseconds for each frame
    """

    width: int
    height: int
    mode: str
    entries: np.ndarray
    transparent: int
    layers: tuple[Layer, ...]
    cels: tuple[Mapping[int, Cel], ...]
    durations: tuple[int, ...]
    tags: tuple[Tag, ...] = ()
    name: str = field(default="sprite")

    @property
    def palette(self) -> np.ndarray:
        """The palette without fully transparent entries, (k, 3) uint8."""
        return self.entries[self.entries[:, 3] > 0, :3]

    def shown(self) -> list[int]:
        """The numbers of the layers that are seen, bottom first: visible and in visible groups."""
        numbers, groups = [], [True]
        for number, layer in enumerate(self.layers):
            level = min(layer.level, len(groups) - 1)
            seen = groups[level] and layer.visible
            groups[level + 1 :] = [seen]
            if seen and not layer.group:
                numbers.append(number)
        return numbers

    def rgba(self, frame: int = 0) -> np.ndarray:
        """One frame with its visible layers one over the other, (height, width, 4) uint8."""
        canvas = np.zeros((self.height, self.width, 4), np.uint8)
        for number in self.shown():
            if number not in self.cels[frame]:
                continue
            layer, cel = self.layers[number], self.cels[frame][number]
            if layer.blend:
                raise PincelError("aseprite.blend", name=self.name, layer=layer.name)
            there, here = _overlap(cel, self.width, self.height)
            strength = layer.opacity * cel.opacity / (255 * 255)
            _put_over(canvas[there], self._cel_rgba(cel, layer)[here], strength)
        return canvas

    def sprite(self) -> Sprite:
        """The visible layers as a sprite; PincelError where they are half-transparent or have
        more than 256 colours. Indexed files keep their palette and its order."""
        durations = self.durations if len(self.durations) > 1 else (0,)
        if self.mode == "indexed" and self._plain():
            place = np.cumsum(self.entries[:, 3] > 0) - 1  # where an entry is without clear ones
            place = np.append(place, np.full(257 - len(place), TRANSPARENT)).astype(np.int16)
            frames = tuple(place[self._indices(frame)] for frame in range(len(self.cels)))
            return Sprite(frames, self.palette.copy(), durations, self.name)
        try:
            pictures = [self.rgba(frame) for frame in range(len(self.cels))]
            return Sprite.from_rgba(*pictures, name=self.name, durations=durations)
        except PincelError:
            raise
        except ValueError as error:
            raise PincelError("aseprite.not_sprite", name=self.name) from error

    def animations(self) -> list[Sprite]:
        """One sprite for each tag ("hero_walk"), or one for the whole file where it has none."""
        whole = self.sprite()
        parts = []
        for tag in self.tags:
            run = slice(tag.first, tag.last + 1)
            if whole.frames[run]:
                name = f"{self.name}_{tag.name}"
                parts.append(
                    replace(
                        whole, name=name, frames=whole.frames[run], durations=whole.durations[run]
                    )
                )
        return parts or [whole]

    def _plain(self) -> bool:
        cels = [(self.layers[n], c) for cels in self.cels for n, c in cels.items()]
        solid = all(cel.opacity == layer.opacity == 255 and not layer.blend for layer, cel in cels)
        return solid and bool(np.all(self.entries[:, 3] % 255 == 0))

    def _indices(self, frame: int) -> np.ndarray:
        canvas = np.full((self.height, self.width), TRANSPARENT, np.int16)
        clear = np.append(self.entries[:, 3] == 0, np.ones(256 - len(self.entries), bool))
        for number in self.shown():
            if number in self.cels[frame]:
                cel = self.cels[frame][number]
                there, here = _overlap(cel, self.width, self.height)
                part = cel.pixels[here]
                seen = ~clear[part]
                if not self.layers[number].background:
                    seen &= part != self.transparent
                canvas[there][seen] = part[seen]
        return canvas

    def _cel_rgba(self, cel: Cel, layer: Layer) -> np.ndarray:
        if self.mode == "rgba":
            return cel.pixels
        if self.mode == "grey":
            return cel.pixels[..., [0, 0, 0, 1]]
        table = np.zeros((256, 4), np.uint8)
        table[: len(self.entries)] = self.entries
        if not layer.background:
            table[self.transparent] = 0
        return table[cel.pixels]


def _overlap(cel: Cel, width: int, height: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where on the canvas a cel lies, and which part of the cel that is."""
    high, wide = cel.pixels.shape[:2]
    left, top = max(cel.x, 0), max(cel.y, 0)
    right, bottom = max(min(cel.x + wide, width), left), max(min(cel.y + high, height), top)
    there = (slice(top, bottom), slice(left, right))
    return there, (slice(top - cel.y, bottom - cel.y), slice(left - cel.x, right - cel.x))


def _put_over(canvas: np.ndarray, over: np.ndarray, strength: float) -> None:
    """Normal blending of straight-alpha bytes, in place (Porter and Duff, 1984).

    In bands of rows, so that a large file does not need several times its size in floats.
    """
    for top in range(0, len(canvas), 256):
        band = canvas[top : top + 256]
        front = over[top : top + 256].astype(np.float32) / 255
        back = band.astype(np.float32) / 255
        alpha = front[..., 3:] * strength
        below = back[..., 3:] * (1 - alpha)
        total = alpha + below
        mixed = (front[..., :3] * alpha + back[..., :3] * below) / np.where(total > 0, total, 1)
        band[...] = np.rint(np.append(mixed, total, axis=-1) * 255)


# --- writing ---


def write_aseprite(
    sprite: Sprite,
    layers: Mapping[str, Sequence[np.ndarray]] | None = None,
    tags: Sequence[Tag] = (),
) -> bytes:
    """The sprite as an Aseprite file in indexed mode, its palette in its order.

    layers  name -> frames of indices like the sprite's, bottom layer first; None: one layer with
            the sprite's own frames, called by its name

    Transparent is one more palette entry behind the others. When all 256 entries are in use and
    something is transparent, the file is RGBA instead.
    """
    stack = layers or {sprite.name: sprite.frames}
    for name, frames in stack.items():
        if [f.shape for f in frames] != [f.shape for f in sprite.frames]:
            raise ValueError(f"layer {name!r} has other frames than the sprite")
    every = [frame for frames in stack.values() for frame in frames]
    holes = any((frame < 0).any() for frame in every)
    clear = _clear_index(every, len(sprite.palette)) if holes or len(sprite.palette) < 256 else None
    indexed = clear is not None or not holes
    entries = np.zeros((max(len(sprite.palette), (clear or 0) + 1), 4), np.uint8)
    entries[: len(sprite.palette), :3] = sprite.palette
    entries[: len(sprite.palette), 3] = 255
    if clear is not None:
        entries[clear, 3] = 0

    def pixels(frame: np.ndarray) -> bytes:
        if indexed:
            return np.where(frame < 0, clear or 0, frame).astype(np.uint8).tobytes()
        return np.append(entries, np.zeros((1, 4), np.uint8), axis=0)[frame].tobytes()

    solid = clear is None and indexed  # 256 colours and no hole: index 0 must not be transparent
    opening = [_chunk(_PROFILE, struct.pack("<HHI8x", 1, 0, 0)), _palette_chunk(entries)]
    opening += [_layer_chunk(name, solid and n == 0) for n, name in enumerate(stack)]
    if tags:
        opening.append(_tags_chunk(tags))
    body = b""
    seen: dict[tuple[int, bytes], int] = {}
    for number, duration in enumerate(sprite.durations):
        chunks = opening if number == 0 else []
        for layer, frames in enumerate(stack.values()):
            data = pixels(frames[number])
            first = seen.setdefault((layer, data), number)
            chunks = [*chunks, _cel_chunk(layer, sprite.width, sprite.height, data, first, number)]
        length = min(duration or _UNSAID_DURATION, 0xFFFF)
        body += struct.pack(
            "<IHHH2xI",
            16 + sum(map(len, chunks)),
            _FRAME,
            min(len(chunks), 0xFFFF),
            length,
            len(chunks),
        )
        body += b"".join(chunks)
    header = struct.pack(
        "<IHHHHHIHIIB3xHBBhhHH84x",
        128 + len(body),
        _FILE,
        len(sprite.frames),
        sprite.width,
        sprite.height,
        8 if indexed else 32,
        1,  # layer opacity is valid
        min(sprite.durations[0] or _UNSAID_DURATION, 0xFFFF),
        0,
        0,
        clear or 0,
        len(entries),
        1,  # square pixels
        1,
        0,
        0,
        16,  # the grid that Aseprite shows
        16,
    )
    return header + body


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


def _tags_chunk(tags: Sequence[Tag]) -> bytes:
    parts = [
        struct.pack("<HHBH6x4B", tag.first, tag.last, tag.direction, 0, 0, 0, 0, 0)
        + _string(tag.name)
        for tag in tags
    ]
    return _chunk(_TAGS, struct.pack("<H8x", len(tags)) + b"".join(parts))


def _cel_chunk(layer: int, width: int, height: int, data: bytes, first: int, number: int) -> bytes:
    """A cel over the whole canvas; one that equals an earlier frame's is a link to it."""
    linked = first != number
    head = struct.pack("<HhhBHh5x", layer, 0, 0, 255, _LINKED if linked else _COMPRESSED, 0)
    if linked:
        return _chunk(_CEL, head + struct.pack("<H", first))
    return _chunk(_CEL, head + struct.pack("<HH", width, height) + zlib.compress(data, 9))


# --- reading ---


class _DamageError(Exception):
    """The file says what cannot be; caught in `read_aseprite` only."""


class _Bytes:
    """Bytes read from front to back; reading beyond their end is damage."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple:
        size = struct.calcsize("<" + form)
        return struct.unpack("<" + form, self.raw(size))

    def raw(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise _DamageError("cut short")
        self.at += size
        return self.data[self.at - size : self.at]

    def rest(self) -> bytes:
        return self.raw(len(self.data) - self.at)

    def string(self) -> str:
        return self.raw(self.take("H")[0]).decode("utf-8", "replace")


def read_aseprite(data: bytes, name: str = "sprite") -> AsepriteFile:
    """Read an Aseprite file; sizes are checked before anything of that size is made.

    PincelError where it is damaged, too large, or uses tilemaps.
    """
    try:
        return _File(data, name).read()
    except (_DamageError, zlib.error) as error:
        raise PincelError("aseprite.broken", name=name) from error


class _File:
    """The state while one file is read."""

    def __init__(self, data: bytes, name: str) -> None:
        self.source = _Bytes(data)
        self.name = name
        self.entries = np.zeros((0, 4), np.uint8)
        self.new_palette = False
        self.layers: list[Layer] = []
        self.tags: list[Tag] = []
        self.cels: list[dict[int, Cel]] = []
        self.budget = _MOST_CEL_BYTES

    def read(self) -> AsepriteFile:
        _, magic, count, width, height, depth, flags, speed, _, _, clear, _ = self.source.take(
            "IHHHHHIHIIB3xH"
        )
        if magic != _FILE or depth not in _CHANNELS or not count:
            raise _DamageError("no Aseprite header")
        check_size(self.name, width, height)
        check_animation(self.name, width, height, count)
        self.channels = _CHANNELS[depth]
        self.opacity_valid = bool(flags & 1)
        self.source.raw(128 - self.source.at)
        durations = []
        for _ in range(count):
            durations.append(self._frame() or speed or _UNSAID_DURATION)
        if not len(self.entries) and self.channels == 1:
            raise _DamageError("indexed without a palette")
        if any(number >= len(self.layers) for cels in self.cels for number in cels):
            raise _DamageError("a cel on no layer")
        return AsepriteFile(
            width,
            height,
            _MODES[depth],
            self.entries,
            clear,
            tuple(self.layers),
            tuple(self.cels),
            tuple(durations),
            tuple(self.tags),
            self.name,
        )

    def _frame(self) -> int:
        size, magic, old_count, duration, count = self.source.take("IHHH2xI")
        if magic != _FRAME:
            raise _DamageError("no frame header")
        inside = _Bytes(self.source.raw(size - 16))
        self.cels.append({})
        for _ in range(count or old_count):
            length, kind = inside.take("IH")
            self._read_chunk(kind, _Bytes(inside.raw(length - 6)))
        return duration

    def _read_chunk(self, kind: int, chunk: _Bytes) -> None:
        if kind == _PALETTE:
            self._read_palette(chunk)
        elif kind in (_OLD_PALETTE, _OLDER_PALETTE) and not self.new_palette:
            self._read_old_palette(chunk, 4 if kind == _OLDER_PALETTE else 1)
        elif kind == _LAYER:
            self._read_layer(chunk)
        elif kind == _CEL:
            self._read_cel(chunk)
        elif kind == _TAGS:
            self._read_tags(chunk)

    def _read_palette(self, chunk: _Bytes) -> None:
        size, first, last = chunk.take("III8x")
        if not 0 < size <= 256 or not first <= last < size:
            raise _DamageError("palette size")
        self.new_palette = True
        self._grow(size)
        for number in range(first, last + 1):
            flags, *color = chunk.take("H4B")
            self.entries[number] = color
            if flags & 1:
                chunk.string()

    def _read_old_palette(self, chunk: _Bytes, scale: int) -> None:
        at = 0
        for _ in range(chunk.take("H")[0]):
            skip, count = chunk.take("BB")
            at, count = at + skip, count or 256
            if at + count > 256:
                raise _DamageError("palette size")
            self._grow(max(at + count, len(self.entries)))
            colors = np.frombuffer(chunk.raw(3 * count), np.uint8).reshape(-1, 3)
            self.entries[at : at + count, :3] = np.minimum(colors.astype(int) * scale, 255)
            self.entries[at : at + count, 3] = 255
            at += count

    def _grow(self, size: int) -> None:
        more = np.zeros((size, 4), np.uint8)
        more[:, 3] = 255
        kept = min(size, len(self.entries))
        more[:kept] = self.entries[:kept]
        self.entries = more

    def _read_layer(self, chunk: _Bytes) -> None:
        flags, kind, level, _, _, blend, opacity = chunk.take("HHHHHHB3x")
        self.layers.append(
            Layer(
                name=chunk.string(),
                visible=bool(flags & _VISIBLE),
                opacity=opacity if self.opacity_valid and kind != 1 else 255,
                background=bool(flags & _BACKGROUND),
                group=kind == 1,
                level=level,
                blend=blend,
            )
        )

    def _read_cel(self, chunk: _Bytes) -> None:
        layer, x, y, opacity, kind = chunk.take("HhhBH7x")
        if kind == _TILEMAP:
            raise PincelError("aseprite.tilemap", name=self.name)
        if kind == _LINKED:
            frame = chunk.take("H")[0]
            if frame >= len(self.cels) - 1 or layer not in self.cels[frame]:
                raise _DamageError("a link to nothing")
            self.cels[-1][layer] = self.cels[frame][layer]
            return
        if kind not in (_RAW, _COMPRESSED):
            raise _DamageError("unknown cel")
        width, height = chunk.take("HH")
        size = width * height * self.channels
        self.budget -= size
        if self.budget < 0:
            raise PincelError("aseprite.too_large", name=self.name, most=_MOST_CEL_BYTES >> 20)
        data = chunk.raw(size) if kind == _RAW else _unpacked(chunk.rest(), size)
        shape = (height, width) if self.channels == 1 else (height, width, self.channels)
        self.cels[-1][layer] = Cel(x, y, opacity, np.frombuffer(data, np.uint8).reshape(shape))

    def _read_tags(self, chunk: _Bytes) -> None:
        for _ in range(chunk.take("H8x")[0]):
            first, last, direction = chunk.take("HHB8x4x")
            self.tags.append(Tag(chunk.string(), first, last, direction))


def _unpacked(packed: bytes, size: int) -> bytes:
    """`size` bytes of deflated data, no more; fewer are damage."""
    data = zlib.decompressobj().decompress(packed, size) if size else b""
    if len(data) < size:
        raise _DamageError("cut short")
    return data
