"""How fast things are found, beside torchvision's networks, on one thread of this processor.

    python benchmarks/cells.py                      a picture of 640 x 480, a megapixel
    python benchmarks/cells.py --large 10000        and the memory that a large picture takes

The peers have random weights: they serve for time alone. Mask R-CNN and SSDLite come at their own
default sizes; SSDLite shrinks every picture to 320 x 320, of a megapixel a tenth, so it is asked
once more at the size that our network sees (half the picture's sides). Every figure is the median
of the runs, turn by turn, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from pincel.look.finder import detect, open_finder, segment


def field(height: int, width: int, seed: int = 0) -> np.ndarray:
    """Light disks on a dark ground, (h, w, 3) uint8, about one in 1,600 pixels."""
    rng = np.random.default_rng(seed)
    grey = rng.integers(8, 16, (height, width), dtype=np.uint8)
    y, x = np.mgrid[-9:10, -9:10]
    disk = y * y + x * x < 64
    for _ in range(height * width // 1600):
        top, left = rng.integers(0, height - 19), rng.integers(0, width - 19)
        grey[top : top + 19, left : left + 19][disk] = rng.integers(90, 200)
    return np.repeat(grey[..., None], 3, 2)


def last(events: Any) -> Any:
    """What comes at the end."""
    *_, found = events
    return found


def ours(rgb: np.ndarray) -> dict[str, Callable[[], Any]]:
    """The shipped networks, from pixels to things."""
    import onnxruntime  # noqa: F401 (loaded before the clock runs)

    smear, nuclei = (open_finder(f"cells.{name}", family, threads=1)
                     for name, family in (("smear", "boxes"), ("nuclei", "masks")))  # fmt: skip
    return {
        "pincel detect": lambda: last(detect(smear, rgb)),
        "pincel segment": lambda: last(segment(nuclei, rgb)),
    }


def peers(rgb: np.ndarray) -> dict[str, Callable[[], Any]]:
    """torchvision's SSDLite and Mask R-CNN."""
    import torch
    from torchvision.models import detection

    torch.set_num_threads(1)
    given = [torch.from_numpy(rgb).permute(2, 0, 1).float() / 255]
    small = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    equal = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    equal.transform.fixed_size = (rgb.shape[1] // 2, rgb.shape[0] // 2)
    large = detection.maskrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()

    def ask(net: Any) -> Any:
        with torch.inference_mode():
            return net(given)

    return {
        "SSDLite": lambda: ask(small),
        "SSDLite, equal": lambda: ask(equal),
        "Mask R-CNN": lambda: ask(large),
    }


def timed(asked: dict[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """Median seconds of processor time of each, turn by turn."""
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(runs + 1):  # the first only warms up
        for name, ask in asked.items():
            begun = time.process_time()
            ask()
            if turn:
                spent[name].append(time.process_time() - begun)
    return {name: float(np.median(all_)) for name, all_ in spent.items()}


def large(side: int) -> None:
    """Segment one large picture; its time, and the most memory that this process held."""
    rgb = field(side, side)
    nuclei = open_finder("cells.nuclei", "masks")
    begun = time.process_time()
    found = last(segment(nuclei, rgb))
    seconds = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{side} x {side}: {found.labels.max()} objects, {seconds:.0f} s, {most:.2f} GiB at most")


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--large", type=int, default=0)
    given = asked.parse_args()
    if given.large:  # alone: what the peers hold would be counted too
        large(given.large)
        return
    for height, width in ((480, 640), (1000, 1000)):
        rgb = field(height, width)
        found = timed(ours(rgb) | peers(rgb), given.runs)
        print(f"{width} x {height}")
        for name, seconds in found.items():
            print(f"  {name:16} {seconds:.3f} s")
        for name in ("SSDLite", "SSDLite, equal"):
            print(f"  detect is {found[name] / found['pincel detect']:.2f} x {name}")
        print(f"  segment is {found['Mask R-CNN'] / found['pincel segment']:.1f} x Mask R-CNN")


if __name__ == "__main__":
    main()
