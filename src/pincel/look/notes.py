"""What is kept of a long run so that it goes on where it was cut off: arrays and scenes as bytes.
Nothing is unpickled; a damaged note is none."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np

from pincel.learn.objects.things import Mask, Scene, Thing


def packed_arrays(**arrays: np.ndarray) -> bytes:
    """Arrays of any shape (bool, int, float, text) as bytes, each under its name."""
    held = io.BytesIO()
    np.savez(held, **arrays)  # type: ignore[arg-type]
    return held.getvalue()


def unpacked(data: bytes | None, *names: str) -> dict[str, np.ndarray] | None:
    """The same arrays, of any shape (bool, int, float, text); None where there is no note, or one
    without these names."""
    if data is None:
        return None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            return {name: held[name] for name in names}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return None


_SCENE = ("size", "kinds", "boxes", "scores", "crowd", "places", "inside")


def scene_packed(scene: Scene, **more: np.ndarray) -> bytes:
    """A scene as bytes, and more arrays of any shape (bool, int, float, text)."""
    things = scene.things
    masks = [thing.mask for thing in things]
    places = np.array(
        [(m.top, m.left, *m.inside.shape) if m else (-1, -1, 0, 0) for m in masks], np.int64
    )
    bits = [m.inside.ravel() for m in masks if m is not None]
    inside = np.packbits(np.concatenate(bits)) if bits else np.zeros(0, np.uint8)
    return packed_arrays(
        size=np.array(scene.size),
        kinds=np.array([thing.kind for thing in things], np.str_),
        boxes=np.array([thing.box for thing in things], np.float64).reshape(-1, 4),
        scores=np.array([np.nan if t.score is None else t.score for t in things], np.float64),
        crowd=np.array([thing.crowd for thing in things], bool),
        places=places.reshape(-1, 4),
        inside=inside,
        **more,
    )


def scene_unpacked(
    data: bytes | None, name: str, *more: str
) -> tuple[Scene, dict[str, np.ndarray]] | None:
    """The same scene, called `name`, and those arrays, of any shape (int, float); None where
    there is no such note."""
    held = unpacked(data, *_SCENE, *more)
    if held is None:
        return None
    height, width = held["size"].tolist()
    return Scene(name, (height, width), tuple(_things(held))), {k: held[k] for k in more}


def _things(held: dict[str, np.ndarray]) -> list[Thing]:
    places = held["places"].tolist()
    bits = np.unpackbits(held["inside"]).astype(bool)
    found, start = [], 0
    rows: Any = zip(
        held["kinds"].tolist(), held["boxes"].tolist(), held["scores"].tolist(),
        held["crowd"].tolist(), places, strict=True,
    )  # fmt: skip
    for kind, box, score, crowd, (top, left, height, width) in rows:
        mask = None
        if top >= 0:
            end = start + height * width
            mask, start = Mask(top, left, bits[start:end].reshape(height, width)), end
        found.append(Thing(kind, tuple(box), mask, crowd, None if score != score else score))
    return found
