"""Two folders of pictures: what is to be changed, and what it is to become.

`open_two("faces/", "sprites/", side=128)` reads both, leaves out what cannot be used (broken files,
animations, pictures of which nothing is seen, copies), splits each by a seed and knows everything
by its hash. With `paired`, a picture and a sprite of one file name belong together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict, Unpack

import numpy as np
from PIL import Image

from pincel.art.enlarged import enlarged
from pincel.errors import PincelError
from pincel.learn.data import MOSTLY, Report
from pincel.learn.split import Split
from pincel.pixels.channels import RGB, are_colors, are_inks, numbers_of
from pincel.pixels.open import find_pictures, open_picture
from pincel.pixels.picture import Picture
from pincel.pixels.statistics import only_channels

FEWEST = 10
"""Pictures that a folder must have: to learn from, to choose by and to test on."""


@dataclass(frozen=True, eq=False)
class Sides:
    """One part: pictures (n, side, side, 3) uint8 and sprites (m, s, s, 3 or 4) uint8. Paired, n is
    m and each picture belongs to the sprite at its place."""

    pictures: np.ndarray
    sprites: np.ndarray
    names: list[str]

    def __len__(self) -> int:
        return len(self.pictures)


@dataclass(frozen=True, eq=False)
class Two(Split[Sides]):
    """Both folders, split.

    sizes   how many sprites had which size before they were fitted
    shrunk  how many of them had more pixels than a sprite of the network, and lost some;  largest
            how many pixels the largest one would need
    """

    name: str
    train: Sides
    val: Sides
    test: Sides
    hash: str
    report: Report
    paired: bool = False
    sizes: dict[str, int] = field(default_factory=dict)
    shrunk: int = 0
    largest: int = 0
    classes: tuple[str, ...] = ()
    labelled: bool = False
    channel_names: tuple[str, ...] = ()

    @property
    def channels(self) -> int:
        return int(self.train.sprites.shape[-1])

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of a picture."""
        return int(self.train.pictures.shape[1]), int(self.train.pictures.shape[2])

    @property
    def sprite(self) -> int:
        """Pixels of a sprite's side."""
        return int(self.train.sprites.shape[1])


class Choice(TypedDict, total=False):
    """channels  of pictures whose channels are no colours, those to be red, green and blue, such as
    "3,1,2"; None where there are none such."""

    channels: str | None


def open_two(
    source: str | Path, to: str | Path, side: int = 0, native: int = 0, seed: int = 0,
    paired: bool = False, **reading: Unpack[Choice],
) -> Two:  # fmt: skip
    """Both folders.

    side    pixels of a picture; 0: 128, or, paired, four times the sprites' own
    native  pixels of a sprite; 0: as the pictures (paired: the sprites' own)
    reading which channels of pictures: see `Choice`

    PincelError where a folder is missing or has too few pictures, and, paired, where names or
    sizes do not agree.
    """
    broken: list[tuple[str, str]] = []
    faces, drawn = (read_folder(Path(folder), broken, **reading) for folder in (source, to))
    sizes: dict[str, int] = {}
    for name in drawn:
        drawn[name] = own_size(drawn[name])
        told = f"{drawn[name].shape[1]} x {drawn[name].shape[0]}"
        sizes[told] = sizes.get(told, 0) + 1
    if paired:
        names = sorted(set(faces) & set(drawn))
        if len(names) < FEWEST:
            raise PincelError("two.few_pairs", source=source, to=to, came=len(names), least=FEWEST)
        pixels = _one_size(drawn, names, to)
        side = side or 4 * pixels
        sprites = np.stack([_hard(drawn[name]) for name in names])
        own = names
    else:
        for folder, held in ((source, faces), (to, drawn)):
            if len(held) < FEWEST:
                raise PincelError("two.few", folder=folder, came=len(held), least=FEWEST)
        side = side or 128
        names, own = sorted(faces), sorted(drawn)
        sprites = np.stack([on_black(fitted(drawn[name], native or side)) for name in own])
    pictures = np.stack([squared(faces[name], side) for name in names])
    called = f"{Path(source).name}-{Path(to).name}"
    parts = split_two(called, (pictures, sprites), (names, own), seed, (broken, sizes, paired))
    needs = [0] if paired else [pixels_needed(drawn[name]) for name in own]
    return replace(parts, shrunk=sum(n > (native or side) for n in needs), largest=max(needs))


def read_folder(
    folder: Path, broken: list[tuple[str, str]], channels: str | None = None
) -> dict[str, np.ndarray]:
    """Stem -> (h, w, 4) uint8 of every usable picture, copies left out; of channels that are no
    colours the chosen ones. PincelError for such a picture where none were chosen."""
    if not folder.is_dir():
        raise PincelError("two.folder", folder=folder)
    found: dict[str, np.ndarray] = {}
    seen: set[bytes] = set()
    for one in find_pictures((folder,)) if any(folder.iterdir()) else []:
        try:
            picture = open_picture(one.source)
        except PincelError as error:
            broken.append((one.name, str(error)))
            continue
        picture = _as_colors(picture, channels, one.name)
        why = _unusable(picture.rgba, picture.animated)
        code = hashlib.sha256(picture.rgba.tobytes()).digest()
        if why or code in seen:
            broken.append((one.name, str(PincelError(why or "two.copy"))))
            continue
        seen.add(code)
        found[Path(one.name).stem] = picture.rgba
    return found


def _as_colors(picture: Picture, numbers: str | None, name: str) -> Picture:
    """A picture of colours as it is; of other channels those that were chosen, as one. PincelError
    where none were: three of them would be shown and the others lost without a word."""
    names = picture.info.get("names") or RGB
    if are_colors(names) or are_inks(names):
        return picture
    if numbers is None:
        raise PincelError("two.stains", name=name, count=len(names), names=", ".join(names))
    return only_channels(picture, numbers_of(numbers) or ())


