"""Where the head is in a picture, and the square around it that a sprite shows.

Drawn heads are found by a network of 8 x 8 cells; photographed ones, where that is not sure, by the
cascade of local binary patterns that scikit-image brings along (Liao et al., 2007).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from PIL import Image

from pincel.look.onnx_session import open_session
from pincel.pixels.framing import Frame, Shrunk, as_image, framed_square

SIDE = 64
_LIKELY, _SURE = -0.25, 1.5
"""A head's score over that of "nothing here", the mean of two looks: a head from the first on (its
card, `translator.faces.md`, tells what that refuses); below the second a picture that is not drawn
in flat colours is looked through as a photograph, too."""
_PHOTO = -2.5
"""The score that the network must give to what the cascade found."""
_LARGE = 320  # pixels of the long side that the cascade looks at
_ENOUGH = 224  # pixels of the long side from which the network's two looks are taken

__all__ = [
    "Frame",
    "find_head",
    "frame_times",
    "framed_square",
    "photographed_face",
    "shipped_finder",
]

Looked = Callable[[np.ndarray], np.ndarray]


@cache
def shipped_finder() -> Looked:
    """The network that finds drawn heads, as `find_head` takes it."""
    path = Path(str(resources.files("pincel") / "weights" / "translator.faces.finder.onnx"))
    session, _ = open_session(path.read_bytes(), path, threads=1)
    given = session.get_inputs()[0].name

    def look(picture: np.ndarray) -> np.ndarray:
        """(64, 64, 3) uint8 -> (4, 8, 8)."""
        values = np.moveaxis(picture, -1, 0)[None].astype(np.float32) / 255
        told: np.ndarray = session.run(None, {given: values})[0][0]
        return told

    return look


def find_head(picture: np.ndarray | Shrunk, look: Looked | None) -> Frame | None:
    """The head in a picture (h, w, 3) uint8 (a fourth channel is not looked at), or None where
    there is likelier none.

    look  (64, 64, 3) uint8 -> (4, 8, 8): score, across and down from the cell's middle in cells,
    logarithm of the frame's side in pictures; None: only photographs are looked through
    """
    held = picture if isinstance(picture, Shrunk) else Shrunk(picture)
    shown = held.shown
    if look is None:
        return photographed_face(shown)
    fewer = max(1, max(shown.shape[:2]) // _ENOUGH)
    small = Shrunk(held.by(fewer))
    height, width = small.shown.shape[:2]
    side = float(max(height, width))
    frame, sure = _best(small, Frame((width - side) / 2, (height - side) / 2, side), look)
    # again from near by: the cells are finer there
    nearer, again = _best(small, _around(frame), look)
    sure = (sure + again) / 2
    if sure < _SURE and not _flat(shown):
        photo = photographed_face(shown)
        if photo is not None and _best(small, _around(_scaled(photo, 1 / fewer)), look)[1] > _PHOTO:
            return photo
    if sure < _LIKELY:
        return None
    if _agree(nearer, frame):
        third, _ = _best(small, _around(nearer), look)
        frame = _between(nearer, third) if _agree(third, nearer) else nearer
    return _scaled(frame, fewer)


def _between(one: Frame, other: Frame) -> Frame:
    """The mean of two frames."""
    return Frame(
        (one.left + other.left) / 2, (one.top + other.top) / 2, (one.side + other.side) / 2
    )


def frame_times(frame: Frame, times: float) -> Frame:
    """A frame so many times as large around the same middle."""
    room = (times - 1) / 2 * frame.side
    return Frame(frame.left - room, frame.top - room, times * frame.side)


def _around(frame: Frame) -> Frame:
    """A frame with room on all sides."""
    return frame_times(frame, 1.6)


def _scaled(frame: Frame, times: float) -> Frame:
    return Frame(times * frame.left, times * frame.top, times * frame.side)


def _best(shown: Shrunk, where: Frame, look: Looked) -> tuple[Frame, float]:
    """The likeliest head within a square of the picture, and its score over that of "nothing"."""
    told = look(framed_square(shown, where, SIDE))
    cells = told.shape[-1]
    row, column = np.unravel_index(int(told[0].argmax()), told[0].shape)
    score, across, down, size = told[:, row, column]
    side = where.side * float(np.exp(size))
    x = where.left + where.side * (float(column) + 0.5 + float(across)) / cells
    y = where.top + where.side * (float(row) + 0.5 + float(down)) / cells
    return Frame(x - side / 2, y - side / 2, side), float(score)


def _flat(shown: np.ndarray) -> bool:
    """Whether a picture is drawn in flat colours: most neighbours are the same."""
    lines = shown[:: max(1, len(shown) // 128)]
    if shown.shape[2] == 4:  # the four bytes of a pixel at once
        lines = np.ascontiguousarray(lines).view(np.uint32)
    same = (lines[:, 1:] == lines[:, :-1]).all(-1)
    return bool(same.mean() > 0.5)


def _agree(one: Frame, other: Frame) -> bool:
    """Whether two squares are about the same head."""
    apart = np.hypot(
        one.left + one.side / 2 - other.left - other.side / 2,
        one.top + one.side / 2 - other.top - other.side / 2,
    )
    return bool(0.6 < one.side / other.side < 1.6 and apart < 0.3 * other.side)


def photographed_face(shown: np.ndarray) -> Frame | None:
    """The largest face that looks out of a photograph (h, w, 3) uint8, or None."""
    from skimage.data import lbp_frontal_face_cascade_filename
    from skimage.feature import Cascade

    height, width = shown.shape[:2]
    scale = min(1.0, _LARGE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(as_image(shown).resize(size, Image.Resampling.BOX))[..., :3]
    if min(size) < 24:
        return None
    found = Cascade(lbp_frontal_face_cascade_filename()).detect_multi_scale(
        img=small, scale_factor=1.15, step_ratio=1.3, min_size=(24, 24), max_size=size[::-1],
        min_neighbor_number=4,
    )  # fmt: skip
    if not found:
        return None
    face = max(found, key=lambda one: (one["width"], -one["r"], -one["c"]))
    # its square goes from brows to chin: the frame is about twice as large
    side = 2.0 * face["width"]
    middle = face["c"] + face["width"] / 2
    chin = face["r"] + 1.02 * face["height"]
    return Frame(
        (middle - side / 2) / scale, (chin - 0.75 * side) / scale, side / scale, photo=True
    )
