"""What makes the tiles: the report's networks, and what is changed about them, for 400 steps.

    python benchmarks/tiles.py [--steps 400] [--which transposed,nearest,native] [--out OUT]
                               [--blocks | --seed 1]

Faces of DiceBear's drawn styles and faces of its pixel art, unpaired, at 64 pixels. Sprites of 16
are enlarged as the report did it: half of the way pixel by pixel, the rest smoothly (bilinear);
with --blocks all of the way pixel by pixel; native: as they are. Full width, one thread. Every
hundred steps the tile meter and the sameness meter are read on 48 faces that nobody learned from.
The bar: transposed convolutions >= +0.25 within 400 steps, nearest and a plain convolution <= -0.2.
With --out a sheet of what became of eight of those faces is kept for each, and at the end the
network (`tools/docs_translate.py` shows what they draw).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))
SIDE, HELD = 64, 48
KINDS = {
    "transposed": {},
    "nearest": {"enlarge": "nearest"},
    "native": {"native": 16, "calm": True, "identity_every": 4},
}


def pictures(count: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Faces (n, 64, 64, 3) on white and sprites (n, 16, 16, 3) on black, uint8, of other faces."""
    from PIL import Image

    import face_pairs
    from pixel_faces import picture

    styles = ["adventurer", "lorelei", "micah", "toon-head", "personas", "open-peeps"]
    found = face_pairs.pairs(styles, -(-count // len(styles)), seed)
    margin = face_pairs.MARGIN
    faces, sprites = [], []
    for drawn, roles, colors in zip(found["drawn"], found["roles"], found["colors"], strict=True):
        crop = Image.fromarray(drawn[margin:-margin, margin:-margin])
        white = Image.alpha_composite(Image.new("RGBA", crop.size, "white"), crop)
        faces.append(np.asarray(white.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)))
        rgba = picture(roles.astype(int), colors / 255.0)
        sprites.append(np.where(rgba[..., 3:] > 0, rgba[..., :3], 0).astype(np.uint8))
    return np.stack(faces), np.stack(sprites)


def enlarged(sprites: np.ndarray, blocks: bool) -> np.ndarray:
    """Sprites (n, 16, 16, 3) as (n, 64, 64, 3), uint8: each pixel a block, or as in the report."""
    from PIL import Image

    if blocks:
        return sprites.repeat(4, 1).repeat(4, 2)
    half = sprites.repeat(2, 1).repeat(2, 2)
    smooth = Image.Resampling.BILINEAR
    return np.stack([np.asarray(Image.fromarray(one).resize((SIDE, SIDE), smooth)) for one in half])


def measured(
    which: str, steps: int, out: Path | None, blocks: bool, seed: int
) -> Iterator[tuple[int, float, float, float]]:
    """(step, tiles, sameness, seconds of the processor) every hundred steps."""
    import torch

    from pincel.learn import layout, loop, precision
    from pincel.learn.unpaired import pattern_strength, sameness
    from pincel.nets import cyclegan
    from pincel.nets._network import Model, model_bytes
    from pincel.pixels import contact, encode

    torch.manual_seed(seed)
    cpu = torch.device("cpu")
    net = cyclegan.Net(cyclegan.Config(side=SIDE, **KINDS[which]))
    how = precision.suited_precision(net, cpu)
    order = layout.layout(net, how, cpu)
    net = net.to(memory_format=order)
    faces, sprites = pictures(300)
    if net.config.sprite == SIDE:
        sprites = enlarged(sprites, blocks)
    given, drawn = (torch.from_numpy(one).movedim(3, 1).float() / 127.5 - 1
                    for one in (faces, sprites))  # fmt: skip
    rng = np.random.default_rng(seed)

    def batches() -> Iterator[tuple]:
        for _ in range(steps):
            a, b = rng.integers(HELD, len(given)), rng.integers(len(drawn))
            yield tuple(one.contiguous(memory_format=order)
                        for one in (given[a : a + 1], drawn[b : b + 1]))  # fmt: skip

    optimizers = loop.adamw(net, 2e-4, 0.0, (0.5, 0.999))
    begun = time.process_time()
    for step in loop.train(net, batches(), optimizers, precision=precision.context(how, cpu)):
        if step.number % 100 and step.number != steps:
            continue
        net.eval()
        with torch.inference_mode():
            made = torch.cat([net.restore(one) for one in given[:HELD].split(8)])
        shown = made.float().movedim(1, -1).numpy()
        seconds = time.process_time() - begun
        yield (
            step.number,
            pattern_strength(shown),
            sameness(faces[:HELD] / 127.5 - 1, shown),
            seconds,
        )
        if out is not None:
            after = np.rint((shown[:8].clip(-1, 1) + 1) * 127.5).astype(np.uint8)
            out.mkdir(parents=True, exist_ok=True)
            both = np.concatenate([faces[:8], after])
            (out / f"{which}-{step.number}.png").write_bytes(
                encode.png(contact.picture_grid(both, 8))
            )
    if out is not None:
        held = model_bytes(Model("cyclegan", net, {"steps": steps}))
        (out / f"{which}.safetensors").write_bytes(held)


def main() -> None:
    """A row for each reading."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--which", default="transposed,nearest,native")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--blocks", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    import torch

    torch.set_num_threads(1)
    print("| network | steps | tiles | sameness | CPU s |\n|---|---|---|---|---|")
    for which in asked.which.split(","):
        for step, tile, same, seconds in measured(
            which, asked.steps, asked.out, asked.blocks, asked.seed
        ):
            print(f"| {which} | {step} | {tile:+.2f} | {same:.2f} | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
