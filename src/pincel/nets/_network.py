"""What every family's `Net` is, and the file in which a trained one is kept.

The underscore keeps this file out of the registry of families (`pincel.nets.names`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, ValidationError
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from pincel.errors import PincelError

FORMAT = 1
LARGEST_HEADER = 64 * 1024 * 1024


class Config(BaseModel):
    """Base of a family's settings: frozen, with limits, stored in the model's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Net(nn.Module):
    """Base of all families: a module that names the losses it learns from.

    `losses(batch)` yields `(part, loss)` for each set of weights that takes a step, in the order
    in which they step. It is a generator: what stands after a `yield` runs after that part's
    step, so a GAN's generator is judged by the discriminator that has just learned.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config

    def parts(self) -> dict[str, list[nn.Parameter]]:
        """The sets of weights that step by themselves; one called "net" unless a family says
        otherwise. Frozen weights belong to none."""
        return {"net": [p for p in self.parameters() if p.requires_grad]}

    def losses(self, batch: Any) -> Iterator[tuple[str, Tensor]]:
        """Yield (part, loss); a loss is a scalar tensor."""
        raise NotImplementedError


@runtime_checkable
class Classifier(Protocol):
    """A network that names classes."""

    def logits(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, classes) scores before the softmax."""


@runtime_checkable
class Embedder(Protocol):
    """A network that turns a picture into a vector."""

    def embed(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, d), not normalised."""


@runtime_checkable
class Coder(Protocol):
    """A network with a code: few numbers from which a picture can be made again."""

    def encode(self, pictures: Tensor) -> Tensor:
        """(n, c, h, w) prepared pictures -> (n, d) codes."""

    def decode(self, codes: Tensor) -> Tensor:
        """(n, d) codes -> (n, c, h, w) prepared pictures."""


@runtime_checkable
class Sampler(Protocol):
    """A network that makes pictures from nothing but seeds. A family that makes or changes
    pictures says `GENERATES = True`; its pictures are prepared to -1..1 (premultiplied RGBA)."""

    def sample(
        self, seeds: Sequence[int], labels: Tensor | None = None, steps: int | None = None
    ) -> Tensor:
        """(n, c, h, w) prepared pictures; each depends on its own seed (and label) only."""


@dataclass(frozen=True)
class Model:
    """A trained network and what must be known to use it.

    family    name of the file in `pincel/nets`
    about     plain JSON facts: classes, preparation (size, channels, mean, std), data hash,
              metrics, command, seed, versions
    """

    family: str
    net: Net
    about: dict[str, Any] = field(default_factory=dict)


def model_bytes(model: Model) -> bytes:
    """The model as one safetensors file: weights, and everything else as JSON in its header."""
    facts = {
        "format": FORMAT,
        "family": model.family,
        "config": model.net.config.model_dump(mode="json"),
        "about": model.about,
    }
    weights = {k: v.detach().cpu().contiguous() for k, v in model.net.state_dict().items()}
    return save(weights, {"pincel": json.dumps(facts, sort_keys=True)})


def open_model(path: str | Path) -> Model:
    """Read a model file. Raises PincelError when it is missing, damaged or not one of ours."""
    from pincel import nets

    path = Path(path)
    if not path.is_file():
        raise PincelError("model.missing", path=path)
    try:
        with safe_open(path, "pt") as file:
            facts = json.loads((file.metadata() or {}).get("pincel", "null"))
            weights = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except (SafetensorError, ValueError, OSError) as error:
        raise PincelError("model.damaged", path=path, why=str(error)) from error
    if not isinstance(facts, dict) or facts.get("family") not in nets.names():
        raise PincelError("model.not_ours", path=path)
    try:
        family = nets.load(facts["family"])
        net = family.Net(family.Config(**facts["config"]))
        net.load_state_dict(weights)
        about = dict(facts["about"])
    except ValidationError as error:  # settings that the family does not have or allow
        first = error.errors()[0]
        why = f"config.{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise PincelError("model.damaged", path=path, why=why) from error
    except (KeyError, TypeError, ValueError, RuntimeError, MemoryError) as error:
        told = [line.strip() for line in str(error).splitlines()] or [type(error).__name__]
        why = told[1] if told[0].endswith(":") and len(told) > 1 else told[0]  # torch's heading
        raise PincelError("model.damaged", path=path, why=why) from error
    return Model(facts["family"], net.eval(), about)
