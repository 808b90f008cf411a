"""The chart of `upscale --score`: true, shrunk, and brought back in every way."""

from __future__ import annotations

import numpy as np

from pincel.make.pictures.upscale import Fidelity
from pincel.pixels.planes import on_ground
from pincel.show.charts import MARGIN, Chart
from pincel.words import say
from pincel.words.numbers import number

_SIDE = 3.2
_GAP = 0.3


def draw_upscaled(name: str, told: Fidelity, shown: dict[str, np.ndarray]) -> bytes:
    """Pictures (h, w, k) from -1 to 1 by name, each with its figures, as a PNG."""
    keys = [key for key in ("true", "small", *told.psnr) if key in shown]
    height, width = shown["true"].shape[:2]
    tall = min(_SIDE * height / width, 4.5)
    sheet = Chart(
        2 * MARGIN + len(keys) * (_SIDE + _GAP) - _GAP,
        1.6 + tall + 1.05,
        f"{name} · {say('upscale.figure.title')}",
        say("upscale.figure.note"),
    )
    best = max(told.psnr, key=lambda way: told.psnr[way])
    x, y = MARGIN, 1.6
    for key in keys:
        sheet.picture(x, y, _SIDE, tall, _visible(shown[key]), say(f"upscale.way.{key}"))
        if key in told.psnr:
            figures = f"{number(told.psnr[key], 2)} dB · SSIM {number(told.ssim[key], 3)}"
            sheet.text(
                x + _SIDE / 2, y + tall + 0.25, figures, 11, bold=key == best, across="center"
            )
            if told.exact:
                share = say("upscale.figure.exact", share=number(100 * told.exact[key], 1))
                sheet.text(x + _SIDE / 2, y + tall + 0.52, share, 10, across="center")
        x += _SIDE + _GAP
    return sheet.png()


def _visible(plane: np.ndarray) -> np.ndarray:
    """(h, w, k) from -1 to 1 as (h, w, 3) uint8; what is transparent lies on squares."""
    share = np.clip((plane + 1) / 2, 0, 1)
    if share.shape[-1] == 4:
        alpha = share[..., 3:]
        colors = np.where(alpha > 0, share[..., :3] / np.maximum(alpha, 1e-3), 0)
        rgba = np.concatenate([np.clip(colors, 0, 1), alpha], -1)
        return on_ground(np.rint(rgba * 255).astype(np.uint8))
    grey = share[..., :1] if share.shape[-1] != 3 else share
    return np.rint(np.broadcast_to(grey, (*grey.shape[:2], 3)) * 255).astype(np.uint8)
