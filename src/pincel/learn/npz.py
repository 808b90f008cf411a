"""A file of arrays (.npz) as pictures with labels, in three layouts: MedMNIST's (train_images,
train_labels, ...), Keras's (x_train, y_train, ...), or images and labels. Nothing is unpickled.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from pincel.errors import PincelError
from pincel.learn import prepare
from pincel.learn.rows import blank
from pincel.learn.split import PARTS
from pincel.pixels import channels
from pincel.words import say


@dataclass(frozen=True, eq=False)
class Held:
    """Everything in the file, in one order: pictures (n, h, w, c); labels (n,) int64, places in
    `classes`; what each picture is called; the part of each, or None where there are no parts;
    (name, why) of those left out because their label is blank; what each channel is (see
    `pixels.channels`), () where the file does not say."""

    pictures: np.ndarray
    labels: np.ndarray
    names: list[str]
    classes: list[str]
    parts: list[str] | None
    broken: list[tuple[str, str]]
    channels: tuple[str, ...] = ()


def read_npz(path: Path) -> Held:
    """Read the file. PincelError when it is damaged, or holds no pictures with labels, or a number
    that is none."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            arrays = {key: held[key] for key in held.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError) as error:
        raise PincelError("data.npz_damaged", source=path, why=str(error)) from error
    found = _pairs(arrays, path)
    values = [_pictures(arrays[key], path) for _, key, _ in found]
    flat = [_flat(arrays[key], path) for _, _, key in found]
    for (_, key, _), images, given in zip(found, values, flat, strict=True):
        if len(images) != len(given):
            raise PincelError(
                "data.npz_lengths", source=path, images=len(images), labels=len(given)
            )
        _finite(images, key, path)
    if len({v.shape[1:] for v in values}) > 1:
        raise PincelError("data.npz_shapes", source=path)
    parts: list[str] = []
    names: list[str] = []
    for (own_part, _, _), images in zip(found, values, strict=True):
        parts += [own_part or ""] * len(images)
        names += [f"{own_part}/{i}" if own_part else str(i) for i in range(len(images))]
    pictures = values[0] if len(values) == 1 else np.concatenate(values)
    kept, broken = _with_labels(np.concatenate(flat), names, path)
    if broken:
        pictures, names, parts = pictures[kept], [names[i] for i in kept], [parts[i] for i in kept]
    own = arrays.get("classes", arrays.get("class_names"))
    labels, classes = _numbered(np.concatenate(flat)[kept], own, path)
    split = parts if found[0][0] is not None else None
    told = _channels(arrays, pictures.shape[-1], path)
    return Held(pictures, labels, names, classes, split, broken, told)


def _channels(arrays: dict[str, np.ndarray], count: int, path: Path) -> tuple[str, ...]:
    """What the file says of its channels (an array `channel_names`); R, G, B, A are what they say,
    and A in the last place is alpha."""
    own = arrays.get("channel_names")
    if own is None or own.dtype.kind not in "US":
        return ()
    names = [str(name) for name in own.ravel()]
    if len(names) != count:
        raise PincelError("channels.npz", source=path, count=count, came=", ".join(names))
    if tuple(names) in channels.CONVENTION.values():
        return tuple(names)
    return channels.numbered_channels(count, names)


def _with_labels(
    labels: np.ndarray, names: list[str], path: Path
) -> tuple[np.ndarray, list[tuple[str, str]]]:
    """The rows that have a label, and why the others are left out."""
    without = blank(labels)
    why = say("data.no_label_npz", source=path.name)
    broken = [(names[row], why) for row in np.flatnonzero(without)]
    if len(broken) == len(labels):
        raise PincelError("data.all_broken", source=path, name=broken[0][0], why=why)
    return np.flatnonzero(~without), broken


def _pairs(arrays: dict[str, np.ndarray], path: Path) -> list[tuple[str | None, str, str]]:
    """(part, key of its pictures, key of its labels)."""
    found: list[tuple[str | None, str, str]] = []
    for part in PARTS:
        for image_key, label_key in (
            (f"{part}_images", f"{part}_labels"),
            (f"x_{part}", f"y_{part}"),
        ):
            if image_key in arrays and label_key in arrays:
                found.append((part, image_key, label_key))
    if not found:
        for image_key, label_key in (("images", "labels"), ("x", "y"), ("X", "y")):
            if image_key in arrays and label_key in arrays:
                found.append((None, image_key, label_key))
                break
    if not found:
        raise PincelError("data.npz_keys", source=path, keys=", ".join(arrays) or "-")
    return found


def _finite(values: np.ndarray, key: str, path: Path) -> None:
    """PincelError that names the first picture with a number that is none."""
    if values.dtype.kind != "f":
        return
    bad = [k for k, row in enumerate(values) if not np.isfinite(row).all()]
    if bad:
        raise PincelError("data.npz_not_finite", source=path, array=key, row=bad[0], count=len(bad))


def _pictures(values: np.ndarray, path: Path) -> np.ndarray:
    """(n, h, w), (n, h, w, c) or (n, c, h, w) as (n, h, w, c) of a plain type."""
    if values.dtype.kind not in "biuf" or values.ndim not in (3, 4) or 0 in values.shape:
        raise PincelError("data.npz_pictures", source=path, shape=values.shape, type=values.dtype)
    if values.ndim == 3:
        values = values[..., None]
    elif values.shape[1] <= 4 < values.shape[-1]:
        values = np.moveaxis(values, 1, -1)
    if values.dtype.kind in "iu" and values.dtype.name not in prepare.TYPES:
        low, high = int(values.min()), int(values.max())
        if low >= 0 and high <= 65535:
            return values.astype(np.uint8 if high <= 255 else np.uint16)
    if values.dtype == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    return values if values.dtype.name in prepare.TYPES else values.astype(np.float32)


def _flat(labels: np.ndarray, path: Path) -> np.ndarray:
    """Labels (n,) or (n, 1); one-hot rows become numbers."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 2 and np.all(labels.sum(1) == 1) and np.isin(labels, (0, 1)).all():
        labels = labels.argmax(1)
    if labels.ndim != 1:
        raise PincelError("data.several_labels", source=path)
    return labels


def _numbered(
    labels: np.ndarray, own: np.ndarray | None, path: Path
) -> tuple[np.ndarray, list[str]]:
    """Labels as places in a list of class names."""
    values, places = np.unique(labels, return_inverse=True)
    names: Sequence[str] | None = None
    if own is not None and own.ndim == 1:
        names = [str(name) for name in own]
    elif values.dtype.kind in "iu":
        names = _class_names(path.stem)
    if names is not None and values.dtype.kind in "iu" and values.min() >= 0:
        if values.max() < len(names):
            return labels.astype(np.int64), list(names)
        raise PincelError("data.npz_classes", source=path, names=len(names), label=values.max())
    return places.astype(np.int64), [str(value) for value in values.tolist()]


def _class_names(stem: str) -> Sequence[str] | None:
    """The class names of a MedMNIST file, from our own table, so that no package is needed."""
    table = resources.files("pincel.learn").joinpath("medmnist.json").read_text("utf-8")
    return json.loads(table)["classes"].get(stem.lower().partition("_")[0])
