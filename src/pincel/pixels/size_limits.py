"""How large a picture may be. Checked before anything is decoded, so that a few bytes that claim
to be a gigantic picture (a decompression bomb) cost nothing."""

from __future__ import annotations

from pincel.errors import PincelError

MOST_SIDE = 30_000
MOST_PIXELS = 100_000_000  # 400 MB as RGBA
MOST_ANIMATED = 150_000_000  # of all frames together, and of the copies that decoders keep of one
_COPIES = 4
MOST_FRAMES = 2_000
MOST_BYTES = 512 * 2**20  # of a file, and of the values in it
_MEGA = 1_000_000


def check_side(label: str, width: int, height: int) -> None:
    """Refuse a picture without pixels or with a side over the limit."""
    if width < 1 or height < 1:
        raise PincelError("picture.no_pixels", name=label, shape=(height, width))
    if max(width, height) > MOST_SIDE:
        size = {"width": width, "height": height}
        raise PincelError("picture.too_long_side", name=label, most=MOST_SIDE, **size)


def check_size(label: str, width: int, height: int) -> None:
    """Refuse a picture without pixels, with a side over the limit or with too many pixels."""
    check_side(label, width, height)
    if width * height > MOST_PIXELS:
        size = {"width": width, "height": height}
        raise PincelError("picture.too_many_pixels", name=label, most=MOST_PIXELS // _MEGA, **size)


def check_count(label: str, count: int) -> None:
    """Refuse too many frames or pages."""
    if count > MOST_FRAMES:
        raise PincelError("picture.too_many_frames", name=label, most=MOST_FRAMES)


def check_animation(label: str, width: int, height: int, count: int) -> None:
    """Refuse an animation with too many frames or too many pixels in all."""
    check_count(label, count)
    if count > 1 and (count + _COPIES) * width * height > MOST_ANIMATED:
        size = {"count": count, "width": width, "height": height}
        raise PincelError("picture.too_much_animation", name=label, **size)


def check_bytes(label: str, count: int) -> None:
    """Refuse a file, or values in it, of more bytes than the limit."""
    if count > MOST_BYTES:
        raise PincelError("picture.too_many_bytes", name=label, most=MOST_BYTES // 2**20)
