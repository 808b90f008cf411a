"""unfake, with the two ways of reading a cell that it is known for."""

import subprocess

from each import CELL, each, tool


def convert(task):
    options = ["-s", str(CELL), "-c", str(task["colors"]), "-m", task["way"], "--no-snap", "-q"]
    command = [tool("unfake"), task["large"], "-o", task["out"], *options]
    subprocess.run(command, check=True, capture_output=True)


each(convert)
