"""Half precision is chosen by what the processor says of itself, and only there."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from pincel.learn import precision  # noqa: E402
from pincel.nets import perceptron  # noqa: E402


def net() -> perceptron.Net:
    torch.manual_seed(0)
    return perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2))


class Depthwise(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Conv2d(4, 4, 3, groups=4)


@pytest.mark.parametrize(
    ("avx512", "amx", "layers", "chosen"),
    [
        (True, False, net, "bf16"),
        (False, True, net, "bf16"),
        (False, False, net, "fp32"),
        (True, True, Depthwise, "fp32"),
    ],
)
def test_half_precision_where_the_processor_knows_it(
    avx512: bool, amx: bool, layers, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: avx512, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: amx, raising=False)
    assert precision.suited_precision(layers(), torch.device("cpu")) == chosen
    assert precision.suited_precision(net(), torch.device("mps")) == "fp32"


@pytest.mark.parametrize("native", [True, False])
def test_a_gpu_that_only_emulates_bf16_gets_all_bits(
    native: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def supported(including_emulation: bool = True) -> bool:
        return native or including_emulation

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    assert precision.suited_precision(net(), torch.device("cuda")) == ("bf16" if native else "fp32")


def test_no_clock_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    def clock() -> float:
        raise AssertionError("a clock was asked")

    monkeypatch.setattr(precision.time, "perf_counter", clock)
    assert precision.suited_precision(net(), torch.device("cpu")) in precision.CHOICES


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
