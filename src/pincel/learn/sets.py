"""Data sets as they lie on disk: folders, CSV, .npz, names. Read into one array, not yet split."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from pincel.errors import PincelError
from pincel.learn import npz, prepare
from pincel.learn.decoding import Row, Wanted, decode_rows, target
from pincel.learn.free_places import data_folders
from pincel.learn.rows import PARTS_SAID, lines_of
from pincel.pixels import channels
from pincel.pixels.open import SUFFIXES

_MEDMNIST = ("path", "derma", "oct", "pneumonia", "retina", "breast", "blood", "tissue", "organa",
             "organc", "organs", "chest")  # fmt: skip


@dataclass(frozen=True, eq=False)
class StoredSet:
    """Everything in a data set, in one order.

    pictures (n, h, w, c); labels (n,) int64; parts and groups: one text a picture, or None;
    channels: what each channel is (see `pixels.channels`), () for grey, RGB or numbers; chosen:
    the numbers of the channels that were kept already
    """

    title: str
    pictures: np.ndarray
    labels: np.ndarray
    names: list[str]
    classes: list[str]
    parts: list[str] | None = None
    groups: list[str] | None = None
    broken: list[tuple[str, str]] = field(default_factory=list)
    channels: tuple[str, ...] = ()
    chosen: tuple[int, ...] | None = None

    @property
    def channel_names(self) -> tuple[str, ...]:
        """A name for each channel."""
        return channels.channel_names(self.channels, self.pictures.shape[-1])


def read_set(
    source: str, labels: str | Path | None, group: str | None, wanted: Wanted
) -> StoredSet:
    """Read whatever `source` names. PincelError when it is no data set, or lacks a channel that
    was chosen."""
    found = _read(source, labels, group, wanted)
    if wanted.chosen is None or found.chosen == wanted.chosen:
        return found
    kept = channels.picked(found.channel_names, wanted.chosen, found.title)
    pictures = found.pictures[..., [number - 1 for number in wanted.chosen]]
    return replace(found, pictures=pictures, channels=kept, chosen=wanted.chosen)


def _read(source: str, labels: str | Path | None, group: str | None, wanted: Wanted) -> StoredSet:
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


def _digits(wanted: Wanted) -> StoredSet:
    """scikit-learn's 1,797 handwritten digits of 8 x 8 pixels."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise PincelError("data.digits") from None
    images, labels = load_digits(return_X_y=True)
    pictures = np.rint(images.reshape(-1, 8, 8, 1) * (255 / 16)).astype(np.uint8)
    names = [f"digits/{i}" for i in range(len(labels))]
    return StoredSet("digits", _sized(pictures, wanted), labels, names, [str(i) for i in range(10)])


def _sprites(wanted: Wanted) -> StoredSet:
    """The captioned sprites (sprites.zip), 32 x 32 RGBA; the class is the object drawn."""
    place = next((p for f in data_folders() if (p := f / "sprites.zip").is_file()), None)
    if place is None:
        raise PincelError("data.not_here", file="sprites.zip")
    from pincel.learn.captioned_sprites import labelled

    pictures, labels, names, classes = labelled(place, wanted.size or 32)
    classes = list(classes)
    if wanted.labelled:
        kept = np.flatnonzero(labels >= 0)
        pictures, labels, names = pictures[kept], labels[kept], [names[i] for i in kept]
    elif (labels < 0).any():
        labels = np.where(labels < 0, len(classes), labels)
        classes.append("other")
    return StoredSet(
        "sprites", pictures, np.asarray(labels, np.int64), list(names), classes,
        channels=channels.RGBA,
    )  # fmt: skip


# --------------------------------------------------------------------------------------- npz


def _from_npz(path: Path, wanted: Wanted, title: str) -> StoredSet:
    held = npz.read_npz(path)
    pictures = _sized(held.pictures, wanted)
    return StoredSet(
        title, pictures, held.labels, held.names, held.classes, held.parts, broken=held.broken,
        channels=held.channels,
    )  # fmt: skip


def _sized(pictures: np.ndarray, wanted: Wanted) -> np.ndarray:
    size = target([pictures.shape[1:3]], wanted)
    if size == pictures.shape[1:3]:
        return pictures
    return np.stack([prepare.resized(picture, size) for picture in pictures])


# ------------------------------------------------------------------------------- folders, CSV


def _from_folder(folder: Path, wanted: Wanted) -> StoredSet:
    below = _folders(folder)
    parts = {b: PARTS_SAID[b.name.lower()] for b in below if b.name.lower() in PARTS_SAID}
    rows: list[Row] = []
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


def _rows_in(place: Path, root: Path, part: str | None) -> list[Row]:
    files = sorted(
        p for p in place.rglob("*")
        if p.suffix.lower() in SUFFIXES and p.is_file() and not p.name.startswith(".")
    )  # fmt: skip
    return [Row(p, p.relative_to(root).as_posix(), place.name, part) for p in files]


def _from_csv(path: Path, root: Path, group: str | None, wanted: Wanted) -> StoredSet:
    lines, dropped = lines_of(path, group)
    rows = [Row(root / line.file, *line) for line in lines]
    found = _decoded(path.stem, rows, sorted({row.label for row in rows}), wanted)
    return replace(found, broken=dropped + found.broken)


def _decoded(title: str, rows: list[Row], classes: list[str], wanted: Wanted) -> StoredSet:
    """All pictures of these rows as one data set."""
    if not rows:
        raise PincelError("data.no_pictures", source=title)
    done = decode_rows(rows, wanted)
    if not done.kept:
        name, why = done.broken[0]
        raise PincelError("data.all_broken", source=title, name=name, why=why)
    held = [rows[i] for i in done.kept]
    index = {name: place for place, name in enumerate(classes)}
    labels = np.array([index[row.label] for row in held], np.int64)
    parts = [row.part or "" for row in held] if held[0].part is not None else None
    groups = [row.group or "" for row in held] if held[0].group is not None else None
    return StoredSet(
        title, done.pictures, labels, [r.name for r in held], classes, parts, groups, done.broken,
        done.names, wanted.chosen,
    )  # fmt: skip
