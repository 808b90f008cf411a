"""A run is a folder: what was asked, what was learned, and all that is needed to go on.

    run.json            family, its config, data, recipe, seed, versions: written once
    metrics.jsonl       one JSON object a line
    last.safetensors    the whole state after some step: weights, optimizers, averages, counters
    best.safetensors    the best model so far, ready to use
    samples/            pictures made on the way

`last.safetensors` is replaced in one rename, and it remembers how long `metrics.jsonl` was. Killed
at any moment, the folder therefore holds one whole state; opening it cuts off what was written to
the metrics after that state, and going on repeats those steps exactly.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from pincel import atomic
from pincel.errors import PincelError

CONFIG, METRICS, LAST, BEST = "run.json", "metrics.jsonl", "last.safetensors", "best.safetensors"
JOB = "job.json"
"""Beside one run or above several: the job that began them, and what it was asked."""


@dataclass(frozen=True)
class State:
    """All that a run needs to go on after step `step`.

    weights     the net's state dict
    optimizers  each part's optimizer state dict
    averaged    the averaged weights, empty when none are kept
    counters    plain JSON: best score, epochs without progress, ...
    """

    step: int
    weights: dict[str, Tensor]
    optimizers: dict[str, dict[str, Any]]
    averaged: dict[str, Tensor] = field(default_factory=dict)
    counters: dict[str, Any] = field(default_factory=dict)


class Run:
    """One run's folder. Make it with `Run.create`, find it again with `Run.open`."""

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.folder = folder
        self.config = config
        self.writes = True  # False in all but the first of several processes (`learn.processes`)

    @classmethod
    def create(cls, folder: Path, config: Mapping[str, Any]) -> Run:
        """A new run; PincelError when the folder holds one already."""
        if (folder / CONFIG).exists():
            raise PincelError("run.exists", folder=folder)
        run = cls(folder, dict(config))
        text = json.dumps(run.config, indent=1, ensure_ascii=False, sort_keys=True)
        atomic.write_whole(folder / CONFIG, (text + "\n").encode())
        return run

    @classmethod
    def passing(cls, config: Mapping[str, Any]) -> Run:
        """A run that nobody keeps: its folder goes when nobody holds the run any more."""
        folder = tempfile.mkdtemp(prefix="pincel-")
        run = cls.create(Path(folder), config)
        weakref.finalize(run, shutil.rmtree, folder, True)
        return run

    @classmethod
    def at(cls, folder: Path | None, asked: Callable[[], Mapping[str, Any]]) -> Run:
        """The run of a folder, begun now or the one that is there already; None: a passing one."""
        if folder is None:
            return cls.passing(asked())
        return cls.open(folder) if (folder / CONFIG).exists() else cls.create(folder, asked())

    @classmethod
    def open(cls, folder: Path) -> Run:
        """The run in this folder; PincelError when there is none."""
        try:
            config = json.loads((folder / CONFIG).read_text("utf-8"))
        except FileNotFoundError:
            raise PincelError("run.missing", folder=folder) from None
        except (OSError, ValueError) as error:
            raise PincelError("run.damaged", path=folder / CONFIG, why=str(error)) from error
        return cls(folder, config)

    def log(self, entry: Mapping[str, Any]) -> None:
        """Add one line to the metrics."""
        if not self.writes:
            return
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with (self.folder / METRICS).open("ab") as file:
            file.write(line.encode())

    def metrics(self) -> list[dict[str, Any]]:
        """All whole lines of the metrics; a line cut short by a kill is left out."""
        path = self.folder / METRICS
        if not path.exists():
            return []
        lines = path.read_bytes().split(b"\n")[:-1]
        return [json.loads(line) for line in lines if line.strip()]

    def keep(self, state: State) -> None:
        """Replace the last state, whole or not at all."""
        if not self.writes:
            return
        path = self.folder / METRICS
        logged = path.stat().st_size if path.exists() else 0
        atomic.write_whole(self.folder / LAST, _to_bytes(state, logged))

    def last(self) -> State | None:
        """The state to go on from, None before the first was kept. Cuts the metrics back to what
        they were at that state."""
        path = self.folder / LAST
        if not path.exists():
            self._cut(0)
            return None
        state, logged = _from_file(path)
        self._cut(logged)
        return state

    def keep_best(self, model: bytes) -> None:
        """Replace the best model."""
        if self.writes:
            atomic.write_whole(self.folder / BEST, model)

    def keep_sample(self, name: str, data: bytes) -> None:
        """Keep a picture made on the way."""
        if self.writes:
            atomic.write_whole(self.folder / "samples" / name, data)

    def keep_file(self, name: str, data: bytes) -> None:
        """Keep a file of the run's own: its page, its curves, its clock."""
        if self.writes:
            atomic.write_whole(self.folder / name, data)

    def _cut(self, size: int) -> None:
        path = self.folder / METRICS
        if self.writes and path.exists() and path.stat().st_size > size:
            os.truncate(path, size)


