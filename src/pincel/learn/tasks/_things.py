"""What boxing and masking share: pictures with things in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from pincel.errors import PincelError
from pincel.learn.tasks._task import Task
from pincel.nets._family import Family
from pincel.nets._network import Net


@dataclass(frozen=True)
class Figures:
    """Figures on the test part, and what else the model's file says, plain JSON."""

    test: dict[str, float]
    more: dict[str, Any] = field(default_factory=dict)

    def metrics(self) -> dict[str, Any]:
        """All of it."""
        return self.more | {"test": self.test}


class Things(Task):
    """A way of teaching that needs data with things: boxes, or masks."""

    needs: ClassVar[str]
    """What the data must hold: "boxes" or "masks"."""
    lacking: ClassVar[str]
    """The sentence for data that do not."""

    @classmethod
    def fitting(cls, kind: Family, data: Any) -> dict[str, Any]:
        """The number of classes."""
        if getattr(data, "kind", None) != cls.needs:
            raise PincelError(cls.lacking, family=kind.name)
        return {"channels": 3, "classes": len(data.classes)}

    @classmethod
    def recipe(cls, kind: Family, config: Any, data: Any) -> dict[str, Any]:
        """The family's own."""
        return {"augment": "none", **kind.recipe(config)}

    def fit(self, net: Net) -> None:
        """Nothing is read off."""
