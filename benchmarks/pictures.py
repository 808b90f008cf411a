"""The fixed pictures that benchmarks run on: bundled with packages, drawn by seed, no network.

`tuned` may be looked at while an engine is being made. `heldout` is for the final measurement
only: looking at its results while changing an engine makes every figure worthless.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

PHOTO_SIDE, PORTRAIT_SIDE = 96, 64
"""Long side of the sprites: photos need more room than a drawn face."""

_SKIMAGE = {
    "tuned": ("astronaut", "coffee"),
    "heldout": ("chelsea", "rocket", "retina", "hubble_deep_field", "ihc"),
}
_FACES = {
    "tuned": (("adventurer", "Lucia"), ("lorelei", "Mateo")),
    "heldout": (
        ("micah", "Valentina"),
        ("personas", "Diego"),
        ("toon-head", "Camila"),
        ("big-smile", "Joaquin"),
        ("notionists", "Renata"),
        ("open-peeps", "Emilia"),
    ),
}
_FACE_PIXELS = 512
_SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"}


@dataclass(frozen=True, eq=False)
class Test:
    """One picture of a benchmark: (h, w, 4) uint8 and the sprite's long side in cells."""

    name: str
    rgba: np.ndarray
    side: int

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the sprite that everybody is asked for."""
        height, width = self.rgba.shape[:2]
        scale = self.side / max(width, height)
        return max(1, round(width * scale)), max(1, round(height * scale))


def tests(which: str) -> list[Test]:
    """The pictures of "tuned", "heldout" or "all". Pictures that this machine's packages do not
    bundle are left out (`missing` names them)."""
    if which == "all":
        return tests("tuned") + tests("heldout")
    found = [Test(n, a, PHOTO_SIDE) for n in _photos(which) if (a := photo(n)) is not None]
    return found + [Test(s, face(s, seed), PORTRAIT_SIDE) for s, seed in _FACES[which]]


def missing(which: str) -> list[str]:
    """Names of pictures that no installed package bundles."""
    if which == "all":
        return missing("tuned") + missing("heldout")
    return [n for n in _photos(which) if photo(n) is None]


def of_folder(folder: Path, side: int = PHOTO_SIDE) -> list[Test]:
    """Every picture of a folder, in order of name."""
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in _SUFFIXES)
    return [Test(p.stem, np.asarray(Image.open(p).convert("RGBA")), side) for p in paths]


def face(style: str, seed: str, pixels: int = _FACE_PIXELS) -> np.ndarray:
    """A face drawn by DiceBear: the same style and seed give the same (pixels, pixels, 4)."""
    import resvg_py
    from dicebear import Avatar

    svg = Avatar(_style(style), {"seed": seed}).to_string()
    png = resvg_py.svg_to_bytes(svg_string=svg, width=pixels, height=pixels)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


@cache
def _style(name: str):
    import json
    from importlib import resources

    from dicebear import Style

    return Style(json.loads((resources.files("dicebear_styles") / f"{name}.json").read_text()))


def over_white(rgba: np.ndarray) -> np.ndarray:
    """The picture on white, opaque: what every method can be given."""
    alpha = rgba[..., 3:] / 255
    rgb = np.rint(rgba[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])


def _photos(which: str) -> tuple[str, ...]:
    elsewhere = ("china", "flower", "grace_hopper") if which == "heldout" else ()
    return _SKIMAGE[which] + elsewhere


def photo(name: str) -> np.ndarray | None:
    if name in ("china", "flower"):
        from sklearn.datasets import load_sample_image

        rgb = load_sample_image(f"{name}.jpg")
    elif name == "grace_hopper":
        import matplotlib

        path = Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg"
        rgb = np.asarray(Image.open(path).convert("RGB"))
    else:
        from skimage import data

        folder = Path(data.__file__).parent
        bundled = [p for p in folder.glob(f"{name}.*") if p.suffix in _SUFFIXES]
        if not bundled:
            return None
        rgb = np.asarray(Image.open(bundled[0]).convert("RGB"))
    return np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
