"""The job that draws what a network looks for, from grey or into a person's picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.jobs._place import checked_place, place
from pincel.jobs.each import each

if TYPE_CHECKING:
    import numpy as np

    from pincel.look.dream import AscentStage, Target
    from pincel.nets._network import Model
    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found
    from pincel.show.nets.dream import Ascent

_FRAMES = 24  # of a GIF
_LARGE = 320  # the longer side of a picture that is dreamed into, unless another is asked for


class Dream(Job):
    """Feature visualisation without a picture, Deep Dream with one."""

    gives: ClassVar[str] = "np.ndarray"
    example: ClassVar[dict[str, Any]] = {"steps": 2}
    remembers: ClassVar[bool] = True

    model: str = setting(positional=True)
    pictures: tuple[Any, ...] = setting((), sources=True)
    layer: str | None = setting(None, short="l")
    channel: int | None = setting(None, ge=0, le=100_000)
    cell: str | None = setting(None)
    target: str | None = setting(None)
    steps: int | None = setting(None, ge=1, le=5000)
    size: int | None = setting(None, ge=8, le=1024)
    seed: int = setting(0, ge=0, le=2**31)
    count: int = setting(32, ge=1, le=256, group="features")
    robust: float = setting(1.0, ge=0, le=4, group="features")
    calm: float = setting(3.0, ge=0, le=100, group="features")
    variation: float = setting(10.0, ge=0, le=1000, group="features")
    octaves: int = setting(4, ge=1, le=10, group="dream")
    strength: float = setting(1.0, gt=0, le=20, group="dream")
    gif: bool = setting(False, group="files")
    metadata: bool = setting(True, group="files")

    _cell = checked_place("cell", "look.place")

    def run(self) -> Iterator[Event]:
        from pincel.look.models import find_model

        model = find_model(self.model)
        if not self.pictures:
            yield from self._features(model)
            return

        def one(picture: Picture, found: Found) -> Iterator[Event]:
            yield from self._dream(model, picture, found)

        yield from each(self.pictures, one, "dream")

    def _asked(self, model: Model) -> Target | None:
        """The one thing that was asked for; None when nothing was."""
        from pincel.look.dream import Target, nameable_classes
        from pincel.look.explained import class_number

        if self.target is not None:
            if not nameable_classes(model):
                raise PincelError("dream.no_classes", family=model.family)
            return Target(class_=class_number(self.target, model))
        cell = None if self.cell is None else place(self.cell, "look.place")
        if cell is not None and self.channel is None:
            raise PincelError("dream.cell_of_what")
        if self.channel is None and self.layer is None:
            return None
        return Target(None, self.layer, self.channel, None if cell is None else (cell[0], cell[1]))

    # ---------------------------------------------------------------- feature visualisation

    def _features(self, model: Model) -> Iterator[Event]:
        from pincel.look.dream import Target, channels, nameable_classes, takes, visualise
        from pincel.show.nets.dream import target_label

        asked = self._asked(model)
        if asked is not None and (asked.channel is not None or asked.class_ is not None):
            targets = [asked]
        elif asked is None and nameable_classes(model):
            targets = [
                Target(class_=k) for k in range(min(self.count, len(nameable_classes(model))))
            ]
        else:
            layer, most = channels(model, self.layer)
            targets = [Target(None, layer.name, k) for k in range(min(self.count, most))]
        size = None if self.size is None else (self.size, self.size)
        if size is not None and not takes(model, size):
            raise PincelError("dream.own_size", size=self.size)
        stages = visualise(
            model,
            targets,
            size=size,
            steps=self.steps or (128 if len(targets) == 1 else 64),
            robust=self.robust,
            calm=self.calm,
            variation=self.variation,
            seed=self.seed,
        )
        names = tuple(target_label(target, nameable_classes(model)) for target in targets)
        drawn: Ascent | None = None
        for stage in stages:
            drawn = _taken(drawn, stage, names)
            yield Progress(stage.step, stage.steps, names[0] if len(names) == 1 else "")
        assert drawn is not None  # there is at least one step
        short = self.model.replace("\\", "/").rstrip("/").split("/")[-1]
        yield self._made(f"{short.removesuffix('.safetensors')}.features", drawn, model, targets)

    # ---------------------------------------------------------------------------- deep dream

    def _dream(self, model: Model, picture: Picture, found: Found) -> Iterator[Event]:
        from pincel.look.dream import Target, dream, nameable_classes
        from pincel.show.nets.dream import target_label

        target = self._asked(model) or Target()
        values = _values(model, picture, self.size)
        stages = dream(
            model,
            values,
            target,
            octaves=self.octaves,
            steps=self.steps or 12,
            strength=self.strength,
            seed=self.seed,
        )
        drawn: Ascent | None = None
        names = (target_label(target, nameable_classes(model)),)
        for stage in stages:
            drawn = _taken(drawn, stage, names)
            yield Progress(stage.step, stage.steps, found.name)
        assert drawn is not None  # there is at least one step
        yield self._made(f"{found.name}.dream", drawn, model, [target], values, found)

    def _made(
        self,
        name: str,
        drawn: Ascent,
        model: Model,
        targets: list[Target],
        start: np.ndarray | None = None,
        found: Found | None = None,
    ) -> Made:
        from dataclasses import replace

        from pincel.look.dream import by_chance, target_values
        from pincel.show.nets.dream import rise_sentence

        size = drawn.pictures.shape[1:3]
        drawn = replace(
            drawn,
            chance=tuple(float(by_chance(model, t, size).mean()) for t in targets),
            reached=tuple(target_values(model, drawn.pictures, targets).tolist()),
            start=start,
            began=None if start is None else float(target_values(model, start[None], targets)[0]),
        )

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.jobs._remember import recipe_of, stamped
            from pincel.show.nets.dream import ascent_gif, draw_dream, draw_dreams, plain_picture

            recipe = recipe_of(self, [found] if found else [])
            if len(drawn.names) == 1:
                yield from stamped([(".png", plain_picture(drawn))], recipe)
                yield ".curve.png", draw_dream(self.model, drawn)
            else:
                yield from stamped([(".png", draw_dreams(self.model, drawn))], recipe)
            if self.gif:
                yield ".gif", ascent_gif(drawn)

        return Made(
            name=name,
            value=drawn.pictures,
            files=files,
            numbers=_numbers(drawn),
            lines=tuple(rise_sentence(drawn, i) for i in range(len(drawn.names))),
            beside=None if found is None else found.beside,
        )


def _taken(drawn: Ascent | None, stage: AscentStage, names: tuple[str, ...]) -> Ascent:
    """The stage added to what was drawn before; of the pictures about 24 are kept."""
    from dataclasses import replace

    from pincel.show.nets.dream import Ascent

    if drawn is None:
        drawn = Ascent(names, stage.pictures)
    every = max(1, stage.steps // _FRAMES)
    kept = drawn.frames
    if (stage.step - 1) % every == 0 or stage.step == stage.steps:
        kept = (*kept, stage.pictures)
    course = (*drawn.course, stage.activation)
    return replace(drawn, pictures=stage.pictures, frames=kept, course=course)


def _values(model: Model, picture: Picture, size: int | None) -> np.ndarray:
    """The picture (h, w, c) from 0 to 1 with the model's channels: its own size up to 320 pixels,
    or `size` for the longer side; at least what the network learned from."""
    import numpy as np

    from pincel.learn.prepare import as_type, read_picture, resized
    from pincel.look.dream import takes

    about = model.about.get("prepare")
    if not about:
        raise PincelError("look.no_preparation", name=model.family)
    values = as_type(read_picture(picture, model.about)[0], "float32")
    own = (int(about["size"][0]), int(about["size"][1]))
    longer, shorter = max(values.shape[:2]), min(values.shape[:2])
    wanted = size or min(longer, _LARGE)
    scale = max(wanted / longer, 0 if size else min(own) / shorter)
    new = (max(8, round(values.shape[0] * scale)), max(8, round(values.shape[1] * scale)))
    if not takes(model, new):
        new = own
    return np.clip(resized(values, new, "bicubic"), 0, 1)


def _numbers(drawn: Ascent) -> dict[str, Any]:
    rows = [
        {
            "what": name,
            "activation": round(drawn.reached[i], 5),
            "by_chance": round(drawn.chance[i], 5),
            "course": [round(float(values[i]), 5) for values in drawn.course],
        }
        for i, name in enumerate(drawn.names)
    ]
    height, width = drawn.pictures.shape[1:3]
    facts: dict[str, Any] = {"width": width, "height": height, "steps": len(drawn.course)}
    if drawn.began is not None:
        facts["start"] = round(drawn.began, 5)
    return {**facts, "features": rows}
