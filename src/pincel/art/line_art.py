"""Drawings in thin ink: pen strokes on one ground, drawn again as lines of one pixel.

A stroke thinner than a pixel to be covers each of them a little, more here and less there: taken
cell by cell it falls to pieces, in several greys. What is ink and nothing else is followed along
its middle line instead, and every cell that the middle passes through is ink, as one draws with a
pencil of one pixel. Fillings and strokes that are wider than a pixel stay as wide as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from pincel.art import contour
from pincel.pixels import color

_FINEST = 3.0
"""Pixels a cell from which a stroke can be told from cells."""
_GROUND = 0.7
"""Least share of the ground in what is shown."""
_NEAR = 0.04
"""OKLab distance within which a pixel is ground."""
_INK = 0.25
"""Least OKLab distance of ink from the ground."""
_SPREAD = 0.1
"""OKLab distance within which everything must lie from a mixture of ground and ink."""
_STRAY = 0.02
"""Largest share of the ink that may be of another colour."""
_WIDE = 1.25
"""Cells that a stroke may be wide to be drawn as a line of one pixel."""
_FILLED = 0.5
"""Largest share of the ink in fillings and wide strokes."""
_FAINT, _PLAIN = 0.3, 0.45
"""What is plainly ink, and what is ink where it hangs together with that (Canny, 1986)."""
_DUST = 0.35
"""Cells: what stands alone, or a hole in a stroke, and is smaller than that squared is none."""
_GRAZED = 0.75
"""Cells of line in a cell up to which the line goes on without it, if it can."""
_STUB = 0.35
"""Cells of line in a last cell up to which the line ends before it."""
_SLACK = 0.09
"""As `contour.SLACK`, for paper and ink."""
_FEW = 60_000  # pixels that tell whether all must be looked at


@dataclass(frozen=True, eq=False)
class Ink:
    """What a line drawing is made of.

    ink     (h, w) float32 0-1, how much of each pixel is ink
    shown   (h, w) bool, where anything is to be seen
    ground, color  (3,) uint8; the ground is not seen where the picture is transparent
    """

    ink: np.ndarray
    shown: np.ndarray
    ground: np.ndarray
    color: np.ndarray


def found(rgba: np.ndarray, width: int, height: int) -> Ink | None:
    """The ink of a picture (h, w, 4) uint8 that is thin strokes on one ground, seen at width x
    height cells; None for every other picture: photographs, sprites, paintings, drawings in
    several colours or with strokes wider than a cell or two."""
    if min(rgba.shape[1] / width, rgba.shape[0] / height) < _FINEST:
        return None
    step = max(1, int(np.sqrt(rgba[..., 3].size / _FEW)))
    some = rgba[::step, ::step]
    if not _plain(some, some[..., 3] < 128):
        return None
    clear = rgba[..., 3] < 128
    made = _on_clear(rgba, clear) if clear.mean() > _GROUND else _on_paper(rgba, clear)
    if made is None:
        return None
    cell = max(rgba.shape[1] / width, rgba.shape[0] / height)
    black = _joined(made.ink, cell)
    if not black.any() or black.mean() > 1 - _GROUND:
        return None
    return made if _filled(black, cell).sum() <= _FILLED * black.sum() else None


def _plain(rgba: np.ndarray, clear: np.ndarray) -> bool:
    """Whether most of what is shown is one colour, or nothing."""
    if clear.mean() > _GROUND:
        return True
    lab = color.srgb_to_oklab(rgba[..., :3][~clear])
    return bool((((lab - np.median(lab, 0)) ** 2).sum(-1) < _NEAR**2).mean() > _GROUND)


def _on_clear(rgba: np.ndarray, clear: np.ndarray) -> Ink | None:
    """Ink on nothing: alpha says where it is."""
    solid = rgba[..., 3] > 200
    if not solid.any():
        return None
    lab = color.srgb_to_oklab(rgba[..., :3][solid])
    middle = np.median(lab, 0)
    stray = np.sqrt(((lab - middle) ** 2).sum(-1)) > _SPREAD
    if stray.mean() > _STRAY:
        return None
    own = color.to_bytes(color.oklab_to_srgb(middle.astype(np.float32)))
    ink = rgba[..., 3].astype(np.float32) / 255
    return Ink(ink, np.zeros(clear.shape, bool), np.zeros(3, np.uint8), own)


def _on_paper(rgba: np.ndarray, clear: np.ndarray) -> Ink | None:
    """Ink on a ground of one colour, or what a cut-out has left of it."""
    lab = color.srgb_to_oklab(rgba[..., :3])
    seen = lab[~clear]
    if not len(seen):
        return None
    ground = np.median(seen, 0)
    far = np.sqrt(((lab - ground) ** 2).sum(-1))
    if (far[~clear] < _NEAR).mean() < _GROUND:
        return None
    marks = far[~clear & (far > _NEAR)]
    if not len(marks):
        return None
    deep = np.quantile(marks, 0.9)
    if deep < _INK:
        return None
    ink = np.median(lab[~clear & (far >= 0.9 * deep)], 0)
    way = ink - ground
    share = ((lab - ground) * way).sum(-1) / (way**2).sum()
    beside = np.sqrt(((lab - ground - share[..., None] * way) ** 2).sum(-1))
    stray = ~clear & (far > _NEAR) & ((beside > _SPREAD) | (share > 1.5))
    if stray.sum() > _STRAY * len(marks):
        return None
    own, paper = (color.to_bytes(color.oklab_to_srgb(c.astype(np.float32))) for c in (ink, ground))
    return Ink(np.where(clear, 0, np.clip(share, 0, 1)).astype(np.float32), ~clear, paper, own)


def _filled(strokes: np.ndarray, cell: float) -> np.ndarray:
    """Where strokes are wider than `_WIDE` cells, (h, w) bool."""
    from scipy import ndimage

    wide = ndimage.distance_transform_edt(np.pad(strokes, 1))[1:-1, 1:-1] > 0.5 * _WIDE * cell
    reach = ndimage.distance_transform_edt(~wide) <= 0.5 * _WIDE * cell + 1
    return strokes & reach if wide.any() else wide


def line_drawing(found: Ink, width: int, height: int) -> np.ndarray:
    """The drawing at width x height cells, (height, width, 4) uint8: one ground, one ink."""
    seen = _share(found.shown, width, height) >= 0.5
    lines = strokes(found.ink, width, height)
    result = np.zeros((height, width, 4), np.uint8)
    result[seen] = (*found.ground, 255)
    result[lines] = (*found.color, 255)
    return result


def strokes(ink: np.ndarray, width: int, height: int) -> np.ndarray:
    """The cells that ink, (h, w) 0-1, fills or whose middle lines pass through, (height, width)
    bool. Lines are one cell thick and hang together by sides or corners as they do in the source.

    Middle lines by thinning (Zhang and Suen, 1984); what passes through a cell only to cut its
    corner is taken away again, least first, as long as nothing falls apart.
    """
    from scipy import ndimage
    from skimage.morphology import skeletonize

    rows, columns = ink.shape
    cell = max(rows / height, columns / width)
    black = _joined(ink, cell)
    full = _filled(black, cell)
    line = skeletonize(black)
    y, x = np.nonzero(line)
    place = (y * height // rows) * width + x * width // columns
    length = np.bincount(place, minlength=height * width).reshape(height, width) / cell
    filling = ndimage.binary_dilation(_share(full, width, height) >= 0.25)
    solid = filling & (_share(black, width, height) >= 0.5)
    cells = _thinned(np.where(solid, np.inf, length))
    pen = ndimage.distance_transform_edt(~line) <= cell / 2 if line.any() else line
    return _even(cells, np.maximum(_share(pen, width, height), solid))


def _even(cells: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """The cells with lines moved by one, where they climb more evenly for it (`contour.fix`); as
    they were where two lines would meet, or one close, break or become thicker. ink: (h, w) 0-1,
    how much of each cell a pen one cell wide covers."""
    from scipy.ndimage import binary_dilation, label

    around = np.ones((3, 3))

    def parts(seen: np.ndarray) -> tuple[int, int, int]:
        blocks = seen[1:, 1:] & seen[:-1, 1:] & seen[1:, :-1] & seen[:-1, :-1]
        return label(seen, around)[1], label(~seen)[1], int(blocks.sum())

    paper_and_ink = np.array([[1, 0, 0], [0, 0, 0]], np.float32)
    guide = np.stack([1 - ink, 0 * ink, 0 * ink], -1).astype(np.float32)
    moved = contour.fix(cells.astype(np.int16), paper_and_ink, guide, max_distance=_SLACK) == 1
    places, count = label(binary_dilation(moved != cells, around), around)
    whole = parts(cells)
    for number in range(1, count + 1):
        tried = np.where(places == number, moved, cells)
        if parts(tried) == whole:
            cells = tried
    return cells


def _share(where: np.ndarray, width: int, height: int) -> np.ndarray:
    """How much of each cell is True, (height, width) float32."""
    return np.asarray(
        Image.fromarray(where.astype(np.float32)).resize((width, height), Image.Resampling.BOX)
    )


def _joined(ink: np.ndarray, cell: float) -> np.ndarray:
    """Where ink is, (h, w) bool, without dust and without pinholes."""
    from scipy import ndimage
    from skimage.filters import apply_hysteresis_threshold

    black = apply_hysteresis_threshold(ink, _FAINT, _PLAIN)
    for wanted, around in ((True, np.ones((3, 3))), (False, None)):
        label, _ = ndimage.label(black == wanted, around)
        small = np.bincount(label.ravel()) < (_DUST * cell) ** 2
        small[0] = False
        black = np.where(small[label], not wanted, black)
    return black


def _thinned(length: np.ndarray) -> np.ndarray:
    """The cells, (h, w) bool, with any line in them, less those that it hangs together without:
    where two lines meet in a corner that was drawn, the corner stays.

    length: (h, w), cells of line in each cell; infinite where a cell is filled and stays.
    """
    cells = np.pad(length > 0, 1)
    for most in (_GRAZED, np.inf):
        where = np.nonzero((length > 0) & (length < most))
        for i in np.argsort(length[where], kind="stable"):
            y, x = where[0][i] + 1, where[1][i] + 1
            window = cells[y - 1 : y + 2, x - 1 : x + 2]
            crowded = most < np.inf or _in_a_block(cells, y, x)
            alone = window.sum() == 2  # the end of a line
            if crowded and _simple(window) and not (alone and length[y - 1, x - 1] > _STUB):
                cells[y, x] = False
    return cells[1:-1, 1:-1]


def _simple(window: np.ndarray) -> bool:
    """Whether the middle of (3, 3) bool can go without anything falling apart or a hole closing:
    its connectivity number is 1 (Yokoi, Toriwaki and Fukumura, 1975)."""
    clear = ~window.ravel()[[5, 2, 1, 0, 3, 6, 7, 8, 5, 2]]  # around, from the right
    return sum(int(clear[k]) - int(clear[k : k + 3].all()) for k in (0, 2, 4, 6)) == 1


def _in_a_block(cells: np.ndarray, y: int, x: int) -> bool:
    """Whether a cell is part of four that make a square."""
    return any(cells[y + j : y + j + 2, x + i : x + i + 2].all() for j in (-1, 0) for i in (-1, 0))
