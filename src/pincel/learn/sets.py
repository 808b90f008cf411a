"""Data sets as they lie on disk: folders, CSV, .npz, names. Read into one array, not yet split."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image

from pincel import atomic
from pincel.errors import PincelError
from pincel.learn import npz, prepare
from pincel.learn.places import cache_folder, data_folders
from pincel.learn.rows import PARTS_SAID, lines_of
from pincel.pixels.open import SUFFIXES, open_picture

_VERSION = 1  # of the cache
_MEDMNIST = ("path", "derma", "oct", "pneumonia", "retina", "breast", "blood", "tissue", "organa",
             "organc", "organs", "chest")  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """How pictures are to be read; see `data.open_data`. `labelled`: classes are needed."""

    size: int | None = None
    most: int = 224
    cache: Path | None = None
    told: Callable[[int, int], None] | None = None
    labelled: bool = True


@dataclass(frozen=True, eq=False)
class Found:
    """Everything in a data set, in one order.

    pictures (n, h, w, c); labels (n,) int64; parts and groups: one text a picture, or None
    """

    title: str
    pictures: np.ndarray
    labels: np.ndarray
    names: list[str]
    classes: list[str]
    parts: list[str] | None = None
    groups: list[str] | None = None
    broken: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    path: Path
    name: str
    label: str
    part: str | None = None
    group: str | None = None


def read(source: str, labels: str | Path | None, group: str | None, wanted: Wanted) -> Found:
    """Read whatever `source` names. PincelError when it is no data set."""
    path = Path(source)
    if labels is not None:
        return _from_csv(Path(labels), path, group, wanted)
    if path.is_dir():
        return _from_folder(path, wanted)
    if path.is_file():
        suffix = path.suffix.lower()
        if suffix == ".npz":
            return _from_npz(path, wanted, path.name)
        if suffix in (".csv", ".tsv"):
            return _from_csv(path, path.parent, group, wanted)
        raise PincelError("data.no_set", source=source)
    named = find_named(source)
    if named is not None:
        return _from_npz(named, wanted, named.stem)
    if source == "digits":
        return _digits(wanted)
    if source == "sprites":
        return _sprites(wanted)
    raise PincelError("data.missing", source=source)


# ------------------------------------------------------------------------------------- names


def find_named(name: str) -> Path | None:
    """The .npz of a MedMNIST set ("blood", "bloodmnist", "bloodmnist_64"): in PINCEL_DATA, in the
    medmnist package's folder (~/.medmnist), in PINCEL_SHARED/data; else fetched by that package.
    None for other names; PincelError when the file cannot be had."""
    base, _, side = name.lower().replace("-", "_").partition("_")
    base = base.removesuffix("mnist")
    if base not in _MEDMNIST or (side and side not in ("64", "128", "224")):
        return None
    file = f"{base}mnist{'_' + side if side else ''}.npz"
    for place in data_folders():
        if (place / file).is_file():
            return place / file
    return _fetched(base, side, file)


def _fetched(base: str, side: str, file: str) -> Path:
    try:
        import medmnist
    except ImportError:
        raise PincelError("data.not_here", file=file) from None
    flag = f"{base}mnist"
    kind = getattr(medmnist, medmnist.INFO[flag]["python_class"])
    try:
        kind(split="train", download=True, size=int(side or 28))
    except Exception as error:  # the package raises whatever its download raised
        raise PincelError("data.not_here", file=file) from error
    return Path.home() / ".medmnist" / file


def _digits(wanted: Wanted) -> Found:
    """scikit-learn's 1,797 handwritten digits of 8 x 8 pixels."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise PincelError("data.digits") from None
    images, labels = load_digits(return_X_y=True)
    pictures = np.rint(images.reshape(-1, 8, 8, 1) * (255 / 16)).astype(np.uint8)
    names = [f"digits/{i}" for i in range(len(labels))]
    return Found("digits", _sized(pictures, wanted), labels, names, [str(i) for i in range(10)])


def _sprites(wanted: Wanted) -> Found:
    """The captioned sprites (sprites.zip), 32 x 32 RGBA; the class is the object drawn."""
    place = next((p for f in data_folders() if (p := f / "sprites.zip").is_file()), None)
    if place is None:
        raise PincelError("data.not_here", file="sprites.zip")
    from pincel.learn.sprites import labelled

    pictures, labels, names, classes = labelled(place, wanted.size or 32)
    classes = list(classes)
    if wanted.labelled:
        kept = np.flatnonzero(labels >= 0)
        pictures, labels, names = pictures[kept], labels[kept], [names[i] for i in kept]
    elif (labels < 0).any():
        labels = np.where(labels < 0, len(classes), labels)
        classes.append("other")
    return Found("sprites", pictures, np.asarray(labels, np.int64), list(names), classes)


