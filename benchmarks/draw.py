"""How well sentences become sprites: 100 fixed prompts, judged by a network taught on real ones.

    python benchmarks/draw.py --data DATA.npz --referee REFEREE.safetensors --out OUT
                              [--seeds 4] [--width 32] [--model FOLDER] [--candidates N]
                              [--prompts prompts_second.json]
    python benchmarks/draw.py ... --real             # held-out real sprites: what can be reached
    python benchmarks/draw.py ... --folder PICTURES  # drawn elsewhere: 000-0.png, prompt and seed

DATA.npz comes from tools/sprites_data.py, the referee from tools/train_judges.py; `pincel draw`
never uses the referee. The prompts (benchmarks/prompts.json) were written before any drawing was
seen; the second list (prompts_second.json: people, faces, animals, plants, food, buildings, icons)
before the training whose result it judges, by a referee that was taught with --wide. Writes
draw.json and two sheets: all drawings (red text: the object was never recognised), and
the ten that lie nearest to a sprite of the training data, beside it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from pincel import atomic
from pincel.art import lexicon
from pincel.art.tidy import touching_parts
from pincel.art.verdict import judge
from pincel.learn.captions import shows_color
from pincel.learn.prepare import prepare
from pincel.look.models import find_model
from pincel.nets._network import Model
from pincel.pixels import color, encode

SAME, COPIED = 0.05, 0.9
"""Two pixels are the same when they differ by less than SAME in OKLab (or both are transparent); a
drawing copies a sprite when COPIED of the pixels that are opaque in either are the same, mirrored
and moved as fits best (by up to two pixels)."""
BLACK = 0.25
_CANDIDATES = 10
_PAIRS = 12
PROMPTS = Path(__file__).parent / "prompts.json"


class Real:
    """The sprites of one side: RGBA, labels, colours in words, held out or not."""

    def __init__(self, path: Path, side: int, words: list[str]) -> None:
        with np.load(path, allow_pickle=False) as file:
            part = {k: file[f"a{side}_{k}"] for k in
                    ("index", "palette", "label", "held", "weight", "caption", "head")}  # fmt: skip
        rows = np.flatnonzero(part["weight"] > 0.02)
        palette = np.concatenate(
            [part["palette"][rows], np.full((len(rows), 32, 1), 255, np.uint8)], -1
        )
        palette[:, 0] = 0
        self.rgba = palette[np.arange(len(rows))[:, None, None], part["index"][rows]]
        self.held = part["held"][rows]
        place = {name: number for number, name in enumerate(words)}
        names = [w["en"] if w["kind"] == "object" else "" for w in lexicon.vocabulary()]
        own = np.array([place.get(name, -1) for name in names])[part["head"][rows]]
        self.label = own if words != lexicon.classes() else part["label"][rows]
        self.weight, self.caption = part["weight"][rows], part["caption"][rows]


def drawn(prompts: list[dict], asked: argparse.Namespace) -> tuple[list, list[float]]:
    """(prompt number, seed, rgba) and seconds for each prompt."""
    from pincel.job import Made
    from pincel.jobs.generate.draw import Draw

    found, seconds = [], []
    for number, prompt in enumerate(prompts):
        begun = time.perf_counter()
        job = Draw(prompt=prompt["prompt"], count=asked.seeds, width=asked.width,
                   model=asked.model, candidates=asked.candidates)  # fmt: skip
        made = [event.value for event in job.run() if isinstance(event, Made)]
        seconds.append(time.perf_counter() - begun)
        found += [(number, seed, sprite.rgba()) for seed, sprite in enumerate(made)]
        print(f"\r{number + 1}/{len(prompts)}", end="", flush=True)
    print()
    return found, seconds


def real_ones(prompts: list[dict], real: Real, classes: list[str], asked: argparse.Namespace):
    """For each prompt held-out real sprites of its object, in its colour if there are any."""
    rng = np.random.default_rng(1)
    found = []
    for number, prompt in enumerate(prompts):
        rows = np.flatnonzero((real.label == classes.index(prompt["object"])) & real.held)
        right = [
            r for r in rows if "colour" not in prompt or shows_color(real.rgba[r], prompt["colour"])
        ]
        chosen = rng.permutation(right if right else rows)[: asked.seeds]
        found += [(number, seed, real.rgba[r]) for seed, r in enumerate(chosen)]
    return found, []


def from_folder(folder: Path) -> tuple[list, list[float]]:
    """Pictures named NNN-S.png: prompt number from 0, seed."""
    found = []
    for path in sorted(folder.glob("[0-9]*-[0-9]*.png")):
        number, _, seed = path.stem.partition("-")
        with Image.open(path) as image:
            found.append((int(number), int(seed), np.asarray(image.convert("RGBA"))))
    return found, []


def as_32(rgba: np.ndarray) -> np.ndarray:
    """A sprite as the referee sees it."""
    return rgba if rgba.shape[0] == 32 else rgba.repeat(2, 0).repeat(2, 1)


def seen(model: Model, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores (n, classes) and embedding (n, d), of length one."""
    import torch

    scores, codes = [], []
    with torch.inference_mode():
        for start in range(0, len(pictures), 256):
            batch = prepare(pictures[start : start + 256], model.about)
            code = model.net.embed(batch)  # type: ignore[operator]
            scores.append(model.net.head(code).numpy())  # type: ignore[operator]
            codes.append((code / code.norm(dim=1, keepdim=True)).numpy())
    return np.concatenate(scores), np.concatenate(codes)


