"""How fast `pincel draw`'s sketcher draws and learns, against plainer ways, in one run.

    python benchmarks/sampling.py [--threads 2] [--pictures 16] [--steps 14] [--spin]

Drawing: the same network and the same guided steps through ONNX Runtime (as `pincel draw` does) and
through PyTorch as it comes (eager, fp32), one picture and many. Learning: Pincel's way (channels
last, one fused optimizer) against PyTorch as it comes. If the package diffusers is there, a
UNet2DModel of its of about as many weights is timed beside both. The ways take turns, the middle
of the rounds counts, and everything is also told as a ratio to PyTorch as it comes.

--spin: what the waiting threads of OpenMP cost. A forward pass is timed in processes of its own,
when nothing else runs and when one busy process runs for each processor: as it comes, with
GOMP_SPINCOUNT=10000, and with OMP_WAIT_POLICY=PASSIVE.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pincel.art.denoise import Way, denoise
from pincel.learn.loop import train
from pincel.nets import diffusion

SHAPE = {"channels": 4, "side": 16, "width": 40, "widen": (1, 2, 4), "blocks": (1, 2, 1),
         "vocabulary": 502, "words": 13, "hinted": True}  # fmt: skip
BATCH = 32
SPINS: dict[str, dict[str, str]] = {
    "as it comes": {},
    "GOMP_SPINCOUNT=10000": {"GOMP_SPINCOUNT": "10000"},
    "OMP_WAIT_POLICY=PASSIVE": {"OMP_WAIT_POLICY": "PASSIVE"},
}


def net() -> diffusion.Net:
    """The sketcher, untrained: time does not depend on what was learned."""
    torch.manual_seed(0)
    return diffusion.Net(diffusion.Config(**SHAPE))


def session(unet: torch.nn.Module, threads: int) -> Any:
    """The network in ONNX Runtime, exported as the shipped one is."""
    import onnxruntime

    path = Path(__file__).parents[1] / "tools" / "export_draw.py"
    spec = importlib.util.spec_from_file_location("export_draw", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    words = torch.zeros(2, 13, dtype=torch.int64)
    given = {"x": torch.randn(2, 4, 16, 16), "t": torch.tensor([0.3, 0.8]), "words": words,
             "hints": torch.rand(2, 7, 16, 16)}  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    data = module.exported(unet, given, {})
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def theirs() -> torch.nn.Module | None:
    """A U-Net of diffusers with about as many weights, or None."""
    try:
        from diffusers import UNet2DModel
    except ImportError:
        return None
    return UNet2DModel(
        sample_size=16, in_channels=4, out_channels=4, layers_per_block=1, norm_num_groups=8,
        block_out_channels=(40, 80, 160), num_class_embeds=502,
        down_block_types=("DownBlock2D", "DownBlock2D", "AttnDownBlock2D"),
        up_block_types=("AttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
    )  # fmt: skip


def drawers(threads: int) -> dict[str, Callable[[int, int], object]]:
    """Ways to draw: (pictures, steps) -> whatever."""
    own = net().eval()
    plain = own.unet
    ort = session(own.unet, threads)
    plain = net().eval().unet

    def through(see: Callable[..., np.ndarray]) -> Callable[[int, int], object]:
        def draw(count: int, steps: int) -> object:
            words = np.ones((count, 13), np.int64)
            return denoise(see, words, 16, list(range(count)), Way(steps, 3.0))

        return draw

    def in_ort(x: np.ndarray, t: np.ndarray, w: np.ndarray, h: np.ndarray) -> np.ndarray:
        return ort.run(None, {"x": x, "t": t, "words": w, "hints": h})[0]

    def in_torch(*given: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            return plain(*(torch.from_numpy(g) for g in given)).numpy()

    found = {"ONNX Runtime": through(in_ort), "PyTorch as it comes": through(in_torch)}
    unet = theirs()
    if unet is not None:
        unet.eval()

        def in_diffusers(x: np.ndarray, t: np.ndarray, w: np.ndarray, h: np.ndarray) -> np.ndarray:
            with torch.inference_mode():
                given = [torch.from_numpy(v) for v in (x, t * 1000, w[:, 0])]
                return unet(given[0], given[1], class_labels=given[2]).sample.numpy()

        found["diffusers UNet2DModel"] = through(in_diffusers)
    return found


def learners() -> dict[str, Callable[[], object]]:
    """Ways to take one step on a batch of 32."""
    torch.manual_seed(0)
    batch = diffusion.CaptionedBatch(
        torch.rand(BATCH, 4, 16, 16) * 2 - 1, torch.randint(1, 500, (BATCH, 13)),
        torch.rand(BATCH, 16, 16) > 0.5, torch.rand(BATCH, 16, 16) > 0.5, torch.rand(BATCH) > 0.5,
    )  # fmt: skip

    def endless():
        while True:
            yield batch

    quick = net().to(memory_format=torch.channels_last)
    steps = train(
        quick, endless(), {"net": torch.optim.AdamW(quick.parameters(), fused=True)}, clip=1.0
    )
    plain = net()
    optimizer = torch.optim.AdamW(plain.parameters(), foreach=False)

    def as_it_comes() -> None:
        for _, loss in plain.losses(batch):
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    found: dict[str, Callable[[], object]] = {
        "Pincel": lambda: next(steps), "PyTorch as it comes": as_it_comes
    }  # fmt: skip
    unet = theirs()
    if unet is not None:
        own = torch.optim.AdamW(unet.parameters(), foreach=False)

        def in_diffusers() -> None:
            noise, t = torch.randn(BATCH, 4, 16, 16), torch.rand(BATCH)
            x = (1 - t)[:, None, None, None] * batch.pictures + t[:, None, None, None] * noise
            seen = unet(x, t * 1000, class_labels=batch.words[:, 0]).sample
            loss = ((seen - batch.pictures) ** 2).mean()
            own.zero_grad()
            loss.backward()
            own.step()

        found["diffusers UNet2DModel"] = in_diffusers
    return found


def timed(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The middle of several rounds in which the ways take turns, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            if number:
                taken[name].append(time.perf_counter() - begun)
    return {name: float(np.median(values)) for name, values in taken.items()}


def said(title: str, seconds: dict[str, float], each: int, unit: str) -> None:
    """A table; the ratio is to PyTorch as it comes, above 1 is quicker."""
    base = seconds["PyTorch as it comes"]
    print(f"\n| {title} | ms each | {unit} | times as quick |\n|---|---|---|---|")
    for name, value in seconds.items():
        own = value / each
        print(f"| {name} | {1000 * own:.1f} | {1 / own:.1f} | {base / value:.2f} |")


def spin() -> None:
    """The cost of waiting threads."""
    code = (
        "import torch, time, numpy as np\n"
        "from benchmarks.sampling import net\n"
        "unet = net().eval().unet\n"
        "given = (torch.randn(8, 4, 16, 16), torch.rand(8), torch.ones(8, 13, dtype=torch.int64))\n"
        "taken = []\n"
        "with torch.inference_mode():\n"
        "    for _ in range(40):\n"
        "        begun = time.perf_counter()\n"
        "        unet(*given)\n"
        "        taken.append(time.perf_counter() - begun)\n"
        "print(1000 * float(np.median(taken[5:])))\n"
    )  # fmt: skip
    busy = "while True: sum(range(100000))"
    many = os.cpu_count() or 1
    root = Path(__file__).parents[1]
    print("\n| forward pass of 8 pictures, ms | quiet | busy |\n|---|---|---|")
    for name, more in SPINS.items():
        cells = []
        for crowded in (False, True):
            others = [subprocess.Popen([sys.executable, "-c", busy]) for _ in range(many * crowded)]
            try:
                done = subprocess.run(
                    [sys.executable, "-c", code], cwd=root, env={**os.environ, **more},
                    capture_output=True, text=True, check=True,
                )  # fmt: skip
            finally:
                for other in others:
                    other.kill()
                    other.wait()
            cells.append(f"{float(done.stdout):.1f}")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    reading = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reading.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    reading.add_argument("--pictures", type=int, default=16)
    reading.add_argument("--steps", type=int, default=14)
    reading.add_argument("--rounds", type=int, default=7)
    reading.add_argument("--spin", action="store_true")
    asked = reading.parse_args()
    torch.set_num_threads(asked.threads)
    weights = sum(p.numel() for p in net().parameters())
    print(
        f"{weights / 1e6:.2f} million weights, {asked.threads} threads, torch {torch.__version__}"
    )
    for count in (1, asked.pictures):
        ways = {name: (lambda way=way, n=count: way(n, asked.steps))
                for name, way in drawers(asked.threads).items()}  # fmt: skip
        title = f"drawing, {count} at once, {asked.steps} steps"
        said(title, timed(ways, asked.rounds), count, "pictures/s")
    said(f"learning, batches of {BATCH}", timed(learners(), asked.rounds), BATCH, "pictures/s")
    if asked.spin:
        spin()


if __name__ == "__main__":
    main()
