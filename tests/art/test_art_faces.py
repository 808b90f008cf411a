"""Faces of parts drawn by hand: every part fits, every mood and hair is another picture."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.art.faces import (
    BEARDS,
    CLOTHES,
    EYES,
    GLASSES,
    HATS,
    HEADS,
    LONG,
    MOODS,
    SHORT,
    SIGN,
    SIGN_EYES,
    FaceLook,
    face_sprite,
)

LOOKS = [
    *(FaceLook(hair=one) for one in (*SHORT, *LONG, "")),
    *(FaceLook(mood=one) for one in MOODS[1:]),
    *(FaceLook(hat=one) for one in HATS),
    *(FaceLook(beard=one) for one in BEARDS),
    *(FaceLook(glasses=one) for one in GLASSES),
    *(FaceLook(head=one) for one in HEADS[1:]),
    *(FaceLook(eyes=one) for one in EYES[1:]),
    *(FaceLook(clothes=one) for one in CLOTHES[1:]),
    *(FaceLook(SIGN, mood=one) for one in MOODS),
    *(FaceLook(SIGN, one) for one in SIGN_EYES[1:]),
    FaceLook(SIGN, more=frozenset(["blush"])),
    *(FaceLook(more=frozenset([one])) for one in
      ("ears", "horns", "tusks", "tears", "lips", "wrinkles")),
]  # fmt: skip


def test_every_look_is_another_face() -> None:
    assert len({face_sprite(look).rgba().tobytes() for look in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_face_is_whole(look: FaceLook) -> None:
    from skimage.measure import label

    sprite = face_sprite(look)
    shown = sprite.indices >= 0
    assert shown.shape == (32, 32) and len(sprite.palette) <= 31
    assert label(shown, connectivity=2).max() == 1, "nothing hangs loose"
    inside = label(~shown, connectivity=1)
    edge = np.concatenate([inside[0], inside[:, 0], inside[:, -1], inside[-1]])
    assert set(np.unique(inside)) <= {0, *np.unique(edge)}, "no holes"


def test_colours_are_the_ones_named() -> None:
    blue = face_sprite(FaceLook(colors={"hair": "blue"})).rgba()[:9].reshape(-1, 4)
    blue = blue[blue[:, 3] > 0].astype(int)
    assert (blue[:, 2] > blue[:, 0] + 30).mean() > 0.7
    with pytest.raises(KeyError):
        face_sprite(FaceLook(colors={"hair": "octarine"}))
    with pytest.raises(KeyError):
        face_sprite(FaceLook(hair="none such"))
