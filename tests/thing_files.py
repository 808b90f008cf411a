"""Drawn cells with their boxes and masks, written as a person would keep them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from pincel.learn import labels
from pincel.learn.objects.things import Scene, Thing, from_labels


def cells(
    seed: int, height: int = 96, width: int = 128, count: int = 8
) -> tuple[np.ndarray, np.ndarray]:
    """Dark disks on a light ground, (h, w, 3) uint8, and their numbers (h, w) int32."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    picture = np.full((height, width, 3), 225.0)
    numbers = np.zeros((height, width), np.int32)
    for number in range(1, count + 1):
        radius = rng.uniform(6, 10)
        cy, cx = rng.uniform(0, height), rng.uniform(0, width)
        inside = ((y - cy) ** 2 + (x - cx) ** 2 < radius**2) & (numbers == 0)
        numbers[inside] = number
        picture[inside] = np.array([150, 60, 140]) + 30 * (number % 2)
    return (picture + rng.normal(0, 5, picture.shape)).clip(0, 255).astype(np.uint8), numbers


def scenes(folder: Path, count: int = 9) -> list[Scene]:
    """Pictures in folder/images, and what stands in them."""
    (folder / "images").mkdir(parents=True)
    found = []
    for number in range(count):
        picture, numbers = cells(number)
        Image.fromarray(picture).save(folder / "images" / f"{number}.png")
        things = from_labels(numbers, "cell")
        found.append(Scene(f"{number}.png", numbers.shape, tuple(things)))
    return found


def labelled(folder: Path, form: str, odd: bool = False) -> Path:
    """A folder to learn from, its labels in a format; `odd`: with a box that has no
    area, and a crowd."""
    given = scenes(folder)
    if odd:
        several = Thing("cell", (2, 2, 60, 40), crowd=True)
        given[0] = given[0].only([*given[0].things, Thing("cell", (3, 3, 3, 9)), several])
    for name, data in labels.load(form).write(given):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
