"""The job that sends pictures through a network's code and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pincel.job import Event, Job, Made, setting
from pincel.words import say

if TYPE_CHECKING:
    import numpy as np

    from pincel.jobs._codes import Coded
    from pincel.look.coder import OpenedCoder
    from pincel.make.latent.decoded import Decoded


class Rebuild(Job):
    """Originals beside what comes back from the code, with differences and errors."""

    gives: ClassVar[str] = "list[Any]"
    example: ClassVar[dict[str, Any]] = {"count": 4}
    together: ClassVar[bool] = True

    model: str = setting(positional=True)
    sources: tuple[Any, ...] = setting(sources=True, also="data", min_length=1)
    spoil: bool = setting(False)
    count: int = setting(20, ge=1, le=200)
    part: Literal["train", "val", "test"] = setting("test")
    colors: int = setting(32, ge=2, le=255)
    seed: int = setting(0, ge=0, le=2**31 - 1)

    def run(self) -> Iterator[Event]:
        from pincel.jobs._codes import coder_for, gather_codes, parted
        from pincel.make.latent.decoded import of_codes

        coder = coder_for(self)
        given = yield from gather_codes(
            coder, parted(self, self.sources), part=self.part, most=self.count, seed=self.seed
        )
        came = coder.spoiled(given.values, self.seed) if self.spoil else given.values
        codes = coder.encode(came)
        back = coder.decode(codes)
        yield self._sheet(coder, given, came, back)
        for place, beside in enumerate(given.beside):
            if beside is not None or len(given) == 1:
                made = of_codes(coder, codes[place : place + 1], self.colors)
                yield _single(made, f"{given.names[place]}.rebuilt", beside)

    def _sheet(self, coder: OpenedCoder, given: Coded, came: np.ndarray, back: np.ndarray) -> Made:
        from pincel.pixels.fidelity import batch_ssim, psnr
        from pincel.words.numbers import number

        true = given.values
        error = abs(back.astype(float) - true).reshape(len(true), -1).mean(1)
        decibels, alike = psnr(true, back, 255), batch_ssim(true, back, 255)
        before = abs(came.astype(float) - true).reshape(len(true), -1).mean(1)
        codes = coder.model.net.config.dims  # type: ignore[attr-defined]
        values = true[0].size
        lines = [
            say("rebuild.code", values=number(values), dims=number(codes),
                share=number(100 * codes / values, 1)),
            say("rebuild.error", count=number(len(true)), error=number(error.mean(), 2),
                psnr=number(_finite(decibels), 1), ssim=number(alike.mean(), 3)),
        ]  # fmt: skip
        if self.spoil:
            lines.append(say("rebuild.before", before=number(before.mean(), 2)))

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.make.latent import draw_rebuilt

            yield (
                ".png",
                draw_rebuilt(
                    say("rebuild.heading", by=coder.title),
                    " ".join(lines[1:] if self.spoil else lines),
                    self._rows(coder, given, came, back),
                    given.names,
                    [number(value, 1) for value in error],
                ),
            )
            yield ".csv", _table(given, error, decibels, alike, before if self.spoil else None)

        return Made(
            "rebuild",
            {"names": given.names, "rebuilt": back, "error": error},
            files,
            numbers={
                "by": coder.name,
                "pictures": len(true),
                "dims": codes,
                "error": round(float(error.mean()), 4),
                "psnr": round(_finite(decibels), 3),
                "ssim": round(float(alike.mean()), 5),
                **({"before": round(float(before.mean()), 4)} if self.spoil else {}),
            },
            lines=(*lines, *_seen_as(coder)),
        )

    def _rows(
        self, coder: OpenedCoder, given: Coded, came: np.ndarray, back: np.ndarray
    ) -> list[tuple[str, np.ndarray]]:
        from pincel.make.latent.decoded import looked

        rows = [(say("rebuild.original"), looked(given.values, coder.about))]
        if self.spoil:
            rows.append((say("rebuild.spoiled"), looked(came, coder.about)))
        rows.append((say("rebuild.back"), looked(back, coder.about)))
        rows.append((say("rebuild.difference"), _gap(given.values, back)))
        return rows


def _seen_as(coder: OpenedCoder) -> tuple[str, ...]:
    from pincel.show.channels import seen_as

    return seen_as(coder.about)


def _single(made: Decoded, name: str, beside: Path | None) -> Made:
    """One picture that came back, as a file of its own."""
    return Made(name, made.value, made.files, beside=beside)


def _gap(true: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Where two pictures differ, (n, h, w, 4): white nothing, black the whole range; the largest
    difference of any channel."""
    import numpy as np

    gap = np.abs(true.astype(int) - back).max(-1, keepdims=True)
    dark = (255 - gap).astype(np.uint8).repeat(3, -1)
    return np.concatenate([dark, np.full_like(dark[..., :1], 255)], -1)


def _finite(decibels: np.ndarray) -> float:
    """Their mean; pictures that are equal count as 99."""
    import numpy as np

    return float(np.minimum(decibels, 99.0).mean())


def _table(
    given: Coded, error: np.ndarray, decibels: np.ndarray, alike: np.ndarray, before: Any
) -> bytes:
    import csv
    import io

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["name", "class", "mean_absolute_error", "psnr", "ssim",
                   *(["error_before"] if before is not None else [])])  # fmt: skip
    for place, name in enumerate(given.names):
        row = [name, given.labels[place], f"{error[place]:.4f}", f"{min(decibels[place], 99):.3f}",
               f"{alike[place]:.5f}"]  # fmt: skip
        rows.writerow(row + ([f"{before[place]:.4f}"] if before is not None else []))
    return text.getvalue().encode()
