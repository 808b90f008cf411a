"""What buildings and plants drawn by rules are described by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pincel.art.easel import Easel
from pincel.art.variety import Variety

Shade = str | tuple[str, ...]


@dataclass(frozen=True)
class SceneryLook:
    """What a building or a plant looks like.

    kind     one of KINDS;  seed  of what is not said
    colors   by part (of the kind's `parts`): a name of `color_names.RAMPS` or three shades as hex
    wall, roof   materials: of masonry.WALLS and ROOFS, or "" as they come
    more, without   parts that are to be there or not
    size     its width and height as shares of the whole
    """

    kind: str
    seed: int = 0
    colors: Mapping[str, Shade] = field(default_factory=dict)
    wall: str = ""
    roof: str = ""
    more: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    size: tuple[float, float] = (1.0, 1.0)


Draw = Callable[[Easel, Variety, SceneryLook], None]


@dataclass(frozen=True)
class Kind:
    """A kind of building or plant.

    draw     its rule;  main  the parts that take the colours said of the whole, in their order
    parts    the parts that can be named, each with the material that shows it
    loose    parts that may be left out
    colors   material to the colours it comes in
    walls    what its walls come in by themselves
    """

    draw: Draw
    main: tuple[str, ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    colors: Mapping[str, tuple[Shade, ...]] = field(default_factory=dict)
    walls: tuple[str, ...] = ()
