"""Colours for networks that add noise: OKLab, times alpha.

Noise of one strength should blur light and colour as the eye sees them, not as screens store
them; and where nothing is seen (alpha 0) all colours must be one, or the network would learn the
colours of the invisible.
"""

from __future__ import annotations

import torch
from torch import Tensor

from pincel.art.denoise import CHROMA
from pincel.pixels import color

_FAINT = 1 / 512  # alpha below this is nothing


def encode(pictures: Tensor, stains: bool = False) -> Tensor:
    """Prepared pictures (n, c, h, w), -1..1, as the space in which noise is added, (n, c, h, w).

    1 channel stays; 3 become 2L-1, 4a, 4b; 4 (colours times alpha) the same three times alpha, and
    2 alpha - 1. Any other number of channels stays as it is, and so do `stains`, which no eye sees.
    """
    channels = pictures.shape[1]
    if stains or channels not in (3, 4):
        return pictures
    alpha = (pictures[:, 3:] + 1) / 2 if channels == 4 else torch.ones_like(pictures[:, :1])
    rgb = (pictures[:, :3] + 1) / 2 / alpha.clamp(min=_FAINT)
    rgb = rgb.clamp(0, 1)
    linear = torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lms = _mix(color._LINEAR_TO_LMS, linear).clamp(min=0) ** (1 / 3)
    lab = _mix(color._LMS_TO_OKLAB, lms)
    lab = torch.cat([2 * lab[:, :1] - 1, CHROMA * lab[:, 1:]], 1) * alpha
    return torch.cat([lab, 2 * alpha - 1], 1) if channels == 4 else lab


def decode(noisy: Tensor, stains: bool = False) -> Tensor:
    """The inverse of `encode`, (n, c, h, w) -> the same shape; what lies outside of sRGB is clipped
    to it."""
    channels = noisy.shape[1]
    if stains or channels not in (3, 4):
        return noisy.clamp(-1, 1)
    alpha = ((noisy[:, 3:] + 1) / 2).clamp(0, 1) if channels == 4 else torch.ones_like(noisy[:, :1])
    lab = noisy[:, :3] / alpha.clamp(min=_FAINT)
    lab = torch.cat([((lab[:, :1] + 1) / 2).clamp(0, 1), (lab[:, 1:] / CHROMA).clamp(-0.4, 0.4)], 1)
    linear = _mix(color._LMS_TO_LINEAR, _mix(color._OKLAB_TO_LMS, lab) ** 3).clamp(0, 1)
    rgb = torch.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * linear.clamp(min=1e-8) ** (1 / 2.4) - 0.055
    )
    rgb = 2 * rgb.clamp(0, 1) * alpha - 1
    return torch.cat([rgb, 2 * alpha - 1], 1) if channels == 4 else rgb


def _mix(matrix: object, planes: Tensor) -> Tensor:
    """A 3x3 matrix times the three channels of (n, 3, h, w), in the precision of `planes`.

    Under autocast (bf16) a product of matrices has eight bits, here too, where it is colours: dark
    ones came back up to 59 of 255 levels off (torch 2.14.1).
    """
    weights = torch.as_tensor(matrix, dtype=planes.dtype, device=planes.device)
    if torch.is_autocast_enabled(planes.device.type):
        with torch.autocast(planes.device.type, enabled=False):
            return torch.einsum("ij,njhw->nihw", weights, planes)
    return torch.einsum("ij,njhw->nihw", weights, planes)
