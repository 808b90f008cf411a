"""The network that finds the head in a picture (`train_finder.py` teaches it)."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

SIDE, CELLS = 64, 8


class Finder(nn.Module):
    """(n, 3, 64, 64), 0 to 1, to (n, 4, 8, 8): score, across and down from the cell's middle in
    cells, logarithm of the frame's side in pictures."""

    def __init__(self) -> None:
        super().__init__()

        def stage(before: int, after: int, stride: int) -> list[nn.Module]:
            return [nn.Conv2d(before, after, 3, stride, 1), nn.GroupNorm(8, after), nn.SiLU()]

        self.body = nn.Sequential(
            *stage(3, 16, 2), *stage(16, 32, 2), *stage(32, 48, 1), *stage(48, 64, 2),
            *stage(64, 64, 1), *stage(64, 64, 1),
        )  # fmt: skip
        self.whole = nn.Linear(64, 64)
        self.told = nn.Conv2d(64, 4, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """As above."""
        seen = self.body(pictures * 2 - 1)
        whole = functional.silu(self.whole(seen.mean((2, 3))))
        return self.told(seen + whole[:, :, None, None])
