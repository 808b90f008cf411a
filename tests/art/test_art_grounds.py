"""Grounds by rules: each joins itself and its variants, colours and states are seen, pairs join at
every corner."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise, product
from xml.etree import ElementTree

import numpy as np
import pytest

from pincel.art.corner_files import corner_json, tiled_files
from pincel.art.corner_tiles import COUNT, corner_sheet, corners_of
from pincel.art.ground_kinds import GROUNDS, GroundLook
from pincel.art.grounds import SIDES, ground_sprite
from pincel.art.plots import Plot
from pincel.art.tile import seam

CYAN = {(0x2A, 0xB6, 0xB8), (0x21, 0x97, 0x9A), (0x1F, 0x88, 0x8C)}


def test_kinds_differ() -> None:
    drawn = {kind: ground_sprite(GroundLook(kind)).rgba().tobytes() for kind in GROUNDS}
    assert len(drawn) >= 45
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("kind", GROUNDS)
def test_variants_share_their_border_and_differ_inside(kind: str) -> None:
    made = [ground_sprite(GroundLook(kind, seed)).rgba() for seed in range(8)]
    rim = Plot(32, 0, 0, "").rim == 0
    assert all(np.array_equal(one[rim], made[0][rim]) for one in made)
    assert len({one.tobytes() for one in made}) == 8
    assert all((one[..., 3] == 255).all() for one in made)


@pytest.mark.parametrize("kind", GROUNDS)
def test_the_border_is_no_stronger_than_the_lines_inside(kind: str) -> None:
    """Within a tile, and where variants lie side by side."""
    states = [frozenset[str](), *(frozenset((one,)) for one in GROUNDS[kind].states)]
    for side, more in [*((side, states[0]) for side in SIDES), *((32, one) for one in states[1:])]:
        made = [ground_sprite(GroundLook(kind, seed, 0, more=more), side) for seed in (1, 2)]
        assert all(one.rgba().shape == (side, side, 4) for one in made)
        assert all(len(one.palette) <= 16 for one in made)
        most = 1.6 if side == 16 else 1.35
        assert seam(made[0].rgba(), 1) <= most, (side, more)
        ours, theirs = (one.rgba()[..., :3].astype(float) for one in made)
        lines = np.abs(np.diff(ours, axis=1)).mean((0, 2)).max()
        assert np.abs(ours[:, -1] - theirs[:, 0]).mean() <= most * max(lines, 1.0), (side, more)


@pytest.mark.parametrize("kind", GROUNDS)
def test_said_colours_and_states_are_seen(kind: str) -> None:
    ground = GROUNDS[kind]
    plain = ground_sprite(GroundLook(kind)).rgba()
    for material in ground.main:
        rgba = ground_sprite(GroundLook(kind, colors={material: "cyan"})).rgba()
        shades = {tuple(one) for one in rgba[..., :3].reshape(-1, 3).tolist()}
        assert any(max(c[1], c[2]) > c[0] + 40 and abs(c[1] - c[2]) < 40 for c in shades), material
        assert not np.array_equal(rgba, plain)
    for state, material in ground.states.items():
        more = frozenset((state,))
        rgba = ground_sprite(GroundLook(kind, more=more)).rgba()
        told = state in ("rivets", "clouds", "stars", "bubbles")  # are there unsaid as well
        assert told or not np.array_equal(rgba, plain), state
        if material:
            tinted = ground_sprite(GroundLook(kind, more=more, colors={material: "pink"})).rgba()
            assert not np.array_equal(tinted, rgba), state
    tones = [
        ground_sprite(GroundLook(kind, tone=tone)).rgba()[..., :3].mean() for tone in (-1, 0, 1)
    ]
    assert tones[0] < tones[1] < tones[2]


@pytest.mark.parametrize("kind", [kind for kind, one in GROUNDS.items() if one.moves])
def test_a_ground_that_moves_closes_its_loop_and_keeps_its_border(kind: str) -> None:
    made = [ground_sprite(GroundLook(kind, seed), 32, 4) for seed in (1, 2)]
    assert len(made[0].frames) == 4
    assert len({one.tobytes() for one in made[0].frames}) == 4
    for number in range(4):
        assert np.array_equal(made[0].rgba(number)[:, 0], made[1].rgba(number)[:, 0])
    steps = [np.mean(a != b) for a, b in pairwise([*made[0].frames, made[0].frames[0]])]
    assert max(steps) < 2.5 * min(steps)


def test_each_base_has_its_own_layout_and_colours() -> None:
    made = {ground_sprite(GroundLook("stone wall", 0, base)).rgba().tobytes() for base in range(6)}
    assert len(made) == 6


def test_what_nobody_knows() -> None:
    for look in (GroundLook("ambrosia"), GroundLook("grass", colors={"grass": "octarine"})):
        with pytest.raises(KeyError):
            ground_sprite(look)


# ----------------------------------------------------------------------------------------- pairs

PAIRS = (("grass", "water"), ("sand", "water"), ("grass", "dirt"), ("lava", "rock"),
         ("snow", "stone floor"), ("cobblestone", "grass"))  # fmt: skip


def test_a_sheet_has_every_tile_once() -> None:
    assert {corners_of(number) for number in range(16)} == set(product((0, 1), repeat=4))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("pair", PAIRS[:2])
def test_tiles_whose_corners_agree_join(pair: tuple[str, str], side: int) -> None:
    """Of every two tiles with equal corners where they meet: the line between the grounds goes on
    to the pixel, and the colours jump no more than inside."""
    looks = [GroundLook(kind) for kind in pair]
    whole = corner_sheet(looks[0], looks[1], side).rgba()[..., :3].astype(float)
    tiles = [whole[side * (n // COUNT) :, side * (n % COUNT) :][:side, :side] for n in range(16)]
    inside = max(np.abs(np.diff(one, axis=1)).mean((0, 2)).max() for one in tiles)
    met = 0
    for one, other in product(range(16), repeat=2):
        left, right = corners_of(one), corners_of(other)
        if left[1::2] == right[::2]:
            met += 1
            assert np.abs(tiles[one][:, -1] - tiles[other][:, 0]).mean() <= inside
        if left[2:] == right[:2]:
            met += 1
            assert np.abs(tiles[one][-1] - tiles[other][0]).mean() <= inside
    assert met == 128


@pytest.mark.parametrize("pair", PAIRS)
def test_the_line_between_two_grounds_runs_straight_over_every_border(
    pair: tuple[str, str],
) -> None:
    """Two single colours: what lies along the line is the same on both sides of each border."""
    flat = ("204060",) * 5, ("d0a020",) * 5
    looks = [
        GroundLook(kind, colors=dict.fromkeys(GROUNDS[kind].ramps, ramp))
        for kind, ramp in zip(pair, flat, strict=True)
    ]
    sheets = [corner_sheet(*(replace(look, seed=seed) for look in looks)).rgba() for seed in (0, 1)]
    tiles, others = (
        [one[32 * (n // COUNT) :, 32 * (n % COUNT) :][:32, :32] for n in range(16)]
        for one in sheets
    )
    for one, other in product(range(16), repeat=2):
        if corners_of(one)[1::2] == corners_of(other)[::2]:
            assert np.array_equal(tiles[one][:, -1], tiles[other][:, 0])
            assert np.array_equal(tiles[one][:, -1], others[other][:, 0])  # of another seed
        if corners_of(one)[2:] == corners_of(other)[:2]:
            assert np.array_equal(tiles[one][-1], tiles[other][0]), (one, other)
            assert np.array_equal(tiles[one][-1], others[other][0]), (one, other)


def test_corners_are_of_the_ground_that_the_file_says() -> None:
    looks = (
        GroundLook("grass", colors={"grass": "red"}),
        GroundLook("dirt", colors={"earth": "blue"}),
    )
    whole = corner_sheet(*looks).rgba().astype(int)
    told = json.loads(corner_json(("grass", "dirt"), 32))
    assert told["tile"] == 32 and len(told["tiles"]) == 16
    at = {"nw": (1, 1), "ne": (1, 30), "sw": (30, 1), "se": (30, 30)}
    for tile in told["tiles"]:
        for place, (y, x) in at.items():
            r, _, b, _ = whole[tile["y"] + y, tile["x"] + x]
            assert (r > b) == (tile[place] == "grass"), tile


def test_tiled_reads_the_terrain(tmp_path) -> None:
    parse = pytest.importorskip("pytiled_parser.parsers.tmx.tileset").parse
    sheet = corner_sheet(GroundLook("grass"), GroundLook("water"), 16, 2)
    files = dict(tiled_files(sheet, ("grass", "water"), "shore"))
    for suffix, data in files.items():
        (tmp_path / f"shore{suffix}").write_bytes(data)
    root = ElementTree.fromstring(files[".tsx"])
    tileset = parse(root, 1, tmp_path / "shore.tsx")
    assert tileset.tile_count == 32 and tileset.image_height == 128
    assert len(tileset.tiles[3].animation) == 2
    (one,) = tileset.wang_sets
    assert one.wang_type == "corner" and len(one.wang_tiles) == 16
    for number in range(16):
        nw, ne, sw, se = corners_of(number)
        ids = one.wang_tiles[number].wang_id
        assert [ids[n] for n in (1, 3, 5, 7)] == [2 - ne, 2 - se, 2 - sw, 2 - nw]
