"""The job that maps the codes of a data set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.jobs._codes import Coded


class Latents(Job):
    """Codes on a sheet, with the pictures on it, and as a table."""

    gives: ClassVar[str] = "dict[str, Any]"
    example: ClassVar[dict[str, Any]] = {"sources": ("digits",), "most": 60}
    together: ClassVar[bool] = True

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, also="data", min_length=1)
    tsne: bool = setting(False)
    most: int = setting(1000, ge=2, le=20_000)
    part: Literal["train", "val", "test"] = setting("test")
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        import numpy as np

        from pincel.jobs._codes import gather_codes, parted
        from pincel.look.coder import find_coder
        from pincel.look.embed import flat_map
        from pincel.show.channels import seen_as
        from pincel.words.numbers import number

        coder = find_coder(self.model)
        given = yield from gather_codes(
            coder, parted(self, self.sources), part=self.part, most=self.most, seed=self.seed
        )
        codes = coder.encode(given.values)
        maps = [flat_map(codes, "pca")]
        if self.tsne:
            maps.append(flat_map(codes, "tsne", self.seed))
        lengths, dims = np.linalg.norm(codes, axis=1), codes.shape[1]
        lines = [
            say("latents.made", count=number(len(given)), dims=number(dims), by=coder.title),
            say("embed.kept", share=number(100 * (maps[0].kept or 0.0), 1)),
            say("latents.lengths", mean=number(lengths.mean(), 2), root=number(dims**0.5, 2)),
            *seen_as(coder.about),
        ]
        nats = coder.divergences(given.values)
        if nats is not None:
            active = int((nats > 0.1).sum())
            lines.append(
                say("latents.nats", kl=number(nats.sum(), 1), active=active, dims=number(dims))
            )

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.make.latent.decoded import looked
            from pincel.show.make.latent import draw_nats, on_light_grey
            from pincel.show.nets.embedding import draw_map

            thumbs = list(on_light_grey(looked(given.values, coder.about)))
            heading = say("latents.heading", count=number(len(given)), by=coder.title)
            for found in maps:
                note = lines[1] if found.how == "pca" else say("embed.tsne_note")
                yield (
                    f".{found.how}.png",
                    draw_map(heading, note, found, thumbs, given.labels, given.classes()),
                )
            if nats is not None:
                title = say("latents.nats_heading", by=coder.title)
                yield ".kl.png", draw_nats(title, lines[-1], nats)
            yield ".csv", _table(given, codes)

        yield Made(
            "latents",
            {"names": given.names, "codes": codes},
            files,
            numbers={
                "by": coder.name,
                "pictures": len(given),
                "dims": dims,
                "kept": round(float(maps[0].kept or 0.0), 5),
                "length": round(float(lengths.mean()), 4),
                **({} if nats is None else {"kl": [round(float(v), 5) for v in nats]}),
            },
            lines=tuple(lines),
        )


def _table(given: Coded, codes: np.ndarray) -> bytes:
    import csv
    import io

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["name", "class", *range(1, codes.shape[1] + 1)])
    for name, label, code in zip(given.names, given.labels, codes, strict=True):
        rows.writerow([name, label, *(f"{value:.5f}" for value in code)])
    return text.getvalue().encode()
