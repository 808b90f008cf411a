"""Sprites and drawn things over grounds of all kinds, with the mask that is true: what the learned
cut-out learns from, and what it is measured by.

Learned from: sprites that are not held out, worn dolls, blobs with shading, drawn busts;
over grounds that are computed (plain, slopes, noise of all scales, stripes, bricks, hills, shapes)
or laid with tiles. Measured by: held-out sprites over scikit-image's bundled photographs and over
computed grounds of other draws. No photograph is learned from.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

PHOTOS = ("astronaut", "brick", "chelsea", "coffee", "grass", "gravel", "rocket", "retina",
          "immunohistochemistry", "hubble_deep_field", "camera", "moon", "coins",
          "page")  # fmt: skip
HELD = 8  # of all sprites one in so many is never learned from


class Things:
    """Sprites (h, w, 4) uint8 by part ("train", "test"), and tiles that fill their square."""

    def __init__(self, sprites: Path, dolls: Path | None = None) -> None:
        self.train: list[np.ndarray] = []
        self.test: list[np.ndarray] = []
        self.tiles: list[np.ndarray] = []
        with zipfile.ZipFile(sprites) as archive:
            for row in map(json.loads, archive.open("index.jsonl")):
                rgba = np.asarray(Image.open(io.BytesIO(archive.read(row["file"]))).convert("RGBA"))
                share = float((rgba[..., 3] > 127).mean())
                if row["group"] in ("worn", "emoji flag") or min(rgba.shape[:2]) < 8:
                    continue
                if share > 0.98 and min(rgba.shape[:2]) >= 16:
                    self.tiles.append(rgba[..., :3])
                elif 0.12 < share < 0.85:
                    mark = hashlib.md5(rgba.tobytes(), usedforsecurity=False).digest()[0]
                    (self.test if mark % HELD == 0 else self.train).append(_framed(rgba))
        if dolls is not None:
            self.train += _worn(dolls)


def _framed(rgba: np.ndarray) -> np.ndarray:
    """Cut to what is seen."""
    rows, columns = (np.flatnonzero((rgba[..., 3] > 0).any(k)) for k in (1, 0))
    return rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


ALIKE = 0.12
"""Root of the mean squared difference below which two sprites count as one drawn twice."""


def unlike(some: list[np.ndarray], known: list[np.ndarray]) -> list[np.ndarray]:
    """Those of `some` that no sprite of `known` comes near, mirrored or not: (h, w, 4) uint8."""
    a, b = _small(some), _small(known)
    mirrored = b.reshape(len(b), 12, 12, 4)[:, :, ::-1].reshape(len(b), -1)
    near = np.full(len(a), np.inf, np.float32)
    for other in (b, mirrored):
        far = (a * a).sum(1)[:, None] + (other * other).sum(1)[None] - 2 * a @ other.T
        near = np.minimum(near, np.sqrt(np.maximum(far.min(1), 0) / a.shape[1]))
    return [one for one, far in zip(some, near, strict=True) if far > ALIKE]


def _small(sprites: list[np.ndarray]) -> np.ndarray:
    """Each as 12 x 12 pixels, hidden ones black, (n, 576) float32, 0 to 1."""
    return np.stack([
        np.asarray(Image.fromarray(np.where(one[..., 3:] > 0, one, 0))
                   .resize((12, 12), Image.Resampling.BOX), np.float32).ravel() / 255
        for one in sprites
    ])  # fmt: skip


def _worn(path: Path, count: int = 400) -> list[np.ndarray]:
    """Dolls in clothes."""
    order = ("cloak", "base", "legs", "boots", "body", "gloves", "hand1", "hand2", "hair", "head")
    rng, parts = np.random.default_rng(5), {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            kind = Path(name).parent.name
            if name.endswith(".png") and kind in order:
                parts.setdefault(kind, []).append(
                    Image.open(io.BytesIO(archive.read(name))).convert("RGBA")
                )
    found = []
    for _ in range(count):
        doll = Image.new("RGBA", (32, 32))
        for kind in order:
            if kind in parts and (kind == "base" or rng.random() < 0.6):
                one = parts[kind][rng.integers(len(parts[kind]))]
                if one.size == doll.size:
                    doll = Image.alpha_composite(doll, one)
        if np.asarray(doll)[..., 3].any():
            found.append(_framed(np.asarray(doll)))
    return found


# ------------------------------------------------------------------------------------ grounds


def _colors(rng: np.random.Generator, count: int) -> np.ndarray:
    """(count, 3), 0 to 1: sometimes all near one another, sometimes pale."""
    found = rng.random((count, 3))
    if rng.random() < 0.5:
        found = found[:1] + rng.normal(0, rng.uniform(0.03, 0.15), (count, 3))
    if rng.random() < 0.3:
        found = 0.6 + 0.4 * found
    if rng.random() < 0.25:
        found = found.mean(1, keepdims=True) + 0.15 * (found - found.mean(1, keepdims=True))
    return found.clip(0, 1)


def _noise(rng: np.random.Generator, side: int, power: float) -> np.ndarray:
    """(side, side) of mean 0 and deviation 1 whose spectrum falls with this power."""
    y, x = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None]
    stretch = np.exp(rng.uniform(-1, 1))
    far = np.hypot(y * stretch, x / stretch)
    far[0, 0] = 1
    waves = rng.normal(size=far.shape) + 1j * rng.normal(size=far.shape)
    waves = waves / np.maximum(far, 1 / side) ** power
    waves[0, 0] = 0
    found = np.fft.irfft2(waves, (side, side))
    return found / max(float(found.std()), 1e-9)


def ground(rng: np.random.Generator, side: int, tiles: list[np.ndarray]) -> np.ndarray:
    """(side, side, 3), 0 to 1."""
    y, x = np.mgrid[0:side, 0:side] / side
    kind = rng.random()
    a, b, c = _colors(rng, 3)
    turn = rng.uniform(0, 2 * np.pi)
    along = (np.cos(turn) * (x - 0.5) + np.sin(turn) * (y - 0.5))[..., None] + 0.5
    if kind < 0.08:
        shown = np.broadcast_to(a, (side, side, 3)).copy()
    elif kind < 0.2:
        shown = a + (b - a) * along.clip(0, 1)
    elif kind < 0.28:
        far = np.hypot(x - rng.random(), y - rng.random())[..., None] / rng.uniform(0.4, 1.2)
        shown = a + (b - a) * far.clip(0, 1)
    elif kind < 0.55:  # clouds, stone, leaves, as in a photograph
        mix = _noise(rng, side, rng.uniform(0.4, 1.9))[..., None]
        shown = a + (b - a) * (0.5 + 0.35 * mix).clip(0, 1)
        shown = shown + (c - shown) * (_noise(rng, side, 1.5)[..., None] * 0.5).clip(0, 1)
        if rng.random() < 0.5:
            light = _noise(rng, side, rng.uniform(0.2, 1.2))[..., None]
            shown = shown * (1 + rng.uniform(0.05, 0.4) * light)
    elif kind < 0.68:  # stripes, checks, bricks
        wide = rng.uniform(0.03, 0.25)
        across = np.sin(turn) * x - np.cos(turn) * y
        rows = np.floor((along[..., 0]) / wide)
        mark = (rows % 2) * 1.0
        if rng.random() < 0.6:
            shift = rng.choice([0.0, 0.5]) * (rows % 2)
            mark = (mark + np.floor(across / wide / rng.uniform(1, 2.5) + shift)) % 2
        if rng.random() < 0.3:
            beside = (across / wide / 2 + rows % 2 / 2) % 1 < 0.07
            seam = (along[..., 0] / wide % 1 < 0.12) | beside
            mark = seam * 1.0
        shown = np.where(mark[..., None] > 0, a, b)
        shown = shown * (1 + 0.1 * rng.random() * _noise(rng, side, 1.0)[..., None])
    elif kind < 0.8 and tiles:  # laid with tiles
        tile = tiles[rng.integers(len(tiles))] / 255
        times = max(1, int(rng.uniform(0.06, 0.3) * side / len(tile)))
        tile = tile.repeat(times, 0).repeat(times, 1)
        need = [-(-side // size) for size in tile.shape[:2]]
        shown = np.tile(tile, (*need, 1))[:side, :side]
    elif kind < 0.9:  # a sky and hills, or a wall and a floor
        shown = a + (b - a) * (y / rng.uniform(0.4, 1.2)).clip(0, 1)[..., None]
        for _ in range(rng.integers(1, 4)):
            edge = rng.uniform(0.3, 0.95) + rng.uniform(0, 0.12) * np.sin(
                rng.uniform(0, 18) * x + rng.uniform(0, 6)
            )
            rough = 1 + rng.uniform(0, 0.3) * _noise(rng, side, 1.0)
            shown = np.where((y > edge)[..., None], _colors(rng, 1)[0] * rough[..., None], shown)
    else:  # far shapes, out of focus
        shown = np.broadcast_to(a, (side, side, 3)).copy()
        for _ in range(rng.integers(3, 14)):
            ry, rx = rng.uniform(0.05, 0.5, 2)
            at_y, at_x = np.abs(y - rng.random()) / ry, np.abs(x - rng.random()) / rx
            inside = at_y**2 + at_x**2 < 1 if rng.random() < 0.5 else np.maximum(at_y, at_x) < 1
            shown[inside] = rng.random(3)
        shown = ndimage.gaussian_filter(shown, (s := rng.uniform(0.01, 0.08) * side, s, 0))
    if rng.random() < 0.3:
        middle = np.hypot(x - 0.5, y - 0.5)[..., None]
        shown = shown * (1 - rng.uniform(0, 0.8) * middle**2)
    return shown.clip(0, 1)


def photo_ground(rng: np.random.Generator, side: int, photos: list[np.ndarray]) -> np.ndarray:
    """A cut of a photograph, (side, side, 3), 0 to 1."""
    photo = photos[rng.integers(len(photos))]
    cut = int(rng.integers(min(96, min(photo.shape[:2])), min(photo.shape[:2]) + 1))
    top, left = (rng.integers(0, size - cut + 1) for size in photo.shape[:2])
    shown = Image.fromarray(photo[top : top + cut, left : left + cut])
    return np.asarray(shown.resize((side, side), Image.Resampling.BICUBIC)) / 255


def photos() -> list[np.ndarray]:
    """scikit-image's bundled photographs, (h, w, 3) uint8."""
    from skimage import data

    found = []
    for name in PHOTOS:
        try:
            photo = getattr(data, name)()
        except Exception:  # not bundled here
            continue
        found.append(photo[..., :3] if photo.ndim == 3 else np.stack([photo] * 3, -1))
    return found


