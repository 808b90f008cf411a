"""What the shipped translator keeps of faces that it never saw, beside what the judge can tell.

    python tools/judge_translator.py DATA [--model FOLDER]

DATA holds test*.npz and judge.pt (see `train_translator.py`). Faces lie on grounds, framed a little
differently each, the same every time. "ceiling" is what the judge answers on the true sprites.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from drawn_styles import DRAWN, UNSEEN
from face_judge import ASKED, Judge, balanced, sprites
from face_views import Pairs
from pincel.make.pictures.translate import Translator, open_translator, srgb_of


def made_by(ready: Translator, held: Pairs) -> torch.Tensor:
    """Sprites (n, 4, 16, 16) of all held-out faces, one by one."""
    found = []
    for start in range(0, len(held), 64):
        rows = torch.arange(start, min(start + 64, len(held)))
        sight = held.sight(rows, torch.Generator().manual_seed(start), strong=False)
        for planes in sight.planes.contiguous().numpy():
            scores, colors, *_ = ready.run(np.ascontiguousarray(planes[None]))
            roles = torch.from_numpy(ready.roles(scores[0]))[None]
            table = torch.from_numpy(srgb_of(colors[0])).float()[None] / 255
            found.append(sprites(roles, table))
    return torch.cat(found)


def main() -> None:
    """A table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    held = Pairs(sorted(asked.data.glob("test*.npz")))
    judge = Judge()
    judge.load_state_dict(torch.load(asked.data / "judge.pt", weights_only=True))
    made = made_by(open_translator(asked.model), held)
    true = sprites(held.roles.long(), held.colors.float() / 255)
    hidden = np.isin(held.facts[:, 0], [list(DRAWN).index(name) for name in UNSEEN])
    rows = []
    for which in (~hidden, hidden):
        rows += [balanced(judge, one[which], held.facts[which]) for one in (made, true)]
    print("| kept of | styles it learned | ceiling | styles it never saw | ceiling |")
    print("|---|---|---|---|---|")
    for name in ASKED:
        print(f"| {name} | " + " | ".join(f"{100 * row[name]:.1f}" for row in rows) + " |")
    print(f"\n{int((~hidden).sum())} and {int(hidden.sum())} faces.")


if __name__ == "__main__":
    main()
