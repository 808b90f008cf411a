"""A sentence becomes a sprite: words and a palette go in, a grid of palette entries comes out.

Three small networks in ONNX Runtime, no torch: one writes a palette from the words, one sketches
16 x 16 pixels, one draws the sketch out to 32 x 32 (see `pincel.nets.masked`). Every answer is an
entry of the palette or transparent, so nothing off the grid, off the palette or half-transparent
can come out. Several candidates are drawn for each picture, and the one in which another network,
which names what a sprite shows, sees the asked-for thing best is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from pincel.art import lexicon
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.unmask import HIDDEN, Pace, Palettes, uncover, write_palette
from pincel.errors import PincelError
from pincel.pixels import color

SIDES = (16, 32)
MOST_COLORS = 31
PARTS = ("writer", "sketcher", "finisher")
SHIPPED = "masked.sprites"
FINISH = Pace(steps=4, guidance=1.0, temperature=0.6, revise=2)
_PALETTES = 6
"""Palettes written for each drawing whose words name a colour, of which one is chosen."""
_SMALL, _LARGE = 0, 1  # the words of style that follow the vocabulary


def candidates_for(count: int) -> int:
    """How many candidates a picture gets when `count` are asked for: fewer for many, so that 16
    come in seconds."""
    return max(1, min(6, 24 // count))


@dataclass(frozen=True)
class Look:
    """The state after one look at the picture, for whoever watches: which stage ("sketch",
    "finish"), the number of the look, entries (n, s, s) with 0 transparent, what is still hidden
    (n, s, s), and the colours of entries 1 and up (n, 31, 4)."""

    stage: str
    number: int
    index: np.ndarray
    hidden: np.ndarray
    colors: np.ndarray


@dataclass(frozen=True, eq=False)
class Artist:
    """The networks that draw. name and sha256 say which; backend, what computes them."""

    name: str
    sha256: str
    backend: str
    vocabulary: int
    book: np.ndarray
    curve: np.ndarray
    run: Callable[[str, dict[str, np.ndarray]], np.ndarray]

    def draw(
        self,
        words: Sequence[int],
        *,
        side: int = 32,
        seed: int = 0,
        palette: np.ndarray | None = None,
        steps: int = 12,
        guidance: float = 2.5,
        temperature: float = 0.9,
        known: np.ndarray | None = None,
        outline: np.ndarray | None = None,
        candidates: int = 1,
        told: Callable[[int, int], None] | None = None,
        looks: Callable[[Look], None] | None = None,
    ) -> Sprite:
        """One sprite of `side` x `side` (16 or 32).

        words       ids of the vocabulary, at most 12;  seed  the same one gives the same sprite
        palette     (k, 3) uint8, at most 31 colours; None: written from the words
        known       (side, side) int: HIDDEN (-2) is drawn, -1 stays transparent, k >= 0 stays
                    entry k (needs palette);  outline (side, side) bool: a scribble to follow
        candidates  so many are drawn, and the best of them is kept
        told        called with (looks taken, of);  looks  called with every Look

        PincelError when a size or palette does not fit.
        """
        self._checked(side, palette, known, outline)
        pace = Pace(steps, guidance, temperature)
        seeds = [seed + 1_000_003 * k for k in range(candidates)]
        said = self._words(words, side, candidates)
        palettes, table = self._palettes(said, seeds, palette)
        total = steps + pace.revise + (FINISH.steps + FINISH.revise if side == 32 else 0)
        count = 0

        def looked(stage: str) -> Callable[[int, np.ndarray, np.ndarray], None]:
            def call(number: int, index: np.ndarray, hidden: np.ndarray) -> None:
                nonlocal count
                count += 1
                if looks is not None:
                    opaque = np.full((*table.shape[:2], 1), 255, np.uint8)
                    shown = np.concatenate([table, opaque], -1)
                    looks(Look(stage, number, index.copy(), hidden.copy(), shown))
                if told is not None:
                    told(count, total)

            return call

        start = np.full((side, side), HIDDEN) if known is None else np.asarray(known)
        small = start if side == 16 else _reduced(start, palettes)
        index = self._filled(
            "sketcher", small, palettes, said, seeds, pace,
            _line_reduced(outline) if side == 32 else outline, None, looked("sketch"),
        )  # fmt: skip
        if side == 32:
            index = self._filled(
                "finisher", start, palettes, said, seeds, replace(FINISH), outline, index,
                looked("finish"),
            )  # fmt: skip
        sprites = [
            _sprite(one, colors if palette is None else palette, trim=palette is None)
            for one, colors in zip(index, table, strict=True)
        ]
        if candidates == 1:
            return sprites[0]
        from pincel.make.ranking import ranked

        return sprites[int(np.argmax(ranked(words, sprites)))]

    # ------------------------------------------------------------------------------- inside

    def _checked(self, side: int, palette: Any, known: Any, outline: Any) -> None:
        if side not in SIDES:
            raise PincelError("draw.side", came=side, allowed=", ".join(map(str, SIDES)))
        if palette is not None and not 2 <= len(palette) <= MOST_COLORS:
            raise PincelError("draw.palette", came=len(palette), most=MOST_COLORS)
        for what, values in (("known", known), ("outline", outline)):
            if values is not None and np.shape(values) != (side, side):
                shape = " x ".join(map(str, np.shape(values)[::-1]))
                raise PincelError("draw.size", what=what, came=shape, side=side)
        if known is not None and palette is None:
            raise PincelError("draw.known_needs_palette")

    def _words(self, words: Sequence[int], side: int, count: int) -> np.ndarray:
        row = np.zeros(13, np.int64)
        kept = list(words)[:12]
        row[: len(kept)] = kept
        row[-1] = self.vocabulary + (_SMALL if side == 16 else _LARGE)
        return np.tile(row, (count, 1))

    def _palettes(
        self, words: np.ndarray, seeds: Sequence[int], given: np.ndarray | None
    ) -> tuple[Palettes, np.ndarray]:
        """Palettes of all candidates, and their colours in bytes (n, 31, 3)."""
        count = len(words)
        if given is None:
            codes = self._written(words, seeds)
            valid = codes >= 0
            lab = self.book[np.maximum(codes, 0)]
            rank = np.where(valid, self.curve[None], -1).astype(np.float32)
            return Palettes(lab, valid, rank), color.to_bytes(color.oklab_to_srgb(lab))
        table = np.zeros((count, MOST_COLORS, 3), np.uint8)
        table[:, : len(given)] = np.asarray(given, np.uint8)
        valid = np.zeros((count, MOST_COLORS), bool)
        valid[:, : len(given)] = True
        rank = np.full(valid.shape, -1, np.float32)
        return Palettes(color.srgb_to_oklab(table).astype(np.float32), valid, rank), table

    def _written(self, words: np.ndarray, seeds: Sequence[int]) -> np.ndarray:
        """A palette in codes for each seed: of several, the one whose most used colours are those
        that the words name."""
        named = _colors_named(words[0])
        tries = _PALETTES if named else 1
        many = [seed + 7919 * k for seed in seeds for k in range(tries)]
        codes = write_palette(
            lambda w, c: self.run("writer", {"words": w, "codes": c}),
            np.repeat(words, tries, 0),
            many,
            MOST_COLORS,
            len(self.book),
        )
        if not named:
            return codes
        from pincel.learn.captions import names_of

        names = names_of(color.to_bytes(color.oklab_to_srgb(self.book)))
        asked = np.isin(names, named)[np.maximum(codes, 0)] & (codes >= 0)
        weight = np.where(codes >= 0, self.curve[None] ** 2, 0)
        share = (asked * weight).sum(1) / weight.sum(1)
        best = share.reshape(-1, tries).argmax(1)
        return codes.reshape(len(seeds), tries, -1)[np.arange(len(seeds)), best]

    def _filled(
        self,
        part: str,
        start: np.ndarray,
        palettes: Palettes,
        words: np.ndarray,
        seeds: Sequence[int],
        pace: Pace,
        outline: np.ndarray | None,
        sketch: np.ndarray | None,
        told: Callable[[int, np.ndarray, np.ndarray], None],
    ) -> np.ndarray:
        count = len(words)
        hidden = np.tile(start == HIDDEN, (count, 1, 1))
        index = np.tile(np.where(start < 0, 0, start + 1), (count, 1, 1))
        if not hidden.any():
            return index

        def scores(seen: np.ndarray, entries: np.ndarray, valid: np.ndarray, said: np.ndarray):
            given = {"seen": seen, "palette": entries, "valid": valid, "words": said}
            return self.run(part, given)

        return uncover(scores, index, hidden, palettes, words, seeds, pace, outline, sketch, told)


def _colors_named(words: np.ndarray) -> list[str]:
    vocabulary = lexicon.vocabulary()
    inside = [vocabulary[w] for w in words[:-1].tolist() if 0 < w < len(vocabulary)]
    return [word["en"] for word in inside if word["kind"] == "colour"]


def _sprite(index: np.ndarray, colors: np.ndarray, trim: bool) -> Sprite:
    """Entries (s, s), 0 transparent, as a sprite; `trim`: only colours that occur."""
    index = index.astype(np.int16) - 1
    if not trim:
        return Sprite((index,), colors)
    used = np.unique(index[index >= 0])
    table = np.full(len(colors) + 1, TRANSPARENT, np.int16)
    kept, place = np.unique(colors[used], axis=0, return_inverse=True)
    table[used] = place.ravel()
    if not len(used):
        kept = np.zeros((1, 3), np.uint8)
    return Sprite((np.where(index >= 0, table[index], TRANSPARENT).astype(np.int16),), kept)


def _reduced(known: np.ndarray, palettes: Palettes) -> np.ndarray:
    """What is known of a 32 x 32 picture in its 16 x 16 sketch: 2 x 2 pixels that are all known
    give their most typical one."""
    blocks = known.reshape(16, 2, 16, 2).transpose(0, 2, 1, 3).reshape(16, 16, 4)
    lab = np.concatenate([palettes.colors[0], np.zeros((2, 3), np.float32)])[blocks]
    opaque = blocks >= 0
    far = np.linalg.norm(lab[..., :, None, :] - lab[..., None, :, :], axis=-1)
    best = np.where(opaque, (far * opaque[..., None, :]).sum(-1), np.inf).argmin(-1)
    typical = np.take_along_axis(blocks, best[..., None], -1)[..., 0]
    found = np.where(opaque.sum(-1) >= 2, typical, TRANSPARENT)
    return np.where((blocks == HIDDEN).any(-1), HIDDEN, found)


def _line_reduced(outline: np.ndarray | None) -> np.ndarray | None:
    if outline is None:
        return None
    halves = np.asarray(outline, bool).reshape(16, 2, 16, 2)
    return np.asarray(halves.any(axis=(1, 3)))


# ------------------------------------------------------------------------------------- opening


def open_artist(model: str | Path | None = None) -> Artist:
    """The networks that draw: the shipped ones, or a folder with writer.onnx, sketcher.onnx and
    finisher.onnx (from tools/export_draw.py). PincelError when they are missing or damaged."""
    return _open(str(model) if model not in (None, "", SHIPPED) else SHIPPED)


@lru_cache(maxsize=2)
def _open(model: str) -> Artist:
    import onnxruntime

    if model == SHIPPED:
        folder = Path(str(resources.files("pincel") / "weights"))
        files = {part: folder / f"{SHIPPED}.{part}.onnx" for part in PARTS}
    else:
        files = {part: Path(model) / f"{part}.onnx" for part in PARTS}
    code = hashlib.sha256()
    sessions: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for part, path in files.items():
        if not path.is_file():
            raise PincelError("draw.no_model", path=path)
        data = path.read_bytes()
        code.update(data)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            sessions[part] = onnxruntime.InferenceSession(
                data, options, providers=["CPUExecutionProvider"]
            )
            found = sessions[part].get_modelmeta().custom_metadata_map["pincel"]
            facts[part] = json.loads(found)
        except Exception as error:  # onnxruntime's errors have no common base of their own
            why = str(error).splitlines()[0][:120]
            raise PincelError("models.onnx_damaged", path=path, why=why) from error
    about = facts["writer"]

    def run(part: str, given: dict[str, np.ndarray]) -> np.ndarray:
        return sessions[part].run(None, given)[0]

    return Artist(
        name=SHIPPED if model == SHIPPED else Path(model).name,
        sha256=code.hexdigest(),
        backend="CPUExecutionProvider",
        vocabulary=int(about["vocabulary"]),
        book=np.array(about["book"], np.float32),
        curve=np.array(about["rank"], np.float32),
        run=run,
    )
