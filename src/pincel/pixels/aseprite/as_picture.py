"""An Aseprite file as a picture, like those of every other format."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

from pincel.pixels.animation import plays_of
from pincel.pixels.aseprite.parsing import read_aseprite
from pincel.pixels.from_pillow import DecodeOptions
from pincel.pixels.picture import Picture
from pincel.pixels.to_rgba import block_size, read_profile, rgba_of_image

_PILLOW_MODES = {"indexed": "P", "grey": "LA", "rgba": "RGBA"}


def open_aseprite(data: bytes, wanted: DecodeOptions, facts: dict[str, Any]) -> Picture:
    """All frames in sRGB, with tags and slices; shrunk by a whole factor where that is enough."""
    file = read_aseprite(data, wanted.label)
    mode = _PILLOW_MODES[file.mode]
    profile = read_profile(file.profile, "L" if mode == "LA" else "RGB")
    factor = block_size(file.width, file.height, wanted.at_most)
    frames = []
    for number in range(len(file.cels)):
        image = Image.fromarray(_without_gamma(file.rgba(number), file.gamma))
        if mode == "LA" and profile is not None and profile.space == "L":
            image = image.convert("LA")
        frames.append(rgba_of_image(image, profile, factor))
    info = facts | {
        "mode": mode,
        "bits": 8,
        "type": "uint8",
        "size": [file.width, file.height],
        "channels": {"P": 1, "LA": 2, "RGBA": 4}[mode],
        "frames": len(frames),
        "plays": plays_of(file.tags, len(frames)),
        "layers": [layer.name for layer in file.layers],
        "profile": profile.name if profile else None,
        "profile_broken": bool(profile and profile.broken),
        "reduced": factor,
    }
    if mode == "P":
        info["palette"] = file.palette.tolist()
    durations = file.durations if len(frames) > 1 else (0,)
    slices = file.slices if factor == 1 else ()
    return Picture(tuple(frames), durations, wanted.name, None, info, file.tags, slices)


def _without_gamma(rgba: np.ndarray, gamma: float | None) -> np.ndarray:
    """Values stored with a fixed gamma (1.0: linear light) as sRGB (IEC 61966-2-1)."""
    if gamma is None:
        return rgba
    light = (np.arange(256) / 255) ** gamma
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    table = np.rint(255 * curved).astype(np.uint8)
    return np.append(table[rgba[..., :3]], rgba[..., 3:], axis=-1)
