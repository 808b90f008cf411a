"""A network opened on a picture: every map of every layer as raw numbers; or one number, written
out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.look.opened import Opened
    from pincel.nets._network import Model

_MOST_NUMBERS = 2_000_000  # of all maps together; of larger ones the first maps are given


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """With a cell: terms.json, the number written out. Without: net.json tells every layer;
    maps.bin holds float32 numbers, layer after layer (channels, height, width), as many channels
    as `given` says; seen.bin the picture (h, w, c) uint8 as the network reads it."""
    settings: Any = job
    told: Opened = made.value
    if settings.cell is not None:
        yield "terms.json", dumps(_terms(told)).encode()
        return
    model = _model(settings.model, _changed(settings.model))
    layers, packed = _layers(model, told)
    seen = told.seen
    about = {
        "height": seen.shape[0],
        "width": seen.shape[1],
        "channels": seen.shape[2],
        "layers": layers,
        **_answer(model, layers, packed),
    }
    yield "net.json", dumps(about).encode()
    yield "maps.bin", b"".join(part.astype("<f4").tobytes() for part in packed)
    low, high = float(seen.min()), float(seen.max())
    scaled = seen if seen.dtype == np.uint8 else 255 * (seen - low) / max(high - low, 1e-9)
    yield "seen.bin", np.ascontiguousarray(scaled.astype(np.uint8)).tobytes()


@lru_cache(maxsize=2)
def _model(name: str, changed: float) -> Model:
    from pincel.look.models import find_model

    return find_model(name)


def _changed(name: str) -> float:
    from pincel.look.models import find_file

    return Path(find_file(name)).stat().st_mtime


def _layers(model: Model, told: Opened) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    from pincel.learn.prepare import prepare
    from pincel.look.layers import trace

    run = trace(model.net, prepare(told.seen[None], model.about))
    each = _MOST_NUMBERS // max(1, len(run.layers))
    layers, packed = [], []
    for layer, row in zip(run.layers, told.rows, strict=True):
        value = layer.value[0].detach().numpy()
        planes = value if value.ndim == 3 else value.reshape(1, 1, -1)
        given = max(1, min(len(planes), each // max(1, planes[0].size)))
        reach = row.reach
        layers.append(
            {
                "name": row.name,
                "path": row.path,
                "kind": row.kind,
                "after": list(row.after),
                "parameters": row.parameters,
                "formula": row.formula,
                "channels": len(planes),
                "given": given,
                "height": planes.shape[1],
                "width": planes.shape[2],
                "flat": value.ndim != 3,
                "reach": None
                if reach is None
                else {"field": reach.field, "jump": reach.jump, "start": reach.start},
            }
        )
        packed.append(planes[:given])
    return layers, packed


def _answer(model: Model, layers: list[dict[str, Any]], packed: list[np.ndarray]) -> dict[str, Any]:
    """The classes and how likely each is, where the network names any."""
    from pincel.look.explained import class_names

    if not layers or layers[-1]["kind"] != "softmax":
        return {"classes": [], "odds": []}
    odds = packed[-1].reshape(-1)
    return {"classes": list(class_names(model, len(odds))), "odds": [float(v) for v in odds]}


def _terms(told: Opened) -> dict[str, Any]:
    """The terms of one number, and what it sees."""
    terms = told.terms
    strength = told.field.strength
    return {
        "layer": told.row.name,
        "kind": terms.kind,
        "cell": list(terms.cell),
        "inputs": list(terms.inputs),
        "origin": terms.origin,
        "read": _plain(terms.read),
        "weights": None if terms.weights is None else _plain(terms.weights),
        "products": _plain(terms.products),
        "facts": {key: _finite(value) for key, value in terms.facts.items()},
        "value": _finite(terms.value),
        "actual": _finite(terms.actual),
        "box": told.field.box,
        "strength": [[round(float(v), 3) for v in row] for row in strength],
    }


def _plain(values: Any) -> Any:
    return _finite(values) if np.ndim(values) == 0 else [_plain(one) for one in values]


def _finite(value: Any) -> float | None:
    number = float(value)
    return number if number - number == 0 else None
