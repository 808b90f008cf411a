"""ai2pixelart's classical approach. Non-commercial licence: measured, nothing taken."""

from ai2pixelart.cli import main
from each import CELL, each


def convert(task):
    colors = str(task["colors"])
    options = ["--pitch", str(CELL), "--colors", colors, "--approach", "simple"]
    main(["clean", task["large"], "-o", task["out"], *options], standalone_mode=False)


each(convert)
