"""Picture files decoded into one array of one size, once: the array is kept in a file that is
mapped into memory, and found again as long as no file changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pincel import atomic
from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.learn.free_places import cache_folder
from pincel.pixels import channels
from pincel.pixels.open import open_picture
from pincel.pixels.sizes import size_of
from pincel.pixels.statistics import only_channels

_VERSION = 2  # of the cache
_Layout = tuple[tuple[str, ...], str]  # what each channel is, and the type


@dataclass(frozen=True)
class Wanted:
    """How pictures are to be read; see `data.open_data`. `labelled`: classes are needed; `chosen`:
    the numbers of the channels to keep, None for all."""

    size: int | None = None
    most: int = 224
    cache: Path | None = None
    told: Callable[[int, int], None] | None = None
    labelled: bool = True
    chosen: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Row:
    """A file to decode, and what is known of it: its label, part and group."""

    path: Path
    name: str
    label: str
    part: str | None = None
    group: str | None = None


@dataclass(frozen=True, eq=False)
class DecodedRows:
    """Pictures (n, h, w, c), the places of the rows they came from, (name, why) of those that
    could not be read, and what each channel is."""

    pictures: np.ndarray
    kept: list[int]
    broken: list[tuple[str, str]]
    names: tuple[str, ...]


class _WiderError(Exception):
    """A picture needs more channels or a finer type than those before it."""

    def __init__(self, names: tuple[str, ...], kind: str) -> None:
        super().__init__()
        self.layout = names, kind


def decode_rows(rows: list[Row], wanted: Wanted) -> DecodedRows:
    """All pictures in one array."""
    size = target(_sizes(rows), wanted)
    folder = wanted.cache if wanted.cache is not None else cache_folder()
    key = _key(rows, size, wanted.chosen)
    return _cached(folder, key) or _decode(rows, size, folder / key, wanted)


def target(sizes: Sequence[tuple[int, ...]], wanted: Wanted) -> tuple[int, int]:
    """The (height, width) that all pictures are brought to."""
    if wanted.size is not None:
        return wanted.size, wanted.size
    height, width = sizes[0][:2]
    if len({tuple(size[:2]) for size in sizes}) == 1 and max(height, width) <= wanted.most:
        return int(height), int(width)
    side = int(np.median([min(size[:2]) for size in sizes]))
    return min(side, wanted.most), min(side, wanted.most)


def _sizes(rows: list[Row]) -> list[tuple[int, int]]:
    """(height, width) as the readers of `open_picture` will find them; files that cannot be read
    say nothing."""
    sizes = []
    for row in rows:
        try:
            width, height = size_of(row.path)
        except PincelError:  # a broken file is told of when it is decoded
            continue
        sizes.append((height, width))
    return sizes or [(64, 64)]


def _key(rows: list[Row], size: tuple[int, int], chosen: tuple[int, ...] | None) -> str:
    """Changes when a file is added, removed or written again."""
    code = hashlib.sha256(f"{_VERSION} {size} {chosen}".encode())
    for row in rows:
        try:
            facts = row.path.stat()
            code.update(f"{row.path.resolve()}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
        except OSError:
            code.update(f"{row.path}|missing\n".encode())
    return code.hexdigest()[:32]


def _cached(folder: Path, key: str) -> DecodedRows | None:
    try:
        facts = json.loads((folder / f"{key}.json").read_text("utf-8"))
        pictures = np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError):
        return None
    broken = [(str(name), str(why)) for name, why in facts["broken"]]
    kept = [int(i) for i in facts["kept"]]
    return DecodedRows(pictures[: len(kept)], kept, broken, tuple(facts["names"]))


def _decode(rows: list[Row], size: tuple[int, int], file: Path, wanted: Wanted) -> DecodedRows:
    layout: _Layout | None = None
    while True:
        try:
            return _decode_as(rows, size, layout, file, wanted)
        except _WiderError as wider:
            layout = wider.layout


def _decode_as(
    rows: list[Row],
    size: tuple[int, int],
    layout: _Layout | None,
    file: Path,
    wanted: Wanted,
) -> DecodedRows:
    """Decode all rows with the same channels and type, row after row into the file."""
    kept: list[int] = []
    broken: list[tuple[str, str]] = []
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    held: np.ndarray | None = None
    try:
        for number, row in enumerate(rows):
            if wanted.told is not None:
                wanted.told(number, len(rows))
            try:
                picture = only_channels(open_picture(row.path), wanted.chosen)
                values, own = prepare.named_channels(picture)
                names, kind = layout = _layout(own, values.dtype.name, layout, row.name)
                if held is None:
                    held = _room(temporary, (len(rows), *size, len(names)), kind)
                elif held.shape[-1] != len(names) or held.dtype.name != kind:
                    raise _WiderError(names, kind)
                values = prepare.fitted_values(values, own, names, row.name)
                held[len(kept)] = prepare.resized(prepare.as_type(values, kind), size)
            except PincelError as error:
                broken.append((row.name, str(error)))
                continue
            kept.append(number)
        if held is None or layout is None:
            return DecodedRows(np.zeros((0, *size, 1), np.uint8), [], broken, ())
        done = DecodedRows(held[: len(kept)], kept, broken, layout[0])
        return _stored(done, held, file, temporary)
    finally:
        temporary.unlink(missing_ok=True)


def _layout(own: tuple[str, ...], kind: str, layout: _Layout | None, name: str) -> _Layout:
    """Channels and type that hold this picture and those before it."""
    if layout is None:
        return own, kind
    before = layout[0]
    if len(own) != len(before):
        if not (channels.are_colors(own) and channels.are_colors(before)):
            raise PincelError("data.channels", name=name, came=len(own), wanted=len(before))
        before = max(own, before, key=len)
    order = prepare.TYPES
    return before, order[max(order.index(kind), order.index(layout[1]))]


def _room(path: Path, shape: tuple[int, ...], kind: str) -> np.ndarray:
    """An array in a file, or in memory where no file can be written."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free > 2 * size:
            return np.lib.format.open_memmap(path, "w+", np.dtype(kind), shape)
    except OSError:
        pass
    return np.zeros(shape, kind)


def _stored(done: DecodedRows, held: np.ndarray, file: Path, temporary: Path) -> DecodedRows:
    """Give the finished file its name, and map it for reading."""
    if not isinstance(held, np.memmap):
        return done
    held.flush()
    final = file.with_name(f"{file.name}.npy")
    os.replace(temporary, final)
    facts = {"kept": done.kept, "broken": done.broken, "names": done.names}
    text = json.dumps(facts, ensure_ascii=False)
    atomic.write_whole(file.with_name(f"{file.name}.json"), text.encode())
    pictures = np.load(final, mmap_mode="r", allow_pickle=False)[: len(done.kept)]
    return replace(done, pictures=pictures)
