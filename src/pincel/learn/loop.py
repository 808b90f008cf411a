"""The one training loop. It serves a classifier, a VAE, a GAN and a diffusion model alike.

The loop only steps and tells: it yields a `TrainingStep` after each batch, and whoever asks
for the next one decides what to do between (log, average weights, save, stop). To stop is to stop
asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from pincel.errors import PincelError
from pincel.learn import processes
from pincel.nets._network import Net


@dataclass(frozen=True)
class TrainingStep:
    """What one batch taught.

    number    steps taken so far, this one included
    losses    loss of each part before its step, averaged over processes
    images    pictures in the batch, over all processes
    rate      factor on the learning rates in this step
    """

    number: int
    losses: dict[str, float]
    images: int
    rate: float = 1.0


Rate = Callable[[int], float]


def train(
    net: Net,
    batches: Iterable[Any],
    optimizers: Mapping[str, torch.optim.Optimizer],
    *,
    done: int = 0,
    seed: int = 0,
    rate: Rate | None = None,
    clip: float | None = None,
    precision: Callable[[], AbstractContextManager] = nullcontext,
) -> Iterator[TrainingStep]:
    """Take one step for each part on each batch; yield a Step after each batch.

    batches     what `net.losses` takes; the first element (or the batch itself) has length n
    optimizers  one for each of `net.parts()`
    done        steps taken before (when going on after an interruption)
    seed        dropout and every other draw of step k depends on (seed, k) only, so that a run
                that was interrupted draws what the uninterrupted one drew
    rate        factor on each optimizer's own learning rate as a function of the step number
    clip        largest norm of each part's gradient
    precision   opens the context for the forward pass, e.g. `autocast(device)`

    In several processes (torch.distributed initialised) each process gives its own share of the
    batch, all of equal size; gradients are averaged, so the step is that of the whole batch.
    Raises PincelError when a loss is not a number.
    """
    base = {part: [g["lr"] for g in o.param_groups] for part, o in optimizers.items()}
    for number, batch in enumerate(batches, done + 1):
        torch.manual_seed(_draw(seed, number))
        factor = rate(number) if rate is not None else 1.0
        losses: dict[str, Tensor] = {}
        net.train()
        parts = net.parts()
        steps = net.losses(batch)
        while True:
            with precision():
                part, loss = next(steps, (None, None))
            if part is None or loss is None:
                break
            optimizer = optimizers[part]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            losses[part] = _mean(loss.detach().float())
            if not torch.isfinite(losses[part]):
                raise PincelError("learn.not_a_number", part=part, step=number)
            _share(parts[part])
            if clip is not None:
                nn.utils.clip_grad_norm_(parts[part], clip)
            _set_rate(optimizer, base[part], factor)
            optimizer.step()
            _set_rate(optimizer, base[part], 1.0)  # as it was: the caller may save it now
        told = {k: float(v) for k, v in losses.items()}
        yield TrainingStep(number, told, _length(batch) * _world(), factor)


def adamw(
    net: Net, rate: float, decay: float, betas: tuple[float, float]
) -> dict[str, torch.optim.Optimizer]:
    """An optimizer for each part of the net, where the net lies (Loshchilov & Hutter, 2019). Weight
    decay is for kernels and matrices; biases and the factors of a norm have none."""
    found: dict[str, torch.optim.Optimizer] = {}
    for part, weights in net.parts().items():
        groups = [
            {"params": [w for w in weights if w.ndim > 1], "weight_decay": decay},
            {"params": [w for w in weights if w.ndim <= 1], "weight_decay": 0.0},
        ]
        fused = all(w.device.type != "mps" for w in weights)
        found[part] = torch.optim.AdamW(groups, rate, betas=betas, fused=fused)
    return found


def even_adamw(net: Net, rate: float, decay: float) -> dict[str, torch.optim.Optimizer]:
    """AdamW with the same decay for every weight: for small networks and short lessons."""
    return {part: torch.optim.AdamW(w, rate, weight_decay=decay) for part, w in net.parts().items()}


def climb(steps: int, most: int = 1 << 60) -> float:
    """The share of the steps in which the rate climbs: a tenth of them, from 1 to `most`."""
    return max(1, min(most, steps // 10)) / steps


def _set_rate(optimizer: torch.optim.Optimizer, base: list[float], factor: float) -> None:
    for group, own in zip(optimizer.param_groups, base, strict=True):
        group["lr"] = own * factor


def _draw(seed: int, number: int) -> int:
    """A seed for one step: neighbouring (seed, step) pairs give unrelated draws (splitmix64)."""
    z = (seed * 0x9E3779B97F4A7C15 + number * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    return ((z ^ (z >> 27)) * 0x94D049BB133111EB & (2**64 - 1)) >> 1


def _length(batch: Any) -> int:
    return len(batch[0]) if isinstance(batch, (tuple, list)) else len(batch)


def _world() -> int:
    return processes.process_count()


def _mean(value: Tensor) -> Tensor:
    if _world() > 1:
        value = value.clone()
        dist.all_reduce(value)
        value /= _world()
    return value


def _share(parameters: list[nn.Parameter]) -> None:
    """Average gradients over processes, all in one message."""
    if _world() == 1:
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in gradients])
    dist.all_reduce(flat)
    flat /= _world()
    start = 0
    for g in gradients:
        g.copy_(flat[start : start + g.numel()].view_as(g))
        start += g.numel()


def warm_then_cosine(warm: int, total: int, floor: float = 0.0) -> Rate:
    """A factor that climbs from 0 to 1 in `warm` steps, then falls as half a cosine to `floor` at
    step `total` (Loshchilov & Hutter, 2017)."""

    def factor(step: int) -> float:
        if step < warm:
            return step / warm
        far = min(1.0, (step - warm) / max(1, total - warm))
        return floor + (1 - floor) * 0.5 * (1 + float(torch.cos(torch.tensor(torch.pi * far))))

    return factor


class Averaged:
    """The weights' exponential moving average, a calmer copy of the net (Polyak & Juditsky, 1992).

    decay grows from 0 towards `decay` in the first steps, so that the start is forgotten.
    """

    def __init__(self, net: nn.Module, decay: float = 0.999) -> None:
        self.decay = decay
        self.weights = {k: v.detach().clone() for k, v in net.state_dict().items()}

    def update(self, net: nn.Module, step: int) -> None:
        """Take in the net's weights after a step."""
        keep = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            for key, value in net.state_dict().items():
                own = self.weights[key]
                if own.is_floating_point():
                    own.lerp_(value, 1 - keep)
                else:
                    own.copy_(value)
