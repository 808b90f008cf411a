"""Teach the network behind `pincel translate`.

    python tools/face_pairs.py DATA/train1.npz --each 700 --seed 1 --styles seen   # 2 and 3 alike
    python tools/face_pairs.py DATA/train4.npz --each 2400 --seed 4 --styles own
    python tools/face_pairs.py DATA/test1.npz --each 160 --seed 99 --styles seen
    python tools/face_pairs.py DATA/test2.npz --each 600 --seed 98 --styles unseen
    python tools/face_judge.py DATA/train1.npz,DATA/train2.npz DATA/test1.npz DATA/judge.pt
    python tools/train_translator.py DATA RUN --minutes 45

The learning rate follows the clock of the processor; interrupted, the same command goes on. Pairs
that appear in DATA meanwhile join in. With --hands each part of a face is changed on its own, as
other hands would draw it (`face_hands.py`). Two styles are never shown (`drawn_styles.UNSEEN`).
Every few minutes the judge says what the averaged network keeps of faces that were held out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from by_the_clock import ByTheClock
from drawn_styles import DRAWN, UNSEEN
from face_judge import Judge, balanced, sprites
from face_views import Pairs
from pincel.nets import _oklab, translator
from pincel.nets._network import Model, Net, model_bytes, open_model
from pincel.nets.translator import TranslatorBatch
from pincel.pixels import encode
from pixel_faces import ROLES

_HIDDEN = tuple(list(DRAWN).index(name) for name in UNSEEN)


class Half(translator.Net):
    """The network, taught in 16 bits where that is enough. While it learns, the vector of the whole
    must also tell which roles occur, so that a face has glasses or none, and not half of them."""

    def __init__(self, config: translator.Config) -> None:
        super().__init__(config)
        # beside the network, not in it: it is not shipped
        self.__dict__["present"] = torch.nn.Linear(config.whole, config.roles)

    def wrong_colors(self, colors: Tensor, batch: TranslatorBatch) -> Tensor:
        """As the family's, but hair's colour, which is missed most, counts once more."""
        hair = ROLES.index("hair")
        there = (batch.roles == hair).flatten(1).any(1).float()
        far = functional.smooth_l1_loss(
            colors[:, hair].float(), batch.colors[:, hair], reduction="none", beta=0.05
        ).sum(1)
        again = (far * there).sum() / there.sum().clamp(min=1)
        return super().wrong_colors(colors, batch) + 0.2 * again

    def losses(self, batch: TranslatorBatch) -> Iterator[tuple[str, Tensor]]:
        """As the family's, and what the vector says."""
        with torch.autocast("cpu", torch.bfloat16):
            fine, x, whole = self._seen(batch.planes)
            scores = self.role(x).float()
            colors = self.colors(batch.planes, fine, x, whole)
        loss = functional.cross_entropy(scores, batch.roles, self.worth)
        there = functional.one_hot(batch.roles.flatten(1), self.config.roles).amax(1)
        said = self.__dict__["present"](whole.float())
        told = functional.binary_cross_entropy_with_logits(said, there.float())
        yield "net", loss + 3 * self.wrong_colors(colors, batch) + 0.5 * told


