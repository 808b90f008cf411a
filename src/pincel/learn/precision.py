"""Which kind of number a network computes with here, and how long its steps take."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from pincel.nets._network import Net

CHOICES = ("fp32", "bf16")


def device(wanted: str = "auto") -> torch.device:
    """The device named, or the fastest kind there is."""
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def context(precision: str, on: torch.device) -> Callable[[], AbstractContextManager]:
    """What opens the forward pass in this precision."""
    if precision == "fp32":
        return nullcontext
    return lambda: torch.autocast(on.type, torch.bfloat16)


def suited_precision(net: Net, on: torch.device) -> str:
    """ "bf16" where the processor has instructions for it that this net gains from, else "fp32".

    By what the processor says of itself, never by a clock: one command gives the same weights each
    time. GPUs that only emulate bf16 and processors without the instructions get "fp32", and so
    does a net with depthwise convolutions on a CPU, where they take twice as long in bf16 (oneDNN
    3.12: `pretrained` 0.10 s a step in fp32, 0.22 in bf16; other families gain 1.0 to 3.3 times).
    """
    if on.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    if on.type != "cpu" or not _knows_bf16() or any(map(_depthwise, net.modules())):
        return "fp32"
    return "bf16"


def _knows_bf16() -> bool:
    """Whether this CPU multiplies bf16 itself: AVX-512 BF16, or the tiles of AMX."""
    asked = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(getattr(torch.cpu, name, lambda: False)() for name in asked)


def _depthwise(module: nn.Module) -> bool:
    return isinstance(module, nn.Conv2d) and module.groups > 1


def seconds(net: Net, batch: tuple[Tensor, Tensor], precision: str) -> float:
    """How long a training step of this batch (pictures (n, c, h, w) and what belongs to each, (n,
    ...)) takes, in seconds, the step of the weights included; the best of three. The net is changed
    by it."""
    return min(_steps(net, batch, precision, 4, time.perf_counter))


def mean_seconds(
    net: Net, batch: tuple[Tensor, Tensor], count: int, clock: Callable[[], float]
) -> float:
    """The same, of a batch of the same shapes, by a clock (`time.process_time`: of the CPU), in
    fp32: the mean of `count` steps after a first one, so that what is done every few steps only
    counts too."""
    taken = _steps(net, batch, "fp32", count + 1, clock)[1:]
    return sum(taken) / len(taken)


def _steps(
    net: Net, batch: tuple[Tensor, Tensor], precision: str, count: int, clock: Callable[[], float]
) -> list[float]:
    net.train()
    optimizers = {p: torch.optim.AdamW(w, 1e-6) for p, w in net.parts().items()}
    found = []
    state = torch.random.get_rng_state()
    for _ in range(count):
        start = clock()
        steps = net.losses(batch)
        while True:
            with context(precision, batch[0].device)():
                part, loss = next(steps, (None, None))
            if part is None or loss is None:
                break
            optimizers[part].zero_grad(set_to_none=True)
            loss.backward()
            optimizers[part].step()
        if batch[0].is_cuda:
            torch.cuda.synchronize()
        found.append(clock() - start)
    torch.random.set_rng_state(state)
    return found