# ------------------------------------------------------------------------------------- things


def _blob(rng: np.random.Generator, side: int) -> np.ndarray:
    """A thing of no kind, shaded, (side, side, 4), 0 to 1: a star-shaped outline, some of parts."""
    y, x = (np.mgrid[0:side, 0:side] + 0.5) / side * 2 - 1
    solid = np.zeros((side, side), bool)
    for _ in range(rng.integers(1, 4)):
        at = rng.uniform(-0.4, 0.4, 2)
        angle, far = np.arctan2(y - at[0], x - at[1]), np.hypot(y - at[0], x - at[1])
        radius = rng.uniform(0.25, 0.6)
        for wave in range(1, 7):
            radius = radius + rng.normal(0, 0.09 / wave**0.5) * np.cos(
                wave * angle + rng.random() * 7
            )
        solid |= far < radius
    a, b, c = _colors(rng, 3)
    light = (x * rng.uniform(-1, 1) + y * rng.uniform(-1, 1))[..., None]
    rgb = a + (b - a) * (0.5 + 0.3 * _noise(rng, side, rng.uniform(0.8, 2))[..., None]).clip(0, 1)
    deep = ndimage.distance_transform_edt(solid)[..., None] / side
    rgb = rgb * (1 + rng.uniform(0, 0.5) * light) * (1 - rng.uniform(0, 0.5) * np.exp(-deep * 20))
    if rng.random() < 0.4:
        rgb = np.where(_noise(rng, side, 1.8)[..., None] > 0.6, c, rgb)
    return np.dstack([rgb.clip(0, 1), solid])


