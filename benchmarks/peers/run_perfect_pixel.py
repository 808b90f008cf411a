"""perfect-pixel: given the grid; has no palette."""

import numpy as np
from each import each
from perfect_pixel import get_perfect_pixel
from PIL import Image


def convert(task):
    picture = np.asarray(Image.open(task["large"]).convert("RGB"))
    size = (task["width"], task["height"])
    found = get_perfect_pixel(picture, sample_method="median", grid_size=size)
    Image.fromarray(np.asarray(found[2], np.uint8)).save(task["out"])


each(convert)
