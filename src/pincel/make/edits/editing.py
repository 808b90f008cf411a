"""What can be done to a sprite: removed, recoloured, mirrored; and, with the network that draws,
a place drawn anew, varied, extended, made a tile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pincel.art import color_names
from pincel.art.fill import fill, surrounded_by
from pincel.art.recolor import recolor
from pincel.art.sprite import TRANSPARENT, Sprite
from pincel.art.tile import seam
from pincel.errors import PincelError
from pincel.make.edits import apart, edit, selection
from pincel.make.edits.editable import MOST_COLORS
from pincel.words import say

_NO_SEAM = 1.0
SEEN = 0.15
"""A word counts as drawn from this probability on (of a hundred classes, or five hundred words)."""
_VARIED = 4
"""So often is a variation tried until it is like enough to what it varies: nearer than half of the
share that is drawn anew would take it away."""
_ALONE = 4
"""The fewest sketches of a thing that is drawn alone."""
_OPPOSITE = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True, eq=False)
class Edited:
    """The result of an edit.

    sprite   what came out
    drawn    (h, w) bool: the pixels that were drawn anew; all others are as they were
    asked    (h, w) bool: the mask that the person named, on the canvas as it was
    numbers  facts as plain values;  lines  the same in sentences
    """

    sprite: Sprite
    drawn: np.ndarray
    asked: np.ndarray
    numbers: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def removed(sprite: Sprite, given: Any) -> Edited:
    """What the mask marks is taken away: transparent where transparent lies around it, else the
    place is filled from what lies around it."""
    mask = selection.mask_of(given, sprite.indices.shape)
    if mask.all() or surrounded_by(sprite.indices, mask) == TRANSPARENT:
        indices = np.where(mask, TRANSPARENT, sprite.indices)
    else:
        indices = fill(sprite.indices, sprite.palette, mask)
    return _edited(sprite, indices, mask, mask)


def in_palette(sprite: Sprite, palette: np.ndarray) -> Edited:
    """The same drawing in another palette, (k, 3) uint8, lights over lights and darks over
    darks."""
    indices = recolor(sprite.indices, sprite.palette, palette)
    everywhere = sprite.indices >= 0
    return _edited(Sprite((sprite.indices,), palette), indices, everywhere, everywhere)


def mirror_half(sprite: Sprite, keep: str) -> Edited:
    """One half stays, the other becomes its mirror image. PincelError where that half is empty:
    nothing would be left."""
    indices = edit.mirrored(sprite.indices, keep)
    if (indices < 0).all() and (sprite.indices >= 0).any():
        raise PincelError("edit.empty_half", half=say(f"edit.half.{keep}"), other=_OPPOSITE[keep])
    changed = indices != sprite.indices
    return _edited(sprite, indices, changed, changed)


def tiled(sprite: Sprite) -> Edited:
    """Made seamless: the cross where the borders meet is filled from the rest of the picture."""

    def cross(middle: Sprite, mask: np.ndarray, _: int) -> Sprite:
        return Sprite((fill(middle.indices, middle.palette, mask, wrap=True),), middle.palette)

    return _tiled(sprite, cross, (4, 3, 5, 6))


def _tiled(
    sprite: Sprite,
    cross: Callable[[Sprite, np.ndarray, int], Sprite],
    parts: Sequence[int],
) -> Edited:
    """Rolled by half, the cross in the middle (a part of the side wide) made anew, rolled back;
    tried until the measured seam is no stronger than the inside, else the best one kept."""
    middle = Sprite((edit.rolled(sprite.indices),), sprite.palette)
    best: tuple[float, Sprite, np.ndarray] | None = None
    for attempt, part in enumerate(parts):
        mask = selection.cross(sprite.indices.shape, max(2, min(sprite.indices.shape) // part))
        made = cross(middle, mask, attempt)
        back = Sprite((edit.rolled(made.indices, back=True),), made.palette)
        left = seam(back.rgba())
        if best is None or left < best[0]:
            best = (left, back, edit.rolled(mask, back=True))
        if left <= _NO_SEAM:
            break
    assert best is not None
    facts = {"seam_before": round(seam(sprite.rgba()), 2), "seam": round(best[0], 2)}
    line = say("edit.line.seam", **facts)
    return _edited(best[1], best[1].indices, best[2], best[2], facts, (line,))


@dataclass(frozen=True, eq=False)
class Editor:
    """The edits that the network draws. `artist` is None where none is needed.

    words    the words of the prompt as the artist takes them;  colors  those that it names
    said     sentences about how the prompt was understood
    """

    artist: Any = None
    words: tuple[int, ...] = ()
    colors: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    new_colors: bool = False
    said: tuple[str, ...] = ()

    @property
    def model(self) -> tuple[str, str] | None:
        """Name and sha256 of the network's file."""
        return (self.artist.name, self.artist.sha256) if self.artist is not None else None

    @property
    def backend(self) -> str:
        """What runs the network."""
        return self.artist.backend if self.artist is not None else ""

    def inpaint(self, sprite: Sprite, given: Any, symmetric: str | None, seed: int) -> Edited:
        """The masked place drawn anew: the hole filled, and the thing drawn alone and laid there;
        the version is kept in which the asked words are seen best. PincelError where they are seen
        in none. What people wear and hold, and was drawn by hand, is laid there as it is."""
        mask = selection.mask_of(given, sprite.indices.shape)
        known = self._known_part(sprite, mask, symmetric)
        if known is not None:
            return known
        made = self._drawn(sprite, mask, mask, seed, symmetric)
        if not words_are_seen(self.words):
            return made
        versions = [(made.sprite.indices, mask)]
        palette = made.sprite.palette
        versions += apart.laid(sprite.indices, mask, self._alone(palette), seed)
        if symmetric:
            versions = [(edit.mirrored(i, symmetric, made.drawn), own) for i, own in versions]
        pictures = [Sprite((i,), palette).rgba() * own[..., None] for i, own in versions]
        shown = sureness(self.words, pictures)
        best = int(np.argmax(shown))
        if shown[best] < SEEN:
            raise PincelError("edit.not_managed", share=round(100 * float(shown[best])))
        line = say("edit.line.seen", share=round(100 * float(shown[best])))
        indices = versions[best][0]
        return _edited(Sprite((indices,), palette), indices, made.drawn, mask,
                       {"seen": round(float(shown[best]), 3)}, (*made.lines[1:], line))  # fmt: skip

    def _known_part(self, sprite: Sprite, mask: np.ndarray, symmetric: str | None) -> Edited | None:
        """The part drawn by hand that the words name, in its place; None where there is none."""
        from pincel.make.edits.known_parts import with_part

        palette, lines = self._palette(sprite.palette)
        found = with_part(sprite.indices, mask, self.words, palette)
        if found is None:
            return None
        indices, own = found
        if symmetric:
            indices = edit.mirrored(indices, symmetric, own)
            own = own | np.flip(own, 1 if symmetric in ("left", "right") else 0)
        lines = (*lines, say("edit.line.part"))
        return _edited(Sprite((indices,), palette), indices, own, mask, {"part": True}, lines)

    def vary(
        self, sprite: Sprite, share: float, given: Any, symmetric: str | None, seed: int
    ) -> Edited:
        """A random `share` of the drawing (or of the mask) drawn anew, in coherent patches."""
        shape = sprite.indices.shape
        if given is not None:
            region = selection.mask_of(given, shape)
            asked = region
        else:
            opaque = sprite.indices >= 0
            region = selection.near_pixels(opaque) if opaque.any() else np.ones(shape, bool)
            asked = np.ones(shape, bool)
        best: tuple[float, Edited] | None = None
        for attempt in range(_VARIED):
            own = seed + attempt * 1_000_003
            mask = selection.blobs(region, share, own)
            made = self._drawn(sprite, mask, asked, own, symmetric)
            near = likeness_of(sprite.rgba(), made.sprite.rgba())
            if best is None or near > best[0]:
                best = (near, made)
            if near >= 1 - share / 2:
                break
        assert best is not None
        return best[1]

    def extend(self, sprite: Sprite, sides: tuple[int, int, int, int], seed: int) -> Edited:
        """The canvas made larger by (left, top, right, bottom) and drawn on."""
        indices, new = edit.extended(sprite.indices, *sides)
        if max(indices.shape) > edit.MOST_SIDE:
            height, width = indices.shape
            most = edit.MOST_SIDE
            raise PincelError("edit.too_large", name="-", most=most, width=width, height=height)
        made = self._drawn(Sprite((indices,), sprite.palette), new, new, seed, None)
        clean = apart.without_debris(made.sprite.indices, new)
        return _edited(Sprite((clean,), made.sprite.palette), clean, new, new, {}, made.lines[1:])

    def tile(self, sprite: Sprite, seed: int) -> Edited:
        """Made seamless with words: the cross where the borders meet is drawn anew; of up to four
        seeds the one with the least seam is kept."""

        def cross(middle: Sprite, mask: np.ndarray, attempt: int) -> Sprite:
            own = seed + attempt * 1_000_003
            return self._drawn(middle, mask, mask, own, None, wrap=True).sprite

        return _tiled(sprite, cross, (4, 4, 4, 4))

    def _drawn(
        self,
        sprite: Sprite,
        mask: np.ndarray,
        asked: np.ndarray,
        seed: int,
        symmetric: str | None,
        wrap: bool = False,
    ) -> Edited:
        palette, lines = self._palette(sprite.palette)
        if symmetric:
            mask = mask | np.flip(mask, 1 if symmetric in ("left", "right") else 0)
        indices = edit.repaint(sprite.indices, mask, self._brush(palette), seed, wrap=wrap)
        if symmetric:
            indices = edit.mirrored(indices, symmetric, mask)
        return _edited(Sprite((indices,), palette), indices, mask, asked, {}, lines)

    def _brush(self, palette: np.ndarray) -> edit.Brush:
        # a palette has at least two entries for the network: a single colour stands there twice
        shown = palette if len(palette) > 1 else palette.repeat(2, 0)

        def brush(known: np.ndarray, seed: int) -> np.ndarray:
            made = self.artist.draw(
                self.words,
                side=len(known),
                seed=seed,
                palette=shown,
                known=known,
                **self.settings,
            )
            return np.minimum(made.indices, len(palette) - 1)

        return brush

    def _alone(self, palette: np.ndarray) -> apart.Drawn:
        """The words drawn alone in a palette, on nothing."""
        shown = palette if len(palette) > 1 else palette.repeat(2, 0)
        settings = self.settings | {"candidates": max(_ALONE, self.settings.get("candidates", 1))}

        def drawn(side: int, seed: int) -> np.ndarray:
            made = self.artist.draw(self.words, side=side, seed=seed, palette=shown, **settings)
            return np.minimum(made.indices, len(palette) - 1)

        return drawn

    def _palette(self, palette: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
        """The palette to draw with: the sprite's own, and only where it was allowed the named
        colours that it lacks."""
        if not len(palette) and not (self.new_colors and self.colors):
            raise PincelError("edit.no_colors")
        missing = color_names.lacking(palette, list(self.colors))
        lines = []
        for color in missing:
            shown = say(f"edit.color.{color}")
            shades = color_names.ramp(color)[: MOST_COLORS - len(palette)]
            if not self.new_colors or not len(shades):
                key = "edit.full" if self.new_colors else "edit.lacks"
                lines.append(say(key, color=shown))
                continue
            palette = np.concatenate([palette, shades])
            lines.append(say("edit.added", color=shown, count=len(shades)))
        return palette, tuple(lines)


def open_editor(
    prompt: str | None, model: str | Path | None, *, new_colors: bool = False, **settings: Any
) -> Editor:
    """The editor for a prompt; `prompt` None: no network is opened."""
    if prompt is None:
        return Editor()
    artist = artist_of(model)
    words, said = understood(prompt) if prompt.strip() else ((), ())
    colors = tuple(color_names.named_in(prompt))
    return Editor(artist, tuple(words), colors, settings, new_colors, tuple(said))


def artist_of(model: str | Path | None) -> Any:
    """The network that draws (`make.draw`)."""
    from pincel.make.words import draw

    return draw.open_artist(model)


def words_are_seen(words: Sequence[int]) -> bool:
    """Whether the networks here can tell that the words were drawn (`make.words.evidence`)."""
    from pincel.make.words import evidence

    return evidence.can_see(words)


def sureness(words: Sequence[int], pictures: Sequence[np.ndarray]) -> np.ndarray:
    """How surely each picture, (h, w, 4) uint8, shows the words, (n,) from 0 to 1."""
    from pincel.make.words.evidence import seen

    return seen(words, pictures)


def likeness_of(one: np.ndarray, other: np.ndarray) -> float:
    """How alike two sprites, one and other, both (h, w, 4) uint8, look to the ranking network, at
    most 1."""
    from pincel.make.words.evidence import like

    return like(one, other)


def understood(prompt: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """A prompt as the words the network knows, and sentences about what was understood."""
    from pincel.make.words import prompt as prompts

    asked = prompts.understand(prompt)
    return asked.ids, asked.said()


def _edited(
    sprite: Sprite,
    indices: np.ndarray,
    drawn: np.ndarray,
    asked: np.ndarray,
    numbers: dict[str, Any] | None = None,
    lines: tuple[str, ...] = (),
) -> Edited:
    result = Sprite((np.asarray(indices, np.int16),), sprite.palette)
    facts = {
        "width": result.width,
        "height": result.height,
        "colors": len(result.palette),
        "drawn": int(drawn.sum()),
        "pixels": int(drawn.size),
        **(numbers or {}),
    }
    return Edited(result, drawn, asked, facts, (say("edit.line.drawn", **facts), *lines))
