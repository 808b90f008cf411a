"""The captioned sprites as data: for the network that draws, and for classifiers.

`caption_arrays` makes the arrays of the drawing network: index grids, palettes, words. `labelled`
gives pictures and object classes to any family of networks.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pincel.art import lexicon
from pincel.learn import captions, dolls
from pincel.learn.shadows import unshadowed
from pincel.pixels.color import srgb_to_oklab

MOST_COLORS = 31
MOST_WORDS = 12
HELD = 0.06
"""Share of the captions that are held out."""
_SKIPPED = frozenset(("unnamed", "emoji flag", "worn"))
_DULL = {"wall": 0.06, "floor": 0.06, "water": 0.08, "tile": 0.08, "gauge": 0.1, "beam": 0.15,
         "magic": 0.15, "icon": 0.15, "button": 0.1, "field": 0.1, "ore": 0.1, "river": 0.1,
         "wave": 0.05, "pit": 0.15, "blood": 0.15, "fence": 0.2, "grass": 0.15, "number": 0.1,
         "cursor": 0.3, "symbol": 0.3, "folder": 0.3}  # fmt: skip
"""Objects that are many and dull."""
_GROUPS = {"tile": 0.35, "ui icon": 0.4, "spell icon": 0.3, "icon": 0.3, "effect": 0.5,
           "emoji": 0.6, "dungeon": 0.6, "vector": 0.5, "portrait": 0.6}  # fmt: skip
_DOLL = 0.2
_ENOUGH = 40
"""A class of more sprites than this gets less for each, so that its sum grows with the root."""
_SOFT = 0.12


@dataclass(frozen=True, eq=False)
class CaptionedSprite:
    """A sprite with words.

    rgba (side, side, 4) uint8, alpha 0 or 255; side 16 or 32; ids of the vocabulary, at most 12;
    head the id of the object drawn (0: none named); group and source as the archive has them
    """

    rgba: np.ndarray
    side: int
    caption: str
    source: str
    group: str
    ids: tuple[int, ...]
    head: int
    place: np.ndarray | None = None
    """(side, side) bool: where one thing is that it wears or holds."""
    thing: str = ""
    """What that is, with its colour."""


def captioned(path: Path, *, words_only: bool = True) -> Iterator[CaptionedSprite]:
    """The sprites of sprites.zip that have words and fit 32x32, exact duplicates once."""
    seen: set[bytes] = set()
    with zipfile.ZipFile(path) as archive:
        rows = [json.loads(line) for line in archive.open("index.jsonl")]
        for row in rows:
            if row["group"] in _SKIPPED or not row["caption"]:
                continue
            caption = captions.read_caption(row["caption"], row["source"])
            if words_only and not caption.ids:
                continue
            shade = 0.5 if row["source"].startswith("crawl") else _SOFT
            rgba = _fitted(_opened(archive, row["file"]), shade)
            if rgba is None:
                continue
            if row["source"].startswith("crawl"):
                if _is_mark(rgba):
                    continue
                rgba = unshadowed(rgba, standing=row["group"] == "monster")
            mark = hashlib.md5(rgba.tobytes(), usedforsecurity=False).digest()
            if mark in seen:
                continue
            seen.add(mark)
            yield CaptionedSprite(rgba, len(rgba), row["caption"], row["source"], row["group"],
                            caption.ids, caption.head)  # fmt: skip


def _is_mark(rgba: np.ndarray) -> bool:
    """Whether a 32x32 file holds but a small mark in a corner, to be laid over something else."""
    if len(rgba) < 32:
        return False
    rows, columns = np.nonzero(rgba[..., 3])
    tall, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    off = max(abs(rows.mean() - 15.5), abs(columns.mean() - 15.5))
    return bool(max(tall, wide) <= 18 and off > 4.5)


def _opened(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    with archive.open(name) as file:
        return np.asarray(Image.open(io.BytesIO(file.read())).convert("RGBA"))


def _fitted(rgba: np.ndarray, most_soft: float = _SOFT) -> np.ndarray | None:
    """A hard-edged sprite in the middle of a 16x16 or 32x32 canvas; None when it does not fit, is
    nearly empty or has too many half-transparent pixels (for each opaque one) to drop them. Crawl's
    items cast a soft shadow on the ground, which is no part of them."""
    alpha = rgba[..., 3]
    opaque = alpha > 127
    soft = (alpha > 0) & (alpha < 255)
    if opaque.sum() < 9 or soft.sum() > most_soft * opaque.sum():
        return None
    rgba = np.where(opaque[..., None], rgba, 0).astype(np.uint8)
    rgba[..., 3] = opaque * np.uint8(255)
    if max(rgba.shape[:2]) > 32:
        rows, columns = np.flatnonzero(opaque.any(1)), np.flatnonzero(opaque.any(0))
        rgba = rgba[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        if max(rgba.shape[:2]) > 32:
            return None
    side = 16 if max(rgba.shape[:2]) <= 16 else 32
    height, width = rgba.shape[:2]
    canvas = np.zeros((side, side, 4), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    canvas[top : top + height, left : left + width] = rgba
    return canvas


def with_colors(ids: tuple[int, ...], rgba: np.ndarray) -> tuple[int, ...]:
    """The words of a caption, then the colours: those it names, those that are seen in the sprite
    `rgba`, (h, w, 4) uint8; 12 at most."""
    names = lexicon.by_name()
    kinds = {i: lexicon.vocabulary()[i]["kind"] for i in ids}
    seen = [names["colour", name] for name in captions.dominant_colors(rgba)]
    told = [i for i in ids if kinds[i] == "colour"]
    colors = list(dict.fromkeys([*told, *seen]))[:4]
    rest = [i for i in ids if kinds[i] != "colour"]
    return (*rest[: MOST_WORDS - len(colors)], *colors)


def indexed_sprite(rgba: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(s, s, 4) as index (s, s) uint8, 0 transparent, and palette (k, 3) uint8, k <= 31, the most
    used colour first. More colours are reduced in OKLab."""
    opaque = rgba[..., 3] > 127
    colors = rgba[opaque][:, :3]
    unique, inverse, counts = np.unique(colors, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    if len(unique) > MOST_COLORS:
        kept, target = _merged(srgb_to_oklab(unique), counts, MOST_COLORS)
        unique, inverse = unique[kept], target[inverse]
        counts = np.bincount(inverse, minlength=len(unique))
    order = np.argsort(-counts, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    index = np.zeros(rgba.shape[:2], np.uint8)
    index[opaque] = rank[inverse] + 1
    return index, unique[order]


def _merged(lab: np.ndarray, counts: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Give up colours, the least missed first, until `most` are left: places of those kept, and
    for each colour the kept one (a place among them) that stands for it. lab (n, 3)."""
    far = ((lab[:, None] - lab[None]) ** 2).sum(-1)
    np.fill_diagonal(far, np.inf)
    mass = counts.astype(np.float64)
    stands = np.arange(len(lab))
    alive = np.ones(len(lab), bool)
    while alive.sum() > most:
        near = far.argmin(1)
        price = np.where(alive, far[np.arange(len(lab)), near] * mass, np.inf)
        gone = int(price.argmin())
        mass[near[gone]] += mass[gone]
        stands[stands == gone] = near[gone]
        alive[gone] = False
        far[gone] = far[:, gone] = np.inf
    kept = np.flatnonzero(alive)
    return kept, np.searchsorted(kept, stands)


def label_of(head: int) -> int:
    """The class of an object: its own, that of what it also is, or -1."""
    names = lexicon.classes()
    word = lexicon.vocabulary()[head]
    for name in (word["en"], *word.get("is", ())):
        if word["kind"] == "object" and name in names:
            return names.index(name)
    return -1


def caption_arrays(
    sprites: Path, parts: Path | None, count: int = 3000, seed: int = 4,
    more: Sequence[tuple[np.ndarray, str, str, str]] = (),
) -> dict[str, Any]:  # fmt: skip
    """The arrays that tools/sprites_data.py writes: for each side (prefixes a16_, a32_)

    index (n, s, s) uint8, 0 transparent; palette (n, 32, 3) uint8, row 0 unused; colors (n,)
    uint8; words (n, 12) uint16, 0 none; weight (n,) float32; label (n,) int16, -1 no class;
    held (n,) bool; caption, source texts; head (n,) uint16, the word of what is drawn; place
    (n, s, s) bool and place_words (n, 12): where one thing is that it wears, and what that is.

    more: other pictures (s, s, 4) uint8 of 16 or 32 pixels, captions, sources, groups
    """
    rows = list(captioned(sprites))
    labels = np.array([label_of(row.head) for row in rows], np.int16)
    held = _held([row.caption for row in rows], labels)
    texts = {row.caption.lower() for row, out in zip(rows, held, strict=True) if out}
    rows += [row for row in map(_read, more) if row.head]
    weights = _weights(rows)
    if parts is not None:
        made = [_of_doll(doll) for doll in dolls.compose(parts, count, seed)]
        rows += made
        weights = np.concatenate([weights, np.full(len(made), _DOLL)])
    added = rows[len(labels) :]
    labels = np.array([-1 if row.group == "doll" else label_of(row.head) for row in rows], np.int16)
    out = [row.caption.lower() in texts or _draw(row.caption) < HELD / 2 for row in added]
    held = np.concatenate([held, np.array(out, bool)])
    arrays: dict[str, Any] = {}
    for side in (16, 32):
        here = [n for n, row in enumerate(rows) if row.side == side]
        arrays |= _side([rows[n] for n in here], f"a{side}_", labels[here], held[here],
                        weights[here])  # fmt: skip
    return arrays


def _read(one: tuple[np.ndarray, str, str, str]) -> CaptionedSprite:
    rgba, caption, source, group = one
    meaning = captions.read_caption(caption)
    return CaptionedSprite(rgba, len(rgba), caption, source, group, meaning.ids, meaning.head)


def _of_doll(doll: dolls.Doll) -> CaptionedSprite:
    meaning = captions.read_caption(doll.caption)
    return CaptionedSprite(doll.rgba, 32, doll.caption, "dolls", "doll", meaning.ids, meaning.head,
                     doll.place, doll.thing)  # fmt: skip


def _side(
    rows: list[CaptionedSprite],
    prefix: str,
    labels: np.ndarray,
    held: np.ndarray,
    weights: np.ndarray,
) -> dict[str, Any]:
    side = rows[0].side
    index = np.zeros((len(rows), side, side), np.uint8)
    palette = np.zeros((len(rows), MOST_COLORS + 1, 3), np.uint8)
    colors = np.zeros(len(rows), np.uint8)
    words = np.zeros((len(rows), MOST_WORDS), np.uint16)
    place, place_words = np.zeros((len(rows), side, side), bool), words.copy()
    for n, row in enumerate(rows):
        if row.place is not None and row.thing:
            place[n] = row.place
            thing = captions.read_caption(row.thing).ids
            place_words[n, : len(thing)] = thing
        index[n], own = indexed_sprite(row.rgba)
        palette[n, 1 : len(own) + 1] = own
        colors[n] = len(own)
        ids = with_colors(row.ids, row.rgba)
        words[n, : len(ids)] = ids
    found = {
        "index": index,
        "palette": palette,
        "colors": colors,
        "words": words,
        "weight": weights.astype(np.float32),
        "label": labels.astype(np.int16),
        "held": held.astype(bool),
        "caption": np.array([row.caption for row in rows]),
        "source": np.array([row.source for row in rows]),
        "head": np.array([row.head for row in rows], np.uint16),
        "place": place,
        "place_words": place_words,
    }
    return {prefix + key: value for key, value in found.items()}


def _draw(text: str) -> float:
    """A number 0-1 that a caption always gets."""
    return int.from_bytes(hashlib.sha256(text.lower().encode()).digest()[:6], "big") / 2**48


def _held(texts: list[str], labels: np.ndarray) -> np.ndarray:
    """Held-out sprites: in each class about 6 % of the captions, never more than a quarter of its
    sprites, all sprites of a caption together."""
    by_class: dict[int, Counter[str]] = defaultdict(Counter)
    for text, label in zip(texts, labels.tolist(), strict=True):
        by_class[label][text.lower()] += 1
    taken: set[tuple[int, str]] = set()
    for label, counts in by_class.items():
        order = sorted(counts, key=_draw)
        total, wanted, sum_held = sum(counts.values()), HELD * sum(counts.values()), 0
        for text in order:
            if sum_held + 0.5 * counts[text] > wanted:
                continue
            if sum_held + counts[text] <= max(1, total // 4):
                taken.add((label, text))
                sum_held += counts[text]
    # a caption is held everywhere or nowhere
    held_texts = {text for _, text in taken}
    return np.array([text.lower() in held_texts for text in texts])


def _weights(rows: list[CaptionedSprite]) -> np.ndarray:
    """How often each sprite is shown: dull tiles seldom, big classes less for each member."""
    name = {row.head: lexicon.vocabulary()[row.head]["en"] for row in rows}
    many = Counter(row.head for row in rows)
    captions_of = Counter((row.caption, row.source) for row in rows)
    weights = []
    for row in rows:
        weight = _DULL.get(name[row.head], 1.0) * _GROUPS.get(row.group, 1.0)
        if row.head == 0:
            weight *= 0.4
        if name[row.head] not in _DULL:
            weight *= min(1.0, (_ENOUGH / many[row.head]) ** 0.5)
        weight *= min(1.0, (4 / captions_of[row.caption, row.source]) ** 0.5)
        weights.append(weight)
    return np.array(weights, np.float64)


def labelled(path: Path, size: int = 32) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Sprites and their object classes: pictures (n, size, size, 4) uint8 (16-pixel sprites shown
    twice as large), labels (n,) int64 with -1 for objects of no class, names, class names."""
    pictures, labels, names = [], [], []
    for row in captioned(path):
        rgba = row.rgba if row.side == 32 else row.rgba.repeat(2, 0).repeat(2, 1)
        pictures.append(rgba)
        labels.append(label_of(row.head))
        names.append(row.caption)
    stack = np.stack(pictures)
    if size == 16:
        stack = stack[:, ::2, ::2]
    elif size != 32:
        from pincel.learn.prepare import resized

        stack = np.stack([resized(picture, (size, size)) for picture in stack])
    return stack, np.array(labels, np.int64), names, lexicon.classes()
