"""Taking the background away by a network that learned what things look like.

For pictures whose border shows no quiet ground (`pincel.art.cutout` follows that one inward). The
network sees the whole picture at 160 pixels on the long side; its edge is then drawn to the
picture's own by a guided filter (He et al., 2010).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.art import cut_edges
from pincel.errors import PincelError

SHIPPED = "cutout.sprites"
SIDE, STEP = 160, 16
"""Pixels of the long side as the network sees it; both sides are multiples of `STEP`."""
_FINE, _REACH, _CALM = 384, 6, 1e-3
"""Long side at which the edge is drawn, how many of its pixels around each are looked at, and how
different in brightness (squared, 0 to 1) they must be to make an edge."""
_LEAST, _MOST = 0.004, 0.985
"""Shares of the picture that a thing may take."""
_CRUMB = 0.03
"""A part this small beside the largest one is none."""


def things_cut(rgba: np.ndarray, unmix: bool = False) -> np.ndarray:
    """The picture, rgba, with all but its things transparent, both (h, w, 4) uint8; alpha is hard.

    unmix  also take the background's colour out of the rim (`cut_edges.unmixed`)

    PincelError where nothing stands out, or everything does.
    """
    away = behind_things(rgba)
    if unmix:
        return cut_edges.unmixed(rgba, away, int(np.ceil(2 * max(1.0, max(away.shape) / _FINE))))
    result = rgba.copy()
    result[..., 3][away] = 0
    return result


def behind_things(rgba: np.ndarray, network: Any = None) -> np.ndarray:
    """Where no thing is in rgba (h, w, 4) uint8, (h, w) bool. `network`: another one than the
    shipped, a session of ONNX Runtime. PincelError: see `things_cut`."""
    gone = rgba[..., 3] < 128
    rim = np.concatenate([gone[0], gone[-1], gone[:, 0], gone[:, -1]])
    if rim.mean() > 0.5:  # cut out already
        return gone
    seen = _whole_parts(_refined(chance(rgba, network), rgba) > 0.5) & ~gone
    share = float(seen.mean())
    if share < _LEAST:
        raise PincelError("pixelate.nothing_stands_out")
    if share > _MOST:
        raise PincelError("pixelate.all_stands_out")
    return ~seen


def chance(rgba: np.ndarray, network: Any = None) -> np.ndarray:
    """How likely each place belongs to a thing, 0 to 1, (rows, columns) float32 of the size that
    the network sees of rgba (h, w, 4) uint8."""
    from pincel.learn.objects import inputs

    height, width = rgba.shape[:2]
    scale = SIDE / max(height, width)
    size = tuple(max(STEP, round(side * scale / STEP) * STEP) for side in (width, height))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.NEAREST
    flat = np.where(rgba[..., 3:] < 128, 0, rgba[..., :3])
    small = np.asarray(Image.fromarray(flat).resize(size, way))
    given = {"pictures": inputs.given(inputs.for_masks(small))}
    kinds = (network or _network()).run(None, given)[0][0]
    return 1 / (1 + np.exp(np.clip(kinds[0] - kinds[1], -60, 60)))


@cache
def _network() -> Any:
    from pincel.look.onnx_session import open_session

    path = Path(str(resources.files("pincel") / "weights" / f"{SHIPPED}.onnx"))
    return open_session(path.read_bytes(), path, threads=1)[0]


def _refined(said: np.ndarray, rgba: np.ndarray) -> np.ndarray:
    """`said` (rows, columns) at the picture's size (h, w), its edges where those of the picture
    are."""
    height, width = rgba.shape[:2]
    scale = min(1.0, _FINE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    rough = np.asarray(Image.fromarray(said).resize(size, Image.Resampling.BILINEAR))
    guide = Image.fromarray(rgba[..., :3]).resize(size, Image.Resampling.BOX)
    fine = _guided(rough, np.asarray(guide, np.float32) / 255)
    return np.asarray(Image.fromarray(fine).resize((width, height), Image.Resampling.BILINEAR))


def _guided(rough: np.ndarray, guide: np.ndarray) -> np.ndarray:
    """Around each place the line in colour that says `rough` (h, w) best from `guide` (h, w, 3),
    0 to 1; the mean of all lines about a place. (h, w) float32."""
    from scipy.ndimage import uniform_filter

    def mean(values: np.ndarray) -> np.ndarray:
        return uniform_filter(values.astype(np.float64), 2 * _REACH + 1, mode="nearest")

    centre = [mean(guide[..., k]) for k in range(3)]
    spread = np.empty((*rough.shape, 3, 3))
    for a in range(3):
        for b in range(a, 3):
            shared = mean(guide[..., a] * guide[..., b]) - centre[a] * centre[b]
            spread[..., a, b] = spread[..., b, a] = shared
        spread[..., a, a] += _CALM
    level = mean(rough)
    along = np.stack([mean(rough * guide[..., k]) - level * centre[k] for k in range(3)], -1)
    slope = np.linalg.solve(spread, along[..., None])[..., 0]
    start = level - sum(slope[..., k] * centre[k] for k in range(3))
    said = sum(mean(slope[..., k]) * guide[..., k] for k in range(3)) + mean(start)
    return said.astype(np.float32)


def _whole_parts(seen: np.ndarray) -> np.ndarray:
    """`seen` (h, w) bool without crumbs."""
    from scipy import ndimage

    label, count = ndimage.label(seen, np.ones((3, 3)))
    if not count:
        return seen
    size = np.bincount(label.ravel())
    size[0] = 0
    return (size > _CRUMB * size.max())[label]
