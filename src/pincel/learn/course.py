"""The course of a training: what is asked of it, and what it tells on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import Field

from pincel.nets._network import Config, Model


class Recipe(Config):
    """How a network is taught; stored in the run.

    average  decay of the weights' moving average, 0: none;  warm  share of the steps in which the
    rate climbs;  clip  largest norm of each part's gradient, 0: as it is;  patience  epochs without
    a better validation score before stopping, 0: never;  keep  steps between two saved states;
    betas  AdamW's two memories;  minutes  how long it lasts (`epochs` and `steps` are a first guess
    then), 0: as those say;  steps  where it ends, 0: after whole epochs;  measure  epochs between
    two measurements;  balance  every class equally often
    """

    epochs: int = Field(30, ge=1, le=100_000)
    batch: int = Field(128, ge=1, le=65_536)
    rate: float = Field(3e-3, gt=0, le=10)
    decay: float = Field(0.05, ge=0, le=10)
    warm: float = Field(0.1, ge=0, le=1)
    average: float = Field(0.998, ge=0, lt=1)
    clip: float = Field(1.0, ge=0)
    patience: int = Field(0, ge=0)
    augment: str = "cells"
    keep: int = Field(100, ge=1)
    precision: str = "fp32"
    threads: int = Field(0, ge=0, le=1024)
    betas: tuple[float, float] = (0.9, 0.999)
    minutes: float = Field(0, ge=0)
    steps: int = Field(0, ge=0)
    measure: int = Field(1, ge=1)
    balance: bool = False
    fade: float = Field(0, ge=0, le=1)


@dataclass(frozen=True, eq=False)
class Order:
    """What somebody asks for, before it is fitted to the data and written down (`learn.teach`).

    data      what is learned from: parts `train`, `val`, `test`, and what the task asks of it
    settings  of the family;  recipe  fields of `Recipe`, None: as it is without;  on  the device
    task      how it is taught, None: as the family says
    prepare   how pictures become tensors, None: as the data ask for
    own       what else run.json keeps, for the task or for the job that asked
    """

    family: str
    data: Any
    seed: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    recipe: Mapping[str, Any] = field(default_factory=dict)
    on: str = "auto"
    task: str | None = None
    prepare: Mapping[str, Any] | None = None
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """One step is done. `loss` is the epoch's mean so far, `accuracy` the last epoch's on the
    validation part, `speed` pictures a second, `left` seconds; `told` what the task says of this
    step alone."""

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    accuracy: float | None
    speed: float
    left: float
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Epoch:
    """One epoch is done and measured; `best` when no epoch before was better and a figure can say
    so; `of` how many."""

    number: int
    entry: dict[str, Any]
    best: bool
    of: int = 0


class LastExamination(Protocol):
    """What the last examination of a task finds."""

    def metrics(self) -> dict[str, Any]:
        """Plain JSON for the model's file, beside what was measured on the way."""


F = TypeVar("F", bound=LastExamination, covariant=True)


@dataclass(frozen=True, eq=False)
class Finished(Generic[F]):
    """The best model, what its task found in the last examination, and whether it ended early
    (`Recipe.patience`)."""

    model: Model
    found: F
    stopped: bool
