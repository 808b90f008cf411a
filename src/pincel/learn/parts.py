"""The roles of colours, found in sprites that are drawn alike: portraits, tiles, bodies.

In a set of portraits a colour is not hair because it is brown but because of where it stands. So
every colour of every sprite is described by where its pixels are, how many they are and how light
it is within its sprite; colours that are described alike have one role (k-means, Lloyd, 1982), and
within a sprite no two colours share one (Kuhn, 1955).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from pincel.pixels import color

MOST = 15
"""Roles besides "nothing": a sprite then has no more than 16 colours with the clear one."""
_ROUNDS = 25


def roles_of(sprites: np.ndarray, most: int = MOST, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Sprites (n, s, s, 4) uint8 with hard alpha as roles (n, s, s) int64, 0 where clear, and the
    colours of the roles, (n, k + 1, 3) uint8; k is what the sprites need, at most `most`. A sprite
    of more colours than k loses those that are nearest to another."""
    entries = [_entries(sprite, most) for sprite in sprites]
    need = int(np.ceil(np.quantile([len(masks) for masks, _ in entries], 0.9)))
    count = min(most, max(1, need))
    entries = [_fewer(masks, colors, count) for masks, colors in entries]
    told = [_described(masks, colors) for masks, colors in entries]
    centers = _centers(np.concatenate(told), count, np.random.default_rng(seed))
    roles = np.zeros(sprites.shape[:3], np.int64)
    found = np.zeros((len(sprites), count + 1, 3), np.uint8)
    for place, ((masks, colors), own) in enumerate(zip(entries, told, strict=True)):
        far = np.linalg.norm(own[:, None] - centers[None], axis=-1)
        for entry, role in zip(*linear_sum_assignment(far), strict=True):
            roles[place][masks[entry]] = role + 1
            found[place, role + 1] = colors[entry]
    return roles, found


def _entries(sprite: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Masks (k, s, s) bool and colours (k, 3) uint8 of a sprite's opaque pixels."""
    opaque = sprite[..., 3] > 0
    colors, place = np.unique(sprite[opaque][:, :3], axis=0, return_inverse=True)
    index = np.full(opaque.shape, -1)
    index[opaque] = place.ravel()
    masks = np.stack([index == k for k in range(len(colors))])
    return _fewer(masks, colors, 4 * most)


def _fewer(masks: np.ndarray, colors: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The pair of colours whose joining changes least becomes one, until there are few enough
    (Ward, 1963); the more frequent keeps its place."""
    masks, colors = masks.copy(), colors.copy()
    while len(colors) > most:
        lab, size = color.srgb_to_oklab(colors), masks.sum((1, 2)).astype(float)
        far = np.square(lab[:, None] - lab[None]).sum(-1)
        cost = far * size[:, None] * size[None] / (size[:, None] + size[None])
        cost[np.tril_indices(len(colors))] = np.inf
        a, b = np.unravel_index(int(cost.argmin()), cost.shape)
        keep, gone = (a, b) if size[a] >= size[b] else (b, a)
        masks[keep] |= masks[gone]
        masks, colors = np.delete(masks, gone, 0), np.delete(colors, gone, 0)
    return masks, colors


def _described(masks: np.ndarray, colors: np.ndarray) -> np.ndarray:
    """(k, numbers): where a colour is (8 x 8, of length 1), how large, how light in its sprite."""
    count, side = masks.shape[:2]
    step = max(1, side // 8)
    fine = masks[:, : side // step * step, : side // step * step].astype(float)
    where = fine.reshape(count, side // step, step, side // step, step).mean((2, 4))
    where = where.reshape(count, -1)
    where /= np.linalg.norm(where, axis=1, keepdims=True) + 1e-9
    size = np.sqrt(masks.mean((1, 2)))[:, None]
    light = color.srgb_to_oklab(colors)[:, :1]
    return np.concatenate([where, size, 0.5 * (light - light.mean())], 1)


def _centers(told: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """(count, numbers): far apart to begin with (k-means++, Arthur & Vassilvitskii, 2007)."""
    centers = told[[int(rng.integers(len(told)))]]
    while len(centers) < count:
        far = np.square(told[:, None] - centers[None]).sum(-1).min(1)
        chance = far / far.sum() if far.sum() > 0 else None
        centers = np.concatenate([centers, told[[int(rng.choice(len(told), p=chance))]]])
    for _ in range(_ROUNDS):
        place = np.square(told[:, None] - centers[None]).sum(-1).argmin(1)
        for k in range(count):
            if (place == k).any():
                centers[k] = told[place == k].mean(0)
    return centers
