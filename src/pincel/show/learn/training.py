"""What a training leaves to look at: learning curves, answers on test pictures, and a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.learn.balance import rank, rare_classes
from pincel.learn.measure import interval
from pincel.pixels import channels
from pincel.pixels.arrays import seen_rgb
from pincel.show import charts
from pincel.show.channels import legend
from pincel.show.learn.mirroring import mirroring_sentence
from pincel.show.pages.page import Section, Shown, Table, Text, bilingual, in_both, picture_png
from pincel.words import numbers, say

if TYPE_CHECKING:
    from pincel.learn.course import Finished
    from pincel.learn.data import Data, DataPart
    from pincel.learn.measure import Measures
    from pincel.learn.tasks.naming import Named

_TILES = 24
_BEHIND = 40
"""Pictures shown behind one cell of the confusion matrix."""


def pictures_rgb(pictures: np.ndarray, names: Sequence[str] = ()) -> np.ndarray:
    """Pictures (n, h, w, c) of any type and channels as (n, h, w, 3) uint8.

    names  what each channel is; without them four are RGBA
    """
    count = pictures.shape[-1]
    alpha = channels.has_alpha(names) if len(names) == count else count == 4
    return seen_rgb(pictures, alpha)


def training_curves(name: str, metrics: Sequence[Mapping[str, Any]]) -> bytes:
    """Loss and balanced accuracy over epochs, the best epoch marked."""
    entries = [entry for entry in metrics if "epoch" in entry]
    epochs = [entry["epoch"] for entry in entries]
    best = max(entries, key=rank)
    shares = [100 * rank(entry)[0] for entry in entries]
    sheet = charts.Chart(9.6, 4.9, name, say("train.figure.curves"))
    left = sheet.axes(0.75, 1.8, 3.7, 2.45)
    right = sheet.axes(5.45, 1.8, 3.7, 2.45)
    for key, color in (("loss", charts.MUTED), ("val_loss", charts.BLUE)):
        left.plot(epochs, [e[key] for e in entries], color=color, linewidth=1.8, **_dots(epochs))
    right.plot(epochs, shares, color=charts.BLUE, linewidth=1.8, **_dots(epochs))
    right.plot([best["epoch"]], [100 * rank(best)[0]], "o", color=charts.ACCENT, ms=6)
    for axes in (left, right):
        charts.plain_axes(axes)
        axes.set_xlim(min(epochs) - 0.5, max(epochs) + 0.5)
        if len(epochs) < 6:
            axes.set_xticks(epochs)
    sheet.text(0.75, 1.55, say("train.figure.loss"), 11, bold=True)
    wide = sheet.extent(say("train.figure.loss"), 11, bold=True)
    at = 0.75 + wide + 0.25
    for key, color in (("learned", charts.MUTED), ("val", charts.BLUE)):
        text = say(f"train.figure.{key}")
        sheet.text(at, 1.55, text, 10, color=color)
        at += sheet.extent(text, 10) + 0.2
    sheet.text(5.45, 1.55, say("train.figure.accuracy"), 11, bold=True)
    told = say(
        "train.figure.best",
        epoch=best["epoch"],
        accuracy=numbers.number(100 * rank(best)[0], 2),
    )
    sheet.text(9.15, 4.62, told, 10, color=charts.ACCENT, across="right")
    for x in (0.75, 5.45):
        sheet.text(x, 4.62, say("train.figure.epoch"), 9.5, color=charts.MUTED)
    return sheet.png()


def _dots(epochs: Sequence[int]) -> dict[str, Any]:
    return {"marker": "o", "markersize": 3.5} if len(epochs) < 12 else {}


def chosen_examples(
    probabilities: np.ndarray, labels: np.ndarray, count: int = _TILES
) -> np.ndarray:
    """Row numbers to show: the surest mistakes (half of the places at most), then right answers,
    class by class."""
    answers = probabilities.argmax(1)
    sure = probabilities.max(1)
    wrong = np.flatnonzero(answers != labels)
    wrong = wrong[np.argsort(-sure[wrong], kind="stable")][: count // 2]
    right = np.flatnonzero(answers == labels)
    turn = np.zeros(len(right), int)  # the how-manieth of its class each one is
    for label in np.unique(labels[right]):
        own = np.flatnonzero(labels[right] == label)
        turn[own] = np.arange(len(own))
    right = right[np.lexsort((labels[right], turn))][: count - len(wrong)]
    return np.concatenate([wrong, np.sort(right)])


def predictions(
    part: DataPart, probabilities: np.ndarray, classes: Sequence[str], names: Sequence[str] = ()
) -> bytes:
    """Test pictures with what was answered and how surely; mistakes say what was right."""
    rows = chosen_examples(probabilities, part.labels)
    across = 6
    down = -(-len(rows) // across)
    cell, side = 1.75, 1.3
    width = across * cell + 0.6
    sheet = charts.Chart(
        width, 1.3 + down * (cell + 0.3), say("train.figure.answers"),
        say("train.figure.answers_note"),
    )  # fmt: skip
    shown = pictures_rgb(part.pictures[rows], names)
    for place, row in enumerate(rows):
        x = 0.45 + (place % across) * cell
        y = 1.25 + (place // across) * (cell + 0.3)
        answer, label = int(probabilities[row].argmax()), int(part.labels[row])
        sheet.picture(x, y, side, side, shown[place], across="left")
        color = charts.GREEN if answer == label else charts.RED
        text = sheet.fitted(classes[answer], cell - 0.12, 9, bold=True)
        sheet.text(x, y + side + 0.13, text, 9, bold=True, color=color)
        below = f"{numbers.number(100 * float(probabilities[row, answer]))} %"
        if answer != label:
            below += ", " + say("train.figure.is", name=classes[label])
        below = sheet.fitted(below, cell - 0.12, 8.5)
        sheet.text(x, y + side + 0.3, below, 8.5, color=charts.MUTED)
    return sheet.png()


def contact(pictures: np.ndarray, across: int = 10, gap: int = 1) -> np.ndarray:
    """Pictures (n, h, w, 3) uint8 in rows on white."""
    count, height, width, _ = pictures.shape
    across = min(across, count)
    down = -(-count // across)
    sheet = np.full((down * (height + gap) - gap, across * (width + gap) - gap, 3), 255, np.uint8)
    for place, picture in enumerate(pictures):
        y, x = place // across * (height + gap), place % across * (width + gap)
        sheet[y : y + height, x : x + width] = picture
    return sheet


# ---------------------------------------------------------------------------------------- page


def training_sections(
    name: str,
    config: Mapping[str, Any],
    metrics: Sequence[Mapping[str, Any]],
    data: Data,
    done: Finished[Named],
) -> tuple[Text, Text, list[Section]]:
    """Title, lead and sections of a training's page."""
    lead = in_both(lambda: say("train.page.lead", family=config["family"], data=data.name,
                               **headline(done.found.test, data.classes)))  # fmt: skip
    wide = _width(data.size[1])
    found = [
        Section(bilingual("train.page.numbers"), tables=[_summary(done, data.classes)]),
        Section(
            bilingual("train.page.curves"),
            pictures=[Shown(in_both(lambda: training_curves(name, metrics)), width=960)],
        ),
        _confusion(data, done, wide),
        Section(
            bilingual("train.page.classes"),
            _cautions(config, data, done.found.test),
            [_classes(data, done.found.test)],
        ),
        _answers(data, done),
        about_data(data, wide),
        *changes_section(config),
        Section(bilingual("train.page.settings"), tables=[settings(config)]),
    ]
    return name, lead, found


