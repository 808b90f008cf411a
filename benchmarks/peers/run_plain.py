"""What Pillow and scikit-learn give without any thought of pixel art."""

import numpy as np
from each import each
from PIL import Image


def convert(task):
    size = (task["width"], task["height"])
    picture = Image.open(task["source"]).convert("RGB")
    if task["way"] == "lanczos-kmeans":
        sprite = _kmeans(picture.resize(size, Image.Resampling.LANCZOS), task["colors"])
    else:
        small = picture.resize(size, Image.Resampling.BOX)
        palette = small.quantize(task["colors"], Image.Quantize.MEDIANCUT)
        dithered = task["way"] == "floyd-steinberg"
        way = Image.Dither.FLOYDSTEINBERG if dithered else Image.Dither.NONE
        sprite = small.quantize(palette=palette, dither=way).convert("RGB")
    sprite.save(task["out"])


def _kmeans(small, colors):
    from sklearn.cluster import KMeans

    rgb = np.asarray(small)
    found = KMeans(colors, n_init=1, random_state=0).fit(rgb.reshape(-1, 3))
    flat = np.rint(found.cluster_centers_).astype(np.uint8)[found.labels_]
    return Image.fromarray(flat.reshape(rgb.shape))


each(convert)
