"""edit: only masked pixels change, the palette stays, every bad input is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pincel import jobs, limits
from pincel.art.files import SPRITES
from pincel.art.sprite import Sprite
from pincel.art.tile import seam
from pincel.calls import call
from pincel.errors import PincelError
from pincel.job import Made
from pincel.make.edits import editing
from pincel.make.edits.packed import pack_mask
from pincel.pixels.aseprite import read_aseprite
from pincel.recipe import recipe

RED, DARK = (200, 40, 40), (40, 20, 30)


class Painter:
    """Stands in for the network: noise of the palette, seeded; notes what it was asked."""

    name, sha256, backend = "painter", "ab" * 32, "test"

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def draw(
        self,
        words: Sequence[int],
        *,
        side: int = 32,
        seed: int,
        palette: np.ndarray | None = None,
        steps: int = 16,
        guidance: float = 2.0,
        temperature: float = 1.0,
        candidates: int = 1,
        known: np.ndarray | None = None,
        outline: np.ndarray | None = None,
        told: Callable[[int, int], None] | None = None,
    ) -> Sprite:
        assert side in (16, 32) and palette is not None and known is not None
        assert 2 <= len(palette) <= 31
        assert known.shape == (side, side) and known.max() < len(palette) and (known == -2).any()
        self.asked.append({"words": words, "side": side, "known": known, "palette": palette})
        noise = np.random.default_rng(seed).integers(-1, len(palette), (side, side))
        return Sprite((np.where(known == -2, noise, known).astype(np.int16),), palette)


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    painter = Painter()
    monkeypatch.setattr(editing, "artist_of", lambda model: painter)
    monkeypatch.setattr(editing, "understood", lambda prompt: ((1, 2), ("understood",)))
    monkeypatch.setattr(editing, "words_are_seen", lambda words: False)
    monkeypatch.setattr(editing, "likeness_of", lambda one, other: 1.0)
    return painter


def sprite(width: int = 24, height: int = 20, seed: int = 0, colors: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, (colors, 3), dtype=np.uint8)
    index = rng.integers(0, colors, (height, width))
    rgba = np.zeros((height, width, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = palette[index], 255
    rgba[rng.random((height, width)) < 0.4] = 0
    return rgba


def saved(folder: Path, rgba: np.ndarray, name: str = "hero.png") -> Path:
    Image.fromarray(rgba).save(folder / name)
    return folder / name


@pytest.mark.parametrize("size", [(16, 16), (9, 14), (32, 32), (24, 20), (70, 41)])
def test_pixels_outside_a_random_mask_and_the_palette_stay(
    tmp_path: Path, painter: Painter, size: tuple[int, int]
) -> None:
    for seed in range(3):
        rgba = sprite(*size, seed=seed)
        mask = np.random.default_rng(seed + 9).random(rgba.shape[:2]) < 0.2
        mask[0, 0] = True
        path = saved(tmp_path, rgba)
        before = {bytes(c) for c in rgba[rgba[..., 3] > 0]}
        out = tmp_path / "out.png"
        for settings in (
            {"mask": mask, "prompt": "golden crown"},
            {"mask": mask, "prompt": "gorro", "symmetric": "left"},
            {"mask": mask, "remove": True},
            {"mask": mask, "vary": 0.5},
        ):
            made = call("edit", path, seed=seed, out=out, force=True, **settings)
            after = np.asarray(Image.open(out).convert("RGBA"))
            free = mask | np.flip(mask, 1) if "symmetric" in settings else mask
            assert np.array_equal(after[~free], made.rgba()[~free])
            kept = rgba * (rgba[..., 3:] > 0)
            assert np.array_equal(after[~free], kept[~free]), settings
            assert {bytes(c) for c in after[after[..., 3] > 0]} <= before
            assert {bytes((*c, 255)) for c in made.palette.tolist()} == before


def test_a_stored_palette_keeps_its_order_and_unused_colours(
    tmp_path: Path, painter: Painter
) -> None:
    palette = np.array([[9, 9, 9], RED, [1, 2, 3], DARK], np.uint8)
    index = np.full((8, 8), -1, np.int16)
    index[2:6, 2:6], index[3, 3] = 1, 3
    Sprite((index,), palette).save(tmp_path / "a.png")
    made = call("edit", tmp_path / "a.png", "x", mask="0,0,4,4")
    assert np.array_equal(made.palette, palette)
    assert np.array_equal(made.indices[4:], index[4:])
    assert painter.asked[0]["side"] == 16 and tuple(painter.asked[0]["words"]) == (1, 2)


def test_what_was_made_is_made_again(tmp_path: Path, painter: Painter) -> None:
    path = saved(tmp_path, sprite())
    mask = np.zeros((20, 24), bool)
    mask[3:9, 4:11] = True
    saved(tmp_path, (mask * 255).astype(np.uint8), "mask.png")
    cases: list[dict[str, Any]] = [
        {"mask": tmp_path / "mask.png", "prompt": "hat/sombrero"},
        {"mask": "2,3,5,6", "prompt": "hat", "count": 2, "seed": 5},
        {"vary": 0.3, "seed": 3},
        {"extend": (4, 0, 2, 3)},
        {"tile": True},
        {"symmetric": "top"},
        {"palette": "pico-8"},
        {"mask": mask, "remove": True},
    ]
    for number, settings in enumerate(cases):
        folder = tmp_path / str(number)
        call("edit", path, out=folder, **settings)
        for made in folder.glob("*.png"):
            call("redo", made, among=tmp_path, out=tmp_path / "again.png", force=True)
            assert (tmp_path / "again.png").read_bytes() == made.read_bytes(), settings
            kept = recipe.read_recipe(made.read_bytes())
            assert kept["parents"][0]["name"] == "hero.png"
            assert str(tmp_path) not in recipe.text(kept)
            assert ("model" in kept) == (number < 4)


def test_a_sprite_of_one_colour_and_an_empty_one(tmp_path: Path, painter: Painter) -> None:
    rgba = np.zeros((12, 12, 4), np.uint8)
    with pytest.raises(PincelError, match="empty"):
        call("edit", saved(tmp_path, rgba), "hat", mask="0,0,4,4")
    made = call("edit", saved(tmp_path, rgba), "red hat", mask="0,0,9,9", new_colors=True)
    assert len(made.palette) == 3
    rgba[2:5, 2:5] = (*RED, 255)
    made = call("edit", saved(tmp_path, rgba), "hat", mask="0,0,9,9")
    assert np.array_equal(made.palette, np.array([RED], np.uint8)) and made.indices.max() == 0


def test_seeds_differ_and_repeat(tmp_path: Path, painter: Painter) -> None:
    path = saved(tmp_path, sprite(32, 32))
    first, second = call("edit", path, vary=0.5, count=2)
    (again,) = [call("edit", path, vary=0.5, seed=1)]
    assert not np.array_equal(first.indices, second.indices)
    assert np.array_equal(second.indices, again.indices)


def test_without_words_those_of_its_first_drawing_are_used(
    tmp_path: Path, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def understand(prompt: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        asked.append(prompt)
        return (1,), ()

    monkeypatch.setattr(editing, "understood", understand)
    path = saved(tmp_path, sprite())
    made = recipe.recipe_facts("draw", {"prompt": "red dragon"})
    path.write_bytes(recipe.stamp(path.read_bytes(), made))
    call("edit", path, "golden crown", mask="0,0,9,9", out=tmp_path / "b.png")
    call("edit", tmp_path / "b.png", vary=0.2, out=tmp_path / "c.png")
    assert asked == ["golden crown", "red dragon"]
    data = (tmp_path / "c.png").read_bytes()
    assert recipe.read_recipe(data)["settings"]["prompt"] == "red dragon"
    call("redo", tmp_path / "c.png", out=tmp_path / "d.png")
    assert (tmp_path / "d.png").read_bytes() == data


@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_vary_redraws_its_share_in_patches(tmp_path: Path, painter: Painter, share: float) -> None:
    from scipy.ndimage import binary_dilation, label

    rgba = np.zeros((32, 32, 4), np.uint8)
    rgba[6:26, 6:26] = (*RED, 255)
    rgba[12:16, 8:20] = (*DARK, 255)
    call("edit", saved(tmp_path, rgba), vary=share, out=tmp_path / "o.png")
    drawn = painter.asked[0]["known"] == -2
    region = binary_dilation(rgba[..., 3] > 0, iterations=2)
    assert abs(drawn.sum() / region.sum() - share) < 0.01
    assert not (drawn & ~region).any()
    assert drawn.sum() / label(drawn)[1] > 8  # patches, not single pixels


def test_extend_keeps_the_picture_and_its_place(tmp_path: Path, painter: Painter) -> None:
    rgba = sprite(20, 12)
    made = call("edit", saved(tmp_path, rgba), "grass", extend="3,1,0,5")
    assert (made.width, made.height) == (23, 18)
    assert np.array_equal(made.rgba()[1:13, 3:], rgba * (rgba[..., 3:] > 0))


def test_symmetric_mirrors(tmp_path: Path, painter: Painter) -> None:
    for width in (9, 10):
        rgba = sprite(width, 7)
        for keep, flip in (("left", 1), ("right", 1), ("top", 0), ("bottom", 0)):
            made = call("edit", saved(tmp_path, rgba), symmetric=keep).rgba()
            assert np.array_equal(made, np.flip(made, flip))
            half = {
                "left": np.s_[:, : width // 2],
                "right": np.s_[:, -(width // 2) :],
                "top": np.s_[:3],
                "bottom": np.s_[-3:],
            }[keep]
            assert np.array_equal(made[half], (rgba * (rgba[..., 3:] > 0))[half])
    made = call("edit", saved(tmp_path, rgba), "hat", mask="0,0,10,3", symmetric="left").rgba()
    assert np.array_equal(made[:3], made[:3, ::-1])


def test_remove_is_transparent_or_grown_from_around(tmp_path: Path) -> None:
    alone = np.zeros((16, 16, 4), np.uint8)
    alone[5:9, 5:9] = (*RED, 255)
    made = call("edit", saved(tmp_path, alone), mask="4,4,6,6", remove=True)
    assert (made.indices == -1).all()
    y, x = np.mgrid[0:32, 0:32]
    bricks = (y % 8 == 0) | ((x + 4 * (y // 8 % 2)) % 8 == 0)
    wall = np.where(bricks[..., None], DARK, RED).astype(np.uint8)
    spoilt = wall.copy()
    spoilt[13:19, 12:19] = (250, 250, 0)
    made = call("edit", saved(tmp_path, spoilt), mask="12,13,7,6", remove=True)
    assert np.array_equal(made.rgba()[..., :3], wall)  # the texture is grown back exactly


def test_a_tile_changes_only_its_border_and_its_seam_is_measured(
    tmp_path: Path, painter: Painter
) -> None:
    y, x = np.mgrid[0:30, 0:30]
    stones = ((x // 5 * 7 + y // 5 * 3 + (x + y) // 11) % 3).astype(np.int16)[:26, :27]
    palette = np.array([RED, DARK, (240, 220, 90)], np.uint8)
    Sprite((stones,), palette).save(tmp_path / "stones.png")
    for prompt in ("", "stones"):
        made = call("edit", tmp_path / "stones.png", prompt, tile=True)
        assert bool(painter.asked) == bool(prompt)
        inside = np.s_[5:-5, 5:-5]
        assert np.array_equal(made.indices[inside], stones[inside])
        assert np.array_equal(made.palette, palette)
    edited = editing.tiled(Sprite((stones,), palette))
    assert seam(edited.sprite.rgba()) == pytest.approx(edited.numbers["seam"], abs=0.006)
    assert edited.numbers["seam_before"] > 1 >= edited.numbers["seam"]
    assert edited.drawn[0].all() and edited.drawn[:, -1].all()


def test_a_regular_tile_that_was_cut_fits_again(tmp_path: Path) -> None:
    y, x = np.mgrid[0:32, 0:32]
    bricks = ((y % 4 == 0) | ((x + 2 * (y // 4 % 2)) % 4 == 0)).astype(np.int16)
    spoilt = bricks.copy()
    spoilt[:2], spoilt[:, :3] = 0, 1  # its border only
    made = editing.tiled(Sprite((spoilt,), np.array([RED, DARK], np.uint8)))
    assert np.array_equal(made.sprite.indices, bricks)


def test_new_colours_only_when_named_and_allowed(tmp_path: Path, painter: Painter) -> None:
    rgba = np.zeros((16, 16, 4), np.uint8)
    rgba[4:12, 4:12] = (*RED, 255)
    rgba[6:8, 6:8] = (*DARK, 255)
    path = saved(tmp_path, rgba)
    for prompt, allowed, count in (
        ("blue hat", False, 2),
        ("blue hat", True, 5),
        ("sombrero azul", True, 5),
        ("red hat", True, 2),
        ("hat", True, 2),
    ):
        made = call("edit", path, prompt, mask="4,0,8,4", new_colors=allowed)
        assert len(made.palette) == count, prompt
        assert np.array_equal(made.palette[:2], np.array([RED, DARK], np.uint8))


@pytest.mark.parametrize(
    ("settings", "match"),
    [
        ({}, "what to do"),
        ({"mask": "0,0,4,4"}, "what to draw"),
        ({"mask": "0,0,4,4", "prompt": "  "}, "what to draw"),
        ({"remove": True}, "what to remove"),
        ({"mask": "90,90,4,4", "prompt": "hat"}, "marks no pixel"),
        ({"mask": "0,0,0,4", "prompt": "hat"}, "marks no pixel"),
        ({"mask": np.zeros((24, 24), bool), "prompt": "hat"}, "24 x 24"),
        ({"mask": "missing.png", "prompt": "hat"}, "missing"),
        ({"mask": "packed:3x3:junk", "prompt": "hat"}, "packed"),
        ({"extend": "1,2,3"}, "four numbers"),
        ({"extend": "0,0,0,0"}, "four numbers"),
        ({"extend": "0,0,999,0"}, "four numbers"),
        ({"tile": True, "vary": 0.4}, "One thing"),
        ({"palette": "pico-8", "symmetric": "left"}, "One thing"),
        ({"palette": "pico-8", "mask": "0,0,4,4"}, "whole picture"),
        ({"palette": "no-such-palette"}, "no-such-palette"),
        ({"symmetric": "left", "prompt": "hat"}, "takes no words"),
        ({"vary": 2}, "0.01 to 1"),
    ],
)
def test_bad_settings_are_one_sentence(
    tmp_path: Path, painter: Painter, settings: dict[str, Any], match: str
) -> None:
    with pytest.raises(PincelError, match=match) as refused:
        call("edit", saved(tmp_path, sprite()), **settings)
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


def test_bad_pictures_are_one_sentence(tmp_path: Path, painter: Painter) -> None:
    rng = np.random.default_rng(0)
    many = rng.integers(0, 256, (20, 20, 4), dtype=np.uint8)
    many[..., 3] = 255
    soft = sprite()
    soft[3, 3, 3] = 100
    large = np.zeros((10, 300, 4), np.uint8)
    for rgba, match in ((many, "pixelate"), (soft, "half-transparent"), (large, "300 x 10")):
        with pytest.raises(PincelError, match=match):
            call("edit", saved(tmp_path, rgba), symmetric="left")
    Image.fromarray(sprite()).save(
        tmp_path / "walk.gif", save_all=True, append_images=[Image.fromarray(sprite(seed=1))]
    )
    with pytest.raises(PincelError, match="animation"):
        call("edit", tmp_path / "walk.gif", symmetric="left")
    assert pack_mask(np.ones((2, 2), bool)).startswith("packed:2x2:")


def test_a_sprite_can_be_edited_as_it_is() -> None:
    import pincel
    from pincel.art.sprite import Sprite

    index = np.full((16, 16), -1, np.int16)
    index[4:12, 4:12] = 0
    sprite = Sprite((index,), np.array([[200, 30, 30]], np.uint8))
    assert np.array_equal(np.asarray(sprite), sprite.rgba())
    made = pincel.edit(sprite, mask="4,4,2,2", remove=True)
    assert (made.rgba()[4:6, 4:6, 3] == 0).all()
    assert np.array_equal(made.rgba()[6:], sprite.rgba()[6:])


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("how", ["remove", "symmetric", "extend", "palette", "mask"])
def test_colours_under_transparent_pixels_stay(
    how: str, indexed: bool, painter: Painter, tmp_path: Path
) -> None:
    """Engines read them (bleeding, masks): what nobody touched is the same byte for byte."""
    rgba = np.zeros((12, 12, 4), np.uint8)
    rgba[..., :3] = (255, 0, 255)
    if not indexed:
        rgba[:6, :, :3] = np.arange(72).reshape(6, 12, 1) + np.array([0, 80, 160])
    rgba[3:9, 2:8] = (*RED, 255)
    rgba[4:6, 4:6] = (*DARK, 255)
    path = tmp_path / "hidden.png"
    if indexed:
        index = np.where(rgba[..., 3] == 0, 1, np.where(rgba[..., 0] == RED[0], 0, 2))
        one = Image.fromarray(index.astype(np.uint8))
        one.putpalette([*RED, 255, 0, 255, *DARK])
        one.save(path, transparency=1)
    else:
        Image.fromarray(rgba).save(path)
    more: dict[str, Any] = {
        "remove": {"mask": (3, 4, 2, 2), "remove": True},
        "symmetric": {"symmetric": "left"},
        "extend": {"extend": (3, 2, 0, 0), "prompt": "more"},
        "palette": {"palette": "pico-8"},
        "mask": {"mask": (2, 2, 3, 3), "prompt": "eye"},
    }[how]
    call("edit", path, out=tmp_path / "made.png", **more)
    with Image.open(tmp_path / "made.png") as opened:
        assert opened.mode == "P"
        made = np.asarray(opened.convert("RGBA"))
    top, left = (2, 3) if how == "extend" else (0, 0)
    part = made[top:, left:]
    kept = (rgba[..., 3] == 0) & (part[..., 3] == 0)
    if how == "mask":
        kept[2:5, 2:5] = False
    assert kept.sum() > 50
    assert np.array_equal(part[kept], rgba[kept])


def hidden(kind: str) -> np.ndarray:
    """A sprite (12, 12, 4) on transparent ground, under which nothing, one colour or many lie."""
    rgba = np.zeros((12, 12, 4), np.uint8)
    if kind != "none":
        rgba[..., :3] = (255, 0, 255)
    if kind in ("many", "hundreds"):
        rgba[:6, :, :3] = np.arange(72).reshape(6, 12, 1) + np.array([0, 80, 160])
    rgba[3:9, 2:8] = (*RED, 255)
    rgba[4:6, 4:6] = (*DARK, 255)
    if kind == "hundreds":
        rgba = np.pad(rgba, ((0, 12), (0, 12), (0, 0)))
        rgba[12:, :, :3] = np.arange(288).reshape(12, 24, 1) % [7, 251, 13]
    return rgba


def pixels_of(path: Path) -> np.ndarray:
    """(h, w, 4) uint8 as it stands in the file, alpha 0 or not."""
    if path.suffix != ".aseprite":
        with Image.open(path) as opened:
            return np.asarray(opened.convert("RGBA"))
    file = read_aseprite(path.read_bytes())
    (cel,) = file.cels[0].values()
    return cel.pixels if file.mode == "rgba" else file.entries[cel.pixels]


@pytest.mark.parametrize("kind", ["none", "one", "many", "hundreds"])
@pytest.mark.parametrize("form", SPRITES.names())
def test_every_format_keeps_colours_under_transparent_pixels_or_says_that_it_cannot(
    form: str, kind: str, tmp_path: Path
) -> None:
    rgba = hidden(kind)
    path = saved(tmp_path, rgba)
    mask = "3,4,1,1"
    job = limits.build(
        jobs.load("edit"), {"picture": path, "mask": mask, "remove": True, "format": (form,)}
    )
    (made,) = [event for event in job.run() if isinstance(event, Made)]
    told = [line for line in made.lines if "hidden" in line]
    suffix, data = next((s, d) for s, d in made.files() if not s.endswith(".json"))
    out = tmp_path / f"made{suffix}"
    out.write_bytes(data)
    if told:
        assert form == "gif" and kind in ("many", "hundreds") and "gif cannot" in told[0]
        return
    after = pixels_of(out)
    clear = rgba[..., 3] == 0
    assert np.array_equal(after[clear], rgba[clear])
    seen = (rgba[..., 3] > 0) & (after[..., 3] > 0)
    assert np.array_equal(after[seen], rgba[seen]) and seen.sum() == 36
    assert np.array_equal(np.asarray(made.value), after)


@pytest.mark.parametrize("kind", ["one", "many", "hundreds"])
def test_an_aseprite_file_is_edited_with_what_lies_under_its_clear_pixels(
    kind: str, tmp_path: Path
) -> None:
    """There and back: what a picture had under clear pixels it has after two edits, byte for byte,
    in an indexed and in an RGBA file (hundreds of colours)."""
    rgba = hidden(kind)
    path = saved(tmp_path, rgba)
    out, again = tmp_path / "made.aseprite", tmp_path / "again.png"
    call("edit", path, mask="3,4,1,1", remove=True, format=("aseprite",), out=out)
    assert read_aseprite(out.read_bytes()).mode == ("rgba" if kind == "hundreds" else "indexed")
    call("edit", out, mask="4,5,1,1", remove=True, out=again)
    after = pixels_of(again)
    clear = rgba[..., 3] == 0
    assert np.array_equal(after[clear], rgba[clear])
    call("edit", out, mask="4,5,1,1", remove=True, format=("aseprite",), out=out, force=True)
    assert np.array_equal(pixels_of(out)[clear], rgba[clear])


def test_a_written_palette_names_the_shown_colours_only(tmp_path: Path) -> None:
    """What lies under transparent pixels is no colour of the sprite, for us and for others."""
    path = saved(tmp_path, hidden("many"))
    for form in ("png", "aseprite"):
        out = tmp_path / f"made.{form}"
        call("edit", path, palette="#c82828,#102030", format=(form,), out=out)
        again = call("edit", out, mask="0,0,1,1", remove=True)
        assert again.palette.tolist() == [list(RED), [16, 32, 48]]


def test_an_empty_half_is_not_kept(tmp_path: Path) -> None:
    rgba = np.zeros((8, 8, 4), np.uint8)
    rgba[:, 5:] = (*RED, 255)
    path = tmp_path / "right.png"
    Image.fromarray(rgba).save(path)
    with pytest.raises(PincelError, match=r"left half .* empty.*--symmetric right"):
        call("edit", path, symmetric="left", out=tmp_path / "made.png")
    assert not (tmp_path / "made.png").exists()
    made = call("edit", path, symmetric="right", out=tmp_path / "made.png")
    assert (made.indices[:, :3] >= 0).all()


class Blocks(Painter):
    """Draws a block when asked for a thing alone, nothing where it fills a hole."""

    def draw(self, words: Sequence[int], *, side: int = 32, seed: int, **settings: Any) -> Sprite:
        palette = settings["palette"]
        if settings.get("known") is not None:
            known = settings["known"]
            return Sprite((np.where(known == -2, -1, known).astype(np.int16),), palette)
        index = np.full((side, side), -1, np.int16)
        index[3:-3, 3:-3] = 1
        return Sprite((index,), palette)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The drawing network draws blocks, the ranking network sees what is opaque."""
    shown: list[np.ndarray] = []

    def seen(words: Sequence[int], pictures: Sequence[np.ndarray]) -> np.ndarray:
        shown.extend(pictures)
        return np.array([(picture[..., 3] > 0).mean() for picture in pictures])

    monkeypatch.setattr(editing, "artist_of", lambda model: Blocks())
    monkeypatch.setattr(editing, "understood", lambda prompt: ((1, 2), ()))
    monkeypatch.setattr(editing, "sureness", seen)
    return shown


