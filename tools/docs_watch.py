"""The pictures of the page of watch."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pincel

_KEPT = tempfile.TemporaryDirectory()


@cache
def flow() -> str:
    """A diffusion network of handwritten digits, trained in about a minute; its run's folder."""
    folder = Path(os.environ.get("PINCEL_RUNS") or _KEPT.name)
    if not (folder / "diffusion-digits-1" / "best.safetensors").exists():
        pincel.call("train", "diffusion", "digits", name="diffusion-digits-1", epochs=12,
                    threads=1, runs=folder)  # fmt: skip
    return str(folder / "diffusion-digits-1")


def reversal() -> bytes:
    """From noise to a three, with guidance and without."""
    with tempfile.TemporaryDirectory() as folder:
        pincel.call("watch", flow(), label="3", seed=5, count=1, out=folder)
        (made,) = Path(folder).glob("*.reversal.png")
        return made.read_bytes()


PICTURES: dict[str, Callable[[], bytes]] = {"watch": reversal}
