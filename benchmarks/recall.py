"""Which words does `pincel draw` draw so that they are recognised? Every object, some seeds each.

    python benchmarks/recall.py --referee REFEREE.safetensors [--seeds 4] [--minutes 3] [--write]

A drawing (32 pixels, the best of as many as a person gets) counts when the thing is among the first
five classes of the referee (tools/train_judges.py, which `draw` never uses). Things outside its
classes get no figure: the captioner misses too many real sprites to say that a drawing failed. Run
it again for new weights: figures go
to recall.json beside the referee after every word, and an interrupted run goes on where it stopped
(for other weights it begins anew). --write puts what is there beside the weights, as
src/pincel/weights/draw.sprites.recall.json; `draw` then says of a word that it often fails. The
file names the weights by their hash, and says nothing about others.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from pincel import atomic
from pincel.art import lexicon
from pincel.learn.prepare import prepare
from pincel.look.models import find_model
from pincel.make.words import recall
from pincel.make.words.draw import candidates_for, open_artist
from pincel.nets._network import Model

WEIGHTS = Path(recall.__file__).parents[2] / "weights"
FIRST = 5


def recognised(name: str, pictures: np.ndarray, referee: Model) -> int:
    """In how many of the pictures (n, 32, 32, 4) the thing is among the referee's first classes."""
    with torch.inference_mode():
        scores = referee.net.logits(prepare(pictures, referee.about))  # type: ignore[operator]
    best = scores.topk(FIRST).indices.numpy()
    return int((best == referee.about["classes"].index(name)).any(1).sum())


def main() -> None:
    """Draw and count until the minutes are over."""
    reading = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reading.add_argument("--referee", type=Path, required=True)
    reading.add_argument("--seeds", type=int, default=4)
    reading.add_argument("--minutes", type=float, default=1e9)
    reading.add_argument("--write", action="store_true")
    asked = reading.parse_args()
    torch.set_num_threads(1)
    artist, referee = open_artist(None), find_model(asked.referee)
    kept = asked.referee.with_name("recall.json")
    known = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    if known.get("sha256") != artist.sha256 or known.get("seeds") != asked.seeds:
        known = {"sha256": artist.sha256, "seeds": asked.seeds, "words": {}}
    names = [w["en"] for w in lexicon.vocabulary()[1:] if w["kind"] == "object"]
    names = [name for name in names if name in referee.about["classes"]]
    end = time.monotonic() + 60 * asked.minutes
    for name in [one for one in names if one not in known["words"]]:
        if time.monotonic() > end:
            break
        ids = lexicon.widened([lexicon.by_name()["object", name]])
        drawn = [
            artist.draw(ids, seed=seed, candidates=candidates_for(1)) for seed in range(asked.seeds)
        ]
        pictures = np.stack([sprite.rgba() for sprite in drawn])
        known["words"][name] = [recognised(name, pictures, referee), asked.seeds]
        atomic.write_whole(kept, json.dumps(known).encode())
    rows = known["words"].values()
    print(f"{len(rows)} of {len(names)} words, recognised in "
          f"{sum(r for r, _ in rows)} of {sum(n for _, n in rows)} drawings")  # fmt: skip
    badly = [name for name, (right, n) in known["words"].items() if right / n < recall.OFTEN]
    print(f"{len(badly)} often fail: {', '.join(badly)}")
    if asked.write:
        lines = ",\n".join(
            f"  {json.dumps(name)}: {json.dumps(row)}"
            for name, row in sorted(known["words"].items())
        )
        head = f'{{\n "sha256": "{artist.sha256}",\n "seeds": {asked.seeds},\n "words": {{\n'
        atomic.write_whole(WEIGHTS / recall.FILE, f"{head}{lines}\n }}\n}}\n".encode())


if __name__ == "__main__":
    main()
