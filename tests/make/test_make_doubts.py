"""How sure a translated face is: chances that grow with what speaks for it."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.make.pictures import doubts

ROLES = ("none", "hair", "skin", "clothes", "glasses", "hat", "beard")


def _scores(sharp: float) -> np.ndarray:
    """(roles, 16, 16): hair above, skin, clothes below; `sharp` 0 knows nothing."""
    roles = np.repeat([1, 2, 3], [5, 6, 5])[:, None].repeat(16, 1)
    return sharp * (np.arange(len(ROLES))[:, None, None] == roles)


def test_pixels_between_two_roles_are_signs_of_doubt() -> None:
    spread = np.zeros(len(ROLES))
    sure, unsure = (doubts.signs(_scores(sharp), spread, ROLES) for sharp in (12.0, 1.0))
    assert set(sure) == set(doubts.PARTS)
    for part in doubts.PARTS:
        assert unsure[part][0] > sure[part][0]
        assert unsure[part][-1] > sure[part][-1]
    # most of the skin's rows lie above those in which hair is long
    assert sure["length"][3] < sure["hair"][3]


def test_a_colour_found_in_many_colours_is_a_sign_of_doubt() -> None:
    spread = np.where(np.array(ROLES) == "hair", 0.4, 0.0)
    signs = doubts.signs(_scores(9.0), spread, ROLES)
    assert signs["hair"][2] == pytest.approx(0.4) and signs["skin"][2] == 0


def test_chances_follow_the_table() -> None:
    table = {part: [-1.0, 0, -2.0, 0, 0, 3.0] for part in doubts.PARTS} | {doubts.WHOLE: [1.0, 0.0]}
    signs = {part: np.array([0.5, 0, 0.25, 9, 9]) for part in doubts.PARTS}
    told = doubts.part_chances(signs, table)
    expected = 1 / (1 + np.exp(-2.0))
    assert told["hair"] == pytest.approx(expected)
    together = expected**6  # seven parts, beards left out
    assert doubts.odds_together(told) == pytest.approx(np.log(together / (1 - together)))
    assert told[doubts.WHOLE] == pytest.approx(together)
    worse = doubts.part_chances(signs | {"hat": np.array([4.0, 0, 0, 9, 9])}, table)
    assert worse["hat"] < told["hat"] and worse[doubts.WHOLE] < told[doubts.WHOLE]
    assert worse["hair"] == told["hair"]
