"""What every composer gives: see `composers`, which has the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.make.words.prompt import Understood


class Composer:
    """One kind of composition of 16 to 64 pixels. Modules are imported when they are needed."""

    told = "draw.of_parts"
    """The sentence that says how it is drawn."""
    least = 16
    """The smallest width that it composes at."""
    walks = False
    """Whether legs were drawn for a walk: motions are then made at the size of `sized`."""

    @property
    def family(self) -> str:
        """What kind of composition it is: the name of its class, or of that of the composer whose
        drawing it changes."""
        return type(self).__name__

    def look(self, asked: Understood, seed: int = 0) -> Any:
        """What parts and colours a sentence asks for, what is not said following the seed; None
        where it asks for something else, or for what no part was drawn for. Whether it is None
        does not depend on the seed."""
        raise NotImplementedError

    def sprite(self, look: Any) -> Sprite:
        """A look as a sprite that stands still."""
        raise NotImplementedError

    def sized(self, look: Any, side: int) -> Sprite:
        """The same at `side` pixels, 32 or more, where it can be drawn so; else of 32 pixels."""
        return self.sprite(look)

    def icon(self, look: Any, side: int) -> Sprite:
        """The same for a canvas of its own of `side` pixels, `least` to 31."""
        return self.sized(look, side)

    smallest = 8
    """The smallest side at which things are drawn, beside others."""
    clear = 10
    """The smallest at which they are told at once: smaller ones only where many are asked for."""

    def small(self, look: Any, side: int) -> Sprite | None:
        """A look drawn for `side` pixels, which may be fewer than 32, as one of several things;
        None where it is not drawn so small."""
        if side < self.smallest:
            return None
        made = self.sized(look, side)
        return made if made.width <= side else None

    def walk(self, look: Any, frames: int, side: int = 32) -> Sprite | None:
        """A look in so many frames (2 to 8) of a walk, where it has legs that walk; as large as
        `sized` gives it."""
        return None

    def flow(self, look: Any, frames: int, side: int = 32) -> Sprite | None:
        """A look in so many frames of a loop of its own, where it flows (water); as large as
        `sized` gives it."""
        return None
