"""The job that slides a small matrix over a picture and writes one step out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import field_validator

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.jobs._place import checked_place, place
from pincel.jobs.each import each, found_in
from pincel.words import say
from pincel.words.numbers import compact, typed

if TYPE_CHECKING:
    import numpy as np

    from pincel.pixels.picture import Picture
    from pincel.pixels.sources import Found
    from pincel.show.numbers.filter import FilterStage, KernelStep

NAMES = (
    "identity",
    "box",
    "gaussian",
    "sobel",
    "sobel-x",
    "sobel-y",
    "canny",
    "laplacian",
    "laplacian-4",
    "sharpen",
    "emboss",
)
_NUMBERS_SHOWN = 144
_OF = {"size": "box|gaussian", "sigma": "canny|gaussian", "low": "canny", "high": "canny"}
_MADE = ("filter", "own", *NAMES)  # endings of what it writes beside its pictures


class Filter(Job):
    """Filters a picture with a named kernel or your own matrix, and writes the sum of one window
    out term by term."""

    gives: ClassVar[str] = "np.ndarray"

    sources: tuple[Any, ...] = setting(sources=True, min_length=1)
    kernel: str = setting("sobel", short="k")
    size: int | None = setting(None, ge=1, le=31)
    sigma: float = setting(1.0, ge=0.1, le=20)
    stride: int = setting(1, ge=1, le=64)
    padding: Literal["valid", "same", "reflect"] = setting("reflect")
    channel: Literal["grey", "red", "green", "blue", "color"] = setting("grey")
    convolution: bool = setting(False)
    low: float = setting(25.0, ge=0, le=2000)
    high: float = setting(50.0, ge=0, le=2000)
    at: str | None = setting(None)

    @field_validator("kernel")
    @classmethod
    def _known(cls, text: str) -> str:
        if text not in NAMES:
            own_matrix(text)
        return text

    _at = checked_place("at", "filter.place")

    def apart(self) -> Sequence[Any]:
        return found_in(self.sources, *_MADE)

    def run(self) -> Iterator[Event]:
        for name, kernels in _OF.items():
            if name in self.told() and self.kernel not in kernels.split("|"):
                other = f"--kernel {kernels}"
                raise PincelError("options.only_with", option=f"--{name}", other=other)
        for name in ("stride", "padding", "convolution"):
            if self.kernel == "canny" and name in self.told():
                raise PincelError("filter.not_canny", option=f"--{name}")
        yield from each(self.sources, self._one, *_MADE)

    def _one(self, picture: Picture, found: Found) -> Iterator[Event]:
        import numpy as np

        from pincel.show.numbers.filter import told_apart, written_out

        answer, stages, steps = self._filtered(picture)
        sums = [written_out(step.window) for step in steps]
        closing = self._closing(answer, steps)
        if self.kernel != "canny":
            closing.append(told_apart(steps[0], self._base(), self.convolution))
        small = answer.size <= _NUMBERS_SHOWN
        numbers = {
            "kernel": self._kernels()[0].tolist() if self.kernel != "canny" else None,
            "operation": "convolution" if self.convolution else "correlation",
            "stride": self.stride,
            "padding": self.padding,
            "shape": list(answer.shape),
            "range": [float(answer.min()), float(answer.max())],
            "windows": [
                {
                    "x": step.window.x,
                    "y": step.window.y,
                    "values": step.window.values.tolist(),
                    "kernel": step.window.kernel.tolist(),
                    "products": step.window.products.tolist(),
                    "sum": step.window.total,
                    "convolution": step.convolved,
                }
                for step in steps
            ],
            "answer": np.asarray(answer, float).tolist() if small else None,
        }

        def files() -> Iterator[tuple[str, bytes]]:
            from pincel.show.numbers.filter import draw_filter

            name = "own" if self.kernel not in NAMES else self.kernel
            yield f".{name}.png", _as_png(answer, stages[-1].style)
            yield ".filter.png", draw_filter(found.name, self._note(answer), stages, steps, closing)

        yield Made(
            name=found.name,
            value=answer,
            files=files,
            numbers=numbers,
            lines=(self._note(answer), *sums, *closing, *(_rows(answer) if small else ())),
            beside=found.beside,
        )

    # the kernels

    def _base(self) -> np.ndarray:
        """The kernel as it is named or written."""
        from pincel.pixels import kernels

        if self.kernel == "box":
            return kernels.box(self.size or 3)
        if self.kernel == "gaussian":
            return kernels.gaussian(self.sigma, self.size)
        if self.kernel in ("sobel", "canny"):
            return kernels.FIXED["sobel-x"]
        if self.kernel in kernels.FIXED:
            return kernels.FIXED[self.kernel]
        return kernels.parse_kernel(self.kernel)

    def _names(self) -> list[str]:
        """What the kernels are called, in the order of `_kernels`."""
        if self.kernel in ("sobel", "canny"):
            return ["sobel-x", "sobel-y"]
        return [self.kernel if self.kernel in NAMES else say("filter.own")]

    def _kernels(self) -> list[np.ndarray]:
        """What is laid on the picture: one kernel, two for a magnitude; flipped for a true
        convolution."""
        from pincel.pixels import kernels

        base = [self._base()]
        if self.kernel in ("sobel", "canny"):
            base.append(kernels.FIXED["sobel-y"])
        return [kernels.flip(kernel) for kernel in base] if self.convolution else base

    # the work

    def _filtered(self, picture: Picture) -> tuple[np.ndarray, list[FilterStage], list[KernelStep]]:
        import numpy as np

        from pincel.pixels import kernels
        from pincel.show.numbers.filter import FilterStage

        planes, raw = self._planes(picture)
        plane = planes[0]
        shown = np.stack(planes, -1).astype(np.uint8) if len(planes) == 3 else plane
        style = "raw" if raw else "color" if len(planes) == 3 else "grey"
        stages = [
            FilterStage(
                say(f"filter.figure.{'color' if style == 'color' else 'plane'}.{self.channel}")
                if not raw
                else say("filter.figure.numbers"),
                shown,
                style,
            )
        ]
        if self.kernel == "canny":
            return self._canny(plane, stages)
        slide: Any = {"stride": self.stride, "padding": self.padding}
        laid = self._kernels()
        if len(laid) == 2:
            across, down = (kernels.correlate(plane, kernel, **slide) for kernel in laid)
            answer = kernels.magnitude(across, down)
            if len(planes) == 3:
                answer = np.stack(
                    [
                        kernels.magnitude(*(kernels.correlate(p, k, **slide) for k in laid))
                        for p in planes
                    ]
                ).max(0)
            stages += [
                FilterStage(say("filter.figure.across"), across, "signed"),
                FilterStage(say("filter.figure.down"), down, "signed"),
                FilterStage(say("filter.figure.magnitude"), answer, "strength"),
            ]
        else:
            answer = kernels.correlate(plane, laid[0], **slide)
            if len(planes) == 3:
                rest = [kernels.correlate(p, laid[0], **slide) for p in planes[1:]]
                answer = np.stack([answer, *rest], -1)
            stages.append(_answer_stage(answer, float(laid[0].sum()), raw))
        first = across if len(laid) == 2 else answer if answer.ndim == 2 else answer[..., 0]
        where = self._place(first, plane, laid[0])
        names = self._names()
        return (
            answer,
            stages,
            [
                self._step(name, plane, kernel, *where)
                for name, kernel in zip(names, laid, strict=True)
            ],
        )

    def _canny(
        self, plane: np.ndarray, stages: list[FilterStage]
    ) -> tuple[np.ndarray, list[FilterStage], list[KernelStep]]:
        from pincel.pixels import kernels
        from pincel.show.numbers.filter import FilterStage

        if self.low > self.high:
            raise PincelError("filter.thresholds", low=typed(self.low), high=typed(self.high))
        smooth = kernels.smoothed(plane, self.sigma)
        laid = self._kernels()
        across, down = (kernels.correlate(smooth, kernel, padding="reflect") for kernel in laid)
        strength = kernels.magnitude(across, down)
        edges = kernels.canny(plane, self.sigma, self.low, self.high)
        stages += [
            FilterStage(say("filter.figure.smooth", sigma=compact(self.sigma)), smooth, "grey"),
            FilterStage(say("filter.figure.magnitude"), strength, "strength"),
            FilterStage(say("filter.figure.edges"), edges, "mask"),
        ]
        where = self._place(across, smooth, laid[0], stride=1, padding="reflect")
        steps = [
            self._step(name, smooth, kernel, *where, 1, "reflect")
            for name, kernel in zip(self._names(), laid, strict=True)
        ]
        return edges, stages, steps

    def _planes(self, picture: Picture) -> tuple[list[np.ndarray], bool]:
        """The planes to filter, float, and whether they are stored numbers other than bytes."""
        import numpy as np

        from pincel.pixels.planes import grey, on_ground
        from pincel.pixels.statistics import stored_numbers

        values, axes, _ = stored_numbers(picture)
        if axes == "hw" and values.dtype not in (np.uint8, np.bool_) and self.channel == "grey":
            if not np.all(np.isfinite(values)):
                raise PincelError("filter.missing", name=picture.name)
            return [values.astype(float)], True
        rgb = on_ground(picture.rgba)
        if self.channel == "grey":
            return [grey(rgb).astype(float)], False
        wanted = {"red": [0], "green": [1], "blue": [2]}.get(self.channel, [0, 1, 2])
        return [rgb[..., i].astype(float) for i in wanted], False

    def _place(
        self, answer: np.ndarray, plane: np.ndarray, kernel: np.ndarray, **slide: Any
    ) -> tuple[int, int]:
        from pincel.pixels.kernels import telling_place

        if self.at is not None:
            x, y = place(self.at, "filter.place")
            return x, y
        slide = {"stride": self.stride, "padding": self.padding} | slide
        return telling_place(answer, plane, kernel, **slide)

    def _step(
        self,
        name: str,
        plane: np.ndarray,
        kernel: np.ndarray,
        x: int,
        y: int,
        stride: int | None = None,
        padding: str | None = None,
    ) -> KernelStep:
        from pincel.pixels import kernels
        from pincel.show.numbers.filter import KernelStep

        slide: Any = {"stride": stride or self.stride, "padding": padding or self.padding}
        seen = kernels.window(plane, kernel, x, y, **slide)
        turned = float((seen.values * kernels.flip(kernel)).sum())
        return KernelStep(say("filter.figure.step", kernel=name, x=x, y=y), seen, turned)

    # the words

    def _note(self, answer: np.ndarray) -> str:
        key = "filter.note_canny" if self.kernel == "canny" else "filter.note"
        rows, columns = self._base().shape
        return say(
            key,
            kernel=self.kernel if self.kernel in NAMES else say("filter.own"),
            rows=rows,
            columns=columns,
            stride=self.stride,
            padding=self.padding,
            width=answer.shape[1],
            height=answer.shape[0],
            sigma=compact(self.sigma),
            low=compact(self.low),
            high=compact(self.high),
        )

    def _closing(self, answer: np.ndarray, steps: list[KernelStep]) -> list[str]:
        from pincel.show.numbers.filter import sum_number

        if len(steps) < 2:
            return []
        across, down = (step.window.total for step in steps)
        length = (across**2 + down**2) ** 0.5
        told = {
            "across": sum_number(round(across, 2)),
            "down": sum_number(round(down, 2)),
            "length": sum_number(round(length, 2)),
        }
        closing = [say("filter.length", **told)]
        if self.kernel == "canny":
            x, y = steps[0].window.x, steps[0].window.y
            verdict = "edge" if answer[y, x] else "no_edge"
            closing.append(say(f"filter.{verdict}", low=compact(self.low), high=compact(self.high)))
        return closing


def own_matrix(text: str) -> np.ndarray:
    """The matrix that was written; a word that is none is taken for a misspelt name."""
    from pincel.pixels.kernels import parse_kernel

    if text and not any(mark in text for mark in ",;") and any(c.isalpha() for c in text):
        raise PincelError("filter.unknown", kernel=text[:60], names=", ".join(NAMES))
    return parse_kernel(text)


def _answer_stage(answer: np.ndarray, weight: float, raw: bool) -> FilterStage:
    from pincel.show.numbers.filter import FilterStage

    title = say("filter.figure.answer")
    if abs(weight) < 1e-9:
        if answer.ndim == 3:  # three signed answers: shown as their mean
            answer = answer.mean(-1)
        return FilterStage(title, answer, "signed")
    if answer.ndim == 3:
        return FilterStage(title, _bytes(answer), "color")
    return FilterStage(title, answer, "raw" if raw else "grey")


def _bytes(values: np.ndarray, scale: float = 1.0, zero: float = 0.0) -> np.ndarray:
    """values * scale + zero as uint8, cut at 0 and 255; in float32 and in place, to save memory."""
    import numpy as np

    held = values.astype(np.float32)
    held *= scale
    held += zero
    np.rint(held, out=held)
    np.clip(held, 0, 255, out=held)
    return held.astype(np.uint8)


def _as_png(answer: np.ndarray, style: str) -> bytes:
    """The answer as a picture: values 0-255 as they are; around zero with 128 for 0; a strength
    with its largest at 255; edges white on black."""
    import io

    import numpy as np
    from PIL import Image

    span = max(float(answer.max()), -float(answer.min())) or 1.0
    if style == "mask":
        shown = answer.astype(np.uint8) * np.uint8(255)
    elif style == "signed":
        shown = _bytes(answer, 127 / span, 128)
    elif style == "strength":
        shown = _bytes(answer, 255 / span)
    elif style == "raw":
        low, high = float(answer.min()), float(answer.max())
        scale = 255 / (high - low or 1.0)
        shown = _bytes(answer, scale, -low * scale)
    else:
        shown = _bytes(answer)
    held = io.BytesIO()
    Image.fromarray(shown).save(held, "PNG")
    return held.getvalue()


def _rows(answer: np.ndarray) -> tuple[str, ...]:
    """A small answer as rows of numbers."""
    from pincel.show.numbers.filter import sum_number

    if answer.ndim != 2:
        return ()
    table = [[sum_number(round(float(number), 3)) for number in row] for row in answer]
    wide = max(len(text) for row in table for text in row)
    return tuple("  ".join(text.rjust(wide) for text in row) for row in table)
