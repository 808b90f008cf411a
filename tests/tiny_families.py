"""The smallest sensible shape of every family of networks, for tests that teach them all."""

from __future__ import annotations

from typing import Any

TINY: dict[str, dict[str, Any]] = {
    "adapter": {"sprite": 8, "colors": 4, "width": 8, "blocks": 1},
    "autoencoder": {"dims": 4, "width": 8, "depth": 1},
    "boxes": {"width": 8, "photos": False},
    "captioner": {"width": 24, "heads": 2, "layers": 1, "words": 6},
    "cnn": {"widths": (4, 8), "blocks": (1, 1)},
    "contrastive": {"widths": (4, 8), "blocks": (1, 1), "dims": 6},
    "cyclegan": {"width": 4, "blocks": 1, "pool": 3},
    "detector": {"widths": (4, 8)},
    "diffusion": {"width": 16, "widen": (1.0, 1.0)},
    "gan": {"width": 4, "noise": 8, "every": 2},
    "masked": {"width": 8, "deep": 16, "blocks": 1, "layers": 1, "colors": 5},
    "masks": {"widths": (8, 8)},
    "perceptron": {"hidden": (8,)},
    "pretrained": {"backbone": "test_efficientnet", "side": 0},
    "transformer": {"width": 16, "layers": 1, "heads": 2, "colors": 6},
    "translator": {"width": 16, "whole": 16, "deep": 16, "blocks": 1, "keys": 4, "roles": 5},
    "upscaler": {"width": 4, "blocks": 1},
    "vae": {"dims": 4, "width": 8, "depth": 1},
}
