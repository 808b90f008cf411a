"""The job that plants a mark in one class and shows a network taking the shortcut."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import NAME, Event, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.data import Data, DataPart
    from pincel.show.nets.shortcuts import Planted


class Shortcuts(Job):
    """Two small networks, one taught with a mark in one class: where each looks, and what the
    mark costs when it moves."""

    gives: ClassVar[str] = "pincel.show.nets.shortcuts.Planted"
    example: ClassVar[dict[str, Any]] = {"epochs": 1}

    data: str = setting(positional=True)
    mark: Literal["corner", "bar", "border", "tint"] = setting("corner")
    place: Literal["top-left", "top-right", "bottom-left", "bottom-right"] = setting("top-left")
    color: str = setting("#dc2828")
    label: str = setting("0")
    pictures: int = setting(800, ge=8, le=100_000)
    epochs: int = setting(10, ge=1, le=500)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    name: str | None = setting(None, short="n", pattern=NAME)
    runs: Path | None = setting(None)

    @field_validator("color")
    @classmethod
    def _six_digits(cls, text: str) -> str:
        parse_rgb(text)
        return text

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed

        _needed.require()
        import numpy as np

        from pincel.learn.data import DataPart, open_data
        from pincel.learn.prepare import preparation_facts, prepare
        from pincel.look import audit, shortcuts
        from pincel.look.gradcam import explain, scaled_maps, stretched
        from pincel.look.trust import energy_over_area
        from pincel.show.nets.shortcuts import Planted

        data = open_data(self.data)
        label = class_of(self.label, data.classes)
        x, y = _drawn(data.train, self.pictures, self.seed)
        tx, ty = _drawn(data.test, self.pictures, self.seed)
        mark = shortcuts.Mark(self.mark, self.place, parse_rgb(self.color))
        about = {"prepare": preparation_facts(x)}
        taught = {"plain": x, "marked": shortcuts.planted(x, y, mark, label)}
        names = [str(k) for k in range(len(y))]
        parts = {key: DataPart(pictures, y, names) for key, pictures in taught.items()}
        plain, marked = yield from self._taught(parts, data, about)
        kept = shortcuts.planted(tx, ty, mark, label)
        tests = {"kept": kept, "removed": tx, "moved": shortcuts.moved_mark(tx, ty, mark, label)}

        def right(net: Any, pictures: np.ndarray) -> float:
            return float((shortcuts.named_classes(net, prepare(pictures, about)) == ty).mean())

        accuracy = {"plain": right(plain, tx)}
        accuracy |= {key: right(marked, pictures) for key, pictures in tests.items()}
        own = kept[ty == label][:40]
        size = (own.shape[1], own.shape[2])
        mask = np.broadcast_to(mark.mask(size), (len(own), *size))
        maps, heat = [], {}
        for key, net in (("before", plain), ("after", marked)):
            found = stretched(explain(net, prepare(own, about), label).heat, size)
            held_energy = energy_over_area(found, mask)
            heat[key] = audit.known_mean([float(v) for v in held_energy])
            maps.append(scaled_maps(found))
        chosen = audit.evenly_drawn(ty, 64 * len(data.classes), self.seed)
        search = shortcuts.find_shortcuts(
            marked, prepare(kept[chosen], about), ty[chosen], most=48, seed=self.seed
        )
        told = Planted(
            mark,
            data.classes[label],
            len(x),
            len(tx),
            own,
            maps[0],
            maps[1],
            accuracy,
            heat,
            search.findings,
        )
        yield self._made(told, data.name, data.classes, search)

    def _taught(
        self, parts: dict[str, DataPart], data: Data, about: dict[str, Any]
    ) -> Generator[Event, None, list[Any]]:
        """A network for each part; their runs are kept beside each other."""
        from pincel.jobs._kept import kept_in
        from pincel.jobs._training import leave
        from pincel.learn.course import Batch, Finished
        from pincel.learn.teach import teach
        from pincel.look.shortcuts import lesson

        nets: list[Any] = []
        folder = kept_in(self, f"shortcuts-{data.name}", self.name, self.runs)
        for key, part in parts.items():
            run, held = lesson(part, data.classes, self.epochs, self.seed,
                               folder=folder / key, about=about)  # fmt: skip
            for news in teach(run, held):
                if isinstance(news, Batch):
                    done = len(nets) * news.steps + news.step
                    text = say(f"shortcuts.learning_{key}")
                    yield Progress(done, len(parts) * news.steps, text)
                elif isinstance(news, Finished):
                    leave(run, held, news)
                    nets.append(news.model.net.eval())
        return nets

    def _made(self, told: Planted, title: str, classes: list[str], search: Any) -> Made:
        from pincel.show.nets.shortcuts import draw_shortcuts, shortcut_sentences, shortcuts_note
        from pincel.show.pages.audit import shortcut_lines

        first = search.findings[0] if search.findings else None
        numbers = {
            "mark": {"kind": told.mark.kind, "place": told.mark.place, "color": self.color},
            "class": told.name,
            "accuracy": told.accuracy,
            "heat_on_mark": {k: v if v == v else None for k, v in told.heat.items()},
            "first_finding": None
            if first is None
            else {
                "class": classes[first.label],
                "piece": first.region,
                "pulled": first.pulled,
                "lost": first.lost,
            },
        }
        return Made(
            name="shortcuts",
            value=told,
            files=lambda: [
                (".png", draw_shortcuts(title, told, shortcut_lines(search, classes)[:3]))
            ],
            numbers=numbers,
            lines=(
                shortcuts_note(told),
                *shortcut_sentences(told),
                *shortcut_lines(search, classes),
            ),
        )


def parse_rgb(text: str) -> tuple[int, int, int]:
    """ "#dc2828" as (220, 40, 40); PincelError for anything else."""
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        raise PincelError("shortcuts.color_wrong", came=text)
    digits = text.lstrip("#")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def class_of(text: str, classes: list[str]) -> int:
    """A class by its number or name; PincelError when the data has none of it."""
    if text in classes:
        return classes.index(text)
    if text.isdecimal() and int(text) < len(classes):
        return int(text)
    raise PincelError("shortcuts.label_wrong", came=text, known=", ".join(classes[:12]))


def _drawn(part: Any, most: int, seed: int) -> tuple[Any, Any]:
    """At most `most` pictures of a part, as its classes come, and their labels."""
    import numpy as np

    rows = np.random.default_rng(seed).permutation(len(part.labels))[:most]
    return np.asarray(part.pictures[np.sort(rows)]), part.labels[np.sort(rows)]
