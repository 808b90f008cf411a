"""The page of `audit`: numbers, worst cases with their heat maps, shortcuts, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pincel.look.audit import AuditedPicture, Why, known_mean, verdict_counts, worst
from pincel.look.shortcuts import SUSPICIOUS, Finding, ShortcutSearch
from pincel.show.channels import legend
from pincel.show.heat import overlaid, picture_rgb
from pincel.show.pages.page import Section, Shown, Table, bilingual, in_both, page, picture_png
from pincel.words import say
from pincel.words.numbers import number

_KINDS: tuple[Why, ...] = ("edge", "untrusted", "wrong")
_SIDE = 168
_FINDINGS = 12


@dataclass(frozen=True, eq=False)
class Audited:
    """A network judged on a data set.

    rows      one for each picture;  pictures  the set's own (n, h, w, c), names beside them
    classes   names;  search  shortcuts, when they were looked for
    facts     model, data, part, layer, method, seed ...: what the page tells about itself
    channels  what each channel of the pictures is (see `pixels.channels`)
    """

    rows: list[AuditedPicture]
    pictures: np.ndarray
    names: Sequence[str]
    classes: Sequence[str]
    labels: np.ndarray
    search: ShortcutSearch | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    channels: tuple[str, ...] = ()


def audit_lines(told: Audited) -> list[str]:
    """What was found, a sentence each, in the language in force."""
    rows = told.rows
    share = 100 * known_mean([float(row.right) for row in rows])
    counts = verdict_counts(rows)
    said = [
        say("audit.said.accuracy", share=number(share, 1), count=len(rows)),
        say("audit.said.maps", **counts),
        say("audit.said.edge", edge=_two(known_mean([row.edge for row in rows]))),
    ]
    energy = known_mean([row.energy for row in rows])
    if np.isfinite(energy):
        said.append(say("audit.said.energy", energy=_two(energy)))
    if told.search is not None:
        said += shortcut_lines(told.search, told.classes)
    return said


def shortcut_lines(search: ShortcutSearch, classes: Sequence[str]) -> list[str]:
    """Each shortcut in a sentence, or that there is none."""
    if not search.suspicious:
        most = max((f.strength for f in search.findings), default=0.0)
        limits = {"limit": number(100 * SUSPICIOUS), "most": number(100 * most)}
        return [say("audit.shortcuts.none", **limits)]
    return [
        say(
            "audit.shortcuts.found",
            count=number(100 * one.strength),
            name=classes[one.label],
            region=say(f"audit.place.{one.region}"),
        )
        for one in search.suspicious
    ]


def audit_page(told: Audited) -> bytes:
    """The whole page as one HTML file."""
    facts = told.facts
    sections = [_summary(told)]
    if told.search is not None:
        sections.append(_shortcuts(told, told.search))
    sections += [_worst(told, why) for why in _KINDS]
    rows = [(key, str(value)) for key, value in facts.items()]
    head = (bilingual("audit.setting"), bilingual("audit.value"))
    sections.append(Section(bilingual("audit.settings"), (), (Table(head, rows, left=(1,)),)))
    lead = bilingual(
        "audit.lead",
        count=len(told.rows),
        **{key: facts[key] for key in ("data", "part", "method", "layer")},
    )
    return page(bilingual("audit.heading", model=facts["model"]), sections, lead)


def _summary(told: Audited) -> Section:
    """One column for all, one row for each class."""
    measures = ["pictures", "accuracy", "insertion", "deletion", "correlation", "edge"]
    masked = any(np.isfinite(row.energy) for row in told.rows)
    measures += ["energy"] if masked else []
    head = [
        bilingual("audit.class"),
        *(bilingual(f"audit.{m}") for m in (*measures, "verdicts")),
    ]
    lines_ = [[bilingual("audit.all"), *_measured(told.rows, masked)]]
    for number_, name in enumerate(told.classes):
        own = [row for row in told.rows if row.label == number_]
        if own:
            lines_.append([name, *_measured(own, masked)])
    said = in_both(lambda: audit_lines(told))
    texts = [{code: said[code][i] for code in said} for i in range(len(said["en"]))]
    return Section(
        bilingual("audit.summary"),
        (*texts, bilingual("audit.reading")),
        (Table(head, lines_),),
    )


def _measured(rows: list[AuditedPicture], masked: bool) -> list[Any]:
    insertion = in_both(
        lambda: (
            f"{_two(known_mean([r.insertion for r in rows]))} "
            f"({_two(known_mean([r.insertion_chance for r in rows]))})"
        )
    )
    deletion = in_both(
        lambda: (
            f"{_two(known_mean([r.deletion for r in rows]))} "
            f"({_two(known_mean([r.deletion_chance for r in rows]))})"
        )
    )
    right = 100 * known_mean([float(r.right) for r in rows])
    cells: list[Any] = [len(rows), in_both(lambda: f"{number(right, 1)} %"), insertion, deletion]
    cells.append(in_both(lambda: _two(known_mean([r.random_correlation for r in rows]))))
    cells.append(in_both(lambda: _two(known_mean([r.edge for r in rows]))))
    if masked:
        cells.append(in_both(lambda: _two(known_mean([r.energy for r in rows]))))
    return [*cells, " / ".join(str(v) for v in verdict_counts(rows).values())]


def _two(value: float) -> str:
    return number(value, 2) if np.isfinite(value) else "\u2013"


def _worst(told: Audited, why: Why) -> Section:
    rows = worst(told.rows, why)
    title = bilingual(f"audit.worst.{why}")
    if not rows:
        return Section(title, (bilingual("audit.worst.none"),))
    text = [in_both(lambda: legend(told.channels))] if legend(told.channels) else []
    return Section(title, text, pictures=[_case(told, row) for row in rows])


def _case(told: Audited, row: AuditedPicture) -> Shown:
    """A picture beside its heat map."""
    seen = picture_rgb(told.pictures[row.index])
    drawn = overlaid(seen, row.heat, side=_SIDE)
    scale = drawn.shape[0] // seen.shape[0]
    plain = seen.repeat(scale, 0).repeat(scale, 1)
    gap = np.full((plain.shape[0], 6, 3), 255, np.uint8)
    return Shown(
        picture_png(np.concatenate([plain, gap, drawn], 1)), in_both(lambda: _caption(told, row))
    )


def _caption(told: Audited, row: AuditedPicture) -> str:
    values = {
        "name": told.names[row.index],
        "answer": told.classes[row.answer],
        "share": number(100 * row.probability),
    }
    if row.right:
        first = say("audit.caption_right", **values)
    else:
        first = say("audit.caption_wrong", label=told.classes[row.label], **values)
    tests = say(
        "audit.caption_tests",
        insertion=_two(row.insertion),
        deletion=_two(row.deletion),
        edge=_two(row.edge),
    )
    return f"{first} \u00b7 {tests}"


def _shortcuts(told: Audited, search: ShortcutSearch) -> Section:
    said = in_both(lambda: shortcut_lines(search, told.classes))
    texts = [{code: said[code][i] for code in said} for i in range(len(said["en"]))]
    how = bilingual("audit.shortcuts.how", limit=round(100 * SUSPICIOUS))
    names = ("region", "pulled", "lost", "heat")
    head = [
        bilingual("audit.class"),
        *(bilingual(f"audit.shortcuts.{name}") for name in names),
    ]
    rows = [_found(told, one) for one in search.findings[:_FINDINGS]]
    shade = [[0, 0, one.pulled, one.lost, 0] for one in search.findings[:_FINDINGS]]
    shown = []
    for label in dict.fromkeys(one.label for one in search.suspicious):
        caption = bilingual("audit.shortcuts.marked", name=told.classes[label])
        shown.append(Shown(picture_png(_few(told, label)), caption))
    table = Table(head, rows, shade, left=(1,))
    return Section(bilingual("audit.shortcuts.title"), (*texts, how), (table,), shown)


def _found(told: Audited, one: Finding) -> list[Any]:
    return [
        told.classes[one.label],
        bilingual(f"audit.place.{one.region}"),
        in_both(lambda: f"{number(100 * one.pulled)} %"),
        in_both(lambda: f"{number(100 * one.lost)} %"),
        in_both(lambda: _two(one.heat)),
    ]


def _few(told: Audited, label: int) -> np.ndarray:
    """Six pictures of a class in a row, enlarged."""
    rows = np.flatnonzero(told.labels == label)[:6]
    tiles = []
    for i in rows:
        seen = picture_rgb(told.pictures[i])
        scale = max(1, round(112 / max(seen.shape[:2])))
        tiles += [seen.repeat(scale, 0).repeat(scale, 1), None]
    gap = np.full((tiles[0].shape[0], 6, 3), 255, np.uint8)  # type: ignore[union-attr]
    return np.concatenate([gap if tile is None else tile for tile in tiles[:-1]], 1)
