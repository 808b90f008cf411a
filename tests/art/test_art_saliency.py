import numpy as np
from PIL import Image, ImageDraw

from pincel.art import cells, saliency, silhouette


def drawing(draw_on, size=192, ground=(230, 200, 170, 255)):
    picture = Image.new("RGBA", (size, size), ground)
    draw_on(ImageDraw.Draw(picture))
    return cells.sample_cells(np.asarray(picture), size // 12, size // 12)


def test_a_dark_line_is_a_ridge_and_an_edge_is_not():
    cut = drawing(
        lambda d: (
            d.line((30, 0, 30, 191), (20, 20, 20, 255), 5),
            d.rectangle((100, 0, 191, 191), (20, 20, 20, 255)),
        )
    )
    ridge = saliency.ridge(cut)
    assert ridge[:, 2].max() > 0.9
    assert np.abs(ridge[:, 6:11]).max() < 0.1


def test_light_lines_are_negative():
    cut = drawing(
        lambda d: d.line((30, 0, 30, 191), (255, 255, 255, 255), 4), ground=(40, 60, 50, 255)
    )
    assert saliency.ridge(cut)[:, 2].min() < -0.9


def test_texture_is_no_ridge():
    rng = np.random.default_rng(0)
    rgb = np.full((192, 192, 3), 120) + rng.normal(0, 40, (192, 192, 1))
    rgba = np.dstack([np.clip(rgb, 0, 255), np.full((192, 192), 255)]).astype(np.uint8)
    assert np.abs(saliency.ridge(cells.sample_cells(rgba, 16, 16))).mean() < 0.15


def test_the_middle_of_a_slanted_line_does_not_break():
    cut = drawing(lambda d: d.line((6, 20, 186, 120), (20, 20, 20, 255), 6))
    middles = saliency.middle(saliency.ridge(cut), cut.side)
    through = (middles > 0).sum(-1) >= 3
    columns = through[:, 1:15]
    assert np.all(columns.any(0)), "every column is crossed"
    assert columns.sum(0).max() <= 2, "and the line stays thin"


def test_an_outline_survives_hard_alpha():
    picture = Image.new("RGBA", (768, 768))
    ImageDraw.Draw(picture).ellipse(
        (128, 112, 650, 652), (240, 200, 170, 255), (10, 10, 10, 255), 9
    )
    cut = cells.sample_cells(np.asarray(picture), 64, 64)
    lines = saliency.ridge(cut)
    middles = saliency.middle(lines, cut.side)
    weighed = saliency.weigh(cut, saliency.saliency(cut), lines, middles)
    hidden = silhouette.cells_outside(weighed, middles)
    dark = weighed.mean[..., 0] < 0.5
    beside = np.zeros_like(hidden)  # visible cells with a transparent one at a side
    beside[1:-1, 1:-1] = ~hidden[1:-1, 1:-1] & (
        hidden[:-2, 1:-1] | hidden[2:, 1:-1] | hidden[1:-1, :-2] | hidden[1:-1, 2:]
    )
    assert dark[beside].mean() > 0.97
