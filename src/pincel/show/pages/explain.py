"""The page of `explain`: answer, the four steps, other views, trust and settings of one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pincel.look.explained import Explained
from pincel.look.gradcam import scaled_maps
from pincel.pixels.channels import are_colors
from pincel.show.channels import legend, named
from pincel.show.heat import AGAINST, FOR, overlaid, picture_rgb
from pincel.show.nets import gradcam_steps
from pincel.show.nets.explained import explained_note, percent, trust_sentences
from pincel.show.pages.page import (
    Section,
    Shown,
    Table,
    Text,
    bilingual,
    in_both,
    page,
    picture_png,
)
from pincel.words import say
from pincel.words.numbers import number, number_plain

_LARGE, _SMALL = 336, 224
_CLASSES = 12
_FILTERS = 12
_CHANNELS = 16
_CELLS = 10  # a map up to so many cells a side is also told in numbers


def explain_page(name: str, told: Explained, facts: Mapping[str, Any]) -> bytes:
    """The whole page as one HTML file.

    facts  what the page tells about itself: model, picture, seed, versions ...
    """
    sections = [_answer(told), *_channels(told), _steps(told), _views(told)]
    tests = _tests(told)
    if tests is not None:
        sections.append(tests)
    rows = [(key, str(value)) for key, value in facts.items()]
    settings = Table([bilingual("audit.setting"), bilingual("audit.value")], rows, left=(1,))
    sections.append(Section(bilingual("explain.page.settings"), (), (settings,)))
    return page(
        bilingual("explain.page.title", name=name),
        sections,
        in_both(lambda: explained_note(told)),
    )


def _answer(told: Explained) -> Section:
    heat, name = told.heat, told.classes[told.target]
    against = bool(heat.why_empty()) and bool(heat.counter[0].any())
    values = heat.counter[0] if against else heat.heat[0]
    key = "against" if against else "for"
    seen = _enlarged(picture_rgb(told.seen), _LARGE)
    pictures = [
        Shown(picture_png(seen), _caption(told)),
        _map(told, values, AGAINST if against else FOR, key, _LARGE, name=name),
    ]
    odds = heat.probabilities[0]
    order = [int(i) for i in np.argsort(-odds)[:_CLASSES]]
    if told.target not in order:
        order[-1] = told.target
    rows = [[told.classes[i], _share(float(odds[i]))] for i in order]
    shade = [[0.0, float(odds[i])] for i in order]
    head = [bilingual("audit.class"), bilingual("explain.page.probability")]
    why = heat.why_empty()
    text = [bilingual(f"explain.empty.{why}")] if why else []
    table = Table(head, rows, shade)
    return Section(bilingual("explain.page.answer"), text, (table,), pictures, seen_first=True)


def _caption(told: Explained) -> Text:
    """What is seen in the picture: where its channels are no colours, which of them is what."""
    return in_both(lambda: legend(told.channels) or say("explain.figure.picture"))


def _channels(told: Explained) -> list[Section]:
    """Each channel by itself, where they are no colours."""
    if not told.channels or are_colors(told.channels):
        return []
    shown = []
    for place, name in enumerate(told.channels[:_CHANNELS]):
        plane = _enlarged(picture_rgb(told.seen[..., place]), _SMALL)
        shown.append(Shown(picture_png(plane), in_both(lambda name=name: named(name))))  # type: ignore[misc]
    return [Section(bilingual("explain.page.channels"), pictures=shown)]


def _steps(told: Explained) -> Section:
    heat = told.heat
    layercam = heat.method == "layercam"
    drawn = in_both(lambda: gradcam_steps.panels(told))
    pictures = [
        Shown({code: panels[place] for code, panels in drawn.items()})
        for place in range(len(next(iter(drawn.values()))))
    ]
    tables = []
    if max(heat.total.shape[1:]) <= _CELLS:
        tables.append(_cells(heat.total[0]))
    alpha = heat.alpha[0]
    adds = alpha * heat.maps[0].mean((1, 2))
    order = np.argsort(-np.abs(adds), kind="stable")[:_FILTERS]
    head = [
        bilingual("explain.page.filter"),
        bilingual("explain.page.alpha"),
        bilingual("explain.page.mean"),
        bilingual("explain.page.share"),
    ]
    rows = [
        [str(int(i)), *(in_both(lambda v=v: _plain(v)) for v in  # type: ignore[misc]
                        (alpha[i], heat.maps[0, i].mean(), adds[i]))]
        for i in order
    ]  # fmt: skip
    tables.append(Table(head, rows))
    key = "steps_layercam" if layercam else "steps"
    text = [bilingual("explain.page.steps_how")] if not layercam else []
    return Section(bilingual(f"explain.figure.{key}"), text, tables, pictures, seen_first=True)


def _cells(total: np.ndarray) -> Table:
    """The sum before the ReLU, cell by cell."""
    head: list[Text] = [bilingual("explain.page.sum"), *(str(x) for x in range(total.shape[1]))]
    rows = [
        [str(y), *(in_both(lambda v=v: _plain(v)) for v in row)]  # type: ignore[misc]
        for y, row in enumerate(total)
    ]
    highest = float(total.max())
    shade = [[0.0, *(max(0.0, float(v)) / highest if highest > 0 else 0.0 for v in row)]
             for row in total]  # fmt: skip
    return Table(head, rows, shade)


def _views(told: Explained) -> Section:
    name = told.classes[told.target]
    pictures = [
        _map(told, told.fine, FOR, "fine", _SMALL, layer=told.fine_layer),
        _map(told, told.heat.counter[0], AGAINST, "against", _SMALL, name=name),
    ]
    if told.random is not None:
        other, colors = told.random.heat[0], FOR
        if not other.any():
            other, colors = told.random.counter[0], AGAINST
        pictures.append(_map(told, other, colors, "random", _SMALL))
    return Section(bilingual("explain.page.views"), pictures=pictures)


def _tests(told: Explained) -> Section | None:
    """The verdict, its three tests as numbers, and the curves."""
    tests = told.trust
    if tests is None:
        return None
    said = in_both(lambda: trust_sentences(told))
    text = [dict(zip(said, lines, strict=True)) for lines in zip(*said.values(), strict=True)]
    if told.heat.why_empty():
        return Section(bilingual("explain.page.trust"), text[1:])
    alike = float(tests.random_correlation[0])
    rows: list[Sequence[Any]] = [
        [
            bilingual("audit.insertion"),
            *_pair(tests.insertion.area[0], tests.insertion.chance[0]),
        ],
        [bilingual("audit.deletion"), *_pair(tests.deletion.area[0], tests.deletion.chance[0])],
        [bilingual("audit.correlation"), *_pair(alike, np.nan)],
    ]
    head: list[Text] = [bilingual("audit.measure"), bilingual("explain.figure.this"),
                        bilingual("explain.figure.chance")]  # fmt: skip
    curves = in_both(lambda: gradcam_steps.curve_panels(told))
    pictures = [
        Shown({code: panels[place] for code, panels in curves.items()})
        for place in range(len(next(iter(curves.values()))))
    ]
    return Section(bilingual("explain.page.trust"), text, (Table(head, rows),), pictures)


def _pair(*values: float) -> list[Text]:
    return [in_both(lambda v=v: number(v, 2) if np.isfinite(v) else "\u2013") for v in values]  # type: ignore[misc]


def _map(
    told: Explained, heat: np.ndarray, colors: object, key: str, side: int, **names: Any
) -> Shown:
    """A heat map over its picture; the caption tells its highest value."""
    drawn = overlaid(picture_rgb(told.seen), scaled_maps(heat), colors, side)

    def caption() -> str:
        highest = say("explain.figure.peak", value=_plain(float(heat.max())))
        return f"{say(f'explain.figure.{key}', **names)} · {highest}"

    return Shown(picture_png(drawn), in_both(caption))


def _enlarged(picture: np.ndarray, side: int) -> np.ndarray:
    scale = max(1, round(side / max(picture.shape[:2])))
    return picture.repeat(scale, 0).repeat(scale, 1)


def _share(share: float) -> Text:
    return in_both(lambda: f"{percent(share)} %")


def _plain(value: float) -> str:
    """Three digits that count."""
    if not value:
        return "0"
    text = np.format_float_positional(float(value), precision=3, fractional=False, trim="-")
    return number_plain(text if 1e-4 <= abs(value) < 1e6 else f"{value:.2e}")
