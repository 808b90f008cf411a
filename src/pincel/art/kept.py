"""How much of its source a sprite keeps: colour, hues, structure.

Colour and structure are looked at as from a distance, through a blur of 0.6 cells, so that the
squares themselves are not held against the sprite; hues as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pincel.pixels.color import oklab_distance, srgb_to_oklab

BLUR = 0.6
"""Standard deviation of the blur, in cells."""
_SAMPLES = 4  # pixels a cell at which sprite and source are compared
_GROUND = 0.5  # sRGB grey put under transparency
_HUE_BIN, _HUE_AREA, _HUE_REACH = 0.04, 0.003, 0.035
_HUE_PIXELS = 512  # long side at which the source's hues are counted


@dataclass(frozen=True)
class Kept:
    """What a sprite keeps of its source.

    difference  mean OKLab distance x 100; lower is nearer
    hue_kept    share of the source's (a, b) colours (bins of at least 0.3 % of the area) that the
                sprite shows within 0.035
    structure   SSIM of the lightness (Wang et al., 2004); 1 is equal
    covered     share of the source's opaque part where the sprite is opaque; what was cut away is
                not counted in the other three
    """

    difference: float
    hue_kept: float
    structure: float
    covered: float


def against(sprite_rgba: np.ndarray, source_rgba: np.ndarray) -> Kept:
    """What a sprite (h, w, 4) keeps of its source (H, W, 4), both uint8."""
    from skimage.metrics import structural_similarity

    opaque = sprite_rgba[..., 3] > 127
    if not opaque.any():
        return Kept(100.0, 0.0, 0.0, 0.0)
    ours, theirs = (srgb_to_oklab(shown) for shown in side_by_side(sprite_rgba, source_rgba))
    drawn = opaque.repeat(_SAMPLES, 0).repeat(_SAMPLES, 1)
    window = min(7, (min(drawn.shape) - 1) // 2 * 2 + 1)
    _, similar = structural_similarity(
        ours[..., 0], theirs[..., 0], data_range=1.0, win_size=window, full=True
    )
    alpha = _resized(source_rgba, sprite_rgba.shape[1], sprite_rgba.shape[0])[..., 3]
    return Kept(
        difference=float(oklab_distance(ours, theirs)[drawn].mean() * 100),
        hue_kept=_hue_kept(sprite_rgba, source_rgba),
        structure=float(similar[drawn].mean()),
        covered=float(alpha[opaque].sum() / max(alpha.sum(), 1e-6)),
    )


def side_by_side(
    sprite_rgba: np.ndarray, source_rgba: np.ndarray, samples: int = _SAMPLES, blur: float = BLUR
) -> tuple[np.ndarray, np.ndarray]:
    """Sprite and source, sprite_rgba (h, w, 4) and source_rgba (H, W, 4) uint8, at one size,
    `samples` pixels a cell, over grey, blurred by `blur` cells: two (h * samples, w * samples, 3)
    float32 sRGB 0-1. Where the sprite is transparent the source is hidden too."""
    from scipy.ndimage import gaussian_filter

    drawn = sprite_rgba.astype(np.float32).repeat(samples, 0).repeat(samples, 1) / 255
    source = _resized(source_rgba, drawn.shape[1], drawn.shape[0])
    shown = []
    for rgba, alpha in ((drawn, drawn[..., 3:]), (source, source[..., 3:] * drawn[..., 3:])):
        flat = rgba[..., :3] * alpha + _GROUND * (1 - alpha)
        shown.append(gaussian_filter(flat, (blur * samples, blur * samples, 0), mode="nearest"))
    return shown[0], shown[1]


def _resized(rgba: np.ndarray, width: int, height: int) -> np.ndarray:
    """Averaged (or interpolated) copy, (height, width, 4) float32 0-1; alpha weighs the colours."""
    from PIL import Image

    way = Image.Resampling.BOX if rgba.shape[1] >= width else Image.Resampling.BICUBIC
    small = Image.fromarray(np.ascontiguousarray(rgba)).resize((width, height), way)
    return np.asarray(small, np.float32) / 255


def _hue_kept(sprite_rgba: np.ndarray, source_rgba: np.ndarray) -> float:
    from scipy.spatial import cKDTree

    step = -(-max(source_rgba.shape[:2]) // _HUE_PIXELS)
    some = source_rgba[::step, ::step]
    rows, columns = (
        np.arange(theirs) * ours // theirs
        for theirs, ours in zip(some.shape[:2], sprite_rgba.shape[:2], strict=True)
    )
    drawn = (sprite_rgba[np.ix_(rows, columns)][..., 3] > 127) & (some[..., 3] > 127)
    if not drawn.any():
        return 0.0
    lab = srgb_to_oklab(some[drawn][:, :3])
    bins = np.floor(lab[:, 1:] / _HUE_BIN).astype(int)
    _, inverse, counts = np.unique(bins, axis=0, return_inverse=True, return_counts=True)
    sums = [np.bincount(inverse.ravel(), lab[:, channel]) for channel in (1, 2)]
    big = counts >= _HUE_AREA * len(bins)
    if not big.any():
        return 1.0
    centres = (np.stack(sums, -1) / counts[:, None])[big]
    colors = np.unique(sprite_rgba[sprite_rgba[..., 3] > 127][:, :3], axis=0)
    nearest, _ = cKDTree(srgb_to_oklab(colors)[:, 1:]).query(centres)
    return float(np.mean(nearest <= _HUE_REACH))