# --------------------------------------------------------------------------------------- npz


def _from_npz(path: Path, wanted: Wanted, title: str) -> Found:
    held = npz.read(path)
    pictures = _sized(held.pictures, wanted)
    return Found(
        title, pictures, held.labels, held.names, held.classes, held.parts, broken=held.broken
    )


def _sized(pictures: np.ndarray, wanted: Wanted) -> np.ndarray:
    size = _target([pictures.shape[1:3]], wanted)
    if size == pictures.shape[1:3]:
        return pictures
    return np.stack([prepare.resized(picture, size) for picture in pictures])


def _target(sizes: Sequence[tuple[int, ...]], wanted: Wanted) -> tuple[int, int]:
    """The (height, width) that all pictures are brought to."""
    if wanted.size is not None:
        return wanted.size, wanted.size
    height, width = sizes[0][:2]
    if len({tuple(size[:2]) for size in sizes}) == 1 and max(height, width) <= wanted.most:
        return int(height), int(width)
    side = int(np.median([min(size[:2]) for size in sizes]))
    return min(side, wanted.most), min(side, wanted.most)


# ------------------------------------------------------------------------------- folders, CSV


def _from_folder(folder: Path, wanted: Wanted) -> Found:
    below = _folders(folder)
    parts = {b: PARTS_SAID[b.name.lower()] for b in below if b.name.lower() in PARTS_SAID}
    rows: list[_Row] = []
    if "train" in parts.values() and len(parts) == len(below):
        classes = sorted({c.name for b in below for c in _folders(b)})
        for place, part in parts.items():
            for inside in _folders(place):
                rows += _rows_in(inside, folder, part)
    else:
        classes = [b.name for b in below]
        for inside in below:
            rows += _rows_in(inside, folder, None)
    if not classes and not wanted.labelled:
        rows, classes = _rows_in(folder, folder, None), [folder.resolve().name]
    if not classes:
        raise PincelError("data.no_classes", source=folder)
    empty = set(classes) - {row.label for row in rows}
    if empty:
        raise PincelError("data.empty_class", source=folder, name=min(empty))
    return _decoded(folder.name or str(folder.resolve().name), rows, classes, wanted)


def _folders(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))


def _rows_in(place: Path, root: Path, part: str | None) -> list[_Row]:
    files = sorted(
        p for p in place.rglob("*")
        if p.suffix.lower() in SUFFIXES and p.is_file() and not p.name.startswith(".")
    )  # fmt: skip
    return [_Row(p, p.relative_to(root).as_posix(), place.name, part) for p in files]


def _from_csv(path: Path, root: Path, group: str | None, wanted: Wanted) -> Found:
    lines, dropped = lines_of(path, group)
    rows = [_Row(root / line.file, *line) for line in lines]
    found = _decoded(path.stem, rows, sorted({row.label for row in rows}), wanted)
    return replace(found, broken=dropped + found.broken)


# ----------------------------------------------------------------------------------- decoding


class _WiderError(Exception):
    """A picture needs more channels or a finer type than those before it."""

    def __init__(self, channels: int, kind: str) -> None:
        super().__init__()
        self.layout = channels, kind


def _decoded(title: str, rows: list[_Row], classes: list[str], wanted: Wanted) -> Found:
    """All pictures in one array: decoded once, kept in a file that is mapped into memory."""
    if not rows:
        raise PincelError("data.no_pictures", source=title)
    size = _target(_sizes(rows), wanted)
    folder = wanted.cache if wanted.cache is not None else cache_folder()
    key = _key(rows, size)
    pictures, kept, broken = _cached(folder, key) or _decode(rows, size, folder, key, wanted)
    if not kept:
        raise PincelError("data.all_broken", source=title, name=broken[0][0], why=broken[0][1])
    held = [rows[i] for i in kept]
    index = {name: place for place, name in enumerate(classes)}
    labels = np.array([index[row.label] for row in held], np.int64)
    parts = [row.part or "" for row in held] if held[0].part is not None else None
    groups = [row.group or "" for row in held] if held[0].group is not None else None
    return Found(title, pictures, labels, [r.name for r in held], classes, parts, groups, broken)


