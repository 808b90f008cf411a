"""What every family's `Net` is, and the file in which a trained one is kept.

The underscore keeps this file out of the registry of families (`pincel.nets.names`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from pincel.errors import PincelError

FORMAT = 1


class Config(BaseModel):
    """Base of a family's settings: frozen, with limits, stored in the model's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, given: Any) -> Any:
        """One value where several may stand is a list of one: "widths=8"."""
        if not isinstance(given, dict):
            return given
        several = {
            n for n, info in cls.model_fields.items() if get_origin(info.annotation) is tuple
        }
        return {
            name: (value,) if name in several and isinstance(value, (int, float, str)) else value
            for name, value in given.items()
        }


Width = Annotated[int, Field(ge=1, le=65_536)]
"""Maps or neurons of one layer."""
Blocks = Annotated[int, Field(ge=0, le=64)]
"""Blocks of one stage."""


def check_stages(widths: tuple[int, ...], blocks: tuple[int, ...]) -> None:
    """PincelError where there are not as many widths as numbers of blocks."""
    if len(widths) != len(blocks):
        raise PincelError("nets.stages", widths=len(widths), blocks=len(blocks))


def check_heads(name: str, width: int, heads: int) -> None:
    """PincelError where the heads of an attention cannot share a width in equal parts."""
    if width % heads:
        fits = max(n for n in range(1, heads) if width % n == 0)
        raise PincelError("nets.heads", name=name, width=width, heads=heads, fits=fits)


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
        net = family.Net(nets.configure(facts["family"], facts["config"]))
        net.load_state_dict(weights)
        about = dict(facts["about"])
    except PincelError as error:  # settings that the family does not have or allow
        raise PincelError("model.damaged", path=path, why=str(error).rstrip(".")) from error
    except (KeyError, TypeError, ValueError, RuntimeError, MemoryError) as error:
        told = [line.strip() for line in str(error).splitlines()] or [type(error).__name__]
        why = told[1] if told[0].endswith(":") and len(told) > 1 else told[0]  # torch's heading
        raise PincelError("model.damaged", path=path, why=why) from error
    return Model(facts["family"], net.eval(), about)
