"""Grad-CAM in its four steps, as raw numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from pincel.studio.strict import dumps

if TYPE_CHECKING:
    from pincel.job import Job, Made
    from pincel.look.explained import Explained

_SHOWN = 12


def view(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    """cam.json says the sizes; cam.bin holds float32: the maps that weigh most (k, h, w), their
    gradients (k, h, w), the sum (h, w), the heat (h, w), and the sharp map (H, W)."""
    told: Explained = made.value
    heat = told.heat
    alpha = heat.alpha[0]
    weight = np.abs(alpha[:, None, None] * heat.maps[0]).sum((1, 2))
    most = np.argsort(-weight, kind="stable")[:_SHOWN]
    height, width = heat.heat.shape[1:]
    trust = told.trust
    about = {
        "layer": heat.layer,
        "method": heat.method,
        "count": len(alpha),
        "channels": most.tolist(),
        "alpha": [float(v) for v in alpha[most]],
        "height": height,
        "width": width,
        "sharp": list(told.fine.shape),
        "classes": list(told.classes),
        "odds": [float(v) for v in heat.probabilities[0]],
        "target": told.target,
        "empty": heat.why_empty(),
        "verdict": trust.verdict() if trust is not None and not heat.why_empty() else None,
    }
    yield "cam.json", dumps(about).encode()
    parts = [heat.maps[0][most], heat.gradients[0][most], heat.total[0], heat.heat[0], told.fine]
    yield "cam.bin", b"".join(np.asarray(part).astype("<f4").tobytes() for part in parts)
