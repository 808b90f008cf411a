"""Kernels against the slides' worked examples, scipy, scikit-image and torch."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from skimage import filters

from pincel.errors import PincelError
from pincel.pixels import kernels

# Seed 001, "Operación de convolución" and "Strides en la convolución".
FOUR = np.array([[2, 1, 4, 0], [1, 2, 2, 0], [3, 1, 2, 1], [0, 0, -1, 1]])
SIX = np.array(
    [
        [2, 1, 4, 0, 2, 3],
        [1, 2, 2, 0, 1, 2],
        [3, 1, 2, 1, 0, 1],
        [0, 0, -1, 1, 0, 3],
        [1, 2, 1, 2, 0, 3],
        [2, 0, 1, 3, 0, 3],
    ]
)


@pytest.fixture
def plane() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (23, 31)).astype(float)


def test_the_slide_of_four_by_four() -> None:
    answer = kernels.correlate(FOUR, kernels.parse_kernel("0,1,-1;0,1,2;0,1,0"))
    assert answer.tolist() == [[4, 8], [5, 5]]


def test_the_slide_with_stride_two() -> None:
    answer = kernels.correlate(SIX, kernels.parse_kernel("0,1,0;0,1,0;0,1,0"), stride=2)
    assert answer.tolist() == [[4, 1], [3, 4]]


def test_the_slide_of_the_laplacian() -> None:
    # Seed 003: the 4 x 4 piece around a bright spot under the eight-neighbour kernel.
    piece = [[108, 115, 112, 100], [112, 198, 202, 105], [115, 200, 195, 108], [120, 130, 125, 110]]
    answer = kernels.correlate(np.array(piece), kernels.FIXED["laplacian"])
    first = 8 * 198 - (108 + 115 + 112 + 112 + 202 + 115 + 200 + 195)
    assert answer[0, 0] == first == 425
    assert answer.shape == (2, 2) and (answer > 0).all()


@pytest.mark.parametrize("sides", [(3, 3), (5, 5), (1, 7), (4, 2), (2, 3)])
@pytest.mark.parametrize("padding, mode", [("same", "constant"), ("reflect", "mirror")])
def test_same_size_answers_are_scipys(
    plane: np.ndarray, sides: tuple[int, int], padding: str, mode: str
) -> None:
    kernel = np.random.default_rng(1).normal(size=sides)
    # Keras puts the odd row of padding last, scipy's window of an even kernel leans the other way
    origin = tuple(-1 if side % 2 == 0 else 0 for side in sides)
    expected = ndimage.correlate(plane, kernel, mode=mode, origin=origin)
    assert np.allclose(kernels.correlate(plane, kernel, padding=padding), expected)
    assert not np.allclose(kernels.convolve(plane, kernel, padding=padding), expected)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_valid_answers_are_torchs(plane: np.ndarray, stride: int) -> None:
    torch = pytest.importorskip("torch")
    kernel = np.random.default_rng(2).normal(size=(4, 3))
    expected = torch.nn.functional.conv2d(
        torch.tensor(plane)[None, None], torch.tensor(kernel)[None, None], stride=stride
    )
    answer = kernels.correlate(plane, kernel, stride=stride)
    assert np.allclose(answer, expected[0, 0].numpy())


def test_convolution_is_scipys_convolution_and_turns_the_kernel(plane: np.ndarray) -> None:
    kernel = np.arange(9.0).reshape(3, 3)
    expected = ndimage.convolve(plane, kernel, mode="constant")
    assert np.allclose(kernels.convolve(plane, kernel, padding="same"), expected)
    assert kernels.flip(kernel)[0].tolist() == [8, 7, 6]


def test_the_sizes_of_the_slides() -> None:
    # 100 x 100, 5 x 5, valid -> 96 x 96; 16 x 16, 3 x 3, same -> one pixel of padding
    assert kernels.correlate(np.zeros((100, 100)), np.ones((5, 5))).shape == (96, 96)
    assert kernels.pads(16, 3, 1, "same") == (1, 1)
    for side in range(1, 12):
        for size in range(1, 6):
            for stride in range(1, 4):
                shape = kernels.correlate(
                    np.ones((side, side)), np.ones((size, size)), stride=stride, padding="same"
                ).shape
                assert shape == (-(-side // stride),) * 2


def test_sobel_is_scikit_images(plane: np.ndarray) -> None:
    across = kernels.correlate(plane, kernels.FIXED["sobel-x"], padding="reflect")
    down = kernels.correlate(plane, kernels.FIXED["sobel-y"], padding="reflect")
    assert np.allclose(across, ndimage.sobel(plane, axis=1, mode="mirror"))
    assert np.allclose(down, ndimage.sobel(plane, axis=0, mode="mirror"))
    inside = (slice(1, -1), slice(1, -1))
    assert np.allclose(across[inside] / 4, filters.sobel_v(plane)[inside])
    length = kernels.magnitude(across, down) / 4 / np.sqrt(2)
    assert np.allclose(length[inside], filters.sobel(plane)[inside])


def test_gaussian_and_box_are_scipys(plane: np.ndarray) -> None:
    for sigma, size in ((0.7, 7), (1.0, 9), (2.0, 17)):
        ours = kernels.correlate(plane, kernels.gaussian(sigma, size), padding="reflect")
        theirs = ndimage.gaussian_filter(plane, sigma, mode="mirror", radius=size // 2)
        assert np.allclose(ours, theirs)
    ours = kernels.correlate(plane, kernels.box(5), padding="reflect")
    assert np.allclose(ours, ndimage.uniform_filter(plane, 5, mode="mirror"))
    assert kernels.gaussian(1.0).shape == (7, 7)
    assert kernels.gaussian(19.0).shape == (31, 31)


def test_the_four_neighbour_laplacian_is_scipys(plane: np.ndarray) -> None:
    ours = kernels.correlate(plane, kernels.FIXED["laplacian-4"], padding="reflect")
    assert np.allclose(ours, -ndimage.laplace(plane, mode="mirror"))


@pytest.mark.parametrize("name", sorted(kernels.FIXED))
def test_fixed_kernels_sum_to_one_or_nothing(name: str) -> None:
    assert kernels.FIXED[name].sum() in (0, 1)


@pytest.mark.parametrize("padding", kernels.PADDINGS)
@pytest.mark.parametrize("stride", [1, 2])
def test_a_window_is_the_step_that_gave_the_answer(
    plane: np.ndarray, padding: str, stride: int
) -> None:
    kernel = np.random.default_rng(3).normal(size=(3, 5))
    answer = kernels.correlate(plane, kernel, stride=stride, padding=padding)
    for y, x in ((0, 0), (3, 4), (answer.shape[0] - 1, answer.shape[1] - 1)):
        seen = kernels.window(plane, kernel, x, y, stride=stride, padding=padding)
        assert seen.total == pytest.approx(answer[y, x])
        assert np.allclose(seen.products, seen.values * kernel)
        rows = slice(max(seen.top, 0), seen.top + 3)
        columns = slice(max(seen.left, 0), seen.left + 5)
        inside = plane[rows, columns]
        assert np.isin(inside, seen.values).all()
    with pytest.raises(PincelError, match="columns go from 0 to"):
        kernels.window(plane, kernel, answer.shape[1], 0, stride=stride, padding=padding)


def test_the_telling_place_of_an_edge_is_on_the_edge() -> None:
    plane = np.zeros((20, 30))
    plane[:, 17:] = 200
    for name in ("sobel-x", "sharpen"):
        kernel = kernels.FIXED[name]
        answer = kernels.correlate(plane, kernel, padding="same")
        x, y = kernels.telling_place(answer, plane, kernel, padding="same")
        assert x in (16, 17) and 0 < y < 19


def test_canny_stands_on_the_smoothed_sobel() -> None:
    plane = np.zeros((40, 40))
    plane[:, 20:] = 180
    plane += np.random.default_rng(0).normal(0, 2, plane.shape)
    edges = kernels.canny(plane, 1.0, 25, 50)
    assert edges[5:-5].sum(1).tolist() == [1] * 30
    assert set(np.nonzero(edges[5:-5])[1]) <= {19, 20}
    assert not kernels.canny(plane, 1.0, 900, 1000).any()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1", [[1]]),
        ("1,2;3,4", [[1, 2], [3, 4]]),
        ("1 2; 3 4;", [[1, 2], [3, 4]]),
        ("1/9,-0.5", [[1 / 9, -0.5]]),
    ],
)
def test_a_matrix_is_read(text: str, expected: list) -> None:
    assert kernels.parse_kernel(text).tolist() == expected


@pytest.mark.parametrize(
    "text, said",
    [
        ("1,2;3", "equal length"),
        ("", "equal length"),
        ("1,x", '"x"'),
        ("1,1/0", '"1/0"'),
        ("nan,1", '"nan"'),
        (",".join("1" * 32), "up to 31"),
    ],
)
def test_a_bad_matrix_is_refused(text: str, said: str) -> None:
    with pytest.raises(PincelError, match=said):
        kernels.parse_kernel(text)


def test_a_kernel_over_the_picture_is_refused() -> None:
    with pytest.raises(PincelError, match="smaller kernel"):
        kernels.correlate(np.ones((2, 9)), np.ones((3, 3)))
    assert kernels.correlate(np.ones((2, 9)), np.ones((3, 3)), padding="same").shape == (2, 9)
    assert kernels.correlate(np.ones((1, 1)), np.ones((5, 5)), padding="reflect").shape == (1, 1)
