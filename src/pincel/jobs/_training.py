"""What `train` and `resume` share: follow a training to its end and keep what it made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Made, Progress, Said
from pincel.pixels.channels import are_colors
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn import teach
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.learn.teach import Batch, Epoch, Finished


def told(data: Data, balance: bool = False) -> Iterator[Event]:
    """What was found in the data, in a few lines; `balance`: rare classes are shown more often."""
    from pincel.words.numbers import number

    counts = {name: number(len(part)) for name, part in data.parts.items()}
    height, width = data.size
    if not data.labelled:
        yield Said(
            say("train.made_data", name=data.name, width=width, height=height,
                channels=data.channels, **counts)
        )  # fmt: skip
        yield from _noticed(data)
        return
    yield Said(
        say(
            "train.data",
            name=data.name,
            classes=len(data.classes),
            width=width,
            height=height,
            channels=data.channels,
            **counts,
        )
    )
    rows = data.report.counts
    yield Said(
        ", ".join(f"{c} {number(sum(part[c] for part in rows.values()))}" for c in data.classes)
    )
    yield from _uneven(data, balance)
    yield from _noticed(data)


_UNEVEN = 5  # a class with five times as many pictures as another


def _uneven(data: Data, balance: bool) -> Iterator[Event]:
    """That some classes are rare, and what can be done about it."""
    from pincel.words.numbers import number

    if balance:
        yield Said(say("train.balanced"))
        return
    counts = data.report.counts["train"]
    most, least = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
    if counts[most] >= _UNEVEN * counts[least]:
        many, few = number(counts[most]), number(counts[least])
        yield Said(say("train.uneven", most=most, many=many, least=least, few=few))


def _noticed(data: Data) -> Iterator[Event]:
    if data.channel_names and not are_colors(data.channel_names):
        yield Said(say("channels.read", names=", ".join(data.channel_names)))
    for name, why in data.report.broken[:10]:
        yield Said(say("train.broken", name=name, why=why))
    if len(data.report.broken) > 10:
        yield Said(say("train.more_broken", count=len(data.report.broken) - 10))
    if data.report.duplicates:
        name, part, test = data.report.duplicates[0]
        count = len(data.report.duplicates)
        yield Said(say("train.duplicates", count=count, name=name, part=part, test=test))


def follow(run: Run, data: Data) -> Iterator[Event]:
    """Teach, say what happens, and keep curves, samples and the page in the run's folder."""
    from pincel.learn.teach import Batch, Epoch, teach

    if not run.writes:  # one of several processes, not the one that speaks
        for _ in teach(run, data):
            pass
        return
    name = run.folder.name
    board = _board(run)
    try:
        for event in teach(run, data):
            if isinstance(event, Batch):
                yield Progress(event.step, event.steps, _line(event))
            elif isinstance(event, Epoch):
                for key in (k for k in _SCALARS if board and k in event.entry):
                    board.add_scalar(key, event.entry[key], event.entry["step"])
                yield Said(_epoch(event))
            else:
                yield from _kept(run, data, event)
    except PincelError as error:
        if error.key == "learn.not_a_number":
            yield Said(say("train.go_on", name=name))
        raise
    finally:
        if board:
            board.close()


_SCALARS = ("loss", "val_loss", "val_accuracy", "val_balanced", "rate")


def _board(run: Run) -> Any:
    """A writer for TensorBoard in the run's folder, where the run asks for one."""
    if not run.config.get("tensorboard"):
        return None
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        raise PincelError("train.no_tensorboard") from None
    return SummaryWriter(run.folder / "tensorboard")


def _line(batch: Batch) -> str:
    from pincel.words.numbers import number

    parts = [
        say("train.epoch", number=batch.epoch, total=batch.epochs),
        say("train.loss", loss=number(batch.loss, 3)),
    ]
    if batch.accuracy is not None:
        parts.append(say("train.accuracy", accuracy=number(100 * batch.accuracy, 1)))
    parts += [
        say("train.speed", speed=number(batch.speed)),
        say("train.left", time=_time(batch.left)),
    ]
    return " · ".join(parts)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _epoch(event: Epoch) -> str:
    from pincel.words.numbers import number

    entry = event.entry
    making = "val_accuracy" not in entry
    line = say(
        "train.after_epoch_making" if making else "train.after_epoch",
        number=event.number,
        total=event.of,
        loss=number(entry["loss"], 3),
        val_loss=number(entry["val_loss"], 3),
        accuracy="" if making else number(100 * entry["val_balanced"], 2),
        time=_time(entry["seconds"]),
    )
    return line + (" " + say("train.best") if event.best else "")


