"""The chart of `explain`: where the answer was seen, the four steps, other views and the tests."""

from __future__ import annotations

import numpy as np

from pincel.look.explained import Explained
from pincel.look.gradcam import scaled_maps
from pincel.look.trust import ALIKE, MARGIN_OF_CHANCE
from pincel.show import charts
from pincel.show.channels import legend
from pincel.show.charts import MARGIN, Chart
from pincel.show.heat import AGAINST, FOR, overlaid, picture_rgb
from pincel.show.nets.gradcam_steps import (
    INNER,
    WIDTH,
    curve_axes,
    draw_steps,
    heat_overlay,
    titled,
)
from pincel.words import say
from pincel.words.numbers import number

_CLASSES = 12


def draw_explained(name: str, told: Explained) -> bytes:
    """The whole sheet as a PNG file."""
    tests = trust_sentences(told)
    probe = Chart(1, 1)
    below = sum(probe.lines_height(text, INNER, 11) + 0.08 for text in tests)
    height = 1.55 + 3.95 + 0.55 + 3.75 + 0.3 + 3.3 + 0.35 + below + 0.25
    sheet = Chart(WIDTH, height, name, explained_note(told))
    y = 1.55
    _answer(sheet, y, told)
    y += 3.95 + 0.55
    draw_steps(sheet, y, told)
    y += 3.75 + 0.3
    _views(sheet, y, told)
    y += 3.3 + 0.35
    for i, text in enumerate(tests):
        y = sheet.paragraph(MARGIN, y, INNER, text, 11, bold=i == 0) + 0.08
    return sheet.png()


def percent(share: float) -> str:
    """A share as per cent: whole, with one digit near the ends."""
    value = 100 * share
    return number(value, 1 if value < 10 or 99 < value < 99.95 else 0)


def explained_note(told: Explained) -> str:
    """The line below the title: answer, class, layer, field."""
    odds = told.heat.probabilities[0]
    parts = [
        say("explain.answer", name=told.classes[told.answer], share=percent(odds[told.answer]))
    ]
    if told.target != told.answer:
        name, share = told.classes[told.target], percent(odds[told.target])
        parts.append(say("explain.asked", name=name, share=share))
    count, height, width = told.heat.maps.shape[1:]
    parts.append(
        say(
            "explain.layer",
            layer=told.heat.layer,
            path=told.path,
            count=count,
            height=height,
            width=width,
        )
    )
    if told.reach is not None:
        field = told.reach.field
        whole = all(f >= 2 * s for f, s in zip(field, told.seen.shape[:2], strict=True))
        key = "explain.sees_all" if whole else "explain.sees"
        parts.append(say(key, height=field[0], width=field[1]))
    return " · ".join(parts)


def trust_sentences(told: Explained) -> list[str]:
    """What the map and its tests say, the verdict first."""
    why = told.heat.why_empty()
    lines = [say(f"explain.empty.{why}")] if why else []
    if told.trust is None:
        return lines
    if why:
        return [*lines, say("explain.trust.untested")]
    tests = told.trust
    lines.append(say(f"explain.trust.{tests.verdict()}"))
    for key, curve, better in (
        ("insertion", tests.insertion, tests.insertion.gain[0] > MARGIN_OF_CHANCE),
        ("deletion", tests.deletion, -tests.deletion.gain[0] > MARGIN_OF_CHANCE),
    ):
        verdict = say(f"explain.trust.{key}_{'good' if better else 'poor'}")
        area, chance = number(curve.area[0], 2), number(curve.chance[0], 2)
        lines.append(say(f"explain.trust.{key}", area=area, chance=chance, verdict=verdict))
    alike = float(tests.random_correlation[0])
    flat = not np.isfinite(alike)
    key = "flat" if flat else "good" if alike < ALIKE else "poor"
    verdict = say(f"explain.trust.random_{key}")
    value = "\u2013" if flat else number(alike, 2)
    lines.append(say("explain.trust.random", value=value, verdict=verdict))
    return lines


# the answer


