"""pixora: a mosaic at full size; its squares are read off at their middles. No palette."""

import subprocess

from each import CELL, each, tool
from PIL import Image


def convert(task):
    options = ["-p", str(CELL), "-a", "mean-block"]
    command = [tool("pixora"), task["large"], task["out"], *options]
    subprocess.run(command, check=True, capture_output=True)
    mosaic = Image.open(task["out"]).convert("RGB")
    size = (task["width"], task["height"])
    mosaic.resize(size, Image.Resampling.NEAREST).save(task["out"])


each(convert)
