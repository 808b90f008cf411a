"""Fit how sure `pincel translate` says it is, on faces that its network never learned from.

    python tools/calibrate_translator.py DATA MODEL/ [--check MORE.npz]

DATA holds test*.npz and judge.pt (see `train_translator.py`), MODEL what `export_translator.py`
wrote. Half of the faces are shown as they are, half in bad light and little sharpness. What the
judge of sprites calls right is right. The table goes into MODEL/translator.onnx; with --check, or
without writing on half of the faces, it is told how often the network was right where it said so.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from face_judge import ASKED, Judge, sprites
from face_pairs import FACTS
from face_views import Pairs
from pincel import atomic
from pincel.look.onnx_session import KEY
from pincel.make.pictures import doubts
from pincel.make.pictures.translate import Translator, open_translator, srgb_of
from pixel_faces import ROLE


def shown(ready: Translator, held: Pairs, judge: Judge) -> tuple[list[dict], np.ndarray]:
    """Signs of doubt of every face, and (n, asked): 1 right, 0 wrong, -1 not asked."""
    signs, right = [], []
    for start in range(0, len(held), 64):
        rows = torch.arange(start, min(start + 64, len(held)))
        hard = start // 64 % 2 == 1
        sight = held.sight(rows, torch.Generator().manual_seed(start + 1), strong=hard)
        for place, planes in enumerate(sight.planes.contiguous().numpy()):
            scores, colors, spread = ready.run(np.ascontiguousarray(planes[None]))
            signs.append(doubts.signs(scores[0], spread[0], ready.about["roles"]))
            roles = torch.from_numpy(ready.roles(scores[0]))[None]
            with torch.inference_mode():
                said = judge(sprites(roles, _rgb(colors[0])))
            row = held.facts[start + place][[FACTS.index(name) for name in ASKED]]
            answers = [int(said[name].argmax()) for name in ASKED]
            row = np.where(row < 0, -1, row == answers)
            if hard:  # its hues are turned, and their names with them: the colours are measured
                true = sight.colors[place].numpy()
                for part in COLORED:
                    role = ROLE[part]
                    there = role in roles and np.linalg.norm((colors[0] - true)[role] / UNITS) < 0.1
                    row[list(ASKED).index(part)] = int(there) if role in sight.roles[place] else -1
            right.append(row)
    return signs, np.array(right)


COLORED, UNITS = ("hair", "skin", "clothes"), np.array([2, 4, 4])
"""Parts whose colour is asked, and how the network's numbers are larger than those of OKLab."""


def _rgb(colors: np.ndarray) -> torch.Tensor:
    """(roles, 3) as the network gives them, as sRGB (1, roles, 3), 0 to 1."""
    return torch.from_numpy(srgb_of(colors.copy())).float()[None] / 255


def fitted(signs: list[dict], right: np.ndarray) -> dict[str, list[float]]:
    """A logistic function for each part, and one for all at once."""
    table = {}
    for place, part in enumerate(ASKED):
        asked = right[:, place] >= 0
        given = np.stack([one[part] for one in signs])[asked]
        table[part] = _logistic(given, right[asked, place])
    whole = _all(right)
    given = np.array([[doubts.odds_together(doubts.part_chances(one, table))] for one in signs])
    table[doubts.WHOLE] = _logistic(given[whole >= 0], whole[whole >= 0])
    return table


def _all(right: np.ndarray) -> np.ndarray:
    """Whether all that was asked is right, beards left out; -1 where hair or skin is not asked."""
    kept = [place for place, part in enumerate(ASKED) if part != "beard"]
    found = (right[:, kept] != 0).all(1).astype(int)
    first = [list(ASKED).index(part) for part in ("hair", "skin")]
    return np.where((right[:, first] < 0).any(1), -1, found)


def _logistic(given: np.ndarray, right: np.ndarray) -> list[float]:
    """Weights and the constant, by Newton's method with a little ridge."""
    x = np.column_stack([given, np.ones(len(given))])
    w = np.zeros(x.shape[1])
    ridge = np.diag([0.5] * given.shape[1] + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - right) + ridge @ w
        w = w - np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, slope)
    return [round(float(v), 5) for v in w]


def reliability(signs: list[dict], right: np.ndarray, table: dict) -> str:
    """How often it was right where it said so, in Markdown."""
    told = [doubts.part_chances(one, table) for one in signs]
    lines = ["| said | faces | right |", "|---|---|---|"]
    whole, said = _all(right), np.array([one[doubts.WHOLE] for one in told])
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.001)):
        which = (said >= low) & (said < high) & (whole >= 0)
        if which.any():
            lines.append(f"| {100 * said[which].mean():.0f} % | {which.sum()} | "
                         f"{100 * whole[which].mean():.0f} % |")  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    """Fit, tell, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    torch.set_num_threads(1)
    judge = Judge().eval()
    judge.load_state_dict(torch.load(asked.data / "judge.pt", weights_only=True))
    ready = open_translator(asked.model)
    if asked.check:
        signs, right = shown(ready, Pairs(asked.check), judge)
        print(reliability(signs, right, ready.about["doubts"]))
        return
    signs, right = shown(ready, Pairs(sorted(asked.data.glob("test*.npz"))), judge)
    half = np.arange(len(signs)) // 64 // 2 % 2 == 0
    part = fitted([s for s, h in zip(signs, half, strict=True) if h], right[half])
    print(reliability([s for s, h in zip(signs, half, strict=True) if not h], right[~half], part))
    table = fitted(signs, right)
    path = asked.model / "translator.onnx"
    model = onnx.load_model(path)
    about = json.loads(next(p.value for p in model.metadata_props if p.key == KEY))
    onnx.helper.set_model_props(model, {KEY: json.dumps(about | {"doubts": table})})
    atomic.write_whole(path, model.SerializeToString())


if __name__ == "__main__":
    main()
