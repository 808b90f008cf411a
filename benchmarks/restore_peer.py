"""One peer on a folder of PNG files; runs inside the peers' own virtual environment.

python restore_peer.py TOOL FOLDER -> FOLDER/TOOL.npz: "<name>" the answer (h, w, 3), empty where
the tool failed, and "time:<name>" the seconds.
"""

import contextlib
import io
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image


def answer(tool: str, path: Path) -> np.ndarray | None:
    """What the tool makes of one picture with its defaults."""
    if tool == "pixel-snapper":
        from pixel_snapper.pixel_snapper import PixelSnapperConfig, process_image

        made = process_image(path.read_bytes(), PixelSnapperConfig(k_colors=16))
        return np.array(Image.open(io.BytesIO(bytes(made))).convert("RGB"))
    image = Image.open(path).convert("RGB")
    if tool == "ai2pixelart":
        from ai2pixelart.pipeline import clean

        made = clean(np.array(image))
        return np.asarray(made.image)
    if tool == "proper-pixel-art":
        from proper_pixel_art import pixelate

        return np.array(pixelate(image).image.convert("RGB"))
    if tool == "perfect-pixel":
        from perfect_pixel import get_perfect_pixel

        _, _, made = get_perfect_pixel(np.array(image))
        return None if made is None else np.asarray(made)
    raise SystemExit(f"unknown tool {tool}")


def main() -> None:
    tool, folder = sys.argv[1], Path(sys.argv[2])
    kept: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob("*.png")):
        start = time.perf_counter()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                made = answer(tool, path)
        except Exception as error:  # any failure of a peer is a wrong answer, and is named
            print(f"{tool} {path.name}: {error!r:.120}", file=sys.stderr)
            made = None
        kept[f"time:{path.stem}"] = np.array(time.perf_counter() - start)
        empty = np.zeros((0, 0, 3), np.uint8)
        kept[path.stem] = empty if made is None else np.asarray(made, np.uint8)[..., :3]
    np.savez(folder / f"{tool}.npz", **kept)


if __name__ == "__main__":
    main()
