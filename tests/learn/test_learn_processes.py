"""`pincel train` in two processes, as torchrun starts them: one run, the same network as alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")
pytest.importorskip("sklearn", reason="the digits come with scikit-learn")

from safetensors.torch import load_file  # noqa: E402

from pincel.errors import PincelError  # noqa: E402
from pincel.learn import processes  # noqa: E402
from pincel.learn.run import Run  # noqa: E402

ASKED = ["perceptron", "digits", "--epochs", "1", "--batch", "256", "--net", "hidden=8, dropout=0",
         "--threads", "1", "--precision", "fp32"]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, name: str, rank: int, world: int, port: int, *more: str):
    told = {"RANK": rank, "WORLD_SIZE": world, "LOCAL_RANK": rank, "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": port, "OMP_NUM_THREADS": 1, "PINCEL_LANG": "en"}  # fmt: skip
    environment = {**os.environ, **{key: str(value) for key, value in told.items()}}
    command = [sys.executable, "-m", "pincel", "train", *ASKED, *more, "--name", name, "--runs",
               str(folder)]  # fmt: skip
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_processes_train_the_network_that_one_does(tmp_path: Path) -> None:
    port = free_port()
    children = [start(tmp_path, "two", rank, 2, port) for rank in (0, 1)]
    alone = start(tmp_path, "one", 0, 1, port)
    said = [child.communicate(timeout=900) for child in (*children, alone)]
    assert [child.returncode for child in (*children, alone)] == [0, 0, 0], said
    assert "test" in said[0][0] and said[1][0] == ""  # the second process says nothing
    one, two = (load_file(tmp_path / name / "best.safetensors") for name in ("one", "two"))
    for key, value in one.items():
        torch.testing.assert_close(two[key], value, rtol=1e-4, atol=1e-5)
    (entry,) = Run.open(tmp_path / "two").metrics()  # written once, not twice
    (same,) = Run.open(tmp_path / "one").metrics()
    assert entry["loss"] == pytest.approx(same["loss"], rel=1e-4)
    assert (tmp_path / "two" / "page.html").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_torchrun_starts_a_killed_process_anew_and_the_weights_are_the_same(tmp_path: Path) -> None:
    asked = ["perceptron", "digits", "--epochs", "60", "--batch", "256", "--keep", "2", "--threads",
             "1", "--precision", "fp32", "--net", "hidden=8 dropout=0"]  # fmt: skip

    def launched(name: str) -> subprocess.Popen[bytes]:
        launch = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "--max-restarts", "2",
                  "--master-addr", "127.0.0.1", "--master-port", str(free_port())]  # fmt: skip
        own = ["--name", name, "--runs", str(tmp_path)]
        with (tmp_path / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, *launch, "-m", "pincel", "train", *asked, *own],
                env={**os.environ, "OMP_NUM_THREADS": "1", "PINCEL_LANG": "en"},
                stdout=log,
                stderr=log,
            )

    killed = launched("killed")
    try:
        until = time.monotonic() + 120
        while not (tmp_path / "killed" / "last.safetensors").exists() and time.monotonic() < until:
            time.sleep(0.01)
        children = Path(f"/proc/{killed.pid}/task/{killed.pid}/children").read_text().split()
        assert len(children) == 2, (tmp_path / "killed.log").read_text()
        os.kill(int(children[1]), signal.SIGKILL)
        assert killed.wait(120) == 0, (tmp_path / "killed.log").read_text()
    finally:
        killed.kill()
        killed.wait()
    whole = launched("whole")
    try:
        assert whole.wait(120) == 0, (tmp_path / "whole.log").read_text()
    finally:
        whole.kill()
        whole.wait()
    said = (tmp_path / "killed.log").read_text()
    assert "exitcode: -9" in said and "epoch 60/60" in said, said
    assert said.count("epoch 1/60") <= 1, "it began again instead of going on"
    one, two = (load_file(tmp_path / name / "best.safetensors") for name in ("killed", "whole"))
    assert all(torch.equal(one[key], two[key]) for key in one)
    assert len(Run.open(tmp_path / "killed").metrics()) == 60


def test_alone_nothing_is_shared() -> None:
    with processes.joined_processes():
        assert processes.process_count() == 1 and processes.first()
        assert processes.share(7) == slice(0, 7)
        assert processes.handed("x") == "x"
        held = {"a": torch.ones(2)}
        processes.level(held)
        assert torch.equal(held["a"], torch.ones(2))


def test_what_is_no_parameter_is_levelled() -> None:
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.BatchNorm2d(2))
    found = processes.buffers_of(net, net.state_dict())
    assert set(found) == {"1.running_mean", "1.running_var", "1.num_batches_tracked"}


def test_a_batch_that_cannot_be_shared_is_said(tmp_path: Path, monkeypatch) -> None:
    from pincel.learn import teach
    from pincel.learn.data import open_data

    data = open_data("digits")
    asked = teach.begin("perceptron", data, recipe={"batch": 33, "precision": "fp32"})
    run = Run.create(tmp_path / "run", asked)
    monkeypatch.setattr(processes, "process_count", lambda: 2)
    with pytest.raises(PincelError, match="batch of 33 cannot be shared by 2"):
        next(iter(teach.teach(run, data)))
