"""Watching a network whose codes are distributions: what it says of a picture, what is drawn from
that, and what lies around (Kingma & Welling, 2014)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from pincel.learn.prepare import prepare, to_pictures, visible
from pincel.look.asked import Asked, net_of, seen_of
from pincel.nets._network import Model

DRAWS = 5
ACROSS = 9
REACH = 2.5
"""How far the plane goes, in standard deviations of N(0, 1)."""


@dataclass(frozen=True, eq=False)
class Coding:
    """A picture, its distribution of codes, and pictures that are decoded from it.

    picture  (h, w, c) uint8;  restored  (h, w, c) what the mean mu decodes to
    mean, sigma, noise, code, kl  (d,): mu, sigma, epsilon of the first draw, z = mu + sigma
             epsilon, and the KL divergence of N(mu, sigma^2) from N(0, 1) in nats, of this picture
    nats     (d,) the same, mean over `count` pictures;  count 0: there were none, it is `kl`
    drawn    (DRAWS, h, w, c) uint8: decoded draws, each with its own epsilon
    chosen   the two numbers of the plane, from 0, those with the most nats (one twice where d = 1)
    values   (m,) what they are set to, the first from left to right, the second from top to bottom
    plane    (m, m, h, w, c) uint8; all other numbers stay at mu
    """

    picture: np.ndarray
    restored: np.ndarray
    mean: np.ndarray
    sigma: np.ndarray
    noise: np.ndarray
    code: np.ndarray
    kl: np.ndarray
    nats: np.ndarray
    count: int
    drawn: np.ndarray
    chosen: tuple[int, int]
    values: np.ndarray
    plane: np.ndarray

    @property
    def order(self) -> np.ndarray:
        """The numbers of the code, (d,) whole numbers from 0, the most telling first."""
        return np.argsort(-self.nats, kind="stable")


def coding(
    model: Model,
    asked: Asked,
    picture: np.ndarray | None = None,
    real: np.ndarray | None = None,
) -> Coding:
    """What the network says of a picture (h, w, c) of its own size, else of the first of `real`
    (n, h, w, c), else of one that it made from the seed. Both uint8, uint16 or float32."""
    net = net_of(model)
    if picture is None:
        given = real[:1] if real is not None else to_pictures(net.sample([asked.seed]), model.about)
    else:
        given = picture[None]
    mean, log_variance = net.distribution(prepare(given, model.about))
    sigma = (0.5 * log_variance).exp()
    noise = torch.randn(DRAWS, mean.shape[1], generator=_drawn(asked.seed))
    codes = mean + sigma * noise
    kl = net.divergences(prepare(given, model.about)).numpy()
    nats = kl if real is None else net.divergences(prepare(real, model.about)).numpy()
    first, second = (*np.argsort(-nats, kind="stable")[:2], 0)[:2]
    values = np.linspace(-REACH, REACH, ACROSS)
    return Coding(
        visible(given, model.about)[0],
        _decoded(model, mean)[0],
        mean[0].numpy(),
        sigma[0].numpy(),
        noise[0].numpy(),
        codes[0].numpy(),
        kl,
        nats,
        0 if real is None else len(real),
        _decoded(model, codes),
        (int(first), int(second)),
        values,
        _plane(model, mean[0], (int(first), int(second)), values),
    )


def _plane(model: Model, mean: Tensor, chosen: tuple[int, int], values: np.ndarray) -> np.ndarray:
    size = len(values)
    codes = mean.repeat(size * size, 1)
    line = torch.from_numpy(values).float()
    codes[:, chosen[1]] = line.repeat_interleave(size)
    codes[:, chosen[0]] = line.repeat(size)
    made = _decoded(model, codes)
    return made.reshape(size, size, *made.shape[1:])


def _decoded(model: Model, codes: Tensor) -> np.ndarray:
    return seen_of(net_of(model).decode(codes), model.about)


def _drawn(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)
