"""An 8-bit Pillow image of any mode, with or without a colour profile, as an sRGB RGBA array."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from PIL import ImageCms

_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}
_ALREADY_SRGB = ("sRGB IEC61966", "sRGB built-in")
_STRIPE = 1 << 20  # pixels turned at a time: the whole picture is never held twice


@dataclass(frozen=True, eq=False)
class Profile:
    """A colour profile: its name, and how to get from it to sRGB (None: nothing to do)."""

    name: str
    space: str = "RGB"
    transform: ImageCms.ImageCmsTransform | None = None
    broken: bool = False


def read_profile(icc: bytes | None, mode: str) -> Profile | None:
    """The profile in these bytes for an image of this Pillow mode; None where there is none.

    A profile that cannot be read, or that is for another kind of image (CMYK for RGB values),
    comes back as `broken` and changes nothing.
    """
    if mode != "LAB" and not icc:
        return None
    from PIL import ImageCms  # LittleCMS is opened only where there is a profile

    if mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return Profile("Lab", "LAB", ImageCms.buildTransform(lab, srgb, "LAB", "RGB"))
    name = ""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(icc or b""))
        name = ImageCms.getProfileDescription(source).strip()
        if name.startswith(_ALREADY_SRGB) or name in ("sRGB", "c2"):  # c2: Facebook's small sRGB
            return Profile(name)
        space = _SPACES[source.profile.xcolor_space]
        if not _fits(space, mode):
            return Profile(name, broken=True)
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            space,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, KeyError, ValueError, TypeError):
        return Profile(name, broken=True)
    return Profile(name, space, transform)


def _fits(space: str, mode: str) -> bool:
    grey, four = mode in ("1", "L", "LA", "La"), mode == "CMYK"
    return {"L": grey, "CMYK": four}.get(space, not four)


def rgba_of_image(
    image: Image.Image, profile: Profile | None = None, factor: int = 1
) -> np.ndarray:
    """The image as (height, width, 4) uint8 sRGB with straight alpha.

    `factor` > 1 averages blocks of factor x factor pixels; the sides are rounded up.
    """
    width, height = image.size
    rgba = np.empty((-(-height // factor), -(-width // factor), 4), np.uint8)
    step = factor * max(_STRIPE // (width * factor), 1)
    for top in range(0, height, step):
        piece = image.crop((0, top, width, min(top + step, height)))
        piece = _in_srgb(_averaged(piece, factor), profile)
        start = top // factor
        rgba[start : start + piece.height] = np.asarray(piece)
    return rgba


def _averaged(image: Image.Image, factor: int) -> Image.Image:
    if factor == 1:
        return image
    if image.mode not in ("L", "RGB", "CMYK", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA")
    return image.reduce(factor)


def _in_srgb(image: Image.Image, profile: Profile | None) -> Image.Image:
    if profile is None or profile.transform is None:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    if image.mode != profile.space:
        image = image.convert(profile.space)
    image = profile.transform.apply(image)
    if alpha is not None:
        image.putalpha(alpha)
    return image.convert("RGBA")


def block_size(width: int, height: int, at_most: tuple[int, int] | None) -> int:
    """The largest whole factor to shrink by that still leaves at least `at_most` (w, h)."""
    if at_most is None:
        return 1
    return max(min(width // max(at_most[0], 1), height // max(at_most[1], 1)), 1)


def turned_upright(values: np.ndarray, orientation: int) -> np.ndarray:
    """Values (height, width, ...) of any type turned upright as EXIF orientation 1 to 8 asks; a
    view. Other orientations leave it as it is."""
    turn = {
        2: lambda v: v[:, ::-1],
        3: lambda v: v[::-1, ::-1],
        4: lambda v: v[::-1],
        5: lambda v: v.swapaxes(0, 1),
        6: lambda v: np.rot90(v, -1),
        7: lambda v: v[::-1, ::-1].swapaxes(0, 1),
        8: lambda v: np.rot90(v, 1),
    }.get(orientation)
    return turn(values) if turn else values


def turned_within(values: np.ndarray, axes: str, orientation: int) -> np.ndarray:
    """As `turned_upright`, for an array of any type whose height and width may stand elsewhere: (d,
    h, w), (c, h, w) or (d, h, w, c), as `axes` says ("dhw", "chw", "dhwc")."""
    start = axes.index("h")
    if not start or orientation == 1:
        return turned_upright(values, orientation)
    moved = np.moveaxis(values, (start, start + 1), (0, 1))
    return np.moveaxis(turned_upright(moved, orientation), (0, 1), (start, start + 1))
