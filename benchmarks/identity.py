"""Identity asked for in each step, now and then, or never: what a native CycleGAN learns.

    python benchmarks/identity.py [--every 1,4,0] [--seeds 1,2] [--width 32] [--steps 400]

Faces and sprites of `benchmarks/tiles.py`, 64 pixels and 16, 600 pairs of which 48 are held out on
both sides; one picture of each kind a step, one thread, each way of asking from the same weights
and with the same pictures (0: never). Every hundred steps a row of means over what is held out:

    cycle, back     L1 of a face that became a sprite and a face again; of a sprite that became a
                    face and a sprite again;  identity  of a sprite asked to become a sprite
    tiles, sameness the two meters of the log
    follows         correlation, over the faces, of the mean colour of the middle half of the sprite
                    that was made with that of its face (mean of three channels)
    off face        mean distance of these two colours, of 255;  off sprite  of each pixel from the
                    pair's true sprite
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np

from tiles import SIDE, pictures

PAIRS, HELD, SPRITE = 600, 48, 16


def learned(every: int, seed: int, width: int, steps: int) -> Iterator[tuple[int, dict]]:
    """(step, figures) every hundred steps and at the end."""
    import torch

    from pincel.learn import loop, precision
    from pincel.nets import cyclegan

    faces, sprites = (
        torch.from_numpy(one).movedim(3, 1).float() / 127.5 - 1 for one in pictures(PAIRS)
    )
    held = np.arange(0, PAIRS, PAIRS // HELD)[:HELD]
    rest = np.setdiff1d(np.arange(PAIRS), held)
    torch.manual_seed(seed)
    asked = {"identity_every": every} if every else {"identity": 0}
    net = cyclegan.Net(cyclegan.Config(side=SIDE, native=SPRITE, calm=True, width=width, **asked))
    how = precision.suited_precision(net, torch.device("cpu"))
    rng = np.random.default_rng(seed)

    def batches() -> Iterator[tuple]:
        for _ in range(steps):
            a, b = rng.choice(rest), rng.choice(rest)
            yield faces[a : a + 1], sprites[b : b + 1]

    opens = precision.context(how, torch.device("cpu"))
    optimizers = loop.adamw(net, 2e-4, 0.0, (0.5, 0.999))
    begun = time.process_time()
    for step in loop.train(net, batches(), optimizers, seed=seed, precision=opens):
        if step.number % 100 == 0 or step.number == steps:
            spent = time.process_time() - begun
            net.eval()
            with torch.inference_mode():
                yield step.number, figures(net, faces[held], sprites[held]) | {"CPU s": spent}


def figures(net, faces, sprites) -> dict[str, float]:
    """The row's numbers, of faces (n, 3, 64, 64) and their true sprites (n, 3, 16, 16), -1 to 1."""
    from torch.nn.functional import l1_loss

    from pincel.learn.unpaired import pattern_strength, sameness

    made = net.to_sprite(faces)
    shown = net.as_face(made).movedim(1, -1).numpy()
    ours, theirs = _middle(made), _middle(faces)
    follows = [np.corrcoef(ours[:, c], theirs[:, c])[0, 1] for c in range(3)]
    return {
        "cycle": float(l1_loss(net.to_face(made), faces)),
        "back": float(l1_loss(net.to_sprite(net.to_face(sprites)), sprites)),
        "identity": float(l1_loss(net.to_sprite(net.as_face(sprites)), sprites)),
        "tiles": pattern_strength(shown),
        "sameness": sameness(faces.movedim(1, -1).numpy(), shown),
        "follows": float(np.mean(follows)),
        "off face": float(np.abs(ours - theirs).mean()),
        "off sprite": 127.5 * float(l1_loss(made, sprites)),
    }


def _middle(pictures) -> np.ndarray:
    """Mean colours of the middle halves, (n, 3), 0 to 255, of (n, 3, h, h)."""
    edge = pictures.shape[-1] // 4
    return (pictures[..., edge:-edge, edge:-edge].mean((2, 3)).numpy() + 1) * 127.5


def main() -> None:
    """A row for each reading."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", default="1,4,0")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--steps", type=int, default=400)
    asked = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    head = False
    for seed in map(int, asked.seeds.split(",")):
        for every in map(int, asked.every.split(",")):
            for step, found in learned(every, seed, asked.width, asked.steps):
                if not head:
                    print(f"| seed | every | steps | {' | '.join(found)} |")
                    print("|---" * (3 + len(found)) + "|")
                    head = True
                row = " | ".join(f"{value:.3f}" for value in found.values())
                print(f"| {seed} | {every} | {step} | {row} |", flush=True)


if __name__ == "__main__":
    main()