def _bust(rng: np.random.Generator, side: int) -> np.ndarray:
    """A head with hair and shoulders that leave the picture below, (side, side, 4), 0 to 1."""
    y, x = (np.mgrid[0:side, 0:side] + 0.5) / side * 2 - 1
    skin = np.array([1, rng.uniform(0.65, 0.85), rng.uniform(0.45, 0.75)]) * rng.uniform(0.35, 1)
    hair, cloth = _colors(rng, 1)[0] * rng.uniform(0.2, 1), rng.random(3)
    head_y, wide, tall = rng.uniform(-0.35, -0.05), rng.uniform(0.22, 0.36), rng.uniform(0.32, 0.48)
    shown = np.zeros((side, side, 4))

    def put(where: np.ndarray, color: np.ndarray, rough: float = 0.15) -> None:
        noise = 1 + rough * _noise(rng, side, 1.5) + 0.25 * rng.uniform(-1, 1) * x
        shown[where, :3] = (color * noise[..., None])[where].clip(0, 1)
        shown[where, 3] = 1

    long = rng.uniform(0.9, 2.6)
    hangs = y - head_y + tall * 0.25 - (long - 1) * 0.15
    wider = wide * rng.uniform(1.1, 1.7)
    put((x / wider) ** 2 + (hangs / (tall * (0.7 + 0.3 * long))) ** 2 < 1, hair, 0.3)
    shoulders = rng.uniform(0.5, 0.9)
    put((y > head_y + tall * 0.8) & (np.abs(x) < wide * 0.55), skin)
    put(
        (x / shoulders) ** 4 + ((y - 1.3) / (1.3 - head_y - tall * rng.uniform(1, 1.25))) ** 2 < 1,
        cloth,
        0.25,
    )
    put((x / wide) ** 2 + ((y - head_y) / tall) ** 2 < 1, skin)
    put((x / wide) ** 2 + ((y - head_y) / tall) ** 2
        < (y < head_y - tall * rng.uniform(0.2, 0.6)) * 1.0, hair, 0.3)  # fmt: skip
    for at in (-0.4, 0.4):
        put(
            ((x - at * wide) / (0.16 * wide)) ** 2 + ((y - head_y) / (0.1 * tall)) ** 2 < 1,
            rng.random(3) * 0.4,
        )
    put(
        (x / (0.4 * wide)) ** 2 + ((y - head_y - 0.5 * tall) / (0.08 * tall)) ** 2 < 1,
        skin * (0.9, 0.5, 0.5),
    )
    return shown