def test_a_thing_drawn_alone_fits_its_mask_and_the_best_seen_is_kept(
    tmp_path: Path, watched: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "SEEN", 0.01)
    rgba = sprite(32, 32)
    made = call("edit", saved(tmp_path, rgba), "crown", mask="8,0,16,8")
    after = made.rgba()
    inside = np.zeros((32, 32), bool)
    inside[:8, 8:24] = True
    kept = rgba * (rgba[..., 3:] > 0)
    assert np.array_equal(after[~inside], kept[~inside])
    block = made.indices == 1
    assert (block & inside).sum() >= 40
    assert all((picture[..., 3] > 0)[~inside].sum() == 0 for picture in watched)


def test_what_is_not_seen_is_not_written(tmp_path: Path, watched: list[np.ndarray]) -> None:
    path = saved(tmp_path, sprite(32, 32))
    with pytest.raises(PincelError, match="did not manage"):
        call("edit", path, "crown", mask="8,0,16,8", out=tmp_path / "out.png")
    assert not (tmp_path / "out.png").exists()
    from pincel.cli import main

    code = main(["edit", str(path), "crown", "--mask", "8,0,16,8", "--out", str(tmp_path / "o")])
    assert code != 0 and not (tmp_path / "o").exists()


def test_debris_of_an_extension_goes_and_what_joins_stays() -> None:
    from pincel.make.edits.apart import without_debris

    index = np.full((24, 16), -1, np.int16)
    index[10:20, 4:12] = 0
    index[8:10, 5:9] = 1
    index[1:3, 1:3] = 1
    new = np.zeros((24, 16), bool)
    new[:10] = True
    made = without_debris(index, new)
    assert (made[8:10, 5:9] == 1).all() and (made[1:3, 1:3] == -1).all()
    assert np.array_equal(made[10:], index[10:])


@pytest.mark.parametrize("size", [(30, 20), (9, 9), (31, 3)])
def test_a_fitted_thing_is_no_larger_than_its_place(size: tuple[int, int]) -> None:
    from pincel.make.edits.apart import fitted_thing

    made = fitted_thing(np.ones(size, np.int16), 8, 16)
    assert made.shape[0] <= 8 and made.shape[1] <= 16 and (made == 1).all()
    assert fitted_thing(np.zeros((4, 5), np.int16), 8, 16).shape == (4, 5)
