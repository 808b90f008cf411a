"""The job that teaches a network: to name classes, or to make pictures."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import NAME, Event, Job, Progress, Said, option_of, setting
from pincel.pixels.channels import checked_choice
from pincel.words import say

if TYPE_CHECKING:
    from pincel.learn.data import Data
    from pincel.learn.run import Run

_MAKING = ("noise", "mask", "beta", "factor", "predict", "identity", "identity_every", "steady")

_THINGS = {"boxing": "boxes", "masking": "masks"}
"""Tasks that learn from things in pictures, and what they are."""


_ONE = ("split", "group", "labels", "balance")
_FINDING = ("group", "labels", "size", "channels", "augment", "balance")
_UNUSED: dict[str, tuple[str, ...]] = {
    "boxing": _FINDING,
    "masking": _FINDING,
    "translating": _ONE,
    "redrawing": (*_ONE, "augment", "native", "fade"),
    "adapting": (*_ONE, "augment", "size", "fade"),
}
"""Options that a task never looks at: pictures of things and pairs are changed in their own way."""


class Train(Job):
    """A network from pictures: a run's folder with everything about it."""

    gives: ClassVar[str] = "pincel.nets._network.Model"
    example: ClassVar[dict[str, Any]] = {
        "family": "cnn",
        "epochs": 1,
        "net": "widths=4,8 blocks=1,1",
    }

    family: str = setting(positional=True)
    data: str | Path | None = setting(None, positional=True)
    name: str | None = setting(None, short="n", pattern=NAME)
    runs: Path | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31)
    epochs: int | None = setting(None, ge=1, le=100_000)
    minutes: float | None = setting(None, gt=0, le=100_000)
    batch: int | None = setting(None, ge=2, le=65_536)
    rate: float | None = setting(None, gt=0, le=10)
    decay: float | None = setting(None, ge=0, le=10)
    average: float | None = setting(None, ge=0, lt=1)
    patience: int | None = setting(None, ge=0)
    balance: bool = setting(False)
    augment: str | None = setting(None)
    net: str | None = setting(None)
    split: str | None = setting(None, group="data")
    group: str | None = setting(None, group="data")
    labels: Path | None = setting(None, group="data")
    size: int | None = setting(None, ge=4, le=1024, group="data")
    channels: str | None = setting(None, group="data")
    from_: Path | None = setting(None, group="two")
    to: Path | None = setting(None, group="two")
    native: int | None = setting(None, ge=8, le=256, group="two")
    identity: float | None = setting(None, ge=0, le=1000, group="two")
    identity_every: int | None = setting(None, ge=1, le=1000, group="two")
    steady: Literal["none", "r1", "spectral"] | None = setting(None, group="two")
    fade: float | None = setting(None, ge=0, le=1, group="two")
    freeze: bool = setting(False, group="pretrained")
    learn: Literal["head", "last", "all"] | None = setting(None, group="pretrained")
    backbone: str | None = setting(None, group="pretrained")
    side: int | None = setting(None, ge=0, le=1024, group="pretrained")
    weights: str | None = setting(None, min_length=1, group="pretrained")
    noise: float | None = setting(None, ge=0, le=2, group="making")
    mask: float | None = setting(None, ge=0, lt=1, group="making")
    beta: float | None = setting(None, ge=0, le=1000, group="making")
    factor: Literal[2, 4] | None = setting(None, group="making")
    predict: Literal["x0", "noise", "velocity"] | None = setting(None, group="making")

    device: Literal["auto", "cpu", "cuda", "mps"] = setting("auto", group="machine")
    precision: Literal["fp32", "bf16"] | None = setting(None, group="machine")
    threads: int | None = setting(None, ge=1, le=1024, group="machine")
    keep: int | None = setting(None, ge=1, group="machine")
    tensorboard: bool = setting(False)

    _channels = field_validator("channels")(checked_choice)

    @field_validator("augment")
    @classmethod
    def _named(cls, text: str | None) -> str | None:
        from pincel.learn.changes import changes_in

        if text is not None:
            changes_in(text)
        return text

    def run(self) -> Iterator[Event]:
        from pincel.nets import _needed, load

        _needed.require()
        self._check_counted()
        if self.balance and getattr(load(self.family), "GENERATES", False):
            raise PincelError("train.balance_makes", family=self.family)
        if self.tensorboard and _needed.missing_libraries("tensorboard"):
            raise PincelError("train.no_tensorboard")
        from pincel.jobs._training import follow, told
        from pincel.learn import processes

        with processes.joined_processes():
            if not processes.first():
                for _ in _helped(self._source()):
                    pass
                return
            source = self._source()
            data = yield from _opened(source)
            about = say(f"nets.family.{self.family}")
            yield Said(say("train.family", family=self.family, about=about))
            yield from told(data, self.balance)
            yield from _shrunk(data)
            run = self._before() if processes.restarted() else None
            if run is None:
                changes = yield from self._changes(data)
                run = self._begin(data, changes, source)
            processes.handed(run.folder)
            yield Progress(0, 1, say("train.begins", folder=run.folder))
            if self.precision is None:
                yield Said(say(f"train.in_{run.config['recipe']['precision']}"))
            yield from follow(run, data)

    def _check_counted(self) -> None:
        """PincelError for an option that says nothing to this family."""
        from pincel.nets._family import family

        told = self.told()
        for name in _UNUSED.get(family(self.family).task, ()):
            if name in told:
                raise PincelError("train.uncounted", option=option_of(name), family=self.family)

    def _source(self) -> dict[str, Any]:
        """What `learn.opening` needs, as plain values that a run keeps."""
        from pincel.learn.teach import makes
        from pincel.nets._family import family

        if (self.from_ is None) != (self.to is None) or (self.data is None) == (self.to is None):
            raise PincelError("train.one_or_two")
        if self.data is None:
            return self._both()
        for name in ("native", "fade"):
            if getattr(self, name) is not None:
                raise PincelError("train.only_two", name=option_of(name), family=self.family)
        place = Path(self.data)
        things = _THINGS.get(family(self.family).task)
        if things is not None:
            own = {"split": self.split, "seed": self.seed}
            return {"source": str(place.resolve()), "things": things, **own}
        return {
            "source": str(place.resolve()) if place.exists() else str(self.data),
            "split": self.split,
            "seed": self.seed,
            "group": self.group,
            "labels": str(self.labels.resolve()) if self.labels else None,
            "size": self.size,
            "channels": self.channels,
            "most": 224 if self.family == "pretrained" else 64,
            "labelled": not makes(self.family),
        }

    def _both(self) -> dict[str, Any]:
        """The same for two folders."""
        from pincel.nets._family import family

        assert self.from_ is not None and self.to is not None
        task = family(self.family).task
        if task not in ("redrawing", "translating", "adapting"):
            raise PincelError("two.one", family=self.family)
        both = {
            "source": str(self.from_.resolve()),
            "to": str(self.to.resolve()),
            "native": self.native or 0,
            "seed": self.seed,
            "channels": self.channels,
        }
        if task == "adapting":
            return both | {"frames": _heads(self.from_)}
        return both | {"side": self.size or 0, "paired": task == "redrawing"}

    def _changes(self, data: Data) -> Generator[Event, None, dict[str, Any]]:
        """How pictures change while they are learned from: as asked, or as the data shows."""
        from pincel.learn.mirroring import choose_mirroring
        from pincel.learn.teach import makes
        from pincel.show.learn.mirroring import mirroring_sentence

        if self.augment is not None:
            return {"kind": self.augment, "why": "asked"}
        if self.data is None or "things" in self._source():
            return {}
        asked = choose_mirroring(data, makes(self.family), self.seed)
        while True:
            try:
                yield Progress(*next(asked), say("train.mirror.asks"))
            except StopIteration as done:
                found: dict[str, Any] = done.value.plain()
                yield Said(mirroring_sentence(found))
                return found

    def _begin(self, data: Data, changes: dict[str, Any], source: dict[str, Any]) -> Run:
        from pincel.learn.free_places import free_place, runs_folder
        from pincel.learn.run import Run
        from pincel.learn.teach import begin

        recipe = {
            "epochs": self.epochs,
            "batch": self.batch,
            "rate": self.rate,
            "decay": self.decay,
            "average": self.average,
            "patience": self.patience,
            "augment": changes.get("kind"),
            "fade": self.fade,
            "balance": self.balance or None,
            "minutes": self.minutes,
            "precision": self.precision,
            "threads": self.threads,
            "keep": self.keep,
        }
        config = begin(
            self.family,
            data,
            seed=self.seed,
            settings=self._settings(),
            recipe=recipe,
            on=self.device,
        )
        root = self.runs if self.runs is not None else runs_folder()
        folder = root / (self.name or free_place(root, f"{self.family}-{data.name}"))
        return Run.create(folder, config | self._kept(config, changes, source))

    def _before(self) -> Run | None:
        """The newest run that this very command has begun, if there is one."""
        from pincel.learn.free_places import runs_folder
        from pincel.learn.run import CONFIG, Run

        root = self.runs if self.runs is not None else runs_folder()
        folders = [root / self.name] if self.name else list(root.glob(f"{self.family}-*"))
        begun = [folder for folder in folders if (folder / CONFIG).exists()]
        for folder in sorted(begun, key=lambda one: (one / CONFIG).stat().st_mtime, reverse=True):
            run = Run.open(folder)
            if run.config.get("asked") == self._asked():
                return run
        return None

    def _asked(self) -> dict[str, Any]:
        named = {} if self.data is None else {"data": str(self.data)}
        return {"family": self.family, **named, **self.told()}

    def _kept(
        self, config: dict[str, Any], changes: dict[str, Any], source: dict[str, Any]
    ) -> dict[str, Any]:
        """What else a run remembers: where its data lies, what was typed and what was chosen by
        the machine or shown by the data."""
        return {
            "source": source,
            **({"changes": changes} if changes else {}),
            "command": self.command(config),
            "asked": self._asked(),
            "tensorboard": self.tensorboard,
        }

    def _settings(self) -> dict[str, Any]:
        """Settings of the family: those of `--net`, and the ones that `pretrained` has here."""
        learn = "head" if self.freeze else self.learn
        own = {"learn": learn, "backbone": self.backbone, "side": self.side}
        if self.weights is not None:
            own["weights"] = self._begins_with(self.weights)
        own |= {name: getattr(self, name) for name in _MAKING}
        return _parsed(self.net) | {k: v for k, v in own.items() if v is not None}

    def _begins_with(self, weights: str) -> str:
        """ "photos", "none", or where the file of weights lies: for masks that of a network, by any
        name that one goes by."""
        from pincel.look.models import find_file

        if weights in ("photos", "none"):
            return weights
        return str((find_file(weights) if self.family == "masks" else Path(weights)).resolve())

    def command(self, config: dict[str, Any]) -> str:
        """The command line that does the same again, on another machine too: what this one chose
        (`config`, see `learn.teach.begin`) stands in it."""
        import shlex

        parts = ["pincel", "train", self.family]
        parts += [] if self.data is None else [str(self.data)]
        recipe = config["recipe"]
        chosen = {name: recipe[name] for name in ("precision", "threads", "augment")}
        for name, value in ({"device": config["device"]} | chosen | self.told()).items():
            option = option_of(name)
            if name in ("family", "data", "runs"):
                continue
            parts += [option] if value is True else [option, str(value)]
        return shlex.join(parts)


