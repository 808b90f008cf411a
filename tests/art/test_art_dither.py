import numpy as np
import pytest

from pincel.art import dither
from pincel.pixels import color

RNG = np.random.default_rng(0)


def sky(height: int = 48, width: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A gradient over a dark hill: cells (OKLab), palette (OKLab), nearest labels."""
    y, _ = np.mgrid[0:height, 0:width] / height
    cells = np.zeros((height, width, 3), np.float32)
    cells[..., 0] = 0.4 + 0.3 * y
    cells[..., 2] = -0.08
    cells[36:] = (0.2, -0.05, 0.05)
    palette = np.array([[0.42, 0, -0.08], [0.55, 0, -0.08], [0.68, 0, -0.08], [0.2, -0.05, 0.05]])
    labels = ((cells[:, :, None] - palette) ** 2).sum(-1).argmin(-1).astype(np.int16)
    return cells, palette.astype(np.float32), labels


@pytest.mark.parametrize("size", [2, 4, 8])
def test_bayer_holds_every_threshold_once(size: int) -> None:
    matrix = dither.bayer(size)
    wanted = (np.arange(size * size) + 0.5) / size**2
    assert np.allclose(np.sort(matrix.ravel()), wanted)


def test_bayer_two_by_two_is_the_known_one() -> None:
    assert np.array_equal(dither.bayer(2) * 4 - 0.5, [[0, 2], [3, 1]])


def test_blue_noise_has_little_low_frequency() -> None:
    matrix = dither.blue_noise(32)
    assert np.allclose(np.sort(matrix.ravel()), (np.arange(1024) + 0.5) / 1024)
    spectrum = np.abs(np.fft.fft2((matrix < 0.3) - 0.3)) ** 2
    away = np.minimum(np.arange(32), 32 - np.arange(32))
    radius = np.hypot(away[:, None], away[None])
    low = spectrum[(radius > 0) & (radius < 4)].mean()
    high = spectrum[radius > 10].mean()
    assert low < 0.1 * high  # white noise: about equal


@pytest.mark.parametrize("method", [m for m in dither.METHODS if m != "none"])
def test_dither_comes_closer_on_the_gradient_and_leaves_the_rest(method: str) -> None:
    cells, palette, labels = sky()
    result = dither.dither(labels, cells, palette, method)
    assert np.array_equal(result[37:], labels[37:])
    assert set(np.unique(result[:36])) <= {0, 1, 2}
    assert (result != labels).sum() > 60

    def blurred(index: np.ndarray) -> np.ndarray:  # what the eye sees from afar
        shown = palette[index][:36, :, 0]
        rows = np.stack([shown[i : i + 6].mean(0) for i in range(30)])
        return np.stack([rows[:, i : i + 6].mean(1) for i in range(34)])

    source = cells[:36, :, 0]
    wanted = np.stack([source[i : i + 6].mean(0) for i in range(30)])
    wanted = np.stack([wanted[:, i : i + 6].mean(1) for i in range(34)])
    plain, mixed = (np.abs(blurred(x) - wanted).mean() for x in (labels, result))
    # hand-drawn patterns know few densities: they promise a texture, not exact shades
    assert mixed < (1.0 if method in dither.ARTIST else 0.8) * plain


def test_flat_areas_and_texture_stay_plain() -> None:
    palette = np.array([[0.4, 0, 0], [0.5, 0, 0], [0.6, 0, 0]], np.float32)
    flat = np.full((24, 24, 3), (0.45, 0, 0), np.float32)
    rough = flat.copy()
    rough[..., 0] += RNG.normal(0, 0.05, (24, 24))
    for cells in (flat, rough):
        labels = ((cells[:, :, None] - palette) ** 2).sum(-1).argmin(-1).astype(np.int16)
        assert np.array_equal(dither.dither(labels, cells, palette, "bayer4"), labels)


def test_transparent_cells_stay_transparent() -> None:
    cells, palette, labels = sky()
    labels[:, :10] = -1
    result = dither.dither(labels, cells, palette, "floyd-steinberg")
    assert np.array_equal(result == -1, labels == -1)


def test_far_apart_colours_do_not_mix() -> None:
    targets = np.linspace([0.1, 0, 0], [0.9, 0, 0], 20).astype(np.float32)
    palette = np.array([[0.1, 0, 0], [0.9, 0, 0]], np.float32)
    dark, light, _ = dither.dither_pairs(targets, palette, furthest=0.22)
    assert np.array_equal(dark, light)


def test_a_pair_never_skips_a_colour_between() -> None:
    palette = np.array([[0.4, 0, 0], [0.45, 0, 0], [0.5, 0, 0]], np.float32)
    dark, light, share = dither.dither_pairs(np.array([[0.46, 0, 0]], np.float32), palette, 0.3)
    assert (int(dark[0]), int(light[0])) == (1, 2)
    assert share[0] == pytest.approx(0.2, abs=1e-3)


def test_wrapped_tiles_know_materials_across_the_border() -> None:
    cells = np.full((8, 8, 3), 0.5, np.float32)
    mask = np.ones((8, 8), bool)
    mask[:, 4] = False
    assert dither.materials(cells, mask).max() == 2
    assert dither.materials(cells, mask, wrap=True).max() == 1


def test_unknown_method_is_refused() -> None:
    cells, palette, labels = sky()
    with pytest.raises(ValueError, match="method must be"):
        dither.dither(labels, cells, palette, "ordered")


def test_strength_narrows_the_band() -> None:
    cells, palette, labels = sky()
    weak, full = (
        (dither.dither(labels, cells, palette, "bayer4", strength=s) != labels).sum()
        for s in (0.4, 1.0)
    )
    assert 0 < weak < full
    assert color.oklab_distance(palette[0], palette[1]) > 0.1
