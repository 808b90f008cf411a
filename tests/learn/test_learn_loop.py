"""The loop: parts step in turn, processes agree, nothing is left changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.learn.loop import Averaged, train, warm_then_cosine  # noqa: E402
from pincel.nets import cnn, perceptron  # noqa: E402
from pincel.nets._network import Config, Net  # noqa: E402


class Pair(Net):
    """Two weights that pull in turn, like a GAN: the second must see the first one's step."""

    def __init__(self) -> None:
        super().__init__(Config())
        self.a = torch.nn.Parameter(torch.tensor(0.0))
        self.b = torch.nn.Parameter(torch.tensor(0.0))
        self.seen: list[float] = []

    def parts(self):
        return {"a": [self.a], "b": [self.b]}

    def losses(self, batch) -> Iterator:
        yield "a", (self.a - 1) ** 2 + 0 * self.b
        self.seen.append(float(self.a.detach()))
        yield "b", (self.b - self.a) ** 2


def test_parts_step_in_turn_and_alone() -> None:
    net = Pair()
    optimizers = {
        "a": torch.optim.SGD([net.a], lr=0.5),
        "b": torch.optim.SGD([net.b], lr=0.5),
    }
    (step,) = train(net, [torch.zeros(4)], optimizers)
    assert net.seen == [1.0]  # a had stepped when b's loss was made
    assert float(net.a.detach()) == 1.0  # b's loss reached a, but did not move it
    assert float(net.b.detach()) == 1.0
    assert step.number == 1 and step.images == 4 and step.losses == {"a": 1.0, "b": 1.0}


def test_a_loss_that_is_no_number_is_said() -> None:
    net = perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2))
    batch = (torch.full((2, 1, 2, 2), float("nan")), torch.tensor([0, 1]))
    with pytest.raises(PincelError, match="stopped being a number at step 1"):
        list(train(net, [batch], {"net": torch.optim.SGD(net.parameters(), lr=0.1)}))


def test_the_rate_is_applied_and_taken_back() -> None:
    net = Pair()
    optimizers = {p: torch.optim.SGD(w, lr=0.5) for p, w in net.parts().items()}
    rates, moved = [], []
    for step in train(net, [torch.zeros(1)] * 4, optimizers, rate=warm_then_cosine(2, 4)):
        rates.append(step.rate)
        moved.append(float(net.a.detach()))
        # between steps the optimizer shows its own rate, so that a saved state goes on rightly
        assert optimizers["a"].param_groups[0]["lr"] == 0.5
    assert rates == [0.5, 1.0, pytest.approx(0.5), pytest.approx(0, abs=1e-7)]
    assert moved[0] == pytest.approx(0.5)  # half the rate: half the way from 0 to 1
    assert moved[1] == pytest.approx(1.0)


def test_a_step_draws_the_same_whatever_came_before() -> None:
    def after(done: int) -> torch.Tensor:
        torch.manual_seed(3)
        net = perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2))
        batch = (torch.ones(8, 1, 2, 2), torch.zeros(8, dtype=torch.long))
        torch.manual_seed(done)  # whatever was drawn before
        list(train(net, [batch], {"net": torch.optim.SGD(net.parameters(), lr=0.1)}, done=6))
        return next(net.parameters()).detach().clone()

    assert torch.equal(after(1), after(2))


def test_averages_follow_slowly() -> None:
    net = Pair()
    average = Averaged(net, 0.5)
    with torch.no_grad():
        net.a.fill_(8.0)
    average.update(net, 100)
    assert float(average.weights["a"]) == 4.0


def test_a_cnn_learns_a_small_thing() -> None:
    torch.manual_seed(0)
    net = cnn.Net(cnn.Config(channels=1, classes=2, widths=(8, 16), blocks=(1, 1), dropout=0))
    pictures = torch.randn(64, 1, 12, 12) * 0.1
    labels = torch.arange(64) % 2
    pictures[labels == 1, :, 4:7, 4:7] += 1
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    losses = [s.losses["net"] for s in train(net, [(pictures, labels)] * 30, {"net": optimizer})]
    assert losses[-1] < losses[0] * 0.7
    net.eval()
    assert (net.logits(pictures).argmax(1) == labels).float().mean() > 0.95


WORKER = """
import sys
from pathlib import Path
import torch, torch.distributed as dist
from safetensors.torch import save_file
from pincel.learn.loop import train
from pincel.nets import perceptron
torch.set_num_threads(1)
rank, world, store, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
if world > 1:
    dist.init_process_group("gloo", init_method="file://" + store, rank=rank, world_size=world)
torch.manual_seed(0)
net = perceptron.Net(perceptron.Config(channels=1, height=4, width=4, classes=3, dropout=0))
def batches():
    for number in range(6):
        g = torch.Generator().manual_seed(number)
        x = torch.randn(16, 1, 4, 4, generator=g)
        y = torch.randint(0, 3, (16,), generator=g)
        share = slice(rank * 16 // world, (rank + 1) * 16 // world)
        yield x[share], y[share]
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
steps = list(train(net, batches(), {"net": optimizer}, clip=1.0))
assert steps[-1].images == 16
if rank == 0:
    tensors = dict(net.state_dict())
    tensors["loss"] = torch.tensor([s.losses["net"] for s in steps])
    save_file(tensors, out)
if world > 1:
    dist.barrier()
    dist.destroy_process_group()
import os
os._exit(0)  # as `python -m pincel` does among several: torch's threads may abort at the very end
"""


def test_two_processes_do_what_one_does(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    def run(world: int) -> dict:
        out = tmp_path / f"{world}.safetensors"
        command = [sys.executable, "-c", WORKER]
        children = [
            subprocess.Popen([*command, str(rank), str(world), str(tmp_path / "store"), str(out)])
            for rank in range(world)
        ]
        assert [child.wait(timeout=120) for child in children] == [0] * world
        return load_file(out)

    one, two = run(1), run(2)
    for key, value in one.items():
        torch.testing.assert_close(two[key], value, rtol=1e-5, atol=1e-6)
