"""The job that says whether two pictures show the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, setting
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.embed import Vectorizer
    from pincel.pixels.picture import Picture


class Compare(Job):
    """Cosine of two pictures against a threshold that was chosen on data."""

    gives: ClassVar[str] = "dict[str, Any]"
    example: ClassVar[dict[str, Any]] = {"model": "pixels", "data": "digits", "each": 12}

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    data: str | None = setting(None)
    tau: str | None = setting(None)
    each: int = setting(60, ge=2, le=1000)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        from pincel.look.embed import embedder
        from pincel.pixels.open import find_pictures, open_picture

        known = threshold(self.tau) if self.tau is not None else None
        made_by = embedder(self.model)
        everything = find_pictures(self.sources)
        yield Progress(0, len(everything), everything[0].name)
        first = open_picture(everything[0].source)
        opened: list[tuple[str, Picture]] = []
        for done, found in enumerate(everything[1:], 1):
            yield Progress(done, len(everything), found.name)
            try:
                opened.append((found.name, open_picture(found.source)))
            except PincelError as error:
                yield Failed(found.name, error)
        if len(everything) == 1:
            name = say("compare.photograph", name=everything[0].name)
            opened.append((name, photograph(first, self.seed)))
        if known is None:
            known = self._chosen(made_by)
        for name, second in opened:
            yield self._one(made_by, everything[0].name, first, name, second, known)
        yield Progress(len(everything), len(everything))

    def _chosen(self, made_by: Vectorizer) -> dict[str, Any] | None:
        """Tau chosen on data now, or the model's own; None where there is neither."""
        if self.data is None:
            return made_by.about.get("verify")
        import numpy as np

        from pincel.learn.data import open_for
        from pincel.look.embed import drawn_rows, seen_by, verify

        data = open_for(made_by.about, self.data, seed=self.seed)
        rows = drawn_rows(data.val.labels, self.each, np.random.default_rng(self.seed))
        some = seen_by(made_by, np.asarray(data.val.pictures[rows]), data.channel_names)
        vectors = made_by.arrays(some)
        chosen = verify(vectors, data.val.labels[rows]).plain()
        return {**chosen, "data": data.name, "hash": data.hash, "by": made_by.name}

    def _one(
        self,
        made_by: Vectorizer,
        first_name: str,
        first: Picture,
        name: str,
        second: Picture,
        known: dict[str, Any] | None,
    ) -> Made:
        from pincel.words.numbers import number

        vectors = made_by.pictures([first, second])
        cosine = float(vectors[0] @ vectors[1])
        tau = float(known["tau"]) if known else None
        told = {"cosine": number(cosine, 3), "tau": number(tau or 0.0, 3)}
        if tau is None:
            verdict = say("compare.unknown", cosine=told["cosine"])
        else:
            verdict = say("compare.same" if cosine >= tau else "compare.different", **told)
        lines = [verdict]
        curve = None
        if known and "curve" in known:
            lines.append(
                say(
                    "compare.chosen",
                    tau=told["tau"],
                    same=number(known["same"]),
                    different=number(known["different"]),
                    hits=number(100 * known["hits"], 1),
                    alarms=number(100 * known["alarms"], 1),
                    auc=number(known["auc"], 3),
                )
            )
            curve = known["curve"]

        def files() -> Iterator[tuple[str, bytes]]:
            import numpy as np

            from pincel.jobs._gallery import thumb
            from pincel.show.nets.embedding import draw_compared

            note = lines[1] if curve is not None else say("compare.note", by=made_by.name)
            yield (
                ".png",
                draw_compared(
                    say("compare.heading", first=first_name, second=name),
                    note,
                    (thumb(first.rgba, 640), thumb(second.rgba, 640)),
                    (first_name, name),
                    cosine,
                    tau,
                    verdict,
                    np.array(curve) if curve is not None else None,
                ),
            )
            if self.data is not None:
                yield ".tau.json", (json.dumps(known, indent=1) + "\n").encode()

        numbers: dict[str, Any] = {"cosine": round(cosine, 6), "tau": tau, "by": made_by.name}
        if tau is not None:
            numbers["same"] = cosine >= tau
        stem = f"{Path(first_name).name}.compare.{Path(name).name}".replace(" ", "-")
        return Made(stem, numbers, files, numbers=numbers, lines=tuple(lines))


def threshold(text: str) -> dict[str, Any]:
    """A number from -1 to 1, or the file that `compare` wrote."""
    try:
        value = float(text)
    except ValueError:
        value = 2.0
    if -1 <= value <= 1:
        return {"tau": value}
    try:
        known = json.loads(Path(text).read_text("utf-8"))
        curve = known.get("curve")
        rows = [tuple(map(float, row)) for row in curve] if curve is not None else []
        whole = {"same", "different", "hits", "alarms", "auc"} <= set(known)
        if -1 <= float(known["tau"]) <= 1 and all(len(r) == 3 for r in rows) and whole:
            return known
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    raise PincelError("compare.bad_tau", came=text)


def photograph(picture: Picture, seed: int) -> Picture:
    """The picture as a phone sees it."""
    import numpy as np
    import torch

    from pincel.jobs._gallery import thumb
    from pincel.learn.photographed import photographed
    from pincel.pixels.picture import Picture

    rgb = np.ascontiguousarray(thumb(picture.rgba, 320))
    generator = torch.Generator().manual_seed(seed)
    shot = photographed(rgb[None], generator)[0]
    whole = np.concatenate([shot, np.full_like(shot[..., :1], 255)], -1)
    return Picture((whole,), name=picture.name)
