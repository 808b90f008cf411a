"""What the shipped translator keeps of faces that it never saw, beside what the judge can tell.

    python tools/judge_translator.py DATA [--model FOLDER] [--whole | --found]

DATA holds test*.npz and judge.pt (see `train_translator.py`). Faces lie on grounds, framed a little
differently each, the same every time; with --whole within larger pictures, as a person has them,
their frames given as before (but not turned), with --found looked for, and a face that is refused
is wrong. "ceiling" is what the judge answers on the true sprites.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from drawn_styles import DRAWN, UNSEEN
from face_judge import ASKED, Judge, balanced, sprites
from face_pairs import FRAME
from face_views import Pairs
from pincel.errors import PincelError
from pincel.make.pictures.heads import Frame
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


def made_of_whole(ready: Translator, held: Pairs, find: bool) -> torch.Tensor:
    """The same of faces in pictures of 160 x 160 pixels."""
    found = []
    for number, drawn in enumerate(held.drawn.numpy()):
        draws = torch.Generator().manual_seed(number)
        ground = held.grounds.some(1, draws)[0].movedim(0, 2).numpy()
        whole = Image.fromarray(np.rint(255 * ground.clip(0, 1)).astype(np.uint8)).resize(
            (160, 160)
        )
        face = Image.fromarray(drawn)
        whole.paste(face, (24, 24), face)
        rgba = np.array(whole.convert("RGBA"))
        size, x, y = (2 * torch.rand(3, generator=draws) - 1).tolist()
        side = FRAME * float(np.exp(0.064 * size))
        frame = Frame(80 + 2 * x - side / 2, 80 + 2 * y - side / 2, side)
        try:
            made = ready.translate(rgba, None if find else frame)
        except PincelError:
            found.append(-torch.ones(1, 4, 16, 16))
            continue
        table = torch.from_numpy(made.colors).float()[None] / 255
        found.append(sprites(torch.from_numpy(made.roles)[None], table))
    return torch.cat(found)


def main() -> None:
    """A table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--found", action="store_true")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    held = Pairs(sorted(asked.data.glob("test*.npz")))
    judge = Judge()
    judge.load_state_dict(torch.load(asked.data / "judge.pt", weights_only=True))
    ready = open_translator(asked.model)
    if asked.whole or asked.found:
        made = made_of_whole(ready, held, asked.found)
    else:
        made = made_by(ready, held)
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
