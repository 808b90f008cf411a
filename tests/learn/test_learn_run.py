"""A run killed at any moment goes on and ends with the very same bits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from safetensors.torch import load_file  # noqa: E402

from pincel.errors import PincelError  # noqa: E402
from pincel.learn.run import LAST, METRICS, Run, State, runs  # noqa: E402

STEPS = 24
# The host loads torch once and forks children; a child trains a small perceptron with dropout,
# AdamW, clipping, a learning-rate schedule and averaging, and keeps its state at every third step.
# The host kills each child at a random moment after it began to write: in steps and in writes.
HOST = f"""
import json, os, random, signal, sys, time
from pathlib import Path
import torch
from pincel.learn.loop import Averaged, train, warm_then_cosine
from pincel.learn.run import Run, State, load_into
from pincel.nets import perceptron

torch.set_num_threads(1)


def teach(folder):
    run = Run.open(folder) if (folder / "run.json").exists() else Run.create(folder, {{"seed": 5}})
    torch.manual_seed(5)
    config = perceptron.Config(channels=1, height=6, width=6, classes=3, hidden=(64, 64))
    net = perceptron.Net(config)
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    average = Averaged(net, 0.9)
    state = run.last()
    done = 0
    if state:
        net.load_state_dict(state.weights)
        load_into(optimizer, state.optimizers["net"])
        average.weights = state.averaged
        done = state.step

    def batches():
        for number in range(done + 1, {STEPS} + 1):
            g = torch.Generator().manual_seed(number)
            yield torch.randn(16, 1, 6, 6, generator=g), torch.randint(0, 3, (16,), generator=g)

    rate = warm_then_cosine(4, {STEPS})
    for step in train(net, batches(), {{"net": optimizer}}, done=done, seed=5, rate=rate, clip=1.0):
        average.update(net, step.number)
        run.log({{"step": step.number, "loss": step.losses["net"], "rate": step.rate}})
        time.sleep(0.002)
        if step.number % 3 == 0:
            optimizers = {{"net": optimizer.state_dict()}}
            run.keep(State(step.number, net.state_dict(), optimizers, average.weights))


def child(folder):
    pid = os.fork()
    if pid == 0:
        try:
            teach(folder)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return pid


root = Path(sys.argv[1])
assert os.waitpid(child(root / "whole"), 0)[1] == 0
chance = random.Random(2026)
killed = 0
for _ in range(40):
    pid = child(root / "broken")
    time.sleep(chance.uniform(0, 0.12))
    os.kill(pid, signal.SIGKILL)
    killed += os.waitpid(pid, 0)[1] == signal.SIGKILL
assert os.waitpid(child(root / "broken"), 0)[1] == 0
print(json.dumps({{"killed": killed}}))
"""


def test_killed_at_many_random_moments_it_ends_with_the_same_bits(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOST, str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["killed"] >= 5, "too few kills hit a running training"
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    one, two = load_file(whole / LAST), load_file(broken / LAST)
    assert one.keys() == two.keys() and len(one) > 20
    for key, value in one.items():
        assert torch.equal(value, two[key]), key
    assert (whole / METRICS).read_bytes() == (broken / METRICS).read_bytes()
    assert [m["step"] for m in Run.open(broken).metrics()] == list(range(1, STEPS + 1))


def test_a_half_written_state_is_never_seen(tmp_path: Path, monkeypatch) -> None:
    run = Run.create(tmp_path / "run", {"seed": 1})
    good = State(1, {"w": torch.ones(3)}, {})
    run.keep(good)

    def killed(self: Path, data: bytes) -> int:
        with open(self, "wb") as file:
            file.write(data[: len(data) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        run.keep(State(2, {"w": torch.zeros(3)}, {}))
    state = run.last()
    assert state is not None and state.step == 1 and torch.equal(state.weights["w"], torch.ones(3))


def test_metrics_after_the_kept_state_are_cut_off(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", {})
    run.log({"step": 1})
    run.keep(State(1, {"w": torch.ones(1)}, {}))
    run.log({"step": 2})
    with (run.folder / METRICS).open("ab") as file:
        file.write(b'{"step": 3, "los')
    assert [m["step"] for m in run.metrics()] == [1, 2]
    again = Run.open(run.folder)
    assert again.last() is not None
    assert [m["step"] for m in again.metrics()] == [1]


def test_what_is_wrong_with_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(PincelError, match="no run"):
        Run.open(tmp_path)
    run = Run.create(tmp_path / "run", {"a": 1})
    with pytest.raises(PincelError, match="already holds"):
        Run.create(tmp_path / "run", {})
    (run.folder / LAST).write_bytes(os.urandom(100))
    with pytest.raises(PincelError, match="damaged"):
        run.last()
    assert [r.folder for r in runs(tmp_path)] == [run.folder]
