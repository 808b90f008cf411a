"""What `train` and `resume` share: follow a training to its end and keep what it made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError
from pincel.job import Event, Made, Progress, Said
from pincel.pixels.channels import are_colors, numbered_channels
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.course import Batch, Epoch, Finished
    from pincel.learn.data import Data
    from pincel.learn.run import Run
    from pincel.show.learn.tasks import Leaving


def told(data: Data, balance: bool = False) -> Iterator[Event]:
    """What was found in the data, in a few lines; `balance`: rare classes are shown more often."""
    from pincel.words.numbers import number

    if own := getattr(data, "sentences", None):
        yield from map(Said, own())
        return
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
        if not data.labelled and data.channel_names == numbered_channels(4):
            yield Said(say("channels.if_rgba", count=4))
    for name, why in data.report.broken[:10]:
        yield Said(say("train.broken", name=name, why=why))
    if len(data.report.broken) > 10:
        yield Said(say("train.more_broken", count=len(data.report.broken) - 10))
    if data.report.duplicates:
        name, part, test = data.report.duplicates[0]
        count = len(data.report.duplicates)
        yield Said(say("train.duplicates", count=count, name=name, part=part, test=test))


def follow(run: Run, data: Any) -> Iterator[Event]:
    """Teach, say what happens, and keep curves, samples and the page in the run's folder."""
    from pincel.learn.course import Batch, Epoch
    from pincel.learn.teach import teach

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
    from pincel.words.numbers import duration, number

    parts = [
        say("train.epoch", number=batch.epoch, total=batch.epochs),
        say("train.loss", loss=number(batch.loss, 3)),
    ]
    if batch.accuracy is not None:
        parts.append(say("train.accuracy", accuracy=number(100 * batch.accuracy, 1)))
    parts += [
        say("train.speed", speed=number(batch.speed)),
        say("train.left", time=duration(batch.left)),
    ]
    return " · ".join(parts)


def _epoch(event: Epoch) -> str:
    from pincel.words.numbers import duration, number

    entry = event.entry
    kind = "" if "val_accuracy" in entry else "_making" if "val_loss" in entry else "_plain"
    line = say(
        f"train.after_epoch{kind}",
        number=event.number,
        total=event.of,
        loss=number(entry["loss"], 3),
        val_loss=number(entry.get("val_loss", 0), 3),
        accuracy=number(100 * entry.get("val_balanced", 0), 2),
        time=duration(entry["seconds"]),
    )
    return line + (" " + say("train.best") if event.best and "val_loss" in entry else "")


def _kept(run: Run, data: Any, done: Finished) -> Iterator[Event]:
    """What a training leaves, by its task."""
    leaving = leave(run, data, done)
    lines, numbers = tuple(leaving.lines(run, data, done)), leaving.numbers(run, done)
    name = run.folder.name
    yield Made(name, done.model, numbers=numbers, lines=lines, asked=lambda: _copies(run))


def leave(run: Run, data: Any, done: Finished) -> Leaving:
    """Keep curves, samples and the page in the run's folder."""
    from pincel.learn.teach import task_of
    from pincel.show.learn.tasks import of

    leaving = of(task_of(run))
    for name, held in leaving.files(run, data, done):
        run.keep_file(name, held)
    return leaving


def _copies(run: Run) -> Iterator[tuple[str, bytes]]:
    """What `--out` gets: the best weights, the page and the curves. The run's folder keeps all."""
    for suffix, name in ((".safetensors", "best.safetensors"), (".html", "page.html"),
                         (".png", "curves.png")):  # fmt: skip
        yield suffix, (run.folder / name).read_bytes()
