"""From noise to a picture, as plain functions.

A sampler takes a schedule, a denoiser `see(x_t, t) -> x_0` (what picture it sees in the noise; t is
a float), the noise x_1 and falling times, and yields a `DenoisingStep` for each step: what it held,
what the denoiser saw, and what it goes on with. The last one's `after` is the result.

    ddim       keep the seen noise, take it at the next time's strength (Song et al., 2021)
    ancestral  the same with fresh noise: DDPM's own reverse step p(x_{t-1} | x_t) (Ho et al., 2020)
    euler      one straight step along dx/dt; in a flow the same as ddim
    heun       look at both ends of the step and go along the mean (Karras et al., 2022)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from pincel.nets._schedules import Schedule

See = Callable[[Tensor, float], Tensor]
Draw = Callable[[], Tensor]


@dataclass(frozen=True, eq=False)
class DenoisingStep:
    """One reverse step: at time `t` it held `before`, saw the picture `seen`, and at time `to` it
    holds `after`; all tensors (n, c, h, w)."""

    t: float
    to: float
    before: Tensor
    seen: Tensor
    after: Tensor


def falling_times(steps: int, start: float = 1.0) -> list[float]:
    """`steps` + 1 times falling evenly from `start` to 0."""
    return [start * (1 - k / steps) for k in range(steps + 1)]


def ddim(
    schedule: Schedule,
    see: See,
    x: Tensor,
    when: Sequence[float],
    draw: Draw | None = None,
    eta: float = 0.0,
) -> Iterator[DenoisingStep]:
    """DDIM from `x`, (n, c, h, w) at the first of the times `when`. `eta` 0 draws nothing, 1 renews
    as much noise as DDPM does; `draw` gives fresh noise of x's shape and is needed when eta > 0."""
    for t, to in itertools.pairwise(when):
        a, s = _curves(schedule, t)
        a2, s2 = _curves(schedule, to)
        seen = see(x, t)
        noise = (x - a * seen) / s
        fresh = 0.0
        if eta and s2:
            fresh = eta * s2 * max(0.0, 1 - (a * s2 / (a2 * s)) ** 2) ** 0.5
        after = a2 * seen + (s2**2 - fresh**2) ** 0.5 * noise
        if fresh:
            if draw is None:
                raise ValueError("eta > 0 needs draw")
            after = after + fresh * draw()
        yield DenoisingStep(t, to, x, seen, after)
        x = after


def ancestral(
    schedule: Schedule, see: See, x: Tensor, when: Sequence[float], draw: Draw
) -> Iterator[DenoisingStep]:
    """DDPM's reverse step from `x`, (n, c, h, w), at any times: `ddim` with eta 1."""
    return ddim(schedule, see, x, when, draw, 1.0)


def euler(
    schedule: Schedule, see: See, x: Tensor, when: Sequence[float], draw: Draw | None = None
) -> Iterator[DenoisingStep]:
    """Straight steps from `x`, (n, c, h, w), along the flow dx/dt = a'(t) x_0 + s'(t) noise. `draw`
    is not used."""
    for t, to in itertools.pairwise(when):
        seen = see(x, t)
        after = x + (to - t) * _slope(schedule, x, seen, t)
        yield DenoisingStep(t, to, x, seen, after)
        x = after


def heun(
    schedule: Schedule, see: See, x: Tensor, when: Sequence[float], draw: Draw | None = None
) -> Iterator[DenoisingStep]:
    """Second order from `x`, (n, c, h, w): two looks a step, so half the steps for the same work.
    `draw` is not used."""
    for t, to in itertools.pairwise(when):
        seen = see(x, t)
        slope = _slope(schedule, x, seen, t)
        after = x + (to - t) * slope
        if to > 0:
            after = x + (to - t) * (slope + _slope(schedule, after, see(after, to), to)) / 2
        yield DenoisingStep(t, to, x, seen, after)
        x = after


SAMPLERS: dict[str, Callable[..., Iterator[DenoisingStep]]] = {
    "ddim": ddim,
    "euler": euler,
    "heun": heun,
    "ancestral": ancestral,
}


def _curves(schedule: Schedule, t: float) -> tuple[float, float]:
    at = torch.tensor(t, dtype=torch.float64)
    return float(schedule.signal(at)), float(schedule.noise(at))


def _slope(schedule: Schedule, x: Tensor, seen: Tensor, t: float) -> Tensor:
    """dx/dt at t, given the picture seen there."""
    a, s = _curves(schedule, t)
    near = 1e-4
    low, high = max(t - near, 0.0), min(t + near, 1.0)
    (a0, s0), (a1, s1) = _curves(schedule, low), _curves(schedule, high)
    return (a1 - a0) / (high - low) * seen + (s1 - s0) / (high - low) * (x - a * seen) / s
