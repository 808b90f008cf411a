"""Attention, written out so that every number of it can be read.

softmax(Q K^T / sqrt d) V (Vaswani et al., 2017): each place asks a question (Q), every place offers
a key (K); how well they fit, after the softmax, says how much of that place's value (V) is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


def attend(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> tuple[Tensor, Tensor]:
    """What is taken from the values, and the shares in which it is taken.

    q is (..., asked, d), k and v (..., offered, d); returns ((..., asked, d), (..., asked,
    offered)), each row of shares summing to 1. With `causal` a place sees itself and what came
    before: the last question stands at the last key.
    """
    shares = attention_scores(q, k, causal).softmax(-1)
    return shares @ v, shares


def attention_scores(q: Tensor, k: Tensor, causal: bool = False) -> Tensor:
    """Q K^T / sqrt d, (..., asked, offered), before the softmax; what may not be seen is -inf."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        asked, offered = scores.shape[-2:]
        seen = torch.ones(asked, offered, dtype=torch.bool, device=q.device)
        scores = scores.masked_fill(~seen.tril(offered - asked), -torch.inf)
    return scores


class Attention(nn.Module):
    """Several attentions side by side (heads), each on its own part of the width."""

    def __init__(self, width: int, heads: int, causal: bool = False) -> None:
        super().__init__()
        self.heads, self.causal = heads, causal
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.reader: list[Tensor] | None = None

    def split(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(n, places, width) -> Q, K, V, each (n, heads, places, width / heads)."""
        n, places, width = x.shape
        q, k, v = self.qkv(x).view(n, places, 3, self.heads, width // self.heads).unbind(2)
        return q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)

    def forward(self, x: Tensor, cache: dict[int, tuple[Tensor, Tensor]] | None = None) -> Tensor:
        """x (n, places, width) -> the same. `cache` holds the keys and values of the places before
        these, by layer, and takes in the new ones."""
        q, k, v = self.split(x)
        if cache is not None:
            if id(self) in cache:
                before = cache[id(self)]
                k, v = torch.cat([before[0], k], 2), torch.cat([before[1], v], 2)
            cache[id(self)] = (k, v)
        taken, shares = attend(q, k, v, self.causal)
        if self.reader is not None:
            self.reader.append(torch.stack([attention_scores(q, k, self.causal), shares]))
        return self.out(taken.transpose(1, 2).reshape(x.shape))


@contextmanager
def reading(net: nn.Module) -> Iterator[list[tuple[str, list[Tensor]]]]:
    """While open, every attention of the net keeps its numbers: a list of (layer's name, one
    tensor (2, n, heads, asked, offered) for each time it ran; [0] Q K^T / sqrt d, [1] softmax)."""
    layers = [(name, m) for name, m in net.named_modules() if isinstance(m, Attention)]
    found: list[tuple[str, list[Tensor]]] = []
    for name, module in layers:
        module.reader = []
        found.append((name, module.reader))
    try:
        yield found
    finally:
        for _, module in layers:
            module.reader = None
