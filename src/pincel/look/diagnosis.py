"""What two folders hold, and what a network that translates between them does wrong.

Everything here is measured; `pincel.show.pages.diagnose` tells it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.art.enlarged import enlarged
from pincel.errors import PincelError
from pincel.learn.two import own_size, pixels_needed
from pincel.pixels.open import find_pictures, open_picture

if TYPE_CHECKING:
    from pincel.learn.tasks.translating import Layer
    from pincel.nets._network import Model

_RICH = 64  # colours: more are no palette


@dataclass(frozen=True)
class Sprites:
    """What a folder of sprites holds.

    sizes    "16 x 16" -> how many have that size of their own, the most frequent first
    times    how many times larger than that the files are -> how many
    clear    share of each sprite's pixels that are transparent;  colors  how many colours each has
    palette  (k, 3) uint8, the most frequent colours of all
    broken   how many files would not come to `side` pixels by a whole factor
    shrunk   how many have more pixels than a sprite of the network, of `pixels`
    unusable (name, why) of files that are no still picture of anything
    """

    count: int
    sizes: dict[str, int]
    times: dict[int, int]
    clear: np.ndarray
    colors: np.ndarray
    palette: np.ndarray
    broken: int
    side: int
    shrunk: int
    pixels: int
    unusable: tuple[tuple[str, str], ...] = ()


def sprites_in(folder: Path, side: int, pixels: int = 0) -> Sprites:
    """Look through a folder of sprites that are to be learned from by a network of pictures of
    `side` pixels and sprites of `pixels` (0: as many). PincelError where it is none, or has no
    picture that can be used."""
    if not folder.is_dir():
        raise PincelError("two.folder", folder=folder)
    sizes: Counter[str] = Counter()
    times: Counter[int] = Counter()
    palette: Counter[tuple[int, ...]] = Counter()
    clear, colors, unusable, broken, shrunk = [], [], [], 0, 0
    for one in find_pictures((folder,)) if any(folder.iterdir()) else []:
        try:
            picture = open_picture(one.source)
        except PincelError as error:
            unusable.append((one.name, str(error)))
            continue
        rgba = picture.rgba
        if picture.animated or not (rgba[..., 3] >= 128).any():
            key = "two.animated" if picture.animated else "two.clear"
            unusable.append((one.name, str(PincelError(key))))
            continue
        small = own_size(rgba)
        found = enlarged(rgba)
        sizes[f"{small.shape[1]} x {small.shape[0]}"] += 1
        times[round(found.times) if found is not None else 1] += 1
        broken += int(bool(max(rgba.shape[:2]) % side and side % max(rgba.shape[:2])))
        shrunk += int(pixels_needed(small) > (pixels or side))
        opaque = small[..., 3] >= 128
        clear.append(1 - float(opaque.mean()))
        own, counts = np.unique(small[opaque][:, :3], axis=0, return_counts=True)
        colors.append(len(own))
        if len(own) <= _RICH:
            palette.update(dict(zip(map(tuple, own.tolist()), counts.tolist(), strict=True)))
    if not clear:
        raise PincelError("two.few", folder=folder, came=0, least=1)
    frequent = np.array([c for c, _ in palette.most_common(32)], np.uint8).reshape(-1, 3)
    return Sprites(
        len(clear), dict(sizes.most_common()), dict(times.most_common()), np.array(clear),
        np.array(colors), frequent, broken, side, shrunk, pixels or side, tuple(unusable),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """A network on faces that it is shown.

    faces, made   (n, h, w, c) uint8, what came and what it became;  real  sprites as it learned
    tiles, tiles_real, sameness, sameness_real  both meters (`learn.unpaired`) on both
    layers        what each convolution makes of the first face
    metrics       lines of the run's log, samples its pictures by epoch, kept the epoch whose
                  weights these are (0: not known)
    """

    sprites: Sprites
    faces: np.ndarray
    made: np.ndarray
    real: np.ndarray
    tiles: float
    tiles_real: float
    sameness: float
    sameness_real: float
    layers: list[Layer]
    family: str
    metrics: list[dict[str, Any]] = field(default_factory=list)
    samples: list[tuple[int, bytes]] = field(default_factory=list)
    kept: int = 0


def diagnosed(faces: Path, sprites: Path, model: Model, most: int = 48) -> Diagnosis:
    """Both folders and a network that makes sprites of faces. PincelError for a network that does
    not, and for folders with too few pictures."""
    import torch

    from pincel.learn.prepare import generator_facts, network_numbers
    from pincel.learn.tasks.translating import layers, real_meters
    from pincel.learn.two import open_two
    from pincel.learn.unpaired import pattern_strength, sameness

    config: Any = model.net.config
    if not hasattr(model.net, "to_sprite"):
        raise PincelError("diagnose.other", family=model.family)
    data = open_two(faces, sprites, side=config.side, native=config.native)
    shown = np.concatenate([part.pictures for part in (data.test, data.val, data.train)])[:most]
    given = torch.from_numpy(network_numbers(shown, {"prepare": generator_facts(shown)}))
    net: Any = model.net.eval()
    with torch.inference_mode():
        made = torch.cat([net.restore(one) for one in given.split(8)]).movedim(1, -1).numpy()
        drawn = data.train.sprites[:most]
        real = torch.from_numpy(network_numbers(drawn, {"prepare": generator_facts(drawn)}))
        large = net.as_face(real).movedim(1, -1).numpy()
    meters = real_meters(net, real, shown)
    return Diagnosis(
        sprites_in(sprites, config.side, config.sprite), shown, _bytes(made), _bytes(large),
        pattern_strength(made), meters["real_tiles"], sameness(shown / 127.5 - 1, made),
        meters["real_sameness"], layers(net, given[:1]), model.family,
    )  # fmt: skip


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.rint((values.clip(-1, 1) + 1) * 127.5).astype(np.uint8)


def history(folder: Path) -> tuple[list[dict[str, Any]], list[tuple[int, bytes]]]:
    """The log and the samples of a run, nothing where `folder` is none."""
    from pincel.learn.run import CONFIG, Run

    if not (folder / CONFIG).is_file():
        return [], []
    found = sorted((folder / "samples").glob("epoch-*.png"))
    rows = np.unique(np.linspace(0, max(0, len(found) - 1), 6).round().astype(int))
    kept = [found[i] for i in rows if i < len(found)]
    samples = [(int(path.stem.split("-")[1]), path.read_bytes()) for path in kept]
    return Run.open(folder).metrics(), samples
