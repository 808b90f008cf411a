"""Pincel itself, through its public call."""

from each import each
from PIL import Image

import pincel


def convert(task):
    sprite = pincel.pixelate(
        task["source"],
        width=task["width"],
        height=task["height"],
        colors=task["colors"],
        engine=task["way"],
    )
    Image.fromarray(sprite.rgba()).save(task["out"])


each(convert)
