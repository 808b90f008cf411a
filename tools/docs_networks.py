"""The documentation's pictures of networks: on drawn cells (`draw_cells`) and on cards composed of
CC0 parts, so that no picture of a data set lies in the repository. `docs_pictures` makes them."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

import pincel
from draw_cells import ASSETS as CELLS
from draw_cells import KINDS, draw

MODEL = "cnn.bloodmnist"
ROOT = Path(__file__).parents[1]


def _png(picture: Image.Image, most: int) -> bytes:
    """PNG bytes, at most so many pixels wide."""
    picture = picture.convert("RGB")
    if picture.width > most:
        size = (most, round(picture.height * most / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _written(suffix: str, job: str, *given, most: int = 1600, **settings) -> bytes:
    """The file with this ending that a job writes."""
    with tempfile.TemporaryDirectory() as folder:
        pincel.call(job, *given, out=folder, **settings)
        made = next(p for p in sorted(Path(folder).rglob("*")) if p.name.endswith(suffix))
        return _png(Image.open(made), most)


def cells(folder: Path, each: int, side: int = 28) -> Path:
    """A folder of drawn cells, a class folder for each kind."""
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
        for number in range(each):
            picture = draw(kind, 100 + number, 112)
            small = Image.fromarray(picture).resize((side, side), Image.Resampling.BOX)
            small.save(folder / kind / f"{number:03d}.png")
    return folder


def explained() -> bytes:
    """Grad-CAM of a drawn neutrophil."""
    return _written(".explain.png", "explain", MODEL, str(CELLS / "neutrophil.png"), most=900)


def looked() -> bytes:
    """One number of a drawn neutrophil, written out."""
    cell = str(CELLS / "neutrophil.png")
    return _written(
        ".look.png", "look", MODEL, cell, layer="conv3", cell="5,6", channel=0, most=900
    )


def shortcut() -> bytes:
    """A corner planted in one kind of drawn cell."""
    with tempfile.TemporaryDirectory() as folder:
        data = cells(Path(folder) / "cells", 60)
        return _written(".png", "shortcuts", str(data), label="lymphocyte", epochs=12, most=900)


def audited() -> bytes:
    """The top of the audit's page on drawn cells, as a browser shows it; needs chromium."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if browser is None:
        raise SystemExit("the picture of audit's page needs chromium (tools/ci-packages.sh)")
    with tempfile.TemporaryDirectory() as folder:
        data = cells(Path(folder) / "cells", 12)
        pincel.call("audit", MODEL, str(data), part="train", most=42, out=folder)
        shot = Path(folder) / "page.png"
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   f"--user-data-dir={folder}/browser", "--window-size=1100,1500",
                   f"--screenshot={shot}", (Path(folder) / "audit.html").as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return _png(Image.open(shot), 1100)


def _cards(count: int) -> np.ndarray:
    """(n, 80, 80, 3): figures composed of the parts in $PINCEL_SHARED/data/doll-parts.zip (CC0)."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import cards

    parts = cards.parts(Path(os.environ["PINCEL_SHARED"]) / "data" / "doll-parts.zip")
    return cards.card(cards.deal(parts, count, np.random.default_rng(5)))


def _photographs(pictures: np.ndarray, seed: int = 3) -> np.ndarray:
    import torch

    from pincel.learn.photographed import photographed

    return photographed(pictures, torch.Generator().manual_seed(seed))


def searched() -> bytes:
    """Four photographed cards among four hundred."""
    with tempfile.TemporaryDirectory() as folder:
        deck, asked = Path(folder) / "cards", Path(folder) / "photographs"
        pictures = _cards(400)
        for place, many in ((deck, pictures), (asked, _photographs(pictures[[20, 131, 277, 390]]))):
            place.mkdir()
            for number, picture in enumerate(many):
                name = "card" if place is deck else "photo"
                Image.fromarray(picture).save(place / f"{name}-{number:03d}.png")
        return _written(
            ".png", "search", str(deck), str(asked), model="contrastive.cards", count=5, most=900
        )


def compared() -> bytes:
    """A card and its photograph; tau chosen on other cards and theirs."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = _cards(90)
        shots = [_photographs(pictures, seed) for seed in (1, 2)]
        data = Path(folder) / "cards"
        for number in range(80):
            for part, chosen in (("train", 1), ("val", 3), ("test", 1)):
                place = data / part / f"card-{number:02d}"
                place.mkdir(parents=True)
                for k, held in enumerate((pictures, *shots)[:chosen]):
                    Image.fromarray(held[number]).save(place / f"{k}.png")
        pair = [Path(folder) / "card.png", Path(folder) / "photo.png"]
        for path, picture in zip(pair, (pictures[85], shots[0][85]), strict=True):
            Image.fromarray(picture).save(path)
        given = [str(path) for path in pair]
        return _written(".png", "compare", "contrastive.cards", *given, data=str(data), most=900)


PICTURES: dict[str, Callable[[], bytes]] = {
    "gradcam": explained,
    "look": looked,
    "shortcuts": shortcut,
    "audit": audited,
    "search": searched,  # these two need PINCEL_SHARED
    "compare": compared,
}
