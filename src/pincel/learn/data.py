"""Labelled pictures to learn from: opened once, checked, split, and known by their hash.

open_data("blood")              a MedMNIST set by name (its .npz is looked for, see `find_named`)
open_data("cells/")             a folder of class folders, or train/val/test with class folders
open_data("cells.npz")          MedMNIST's layout (train_images, train_labels, ...), Keras's
                                (x_train, y_train, ...) or images and labels
open_data("labels.csv")         columns file, label and, if wanted, group and split
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypedDict, Unpack

import numpy as np

from pincel.errors import PincelError
from pincel.learn import prepare, sets
from pincel.learn.decoding import Wanted
from pincel.learn.split import PARTS, USUAL, Split, by_group, shares, stratified
from pincel.pixels.channels import numbers_of
from pincel.pixels.sources import as_people_count

FEWEST = 3
"""Pictures a class must have: one to learn from, one to choose by, one to test on."""


MOSTLY = (0.9, 0.05, 0.05)
"""The split for networks that make pictures: they are judged by what they make."""


@dataclass(frozen=True, eq=False)
class DataPart:
    """Pictures of one part.

    pictures  (n, h, w, c) uint8, uint16 or float32, possibly a view of a file
    labels    (n,) int64, a place in `Data.classes`
    names     what each picture is called
    """

    pictures: np.ndarray
    labels: np.ndarray
    names: list[str]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Report:
    """What was found on the way.

    broken      (file, why) of those that could not be read and were left out
    duplicates  (name, part, test name): pictures of the test that are also learned from
    counts      pictures of each class in each part
    drawn       how the split came about: "official", "drawn", "groups"
    """

    broken: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str, str], ...] = ()
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    drawn: str = "official"


@dataclass(frozen=True, eq=False)
class Data(Split[DataPart]):
    """A data set, split. `hash` is a sha256 of all pixels, labels and parts, whatever the order of
    the classes; `channel_names` says what each channel is (see `pixels.channels`), `chosen` which
    of the files' channels these are (None: all)."""

    name: str
    classes: list[str]
    train: DataPart
    val: DataPart
    test: DataPart
    hash: str
    report: Report
    labelled: bool = True
    channel_names: tuple[str, ...] = ()
    chosen: tuple[int, ...] | None = None

    @property
    def channels(self) -> int:
        return int(self.train.pictures.shape[-1])

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return int(self.train.pictures.shape[1]), int(self.train.pictures.shape[2])

    def in_order(self, classes: Sequence[str] | None) -> Data:
        """The same data, its classes numbered as a run or a network numbers them; as it is where
        those are other classes."""
        wanted = [str(name) for name in classes or ()]
        known = len(set(wanted)) == len(wanted) and set(wanted) == set(self.classes)
        if not known or wanted == self.classes:
            return self
        place = np.array([wanted.index(name) for name in self.classes], np.int64)
        train, val, test = (replace(p, labels=place[p.labels]) for p in self.parts.values())
        counts = {
            part: {name: count[name] for name in wanted}
            for part, count in self.report.counts.items()
        }
        report = replace(self.report, counts=counts)
        return replace(self, classes=wanted, report=report, train=train, val=val, test=test)


class ReadingOptions(TypedDict, total=False):
    """How pictures are read.

    size    side in pixels; without it pictures of one size keep theirs, others are stretched to
            the median of their shorter sides; never more than `most`
    cache   folder for decoded pictures; without it PINCEL_CACHE or the user's cache folder
    told    called with (done, of) while files are decoded
    channels  which channels to keep, counted from 1: "1,3" or (1, 3); without it all of them
    """

    size: int | None
    most: int
    cache: Path | None
    told: Callable[[int, int], None] | None
    channels: str | Sequence[int] | None


def open_data(
    source: str | Path,
    *,
    split: str | None = None,
    seed: int = 0,
    group: str | None = None,
    labels: str | Path | None = None,
    labelled: bool = True,
    **reading: Unpack[ReadingOptions],
) -> Data:
    """Open a data set.

    split   "70/15/15": train, val and test, drawn class by class with `seed`; where the set has a
            split of its own, that one is kept, and only what it lacks is drawn
    group   a CSV column (patient, slide): no group lands in two parts
    labels  a CSV of labels for a folder of pictures
    labelled  classes are needed; without, a folder of pictures is enough (one class, its name)
    reading   how pictures are read: see `ReadingOptions`

    PincelError, one sentence, for everything that is no data set.
    """
    if group is not None and labels is None and not str(source).lower().endswith(".csv"):
        raise PincelError("data.group_needs_csv", column=group)
    asked = _wanted(labelled, reading)
    found = sets.read_set(str(source), labels, group, asked)
    _check(found, labelled)
    rng = np.random.default_rng([seed, 20261])
    wanted = shares(split) if labelled or split is not None else MOSTLY
    rows, drawn = _rows(found, wanted, rng, labelled)
    digests = [_digest(picture) for picture in found.pictures]
    parts = {
        name: DataPart(_taken(found.pictures, r), found.labels[r], [found.names[i] for i in r])
        for name, r in rows.items()
    }
    counts = {
        name: {
            found.classes[k]: int(n)
            for k, n in enumerate(np.bincount(part.labels, minlength=len(found.classes)))
        }
        for name, part in parts.items()
    }
    for name, part in parts.items():
        if not len(part):
            raise PincelError("data.empty_part", source=source, part=name)
    missing = [c for c, n in counts["train"].items() if not n]
    if missing and labelled:
        raise PincelError("data.not_learned", source=source, classes=", ".join(missing))
    report = Report(tuple(found.broken), _duplicates(found, rows, digests), counts, drawn)
    code = _hash(found, rows, digests)
    return Data(
        found.title, found.classes, parts["train"], parts["val"], parts["test"], code, report,
        labelled, found.channel_names, asked.chosen,
    ).in_order(_as_people_count(found.classes))  # fmt: skip


