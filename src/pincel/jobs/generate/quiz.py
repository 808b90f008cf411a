"""The job that asks a person, and a detector, which of two pictures is real."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import NAME, Event, Job, Made, Progress, Said, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.learn.data import Data
    from pincel.learn.detection import Detected
    from pincel.make.latent.generated import Maker
    from pincel.show.pages.quiz import Pair

_FEWEST = 8


class Quiz(Job):
    """Real or made? Pairs from your data and your model, a score, and a detector's score."""

    gives: ClassVar[str] = "dict[str, Any]"
    example: ClassVar[dict[str, Any]] = {
        "data": "digits",
        "count": 3,
        "detector": True,
        "pictures": 12,
        "lessons": 64,
    }

    model: str = setting(positional=True)
    data: str | None = setting(None, positional=True)
    count: int = setting(20, ge=1, le=500, short="c")
    seed: int = setting(0, ge=0, le=2**31 - 1)
    steps: int | None = setting(None, ge=1, le=1000)
    colors: int = setting(32, ge=2, le=255)
    detector: bool = setting(False)
    pictures: int = setting(500, ge=_FEWEST, le=50_000, group="detector")
    lessons: int = setting(20_000, ge=1, le=1_000_000_000, group="detector")
    name: str | None = setting(None, short="n", pattern=NAME, group="detector")
    runs: Path | None = setting(None, group="detector")

    def run(self) -> Iterator[Event]:
        from pincel.jobs._codes import checked_colors, checked_steps
        from pincel.make.latent.generated import find_maker
        from pincel.show.pages.quiz import quiz_page

        if not self.detector:
            for name in ("pictures", "lessons", "name", "runs"):
                if name in self.told():
                    raise PincelError("options.only_with", option=f"--{name}", other="--detector")
        maker = find_maker(self.model)
        checked_colors(self, maker.model.about, maker.title)
        checked_steps(self, maker.model, maker.title)
        data = yield from self._opened(maker)
        real, labels, names = self._held(maker, data)
        pairs = yield from self._pairs(maker, real, labels, names)
        found: Detected | None = None
        if self.detector:
            found = yield from self._detected(maker, real, labels)
        yield self._made(maker, pairs, found, quiz_page)

    def _opened(self, maker: Maker) -> Generator[Event, None, Data]:
        """The data that the model learned from, split as it was then."""
        from pincel.learn.data import open_for

        about = maker.model.about
        known = about.get("data", {})
        source = self.data or known.get("name")
        if not source:
            raise PincelError("quiz.no_data", model=maker.title)
        yield Progress(0, 1, say("quiz.opens", source=source))
        try:
            data = open_for(about, source, seed=int(about.get("seed", 0)), labelled=False)
        except PincelError:
            if self.data:
                raise
            raise PincelError("quiz.no_data", model=maker.title) from None
        if data.hash != known.get("hash"):
            yield Said(say("quiz.other_data", model=maker.title, data=data.name))
        return data.in_order(maker.classes)

    def _held(self, maker: Maker, data: Data) -> tuple[np.ndarray, np.ndarray | None, list[str]]:
        """Pictures that the model has not learned from, in its size, in a drawn order; their
        classes where the model can be asked for them; their names."""
        import numpy as np

        from pincel.look.coder import OpenedCoder

        held = np.concatenate([data.val.pictures, data.test.pictures])
        rows = np.random.default_rng([self.seed, 41]).permutation(len(held))
        rows = rows[: max(self.count, self.pictures)]
        fitted = OpenedCoder(maker.title, maker.model).fit_values(held[rows])
        labels = None
        if maker.classes and maker.classes == list(data.classes):
            labels = np.concatenate([data.val.labels, data.test.labels])[rows]
        every = [*data.val.names, *data.test.names]
        return fitted, labels, [every[row] for row in rows]

    def _pairs(
        self, maker: Maker, real: np.ndarray, labels: np.ndarray | None, names: list[str]
    ) -> Generator[Event, None, list[Pair]]:
        import numpy as np

        from pincel.make.latent.decoded import looked
        from pincel.show.pages.quiz import Pair

        sides = np.random.default_rng([self.seed, 42]).permutation(self.count) % 2 == 0
        pairs = []
        for place in range(min(self.count, len(real))):
            seed = (self.seed + place) % 2**31
            label = None if labels is None else int(labels[place])
            made = maker.make(seed, label, self.steps, self.colors).shown[0]
            shown = looked(real[place : place + 1], maker.model.about)[0]
            pairs.append(Pair(shown, names[place], made, seed, bool(sides[place])))
            yield Progress(place + 1, self.count, say("quiz.draws"))
        return pairs

    def _detected(
        self, maker: Maker, real: np.ndarray, labels: np.ndarray | None
    ) -> Generator[Event, None, Detected]:
        import numpy as np

        real = real[: self.pictures]
        if len(real) < _FEWEST:
            raise PincelError("quiz.few", count=len(real), fewest=_FEWEST)
        # other seeds than those of the pairs, so that a person and the detector see different ones
        seeds = [(self.seed + 1_000_003 + k) % 2**31 for k in range(len(real))]
        asked = None if labels is None else labels[: len(real)]
        made, done = [], 0
        for some in maker.many(seeds, asked, self.steps):
            made.append(some)
            done += len(some)
            yield Progress(done, len(seeds), say("quiz.makes"))
        shown = np.concatenate(made)
        if maker.hard:
            shown = np.concatenate([maker.kept(one[None], self.colors).shown for one in shown])
        return (yield from self._taught(maker, real, shown))

    def _taught(
        self, maker: Maker, real: np.ndarray, made: np.ndarray
    ) -> Generator[Event, None, Detected]:
        from pincel.jobs._kept import kept_in
        from pincel.jobs._training import leave
        from pincel.learn.course import Batch, Finished
        from pincel.learn.detection import Detected, detecting, doubted
        from pincel.learn.teach import teach

        data = doubted(real, made, maker.title)
        folder = kept_in(self, f"quiz-{maker.title}", self.name, self.runs)
        run = detecting(data, self.lessons, self.seed, folder)
        for news in teach(run, data):
            if isinstance(news, Batch):
                yield Progress(news.step, news.steps, say("quiz.learns"))
            elif isinstance(news, Finished):
                leave(run, data, news)
                return Detected.of(news)
        raise AssertionError("a detector is always tested")

    def _made(self, maker: Maker, pairs: list[Pair], found: Detected | None, page: Any) -> Made:
        from pincel.nets._network import model_bytes
        from pincel.show.pages.page import bilingual, in_both

        told = in_both(lambda: _told(found)) if found else None

        def files() -> Iterator[tuple[str, bytes]]:
            title = bilingual("quiz.page.title", model=maker.title)
            yield ".html", page(pairs, title, bilingual("quiz.page.lead"), told)
            if found:
                found.model.about.pop("seconds", None)  # the same settings, the same file
                found.model.about.update(
                    data={"made_by": maker.title, "sha256": maker.sha256}, seed=self.seed,
                    metrics={"test": _numbers(found)}, command=f"pincel quiz {maker.title}",
                )  # fmt: skip
                yield ".detector.safetensors", model_bytes(found.model)

        return Made(
            f"quiz.{maker.title}",
            {"pairs": pairs, "detector": found},
            files,
            numbers={
                "pairs": [{"real": p.name, "seed": p.seed, "left": p.left} for p in pairs],
                "detector": _numbers(found) if found else None,
            },
            lines=(_told(found),) if found else (),
        )


def _numbers(found: Detected) -> dict[str, Any]:
    return {
        "accuracy": round(found.accuracy, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "count": found.count,
        "real": round(found.real, 4),
        "made": round(found.made, 4),
        "auc": round(found.auc, 4),
    }


def _told(found: Detected) -> str:
    from pincel.words.numbers import number

    key = "quiz.detector_blind" if found.low <= 0.5 else "quiz.detector_found"
    return say(
        key,
        accuracy=number(100 * found.accuracy, 1),
        low=number(100 * found.low, 1),
        high=number(100 * found.high, 1),
        count=number(found.count),
    )