def _sizes(rows: list[_Row]) -> list[tuple[int, int]]:
    """(height, width) from the files' headers; files that cannot be read say nothing."""
    sizes = []
    for row in rows:
        try:
            if row.path.suffix.lower() == ".npy":
                shape = channels_shape(np.load(row.path, mmap_mode="r", allow_pickle=False).shape)
                sizes.append(shape)
            else:
                with Image.open(row.path) as image:
                    sizes.append((image.height, image.width))
        except Exception:  # a broken file is told of when it is decoded
            continue
    return sizes or [(64, 64)]


def channels_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Height and width of an array that holds a picture."""
    from pincel.pixels.arrays import axes_of

    axes = axes_of(shape) or "hw"
    return shape[axes.index("h")], shape[axes.index("w")]


def _key(rows: list[_Row], size: tuple[int, int]) -> str:
    """Changes when a file is added, removed or written again."""
    code = hashlib.sha256(f"{_VERSION} {size}".encode())
    for row in rows:
        try:
            facts = row.path.stat()
            code.update(f"{row.path.resolve()}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
        except OSError:
            code.update(f"{row.path}|missing\n".encode())
    return code.hexdigest()[:32]


def _cached(folder: Path, key: str) -> tuple[np.ndarray, list[int], list[tuple[str, str]]] | None:
    try:
        facts = json.loads((folder / f"{key}.json").read_text("utf-8"))
        pictures = np.load(folder / f"{key}.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError):
        return None
    broken = [(str(name), str(why)) for name, why in facts["broken"]]
    kept = [int(i) for i in facts["kept"]]
    return pictures[: len(kept)], kept, broken


def _decode(
    rows: list[_Row], size: tuple[int, int], folder: Path, key: str, wanted: Wanted
) -> tuple[np.ndarray, list[int], list[tuple[str, str]]]:
    layout: tuple[int, str] | None = None
    while True:
        try:
            return _decode_as(rows, size, layout, folder, key, wanted)
        except _WiderError as wider:
            layout = wider.layout


def _decode_as(
    rows: list[_Row],
    size: tuple[int, int],
    layout: tuple[int, str] | None,
    folder: Path,
    key: str,
    wanted: Wanted,
) -> tuple[np.ndarray, list[int], list[tuple[str, str]]]:
    """Decode all rows with the same channels and type, row after row into the file."""
    kept: list[int] = []
    broken: list[tuple[str, str]] = []
    temporary = folder / f".{key}.{os.getpid()}.part"
    held: np.ndarray | None = None
    try:
        for number, row in enumerate(rows):
            if wanted.told is not None:
                wanted.told(number, len(rows))
            try:
                values = prepare.channels_of(open_picture(row.path))
                channels, kind = layout = _layout(values, layout, row.name)
                if held is not None and held.shape[-1] == channels and held.dtype.name == kind:
                    pass
                elif held is not None:
                    raise _WiderError(channels, kind)
                else:
                    held = _room(temporary, (len(rows), *size, channels), kind)
                values = prepare.with_channels(values, channels, row.name)
                held[len(kept)] = prepare.resized(prepare.as_type(values, kind), size)
            except PincelError as error:
                broken.append((row.name, str(error)))
                continue
            kept.append(number)
        if held is None:
            return np.zeros((0, *size, 1), np.uint8), [], broken
        return _stored(held, kept, broken, folder, key, temporary), kept, broken
    finally:
        temporary.unlink(missing_ok=True)


def _layout(values: np.ndarray, layout: tuple[int, str] | None, name: str) -> tuple[int, str]:
    """Channels and type that hold this picture and those before it."""
    channels, kind = values.shape[-1], values.dtype.name
    if layout is None:
        return channels, kind
    if channels != layout[0]:
        if channels not in (1, 3, 4) or layout[0] not in (1, 3, 4):
            raise PincelError("data.channels", name=name, came=channels, wanted=layout[0])
        channels = max(channels, layout[0])
    order = prepare.TYPES
    return channels, order[max(order.index(kind), order.index(layout[1]))]


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


def _stored(
    held: np.ndarray,
    kept: list[int],
    broken: list[tuple[str, str]],
    folder: Path,
    key: str,
    temporary: Path,
) -> np.ndarray:
    """Give the finished file its name, and map it for reading."""
    if not isinstance(held, np.memmap):
        return held[: len(kept)]
    held.flush()
    final = folder / f"{key}.npy"
    os.replace(temporary, final)
    facts = json.dumps({"kept": kept, "broken": broken}, ensure_ascii=False)
    atomic.write(folder / f"{key}.json", facts.encode())
    return np.load(final, mmap_mode="r", allow_pickle=False)[: len(kept)]
