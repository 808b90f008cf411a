"""What short lessons share: small networks, one decay for all weights, no validation. Whoever asked
for them examines what was learned; the last weights are the best."""

from __future__ import annotations

import torch

from pincel.learn.loop import even_adamw
from pincel.learn.tasks._task import Task
from pincel.nets._network import Net


class Brief(Task):
    """A task without measurements."""

    @classmethod
    def layout(cls, net: Net, precision: str, device: torch.device) -> torch.memory_format:
        """The plain order: these networks are too small to gain from another."""
        return torch.contiguous_format

    def optimizers(self, net: Net) -> dict[str, torch.optim.Optimizer]:
        """AdamW, the same decay for every weight."""
        return even_adamw(net, self.plan.rate, self.plan.decay)
