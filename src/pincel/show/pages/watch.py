"""The page of `watch`: every chart with its explanation, numbers and animations."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from pincel.look.attended import Attended
from pincel.look.coding import Coding
from pincel.look.denoising import Noising, Views
from pincel.look.steps import Quality
from pincel.look.watched import Watched
from pincel.show.nets import watched as figures
from pincel.show.nets.attended import drawing_gif, place_of, uncovering_gif
from pincel.show.nets.denoising import noising_gif, reversal_gif
from pincel.show.nets.quality import draw_quality
from pincel.show.pages.page import Section, Shown, Table, Text, bilingual, in_both, page
from pincel.words import language, say
from pincel.words.numbers import number

_WIDE = 1000
_NAMES_FAMILY = ("noising", "reversals", "uncovering", "quality", "coding")
_CODES = 16  # rows of a table of a code's numbers
_TOLD = 12  # rows of a table of attention


@dataclass(frozen=True, eq=False)
class WatchedPage:
    """A watched network and what the page tells beside it.

    name, parameters, seed   of the model
    grids, entries           what its run kept of every epoch, both empty without a run
    quality                  steps against quality, where real pictures were given
    lacking                  what else was asked for and does not apply
    """

    name: str
    parameters: int
    seed: int
    told: Watched
    grids: Sequence[np.ndarray] = ()
    entries: Sequence[dict[str, Any]] = field(default_factory=list)
    quality: Quality | None = None
    lacking: Sequence[str] = ()

    def curves(self) -> list[str]:
        """The figures of the epochs that are worth a curve."""
        return figures.curves_of(self.entries)


def watch_files(kept: WatchedPage) -> Iterator[tuple[str, bytes]]:
    """All files of a watched network: (suffix, bytes); the page last."""
    charts = {name: in_both(draw) for name, draw in figures.charts_of(kept.told, kept.seed)}
    found = kept.quality
    if found is not None:
        charts["quality"] = in_both(lambda: draw_quality(found))
    if kept.curves():
        charts["history"] = in_both(lambda: figures.draw_history(kept.entries, kept.curves()))
    gifs = {name: draw() for name, draw in _animations(kept)}
    for name, drawn in charts.items():
        yield f".{name}.png", drawn[language()]
    for name, data in gifs.items():
        yield f".{name}.gif", data
    if kept.told.attended is not None:
        yield ".attention.csv", attention_csv(kept.told.attended)
    yield ".html", watch_page(kept, charts, gifs)


def _animations(kept: WatchedPage) -> Iterator[tuple[str, Callable[[], bytes]]]:
    told = kept.told
    moving: tuple[tuple[str, Any, Callable[[Any], bytes]], ...] = (
        ("noising", told.noising, noising_gif),
        ("reversal", told.reversals or None, reversal_gif),
        ("drawing", told.drawing, drawing_gif),
        ("uncovering", told.uncovering, uncovering_gif),
    )
    for name, shown, draw in moving:
        if shown is not None:
            yield name, partial(draw, shown)
    if len(kept.grids) > 1:
        yield "progress", lambda: figures.progress_gif(kept.grids)


def watch_page(
    kept: WatchedPage, charts: Mapping[str, Mapping[str, bytes]], gifs: Mapping[str, bytes]
) -> bytes:
    """One HTML page in both languages, pictures inside."""
    told = kept.told
    tables: dict[str, list[Table]] = {}
    if told.noising is not None:
        tables["noising"] = [_noising_table(told.noising)]
    if told.views is not None:
        tables["views"] = [_views_table(told.views)]
    if told.attended is not None:
        tables["attention"] = [_attention_table(told.attended)]
    if told.coding is not None:
        tables["coding"] = [_coding_table(told.coding)]
    if kept.quality is not None:
        tables["quality"] = [_quality_table(kept.quality)]
    sections = []
    for name, drawn in charts.items():
        if name == "history":
            continue
        pictures = [Shown(drawn, width=_WIDE)]
        if name in gifs:
            narrow = 320 if name in ("noising", "drawing") else None
            pictures.append(Shown(gifs[name], width=narrow, pixels=True))
        title, text = bilingual(f"watch.{name}_title"), bilingual(f"watch.{name}_text")
        sections.append(Section(title, [text], tables.get(name, ()), pictures))
    learned = [Shown(gifs["progress"], pixels=True)] if "progress" in gifs else []
    learned += [Shown(charts["history"], width=_WIDE)] if "history" in charts else []
    if learned:
        text = bilingual("watch.progress_text", count=len(kept.grids))
        sections.append(Section(bilingual("watch.progress_title"), [text], (), learned))
    if names := lacking_names(kept):
        left = [bilingual(f"watch.missing.{name}", **_family(name, told)) for name in names]
        sections.append(Section(bilingual("watch.missing_title"), left))
    lead = in_both(
        lambda: say("watch.page_lead", family=told.family, parameters=number(kept.parameters),
                    seed=kept.seed)
    )  # fmt: skip
    return page(bilingual("watch.page_title", name=kept.name), sections, lead)


def lacking_names(kept: WatchedPage) -> list[str]:
    """What does not apply, by name."""
    return [*kept.told.missing, *kept.lacking, *([] if kept.grids else ["progress"])]


def _family(name: str, told: Watched) -> dict[str, str]:
    return {"family": told.family} if name in _NAMES_FAMILY else {}


def lacking_sentences(kept: WatchedPage) -> list[str]:
    """What does not apply, a sentence each, in the language in force."""
    return [
        say(f"watch.missing.{name}", **_family(name, kept.told)) for name in lacking_names(kept)
    ]


def _noising_table(told: Noising) -> Table:
    keys = ("t", "signal", "noise_level", "alpha_bar", "x0", "noise", "xt")
    rows = [[in_both(_figure(row[key])) for key in keys] for row in told.rows]
    return Table([bilingual(f"watch.table.{key}") for key in keys], rows)


def _views_table(told: Views) -> Table:
    keys = ("t", "signal", "noise_level", "xt", "x0", "noise", "velocity")
    names = [f"watch.table.{key}" for key in keys[:3]] + [f"watch.view_{key}" for key in keys[3:]]
    rows = [[in_both(_figure(row[key])) for key in keys] for row in told.rows]
    return Table([bilingual(name) for name in names], rows)


def _coding_table(told: Coding) -> Table:
    """The most telling numbers of the code, one a row."""
    rows: list[list[Text]] = []
    for k in told.order[:_CODES]:
        each = (told.mean, told.sigma, told.noise, told.code, told.kl, told.nats)
        rows.append([str(k + 1), *(in_both(_figure(float(one[k]))) for one in each)])
    keys = ("number", "mean", "sigma", "noise", "code", "kl", "nats")
    return Table([bilingual(f"watch.coding_table.{key}") for key in keys], rows)


def _figure(value: float) -> Callable[[], str]:
    return lambda: number(value, 4)


def _quality_table(told: Quality) -> Table:
    """Samplers down, looks across."""
    looks = sorted({point.looks for point in told.points})
    found = {(point.sampler, point.looks): point.distance for point in told.points}
    rows: list[list[Any]] = []
    for name in dict.fromkeys(point.sampler for point in told.points):
        one = [found.get((name, number_)) for number_ in looks]
        rows.append([name, *("" if v is None else in_both(_figure(v)) for v in one)])
    return Table([bilingual("watch.quality_looks"), *map(str, looks)], rows)


def _attention_table(told: Attended) -> Table:
    shares, scores = told.shares[told.head], told.scores[told.head]
    order = np.argsort(-shares, kind="stable")[:_TOLD]
    rows: list[list[Text]] = []
    for i in order:
        place: Text = in_both(_place(told, int(i)))
        rows.append(
            [place, in_both(_figure(float(scores[i]))), in_both(_figure(100 * float(shares[i])))]
        )
    head = [bilingual(f"watch.table.{key}") for key in ("place", "score", "share")]
    shade = [[0.0, 0.0, float(shares[i] / shares.max())] for i in order]
    return Table(head, rows, shade)


def _place(told: Attended, number_: int) -> Callable[[], str]:
    return lambda: place_of(told, number_)


def attention_csv(told: Attended) -> bytes:
    """Every number of every head: layer, head, the place that asks, the place that answers (-1:
    none of the picture; then `what` says what it is), Q K^T / sqrt d, and the share after the
    softmax."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(
        [
            "layer",
            "head",
            "asked_row",
            "asked_column",
            "row",
            "column",
            "what",
            "qk_over_sqrt_d",
            "softmax",
        ]
    )
    for head, (scores, shares) in enumerate(zip(told.scores, told.shares, strict=True)):
        rows = zip(told.places, scores, shares, strict=True)
        for i, ((row, column), score, share) in enumerate(rows):
            what = " ".join(told.others.get(i, ())).strip()
            numbers = f"{score:.6f}", f"{share:.8f}"
            write.writerow([told.layer, head, *told.asked, int(row), int(column), what, *numbers])
    return out.getvalue().encode()
