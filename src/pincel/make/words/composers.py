"""What is put together from parts drawn by hand, where these show all that a sentence says: a table
of composers, asked one after the other. A further one is a module here that reads the sentence, one
in `pincel.art` that lays the parts, and an entry of COMPOSERS.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pincel.make.words import grammar
from pincel.make.words.composer import Composer

if TYPE_CHECKING:
    from pincel.art.sprite import Sprite
    from pincel.make.words.prompt import Understood


class Faces(Composer):
    """Faces from the front."""

    smallest = clear = 32

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.face import face_of

        return face_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        from pincel.art.faces import face_sprite

        return face_sprite(look)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.face_icons import face_icon

        return face_icon(look)


class People(Composer):
    """Whole people from the front."""

    walks = True
    smallest = clear = 18

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.person import person_of, wholly

        return person_of(asked, seed).look if wholly(asked) else None

    def sprite(self, look: Any) -> Sprite:
        from dataclasses import replace

        from pincel.art.people import person

        return replace(person(look, ("front",)), tags=())

    def icon(self, look: Any, side: int) -> Sprite:
        from dataclasses import replace

        from pincel.art.people_icons import person_icon

        return replace(person_icon(look, ("front",)), tags=())

    def small(self, look: Any, side: int) -> Sprite | None:
        from pincel.art.people import small_person

        return small_person(look, side)

    def walk(self, look: Any, frames: int, side: int = 32) -> Sprite:
        if side < 32:
            from pincel.art.people_icons import person_icon

            return person_icon(look, ("front",), frames)
        from pincel.art.people import person

        return person(look, ("front",), frames)


class Scenery(Composer):
    """Buildings, plants and food."""

    told = "draw.by_rules"

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.place import scenery_of

        return scenery_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.scenery import scenery_sprite

        return scenery_sprite(look, side)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.scenery import scenery_icon

        return scenery_icon(look, side)


class Beasts(Composer):
    """Animals, most of them from the side."""

    walks = True
    clear = 14

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.beast import beast_of

        return beast_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        from pincel.art.beasts import beast_sprite

        return beast_sprite(look)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.beasts import beast_sprite

        return beast_sprite(look, side)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.beast_icons import beast_icon

        return beast_icon(look, side)

    def walk(self, look: Any, frames: int, side: int = 32) -> Sprite | None:
        if side < 32:
            from pincel.art.beast_icons import walking_icon

            return walking_icon(look, frames, side)
        from pincel.art.beasts import walking

        return walking(look, frames, side)


class Monsters(Beasts):
    """Monsters and other creatures of fantasy."""

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.monster import monster_of

        return monster_of(asked, seed)


class Items(Composer):
    """Things a game needs: weapons, armour, treasure, tools."""

    told = "draw.by_rules"

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.item import item_of

        return item_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.wares import item_sprite

        return item_sprite(look, side)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.wares import item_icon

        return item_icon(look, side)


class Nouns(Items):
    """Further things, under names that the vocabulary has not."""

    def look(self, asked: Understood, seed: int = 0) -> Any:
        if not asked.things or not asked.things[0].noun:
            return None
        from pincel.make.words.item import noun_of

        return noun_of(asked, seed)


class Signs(Composer):
    """Signs of an interface and nature."""

    told = "draw.by_rules"

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.sign import sign_of

        return sign_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.signs import sign_sprite

        return sign_sprite(look, side)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.signs import sign_icon

        return sign_icon(look, side)


class Contraptions(Composer):
    """Vehicles, instruments and gadgets."""

    told = "draw.by_rules"

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.contraption import contraption_of

        return contraption_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.contraptions import contraption_sprite

        return contraption_sprite(look, side)

    def icon(self, look: Any, side: int) -> Sprite:
        from pincel.art.contraptions import contraption_icon

        return contraption_icon(look, side)


class Grounds(Composer):
    """Grounds and walls that fill the canvas."""

    told = "draw.by_rules"

    def look(self, asked: Understood, seed: int = 0) -> Any:
        from pincel.make.words.ground_words import ground_of

        return ground_of(asked, seed)

    def sprite(self, look: Any) -> Sprite:
        return self.sized(look, 32)

    def sized(self, look: Any, side: int) -> Sprite:
        from pincel.art.grounds import ground_sprite

        return ground_sprite(look, side)

    def flow(self, look: Any, frames: int, side: int = 32) -> Sprite | None:
        from pincel.art.grounds import GROUNDS, ground_sprite

        return ground_sprite(look, side, frames) if GROUNDS[look.kind].moves else None


COMPOSERS: tuple[Composer, ...] = (
    Nouns(), Faces(), People(), Beasts(), Scenery(), Items(), Monsters(), Signs(), Contraptions(),
    Grounds(),
)  # fmt: skip


def composer_of(asked: Understood) -> Composer | None:
    """The first composer that shows all that a sentence says."""
    if any(one.relation in grammar.STANDING for one in asked.things):
        return None
    found = next((one for one in COMPOSERS if one.look(asked) is not None), None)
    return found or _in_state(asked) or _holding(asked)


def _holding(asked: Understood) -> Composer | None:
    """A composer of people who hold something, where one does."""
    if len(asked.things) < 2:
        return None
    from pincel.make.words.holding import Holders

    holders = Holders(composer_of)
    return holders if holders.look(asked) is not None else None


def _in_state(asked: Understood) -> Composer | None:
    """A composer of things in a state, where one is said."""
    from pincel.make.words.told_states import state_of

    if state_of(asked) is None:
        return None
    return next((one for one in composers_of_states() if one.look(asked) is not None), None)


@cache
def composers_of_states() -> tuple[Composer, ...]:
    """Composers that change what others draw; each shows things in a state."""
    from pincel.make.words.stated import Stated

    return tuple(Stated(one) for one in COMPOSERS if one.family not in ("Faces", "Grounds"))
