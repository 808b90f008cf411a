"""The job that turns pictures into vectors."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._gallery import EmbeddedPictures, embedded
from pincel.pixels.channels import checked_choice
from pincel.words import say

if TYPE_CHECKING:
    from pincel.look.embed import Map


class Embed(Job):
    """Vectors of pictures (a network before its head, normalised), and a map of them."""

    gives: ClassVar[str] = "np.ndarray"
    example: ClassVar[dict[str, Any]] = {"model": "pixels"}

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, also="data", min_length=1)
    tsne: bool = setting(False)
    part: Literal["train", "val", "test", "all"] | None = setting(None)
    seed: int = setting(0, ge=0, le=2**31 - 1)
    channels: str | None = setting(None)

    _channels = field_validator("channels")(checked_choice)

    def _check(self) -> None:
        from pincel.jobs._stored import asked_of

        asked_of(self.sources, self.part)
        if self.seed and not self.tsne:
            raise PincelError("options.only_with", option="--seed", other="--tsne")

    def run(self) -> Iterator[Event]:
        from pincel.look.embed import embedder, flat_map
        from pincel.words.numbers import number

        self._check()
        made_by = embedder(self.model, self.channels)
        held = yield from embedded(made_by, self.sources, self.part)
        maps = [flat_map(held.vectors, "pca")]
        if self.tsne:
            maps.append(flat_map(held.vectors, "tsne", self.seed))
        count, dims = held.vectors.shape
        lines = [say("embed.made", count=count, dims=dims, by=made_by.name)]
        if maps[0].kept is not None:
            lines.append(say("embed.kept", share=number(100 * maps[0].kept, 1)))

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.nets.embedding import draw_map

            title = say("embed.map_title", count=count, by=made_by.name)
            yield ".csv", _table(held, maps)
            yield ".npz", _arrays(held, maps)
            for one in maps:
                note = say("embed.tsne_note") if one.how == "tsne" else lines[-1]
                suffix = ".tsne.png" if one.how == "tsne" else ".map.png"
                yield suffix, draw_map(title, note, one, held.thumbs, held.labels, held.classes())

        yield Made(
            "embedding",
            held.vectors,
            files,
            numbers={
                "pictures": count,
                "dims": dims,
                "by": made_by.name,
                "classes": held.classes(),
                "pca_variance": maps[0].kept,
            },
            lines=tuple(lines),
        )


def _table(held: EmbeddedPictures, maps: list[Map]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    axes = [f"{one.how}_{axis}" for one in maps for axis in "xy"]
    rows.writerow(["name", "class", *axes, *(f"v{k}" for k in range(held.vectors.shape[1]))])
    for row, (name, label) in enumerate(zip(held.names, held.labels, strict=True)):
        places = [f"{value:.5f}" for one in maps for value in one.places[row]]
        rows.writerow([name, label, *places, *(f"{v:.6g}" for v in held.vectors[row])])
    return text.getvalue().encode()


def _arrays(held: EmbeddedPictures, maps: list[Map]) -> bytes:
    import numpy as np

    target = io.BytesIO()
    named = {
        "vectors": held.vectors,
        "names": np.array(held.names),
        "labels": np.array(held.labels),
        **{one.how: one.places for one in maps},
    }
    np.savez_compressed(target, **named)  # type: ignore[arg-type]
    return target.getvalue()
