"""Pictures with boxes or masks to learn from: found, checked, split, and known by their hash.

A folder holds pictures, labels in any format of `learn.labels`, and, where it has a split of its
own, ImageSets/Main/train.txt (VOC), a split.csv (file, part), or folders train, val and test.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import numpy as np

from pincel.errors import PincelError
from pincel.learn import labels
from pincel.learn.objects import inputs
from pincel.learn.objects.things import Scene, Thing, to_labels
from pincel.learn.split import PARTS, Split, shares
from pincel.pixels.open import find_pictures, open_picture
from pincel.pixels.sources import Found
from pincel.words import say

SEEN = 320
"""The longer side, in pixels, to which pictures with boxes are shrunk."""
FEWEST = 3


@dataclass(frozen=True, eq=False)
class ThingsPart:
    """Pictures of one part.

    pictures  (h, w, 3) uint8, of any size
    scenes    what stands in each, in pixels of the file
    """

    pictures: list[np.ndarray]
    scenes: list[Scene]

    def __len__(self) -> int:
        return len(self.pictures)


@dataclass(frozen=True)
class ThingsReport:
    """What was found: how often each class in each part, how the split came about, what was left
    out and why."""

    counts: dict[str, dict[str, int]]
    drawn: str
    broken: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str, str], ...] = ()
    odd: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class ThingsData(Split[ThingsPart]):
    """A data set of things. `kind`: "boxes" or "masks"; `scale`: pixels of `pictures` to one of the
    file."""

    name: str
    kind: str
    classes: list[str]
    train: ThingsPart
    val: ThingsPart
    test: ThingsPart
    hash: str
    report: ThingsReport
    scale: float = 1.0
    channels: int = 3
    size: tuple[int, int] = (SEEN, SEEN)
    labelled: bool = field(default=True)

    def in_order(self, classes: Sequence[str] | None) -> ThingsData:
        """The same, its classes as a run numbers them."""
        wanted = list(classes or ())
        known = set(wanted) == set(self.classes) and len(wanted) == len(self.classes)
        return replace(self, classes=wanted) if known else self

    def sentences(self) -> Iterator[str]:
        """What was found, in a few lines."""
        counts = {name: len(part) for name, part in self.parts.items()}
        yield say(f"things.found_{self.kind}", name=self.name, classes=len(self.classes), **counts)
        totals = [
            f"{kind} {sum(part[kind] for part in self.report.counts.values())}"
            for kind in self.classes
        ]
        yield ", ".join(totals)
        for why, count in self.report.odd:
            yield say(f"things.odd_{why}", count=count)
        for name, why in self.report.broken[:10]:
            yield say("train.broken", name=name, why=why)


def open_things(
    source: str | Path, kind: str, *, split: str | None = None, seed: int = 0
) -> ThingsData:
    """Open a folder of pictures with labels. PincelError, one sentence, for what is none."""
    place = Path(source)
    if not place.is_dir():
        raise PincelError("things.no_folder", source=source)
    files = {Path(f.source).stem: f for f in _pictures(place)}
    if not files:
        raise PincelError("things.no_pictures", source=source)
    known = labels.Known(lambda stem: _size(files.get(stem)))
    _, scenes = labels.read(place, known)
    named = {Path(scene.name).stem: scene for scene in scenes}
    both = sorted(files.keys() & named.keys())
    if len(both) < FEWEST:
        raise PincelError("things.few", source=source, count=len(both), fewest=FEWEST)
    rows, drawn = _split(place, both, shares(split), seed)
    return _opened(place.name, kind, files, named, rows, drawn)


def _pictures(place: Path) -> list[Found]:
    """Pictures that are no label pictures."""
    form = labels.load("pictures")
    return [
        found for found in find_pictures(place)
        if isinstance(found.source, Path) and not form.knows(found.source)
    ]  # fmt: skip


def _size(found: Found | None) -> tuple[str, int, int] | None:
    from pincel.pixels.sizes import size_of

    if found is None:
        return None
    width, height = size_of(found.source)
    return Path(found.source).name, height, width


def _split(
    place: Path, names: list[str], wanted: tuple[float, float, float], seed: int
) -> tuple[dict[str, list[str]], str]:
    """The names of each part: as the folder says, else drawn."""
    told = _told(place)
    own: dict[str, list[str]] = {part: [] for part in PARTS}
    for name in names:
        if told.get(name) in own:
            own[told[name]].append(name)
    if all(own.values()):
        return own, "official"
    order = np.random.default_rng([seed, 20263]).permutation(len(names)).tolist()
    first = max(1, round(wanted[0] * len(names)))
    first = min(first, len(names) - 2)
    second = min(len(names) - 1, first + max(1, round(wanted[1] * len(names))))
    cuts = {"train": order[:first], "val": order[first:second], "test": order[second:]}
    return {part: [names[k] for k in sorted(chosen)] for part, chosen in cuts.items()}, "drawn"


def _told(place: Path) -> dict[str, str]:
    """Which part each picture is of, where the folder says so."""
    told: dict[str, str] = {}
    for part in PARTS:
        listed = place / "ImageSets" / "Main" / f"{part}.txt"
        if listed.is_file():
            told |= dict.fromkeys(listed.read_text("utf-8").split(), part)
        told |= {file.stem: part for file in place.rglob(f"{part}/*") if file.is_file()}
        told |= {file.stem: part for file in place.rglob(f"{part}/*/*") if file.is_file()}
    listed = place / "split.csv"
    if listed.is_file():
        for row in csv.DictReader(StringIO(listed.read_text("utf-8-sig"))):
            told[Path(row.get("file") or "").stem] = row.get("part") or ""
    return told


def _opened(
    title: str, kind: str, files: dict[str, Found], named: dict[str, Scene],
    rows: dict[str, list[str]], drawn: str,
) -> ThingsData:  # fmt: skip
    broken: list[tuple[str, str]] = []
    odd = {"empty": 0, "outside": 0, "crowd": 0}
    parts, whole = {}, hashlib.sha256(kind.encode())
    for part, names in rows.items():
        pictures, scenes = [], []
        for name in names:
            try:
                rgb = inputs.rgb_of(open_picture(files[name].source))
                scene = _checked(named[name], rgb.shape[:2], kind, odd)
            except PincelError as error:
                if error.key == "things.no_masks":
                    raise
                broken.append((name, str(error)))
                continue
            whole.update(f"{part} {name} {_written(scene)}".encode() + rgb.tobytes())
            pictures.append(rgb)
            scenes.append(scene)
        parts[part] = ThingsPart(pictures, scenes)
    counts = {part: _counts(own.scenes) for part, own in parts.items()}
    classes = sorted(set().union(*counts.values()))
    for name, own in counts.items():
        if not parts[name].pictures:
            raise PincelError("data.empty_part", source=title, part=name)
        counts[name] = {c: own.get(c, 0) for c in classes}
    missing = [c for c in classes if not counts["train"][c]]
    if missing or not classes:
        raise PincelError("things.not_learned", source=title, classes=", ".join(missing) or "-")
    scale = _scale(parts["train"].pictures) if kind == "boxes" else 1.0
    parts = {n: replace(p, pictures=[inputs.scaled(i, scale) for i in p.pictures])
             for n, p in parts.items()}  # fmt: skip
    strange = tuple((kind, count) for kind, count in odd.items() if count)
    report = ThingsReport(counts, drawn, tuple(broken), (), strange)
    return ThingsData(
        title, kind, classes, parts["train"], parts["val"], parts["test"], whole.hexdigest(),
        report, scale,
    )  # fmt: skip


def _scale(pictures: list[np.ndarray]) -> float:
    """By which the middle one of the longer sides becomes 320; never enlarged."""
    longer = float(np.median([max(rgb.shape[:2]) for rgb in pictures]))
    return min(1.0, round(SEEN / longer, 4))


def _checked(scene: Scene, size: tuple[int, int], kind: str, odd: dict[str, int]) -> Scene:
    """What can be learned from: boxes within the picture, with an area; masks of its size."""
    if scene.size not in (size, (0, 0)) and kind == "masks":
        h, w = scene.size
        raise PincelError("things.other_size", height=h, width=w, rows=size[0], columns=size[1])
    kept: list[Thing] = []
    for thing in scene.things:
        if kind == "masks" and thing.mask is None:
            raise PincelError("things.no_masks")
        left, right = np.clip([thing.box[0], thing.box[2]], 0, size[1])
        top, bottom = np.clip([thing.box[1], thing.box[3]], 0, size[0])
        if right <= left or bottom <= top:
            outside = thing.box[0] < thing.box[2] and thing.box[1] < thing.box[3]
            odd["outside" if outside else "empty"] += 1
            continue
        odd["crowd"] += kind == "boxes" and thing.crowd
        kept.append(replace(thing, box=(float(left), float(top), float(right), float(bottom))))
    return replace(scene, size=(size[0], size[1]), things=tuple(kept))


def _written(scene: Scene) -> str:
    boxes = [(thing.kind, thing.box, thing.crowd) for thing in scene.things]
    held = to_labels(scene.things, *scene.size)
    return f"{boxes} {hashlib.sha256(held.tobytes()).hexdigest()}"


def _counts(scenes: list[Scene]) -> dict[str, int]:
    found: dict[str, int] = {}
    for scene in scenes:
        for thing in scene.things:
            found[thing.kind] = found.get(thing.kind, 0) + 1
    return found
