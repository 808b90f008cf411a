"""Reading Aseprite files: header, frames, chunks."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pincel.errors import PincelError
from pincel.pixels.animation import Slice, SliceKey, Tag
from pincel.pixels.aseprite import palette_changes
from pincel.pixels.aseprite.file import AsepriteFile
from pincel.pixels.aseprite.model import BLEND_MODES, AsepriteLayer, Cel, Tileset
from pincel.pixels.aseprite.source import DamageError, Source
from pincel.pixels.aseprite.tiles import Masks, tilemap_pixels
from pincel.pixels.size_limits import check_animation, check_size

_FILE, _FRAME = 0xA5E0, 0xF1FA  # magic numbers
_LAYER, _CEL, _PROFILE, _TAGS = 0x2004, 0x2005, 0x2007, 0x2018
_USER_DATA, _SLICE, _TILESET = 0x2020, 0x2022, 0x2023
_VISIBLE, _BACKGROUND, _REFERENCE = 1, 8, 64  # flags of layers
_OPACITY_VALID, _GROUPS_VALID = 1, 2  # flags of the file
_IMAGE, _GROUP, _TILEMAP_LAYER = range(3)
_RAW, _LINKED, _COMPRESSED, _TILEMAP = range(4)
_CHANNELS = {8: 1, 16: 2, 32: 4}
_MODES = {8: "indexed", 16: "grey", 32: "rgba"}
_TILE_TYPES = {8: "<u1", 16: "<u2", 32: "<u4"}
_MOST_CEL_BYTES = 256_000_000  # of all cels and tilesets together, unpacked
_UNSAID_DURATION = 100  # ms, what Aseprite gives a new frame


def is_aseprite(data: bytes) -> bool:
    """Whether these bytes start like an Aseprite file."""
    return len(data) >= 6 and data[4:6] == _FILE.to_bytes(2, "little")


def read_aseprite(data: bytes, name: str = "sprite") -> AsepriteFile:
    """Read an Aseprite file; sizes are checked before anything of that size is made.

    PincelError where it is damaged, too large, or uses what cannot be drawn (tiles that stand in
    another file, blend modes that the format does not name).
    """
    try:
        return _FileReading(data, name).read()
    except (DamageError, zlib.error) as error:
        raise PincelError("aseprite.broken", name=name) from error


@dataclass(frozen=True)
class _Link:
    """A cel that shows the pixels of another frame's, at its own place."""

    frame: int
    cel: Cel


@dataclass(frozen=True)
class _TileCel:
    """A tilemap as stored; drawn when all tilesets are known."""

    cells: np.ndarray
    masks: Masks
    cel: Cel


_NO_PIXELS = np.zeros((0, 0), np.uint8)


