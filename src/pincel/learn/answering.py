"""A classifier's answers on a part of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from pincel.learn.augment import views_of_tensor
from pincel.learn.data import DataPart
from pincel.learn.measure import softmax
from pincel.learn.prepare import prepare

_BATCH = 512  # pictures at a time when nothing is learned


def class_probabilities(
    net: Any, part: DataPart, about: Mapping[str, Any], device: torch.device | str = "cpu",
    averaged: str = "none",
) -> np.ndarray:  # fmt: skip
    """A classifier's probabilities for a part's pictures, (n, classes); `averaged` over the views
    of a kind of change (`augment.views_of_tensor`). The network is left in the mode it was in."""
    training = net.training
    net.eval()
    rows = []
    try:
        with torch.inference_mode():
            for start in range(0, len(part), _BATCH):
                batch = prepare(part.pictures[start : start + _BATCH], about).to(device)
                seen = [softmax(net.logits(view).float().cpu().numpy())
                        for view in views_of_tensor(batch, averaged)]  # fmt: skip
                rows.append(np.mean(seen, 0))
    finally:
        net.train(training)
    return np.concatenate(rows)
