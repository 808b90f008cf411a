"""proper-pixel-art."""

import subprocess

from each import CELL, each, tool


def convert(task):
    options = ["-w", str(CELL), "-c", str(task["colors"])]
    command = [tool("ppa"), task["large"], "-o", task["out"], *options]
    subprocess.run(command, check=True, capture_output=True)


each(convert)