class Training(ByTheClock):
    """The translator and its pairs."""

    family = "translator"

    def __init__(self, asked: argparse.Namespace) -> None:
        folder = asked.data
        self.tick = time.monotonic if asked.wall else time.process_time
        self.until = self.tick() + 60 * asked.call
        self.folder, self.hands = folder, asked.hands
        self.files: list[Path] = []
        self.look_for_pairs()
        self.held = Pairs(sorted(folder.glob("test*.npz")))
        self.judge = Judge()
        self.judge.load_state_dict(torch.load(folder / "judge.pt", weights_only=True))
        torch.manual_seed(asked.seed)
        settings = dict(p.split("=") for p in asked.net.split())
        net = Half(translator.Config(roles=len(ROLES), **settings))
        net.worth.copy_(self.pairs.worth())
        if asked.start:
            net.load_state_dict(open_model(asked.start).net.state_dict())
        net = net.to(memory_format=torch.channels_last)
        optimizers: dict[str, torch.optim.Optimizer] = {
            part: torch.optim.AdamW(
                [*w, *net.__dict__["present"].parameters()],
                asked.rate,
                betas=(0.9, 0.98),
                weight_decay=asked.weight_decay,
                fused=True,
            )
            for part, w in net.parts().items()
        }
        self.batch = asked.batch
        super().__init__(
            asked.run, net, optimizers, {"batch": asked.batch, "rate": asked.rate}, asked.seed,
            self.tick, asked.minutes, asked.every,
        )  # fmt: skip

    def look_for_pairs(self) -> None:
        """Read the pairs, if there are others than before."""
        found = sorted(self.folder.glob("train*.npz"))
        if found != self.files:
            self.files, self.pairs = found, Pairs(found, _HIDDEN, self.hands)

    def batches(self, first: int) -> Iterator[TranslatorBatch]:
        """What the network learns from."""
        while True:
            for number, batch in enumerate(self.pairs.batches(self.batch, self.seed, first), first):
                if self.tick() > self.until:
                    return  # the rest in another call
                yield batch
                if number % 200 == 199:
                    break
            first = number + 1
            self.look_for_pairs()

    def told(self, net: Net, losses: dict[str, float]) -> None:
        """Judge, keep, draw."""
        named = self.judged(net)
        entry = {"step": self.done, "seconds": round(self.seconds),
                 "processor": round(time.process_time()), **losses, **named}  # fmt: skip
        print(json.dumps({k: round(v, 3) for k, v in entry.items()}), flush=True)
        self.run.log(entry)
        about = {"seconds": round(self.seconds), "command": self.command, "seed": self.seed,
                 "roles": list(ROLES), "metrics": entry, "classes": []}  # fmt: skip
        self.run.keep_best(model_bytes(Model(self.family, net, about)))

    def judged(self, net: Net) -> dict[str, float]:
        """What is kept of held-out faces: styles that were learned, and the two that were not."""
        made, shown = self.translated(net)
        unseen = np.isin(self.held.facts[:, 0], _HIDDEN)
        found = {}
        for told, which in (("", ~unseen), ("new ", unseen)):
            rates = balanced(self.judge, made[which], self.held.facts[which])
            found |= {f"{told}{k}": v for k, v in rates.items()}
        self.run.keep_sample(f"{self.done:07}.png", sheet(shown, made, self.held))
        return found

    def translated(self, net: Net) -> tuple[Tensor, Tensor]:
        """Sprites (n, 4, 16, 16) of all held-out faces, and the planes they were made of."""
        made, shown = [], []
        with torch.inference_mode():
            for start in range(0, len(self.held), 64):
                rows = torch.arange(start, min(start + 64, len(self.held)))
                sight = self.held.sight(rows, torch.Generator().manual_seed(start), strong=False)
                scores, colors = net(sight.planes)
                rgb = _oklab.decode(colors.float().movedim(2, 1)[:, :, None])[:, :, 0]
                made.append(sprites(scores.argmax(1), (rgb.movedim(1, 2) + 1) / 2))
                shown.append(sight.planes)
        return torch.cat(made), torch.cat(shown)


def sheet(planes: Tensor, made: Tensor, held: Pairs, each: int = 5) -> bytes:
    """A row for each style: drawn, translated, true."""
    true = sprites(held.roles.long(), held.colors.float() / 255)
    lines = []
    for style in np.unique(held.facts[:, 0]):
        for row in np.flatnonzero(held.facts[:, 0] == style)[:each]:
            drawn = (_oklab.decode(planes[row : row + 1])[0] + 1) / 2
            cells = [torch.cat([drawn, torch.ones(1, 64, 64)])]
            cells += [((s[row] + 1) / 2).repeat_interleave(4, 1).repeat_interleave(4, 2)
                      for s in (made, true)]  # fmt: skip
            lines.append(torch.cat(cells, 2))
    rows = [torch.cat(lines[i : i + each], 2) for i in range(0, len(lines), each)]
    rgba = torch.cat(rows, 1).movedim(0, 2)
    rgb = rgba[..., :3] + (1 - rgba[..., 3:]) * 0.8
    whole = torch.cat([rgb, torch.ones_like(rgb[..., :1])], 2)
    return encode.png((255 * whole.clamp(0, 1)).round().to(torch.uint8).numpy())


def main() -> None:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--weight-decay", type=float, default=0.02)
    parser.add_argument("--wall", action="store_true", help="minutes are those of the wall")
    parser.add_argument("--hands", action="store_true", help="play other hands")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--net", default="")
    parser.add_argument("--start", type=Path, help="weights to begin with")
    parser.add_argument("--every", type=float, default=4, help="minutes between two judgements")
    parser.add_argument("--call", type=float, default=18, help="minutes of this call at most")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    training = Training(asked)
    training.go()
    training.keep()


if __name__ == "__main__":
    main()
