"""Naming classes through ONNX Runtime: a shipped or exported network, without torch.

The file holds what the safetensors file knows (classes, preparation, data hash, metrics) as JSON
in its metadata under "pincel", so one file is enough to classify.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pincel.errors import PincelError
from pincel.learn.measure import softmax
from pincel.learn.prepare import network_numbers
from pincel.look.onnx_session import open_session

_BATCH = 256


@dataclass(frozen=True, eq=False)
class OnnxModel:
    """An exported classifier: `session` runs it, `about` says what `Model.about` says."""

    family: str
    session: Any
    about: dict[str, Any]

    def logits(self, pictures: np.ndarray) -> np.ndarray:
        """Scores (n, classes) float32 of pictures (n, h, w, c) as they were stored."""
        rows = []
        for start in range(0, len(pictures), _BATCH):
            given = network_numbers(pictures[start : start + _BATCH], self.about)
            rows.append(self.session.run(["logits"], {"pictures": given})[0])
        return np.concatenate(rows)

    def probabilities(self, pictures: np.ndarray) -> np.ndarray:
        """The same (n, classes) of pictures (n, h, w, c) after the softmax: rows sum to 1,
        float32."""
        return softmax(self.logits(pictures))


def open_onnx(path: Path, *, threads: int = 0) -> OnnxModel:
    """Open an exported classifier; `threads` compute (0: one a core). PincelError when the file is
    missing, damaged or not ours."""
    if not path.is_file():
        raise PincelError("model.missing", path=path)
    session, facts = open_session(path.read_bytes(), path, threads=threads)
    try:
        about = facts["about"]
        if not isinstance(about["classes"], list) or "size" not in about["prepare"]:
            raise KeyError("classes")
    except (KeyError, ValueError, TypeError) as error:
        raise PincelError("models.onnx_not_ours", path=path) from error
    return OnnxModel(str(facts["family"]), session, about)
