"""Does a colour go to the thing it stands beside? 50 sentences, half of them Spanish.

    python benchmarks/sentences.py --out OUT [--seed 0] [--bag]

The sentences (benchmarks/sentences.json) say in which third (top, bottom), inside, along the rim or
in which half of the sprite the second colour belongs; these are plain fractions of what is drawn
and not the places that `pincel draw` paints by. A sentence is obeyed when in that place the colour
is on at least a third of the pixels that count, and on at least twice the share that it has
elsewhere; and, where the rest has a colour of its own, that is on a third of the rest and less in
the place. In a pair each half must show its own colour most. --bag draws as before: all words told
the network at once. Writes sentences.json and a sheet of all (red text: not obeyed).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from pincel import atomic
from pincel.learn.captions import color_shares, kin

LISTED = Path(__file__).parent / "sentences.json"
ENOUGH, TWICE = 1 / 3, 2.0


def region(rgba: np.ndarray, where: str) -> np.ndarray:
    """The place, (h, w) bool: thirds and halves of the box around what is opaque."""
    opaque = rgba[..., 3] > 127
    rows, columns = np.flatnonzero(opaque.any(1)), np.flatnonzero(opaque.any(0))
    if not len(rows):
        return opaque
    y = (np.arange(len(rgba)) - rows[0] + 0.5) / (rows[-1] - rows[0] + 1)
    x = (np.arange(rgba.shape[1]) - columns[0] + 0.5) / (columns[-1] - columns[0] + 1)
    down, across = np.broadcast_to(y[:, None], opaque.shape), np.broadcast_to(x, opaque.shape)
    padded = np.pad(opaque, 1)
    whole = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    deep = np.pad(whole, 1)
    whole = deep[:-2, 1:-1] & deep[2:, 1:-1] & deep[1:-1, :-2] & deep[1:-1, 2:] & whole
    found = {
        "top": down < 1 / 3,
        "bottom": down > 2 / 3,
        "inside": (abs(across - 0.5) < 0.25) & (down > 0.4) & (down < 0.85),
        "rim": ~whole,
        "pair": across < 0.5,
        "stack": down < 0.5,
    }
    return opaque & found[where]


def share(rgba: np.ndarray, place: np.ndarray, color: str) -> float:
    """Share of the pixels of a place that count and have a colour, near names included."""
    shares = color_shares(rgba * place[..., None])
    return sum(shares.get(name, 0.0) for name in kin(color))


def obeyed(rgba: np.ndarray, row: dict) -> bool:
    """Whether the colours lie where they belong."""
    place = region(rgba, row["where"])
    rest = (rgba[..., 3] > 127) & ~place
    part, own = row["part"], row.get("rest")
    here, there = share(rgba, place, part), share(rgba, rest, part)
    if row["where"] in ("pair", "stack"):
        return here > share(rgba, place, own) and share(rgba, rest, own) > there
    good = here >= ENOUGH and here >= TWICE * there
    if own and own not in kin(part):
        good &= share(rgba, rest, own) >= ENOUGH and share(rgba, rest, own) > share(
            rgba, place, own
        )
    return good


def drawn(sentence: str, seed: int, bag: bool) -> np.ndarray:
    """The sprite; `bag`: all its words told at once, as before."""
    if not bag:
        import pincel

        return pincel.draw(sentence, seed=seed).rgba()
    from pincel.make.words.draw import open_artist
    from pincel.make.words.prompt import understand

    return open_artist(None).draw(understand(sentence).ids, seed=seed, candidates=6).rgba()


def main() -> None:
    """Draw and measure all."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--out", type=Path, required=True)
    reading.add_argument("--seed", type=int, default=0)
    reading.add_argument("--bag", action="store_true")
    asked = reading.parse_args()
    rows = json.loads(LISTED.read_text("utf-8"))["sentences"]
    image = Image.new("RGB", (5 * 204, -(-len(rows) // 5) * 116), (118, 126, 138))
    pen = ImageDraw.Draw(image)
    missed = {"en": [], "es": []}
    for place, row in enumerate(rows):
        rgba = drawn(row["sentence"], asked.seed, asked.bag)
        good = obeyed(rgba, row)
        if not good:
            missed[row["language"]].append(row["sentence"])
        one = Image.fromarray(rgba).resize((96, 96), Image.Resampling.NEAREST)
        x, y = place % 5 * 204, place // 5 * 116
        image.paste(one, (x, y), one)
        pen.text((x, y + 100), row["sentence"][:34], fill="white" if good else (255, 120, 110))
    count = sum(len(some) for some in missed.values())
    facts = {"sentences": len(rows), "obeyed": round(1 - count / len(rows), 3), "missed": missed}
    asked.out.mkdir(parents=True, exist_ok=True)
    said = json.dumps(facts, indent=1, ensure_ascii=False)
    atomic.write_whole(asked.out / "sentences.json", said.encode())
    image.save(asked.out / "sentences.png")
    print(said)


if __name__ == "__main__":
    main()