def note_job(folder: Path, job: str, asked: Mapping[str, Any]) -> None:
    """Keep in a folder which job trains there, so that `resume` can ask it again. PincelError when
    the folder holds the training of another."""
    known, told = noted_job(folder), {"job": job, "asked": dict(asked)}
    text = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True)
    taken = (folder / CONFIG).exists() if known is None else known != json.loads(text)
    if taken:
        raise PincelError("run.exists", folder=folder)
    if known is None:
        atomic.write_whole(folder / JOB, (text + "\n").encode())


def noted_job(folder: Path) -> dict[str, Any] | None:
    """What `note_job` kept in a folder, None where it kept nothing."""
    path = folder / JOB
    if not path.exists():
        return None
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return {"job": str(told["job"]), "asked": dict(told["asked"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PincelError("run.damaged", path=path, why=str(error)) from error


def runs(root: Path) -> list[Run]:
    """All runs below a folder, oldest name first; folders that hold none are passed over."""
    return [Run.open(path.parent) for path in sorted(root.glob(f"**/{CONFIG}"))]


def _to_bytes(state: State, logged: int) -> bytes:
    """Tensors under path-like names, the rest as JSON in the header. An optimizer's state dict is
    {"state": {index: {name: tensor or number}}, "param_groups": [...]}."""
    tensors: dict[str, Tensor] = {}
    plain: dict[str, Any] = {}
    for name, value in state.weights.items():
        tensors[f"net/{name}"] = value
    for name, value in state.averaged.items():
        tensors[f"averaged/{name}"] = value
    for part, optimizer in state.optimizers.items():
        numbers: dict[str, dict[str, Any]] = {}
        for index, values in optimizer["state"].items():
            for name, value in values.items():
                if isinstance(value, Tensor):
                    tensors[f"optimizer/{part}/{index}/{name}"] = value
                else:
                    numbers.setdefault(str(index), {})[name] = value
        plain[part] = {"numbers": numbers, "groups": optimizer["param_groups"]}
    facts = {
        "step": state.step,
        "counters": state.counters,
        "optimizers": plain,
        "logged": logged,
    }
    whole = {k: v.detach().cpu().contiguous().clone() for k, v in tensors.items()}
    return save(whole, {"pincel_run": json.dumps(facts)})


def _from_file(path: Path) -> tuple[State, int]:
    try:
        with safe_open(path, "pt") as file:
            facts = json.loads((file.metadata() or {})["pincel_run"])
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except (SafetensorError, ValueError, KeyError, OSError) as error:
        raise PincelError("run.damaged", path=path, why=str(error)) from error
    kinds: dict[str, dict[str, Tensor]] = {"net": {}, "averaged": {}, "optimizer": {}}
    for key, value in tensors.items():
        kind, _, name = key.partition("/")
        kinds[kind][name] = value
    optimizers: dict[str, dict[str, Any]] = {}
    for part, plain in facts["optimizers"].items():
        state: dict[int, dict[str, Any]] = {int(i): dict(v) for i, v in plain["numbers"].items()}
        for key, value in kinds["optimizer"].items():
            owner, index, name = key.rsplit("/", 2)
            if owner == part:
                state.setdefault(int(index), {})[name] = value
        optimizers[part] = {"state": state, "param_groups": plain["groups"]}
    found = State(facts["step"], kinds["net"], optimizers, kinds["averaged"], facts["counters"])
    return found, facts["logged"]


def load_into(optimizer: torch.optim.Optimizer, saved: dict[str, Any]) -> None:
    """Give an optimizer its saved state; JSON has turned tuples (Adam's betas) into lists."""
    groups = [
        {k: tuple(v) if isinstance(v, list) and k != "params" else v for k, v in group.items()}
        for group in saved["param_groups"]
    ]
    optimizer.load_state_dict({"state": saved["state"], "param_groups": groups})