def _answer(sheet: Chart, y: float, told: Explained) -> None:
    seen = picture_rgb(told.seen)
    side = 3.6
    name = told.classes[told.target]
    sheet.picture(MARGIN, y, side, side, seen, say("explain.figure.picture"))
    sheet.paragraph(MARGIN, y + side + 0.14, side, legend(told.channels), 9, color=charts.MUTED)
    empty = bool(told.heat.why_empty())
    x = MARGIN + side + 0.45
    if empty and told.heat.counter[0].any():
        heat_overlay(sheet, x, y, side, seen, told.heat.counter[0], AGAINST, "against", name)
    else:
        heat_overlay(sheet, x, y, side, seen, told.heat.heat[0], FOR, "for", name)
    _bars(sheet, x + side + 0.55, y, WIDTH - MARGIN - x - side - 0.55, side, told)


def _bars(sheet: Chart, x: float, y: float, wide: float, tall: float, told: Explained) -> None:
    """The probabilities of the classes, highest first; the explained one stands out."""
    odds = told.heat.probabilities[0]
    order = list(np.argsort(-odds)[:_CLASSES])
    if told.target not in order:
        order[-1] = told.target
    sheet.text(x, y - 0.17, say("explain.figure.classes"), 11)
    step = min(0.42, tall / max(len(order), 1))
    names = min(1.9, wide * 0.45)
    room = wide - names - 0.65
    for place, i in enumerate(order):
        at = y + 0.22 + place * step
        chosen = i == told.target
        label = sheet.fitted(told.classes[i], names - 0.1, 10.5, bold=chosen)
        sheet.text(x + names - 0.08, at, label, 10.5, bold=chosen, across="right")
        sheet.box(x + names, at - step * 0.32, room, step * 0.64, fill=charts.SOFT)
        length = max(room * float(odds[i]), 0.012)
        color = charts.ACCENT if chosen else charts.MUTED
        sheet.box(x + names, at - step * 0.32, length, step * 0.64, fill=color)
        share = f"{percent(float(odds[i]))} %"
        sheet.text(x + wide, at, share, 10, bold=chosen, across="right")


# other views


def _views(sheet: Chart, y: float, told: Explained) -> None:
    key = "other" if told.trust is not None else "other_quick"
    sheet.text(MARGIN, y, say(f"explain.figure.{key}"), 13, bold=True)
    y += 0.65
    seen = picture_rgb(told.seen)
    side = 2.15
    name = told.classes[told.target]
    step = (INNER - side) / 4
    title = say("explain.figure.fine", layer=told.fine_layer)
    titled(sheet, MARGIN, y, side, title)
    heat_overlay(sheet, MARGIN, y, side, seen, told.fine, FOR, "for", name, title=" ")
    x = MARGIN + step
    titled(sheet, x, y, side, say("explain.figure.against", name=name))
    heat_overlay(sheet, x, y, side, seen, told.heat.counter[0], AGAINST, "against", name, title=" ")
    if told.trust is None or told.random is None:
        return
    x += step
    titled(sheet, x, y, side, say("explain.figure.random"))
    other, color_map = told.random.heat[0], FOR
    if not other.any():
        other, color_map = told.random.counter[0], AGAINST
    heat_overlay(sheet, x, y, side, seen, other, color_map, "for", name, title=" ")
    if told.heat.why_empty():
        return
    for key, curve in (("insertion", told.trust.insertion), ("deletion", told.trust.deletion)):
        x += step
        titled(sheet, x, y, side, say(f"explain.figure.{key}"))
        curve_axes(sheet, x + 0.15, y, side - 0.1, side - 0.25, curve)


def heat_over_picture(told: Explained) -> bytes:
    """The heat map over the picture, alone, as a PNG file; an empty map shows what speaks against
    the class, in blue."""
    import io

    from PIL import Image

    held = io.BytesIO()
    against = bool(told.heat.why_empty())
    heat = told.heat.counter[0] if against else told.heat.heat[0]
    drawn = overlaid(picture_rgb(told.seen), scaled_maps(heat), AGAINST if against else FOR, 560)
    Image.fromarray(drawn).save(held, "PNG")
    return held.getvalue()
