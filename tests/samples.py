"""Pictures drawn for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image


def face_picture(size: int = 96) -> np.ndarray:
    """A drawn face on a clear ground, (size, size, 4) uint8: flat areas, thin lines, small eyes."""
    y, x = np.mgrid[0:size, 0:size] / size
    rgba = np.zeros((size, size, 4), np.uint8)

    def fill(mask: np.ndarray, *color: int) -> None:
        rgba[mask] = (*color, 255)

    fill(((x - 0.5) / 0.36) ** 2 + ((y - 0.52) / 0.44) ** 2 < 1, 236, 188, 156)
    fill((((x - 0.5) / 0.4) ** 2 + ((y - 0.36) / 0.34) ** 2 < 1) & (y < 0.34), 92, 52, 32)
    for centre in (0.36, 0.64):
        fill(((x - centre) / 0.07) ** 2 + ((y - 0.5) / 0.05) ** 2 < 1, 250, 250, 250)
        fill((x - centre) ** 2 + (y - 0.5) ** 2 < 0.03**2, 40, 90, 160)
    fill((abs(x - 0.5) < 0.14) & (abs(y - 0.76) < 0.02), 180, 40, 60)
    return rgba


def tiny_data(folder: Path) -> Path:
    """A folder of class folders: six dark and six light pictures of 8 x 8 pixels."""
    rng = np.random.default_rng(11)
    for label, low in (("dark", 20), ("light", 180)):
        (folder / label).mkdir(parents=True, exist_ok=True)
        for i in range(6):
            values = rng.integers(low, low + 60, (8, 8, 3), dtype=np.uint8)
            Image.fromarray(values).save(folder / label / f"{i}.png")
    return folder


def _untrained(
    path: Path, family: str, std: float = 0.5, named: bool = True, **settings: Any
) -> Path:
    """The file of an untrained network of a family for 8 x 8 pictures of three channels."""
    import torch

    from pincel import nets
    from pincel.nets._network import Model, model_bytes

    module = nets.load(family)
    state = torch.random.get_rng_state()
    torch.manual_seed(3)
    net = module.Net(module.Config(**settings))
    torch.random.set_rng_state(state)
    prepare = {
        "size": [8, 8],
        "channels": 3,
        "type": "uint8",
        "mean": [0.5, 0.5, 0.5],
        "std": [std, std, std],
        "resize": "bilinear",
    }
    classes = ["dark", "light"] if named else []
    about = {"classes": classes, "prepare": prepare, "metrics": {}}
    path.write_bytes(model_bytes(Model(family, net.eval(), about)))
    return path


def tiny_model(path: Path) -> Path:
    """The file of an untrained cnn of two classes (needs torch)."""
    return _untrained(path, "cnn", 0.25, classes=2, widths=(4, 8), blocks=(1, 1))


def tiny_coder(path: Path) -> Path:
    """The file of an untrained vae (needs torch)."""
    return _untrained(path, "vae", channels=3, side=8, dims=4, width=8, depth=1)


def tiny_upscaler(path: Path) -> Path:
    """The file of an untrained upscaler (needs torch)."""
    return _untrained(path, "upscaler", named=False, width=4, blocks=1)


def tiny_translation(path: Path) -> Path:
    """The file of an untrained cyclegan of 32 x 32 pixels (needs torch)."""
    return _untrained(path, "cyclegan", named=False, side=32, width=4, blocks=1, pool=0)


def tiny_pictures(folder: Path) -> Path:
    """A folder of twelve pictures of 32 x 32 pixels, drawn in four colours."""
    rng = np.random.default_rng(12)
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(12):
        colors = rng.integers(0, 256, (4, 3), dtype=np.uint8)
        values = colors[rng.integers(0, 4, (16, 16))].repeat(2, 0).repeat(2, 1)
        Image.fromarray(values).save(folder / f"{i}.png")
    return folder


def tiny_flow(path: Path) -> Path:
    """The file of an untrained diffusion network of two classes (needs torch)."""
    settings = {"side": 8, "classes": 2, "width": 16, "widen": (1.0,), "predict": "velocity"}
    return _untrained(path, "diffusion", **settings)


def tiny_captioner(path: Path) -> Path:
    """The file of an untrained captioner of 16 x 16 pixels and four words (needs torch)."""
    import torch

    from pincel.learn.prepare import generator_facts
    from pincel.nets import captioner
    from pincel.nets._network import Model, model_bytes

    state = torch.random.get_rng_state()
    torch.manual_seed(2)
    net = captioner.Net(captioner.Config(words=5, width=24, heads=2, layers=2, side=16))
    torch.nn.init.constant_(net.head.bias[:1], -1)  # it says something before it ends
    torch.random.set_rng_state(state)
    words = [
        ["", "", "none"],
        ["red", "rojo", "colour"],
        ["dragon", "dragón", "object"],
        ["iron", "hierro", "material"],
        ["big", "grande", "modifier"],
    ]
    about = {"prepare": generator_facts(np.zeros((1, 16, 16, 4), np.uint8)), "words": words}
    path.write_bytes(model_bytes(Model("captioner", net.eval(), about)))
    return path


def clouds(side: int = 300) -> np.ndarray:
    """A soft picture with many colours, like a photograph, (side, side, 3) uint8."""
    down, across = np.mgrid[:side, :side] / side
    waves = [
        np.sin(9 * down + 4 * across),
        np.cos(7 * across - 3 * down),
        np.sin(6 * down * across),
    ]
    noise = np.random.default_rng(5).normal(0, 3, (side, side, 3))
    return np.clip(128 + 90 * np.stack(waves, -1) + noise, 0, 255).astype(np.uint8)
