"""The judge of sprite faces: what hair, skin, clothes, glasses, hat and beard a sprite shows.

It is taught on true sprites alone, apart from the translator, and its own mistakes on true ones
bound what a translation can reach. It reads 16 x 16 RGBA and knows the colours by name
(`face_pairs.HAIR`, `SKIN`, `CLOTHES`).

    python tools/face_judge.py TRAIN.npz[,...] TEST.npz OUT.pt [--minutes 3]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from face_pairs import CLOTHES, FACTS, HAIR, SKIN

ASKED = {"hair": len(HAIR), "skin": len(SKIN), "clothes": len(CLOTHES), "glasses": 2, "hat": 2,
         "length": 2, "beard": 2}  # fmt: skip


class Judge(nn.Module):
    """(n, 4, 16, 16) -> scores for each question."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(4, width, 3, 1, 1), nn.GroupNorm(8, width), nn.SiLU(),
            nn.Conv2d(width, width, 3, 1, 1), nn.GroupNorm(8, width), nn.SiLU(),
            nn.Conv2d(width, 64, 4, 2, 1), nn.GroupNorm(8, 64), nn.SiLU(),
            nn.Conv2d(64, 64, 3, 1, 1), nn.GroupNorm(8, 64), nn.SiLU(), nn.Flatten(),
            nn.Linear(64 * 64, 128), nn.SiLU(), nn.Dropout(0.3),
        )  # fmt: skip
        self.heads = nn.ModuleDict({k: nn.Linear(128, n) for k, n in ASKED.items()})

    def forward(self, sprites: Tensor) -> dict[str, Tensor]:
        """(n, 4, 16, 16), colours times alpha, -1 to 1."""
        seen = self.body(sprites)
        return {name: head(seen) for name, head in self.heads.items()}


def sprites(roles: Tensor, colors: Tensor) -> Tensor:
    """Roles (n, 16, 16) and colours (n, roles, 3) 0 to 1 as (n, 4, 16, 16), -1 to 1."""
    rgb = colors.gather(1, roles.flatten(1)[:, :, None].expand(-1, -1, 3)).movedim(1, 2)
    rgb = rgb.unflatten(2, roles.shape[1:])
    alpha = (roles > 0).float()[:, None]
    return torch.cat([rgb * alpha, alpha], 1) * 2 - 1


def balanced(judge: Judge, shown: Tensor, facts: np.ndarray) -> dict[str, float]:
    """Share of right answers for each question, every answer counting the same."""
    with torch.inference_mode():
        said = {k: v.argmax(1).numpy() for k, v in judge.eval()(shown).items()}
    found = {}
    for name in ASKED:
        true = facts[:, FACTS.index(name)]
        rates = [np.mean(said[name][true == k] == k) for k in np.unique(true[true >= 0])]
        found[name] = float(np.mean(rates)) if rates else float("nan")
    return found


def taught(roles: Tensor, colors: Tensor, facts: np.ndarray, minutes: float, seed: int) -> Judge:
    """A judge, taught for so many minutes of the processor."""
    torch.manual_seed(seed)
    judge = Judge()
    optimizer = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=0.02)
    true = torch.from_numpy(facts[:, [FACTS.index(k) for k in ASKED]]).long()
    begun = time.process_time()
    while (far := (time.process_time() - begun) / 60 / minutes) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - far) + 1e-5
        rows = torch.randint(0, len(roles), (128,))
        jittered = colors[rows] + 0.02 * torch.randn(128, colors.shape[1], 3)
        said = judge.train()(sprites(roles[rows].long(), jittered.clamp(0, 1)))
        loss = sum(
            functional.cross_entropy(said[k], true[rows, i], ignore_index=-1, label_smoothing=0.02)
            for i, k in enumerate(ASKED)
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return judge.eval()


def _read(paths: list[Path]) -> tuple[Tensor, Tensor, np.ndarray]:
    files = [np.load(p) for p in paths]
    roles, colors, facts = (
        np.concatenate([f[k] for f in files]) for k in ("roles", "colors", "facts")
    )
    return torch.from_numpy(roles), torch.from_numpy(colors).float() / 255, facts


def main() -> None:
    """Teach, say how often it is right on true sprites, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train")
    parser.add_argument("test", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    roles, colors, facts = _read([Path(p) for p in asked.train.split(",")])
    judge = taught(roles, colors, facts, asked.minutes, asked.seed)
    roles, colors, facts = _read([asked.test])
    print(
        {k: round(v, 4) for k, v in balanced(judge, sprites(roles.long(), colors), facts).items()}
    )
    torch.save(judge.state_dict(), asked.out)


if __name__ == "__main__":
    main()
