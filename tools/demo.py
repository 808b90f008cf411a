"""`make demo`: the main job on the bundled picture, and where to look."""

from __future__ import annotations

import sys
from pathlib import Path

from pincel import words
from pincel.cli import main

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "assets" / "portrait.png"
OUT = ROOT / "out" / "demo"


def demo() -> int:
    """Run it; returns the exit code of the command."""
    command = ["pixelate", str(PICTURE.relative_to(ROOT)), "--width", "64", "--colors", "24"]
    command += ["--preview", "--out", str(OUT.relative_to(ROOT)), "--force"]
    print("$ pincel " + " ".join(command))
    code = main(command)
    if code == 0:
        print(words.say("demo.look", folder=OUT.relative_to(ROOT)))
        print(words.say("demo.next"))
    return code


if __name__ == "__main__":
    sys.exit(demo())