def headline(test: Measures, classes: Sequence[str]) -> dict[str, str]:
    """What the first sentence about a test says, in the language in force."""
    low, high = test.interval
    shares = {
        "accuracy": test.accuracy, "balanced": test.balanced, "recall": test.recall[test.worst],
        "low": low, "high": high,
    }  # fmt: skip
    told = {name: numbers.number(100 * (share or 0.0), 2) for name, share in shares.items()}
    return told | {"name": classes[test.worst], "count": numbers.number(test.count)}


def _confusion(data: Data, done: Finished[Named], wide: int) -> Section:
    names = data.channel_names
    table = confusion_table(
        data.test, done.found.probabilities, done.found.test, data.classes, wide, names
    )
    return Section(
        bilingual("train.page.confusion"),
        text=[bilingual("train.page.confusion_note")],
        tables=[table],
    )


def _answers(data: Data, done: Finished[Named]) -> Section:
    def drawn() -> bytes:
        return predictions(data.test, done.found.probabilities, data.classes, data.channel_names)

    return Section(bilingual("train.page.answers"), pictures=[Shown(in_both(drawn))])


def _width(side: int) -> int:
    """How wide one picture is drawn on a page."""
    return max(64, side) if side > 64 else side * max(1, 64 // side)


def _summary(done: Finished[Named], classes: Sequence[str]) -> Table:
    about, test = done.model.about, done.found.test
    rows: list[list[Any]] = [
        [bilingual("train.page.balanced"), _percent(test.balanced)],
        [
            bilingual("train.page.worst", name=classes[test.worst]),
            _percent(test.recall[test.worst]),
        ],
        [bilingual("train.page.accuracy"), _percent(test.accuracy)],
        [bilingual("train.page.interval", count=test.count), _between(*test.interval)],
    ]
    if done.found.averaged:
        rows.append(
            [bilingual("train.page.accuracy_averaged"), _percent(done.found.averaged.accuracy)]
        )
    rows += [
        [bilingual("train.page.auc"), _number(done.found.test.auc, 4)],
        [bilingual("train.page.val"), _percent(about["metrics"]["val"]["balanced"])],
        [bilingual("train.page.epoch"), str(about["metrics"]["epoch"])],
        [bilingual("train.page.parameters"), _number(about["parameters"], 0)],
        [bilingual("train.page.seconds"), _number(about["seconds"], 0)],
    ]
    return Table(["", ""], rows)


def _percent(value: float | None) -> Text:
    return "–" if value is None else in_both(lambda: f"{numbers.number(100 * value, 2)} %")


def _between(low: float, high: float) -> Text:
    return in_both(lambda: " – ".join(f"{numbers.number(100 * v, 2)} %" for v in (low, high)))


def _number(value: float | None, digits: int) -> Text:
    return "–" if value is None else in_both(lambda: numbers.number(value, digits))


def confusion_table(
    part: DataPart,
    probabilities: np.ndarray,
    measured: Measures,
    classes: Sequence[str],
    wide: int = 56,
    names: Sequence[str] = (),
) -> Table:
    """The confusion matrix; a click on a cell shows its pictures, the surest answers first."""
    answers, sure = probabilities.argmax(1), probabilities.max(1)
    table = measured.confusion
    rows, shade, behind = [], [], {}
    for y, counts in enumerate(table):
        total = max(1, sum(counts))
        rows.append([classes[y], *counts])
        shade.append([0.0, *(count / total if x == y else min(1.0, 5 * count / total)
                             for x, count in enumerate(counts))])  # fmt: skip
        for x, count in enumerate(counts):
            if not count:
                continue
            own = np.flatnonzero((part.labels == y) & (answers == x))
            own = own[np.argsort(-sure[own], kind="stable")][:_BEHIND]
            pictures = contact(pictures_rgb(part.pictures[own], names))
            across = min(10, len(own))
            caption = bilingual(
                "train.page.behind", true=classes[y], answer=classes[x], shown=len(own), of=count
            )
            behind[y, x + 1] = Shown(
                picture_png(pictures), caption, width=wide * across, pixels=True
            )
    return Table([bilingual("train.page.true_answer"), *classes], rows, shade, behind)


def _cautions(config: Mapping[str, Any], data: Data, test: Measures) -> list[Text]:
    """What to know before the classes' figures are believed."""
    text: list[Text] = []
    if config["recipe"].get("balance"):
        text.append(bilingual("train.page.balance"))
    if rare := rare_classes(test.confusion, data.classes):
        text.append(bilingual("train.few_tested", classes=", ".join(f"{c} {n}" for c, n in rare)))
    return text


def _classes(data: Data, test: Measures) -> Table:
    head: list[Text] = [
        bilingual(f"train.page.{k}")
        for k in (
            "class",
            "recall",
            "of_so_many",
            "precision",
            "learned_from",
            "chosen_by",
            "tested_on",
        )
    ]
    counts = data.report.counts
    rows = [
        [c, _percent(test.recall[k]), _found(test, k), _percent(test.precision[k]),
         counts["train"][c], counts["val"][c], counts["test"][c]]
        for k, c in enumerate(data.classes)
    ]  # fmt: skip
    return Table(head, rows)


def _found(test: Measures, label: int) -> Text:
    """The interval of a class's recall that its number of test pictures allows."""
    row = test.confusion[label]
    return _between(*interval(row[label], sum(row))) if sum(row) else "–"


def about_data(data: Data, wide: int) -> Section:
    """What is in the data, how it was split, what was left out."""
    report = data.report
    text = [
        bilingual("train.page.hash", hash=data.hash),
        bilingual(f"train.page.split_{report.drawn}"),
        bilingual("train.page.broken", count=len(report.broken)),
        bilingual("train.page.duplicates", count=len(report.duplicates)),
    ]
    if not channels.are_colors(data.channel_names):
        text.insert(0, in_both(lambda: legend(data.channel_names)))
    tables = []
    if report.broken:
        tables.append(Table([bilingual("train.page.file"), bilingual("train.page.why")],
                            [list(row) for row in report.broken[:50]], left=(1,)))  # fmt: skip
    if report.duplicates:
        head = [bilingual("train.page.tested_on"), bilingual("train.page.also_in")]
        pairs = [[test, name] for name, _, test in report.duplicates[:50]]
        tables.append(Table(head, pairs, left=(1,)))
    classes, first = np.unique(data.train.labels, return_index=True)
    classes, first = classes[:20], first[:20]
    shown = pictures_rgb(data.train.pictures[first], data.channel_names)
    pictures = [
        Shown(picture_png(one), data.classes[k], width=wide, pixels=data.size[1] < 64)
        for k, one in zip(classes.tolist(), shown, strict=True)
    ]
    return Section(bilingual("train.page.data"), text, tables, pictures)


def changes_section(config: Mapping[str, Any]) -> list[Section]:
    """How pictures were changed while it learned, and why; nothing for a run that kept none."""
    if "changes" not in config:
        return []
    told = in_both(lambda: mirroring_sentence(config["changes"]))
    return [Section(bilingual("train.mirror.title"), [told])]


def settings(config: Mapping[str, Any]) -> Table:
    """The command, the seed and every setting of a run."""
    rows: list[list[Any]] = [[bilingual("train.page.command"), str(config.get("command", ""))]]
    rows += [[bilingual("train.page.seed"), str(config["seed"])]]
    for part in ("config", "recipe", "prepare", "versions"):
        rows += [[f"{part}.{k}", _plain(v)] for k, v in config[part].items()]
    return Table([bilingual("train.page.setting"), bilingual("train.page.value")], rows, left=(1,))


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