def _sprite(rng: np.random.Generator, sprite: np.ndarray, side: int) -> np.ndarray:
    """A sprite enlarged to a picture's size in one of the usual ways, (h, w, 4), 0 to 1."""
    own = max(sprite.shape[:2])
    scale = side / own
    height, width = (max(4, round(size * scale)) for size in sprite.shape[:2])
    shown = Image.fromarray(sprite)
    way = rng.random()
    if way < 0.45:
        shown = shown.resize((width, height), Image.Resampling.NEAREST)
    else:  # premultiplied, so that no hidden colour shines through
        how = Image.Resampling.BICUBIC if way < 0.8 else Image.Resampling.LANCZOS
        alpha = sprite[..., 3:] / 255
        flat = Image.fromarray(np.uint8(sprite[..., :3] * alpha)).resize((width, height), how)
        over = np.asarray(Image.fromarray(sprite[..., 3]).resize((width, height), how)) / 255
        rgb = np.asarray(flat) / 255 / np.maximum(over, 0.05)[..., None]
        hard = (
            ndimage.gaussian_filter(over, rng.uniform(0, 0.3) * scale)
            if rng.random() < 0.5
            else over
        )
        return np.dstack([rgb.clip(0, 1), ((hard - 0.5) * 4 + 0.5).clip(0, 1)])
    return np.asarray(shown) / 255


