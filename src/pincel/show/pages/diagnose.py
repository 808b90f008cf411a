"""The page of `diagnose`: what two folders hold, what a network made of them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from pincel.look.diagnosis import Diagnosis, Sprites
from pincel.pixels.contact import as_rgba, picture_grid
from pincel.show.learn.losses import loss_curves
from pincel.show.learn.twofold import meters
from pincel.show.pages.page import (
    Section,
    Shown,
    Table,
    Text,
    bilingual,
    in_both,
    page,
    picture_png,
)
from pincel.words import say
from pincel.words.numbers import number

if TYPE_CHECKING:
    from pincel.learn.tasks.translating import Layer

TILED, SAME = 0.0, 0.5
"""From here on the meters say that something is wrong; sameness from half of what is left above
real sprites, if they are alike themselves."""
_STORY = ("upscaling", "coin", "sizes", "pairs", "gallery", "decay", "paper", "style")
_SHOWN = 8


def diagnosis_lines(told: Diagnosis) -> list[str]:
    """What was found, a sentence each, in the language in force."""
    tiled = "tiled" if told.tiles > TILED else "clean"
    same = "same" if told.sameness > max(SAME, (1 + told.sameness_real) / 2) else "varied"
    sprites = told.sprites
    size, count = next(iter(sprites.sizes.items()))
    return [
        say("diagnose.said.sizes", kinds=len(sprites.sizes), size=size, count=count,
            total=sprites.count),
        say("diagnose.said.clear", share=number(100 * float(sprites.clear.mean()))),
        say("diagnose.said.colors", middle=number(float(np.median(sprites.colors)))),
        say("diagnose.said.broken", share=number(100 * sprites.broken / sprites.count),
            side=sprites.side),
        say(f"diagnose.said.{'shrunk' if sprites.shrunk else 'whole'}",
            share=number(100 * sprites.shrunk / sprites.count), pixels=sprites.pixels),
        say(f"diagnose.said.{tiled}", tiles=number(told.tiles, 2),
            real=number(told.tiles_real, 2)),
        say(f"diagnose.said.{same}", sameness=number(told.sameness, 2),
            real=number(told.sameness_real, 2)),
    ]  # fmt: skip


def diagnose_page(told: Diagnosis, name: str) -> bytes:
    """The whole page as one HTML file."""
    lead = in_both(lambda: " ".join(diagnosis_lines(told)[-2:]))
    return page(bilingual("diagnose.page.title", name=name), [*_sections(told, name)], lead)


def _sections(told: Diagnosis, name: str) -> Iterator[Section]:
    pairs = np.stack([as_rgba(told.faces[:_SHOWN]), as_rgba(told.made[:_SHOWN])], 1)
    pairs = pairs.reshape(-1, *pairs.shape[2:])
    yield Section(
        bilingual("diagnose.page.after"), [bilingual("diagnose.page.after_note")],
        pictures=[Shown(picture_png(picture_grid(pairs, _SHOWN)), width=1040, pixels=True)],
    )  # fmt: skip
    yield Section(
        bilingual("diagnose.page.meters"),
        [bilingual("train.two.meters_note")],
        [_meters(told)],
    )
    if told.metrics and "val_tiles" in told.metrics[-1]:
        shown = [in_both(lambda: meters(name, told.metrics)),
                 in_both(lambda: loss_curves(name, told.metrics, told.kept))]  # fmt: skip
        yield Section(bilingual("train.page.curves"), pictures=[Shown(s, width=960) for s in shown])
    if told.samples:
        stages = [Shown(data, str(epoch), width=1032, pixels=True) for epoch, data in told.samples]
        yield Section(bilingual("train.two.growing"), pictures=stages)
    rows = [_layer(place, layer) for place, layer in enumerate(told.layers, 1)]
    yield Section(
        bilingual("train.two.maps"), [bilingual("diagnose.page.maps_note")], pictures=rows
    )
    yield _folder(told.sprites, told.real)
    story: list[Text] = [bilingual(f"diagnose.story.{key}") for key in _STORY]
    yield Section(bilingual("diagnose.page.story"), [bilingual("diagnose.page.story_note"), *story])
    yield Section(bilingual("diagnose.page.instead"), [bilingual("diagnose.page.instead_note")])


def _layer(place: int, layer: Layer) -> Shown:
    """The first maps of a layer, and what it is."""
    height, width = layer.size
    told = bilingual(
        f"diagnose.page.{'turned' if layer.turned else 'layer'}", place=place, kernel=layer.kernel,
        stride=layer.stride, count=layer.count, height=height, width=width,
    )  # fmt: skip
    return Shown(picture_png(layer.shown), told, width=layer.shown.shape[1] * 15 // 16, pixels=True)


def _meters(told: Diagnosis) -> Table:
    def cell(value: float) -> Text:
        return in_both(lambda: number(value, 2))

    head: list[Text] = ["", bilingual("diagnose.page.made"), bilingual("diagnose.page.real")]
    return Table(head, [
        [bilingual("train.two.tiles"), cell(told.tiles), cell(told.tiles_real)],
        [bilingual("train.two.sameness"), cell(told.sameness), cell(told.sameness_real)],
    ])  # fmt: skip


def _folder(sprites: Sprites, real: np.ndarray) -> Section:
    """What is in the folder of sprites."""
    sizes = Table([bilingual("train.two.size"), bilingual("train.two.count")],
                  [[k, str(v)] for k, v in list(sprites.sizes.items())[:12]])  # fmt: skip
    times = Table([bilingual("diagnose.page.times"), bilingual("train.two.count")],
                  [[str(k), str(v)] for k, v in list(sprites.times.items())[:12]])  # fmt: skip
    tables = [sizes, times]
    if sprites.unusable:
        head = [bilingual("train.page.file"), bilingual("train.page.why")]
        tables.append(Table(head, [list(row) for row in sprites.unusable[:50]], left=(1,)))
    pictures = [Shown(picture_png(picture_grid(real[:16], 16)), width=1040, pixels=True)]
    if len(sprites.palette):
        swatches = sprites.palette[None].repeat(24, 0).repeat(24, 1)
        pictures.append(Shown(picture_png(swatches), bilingual("diagnose.page.palette")))
    text = in_both(lambda: " ".join(_told(sprites)))
    return Section(bilingual("diagnose.page.sprites"), [text], tables, pictures)


def _told(sprites: Sprites) -> list[str]:
    low, middle, high = np.quantile(sprites.colors, [0.1, 0.5, 0.9])
    share = {k: number(100 * float(v)) for k, v in
             (("mean", sprites.clear.mean()), ("some", (sprites.clear > 0).mean()))}  # fmt: skip
    return [
        say("diagnose.page.colors", low=number(low), middle=number(middle), high=number(high)),
        say("diagnose.page.clear", **share),
    ]
