"""What the module of a family says beyond its `Config` and its `Net`, read in one place.

A module in this folder is a family by having the two classes. The rest is optional, and these are
all the names that anything outside asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from pincel import nets
from pincel.nets._network import Config, Net


@dataclass(frozen=True)
class Family:
    """A family of networks.

    name         its file's name
    Config, Net  its two classes
    task         `TASK`: how it is taught, a file of `learn/tasks`; "making" where it generates,
                 else "naming"
    generates    `GENERATES`: it makes or changes pictures, instead of naming what they show
    colors_only  `COLORS_ONLY`: it makes colours of a palette; other channels than one or three
                 that are no colours it cannot learn
    chooses      `CHOOSES`: a held-out figure says which weights are best (else the last ones are)
    counts_modes `MODES`: while it is taught it is counted how many kinds of pictures it makes
    recipe       `recipe(config)`: settings of the training that it asks for
    suited       `suited(channels, side, stains)`: settings that follow from the pictures where
                 nobody asks for others
    preparation  `preparation(config)`: facts of `learn.prepare` in place of the data's own
    start        `start(net)`: loads weights that were learned elsewhere, once
    fit          `fit(net, pictures)`: what is read off the training pictures, (n, h, w, c) uint8,
                 before learning
    watch        `watch(net, data)`: more figures of the log, after every epoch
    """

    name: str
    Config: type[Config]
    Net: type[Net]
    task: str
    generates: bool
    colors_only: bool
    chooses: bool
    counts_modes: bool
    recipe: Callable[[Any], dict[str, Any]]
    suited: Callable[[int, int, bool], dict[str, Any]]
    preparation: Callable[[Any], dict[str, Any]]
    start: Callable[[Any], None]
    fit: Callable[[Any, np.ndarray], None]
    watch: Callable[[Any, Any], dict[str, Any]]


def family(name: str) -> Family:
    """The family of this name. PincelError with the nearest names when there is none."""
    module = nets.load(name)
    generates = bool(_said(module, "GENERATES", False))
    return Family(
        name,
        module.Config,
        module.Net,
        str(_said(module, "TASK", "making" if generates else "naming")),
        generates,
        bool(_said(module, "COLORS_ONLY", False)),
        bool(_said(module, "CHOOSES", True)),
        bool(_said(module, "MODES", False)),
        _said(module, "recipe", lambda config: {}),
        _said(module, "suited", lambda channels, side, stains: {}),
        _said(module, "preparation", lambda config: {}),
        _said(module, "start", lambda net: None),
        _said(module, "fit", lambda net, pictures: None),
        _said(module, "watch", lambda net, data: {}),
    )


def _said(module: ModuleType, name: str, otherwise: Any) -> Any:
    return vars(module).get(name, otherwise)