def lab_of(rgba: np.ndarray) -> np.ndarray:
    """(n, s, s, 4): OKLab times alpha, and alpha."""
    alpha = (rgba[..., 3:] > 127).astype(np.float32)
    return np.concatenate([color.srgb_to_oklab(rgba[..., :3]) * alpha, alpha], -1)


def loose(rgba: np.ndarray) -> int:
    """Parts that hang on nothing, besides the largest one."""
    opaque = rgba[..., 3] > 127
    return max(0, len(np.unique(touching_parts(opaque)[opaque])) - 1)


def near_black(rgba: np.ndarray) -> float:
    """Share of the opaque pixels whose lightness in OKLab is below `BLACK`."""
    opaque = rgba[..., 3] > 127
    light = color.srgb_to_oklab(rgba[..., :3])[opaque, 0]
    return float((light < BLACK).mean()) if len(light) else 0.0


def spread(values: np.ndarray) -> float:
    """Mean distance of all pairs of rows."""
    flat = values.reshape(len(values), -1).astype(np.float64)
    far = np.sqrt(np.maximum(((flat[:, None] - flat[None]) ** 2).sum(-1), 0))
    return float(far[np.triu_indices(len(flat), 1)].mean())


def variety(
    made: list, codes: np.ndarray, labels: np.ndarray, real: Real, real_codes: np.ndarray
) -> dict[str, float]:
    """How far pictures of one object lie apart, divided by how far real ones do."""
    rng = np.random.default_rng(2)
    ratio: dict[str, list[float]] = defaultdict(list)
    pictures = np.stack([rgba for _, _, rgba in made])
    for label in np.unique(labels):
        mine = np.flatnonzero(labels == label)[:_PAIRS]
        theirs = np.flatnonzero(real.label == label)
        theirs = rng.permutation(theirs)[:_PAIRS]
        if len(mine) < 2 or len(theirs) < 4:
            continue
        ratio["embedding"].append(spread(codes[mine]) / spread(real_codes[theirs]))
        ratio["pixels"].append(spread(lab_of(pictures[mine])) / spread(lab_of(real.rgba[theirs])))
    return {f"variety_{k}": round(float(np.mean(v)), 3) for k, v in ratio.items()} | {
        "variety_classes": len(ratio["embedding"])
    }


def same_share(one: np.ndarray, other: np.ndarray) -> float:
    """Share of the pixels opaque in either that are the same, at the best small move or mirror."""
    best = 0.0
    for flipped in (other, other[:, ::-1]):
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                moved = np.roll(flipped, (dy, dx), (0, 1))
                either = (one[..., 3] > 0) | (moved[..., 3] > 0)
                near = np.linalg.norm(one[..., :3] - moved[..., :3], axis=-1) < SAME
                both = (one[..., 3] > 0) & (moved[..., 3] > 0)
                best = max(best, float((near & both).sum() / max(1, either.sum())))
    return best


