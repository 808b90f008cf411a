"""What draws for `draw`: the networks of Pincel, parts drawn by hand, another pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.jobs._people import FRAMES, PersonViews, joined_motions, within
from pincel.recipe.recipe import RULES
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.sprite import Sprite
    from pincel.jobs.generate.draw import Draw
    from pincel.make.words.composers import Composer
    from pincel.make.words.draw import Artist
    from pincel.make.words.prompt import Understood
    from pincel.make.words.units import Unit


SIDE = 32
"""Canvases that are smaller have drawings of their own."""


class SpritePainter:
    """What draws: `sprite(seed)`, and what a recipe must know about it."""

    said: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    model: tuple[str, str] | None = None
    libraries: tuple[str, ...] = ()
    """Whose versions the recipe keeps."""
    backend: str = ""
    moved: bool = False
    """Whether its sprites move already."""

    def __init__(self, job: Draw) -> None:
        self.job = job

    def sprite(self, seed: int) -> Sprite:
        raise NotImplementedError

    def sized(self, seed: int) -> Sprite:
        """The sprite at the width that was asked for."""
        made = self.sprite(seed)
        if max(made.width, made.height) >= self.job.width:
            return made
        from pincel.art.larger import larger

        return larger(made, self.job.width, palette_stays=self.job.palette is not None)

    def _palette(self) -> np.ndarray | None:
        """The colours that were asked for, (k, 3) uint8."""
        if self.job.palette is None:
            return None
        from pincel.art.palette_files import load_palette

        return load_palette(self.job.palette).colors

    def resolved(self) -> dict[str, Any]:
        """Settings that were found out here."""
        return {}

    def facts(self, sprite: Sprite) -> dict[str, Any]:
        """Further numbers about a sprite."""
        return {}

    def files(self, sprite: Sprite, named: str) -> Iterator[tuple[str, bytes]]:
        """The files of a sprite as (suffix, bytes), as they are called."""
        yield from self._plain(sprite, named, self.job.for_)

    def _plain(
        self, sprite: Sprite, named: str, engines: Iterable[str]
    ) -> Iterator[tuple[str, bytes]]:
        from pincel.art.sprite_files import sprite_files

        job = self.job
        more: dict[str, Any] = {"formats": job.format, "engines": engines}
        yield from sprite_files(sprite, preview=job.preview, name=named, **more)

    def steps(self, seed: int) -> bytes:
        """A GIF of how the picture came about."""
        raise PincelError("draw.engine_steps")


class NetworkPainter(SpritePainter):
    """The networks that come with Pincel."""

    libraries = ("onnxruntime",)

    def __init__(self, job: Draw) -> None:
        from pincel.make.words import recall
        from pincel.make.words.draw import Series, candidates_for, open_artist
        from pincel.make.words.prompt import understand
        from pincel.make.words.scene import DrawnScene

        super().__init__(job)
        asked: Understood = understand(job.prompt, job.without)
        self.understood = tuple(word[1] for word in (*asked.words, *asked.replaced))
        self.palette, self.outline = self._like() if job.like is not None else (
            self._palette(), self._scribble()
        )  # fmt: skip
        self.scene = DrawnScene(asked, job.side, self.palette)
        alone = self.outline is not None or job.steps_gif or job.tile
        if self.scene.composed and alone:
            raise PincelError("draw.composed_alone", came=job.prompt, count=self.scene.count)
        self.candidates = job.candidates or candidates_for(job.count)
        self.artist: Artist = open_artist(job.model)
        self.series = Series(self.artist, job.seed + job.count)
        badly = recall.warnings((thing.name for thing in asked.things), self.artist.sha256)
        self.said = (*asked.said(), *self.scene.said(), *badly)
        self.model = (self.artist.name, self.artist.sha256)
        self.backend = self.artist.backend

    def _like(self) -> tuple[np.ndarray, np.ndarray]:
        """The palette and the silhouette of a character that is kept."""
        from pincel.jobs._remember import source_bytes
        from pincel.make.edits.editable import editable
        from pincel.make.words.like import kept
        from pincel.pixels.open import find_pictures

        (found,) = find_pictures(self.job.like)
        data, name = source_bytes(found.source)
        sprite = editable(data, name)
        if not (sprite.indices >= 0).any():
            raise PincelError("draw.like_empty", name=name)
        return kept(sprite.indices, sprite.palette, self.job.side)

    def _scribble(self) -> np.ndarray | None:
        from pincel.make.words.scribble import outline_of

        if self.job.scribble is None:
            return None
        return outline_of(self.job.scribble, self.job.side)

    def sprite(self, seed: int, **more: Any) -> Sprite:
        from pincel.make.words.sketching import Wish

        names = ("steps", "guidance", "temperature")
        settings: dict[str, Any] = {name: getattr(self.job, name) for name in names}
        settings |= {"outline": self.outline, "candidates": self.candidates}

        def brush(words: tuple[int, ...], *, seed: int, **where: Any) -> Sprite:
            if self.job.count == 1 or self.scene.composed or more:
                return self.artist.draw(words, seed=seed, **settings, **where, **more)
            return self.series.sprite(Wish(words, **settings, **where), seed)

        made = self.scene.sprite(brush, seed)
        if not self.job.tile:
            return made
        from pincel.make.words.ground import tile

        return tile(made)[0]

    def facts(self, sprite: Sprite) -> dict[str, Any]:
        from pincel.art.tile import seam

        return {"seam": round(float(seam(sprite.rgba())), 2)} if self.job.tile else {}

    def resolved(self) -> dict[str, Any]:
        from pincel.make.edits.packed import pack_mask

        packed = None if self.outline is None else pack_mask(self.outline)
        found: dict[str, Any] = {"candidates": self.candidates, "scribble": packed, "like": None}
        found["drawn_by"] = "network"
        if self.job.like is not None and self.palette is not None:
            found["palette"] = ",".join("#" + bytes(color).hex() for color in self.palette)
        return found

    def steps(self, seed: int) -> bytes:
        from pincel.show.make.drawing_gif import growing

        return growing(lambda looks: self.sprite(seed, looks=looks))


class ViewsPainter(SpritePainter):
    """A person put together from parts that were drawn by hand, seen from several sides."""

    moved = True
    libraries: tuple[str, ...] = (RULES,)

    def __init__(self, job: Draw) -> None:
        from pincel.make.words.prompt import understand

        super().__init__(job)
        asked = understand(job.prompt, job.without)
        self.understood = tuple(word[1] for word in (*asked.words, *asked.replaced))
        motions = job.motion or (("walk",) if job.frames else ())
        self.people = PersonViews(
            asked, job.views, motions, job.frames, self._palette(), job.width < SIDE
        )
        self.said = (*asked.said(), *self.people.said)

    def sprite(self, seed: int) -> Sprite:
        return self.people.sprite(seed)

    def resolved(self) -> dict[str, Any]:
        return {"drawn_by": "parts"}


class PartsPainter(SpritePainter):
    """What a composer puts together from parts that were drawn by hand."""

    libraries: tuple[str, ...] = (RULES,)

    def __init__(
        self, job: Draw, composer: Composer, asked: Understood, unseen: tuple[str, ...] = ()
    ) -> None:
        super().__init__(job)
        self.composer, self.asked, self.moved = composer, asked, composer.walks
        states = _states(asked)
        self.understood = (*(word[1] for word in asked.words), *states)
        itself = [(word, word, word) for word, *_ in asked.replaced]  # rules know what it is
        itself += [(word, word, word) for word in states]
        words = (*asked.words, *itself)
        shown = replace(asked, unknown=(), replaced=(), stands=(), words=words)
        self.said = (*shown.said(), *unseen, say(composer.told), say("draw.by_network"))
        self.palette = self._palette()

    def sprite(self, seed: int) -> Sprite:
        from pincel.art.motion import moving, with_room
        from pincel.pixels.animation import Tag

        look = self.composer.look(self.asked, seed)
        if self.job.frames and not self.job.motion:
            flowing = self.composer.flow(look, self.job.frames, self.job.width)
            if flowing is not None:
                return within(flowing, self.palette)
        drawn = self.composer.icon if self.job.width < SIDE else self.composer.sized
        still = within(drawn(look, self.job.width), self.palette)
        if not self.job.moves or not self.moved:
            return still
        still = with_room(still, self.job.motion)
        frames = self.job.frames or FRAMES
        parts = []
        for motion in dict.fromkeys(self.job.motion or ("idle",)):
            walks = self.composer.walk(look, frames, self.job.width) if motion == "walk" else None
            if walks is None:
                parts.append(moving(still, (motion,), frames))
            else:
                tags = (Tag(motion, 0, frames - 1),)
                parts.append(replace(within(walks, self.palette), tags=tags))
        return joined_motions(parts)

    def resolved(self) -> dict[str, Any]:
        return {"drawn_by": "parts"}


def _states(asked: Understood) -> tuple[str, ...]:
    """Words of states and moods, as written, that the vocabulary of the network lacks."""
    from pincel.make.words.told_states import state_of

    said = state_of(asked)
    known = {word[0] for word in (*asked.words, *asked.replaced)}
    return tuple(word for word in (said.written if said else ()) if word not in known)


class SeveralPainter(SpritePainter):
    """Several things, by rules where these show them, by the network where not."""

    libraries: tuple[str, ...] = (RULES,)

    def __init__(self, job: Draw, units: list[Unit], asked: Understood) -> None:
        from pincel.make.words.several import SeveralThings

        super().__init__(job)
        self.several = SeveralThings(units, job.width)
        self.understood = tuple(word[1] for word in (*asked.words, *asked.replaced))
        shown = (
            asked if self.several.sketched else replace(asked, unknown=(), replaced=(), stands=())
        )
        unseen = dict.fromkeys(line for unit in units for line in unit.said)
        self.said = (*shown.said(), *unseen, *self.several.said(), say("draw.by_network"))
        self.palette = self._palette()
        self.artist: Artist | None = None
        if self.several.sketched:
            from pincel.make.words import recall
            from pincel.make.words.draw import open_artist

            self.artist = open_artist(None)
            names = (unit.thing.name for unit in self.several.sketched)
            self.said = (*self.said, *recall.warnings(names, self.artist.sha256))
            self.libraries = (RULES, "onnxruntime")
            self.model = (self.artist.name, self.artist.sha256)
            self.backend = self.artist.backend

    def sprite(self, seed: int) -> Sprite:
        from pincel.make.words.several import CANDIDATES

        def brush(words: tuple[int, ...], **where: Any) -> Sprite:
            assert self.artist is not None
            return self.artist.draw(words, candidates=CANDIDATES, **where)

        return within(self.several.sprite(brush, seed), self.palette)

    def resolved(self) -> dict[str, Any]:
        return {"drawn_by": "parts"}


class EnginePainter(SpritePainter):
    """A text-to-image pipeline that the person has; its picture is brought to the true grid."""

    def __init__(self, job: Draw) -> None:
        from pincel.make.words import diffusers_engine

        super().__init__(job)
        if not job.prompt.strip():
            raise PincelError("draw.empty")
        self.on_grid = diffusers_engine.on_grid
        self.pipeline = diffusers_engine.open_pipeline(str(job.engine).partition(":")[2])
        self.said = (say("draw.with_engine", model=self.pipeline.name),)
        self.libraries = ("diffusers", "torch")
        self.model = (self.pipeline.name, self.pipeline.sha256)
        self.backend = self.pipeline.backend

    def sprite(self, seed: int) -> Sprite:
        shown = self.pipeline.picture(self.job.prompt, seed, self.job.steps, self.job.guidance)
        return self.on_grid(shown, width=self.job.width, palette=self._palette())[0]

    def sized(self, seed: int) -> Sprite:
        return self.sprite(seed)
