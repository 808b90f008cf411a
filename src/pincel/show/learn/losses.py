"""The curve of a loss: what every training can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pincel.show import charts
from pincel.words import numbers, say


def loss_curves(name: str, metrics: Sequence[Mapping[str, Any]], kept: int = 0) -> bytes:
    """Loss over epochs, of what is learned from and, where it is measured, of what is not; then the
    epoch whose weights are `kept` is marked (0: the best one)."""
    entries = [entry for entry in metrics if "rate" in entry]
    held = bool(entries) and "val_loss" in entries[0]
    epochs = [entry["epoch"] for entry in entries]
    sheet = charts.Chart(
        9.6, 4.9, name, say(f"train.figure.curves_{'making' if held else 'plain'}")
    )
    axes = sheet.axes(0.9, 1.8, 8.2, 2.45)
    dots: dict[str, Any] = {"marker": "o", "markersize": 3.5} if len(epochs) < 12 else {}
    lines = [("loss", "learned", charts.MUTED)]
    lines += [("val_loss", "val", charts.BLUE)] if held else []
    for key, _, color in lines:
        axes.plot(epochs, [e[key] for e in entries], color=color, linewidth=1.8, **dots)
    if held:
        _marked(sheet, axes, entries, kept)
    charts.plain_axes(axes)
    axes.set_xlim(min(epochs) - 0.5, max(epochs) + 0.5)
    if len(epochs) < 6:
        axes.set_xticks(epochs)
    at = 0.9
    sheet.text(at, 1.55, say("train.figure.loss"), 11, bold=True)
    at += sheet.extent(say("train.figure.loss"), 11, bold=True) + 0.25
    for _, key, color in lines:
        text = say(f"train.figure.{key}")
        sheet.text(at, 1.55, text, 10, color=color)
        at += sheet.extent(text, 10) + 0.2
    sheet.text(0.9, 4.62, say("train.figure.epoch"), 9.5, color=charts.MUTED)
    return sheet.png()


def _marked(
    sheet: charts.Chart, axes: Any, entries: Sequence[Mapping[str, Any]], kept: int
) -> None:
    best = min(entries, key=lambda e: e["val_loss"])
    shown = next((e for e in entries if e["epoch"] == kept), best)
    axes.plot([shown["epoch"]], [shown["val_loss"]], "o", color=charts.ACCENT, ms=6)
    loss = numbers.number(shown["val_loss"], 4)
    word = "best_loss" if shown is best else "kept_loss"
    told = say(f"train.figure.{word}", loss=loss, epoch=shown["epoch"])
    sheet.text(9.1, 1.55, told, 10, color=charts.ACCENT, across="right")