def nearest(made: list, real: Real) -> list[tuple[float, int, int]]:
    """(share of equal pixels, drawing, training sprite) for each drawing, nearest first."""
    rows = np.flatnonzero(~real.held)
    train = lab_of(real.rgba[rows])

    def coarse(values: np.ndarray) -> np.ndarray:
        n, s = values.shape[:2]
        k = s // 8
        return values.reshape(n, 8, k, 8, k, 4).mean((2, 4)).reshape(n, -1)

    small = coarse(train)
    mirrored = coarse(train[:, :, ::-1])
    found = []
    for number, (_, _, rgba) in enumerate(made):
        own = lab_of(rgba[None])
        code = coarse(own)
        far = np.minimum(((small - code) ** 2).sum(-1), ((mirrored - code) ** 2).sum(-1))
        near = np.argpartition(far, _CANDIDATES)[:_CANDIDATES]
        shares = [same_share(own[0], train[n]) for n in near]
        best = int(np.argmax(shares))
        found.append((shares[best], number, int(rows[near[best]])))
    return sorted(found, reverse=True)


def measured(
    made: list, prompts: list[dict], classes: list[str], real: Real, model: Model
) -> tuple[dict[str, object], list[tuple[float, int, int]], np.ndarray]:
    """All figures, the nearest pairs, and whether each drawing was recognised (top 5)."""
    labels = np.array([classes.index(prompts[n]["object"]) for n, _, _ in made])
    scores, codes = seen(model, np.stack([as_32(rgba) for _, _, rgba in made]))
    order = np.argsort(-scores, 1)[:, :5]
    right = order == labels[:, None]
    first = np.array([seed == 0 for _, seed, _ in made])
    obeyed = [
        shows_color(rgba, prompts[n]["colour"]) for n, _, rgba in made if "colour" in prompts[n]
    ]
    verdicts = [judge(rgba, size=rgba.shape[1::-1]) for _, _, rgba in made]
    _, real_codes = seen(model, np.stack([as_32(rgba) for rgba in real.rgba]))
    pairs = nearest(made, real)
    by_language = {
        code: round(float(np.mean([r.any() for r, (n, _, _) in zip(right, made, strict=True)
                                   if prompts[n]["language"] == code])), 3)
        for code in ("en", "es")
    }  # fmt: skip
    among = np.flatnonzero(np.isin(real.label, labels))
    theirs = real.rgba[np.random.default_rng(4).permutation(among)[:300]]
    groups = sorted({p["group"] for p in prompts if "group" in p})
    by_group = {
        group: round(float(np.mean([r[0] for r, (n, _, _) in zip(right, made, strict=True)
                                    if prompts[n].get("group") == group])), 3)
        for group in groups
    }  # fmt: skip
    opaque = np.mean([(rgba[..., 3] > 127).mean() for _, _, rgba in made])
    alike = real.rgba[..., 3] > 127
    share = alike.mean((1, 2))[np.isin(real.label, labels)].mean()
    figures: dict[str, object] = {
        "drawings": len(made),
        "top1": round(float(right[:, 0].mean()), 3),
        "top5": round(float(right.any(1).mean()), 3),
        "top5_first_seed": round(float(right[first].any(1).mean()), 3),
        "top5_by_language": by_language,
        "colours_obeyed": round(float(np.mean(obeyed)), 3) if obeyed else None,
        "colours_asked": len(obeyed),
        **variety(made, codes, labels, real, real_codes),
        "opaque": round(float(opaque), 3),
        "opaque_real": round(float(share), 3),
        "near_black": round(float(np.mean([near_black(rgba) for _, _, rgba in made])), 3),
        "near_black_real": round(float(np.mean([near_black(rgba) for rgba in theirs])), 3),
        "with_loose_parts": round(float(np.mean([loose(rgba) > 0 for _, _, rgba in made])), 3),
        "with_loose_parts_real": round(float(np.mean([loose(rgba) > 0 for rgba in theirs])), 3),
        "by_group": by_group,
        "pixel_art": round(float(np.mean([v.real for v in verdicts])), 3),
        "pixel_art_clean": round(float(np.mean([v.grade == "yes" for v in verdicts])), 3),
        "copies": round(float(np.mean([p[0] >= COPIED for p in pairs])), 4),
        "copies_means": f">= {COPIED:.0%} of pixels within {SAME} OKLab",
        "nearest_median": round(float(np.median([p[0] for p in pairs])), 3),
        "nearest_most": round(pairs[0][0], 3),
        "missed": sorted(
            {prompts[n]["prompt"] for (n, _, _), r in zip(made, right, strict=True) if not r.any()}
        ),
    }
    return figures, pairs, right.any(1)


