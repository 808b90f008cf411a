import numpy as np
import pytest

from pincel.art import patterns


def test_codes_by_hand():
    labels = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert patterns.pattern_codes(labels)[1, 1] == (1 << 0) | (1 << 4)  # top left and bottom right


def test_counts_do_not_care_for_turns_and_mirrors():
    labels = np.random.default_rng(0).integers(-1, 3, (17, 23))
    counts = patterns.count_patterns([labels])
    for turned in (np.rot90(labels), labels[::-1], labels[:, ::-1].T):
        assert np.allclose(patterns.count_patterns([turned]), counts)


def test_transparent_pixels_are_not_counted():
    assert patterns.count_patterns([np.full((4, 4), -1)]).sum() == 0


@pytest.mark.parametrize("style", patterns.styles())
def test_every_style_gives_a_prior(style):
    cost = patterns.prior(patterns.pattern_table(style))
    assert cost.shape == (256,)
    assert cost[patterns.FLAT] == 0
    assert cost.std() > 0.2


def test_artists_draw_no_stray_pixels():
    cost = patterns.prior(patterns.pattern_table("superpowers"))
    assert cost[0] > cost[patterns.FLAT], "a stray pixel costs more than a flat area"
