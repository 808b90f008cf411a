"""The page of `watch` for networks of boxes and masks: a picture becomes things, stage by stage."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pincel.look.staged import Parted, Sifted, Stages
from pincel.show.heat import overlaid
from pincel.show.nets import staged as drawn
from pincel.show.nets.watched import curves_of, draw_history, progress_gif
from pincel.show.pages.page import Section, Shown, Table, bilingual, in_both, page, picture_png
from pincel.words import language, say
from pincel.words.numbers import number

_WIDE = 1000
_NEAR = 0.05  # how much of a centre a place is where its fit is shown: elsewhere nobody asks


@dataclass(frozen=True, eq=False)
class Staged:
    """What the page tells.

    name, family, picture  of the network and of the file;  told  the stages
    cut      whether only the middle of the picture is shown
    frames   what its run kept of one picture (h, w, 4) uint8, epoch by epoch;  entries  its figures
    """

    name: str
    family: str
    picture: str
    told: Stages
    cut: bool = False
    frames: Sequence[np.ndarray] = ()
    entries: Sequence[dict[str, Any]] = field(default_factory=list)

    def curves(self) -> list[str]:
        """The figures of the epochs that are worth a curve."""
        return curves_of(self.entries)


def files(kept: Staged) -> Iterator[tuple[str, bytes]]:
    """All files: (suffix, bytes); the page last."""
    told = kept.told
    gif = drawn.parted_gif(told) if isinstance(told, Parted) else drawn.sifted_gif(told)
    yield ".stages.gif", gif
    learned = progress_gif(kept.frames) if len(kept.frames) > 1 else b""
    if learned:
        yield ".progress.gif", learned
    history: dict[str, bytes] = {}
    if names := kept.curves():
        history = in_both(lambda: draw_history(kept.entries, names))
        yield ".history.png", history[language()]
    if isinstance(told, Sifted):
        yield ".places.csv", places_csv(told)
    yield ".html", staged_page(kept, gif, learned, history)


def staged_page(
    kept: Staged, gif: bytes, learned: bytes = b"", history: Mapping[str, bytes] | None = None
) -> bytes:
    """The page, in both languages."""
    told = kept.told
    sections = [_seen(kept)]
    sections += _parted(told, gif) if isinstance(told, Parted) else _sifted(told, gif)
    sections.append(_learned(kept, learned, history))
    height, width = told.picture.shape[:2]
    facts = {"family": kept.family, "picture": kept.picture, "width": width, "height": height}
    lead = in_both(lambda: " ".join([say("staged.page_lead", **facts), *_cut(kept)]))
    return page(bilingual("staged.page_title", name=kept.name), sections, lead)


def _cut(kept: Staged) -> list[str]:
    return [say("staged.cut")] if kept.cut else []


def _seen(kept: Staged) -> Section:
    told = kept.told
    text = [in_both(lambda: say(f"staged.shown_{kept.family}", scale=number(told.scale, 2)))]
    if isinstance(told, Parted) and told.how.diameter:
        wide = told.how.diameter
        text.append(in_both(lambda: _sized(told.scale, wide)))
    rows = [[bilingual(f"staged.counts.{name}"), str(count)] for name, count in told.counts.items()]
    table = Table([bilingual("staged.stage"), bilingual("staged.count")], rows)
    pictures = [_shown(drawn.block_enlarged(told.picture)), _shown(drawn.seen_picture(told))]
    return Section(bilingual("staged.shown_title"), text, [table], pictures)


def _sized(scale: float, wide: float) -> str:
    return say("staged.sized", scale=number(scale, 2), diameter=number(wide, 1))


def _shown(picture: np.ndarray, what: str = "", count: int | None = None) -> Shown:
    named = {} if count is None else {"count": count}
    return Shown(
        picture_png(picture), bilingual(f"staged.what.{what}", **named) if what else "", drawn.SIDE
    )


def _parted(told: Parted, gif: bytes) -> Iterator[Section]:
    how, counts, picture = told.how, told.counts, told.picture
    yield Section(
        bilingual("staged.chance_title"),
        [in_both(lambda: say("staged.chance_text", threshold=number(how.threshold, 2)))],
        pictures=[
            _shown(overlaid(picture, told.chance), "chance"),
            _shown(_colored(told, told.parts), "parts", counts["parts"]),
        ],
    )
    core, stands = how.core, how.stands
    yield Section(
        bilingual("staged.depth_title"),
        [in_both(lambda: say("staged.depth_text", core=number(core, 2), stands=number(stands, 2)))],
        pictures=[
            _shown(overlaid(picture, told.depth), "depth"),
            _shown(_colored(told, told.cores), "cores", counts["cores"]),
        ],
    )
    yield Section(
        bilingual("staged.grow_title"),
        [bilingual("staged.grow_text", smallest=how.smallest)],
        pictures=[
            Shown(gif, bilingual("staged.what.grow"), drawn.SIDE),
            _shown(drawn.block_enlarged(drawn.outlined(told)), "objects", counts["objects"]),
        ],
    )


def _colored(told: Parted, labels: np.ndarray) -> np.ndarray:
    return drawn.block_enlarged(drawn.labels_colored(told.picture, labels))


def _sifted(told: Sifted, gif: bytes) -> Iterator[Section]:
    counts, picture = told.counts, told.picture
    heats = [
        Shown(picture_png(overlaid(picture, heat)), name, drawn.SIDE)
        for name, heat in zip(told.classes, told.heat, strict=True)
    ]
    fit = np.where(told.heat.max(0) > _NEAR, told.fit, 0)
    heats.append(_shown(overlaid(picture, fit), "fit"))
    yield Section(bilingual("staged.heat_title"), [bilingual("staged.heat_text")], pictures=heats)
    every, enough = np.arange(len(told.found)), np.flatnonzero(told.enough)
    yield Section(
        bilingual("staged.places_title"),
        [in_both(lambda: _needed(told))],
        pictures=[
            _shown(drawn.block_enlarged(drawn.boxed(told, every)), "places", counts["places"]),
            _shown(drawn.block_enlarged(drawn.boxed(told, enough)), "enough", counts["enough"]),
        ],
    )
    stays = drawn.boxed(told, np.flatnonzero(told.kept))
    yield Section(
        bilingual("staged.sift_title"),
        [in_both(lambda: say("staged.sift_text", overlap=number(told.overlap, 2)))],
        pictures=[
            Shown(gif, bilingual("staged.what.sift"), drawn.SIDE),
            _shown(drawn.block_enlarged(stays), "boxes", counts["boxes"]),
        ],
    )


def _needed(told: Sifted) -> str:
    needed = ", ".join(f"{name} {number(score, 2)}" for name, score in told.needed.items())
    return say("staged.places_text", least=number(told.least, 2), needed=needed)


def _learned(kept: Staged, learned: bytes, history: Mapping[str, bytes] | None) -> Section:
    if not (learned or history):
        return Section(bilingual("staged.learned_title"), [bilingual("staged.no_run")])
    pictures = [Shown(learned)] if learned else []
    pictures += [Shown(history, width=_WIDE)] if history else []
    text = [bilingual(f"staged.learned_{kept.family}", count=len(kept.frames))] if learned else []
    return Section(bilingual("staged.learned_title"), text, pictures=pictures)


def places_csv(told: Sifted) -> bytes:
    """A line for every place that proposes a box, the surest first: where it is, what it says, and
    whether its box is sure enough and stays."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["class", "x", "y", "score", "left", "top", "right", "bottom", "enough", "kept"])
    found = told.found
    for k in range(len(found)):
        x, y = found.places[k] / told.scale
        sides = [f"{side:.2f}" for side in found.boxes[k]]
        write.writerow([told.classes[int(found.kinds[k])], f"{x:.1f}", f"{y:.1f}",
                        f"{found.scores[k]:.4f}", *sides, int(told.enough[k]),
                        int(told.kept[k])])  # fmt: skip
    return out.getvalue().encode()
