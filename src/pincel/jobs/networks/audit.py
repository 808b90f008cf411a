"""The job that asks whether a network is right for the right reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, Progress, setting
from pincel.pixels.channels import checked_choice

if TYPE_CHECKING:
    import numpy as np

    from pincel.nets._network import Model
    from pincel.show.pages.audit import Audited

_BATCH = 32


class Audit(Job):
    """Heat maps over a data set, their tests, the worst cases and, if asked, shortcuts."""

    gives: ClassVar[str] = "pincel.show.pages.audit.Audited"
    example: ClassVar[dict[str, Any]] = {"shortcuts": True}

    model: str = setting(positional=True)
    data: str = setting(positional=True)
    part: Literal["test", "val", "train"] = setting("test")
    most: int = setting(96, ge=2, le=100_000)
    layer: str | None = setting(None, short="l")
    method: Literal["gradcam", "layercam"] = setting("gradcam")
    masks: Path | None = setting(None)
    shortcuts: bool = setting(False)
    channels: str | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    _channels = field_validator("channels")(checked_choice)

    def run(self) -> Iterator[Event]:
        from pincel.jobs import _auditing
        from pincel.look.models import find_model

        model = find_model(self.model)
        things = model.family in _auditing.FAMILIES
        yield from _auditing.things(self, model) if things else self._named(model)

    def _named(self, model: Model) -> Iterator[Event]:
        """Of a network that names classes."""
        import numpy as np

        from pincel.learn.data import open_for
        from pincel.learn.prepare import prepare
        from pincel.look import audit
        from pincel.look.layers import trace
        from pincel.show.pages.audit import Audited

        data = open_for(model.about, self.data, self.channels)
        part = data.parts[self.part]
        classes = [str(name) for name in model.about.get("classes", data.classes)]
        labels = matched_labels(part.labels, data.classes, classes)
        chosen = audit.evenly_drawn(labels, self.most, self.seed)
        raw = np.asarray(part.pictures[chosen])
        pictures = prepare(raw, model.about)
        names = [part.names[i] for i in chosen]
        size = (pictures.shape[2], pictures.shape[3])
        masks = None if self.masks is None else read_masks(self.masks, names, size)
        layer = _layer(trace(model.net, pictures[:1]), self.layer)
        rows: list[audit.AuditedPicture] = []
        yield Progress(0, len(chosen), data.name)
        for batch in audit.audit_pictures(
            model.net,
            pictures,
            labels[chosen],
            np.arange(len(chosen)),
            masks=masks,
            layer=layer,
            method=self.method,
            batch=_BATCH,
            seed=self.seed,
        ):
            rows += batch
            yield Progress(len(rows), len(chosen), data.name)
        search = self._searched(model, part.pictures, labels, len(classes))
        facts = self._facts(data, len(rows), layer)
        known = (names, classes, labels[chosen], search, facts, data.channel_names)
        yield self._made(Audited(rows, raw, *known))

    def _searched(self, model: Model, pictures: Any, labels: np.ndarray, classes: int) -> Any:
        """Pieces that decide the answer, where they are asked for."""
        import numpy as np

        from pincel.learn.prepare import prepare
        from pincel.look import audit, shortcuts

        if not self.shortcuts:
            return None
        more = audit.evenly_drawn(labels, max(self.most, 80 * classes), self.seed)
        wide = prepare(np.asarray(pictures[more]), model.about)
        return shortcuts.find_shortcuts(model.net, wide, labels[more], most=40, seed=self.seed)

    def _facts(self, data: Any, count: int, layer: str) -> dict[str, Any]:
        """What was asked of what."""
        import torch

        from pincel import __version__

        return {
            "model": self.model.removesuffix(".safetensors"),
            "data": data.name,
            "part": self.part,
            "pictures": count,
            "layer": layer,
            "method": self.method,
            "seed": self.seed,
            "channels": ", ".join(data.channel_names),
            "data hash": data.hash,
            "pincel": __version__,
            "torch": torch.__version__,
        }

    def _made(self, told: Audited) -> Made:
        from pincel.show.pages.audit import audit_lines, audit_page

        return Made(
            name="audit",
            value=told,
            files=lambda: [(".html", audit_page(told))],
            numbers=_numbers(told),
            lines=tuple(audit_lines(told)),
        )


def _layer(run: Any, name: str | None) -> str:
    """The layer that a person named, else the last with a map."""
    return (run.last_map() if name is None else run.find(name)).name


def matched_labels(labels: np.ndarray, have: list[str], wanted: list[str]) -> np.ndarray:
    """Labels of the data as numbers of the model's classes. PincelError when a name is unknown."""
    import numpy as np

    if any(name not in wanted for name in have):
        shown = {"model": ", ".join(wanted[:12]), "data": ", ".join(have[:12])}
        raise PincelError("audit.classes", **shown)
    places = np.array([wanted.index(name) for name in have])
    return places[labels]


def read_masks(folder: Path, names: list[str], size: tuple[int, int]) -> np.ndarray:
    """(n, h, w) bool, empty where a picture has no mask. PincelError when none has one."""
    import numpy as np
    from PIL import Image

    found = np.zeros((len(names), *size), bool)
    known = 0
    for i, name in enumerate(names):
        stem = Path(name).stem
        file = next((p for p in sorted(folder.glob(f"{stem}.*"))), None)
        if file is None:
            continue
        try:
            with Image.open(file) as held:
                mask = np.asarray(held.resize(size[::-1], Image.Resampling.NEAREST))
        except (OSError, ValueError) as error:
            raise PincelError("audit.mask_size", name=file.name) from error
        found[i] = mask.reshape(*size, -1)[..., :3].any(-1)
        known += 1
    if not known:
        raise PincelError("audit.no_masks", folder=folder, name=Path(names[0]).stem)
    return found


def _numbers(told: Audited) -> dict[str, Any]:
    from pincel.look.audit import known_mean, verdict_counts

    rows = told.rows

    def averaged(name: str) -> float | None:
        value = known_mean([float(getattr(row, name)) for row in rows])
        return value if value == value else None

    measures = ("right", "insertion", "insertion_chance", "deletion", "deletion_chance")
    numbers: dict[str, Any] = {
        **told.facts,
        **{name: averaged(name) for name in (*measures, "random_correlation", "edge", "energy")},
        "verdicts": verdict_counts(rows),
    }
    if told.search is not None:
        numbers["shortcuts"] = [
            {
                "class": told.classes[one.label],
                "piece": one.region,
                "pulled": one.pulled,
                "lost": one.lost,
                "heat": one.heat if one.heat == one.heat else None,
                "suspicious": one.suspicious,
            }
            for one in told.search.findings
        ]
    return numbers