def _heads(folder: Path) -> dict[str, list[float]]:
    """Where the head is in every picture of a folder, by file name without ending: left, top and
    side; a run keeps it. Pictures without one, and broken ones, are left out."""
    from pincel.make.pictures.heads import find_head, shipped_finder
    from pincel.pixels.framing import over_white
    from pincel.pixels.open import find_pictures, open_picture

    found = {}
    for one in find_pictures((folder,)) if folder.is_dir() and any(folder.iterdir()) else []:
        try:
            frame = find_head(over_white(open_picture(one.source).rgba), shipped_finder())
        except PincelError:
            continue
        if frame is not None:
            square = (frame.left, frame.top, frame.side)
            found[Path(one.name).stem] = [round(v, 2) for v in square]
    return found


def _helped(source: dict[str, Any]) -> Iterator[Event]:
    """What all but the first of several processes do: learn from their share, write nothing."""
    from pincel.jobs._training import follow
    from pincel.learn import processes
    from pincel.learn.opening import opened_data
    from pincel.learn.run import Run

    data = opened_data(source)
    run = Run.open(processes.handed(Path()))
    run.writes = False
    yield from follow(run, data)


def _shrunk(data: Any) -> Iterator[Event]:
    """That sprites have more pixels than the network makes, and which settings hold them."""
    count = getattr(data, "shrunk", 0)
    if not count:
        return
    total = sum(len(part.sprites) for part in data.parts.values())
    yield Said(say("train.two.shrunk", count=count, total=total, pixels=data.sprite,
                   largest=data.largest))  # fmt: skip
    if data.sprite < data.size[0] and (native := -(-data.largest // 4) * 4) <= 64:
        yield Said(say("train.two.holds_native", size=4 * native, native=native))
    elif (side := -(-data.largest // 16) * 16) <= 256:
        yield Said(say("train.two.holds", size=side))


def _opened(source: dict[str, Any]) -> Any:
    """Open the data; yields progress while files are decoded, returns the Data."""
    from pincel.learn.opening import opened_data

    yield Progress(0, 1, say("train.opens", source=source["source"]))
    return opened_data(source)


def _parsed(text: str | None) -> dict[str, Any]:
    """ "widths=32,64 dropout=0.2" as settings."""
    found: dict[str, Any] = {}
    for part in (text or "").split():
        name, equals, value = part.partition("=")
        if not equals or not name or not value:
            raise PincelError("teach.form", came=text)
        found[name] = tuple(value.strip(",").split(",")) if "," in value else value
    return found
