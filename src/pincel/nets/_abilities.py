"""What a network can do, as protocols: a family has an ability when its `Net` has the methods.

Everything outside asks `isinstance(net, Sampler)` and so on; a new family is found by what it can
do, and no list names it. Tensors are float32 unless more is said; prepared pictures are
(n, channels, height, width), scaled as the model's facts say (`learn.prepare`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from torch import Tensor, nn


@runtime_checkable
class Classifier(Protocol):
    """Names classes."""

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, classes) scores before the softmax."""


@runtime_checkable
class Embedder(Protocol):
    """Turns a picture into a vector."""

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, d), not normalised."""


@runtime_checkable
class Coder(Protocol):
    """Has a code: few numbers from which a picture can be made again."""

    def encode(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, d) codes."""

    def decode(self, codes: Tensor) -> Tensor:
        """(n, d) codes -> (n, c, h, w) prepared pictures."""


@runtime_checkable
class Spread(Protocol):
    """A coder whose codes are distributions (Kingma and Welling, 2014)."""

    def distribution(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """(n, c, h, w) -> mean and logarithm of the variance of each number, both (n, d)."""

    def divergences(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) -> (d,) nats a picture that each number says, the mean over the pictures."""


@runtime_checkable
class Sampler(Protocol):
    """Makes pictures from nothing but seeds. A family that makes or changes pictures says
    `GENERATES = True`; its pictures are prepared to -1..1 (premultiplied RGBA)."""

    def sample(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Tensor:
        """(n, c, h, w) prepared pictures; each depends on its own seed (and label) only."""


@runtime_checkable
class Painter(Protocol):
    """Makes what is under a mask and keeps the rest."""

    def inpaint(self, pictures: Tensor, mask: Tensor, *more: Any, **named: Any) -> Tensor:
        """(n, c, h, w) prepared pictures, mask (n, 1, h, w) true where to paint -> pictures."""


@runtime_checkable
class Repairer(Protocol):
    """Changes pictures, and shows (what came, what it became)."""

    def shows(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """(n, c, h, w) prepared pictures -> two batches of one size, side by side on a sheet."""


@runtime_checkable
class Enlarger(Protocol):
    """Makes pictures larger by a whole factor."""

    def upscale(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) -> (n, c, factor h, factor w)."""


@runtime_checkable
class Judge(Protocol):
    """Judges itself on pictures that it does not learn from, by other figures than its losses."""

    def judge(self, batch: Any) -> dict[str, float]:
        """Figures, one of which is called "loss": the least chooses the weights that are kept."""


@runtime_checkable
class Denoiser(Protocol):
    """Makes pictures by taking noise away step by step, and can be looked at while it does."""

    def looks(self, seeds: Sequence[int], *more: Any, **named: Any) -> Iterator[Any]:
        """One look for every step: the noisy picture and what the network takes it for."""


@runtime_checkable
class Uncoverer(Protocol):
    """Makes pictures by uncovering places of a masked one, some at every step."""

    def steps(self, seeds: Sequence[int], *more: Any, **named: Any) -> Iterator[Any]:
        """One look for every step."""

    def pictured(self, index: Tensor) -> Tensor:
        """(n, s, s) int64 entries of the shared palette -> (n, c, s, s) prepared pictures."""


@runtime_checkable
class Writer(Protocol):
    """Makes pictures colour by colour, row by row, as a text is written."""

    palette: Tensor

    def tokens(self, pictures: Tensor) -> Tensor:
        """(n, c, s, s) prepared pictures -> (n, places) int64 numbers of colours."""


@runtime_checkable
class Adversary(Protocol):
    """Learns against a discriminator (Goodfellow et al., 2014), which can be asked too."""

    discriminator: nn.Module
    """(n, c, h, w) prepared pictures and labels -> (n,) verdicts, higher for real ones."""


@runtime_checkable
class Finder(Protocol):
    """Finds things: says at each place whether one is there (`boxes.BoxMaps`, `masks.MaskMaps`)."""

    def maps(self, pictures: Tensor) -> Any:
        """(n, c, h, w) prepared pictures, sides multiples of 16 -> its maps, float32."""


ABILITIES: tuple[type, ...] = (
    *(Classifier, Embedder, Coder, Spread, Sampler, Painter, Repairer, Enlarger, Judge),
    *(Denoiser, Uncoverer, Writer, Adversary, Finder),
)
"""Every ability, in the order of the page that lists them."""


def abilities(net: Any) -> tuple[type, ...]:
    """What this network (or its class) can do."""
    return tuple(one for one in ABILITIES if _has(net, one))


def _has(net: Any, ability: type) -> bool:
    if not isinstance(net, type):
        return isinstance(net, ability)
    annotated = {name for base in net.__mro__ for name in vars(base).get("__annotations__", {})}
    asked = {name for name in vars(ability) if name[0] != "_"}
    asked |= set(vars(ability).get("__annotations__", {}))
    return all(hasattr(net, name) or name in annotated for name in asked)


def classes_of(net: Any) -> int:
    """How many classes a network names or can be asked to make; 0 where it knows none."""
    return int(getattr(net.config, "classes", 0) or 0)