def _unusable(rgba: np.ndarray, animated: bool) -> str:
    if animated:
        return "two.animated"
    return "" if (rgba[..., 3] >= 128).any() else "two.clear"


def _one_size(drawn: Mapping[str, np.ndarray], names: list[str], to: str | Path) -> int:
    """The side of all sprites. PincelError where they differ, or where it is no multiple of 4."""
    sizes = sorted({drawn[name].shape[:2] for name in names})
    (height, width) = sizes[-1]
    if len(sizes) > 1 or height != width or height % 4 or not 8 <= height <= 64:
        told = ", ".join(f"{w} x {h}" for h, w in sizes[:4])
        raise PincelError("two.sizes", to=to, came=told)
    return int(height)


def split_two(
    name: str, both: tuple[np.ndarray, np.ndarray], names: tuple[list[str], list[str]], seed: int,
    rest: tuple[list[tuple[str, str]], dict[str, int], bool],
) -> Two:  # fmt: skip
    """Both sides, each one's rows in three parts.

    both   pictures (n, s, s, 3) and sprites (m, t, t, 3 or 4), uint8;  names  of their files
    rest   files that could not be read, sizes of the sprites, whether they are pairs
    """
    broken, sizes, paired = rest
    least = 0 if paired else _AT_LEAST
    code = hashlib.sha256(f"{seed} {paired}{'' if paired else least}".encode())
    for array in both:
        code.update(str(array.shape).encode() + array.tobytes())
    rows = [
        _rows(len(array), seed + (0 if paired else place), least)
        for place, array in enumerate(both)
    ]
    parts = [
        Sides(both[0][a], both[1][b], [names[0][i] for i in a]) for a, b in zip(*rows, strict=True)
    ]
    counts = {
        part: {"pictures": len(one.pictures), "sprites": len(one.sprites)}
        for part, one in zip(("train", "val", "test"), parts, strict=True)
    }
    report = Report(broken=tuple(broken), counts=counts, drawn="drawn")
    return Two(name, parts[0], parts[1], parts[2], code.hexdigest(), report, paired, sizes)


_AT_LEAST = 8
"""Without pairs, pictures to look at and as many to test on, where there are enough: of two faces
nobody sees whether all get the same sprite."""


def _rows(count: int, seed: int, least: int) -> list[np.ndarray]:
    """Row numbers of the three parts: a twentieth each to choose by and to test on, but at least
    two and, up to an eighth, `least`; the rest to learn from."""
    order = np.random.default_rng([seed, count]).permutation(count)
    few = max(2, min(least, count // 8), round(MOSTLY[1] * count))
    return [np.sort(order[2 * few :]), np.sort(order[:few]), np.sort(order[few : 2 * few])]


# ------------------------------------------------------------------------------------ fitting


def own_size(rgba: np.ndarray) -> np.ndarray:
    """Pixel art, rgba (h, w, 4) uint8, that was enlarged by a whole factor, one pixel for each of
    its squares again; any other picture as it is."""
    height, width = rgba.shape[:2]
    found = enlarged(rgba)
    times = round(found.times) if found is not None else 1
    if times < 2 or height % times or width % times:
        return rgba
    return rgba[times // 2 :: times, times // 2 :: times]


def squared(rgba: np.ndarray, side: int) -> np.ndarray:
    """The middle square of a picture (h, w, 4) uint8 on white paper, (side, side, 3) uint8."""
    alpha = rgba[..., 3:].astype(np.uint16)
    rgb = ((rgba[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    height, width = rgb.shape[:2]
    least = min(height, width)
    top, left = (height - least) // 2, (width - least) // 2
    middle = Image.fromarray(np.ascontiguousarray(rgb[top : top + least, left : left + least]))
    how = Image.Resampling.BOX if least % side == 0 else Image.Resampling.LANCZOS
    return np.asarray(middle.resize((side, side), how))


def pixels_needed(rgba: np.ndarray) -> int:
    """The side of the smallest square that holds what is drawn of a sprite (h, w, 4) uint8."""
    rows, columns = (np.flatnonzero((_hard(rgba)[..., 3] > 0).any(axis)) for axis in (1, 0))
    return int(max(rows[-1] - rows[0], columns[-1] - columns[0])) + 1


def fitted(rgba: np.ndarray, side: int) -> np.ndarray:
    """A sprite (h, w, 4) uint8 in the middle of (side, side, 4): whole multiples of its size, a
    larger one cut to what is drawn and, if it must be, shrunk."""
    hard = _hard(rgba)
    if max(hard.shape[:2]) > side:
        rows, columns = (np.flatnonzero((hard[..., 3] > 0).any(axis)) for axis in (1, 0))
        hard = hard[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = hard.shape[:2]
    if max(height, width) > side:
        scale = side / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        hard = _hard(np.asarray(Image.fromarray(hard).resize(size, Image.Resampling.BOX)))
    times = max(1, side // max(hard.shape[:2]))
    hard = hard.repeat(times, 0).repeat(times, 1)
    height, width = hard.shape[:2]
    canvas = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    canvas[top : top + height, left : left + width] = hard
    return canvas


def on_black(rgba: np.ndarray) -> np.ndarray:
    """(h, w, 4) uint8 with hard edges on black, (h, w, 3): as the report had it."""
    return np.where(rgba[..., 3:] > 0, rgba[..., :3], 0).astype(np.uint8)


def _hard(rgba: np.ndarray) -> np.ndarray:
    opaque = rgba[..., 3] >= 128
    shown = np.where(opaque[..., None], rgba, 0).astype(np.uint8)
    shown[..., 3] = np.where(opaque, 255, 0)
    return shown