def scene(
    rng: np.random.Generator, side: int, sprites: list[np.ndarray], behind: np.ndarray,
    only_sprites: bool = False,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """A picture (side, side, 3) uint8 of one or two things over `behind`, and where they are,
    (side, side) bool."""
    shown, where = behind.copy(), np.zeros((side, side))
    kind = 0.0 if only_sprites else rng.random()
    if kind < 0.68:
        for _ in range(1 if rng.random() < 0.85 else 2):
            sprite = sprites[rng.integers(len(sprites))]
            if rng.random() < 0.5:
                sprite = sprite[:, ::-1]
            thing = _sprite(rng, sprite, int(side * rng.uniform(0.4, 0.95)))
            if not only_sprites and rng.random() < 0.3:
                thing[..., :3] = _recoloured(rng, thing[..., :3])
            _lay(rng, shown, where, thing)
    elif kind < 0.84:
        _lay(rng, shown, where, _blob(rng, int(side * rng.uniform(0.4, 0.95))))
    else:
        _lay(rng, shown, where, _bust(rng, side), moved=False)
    if rng.random() < 0.3:
        shown = ndimage.gaussian_filter(shown, (s := rng.uniform(0.3, 1.2) * side / 160, s, 0))
    shown = shown * rng.uniform(0.75, 1.2)
    if rng.random() < 0.6:
        shown = shown + rng.normal(0, rng.uniform(0.005, 0.04), shown.shape)
    picture = np.uint8((shown * 255).clip(0, 255))
    if rng.random() < 0.4:
        file = io.BytesIO()
        Image.fromarray(picture).save(file, "JPEG", quality=int(rng.integers(50, 95)))
        picture = np.asarray(Image.open(file))
    return picture, where >= 0.5


def _recoloured(rng: np.random.Generator, rgb: np.ndarray) -> np.ndarray:
    return (
        rgb[..., rng.permutation(3)] * rng.uniform(0.6, 1.2, 3) + rng.uniform(-0.1, 0.1, 3)
    ).clip(0, 1)


def _lay(
    rng: np.random.Generator, shown: np.ndarray, where: np.ndarray, thing: np.ndarray,
    moved: bool = True,
) -> None:  # fmt: skip
    """Put a thing over the picture, now and then with its shadow."""
    side = len(shown)
    height, width = thing.shape[:2]
    room_y, room_x = side - height, side - width
    top = int(rng.integers(0, room_y + 1)) if moved and room_y > 0 else max(0, room_y)
    left = int(rng.integers(0, room_x + 1)) if moved and room_x > 0 else max(0, room_x // 2)
    if moved and rng.random() < 0.5:  # about the middle
        top, left = room_y // 2, room_x // 2
    if moved and rng.random() < 0.15:  # stands on the lower edge
        top = room_y
    thing = thing[: side - top, : side - left]
    cover = np.zeros((side, side))
    cover[top : top + thing.shape[0], left : left + thing.shape[1]] = thing[..., 3]
    if rng.random() < 0.2:
        by = rng.uniform(-0.06, 0.06, 2) * side
        dark = ndimage.gaussian_filter(ndimage.shift(cover, by, order=1), 0.02 * side)
        shown *= 1 - rng.uniform(0.2, 0.6) * dark[..., None].clip(0, 1)
    wide = np.zeros_like(shown)
    wide[top : top + thing.shape[0], left : left + thing.shape[1]] = thing[..., :3]
    shown[:] = shown + (wide - shown) * cover[..., None]
    np.maximum(where, cover, out=where)


def sheet(pictures: list[np.ndarray], across: int) -> Image.Image:
    """All in rows, each as large as the first."""
    rows = [np.hstack(pictures[k : k + across]) for k in range(0, len(pictures), across)]
    return Image.fromarray(np.vstack([row for row in rows if row.shape == rows[0].shape]))


__all__ = ["Things", "ground", "photo_ground", "photos", "scene", "sheet"]
