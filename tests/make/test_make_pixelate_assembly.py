"""The wiring of the engine: every option reaches the stage that it is for."""

from __future__ import annotations

import numpy as np
import pytest

import pincel
from pincel.art import contour, learned, patterns
from pincel.make.pictures.pixelate import (
    Options,
    draw_labels,
    palette_to_draw,
    pixelate,
    prepare_stages,
)
from pincel.pixels.color import srgb_to_oklab


def mottled(size: int = 120, seed: int = 0) -> np.ndarray:
    """Blots of many colours with some grain, (size, size, 4) uint8: nothing is certain in it."""
    from scipy.ndimage import gaussian_filter

    random = np.random.default_rng(seed)
    blots = gaussian_filter(random.normal(0, 1, (size, size, 3)), (4, 4, 0)) * 260 + 128
    blots += random.normal(0, 12, blots.shape)
    return np.dstack([np.clip(blots, 40, 215), np.full((size, size), 255)]).astype(np.uint8)


def test_best_draws_with_the_learned_costs() -> None:
    (fast, plain), (best, learned) = (
        pixelate(mottled(), Options(width=24, colors=8, engine=engine))
        for engine in ("fast", "best")
    )
    assert np.array_equal(fast.palette, best.palette)
    assert np.mean(np.abs(plain.unary - learned.unary) > 0.01) > 0.2
    assert np.mean(fast.indices != best.indices) > 0.02


def test_best_is_best_for_the_job_too() -> None:
    fast, best = (
        pincel.pixelate(mottled(), width=24, colors=8, engine=engine) for engine in ("fast", "best")
    )
    assert np.mean(fast.rgba() != best.rgba()) > 0.02


@pytest.mark.parametrize("contrast", [0.5, 1.25])
def test_contrast_is_applied_once(contrast: float) -> None:
    _, plain = pixelate(mottled(), Options(width=12))
    _, more = pixelate(mottled(), Options(width=12, contrast=contrast))
    light, changed = (stages.cells.samples[..., 0] for stages in (plain, more))
    assert changed.std() / light.std() == pytest.approx(contrast, rel=0.01)
    assert np.array_equal(plain.cells.samples[..., 1:], more.cells.samples[..., 1:])


@pytest.mark.parametrize("saturation", [0.0, 0.5, 1.5])
def test_saturation_is_applied_once(saturation: float) -> None:
    _, plain = pixelate(mottled(), Options(width=12))
    _, more = pixelate(mottled(), Options(width=12, saturation=saturation))
    wanted = plain.cells.samples[..., 1:] * saturation
    assert more.cells.samples[..., 1:] == pytest.approx(wanted, abs=1e-6)
    assert np.array_equal(plain.cells.samples[..., 0], more.cells.samples[..., 0])


def test_colours_of_transparent_cells_are_not_chosen() -> None:
    """A glow that is cut off leaves nothing in the palette."""
    rgba = np.zeros((80, 80, 4), np.uint8)
    rgba[...] = (255, 0, 60, 100)
    rgba[20:60, 20:60] = (90, 95, 100, 255)
    rgba[30:50, 30:50] = (30, 35, 40, 255)
    sprite, stages = pixelate(rgba, Options(width=16, colors=6, alpha_threshold=0.6))
    assert stages.hidden.sum() == 16 * 16 - 8 * 8
    assert (np.ptp(sprite.palette.astype(int), axis=1) < 30).all()


def test_a_style_of_ones_own_is_drawn_in() -> None:
    """Whoever draws nothing but stray pixels gets more of them."""
    loner = np.full(256, 1e-3)
    loner[0] = 1000.0
    own, usual = (
        pixelate(mottled(), Options(width=24, colors=8, style=style))[1].drawn
        for style in (loner, None)
    )
    stray = [int((patterns.pattern_codes(labels) == 0).sum()) for labels in (own, usual)]
    assert stray[0] > stray[1] + 5


def test_the_rim_of_a_cut_out_is_made_even_too() -> None:
    """What is half covered may change sides: then its slope climbs evenly."""
    y, x = np.mgrid[0:240, 0:240]
    changed = 0
    for slope in (0.37, 0.43, 0.61):
        rgba = np.full((240, 240, 4), (120, 60, 40, 255), np.uint8)
        rgba[..., 3] = np.where(y > 30 + slope * x, 255, 0)
        _, stages = pixelate(rgba, Options(width=40, colors=2))
        changed += int(((stages.final < 0) != (stages.drawn < 0)).sum())
    assert changed > 0


def prepared(**more):
    """(cells, hidden, palette, options) of the mottled picture, ready for `draw`."""
    options = Options(width=24, colors=8, **more)
    seen = prepare_stages(mottled(), options)
    return seen.cells, seen.hidden, palette_to_draw(seen.cells, seen.hidden, options), options


def test_the_field_of_a_tile_goes_on_beyond_its_border() -> None:
    open_, closed = (draw_labels(*prepared(tileable=tileable)) for tileable in (False, True))
    assert np.array_equal(open_["first"], closed["first"])
    assert np.any(open_["drawn"] != closed["drawn"])


def test_the_frame_before_is_favoured_by_its_bonus() -> None:
    cut, hidden, palette, options = prepared()
    before = np.full(hidden.shape, 3, np.int16)
    bonus = np.zeros(hidden.shape, np.float32)
    bonus[:, 12:] = 5
    drawn = draw_labels(cut, hidden, palette, options, keep=(before, bonus))["drawn"]
    plain = draw_labels(cut, hidden, palette, options)["drawn"]
    assert (drawn[:, 12:] == 3).all() and not (drawn[:, :8] == 3).all()
    assert (drawn[:, :8] == plain[:, :8]).mean() > 0.9


def test_softened_outlines_get_their_own_slack() -> None:
    data = pytest.importorskip("skimage.data")
    photo = data.astronaut()[0:220, 120:340]
    options = Options(width=40, colors=16, engine="best")
    seen = prepare_stages(np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)]), options)
    cut, hidden, palette = (
        seen.cells,
        seen.hidden,
        palette_to_draw(seen.cells, seen.hidden, options),
    )
    made = draw_labels(cut, hidden, palette, options)
    given = (made["drawn"], srgb_to_oklab(palette), cut.mean, cut.coverage)
    wide, narrow = (
        contour.fix(*given, max_distance=slack) for slack in (learned.SLACK, contour.SLACK)
    )
    assert np.array_equal(made["final"], wide)
    assert not np.array_equal(wide, narrow)


def test_the_middle_of_a_thin_line_weighs_most() -> None:
    rgba = np.full((120, 120, 4), (210, 200, 190, 255), np.uint8)
    rgba[:, 58:60, :3] = (40, 30, 50)  # a third of a cell wide
    _, stages = pixelate(rgba, Options(width=20, colors=4))
    weight = stages.cells.weight
    assert weight[2:-2, 9].max() > 8 * weight[2:-2, 2].max()
    assert weight[2:-2, 2].max() < 2
