"""pixelartconv."""

import subprocess
import tempfile
from pathlib import Path

from each import each, tool


def convert(task):
    with tempfile.TemporaryDirectory() as folder:
        size = [str(task["height"]), str(task["width"])]
        command = [tool("pixelartconv"), task["source"], *size, "-c", str(task["colors"])]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        Path(task["out"]).write_bytes((Path(folder) / "export.png").read_bytes())


each(convert)
