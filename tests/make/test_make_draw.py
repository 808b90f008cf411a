"""Drawing with tiny networks of random weights: what must hold whatever they answer."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="exporting needs pincel[nets]")
pytest.importorskip("onnx", reason="exporting needs pincel[nets]")

from pincel.art.unmask import HIDDEN  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.make.words.draw import open_artist  # noqa: E402
from pincel.make.words.sketching import FINALISTS, Wish  # noqa: E402
from pincel.nets import diffusion, masked  # noqa: E402
from pincel.nets._network import Model  # noqa: E402

PALETTE = np.array([[0, 0, 0], [255, 255, 255], [200, 30, 30], [30, 60, 200]], np.uint8)


def _exporter():
    path = Path(__file__).parents[2] / "tools" / "export_draw.py"
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))
    spec = importlib.util.spec_from_file_location("export_draw", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def artist(tmp_path_factory: pytest.TempPathFactory):
    """Networks that know nothing, exported as the real ones are."""
    torch.manual_seed(3)
    told = {"vocabulary": 22, "words": 13}
    sketcher = diffusion.Net(
        diffusion.Config(**told, channels=4, side=16, width=16, widen=(1.0, 1.0), hinted=True)
    ).eval()
    finisher = masked.Net(
        masked.Config(**told, width=8, deep=16, blocks=1, layers=1, heads=2, side=32, guided=True)
    ).eval()
    for net in (sketcher, finisher):
        for weight in net.parameters():
            torch.nn.init.normal_(weight, std=0.2)
    folder = tmp_path_factory.mktemp("artist")
    parts = _exporter().parts(
        Model("diffusion", sketcher, {"command": ""}),
        Model("masked", finisher, {"command": ""}),
    )
    for part, data in parts.items():
        (folder / f"{part}.onnx").write_bytes(data)
    return open_artist(folder)


@pytest.mark.parametrize("side", [16, 32])
def test_the_same_seed_gives_the_same_sprite(artist, side: int) -> None:
    one = artist.draw([3, 4], side=side, seed=5, steps=3)
    two = artist.draw([3, 4], side=side, seed=5, steps=3)
    other = artist.draw([3, 4], side=side, seed=6, steps=3)
    assert one.indices.shape == (side, side)
    assert np.array_equal(one.rgba(), two.rgba())
    assert not np.array_equal(one.rgba(), other.rgba())
    used = np.unique(one.indices[one.indices >= 0])
    assert len(used) == len(one.palette) <= 31
    assert len(np.unique(one.palette, axis=0)) == len(one.palette)


@pytest.mark.parametrize("side", [16, 32])
def test_sprites_sketched_together_are_those_drawn_alone(artist, side: int) -> None:
    wish = Wish([3, 4], side=side, steps=4, candidates=4)
    seeds = [5, 6, 9]
    together = artist.begin(wish, seeds)
    assert [x.shape for x in together] == [(FINALISTS, 4, 16, 16)] * 3
    for seed, x in zip(seeds, together, strict=True):
        alone = artist.draw([3, 4], side=side, seed=seed, steps=4, candidates=4)
        assert np.array_equal(artist.finish(wish, x, seed).rgba(), alone.rgba())


def test_fewer_and_fewer_sketches_go_on(artist) -> None:
    counted: list[int] = []

    def run(part: str, given: dict[str, np.ndarray]) -> np.ndarray:
        if part == "sketcher":
            counted.append(len(given["x"]))
        return artist.run(part, given)

    replace(artist, run=run).begin(Wish([3], candidates=16), [1])
    # words lead from the third look to the seventh: each sketch is seen with them and without
    assert counted == [16, 16, 2 * 8, *[2 * FINALISTS] * 4, FINALISTS]
    counted.clear()
    replace(artist, run=run).begin(Wish([3], candidates=FINALISTS), [1])
    assert counted == [FINALISTS, *[2 * FINALISTS] * 6, FINALISTS]
    known = np.full((32, 32), HIDDEN)
    known[:4] = -1
    counted.clear()
    wish = Wish([3], palette=PALETTE, known=known, candidates=16)
    replace(artist, run=run).begin(wish, [1])
    assert counted == [16, *[32] * 3, *[2 * FINALISTS] * 3, FINALISTS]


def test_a_given_palette_is_kept_whole(artist) -> None:
    sprite = artist.draw([3], seed=1, steps=2, palette=PALETTE)
    assert np.array_equal(sprite.palette, PALETTE)
    assert sprite.indices.max() < len(PALETTE)


@pytest.mark.parametrize("side", [16, 32])
def test_known_pixels_stay(artist, side: int) -> None:
    rng = np.random.default_rng(0)
    known = rng.integers(-1, len(PALETTE), (side, side))
    hidden = np.zeros((side, side), bool)
    hidden[3:11, 5:14] = True
    hidden |= rng.random((side, side)) < 0.1
    given = np.where(hidden, HIDDEN, known)
    sprite = artist.draw([3], side=side, seed=1, steps=2, palette=PALETTE, known=given)
    assert np.array_equal(sprite.indices[~hidden], known[~hidden])
    assert (sprite.indices[hidden] >= -1).all()
    nothing = artist.draw([3], side=side, seed=1, steps=2, palette=PALETTE, known=known)
    assert np.array_equal(nothing.indices, known)


def test_looks_are_told_and_a_scribble_matters(artist) -> None:
    looks, told = [], []
    line = np.zeros((32, 32), bool)
    line[8, 4:28] = True
    plain = artist.draw([3], seed=2, steps=3, palette=PALETTE)
    drawn = artist.draw(
        [3], seed=2, steps=3, palette=PALETTE, outline=line, looks=looks.append,
        told=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert not np.array_equal(plain.indices, drawn.indices)
    assert [look.stage for look in looks] == ["sketch"] * 3 + ["finish"] * 6
    assert told[-1][0] == told[-1][1] == len(looks)
    assert looks[3].hidden.sum() > looks[4].hidden.sum() > 0
    assert not looks[-1].hidden.any()


def test_bad_requests_get_one_sentence(artist, tmp_path: Path) -> None:
    wrong = [
        {"side": 24},
        {"palette": np.zeros((300, 3), np.uint8)},
        {"outline": np.zeros((16, 16), bool)},
        {"known": np.zeros((32, 32), int)},
        {"known": np.zeros((16, 16), int), "palette": PALETTE},
    ]
    for more in wrong:
        with pytest.raises(PincelError):
            artist.draw([3], **more)
    with pytest.raises(PincelError, match=r"sketcher\.onnx"):
        open_artist(tmp_path)
    for part in ("sketcher", "finisher"):
        (tmp_path / f"{part}.onnx").write_bytes(b"no network")
    with pytest.raises(PincelError):
        open_artist(tmp_path)


def test_a_gif_of_many_colours_keeps_the_last_ones() -> None:
    from io import BytesIO

    from PIL import Image

    from pincel.art.sprite import Sprite
    from pincel.make.words.sketching import DrawingLook
    from pincel.show.make.drawing_gif import growing

    rng = np.random.default_rng(0)
    sprite = Sprite((rng.integers(-1, 4, (32, 32)).astype(np.int16),), PALETTE)

    def draw(looks) -> Sprite:
        for number in range(4):
            rgba = rng.integers(0, 256, (16, 16, 4), dtype=np.uint8)
            rgba[..., 3] = 255
            looks(DrawingLook("sketch", number, rgba, np.zeros((16, 16), bool)))
        return sprite

    with Image.open(BytesIO(growing(draw))) as gif:
        assert gif.n_frames == 5
        gif.seek(4)
        last = np.asarray(gif.convert("RGBA"))[::8, ::8]
    shown = sprite.rgba()
    assert np.array_equal(last[..., 3], shown[..., 3])
    assert np.array_equal(last[shown[..., 3] > 0], shown[shown[..., 3] > 0])