class _FileReading:
    """The state while one file is read."""

    def __init__(self, data: bytes, name: str) -> None:
        self.source = Source(data)
        self.name = name
        self.palettes = palette_changes.PaletteChanges()
        self.layers: list[AsepriteLayer] = []
        self.tags: list[Tag] = []
        self.slices: list[Slice] = []
        self.tilesets: dict[int, Tileset] = {}
        self.cels: list[dict[int, Cel | _Link | _TileCel]] = []
        self.profile: bytes | None = None
        self.gamma: float | None = None
        self.budget = _MOST_CEL_BYTES
        self.notes: Callable[[tuple | None, str], None] = _forgotten  # who user data belongs to

    def read(self) -> AsepriteFile:
        _, magic, count, width, height, depth, flags, speed, _, _, clear = self.source.take(
            "IHHHHHIHIIB"
        )
        if magic != _FILE or depth not in _CHANNELS or not count:
            raise DamageError("no Aseprite header")
        check_size(self.name, width, height)
        check_animation(self.name, width, height, count)
        self.channels = _CHANNELS[depth]
        self.clear = clear if self.channels == 1 else 0
        self.flags = flags
        self.source.raw(128 - self.source.at)
        durations = []
        for _ in range(count):
            durations.append(self._read_frame() or speed or _UNSAID_DURATION)
        entries = self.palettes.of_frames(count)
        if not len(entries[0]) and self.channels == 1:
            raise DamageError("indexed without a palette")
        return AsepriteFile(
            width,
            height,
            _MODES[depth],
            entries,
            self.clear,
            tuple(self.layers),
            self._resolved(),
            tuple(durations),
            tuple(_inside(tag, count) for tag in self.tags),
            tuple(self.slices),
            self.tilesets,
            bool(flags & _GROUPS_VALID),
            self.profile,
            self.gamma,
            self.name,
        )

    def _read_frame(self) -> int:
        size, magic, old_count, duration, count = self.source.take("IHHH2xI")
        if magic != _FRAME:
            raise DamageError("no frame header")
        inside = Source(self.source.raw(size - 16))
        self.cels.append({})
        for _ in range(count or old_count):
            length, kind = inside.take("IH")
            self._read_chunk(kind, Source(inside.raw(length - 6)))
        return duration

    def _read_chunk(self, kind: int, chunk: Source) -> None:
        readers: dict[int, Callable[[Source], None]] = {
            _LAYER: self._read_layer,
            _CEL: self._read_cel,
            _PROFILE: self._read_profile,
            _TAGS: self._read_tags,
            _SLICE: self._read_slice,
            _TILESET: self._read_tileset,
            _USER_DATA: self._read_user_data,
        }
        if kind in readers:
            if kind != _USER_DATA:
                self.notes = _forgotten
            readers[kind](chunk)
        elif kind in palette_changes.KINDS:
            self.notes = _forgotten  # what follows the palette is the whole sprite's
            self.palettes.read(kind, len(self.cels) - 1, chunk)

    def _read_layer(self, chunk: Source) -> None:
        flags, kind, level, _, _, blend, opacity = chunk.take("HHHHHHB3x")
        name = chunk.string()
        if blend >= len(BLEND_MODES):
            raise PincelError("aseprite.blend", name=self.name, layer=name, mode=blend)
        background = bool(flags & _BACKGROUND)
        counts = bool(self.flags & _GROUPS_VALID) if kind == _GROUP else not background
        self.layers.append(
            AsepriteLayer(
                name=name,
                visible=bool(flags & _VISIBLE),
                opacity=opacity if counts and self.flags & _OPACITY_VALID else 255,
                background=background,
                group=kind == _GROUP,
                level=level,
                blend=blend if counts else 0,
                reference=bool(flags & _REFERENCE),
                tileset=chunk.take("I")[0] if kind == _TILEMAP_LAYER else None,
            )
        )

    def _read_cel(self, chunk: Source) -> None:
        layer, x, y, opacity, kind, z = chunk.take("HhhBHh5x")
        cel = Cel(x, y, opacity, _NO_PIXELS, z)
        if kind == _LINKED:
            self.cels[-1][layer] = _Link(chunk.take("H")[0], cel)
        elif kind == _TILEMAP:
            if layer < len(self.layers) and self.layers[layer].tileset is None:
                raise PincelError("aseprite.tilemap", name=self.name)
            self.cels[-1][layer] = self._read_tilemap(chunk, cel)
        elif kind in (_RAW, _COMPRESSED):
            width, height = chunk.take("HH")
            size = self._paid(width * height * self.channels)
            data = chunk.raw(size) if kind == _RAW else chunk.unpacked(size)
            pixels = np.frombuffer(data, np.uint8).reshape(self._shape(height, width))
            self.cels[-1][layer] = replace(cel, pixels=pixels)
        else:
            raise DamageError("unknown cel")

    def _read_tilemap(self, chunk: Source, cel: Cel) -> _TileCel:
        width, height, bits, *masks = chunk.take("HHHIIII10x")
        if bits not in _TILE_TYPES:
            raise DamageError("bits of a tile")
        data = chunk.unpacked(self._paid(width * height * bits // 8))
        cells = np.frombuffer(data, _TILE_TYPES[bits]).reshape(height, width)
        most = (1 << bits) - 1
        return _TileCel(cells, Masks(*(mask & most for mask in masks)), cel)

    def _read_tileset(self, chunk: Source) -> None:
        number, flags, count, width, height = chunk.take("IIIHH2x14x")
        name = chunk.string()
        if flags & 1:
            chunk.take("II")
        if not flags & 2:
            raise PincelError("aseprite.tileset", name=self.name, tileset=name)
        size = self._paid(count * width * height * self.channels)
        packed = chunk.take("I")[0]
        data = np.frombuffer(chunk.unpacked(size, packed), np.uint8)
        pixels = data.reshape(count, *self._shape(height, width))
        self.tilesets[number] = Tileset(name, pixels, bool(flags & 4))

    def _read_profile(self, chunk: Source) -> None:
        kind, flags, gamma = chunk.take("HHI8x")
        if kind == 2:
            self.profile = chunk.raw(chunk.take("I")[0])
        elif kind == 1 and flags & 1 and gamma:
            self.gamma = gamma / 65536

    def _read_tags(self, chunk: Source) -> None:
        start = len(self.tags)
        for _ in range(chunk.take("H8x")[0]):
            first, last, direction, repeat, *color = chunk.take("HHBH6x3Bx")
            said = (*color, 255) if any(color) else None
            self.tags.append(Tag(chunk.string(), first, last, min(direction, 3), repeat, said))
        waiting = iter(range(start, len(self.tags)))  # one user data chunk for each, in order

        def note(color: tuple | None, text: str) -> None:
            number = next(waiting, None)
            if number is not None:
                tag = self.tags[number]
                self.tags[number] = replace(tag, color=color or tag.color, note=text)

        self.notes = note

    def _read_slice(self, chunk: Source) -> None:
        count, flags, _ = chunk.take("III")
        name = chunk.string()
        keys = []
        for _ in range(count):
            frame, *bounds = chunk.take("IiiII")
            center = chunk.take("iiII") if flags & 1 else None
            pivot = chunk.take("ii") if flags & 2 else None
            keys.append(SliceKey(frame, tuple(bounds), center, pivot))
        keys.sort(key=lambda key: key.frame)
        self.slices.append(Slice(name, tuple(keys)))
        place = len(self.slices) - 1

        def note(color: tuple | None, text: str) -> None:
            self.slices[place] = replace(self.slices[place], color=color, note=text)

        self.notes = note

    def _read_user_data(self, chunk: Source) -> None:
        (flags,) = chunk.take("I")
        text = chunk.string() if flags & 1 else ""
        color = chunk.take("4B") if flags & 2 else None
        self.notes(color, text)

    # --- when all chunks are read ---

    def _resolved(self) -> tuple[dict[int, Cel], ...]:
        """The cels of all frames, tilemaps drawn and links followed."""
        for cels in self.cels:
            if any(number >= len(self.layers) for number in cels):
                raise DamageError("a cel on no layer")
            for number, stored in cels.items():
                if isinstance(stored, _TileCel):
                    cels[number] = self._tiled(stored, self.layers[number])
        result: list[dict[int, Cel]] = []
        for cels in self.cels:
            result.append({n: self._linked(n, c) for n, c in cels.items()})
        return tuple(result)

    def _linked(self, layer: int, stored: Cel | _Link | _TileCel) -> Cel:
        """The cel itself, or with the pixels of the one it links to."""
        own, steps = stored.cel if isinstance(stored, _Link) else stored, 0
        while isinstance(stored, _Link):
            steps += 1
            if steps > len(self.cels) or stored.frame >= len(self.cels):
                raise DamageError("a link to nothing")
            if layer not in self.cels[stored.frame]:
                raise DamageError("a link to nothing")
            stored = self.cels[stored.frame][layer]
        assert isinstance(own, Cel) and isinstance(stored, Cel)
        same = (own.x, own.y, own.opacity, own.z) == (stored.x, stored.y, stored.opacity, stored.z)
        return stored if same else replace(own, pixels=stored.pixels)

    def _tiled(self, stored: _TileCel, layer: AsepriteLayer) -> Cel:
        tileset = self.tilesets.get(layer.tileset if layer.tileset is not None else -1)
        if tileset is None:
            raise PincelError("aseprite.tilemap", name=self.name)
        rows, columns = stored.cells.shape
        self._paid(rows * columns * tileset.pixels[:1].nbytes)
        pixels = tilemap_pixels(stored.cells, stored.masks, tileset, self.clear)
        if pixels is None:
            raise DamageError("a tile that is not there")
        return replace(stored.cel, pixels=pixels)

    def _paid(self, size: int) -> int:
        self.budget -= size
        if self.budget < 0:
            raise PincelError("aseprite.too_large", name=self.name, most=_MOST_CEL_BYTES >> 20)
        return size

    def _shape(self, height: int, width: int) -> tuple[int, ...]:
        return (height, width) if self.channels == 1 else (height, width, self.channels)


def _forgotten(color: tuple | None, text: str) -> None:
    """User data of cels, layers and tiles, which say nothing about pixels."""


def _inside(tag: Tag, count: int) -> Tag:
    """The tag cut to the frames that there are."""
    last = min(tag.last, count - 1)
    return replace(tag, first=min(tag.first, last), last=last)
