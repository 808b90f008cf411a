"""pixel-snapper."""

import subprocess

from each import CELL, each, tool


def convert(task):
    options = [str(task["colors"]), "--pixel-size", str(CELL)]
    command = [tool("pixel-snapper"), task["large"], task["out"], *options]
    subprocess.run(command, check=True, capture_output=True)


each(convert)
