"""The job that draws parts of a sprite anew and leaves every other pixel as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator, model_validator

from pincel.art.files import SpriteFormat
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, option_of, setting
from pincel.jobs._palette import as_text
from pincel.jobs._picture import opened_once

if TYPE_CHECKING:
    from pincel.make.edits.editing import Edited, Editor
    from pincel.pixels.sources import Found

_MOST_NEW = 128
_DRAWING = frozenset(
    {"prompt", "seed", "steps", "guidance", "temperature", "candidates", "model", "new_colors"}
)
"""Settings that say nothing about an edit without the network."""


class Edit(Job):
    """Parts of a sprite drawn anew, in its palette; all other pixels stay as they are."""

    gives: ClassVar[str] = "pincel.art.sprite.Sprite"
    example: ClassVar[dict[str, Any]] = {"palette": "pico-8", "model": None}
    remembers: ClassVar[bool] = True

    picture: Any = setting(sources=True)
    prompt: str = setting("", positional=True, max_length=200)

    mask: Any = setting(None, group="where")
    vary: float | None = setting(None, ge=0.01, le=1, group="where")
    extend: str | None = setting(None, group="where")
    tile: bool = setting(False, group="where")
    remove: bool = setting(False, group="without")
    palette: str | None = setting(None, short="p", group="without")
    symmetric: Literal["left", "right", "top", "bottom"] | None = setting(None, group="without")

    count: int = setting(1, ge=1, le=64, short="n", group="drawing")
    seed: int = setting(0, ge=0, le=2**31 - 1, group="drawing")
    new_colors: bool = setting(False, group="drawing")
    steps: int = setting(8, ge=1, le=64, group="drawing")
    guidance: float = setting(3.0, ge=0, le=10, group="drawing")
    temperature: float = setting(1.0, ge=0, le=2, group="drawing")
    candidates: int = setting(2, ge=1, le=32, group="drawing")
    model: str | None = setting(None, group="drawing")

    format: tuple[SpriteFormat, ...] = setting((), group="files")
    preview: bool = setting(False, group="files")
    explain: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    _mask_once = opened_once("mask", mask=True, rectangle=True)

    @field_validator("extend", mode="before")
    @classmethod
    def _four_sides(cls, given: Any) -> str | None:
        """ "left,top,right,bottom", or four numbers from Python."""
        if given is None:
            return None
        text = ",".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
        _sides(text)
        return text

    _palette = as_text(named=False)

    @model_validator(mode="after")
    def _one_thing(self) -> Edit:
        chosen = [self.vary is not None, self.extend is not None, self.palette is not None]
        chosen += [self.tile, self.remove]
        if sum(chosen) > 1:
            raise PincelError("edit.one_thing")
        masked = self.mask is not None
        if self.remove and not masked:
            raise PincelError("edit.remove_what")
        if masked and (self.extend is not None or self.palette is not None or self.tile):
            raise PincelError("edit.no_mask")
        if not any(chosen) and not masked and self.symmetric is None:
            raise PincelError("edit.what")
        if masked and not any(chosen) and not self.prompt.strip():
            raise PincelError("edit.no_prompt")
        if not self.draws and self.prompt.strip():
            raise PincelError("edit.no_words")
        idle = self._idle()
        if idle:
            raise PincelError("edit.idle", option=option_of(idle))
        if self.symmetric and (self.extend or self.palette or self.tile or self.remove):
            raise PincelError("edit.one_thing")
        return self

    def _idle(self) -> str | None:
        """A setting of the drawing that was given where nothing is drawn, if there is one."""
        fields = type(self).model_fields
        given = (n for n in fields if n in _DRAWING - {"prompt", "seed", "model"})
        changed = (n for n in given if getattr(self, n) != fields[n].default)
        return None if self.draws else next(changed, None)

    @property
    def draws(self) -> bool:
        """Whether the network is needed."""
        if self.remove or self.palette is not None:
            return False
        if self.tile:
            return bool(self.prompt.strip())
        return self.mask is not None or bool(self.vary or self.extend)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._remember import source_bytes
        from pincel.pixels.open import find_pictures

        everything = find_pictures(self.picture)
        editors: dict[str, Editor] = {}
        total = len(everything) * self.count
        for done, found in enumerate(everything):
            try:
                file = source_bytes(found.source)
                words = self._words(file[0])
                if words not in editors:
                    editors[words] = self._editor(words)
                    yield from map(Said, editors[words].said)
                for number in range(self.count):
                    yield Progress(done * self.count + number, total, found.name)
                    yield self._version(editors[words], words, found, file, number)
            except PincelError as error:
                if len(everything) == 1:
                    raise
                yield Failed(found.name, error)
        yield Progress(total, total)

    def _version(
        self, editor: Editor, words: str, found: Found, file: tuple[bytes, str], number: int
    ) -> Event:
        """One of several versions; one that does not come out stops none of the others."""
        try:
            return self._one(editor, words, found, file, number)
        except PincelError as error:
            if self.count == 1 or error.key != "edit.not_managed":
                raise
            return Failed(f"{found.name}, {number + 1}", error)

    def _words(self, data: bytes) -> str:
        """The prompt; where none is given, the one from which the sprite was once drawn."""
        from pincel.recipe import recipe

        if self.prompt.strip() or not self.draws:
            return self.prompt
        try:
            made = recipe.read_recipe(data)
        except PincelError:
            return self.prompt
        while made is not None and made["job"] != "draw":
            made = next((one.get("made") for one in made.get("parents", [])), None)
        return str(made["settings"].get("prompt") or "") if made else self.prompt

    def _editor(self, words: str) -> Editor:
        from pincel.make.edits.editing import open_editor

        return open_editor(
            words if self.draws else None,
            self.model,
            steps=self.steps,
            guidance=self.guidance,
            temperature=self.temperature,
            candidates=self.candidates,
            new_colors=self.new_colors,
        )

    def _one(
        self, editor: Editor, words: str, found: Found, file: tuple[bytes, str], number: int
    ) -> Made:
        from pincel.jobs._remember import stamped, used
        from pincel.make.edits.editable import editable
        from pincel.make.edits.packed import pack_mask
        from pincel.recipe import recipe

        data, name = file
        sprite = editable(data, found.name)
        edited = self._with_hidden(self._edited(editor, sprite, self.seed + number), data)
        made = None
        if self.metadata:
            mask = None if self.mask is None else pack_mask(edited.asked)
            resolved = {"seed": self.seed + number, "count": 1, "mask": mask, "prompt": words}
            kept = used(self, palette=self.palette, **resolved)
            if not self.draws:
                kept = {key: value for key, value in kept.items() if key not in _DRAWING}
            made = recipe.recipe_facts(
                self.key(),
                kept,
                seed=self.seed + number if self.draws else None,
                model=editor.model,
                libraries=("onnxruntime",) if editor.model else (),
                backend=editor.backend,
                parents=[recipe.parent("picture", name, data)],
            )
        label = f"{found.name}.edit" + (f"-{number + 1}" if self.count > 1 else "")

        def files(named: str = label) -> Iterator[tuple[str, bytes]]:
            from pincel.art.sprite_files import sprite_files

            plain = sprite_files(
                edited.sprite, preview=self.preview, formats=self.format, name=named
            )
            yield from stamped(plain, made)
            if self.explain:
                from pincel.show.make.edited import draw_edited

                yield ".explain.png", draw_edited(sprite, edited)

        return Made(
            name=label,
            value=edited.sprite,
            files=files,
            numbers={**edited.numbers, "seed": self.seed + number},
            lines=edited.lines,
            beside=found.beside,
            renamed=files,
        )

    def _with_hidden(self, edited: Edited, data: bytes) -> Edited:
        """The edited sprite with the colours that lie under transparent pixels nobody touched; a
        line tells which of the formats asked for cannot hold them."""
        from dataclasses import replace

        from pincel.art.sprite_files import losing_under
        from pincel.make.edits.editable import colors_under
        from pincel.words import say

        left, top = _sides(self.extend)[:2] if self.extend is not None else (0, 0)
        hidden = colors_under(data, ~edited.drawn, left, top)
        sprite = replace(edited.sprite, under=hidden if hidden.any() else None)
        lost = losing_under(sprite, self.format)
        count = len(sprite.hidden())
        told = [say("edit.line.under", format=one, count=count) for one in lost]
        return replace(edited, sprite=sprite, lines=(*edited.lines, *told))

    def _edited(self, editor: Editor, sprite: Any, seed: int) -> Edited:
        from pincel.make.edits import editing

        if self.palette is not None:
            from pincel.art.palette_files import load_palette

            return editing.in_palette(sprite, load_palette(self.palette).colors)
        if self.remove:
            return editing.removed(sprite, self.mask)
        if self.extend is not None:
            return editor.extend(sprite, _sides(self.extend), seed)
        if self.tile:
            return editor.tile(sprite, seed) if self.draws else editing.tiled(sprite)
        if self.vary is not None:
            return editor.vary(sprite, self.vary, self.mask, self.symmetric, seed)
        if self.mask is not None:
            return editor.inpaint(sprite, self.mask, self.symmetric, seed)
        return editing.mirror_half(sprite, str(self.symmetric))

    def told(self) -> dict[str, Any]:
        told = super().told()
        if "mask" in told:
            told["mask"] = Path(self.mask).name if isinstance(self.mask, str) else "array"
        return told


def _sides(text: str) -> tuple[int, int, int, int]:
    """ "8,0,8,4" -> left, top, right, bottom."""
    parts = re.fullmatch(r"\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,\s*(\d{1,4})\s*", text)
    sides = tuple(map(int, parts.groups())) if parts else (0, 0, 0, 0)
    if not any(sides) or max(sides) > _MOST_NEW:
        raise PincelError("edit.sides", given=text, most=_MOST_NEW)
    return sides  # type: ignore[return-value]
