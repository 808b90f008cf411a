"""How large a picture may be. Checked before anything is decoded, so that a few bytes that claim
to be a gigantic picture (a decompression bomb) cost nothing."""

from __future__ import annotations

from pincel.errors import PincelError

MOST_SIDE = 30_000
MOST_PIXELS = 120_000_000  # 480 MB as RGBA; all frames of an animation together
MOST_FRAMES = 2_000
MOST_BYTES = 512 * 2**20  # of a file, and of the values in it


def check_size(label: str, width: int, height: int) -> None:
    """Refuse a picture without pixels, with a side over the limit or with too many pixels."""
    if width < 1 or height < 1:
        raise PincelError("picture.no_pixels", name=label, shape=(height, width))
    if max(width, height) > MOST_SIDE:
        raise PincelError(
            "picture.too_long_side", name=label, width=width, height=height, most=MOST_SIDE
        )
    if width * height > MOST_PIXELS:
        raise PincelError(
            "picture.too_many_pixels",
            name=label,
            width=width,
            height=height,
            most=MOST_PIXELS // 1_000_000,
        )


def check_animation(label: str, width: int, height: int, count: int) -> None:
    """Refuse an animation with too many frames or too many pixels in all."""
    if count > MOST_FRAMES:
        raise PincelError("picture.too_many_frames", name=label, count=count, most=MOST_FRAMES)
    if count * width * height > MOST_PIXELS:
        raise PincelError(
            "picture.too_much_animation",
            name=label,
            count=count,
            width=width,
            height=height,
            most=MOST_PIXELS // 1_000_000,
        )


def check_bytes(label: str, count: int) -> None:
    """Refuse a file, or values in it, of more bytes than the limit."""
    if count > MOST_BYTES:
        raise PincelError("picture.too_many_bytes", name=label, most=MOST_BYTES // 2**20)
