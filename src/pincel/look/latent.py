"""Reckoning with codes: ways between them, sums of them, the directions in which they differ.

Pure functions on numpy arrays. A code is one row (d,), many are (n, d).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pincel.errors import PincelError

KINDS = ("linear", "spherical")


def linear(start: np.ndarray, end: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The straight way: (1 - t) start + t end for each t in `at` (n,), as (n, d)
    float64; start and end (d,) numbers."""
    share = np.asarray(at, np.float64)[:, None]
    return (1 - share) * start + share * end


def spherical(start: np.ndarray, end: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The way along the arc between the two directions (slerp; Shoemake, 1985), as (n, d) float64;
    start and end (d,), the places `at` (n,) 0-1.

    sin((1 - t) w) / sin(w) start + sin(t w) / sin(w) end, w the angle between them. Codes of many
    numbers drawn from a normal distribution all lie about as far from 0; the straight way cuts
    inside, where no code lies, the arc stays out (White, 2016). Where there is no arc (one code is
    0, both point the same or the opposite way) it is the straight way.
    """
    start, end = np.asarray(start, np.float64), np.asarray(end, np.float64)
    lengths = np.linalg.norm(start) * np.linalg.norm(end)
    if not lengths:
        return linear(start, end, at)
    angle = np.arccos(np.clip(start @ end / lengths, -1, 1))
    if np.sin(angle) < 1e-6:
        return linear(start, end, at)
    share = np.asarray(at, np.float64)[:, None]
    return (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle)


@dataclass(frozen=True, eq=False)
class LatentWalk:
    """A walk. codes (n, d);  stops (n,) the number of the stop before each;  shares (n,) how far
    each is on the way to the next, 0 to 1."""

    codes: np.ndarray
    stops: np.ndarray
    shares: np.ndarray


def walk_between(
    stops: np.ndarray, steps: int, kind: str = "linear", closed: bool = False
) -> LatentWalk:
    """From the first of `stops` (k, d), floats, to the last, `steps` steps from each to the next.

    The stops themselves are on the way. closed: and back to the first, which is not repeated.
    """
    stops = np.asarray(stops, np.float64)
    between = {"linear": linear, "spherical": spherical}[kind]
    shares = np.arange(steps) / steps
    legs = len(stops) if closed else len(stops) - 1
    codes = [between(stops[k], stops[(k + 1) % len(stops)], shares) for k in range(legs)]
    numbers, parts = [np.full(steps, k) for k in range(legs)], [shares] * legs
    if not closed:
        codes.append(stops[-1:])
        numbers.append(np.array([len(stops) - 1]))
        parts = [*parts, np.zeros(1)]
    return LatentWalk(np.concatenate(codes), np.concatenate(numbers), np.concatenate(parts))


# ----------------------------------------------------------------------------------- algebra


@dataclass(frozen=True)
class Term:
    """One part of a sum: `weight` times what `name` means."""

    weight: float
    name: str


_SIGNS = "[+\u2212\u2013-]"
_SIGN = re.compile(rf"\s*({_SIGNS})(?:\s+|(?=[\"']))")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*[*\u00d7\u00b7]\s*")
_NAME = re.compile(
    rf"""\s*(?:"([^"]*)"(?=\s*{_SIGNS}|\s*$)|'([^']*)'(?=\s*{_SIGNS}|\s*$)"""
    rf"""|(.+?)(?=\s{_SIGNS}(?:\s|["'])|\s*$))""",
    re.S,
)


def parse_terms(text: str) -> tuple[Term, ...]:
    """ "a.png - b.png + 0.5 * c.png" as terms.

    A sign counts where it stands between spaces, so that "my-face.png" is one name; names may be
    quoted. PincelError when nothing, or a sign without a name, is found.
    """
    found: list[Term] = []
    rest = text.strip()
    while rest:
        sign = _SIGN.match(rest)
        if found and sign is None:
            raise PincelError("latent.sum", came=text)
        weight = -1.0 if sign and sign[1] != "+" else 1.0
        rest = rest[sign.end() :] if sign else rest
        factor = _NUMBER.match(rest)
        if factor:
            weight *= float(factor[1].replace(",", "."))
            rest = rest[factor.end() :]
        name = _NAME.match(rest)
        chosen = next((g for g in name.groups() if g), "") if name else ""
        if name is None or not chosen:
            raise PincelError("latent.sum", came=text)
        found.append(Term(weight, chosen))
        rest = rest[name.end() :].rstrip()
    if not found:
        raise PincelError("latent.sum", came=text)
    return tuple(found)


