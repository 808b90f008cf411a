"""Channels that are no colours, as a file that keeps all of them: OME-TIFF."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np


def ome_tiff(pictures: np.ndarray, names: Sequence[str]) -> bytes:
    """Pictures (n, h, w, c) uint8, uint16 or float32 as OME-TIFF (axes CYX, several TCYX): none of
    the channels is alpha, and those that have a name ("2: GFP", see `channels`) keep it."""
    import tifffile

    planes = np.moveaxis(pictures, -1, 1)
    about: dict[str, Any] = {"axes": "TCYX"}
    if len(planes) == 1:
        planes, about = planes[0], {"axes": "CYX"}
    words = [name.partition(": ")[2] for name in names]
    if any(words):
        about["Channel"] = {"Name": words}
    planes = np.ascontiguousarray(planes)
    told = f"{planes.shape} {planes.dtype} {words}".encode()
    code = hashlib.sha256(told + planes.tobytes()).digest()
    about["UUID"] = str(uuid.UUID(bytes=code[:16], version=4))  # else tifffile asks the clock
    out = BytesIO()
    tifffile.imwrite(
        out, planes, ome=True, photometric="minisblack",
        compression="zlib", metadata=about,
    )  # fmt: skip
    return out.getvalue()
