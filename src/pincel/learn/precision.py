"""Which kind of number a network computes fastest with here: measured, never assumed."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy

import torch
from torch import Tensor

from pincel.nets._network import Net

CHOICES = ("fp32", "bf16")
_GAIN = 1.15  # how much faster half the bits must be before they are worth it


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


def fastest(net: Net, batch: tuple[Tensor, Tensor]) -> str:
    """ "bf16" when a small training step is clearly faster with it on this machine, else "fp32".

    Tried on a copy; two pictures are enough, for a processor without the instructions is ten times
    slower. Some processors say they know bf16 and only emulate it.
    """
    on = batch[0].device
    if on.type == "mps" or (on.type == "cuda" and not torch.cuda.is_bf16_supported(False)):
        return "fp32"
    state = torch.random.get_rng_state()
    few = tuple(part[:8] for part in batch)
    copy = deepcopy(net).train()
    try:
        return (
            "bf16"
            if _time(copy, few, "fp32", on) > _GAIN * _time(copy, few, "bf16", on)
            else ("fp32")
        )
    finally:
        torch.random.set_rng_state(state)


def seconds(net: Net, batch: tuple[Tensor, Tensor], precision: str) -> float:
    """How long a training step of this batch takes, the step of the weights included; the best of
    three. The net is changed by it."""
    return min(_steps(net, batch, precision, 4, time.perf_counter))


def mean_seconds(
    net: Net, batch: tuple[Tensor, Tensor], count: int, clock: Callable[[], float]
) -> float:
    """The same by a clock (`time.process_time`: of the CPU), in fp32: the mean of `count` steps
    after a first one, so that what is done every few steps only counts too."""
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


def _time(net: Net, batch: tuple[Tensor, ...], precision: str, on: torch.device) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        with context(precision, on)():
            loss = sum(loss for _, loss in net.losses(batch))
        loss.backward()  # type: ignore[union-attr]
        if on.type == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.perf_counter() - start)
    return best