def combine(weights: Sequence[float], codes: np.ndarray) -> np.ndarray:
    """The weighted sum of codes (n, d), as (d,) float64."""
    return np.asarray(weights, np.float64) @ np.asarray(codes, np.float64)


def attribute(having: np.ndarray, lacking: np.ndarray) -> np.ndarray:
    """What sets one group of codes (n, d) apart from another (m, d): the difference of their
    means, (d,) float64. Added to a code it adds the attribute (Larsen et al., 2016)."""
    return np.asarray(having, np.float64).mean(0) - np.asarray(lacking, np.float64).mean(0)


# ----------------------------------------------------------------------------------- directions


@dataclass(frozen=True, eq=False)
class Directions:
    """In what the codes of a data set differ most.

    mean    (d,);  axes  (k, d) of length 1, at right angles
    sigmas  (k,) standard deviation along each;  shares  (k,) of the variance, 0 to 1
    """

    mean: np.ndarray
    axes: np.ndarray
    sigmas: np.ndarray
    shares: np.ndarray

    def moved(self, code: np.ndarray, axis: int, sigmas: np.ndarray) -> np.ndarray:
        """The code (d,) set to so many deviations (n,) from the mean along one axis, its other
        directions kept, as (n, d) float64."""
        own = (code - self.mean) @ self.axes[axis]
        goal = np.asarray(sigmas, np.float64) * self.sigmas[axis]
        return code + (goal - own)[:, None] * self.axes[axis]

    def places(self, codes: np.ndarray) -> np.ndarray:
        """How many deviations each code (n, d) lies from the mean along each axis, (n, k)
        floats."""
        return (codes - self.mean) @ self.axes.T / np.maximum(self.sigmas, 1e-12)


def principal(codes: np.ndarray, count: int) -> Directions:
    """The principal directions of codes (n, d), floats, at most `count` (Pearson, 1901). The sign
    is free: the largest part of each axis is positive. PincelError for fewer than 3 codes."""
    codes = np.asarray(codes, np.float64)
    if len(codes) < 3:
        raise PincelError("latent.few", count=len(codes))
    mean = codes.mean(0)
    _, sizes, axes = np.linalg.svd(codes - mean, full_matrices=False)
    largest = axes[np.arange(len(axes)), np.abs(axes).argmax(1)]
    axes = axes * np.where(largest < 0, -1.0, 1.0)[:, None]
    variance = sizes**2
    kept = slice(0, min(count, int((sizes > 1e-9 * max(sizes[0], 1e-30)).sum())))
    shares = variance / max(variance.sum(), 1e-30)
    return Directions(mean, axes[kept], (sizes / np.sqrt(len(codes) - 1))[kept], shares[kept])


TELLING = 0.1
"""Nats a picture below which a number of a code says nothing: it has collapsed."""


def by_number(codes: np.ndarray, nats: np.ndarray, count: int) -> tuple[Directions, np.ndarray]:
    """The numbers of codes (n, d) as directions, the most telling first, at most `count`; and which
    numbers they are, from 0. Those that say nothing (`nats` (d,), the KL divergence of each, not
    above 0.1) are left out; `shares` are of all nats. PincelError when all say nothing."""
    codes, nats = np.asarray(codes, np.float64), np.asarray(nats, np.float64)
    if len(codes) < 3:
        raise PincelError("latent.few", count=len(codes))
    order = np.argsort(-nats, kind="stable")
    kept = order[nats[order] > TELLING][:count]
    if not len(kept):
        raise PincelError("latent.collapsed", dims=len(nats))
    sigmas = codes.std(0, ddof=1)[kept]
    shares = nats[kept] / nats.sum()
    return Directions(codes.mean(0), np.eye(len(nats))[kept], sigmas, shares), kept