def _kept(run: Run, data: Data, done: Finished | teach.Made) -> Iterator[Event]:
    from pincel.learn import teach

    yield from _made(run, data, done) if isinstance(done, teach.Made) else _tested(run, data, done)


def _made(run: Run, data: Data, done: teach.Made) -> Iterator[Event]:
    """What a training leaves of a network that makes pictures."""
    from pincel.show.learn import making as figures
    from pincel.show.pages.page import page
    from pincel.words.numbers import number

    metrics, name = run.metrics(), run.folder.name
    run.keep_file("curves.png", figures.curves(name, metrics))
    title, lead, sections = figures.sections(run, metrics, data, done)
    run.keep_file("page.html", page(title, sections, lead))
    about = done.model.about
    lines = [say("train.stopped", epoch=about["metrics"]["epoch"])] if done.stopped else []
    told = ", ".join(f"{key} {number(value, 4)}" for key, value in done.figures.items())
    lines += [
        say("train.made_test", figures=told),
        say("train.cost", parameters=number(about["parameters"]), time=_time(about["seconds"])),
        say("train.where", folder=run.folder),
    ]
    numbers = {
        "run": str(run.folder),
        "parameters": about["parameters"],
        "seconds": about["seconds"],
        "epoch": about["metrics"]["epoch"],
        "test": done.figures,
        "data_hash": about["data"]["hash"],
        "seed": about["seed"],
    }
    yield Made(name, done.model, numbers=numbers, lines=tuple(lines), asked=lambda: _copies(run))


def _tested(run: Run, data: Data, done: Finished) -> Iterator[Event]:
    """What a training leaves of a classifier."""
    from pincel.show.learn import training as figures
    from pincel.show.pages.page import page

    metrics = run.metrics()
    run.keep_file("curves.png", figures.curves(run.folder.name, metrics))
    shown = figures.predictions(data.test, done.probabilities, data.classes, data.channel_names)
    run.keep_sample("predictions.png", shown)
    title, lead, sections = figures.sections(run.folder.name, run.config, metrics, data, done)
    run.keep_file("page.html", page(title, sections, lead))
    numbers = _numbers(run, done)
    yield Made(
        name=run.folder.name,
        value=done.model,
        numbers=numbers,
        lines=tuple(_lines(run, data, done)),
        asked=lambda: _copies(run),
    )


def _copies(run: Run) -> Iterator[tuple[str, bytes]]:
    """What `--out` gets: the best weights, the page and the curves. The run's folder keeps all."""
    for suffix, name in ((".safetensors", "best.safetensors"), (".html", "page.html"),
                         (".png", "curves.png")):  # fmt: skip
        yield suffix, (run.folder / name).read_bytes()


def _numbers(run: Run, done: Finished) -> dict[str, Any]:
    about = done.model.about
    return {
        "run": str(run.folder),
        "parameters": about["parameters"],
        "seconds": about["seconds"],
        "epoch": about["metrics"]["epoch"],
        "val": about["metrics"]["val"],
        "test": done.test.plain(),
        "test_averaged": done.averaged.plain() if done.averaged else None,
        "data_hash": about["data"]["hash"],
        "seed": about["seed"],
    }


def _lines(run: Run, data: Data, done: Finished) -> Iterator[str]:
    from pincel.learn.balance import few
    from pincel.show.learn.training import headline
    from pincel.words.numbers import number

    about, test = done.model.about, done.test
    if done.stopped:
        yield say("train.stopped", epoch=about["metrics"]["epoch"])
    auc = number(test.auc, 4) if test.auc is not None else "–"
    yield say("train.test", auc=auc, **headline(test, data.classes))
    if done.averaged:
        yield say("train.test_averaged", **headline(done.averaged, data.classes))
    for name, recall in zip(data.classes, test.recall, strict=True):
        yield say(
            "train.recall", name=name, recall="–" if recall is None else number(100 * recall, 1)
        )
    if rare := few(test.confusion, data.classes):
        yield say("train.few_tested", classes=", ".join(f"{name} {n}" for name, n in rare))
    yield say("train.cost", parameters=number(about["parameters"]), time=_time(about["seconds"]))
    yield say("train.where", folder=run.folder)