def _as_people_count(classes: list[str]) -> list[str] | None:
    """2 before 10; None where the set has an order of its own, no alphabet's."""
    return sorted(classes, key=as_people_count) if classes == sorted(classes) else None


def _wanted(labelled: bool, reading: ReadingOptions) -> Wanted:
    kept = reading.get("channels")
    numbers = numbers_of(kept) if isinstance(kept, str) or kept is None else tuple(kept)
    plain: dict[str, Any] = {key: value for key, value in reading.items() if key != "channels"}
    return Wanted(**plain, labelled=labelled, chosen=numbers)


def open_for(
    about: Mapping[str, Any], source: str | Path, channels: str | None = None, **more: Any
) -> Data:
    """The data set that `source` names, with the channels that a network reads (`about`, its
    facts) or, instead of those it was taught with, the ones chosen. PincelError where they do not
    fit."""
    told = prepare.choosing(about, channels) if about.get("prepare") else about
    numbers = numbers_of(channels) if channels is not None else prepare.choice_of(told)
    data = open_data(source, **{**more, "channels": numbers})
    prepare.check_channels(data.channel_names, told, data.name)
    return data


def _check(found: sets.StoredSet, labelled: bool) -> None:
    if not labelled:
        if len(found.labels) < FEWEST:
            raise PincelError(
                "data.few", source=found.title, count=len(found.labels), fewest=FEWEST
            )
        return
    count = np.bincount(found.labels, minlength=len(found.classes))
    if len(found.classes) < 2:
        raise PincelError("data.one_class", source=found.title, name=(found.classes or ["-"])[0])
    for name, n in zip(found.classes, count, strict=True):
        if n == 0:
            raise PincelError("data.empty_class", source=found.title, name=name)
        if n < FEWEST and found.parts is None:
            raise PincelError(
                "data.small_class", source=found.title, name=name, count=int(n), fewest=FEWEST
            )


def _rows(
    found: sets.StoredSet,
    wanted: tuple[float, float, float],
    rng: np.random.Generator,
    labelled: bool,
) -> tuple[dict[str, np.ndarray], str]:
    """Row numbers of each part."""
    strata = found.labels if labelled else np.zeros_like(found.labels)
    if found.parts is None:
        if found.groups is not None:
            drawn = by_group(found.labels, found.groups, wanted, rng)
            return dict(zip(PARTS, drawn, strict=True)), "groups"
        drawn = stratified(strata, wanted, rng)
        return dict(zip(PARTS, drawn, strict=True)), "drawn"
    own = np.asarray(found.parts)
    rows = {name: np.flatnonzero(own == name) for name in PARTS}
    lacking = [name for name in ("val", "test") if not len(rows[name])]
    for name in lacking:
        share = USUAL[PARTS.index(name)]
        source = rows["train"]
        cut = (1 - share, share)
        if found.groups is not None:
            groups = [found.groups[i] for i in source]
            kept, moved = by_group(found.labels[source], groups, cut, rng)
        else:
            kept, moved = stratified(strata[source], cut, rng)
        rows["train"], rows[name] = source[kept], source[moved]
    return rows, "official"


def _taken(pictures: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """These rows; a view, which costs no memory, where they lie side by side."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return pictures[rows[0] : rows[-1] + 1]
    return pictures[rows]


def _digest(picture: np.ndarray) -> bytes:
    return hashlib.blake2b(np.ascontiguousarray(picture).tobytes(), digest_size=16).digest()


def _duplicates(
    found: sets.StoredSet, rows: dict[str, np.ndarray], digests: list[bytes]
) -> tuple[tuple[str, str, str], ...]:
    """Test pictures whose very pixels are also in train or val."""
    known: dict[bytes, tuple[str, str]] = {}
    for part in ("val", "train"):
        for row in rows[part]:
            known[digests[row]] = (found.names[row], part)
    return tuple(
        (*known[digests[row]], found.names[row]) for row in rows["test"] if digests[row] in known
    )


def _hash(found: sets.StoredSet, rows: dict[str, np.ndarray], digests: list[bytes]) -> str:
    whole = hashlib.sha256()
    shape = found.pictures.shape[1:]
    whole.update(f"{shape} {found.pictures.dtype.name} {found.classes}\n".encode())
    for part, chosen in rows.items():
        for row in chosen:
            whole.update(f"{part} {found.labels[row]} ".encode() + digests[row])
    return whole.hexdigest()
