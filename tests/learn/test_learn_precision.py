"""Half precision is chosen where it is faster, and only there; trying it leaves no trace."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.learn import precision  # noqa: E402
from pincel.nets import perceptron  # noqa: E402

BATCH = (torch.ones(4, 1, 2, 2), torch.tensor([0, 1, 0, 1]))


def net() -> perceptron.Net:
    torch.manual_seed(0)
    return perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2))


@pytest.mark.parametrize(
    ("full", "half", "chosen"), [(2.0, 1.0, "bf16"), (1.0, 2.0, "fp32"), (1.1, 1.0, "fp32")]
)
def test_the_faster_one_is_chosen_and_only_when_it_is_clearly_faster(
    full: float, half: float, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that tells each kind of step a time of our own."""
    now, kind = [0.0], [""]
    real = precision.context

    def context(name, on):
        kind[0] = name
        return real(name, on)

    def clock() -> float:
        now[0] += {"": 0.0, "fp32": full, "bf16": half}[kind[0]] / 2
        return now[0]

    monkeypatch.setattr(precision, "context", context)
    monkeypatch.setattr(precision.time, "perf_counter", clock)
    assert precision.fastest(net(), BATCH) == chosen


def test_trying_changes_neither_the_network_nor_what_is_drawn_next() -> None:
    one = net()
    before = {key: value.clone() for key, value in one.state_dict().items()}
    torch.manual_seed(7)
    wanted = torch.rand(3)
    torch.manual_seed(7)
    assert precision.fastest(one, BATCH) in precision.CHOICES
    assert torch.equal(torch.rand(3), wanted)
    assert all(torch.equal(value, before[key]) for key, value in one.state_dict().items())
    assert all(p.grad is None for p in one.parameters())


def test_bf16_is_what_its_context_computes_in() -> None:
    on = torch.device("cpu")
    matrix = torch.ones(4, 4)
    with precision.context("bf16", on)():
        assert (matrix @ matrix).dtype == torch.bfloat16
    with precision.context("fp32", on)():
        assert (matrix @ matrix).dtype == torch.float32


def test_a_named_device_is_taken() -> None:
    assert precision.device("cpu").type == "cpu"
    assert precision.device().type in ("cpu", "cuda", "mps")
