"""Does `pincel edit` draw what is asked where it is asked? 30 cases, named by a blind referee.

    python benchmarks/inpaint.py teach --parts doll-parts.zip --referee REFEREE.safetensors
    python benchmarks/inpaint.py run --parts doll-parts.zip --referee REFEREE.safetensors --out OUT
    python benchmarks/inpaint.py vary --parts doll-parts.zip --referee JUDGE.safetensors

A case is a bare character (composed of Dungeon Crawl's parts, none at the asked place), a rectangle
for its slot (above the head, at one hand, at the other), and a word. The referee has seen real
parts in their place on other characters, the rectangle cut out, colours turned, and names what
stands there ("none" too). All rectangles of
a slot are alike, so their size says nothing. With --photos it begins with a network of photographs;
--own gives the share of Pincel's own parts among its lessons (none: it has never seen that hand).
`pincel edit` never asks it. `run` counts how many of
the 30 it names as asked (a refusal counts as missed) and how many of those that were kept; writes
inpaint.json and a sheet: before, after. `vary` draws a share of 20 real characters anew (--share)
and gives the cosine of the embeddings before and after, by the network that judges drawings
(tools/train_judges.py referee), which `edit` never asks.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from pincel import atomic
from pincel.art import lexicon
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.learn import dolls, prepare
from pincel.learn.captioned_sprites import indexed_sprite
from pincel.look.models import find_model
from pincel.nets import cnn, pretrained
from pincel.nets._network import Model, model_bytes
from pincel.pixels import color

BOXES = {"head": (8, 0, 16, 12), "hand1": (0, 4, 13, 24), "hand2": (19, 8, 13, 18)}
"""x, y, width, height of the place for each slot."""
SLOTS = {"head": ("hat", "helmet", "crown"), "hand2": ("shield",),
         "hand1": ("sword", "axe", "staff", "spear", "bow", "mace")}  # fmt: skip
CLASSES = ["none", *(word for words in SLOTS.values() for word in words)]
CASES = {"hat": 4, "helmet": 4, "crown": 4, "shield": 4, "sword": 4, "axe": 3, "staff": 3,
         "spear": 2, "bow": 2}  # fmt: skip
DRAWN = ("hat", "helmet", "crown", "shield", "sword", "axe", "staff", "spear", "bow")
"""Words of which Pincel has parts drawn by hand."""
HELD = 0.15
"""Share of the parts that the referee is tested on."""


class Parts:
    """Real parts by class, and characters without them."""

    def __init__(self, path: Path) -> None:
        self.by_class: dict[str, list[np.ndarray]] = {name: [] for name in CASES | {"mace": 0}}
        with zipfile.ZipFile(path) as archive:
            slots = {slot: dolls._parts(archive, slot) for slot in dolls.ORDER}
            for slot, words in SLOTS.items():
                for name in slots[slot]:
                    word = dolls._word(name, slot)
                    if word in words:
                        self.by_class[word].append(dolls._opened(archive, name))
            bases = [n for n in slots["base"] if dolls._race(n) in dolls._COMMON]
            slots["base"] = bases
            self.layers = {
                slot: [dolls._opened(archive, n) for n in slots[slot]]
                for slot in ("base", "legs", "boots", "body", "hair")
            }

    def character(self, rng: np.random.Generator, part: np.ndarray | None = None) -> np.ndarray:
        """(32, 32, 4) uint8: dressed, with empty hands and a bare head but for the part."""
        chosen = []
        for slot, pictures in self.layers.items():
            if slot == "base" or rng.random() < dolls._CHANCE[slot]:
                chosen.append(pictures[rng.integers(len(pictures))])
        return dolls._laid([*chosen, *([] if part is None else [part])])


def slot_of(word: str) -> str:
    """The slot a part belongs to."""
    return next(slot for slot, words in SLOTS.items() if word in words)


def cut(rgba: np.ndarray, slot: str, shift: tuple[int, int] = (0, 0)) -> np.ndarray:
    """The rectangle of a slot in the middle of an empty canvas, (32, 32, 4)."""
    x, y, wide, high = BOXES[slot]
    canvas = np.zeros((32, 32, 4), np.uint8)
    y, x = np.clip(y + shift[0], 0, 32 - high), np.clip(x + shift[1], 0, 32 - wide)
    top, left = (32 - high) // 2, (32 - wide) // 2
    canvas[top : top + high, left : left + wide] = rgba[y : y + high, x : x + wide]
    return canvas


def lessons(
    parts: Parts, count: int, seed: int, held: bool, own: float = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Rectangles (n, 32, 32, 4) and classes (n,), of parts that are held out or not.

    `own` is the share of Pincel's own drawings among those that are not.
    """
    rng = np.random.default_rng([seed, held])
    pictures, labels = [], []
    for _ in range(count):
        word = CLASSES[rng.integers(len(CLASSES))]
        slot = str(rng.choice(list(SLOTS))) if word == "none" else slot_of(word)
        part = None
        if not held and word in DRAWN and rng.random() < own:
            made = cut(with_own(parts.character(rng), word, rng), slot, shift(rng))
            pictures.append(turned(made, rng))
            labels.append(CLASSES.index(word))
            continue
        if word != "none":
            all_ = parts.by_class[word]
            least = max(1, round(HELD * len(all_)))
            some = all_[:least] if held else all_[least:]
            part = some[rng.integers(len(some))]
        made = cut(parts.character(rng, part), slot, shift(rng))
        pictures.append(made if held else turned(made, rng))
        labels.append(CLASSES.index(word))
    return np.stack(pictures), np.array(labels)


