"""Batched Grad-CAM: Pincel against pytorch-grad-cam and torchcam, same network and layer, one run.

python benchmarks/gradcam.py --net cnn --pictures 64
python benchmarks/gradcam.py --net resnet18 --pictures 16 --side 112

Each gives a map for every picture and its class. pytorch-grad-cam scales its maps and enlarges them
to the picture; ours and torchcam's are compared as they are, cell by cell.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from pincel.look import gradcam


def network(name: str) -> tuple[nn.Module, str]:
    """A network with random weights, and the name of its last layer with maps."""
    torch.manual_seed(0)
    if name == "cnn":
        from pincel.nets import cnn

        return cnn.Net(cnn.Config()).eval(), "stages"
    from torchvision import models

    return getattr(models, name)(weights=None).eval(), "layer4"


def libraries(net: nn.Module, layer: str) -> dict[str, Callable[..., np.ndarray]]:
    """What is compared: each takes (pictures, classes) and gives (n, h, w)."""
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    from torchcam.methods import GradCAM as TorchCam

    target = net.get_submodule(layer)

    def pincel(pictures: torch.Tensor, classes: list[int]) -> np.ndarray:
        return gradcam.explain(net, pictures, classes).heat

    def grad_cam(pictures: torch.Tensor, classes: list[int]) -> np.ndarray:
        with GradCAM(model=net, target_layers=[target]) as cam:
            return cam(pictures, [ClassifierOutputTarget(k) for k in classes])

    def torchcam(pictures: torch.Tensor, classes: list[int]) -> np.ndarray:
        with TorchCam(net, target) as cam:
            scores = net(pictures.clone().requires_grad_(True))
            return cam(classes, scores, normalized=False)[0].detach().numpy()

    return {"pincel": pincel, "pytorch-grad-cam": grad_cam, "torchcam": torchcam}


def main() -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--net", default="cnn", choices=("cnn", "resnet18", "resnet50"))
    parser.add_argument("--pictures", type=int, default=64)
    parser.add_argument("--side", type=int, default=28)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    torch.set_num_threads(chosen.threads)
    net, layer = network(chosen.net)
    generator = torch.Generator().manual_seed(0)
    pictures = torch.randn(chosen.pictures, 3, chosen.side, chosen.side, generator=generator)
    classes = [k % 8 for k in range(chosen.pictures)]
    racers = libraries(net, layer)
    maps = {name: work(pictures, classes) for name, work in racers.items()}  # warms up too
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in racers}
    for _ in range(chosen.rounds):
        for name, work in racers.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work(pictures, classes)
            found[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    ours = maps["pincel"]
    scale = float(np.abs(maps["torchcam"]).max()) or 1.0
    report: dict[str, object] = {
        "net": chosen.net,
        "pictures": chosen.pictures,
        "side": chosen.side,
        "map": list(ours.shape[1:]),
        "threads": chosen.threads,
        "cells_above_0": round(float((ours > 0).mean()), 3),
        "difference_to_torchcam": float(np.abs(ours - maps["torchcam"]).max() / scale),
    }
    for name, pairs in found.items():
        wall, cpu = np.median(np.array(pairs), 0)
        report[name] = {
            "maps_s": round(chosen.pictures / float(wall), 1),
            "maps_cpu_s": round(chosen.pictures / float(cpu), 1),
        }
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
