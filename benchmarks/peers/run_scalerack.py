"""scalerack's vector median, and scikit-learn's k-means for the palette that it has no way to
limit."""

import subprocess

import numpy as np
from each import each, tool
from PIL import Image
from sklearn.cluster import KMeans


def convert(task):
    size = ["--width", str(task["width"]), "--height", str(task["height"])]
    command = [tool("scalerack"), "scale", task["source"], task["out"], *size]
    subprocess.run([*command, "--method", task["way"]], check=True, capture_output=True)
    rgb = np.asarray(Image.open(task["out"]).convert("RGB"))
    found = KMeans(task["colors"], n_init=1, random_state=0).fit(rgb.reshape(-1, 3))
    flat = np.rint(found.cluster_centers_).astype(np.uint8)[found.labels_]
    Image.fromarray(flat.reshape(rgb.shape)).save(task["out"])


each(convert)