def shift(rng: np.random.Generator) -> tuple[int, int]:
    """A rectangle lies a little to the side now and then."""
    return tuple(rng.integers(-2, 3, 2))


def with_own(rgba: np.ndarray, word: str, rng: np.random.Generator) -> np.ndarray:
    """A character with a part that was drawn for Pincel, in a colour of its own."""
    from pincel.make.edits.known_parts import with_part

    index, palette = indexed_sprite(rgba)
    indices = index.astype(np.int16) - 1
    added = rng.integers(30, 255, (3, 3)).astype(np.uint8)
    ids = [lexicon.by_name()["object", word]]
    mask = np.zeros(indices.shape, bool)
    x, y, wide, high = BOXES[slot_of(word)]
    mask[y : y + high, x : x + wide] = True
    found = with_part(indices, mask, ids, np.concatenate([palette, added]))
    if found is None:
        return rgba
    return Sprite((found[0],), np.concatenate([palette, added])).rgba()


def turned(rgba: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """In other hues, sometimes mirrored: the shape is what counts."""
    lab = color.srgb_to_oklab(rgba[..., :3])
    turn = rng.uniform(-np.pi, np.pi) * (rng.random() < 0.7)
    a, b = lab[..., 1].copy(), lab[..., 2].copy()
    lab[..., 1] = np.cos(turn) * a - np.sin(turn) * b
    lab[..., 2] = np.sin(turn) * a + np.cos(turn) * b
    rgb = color.to_bytes(color.oklab_to_srgb(lab))
    made = np.concatenate([rgb * (rgba[..., 3:] > 0), rgba[..., 3:]], -1).astype(np.uint8)
    return made[:, ::-1] if rng.random() < 0.5 else made


def new_referee(photos: bool) -> tuple[cnn.Net | pretrained.Net, float]:
    """A network that knows nothing, or one that has seen photographs; and its learning rate."""
    if photos:
        large = pretrained.Net(pretrained.Config(channels=4, classes=len(CLASSES), side=64))
        pretrained.start(large)
        return large, 1e-3
    config = cnn.Config(channels=4, classes=len(CLASSES), widths=(24, 48, 96, 128), dropout=0.2)
    return cnn.Net(config), 3e-3


def teach(asked: argparse.Namespace) -> None:
    """Train the referee and say how good it is on parts it has not seen."""
    parts = Parts(asked.parts)
    torch.manual_seed(asked.seed)
    first, _ = lessons(parts, 2000, asked.seed, False)
    about = {"prepare": prepare.preparation_facts(first, "nearest")}
    net, most = new_referee(asked.photos)
    optimizer = torch.optim.AdamW(net.parameters(), most, weight_decay=0.05)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, most, asked.steps)
    many = 32 if asked.photos else 64
    for step in range(asked.steps):
        seed = asked.seed * 100_000 + step
        pictures, labels = lessons(parts, many, seed, False, asked.own)
        net.train()
        scores = net.logits(prepare.prepare(pictures, about))
        loss = torch.nn.functional.cross_entropy(scores, torch.from_numpy(labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rate.step()
    net.eval()
    pictures, labels = lessons(parts, 1000, asked.seed, True)
    with torch.inference_mode():
        best = net.logits(prepare.prepare(pictures, about)).argmax(1).numpy()
    right = {
        name: round(float((best == labels)[labels == k].mean()), 3)
        for k, name in enumerate(CLASSES)
    }
    facts = {"held": round(float((best == labels).mean()), 3), "by_class": right}
    print(json.dumps(facts))
    about |= {"classes": CLASSES, "metrics": facts, "seed": asked.seed}
    family = "pretrained" if asked.photos else "cnn"
    atomic.write_whole(asked.referee, model_bytes(Model(family, net, about)))


def run(asked: argparse.Namespace) -> None:
    """The thirty cases."""
    from pincel.calls import call

    model = find_model(asked.referee)
    parts = Parts(asked.parts)
    rng = np.random.default_rng(asked.seed)
    rows, sheet = [], []
    for word, count in CASES.items():
        for _ in range(count):
            before = parts.character(rng)
            if asked.only and word not in asked.only.split(","):
                continue
            slot = slot_of(word)
            row: dict = {"word": word, "kept": False, "named": None}
            after = before
            try:
                box = BOXES[slot]
                made = call("edit", Image.fromarray(few(before)), word, mask=box, seed=asked.seed)
                after = made.rgba()
                with torch.inference_mode():
                    shown = prepare.prepare(cut(after, slot)[None], model.about)
                    best = int(model.net.logits(shown).argmax())  # type: ignore[operator]
                row |= {"kept": True, "named": CLASSES[best]}
            except PincelError as error:
                row["refused"] = str(error)[:80]
            rows.append(row)
            sheet.append((before, after, row))
            print(row, flush=True)
    kept = [row for row in rows if row["kept"]]
    right = sum(row["named"] == row["word"] for row in rows)
    facts = {
        "cases": len(rows), "named_as_asked": right, "kept": len(kept),
        "of_all": round(right / len(rows), 3),
        "of_kept": round(right / max(1, len(kept)), 3), "rows": rows,
    }  # fmt: skip
    asked.out.mkdir(parents=True, exist_ok=True)
    atomic.write_whole(asked.out / "inpaint.json", json.dumps(facts, indent=1).encode())
    draw_sheet(sheet, asked.out / "inpaint.png")
    print({k: v for k, v in facts.items() if k != "rows"})


def vary(asked: argparse.Namespace) -> None:
    """How alike twenty characters stay when a share of them is drawn anew."""
    from pincel.calls import call

    model = find_model(asked.referee)
    found = []
    for seed, doll in enumerate(dolls.compose(asked.parts, 20, asked.seed)):
        before = few(doll.rgba)
        after = call("edit", Image.fromarray(before), vary=asked.share, seed=seed).rgba()
        with torch.inference_mode():
            both = prepare.prepare(np.stack([before, after]), model.about)
            one, other = model.net.embed(both)  # type: ignore[operator]
        found.append(float(torch.nn.functional.cosine_similarity(one, other, dim=0)))
        print(round(found[-1], 3), flush=True)
    least = sum(value >= 0.8 for value in found)
    print({"mean": round(float(np.mean(found)), 3), "at_least_0.8": least, "of": len(found)})


def few(rgba: np.ndarray) -> np.ndarray:
    """At most 31 colours, as `edit` wants it."""
    index, palette = indexed_sprite(rgba)
    return Sprite((index.astype(np.int16) - 1,), palette).rgba()


def draw_sheet(cells: list, path: Path) -> None:
    """Before and after, the word, and what the referee named."""
    image = Image.new("RGB", (6 * 206, -(-len(cells) // 6) * 116), (118, 126, 138))
    pen = ImageDraw.Draw(image)
    for place, (before, after, row) in enumerate(cells):
        x, y = place % 6 * 206, place // 6 * 116
        for n, rgba in enumerate((before, after)):
            one = Image.fromarray(rgba).resize((96, 96), Image.Resampling.NEAREST)
            image.paste(one, (x + 100 * n, y), one)
        good = row["named"] == row["word"]
        text = f"{row['word']}: {row['named'] if row['kept'] else 'refused'}"
        pen.text((x, y + 98), text, fill="white" if good else (255, 120, 110))
    image.save(path)


def main() -> None:
    """Teach the referee, or run the cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("teach", "run", "vary"))
    parser.add_argument("--parts", type=Path, required=True)
    parser.add_argument("--referee", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--photos", action="store_true", help="begin with photographs' network")
    parser.add_argument("--own", type=float, default=0.0, help="share of Pincel's own parts")
    parser.add_argument("--only", help="words of the cases to run, joined by commas")
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    {"teach": teach, "run": run, "vary": vary}[asked.what](asked)


if __name__ == "__main__":
    main()
