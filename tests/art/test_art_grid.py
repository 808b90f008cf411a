"""Grids with a known answer."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from pincel.art.grid import (
    clean_cells,
    edge_peaks,
    edge_profile,
    find_grid,
    grid_scores,
    periodogram,
    trace_lines,
)
from samples import face_picture


def sprite(rows: int = 24, columns: int = 32, seed: int = 0) -> np.ndarray:
    """Blobs of six colours, opaque, (rows, columns, 4)."""
    random = np.random.default_rng(seed)
    palette = random.integers(0, 256, (6, 4)).astype(np.uint8)
    palette[:, 3] = 255
    index = random.integers(0, 6, (rows, columns))
    same = random.random((rows, columns)) < 0.5
    index[:, 1:][same[:, 1:]] = index[:, :-1][same[:, 1:]]
    return palette[index]


def enlarged(rgba: np.ndarray, width: int, height: int) -> np.ndarray:
    return np.asarray(Image.fromarray(rgba).resize((width, height), Image.Resampling.NEAREST))


def wobbling(rgba: np.ndarray, scale: float, wobble: float, seed: int):
    """The sprite with every line displaced, and the true lines of the columns."""
    random = np.random.default_rng(seed)
    cell_of, lines = [], []
    for cells in rgba.shape[:2]:
        line = np.arange(cells + 1.0)
        line[1:-1] += random.normal(0, wobble, cells - 1)
        line = np.maximum.accumulate(line) * scale
        places = np.arange(round(cells * scale)) + 0.5
        cell_of.append(np.clip(np.searchsorted(line, places, side="right") - 1, 0, cells - 1))
        lines.append(line)
    picture = rgba[cell_of[0]][:, cell_of[1]].astype(float)
    picture[..., :3] += random.normal(0, 4, picture[..., :3].shape)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8), lines[1]


@pytest.mark.parametrize("scale", [2, 2.5, 3.7, 7.3, 12.5])
def test_nearest_neighbour_is_exact(scale: float) -> None:
    picture = enlarged(sprite(), round(32 * scale), round(24 * scale))
    grid = find_grid(picture)
    assert (grid.width, grid.height) == (32, 24)
    assert grid.confidence == 1.0
    assert grid.cell[0] == pytest.approx(scale, rel=0.02)


def test_whole_number_cells_may_be_cut_by_the_frame() -> None:
    picture = enlarged(sprite(), 32 * 8, 24 * 8)[3:, 5:]
    grid = clean_cells(picture)
    assert grid is not None
    assert (grid.width, grid.height) == (32, 24)
    assert grid.cell == (8.0, 8.0)
    assert grid.offset == (3.0, 5.0)


@pytest.mark.parametrize("seed", range(3))
def test_lines_are_followed_where_they_wobble(seed: int) -> None:
    picture, truth = wobbling(sprite(seed=seed), 10.7, 0.15, seed)
    grid = find_grid(picture)
    assert (grid.width, grid.height) == (32, 24)
    assert np.median(np.abs(grid.columns - truth)) < 1.0
    assert np.all(np.diff(grid.columns) > 0) and np.all(np.diff(grid.rows) > 0)


def test_a_blurred_crop_has_an_offset() -> None:
    large = enlarged(sprite(), 32 * 11, 24 * 11)
    soft = np.asarray(Image.fromarray(large).resize((32 * 11 + 1, 24 * 11 + 1), Image.BICUBIC))
    grid = find_grid(soft[4:, 6:])
    assert grid.cell[0] == pytest.approx(11, abs=0.1)
    assert grid.offset[0] % grid.cell[0] == pytest.approx(5, abs=1.0)
    assert grid.offset[1] % grid.cell[1] == pytest.approx(7, abs=1.0)


def test_what_the_person_says_is_taken() -> None:
    picture, _ = wobbling(sprite(), 10.7, 0.1, 5)
    named = find_grid(picture, size=(16, 12))
    assert (named.width, named.height, named.confidence) == (16, 12, 1.0)
    celled = find_grid(picture, cell=10.7)
    assert (celled.width, celled.height) == (32, 24)
    shifted = find_grid(picture, cell=(10.7, 10.7), offset=(5.0, 0.0))
    assert shifted.offset == (5.0, 0.0)


def test_smooth_pictures_earn_no_confidence() -> None:
    y, x = np.mgrid[0:200, 0:240] / 40.0
    waves = np.stack([np.sin(x * 1.3 + y), np.cos(y * 1.7), np.sin(x * y / 3)], -1)
    picture = np.full((200, 240, 4), 255, np.uint8)
    picture[..., :3] = 127 + 100 * waves
    assert find_grid(picture).confidence < 0.4
    assert find_grid(np.full((60, 60, 4), 255, np.uint8)).confidence < 0.4


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (3, 3), (5, 2)])
def test_pictures_without_room_have_a_grid_all_the_same(shape: tuple[int, int]) -> None:
    grid = find_grid(np.random.default_rng(0).integers(0, 256, (*shape, 4)).astype(np.uint8))
    assert grid.width >= 1 and grid.height >= 1


def test_edges_under_transparency_count() -> None:
    face = face_picture(24)
    profile = edge_profile(enlarged(face, 240, 240), 1)
    places = np.flatnonzero(profile > 0.01) + 1
    assert len(places) and np.all(places % 10 == 0)


def test_scores_peak_at_the_truth() -> None:
    axis = edge_peaks(edge_profile(wobbling(sprite(), 9.3, 0.1, 1)[0], 1))
    cells = np.arange(10, 60)
    scores = grid_scores(axis, axis.size / cells, 0.1)
    assert cells[scores.argmax()] == 32
    power, phase = periodogram(axis, axis.size / cells)
    assert cells[power.argmax()] == 32
    assert min(phase[22], 1 - phase[22]) < 0.1


def test_traced_lines_rise_even_without_edges() -> None:
    flat = edge_peaks(np.zeros(99))
    lines = trace_lines(flat, 10.0, 0.0, 0.1)
    np.testing.assert_allclose(lines, np.arange(11) * 10.0)
