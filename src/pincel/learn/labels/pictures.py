"""Label pictures: every pixel holds the number of its object, 0 the ground. PNG or TIFF of 8 or 16
bits; TIFF of 32 where there are more than 65,535 objects. Classes stand in classes.csv (file,
object, class) beside them; without it all are "object"."""

from __future__ import annotations

import csv as table
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np

from pincel.errors import PincelError
from pincel.learn.labels import Known, damaged
from pincel.learn.objects.things import Scene, from_labels, to_labels
from pincel.pixels import tiff_strips
from pincel.pixels.damage import DAMAGE

SUFFIXES = (".png", ".tif", ".tiff", ".npy", ".csv")
BOXES = False
_CLASSES = "classes.csv"
_JPEG = (6, 7)  # TIFF's compressions: as first told, and as told since


def knows(file: Path) -> bool:
    """It lies in a folder called labels, masks or mask, or so its name ends."""
    if file.suffix.lower() == ".csv":
        return file.name == _CLASSES
    folders = {part.lower() for part in file.parts[-3:-1]}
    ends = file.stem.lower().endswith(("_mask", "_masks", "_label", "_labels", ".labels"))
    return ends or bool(folders & {"labels", "masks", "mask", "label"})


def read(files: Sequence[Path], known: Known) -> list[Scene]:
    """A scene for each label picture. The picture it belongs to has the same name, without
    "_mask" and the like."""
    kinds: dict[tuple[str, int], str] = {}
    for file in files:
        if file.name == _CLASSES:
            for row in table.DictReader(StringIO(file.read_text("utf-8-sig"))):
                kinds[row["file"], int(row["object"])] = row["class"]
    return [_scene(file, kinds, known) for file in files if file.name != _CLASSES]


def _scene(file: Path, kinds: dict[tuple[str, int], str], known: Known) -> Scene:
    labels = numbers_in(file)
    stem = file.stem
    for end in ("_masks", "_mask", "_labels", "_label", ".labels"):
        stem = stem.removesuffix(end)
    size = known.sizes(stem)
    name = size[0] if size else stem
    own = [int(number) for number in np.unique(labels) if number > 0]
    said = [kinds.get((Path(name).stem, number), "object") for number in own]
    return Scene(name, (labels.shape[0], labels.shape[1]), tuple(from_labels(labels, said)))


def numbers_in(file: Path) -> np.ndarray:
    """A label picture as (h, w) int32. PincelError where it is none."""
    from PIL import Image

    try:
        if file.suffix.lower() == ".npy":
            values = np.load(file, allow_pickle=False)
        elif file.suffix.lower() in (".tif", ".tiff"):
            values = _tiff_numbers(file)
        else:
            with Image.open(file) as opened:
                values = np.asarray(opened)
    except PincelError:
        raise
    except DAMAGE as error:
        raise damaged(file, error) from error
    if values.ndim != 2:
        raise damaged(file, f"shape {values.shape}; wanted is one number for each pixel")
    if values.dtype == bool:
        values = values.astype(np.uint8)
    if values.dtype.kind == "f" and not np.array_equal(values, np.rint(values)):
        raise damaged(file, "numbers that are not whole")
    return values.astype(np.int32)


def _tiff_numbers(file: Path) -> np.ndarray:
    """The numbers of a TIFF, (h, w) or more; LZW, LZMA and Zstandard too, by libtiff. PincelError
    for JPEG, which gives other numbers than were drawn."""
    import tifffile

    data = file.read_bytes()
    with tifffile.TiffFile(BytesIO(data)) as held:
        series = held.series[0]
        if series.keyframe.compression in _JPEG:
            raise PincelError("annotations.lossy", file=file.name)
        if series.keyframe.compression in tiff_strips.LIBTIFF:
            return np.asarray(tifffile.imread(BytesIO(tiff_strips.expanded(data, series))))
        return np.asarray(series.asarray(maxworkers=1))


def write(scenes: Sequence[Scene]) -> list[tuple[str, bytes]]:
    """labels/NAME.png (16 bits) or .tif (32, where it must be), and classes.csv."""
    files, rows = [], [["file", "object", "class"]]
    for scene in scenes:
        labels = to_labels(scene.things, *scene.size)
        suffix, data = label_file(labels)
        stem = Path(scene.name).with_suffix("")
        files.append((f"labels/{stem}{suffix}", data))
        rows += [[stem.name, str(n), thing.kind] for n, thing in enumerate(scene.things, 1)]
    out = StringIO()
    table.writer(out, lineterminator="\n").writerows(rows)
    return [*files, (_CLASSES, out.getvalue().encode())]


def label_file(labels: np.ndarray) -> tuple[str, bytes]:
    """A label picture, (h, w) whole numbers from 0, as (suffix, bytes): PNG of 16 bits,
    TIFF of 32 where a number is over 65,535."""
    from PIL import Image

    out = BytesIO()
    if labels.max(initial=0) <= 65_535:
        Image.fromarray(labels.astype(np.uint16)).save(out, "PNG")
        return ".png", out.getvalue()
    import tifffile

    tifffile.imwrite(out, labels.astype(np.uint32), compression="zlib", metadata=None)
    return ".tif", out.getvalue()
