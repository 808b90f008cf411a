"""How `draw` draws a person from several sides: composed of parts, written as one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from pincel.art.sprite import Sprite
    from pincel.make.words.prompt import Understood
    from pincel.pixels.animation import Tag

FRAMES = 4


class PersonViews:
    """A prompt as a person from the sides named, standing or in motion.

    palette  (k, 3) uint8: the only colours, each shade as its nearest; None: the person's own
    frames   of each motion; None: 4;  small  whether it is of 16 pixels, else of 32
    """

    def __init__(
        self,
        asked: Understood,
        views: Sequence[str],
        motions: Sequence[str],
        frames: int | None,
        palette: np.ndarray | None,
        small: bool = False,
    ) -> None:
        from pincel.make.words.person import person_of

        self.asked, self.palette = asked, palette
        self.views, self.motions = tuple(dict.fromkeys(views)), tuple(dict.fromkeys(motions))
        self.frames, self.small = frames or FRAMES, small
        self.said = person_of(asked).said()

    def sprite(self, seed: int) -> Sprite:
        """All views one after the other, each a tag ("left"), or one for each motion of each view
        ("walk_left")."""
        from pincel.art.motion import moving
        from pincel.art.people import person
        from pincel.art.people_icons import person_icon
        from pincel.make.words.person import person_of

        look = person_of(self.asked, seed).look
        drawn = person_icon if self.small else person
        if not self.motions:
            return within(drawn(look, self.views), self.palette)
        parts: list[Sprite] = []
        for motion in self.motions:
            walks = motion == "walk"
            made = within(drawn(look, self.views, self.frames if walks else 1), self.palette)
            for tag in made.tags:
                one = slice(tag.first, tag.last + 1)
                cut = replace(made, frames=made.frames[one], durations=made.durations[one])
                cut = cut if walks else moving(cut, (motion,), self.frames)
                last = len(cut.frames) - 1
                parts.append(
                    replace(cut, tags=(replace(tag, name=f"{motion}_{tag.name}", first=0,
                                               last=last),))
                )  # fmt: skip
        return joined_motions(parts)


def within(sprite: Sprite, palette: np.ndarray | None) -> Sprite:
    """A sprite in the palette (k, 3) uint8 that was given, each shade as its nearest."""
    if palette is None:
        return sprite
    import numpy as np

    from pincel.art.denoise import nearest_entry
    from pincel.pixels.color import srgb_to_oklab

    near = nearest_entry(srgb_to_oklab(sprite.palette), srgb_to_oklab(palette))
    frames = tuple(np.where(f < 0, -1, near[f]).astype(np.int16) for f in sprite.frames)
    return replace(sprite, frames=frames, palette=np.asarray(palette, np.uint8))


def joined_motions(parts: list[Sprite]) -> Sprite:
    """Sprites one after the other in one palette, their tags moved along."""
    import numpy as np

    palette = np.unique(np.concatenate([one.palette for one in parts]), axis=0)
    codes = palette.astype(np.int64) @ [65536, 256, 1]
    frames: list[np.ndarray] = []
    times: list[int] = []
    tags: list[Tag] = []
    for one in parts:
        place = np.searchsorted(codes, one.palette.astype(np.int64) @ [65536, 256, 1])
        tags += [tag.moved(len(frames)) for tag in one.tags]
        frames += [np.where(f < 0, -1, place[f]).astype(np.int16) for f in one.frames]
        times += list(one.durations)
    return replace(parts[0], frames=tuple(frames), palette=palette, durations=tuple(times),
                   tags=tuple(tags))  # fmt: skip


def sheet_files(
    sprite: Sprite, name: str, engines: Iterable[str], formats: Iterable[str], preview: bool
) -> Iterator[tuple[str, bytes]]:
    """One PNG of all views, a row for each motion of each view, and what engines read beside it
    (plain JSON where none is named); then other formats of the frames one after the other."""
    from pincel.art.files import SPRITES
    from pincel.art.sprite_files import encode_sprite, preview_scale, sprite_files

    sheet = SPRITES.load("sheet")
    atlas = sheet.packed(replace(sprite, name=name))
    yield from sheet.files_of_sheet(atlas, name, ("png", *(tuple(engines) or ("json",))))
    others = [one for one in formats if one.lower().removeprefix(".") not in ("png", "sheet")]
    if others:
        yield from sprite_files(sprite, formats=others, name=name)
    if preview:
        yield (
            ".preview.png",
            encode_sprite(atlas.sheet, ".png", scale=preview_scale(atlas.sheet), text={}),
        )