def sheet(cells: list[tuple[list[np.ndarray], str, bool]], across: int) -> bytes:
    """Sprites with a line under each; a red line where something is wrong."""
    many = max(len(pictures) for pictures, _, _ in cells)
    wide, tall = 66 * many + 8, 84
    image = Image.new("RGB", (across * wide, -(-len(cells) // across) * tall), (118, 126, 138))
    pen = ImageDraw.Draw(image)
    for place, (pictures, text, good) in enumerate(cells):
        x, y = place % across * wide, place // across * tall
        for n, rgba in enumerate(pictures):
            one = Image.fromarray(rgba).resize((64, 64), Image.Resampling.NEAREST)
            image.paste(one, (x + 66 * n, y), one)
        pen.text((x, y + 66), text[: wide // 6], fill="white" if good else (255, 120, 110))
    return encode.png(np.asarray(image.convert("RGBA")))


def main() -> None:
    reading = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reading.add_argument("--data", type=Path, required=True)
    reading.add_argument("--referee", type=Path, required=True)
    reading.add_argument("--out", type=Path, required=True)
    reading.add_argument("--seeds", type=int, default=4)
    reading.add_argument("--width", type=int, default=32, choices=(16, 32))
    reading.add_argument("--model")
    reading.add_argument("--candidates", type=int)
    reading.add_argument("--real", action="store_true")
    reading.add_argument("--folder", type=Path)
    reading.add_argument("--prompts", type=Path, default=PROMPTS)
    asked = reading.parse_args()
    listed = json.loads(asked.prompts.read_text("utf-8"))
    prompts = listed["prompts"]
    model = find_model(asked.referee)
    classes = listed.get("classes", model.about["classes"])
    prompts = [p for p in prompts if p["object"] in classes]
    if model.about["classes"] != classes:
        raise SystemExit("the referee was taught other classes than those of prompts.json")
    real = Real(asked.data, asked.width, classes)
    if asked.folder is not None:
        made, seconds = from_folder(asked.folder)
    elif asked.real:
        made, seconds = real_ones(prompts, real, classes, asked)
    else:
        made, seconds = drawn(prompts, asked)
    figures, pairs, good = measured(made, prompts, classes, real, model)
    if seconds:
        figures["seconds_per_drawing"] = round(sum(seconds) / len(made), 3)
    asked.out.mkdir(parents=True, exist_ok=True)
    said = json.dumps(figures, indent=1, ensure_ascii=False)
    atomic.write_whole(asked.out / "draw.json", said.encode())
    rows: dict[int, list[int]] = defaultdict(list)
    for place, (number, _, _) in enumerate(made):
        rows[number].append(place)
    cells = [
        ([made[p][2] for p in places], prompts[n]["prompt"], bool(good[places].any()))
        for n, places in rows.items()
    ]
    atomic.write_whole(asked.out / "drawings.png", sheet(cells, 5))
    two = [
        ([made[d][2], real.rgba[r]], f"{share:.0%} {real.caption[r]}", share < COPIED)
        for share, d, r in pairs[:10]
    ]
    atomic.write_whole(asked.out / "nearest.png", sheet(two, 5))
    print(said)


if __name__ == "__main__":
    main()
