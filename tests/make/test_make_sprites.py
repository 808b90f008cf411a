import numpy as np
import pytest

from pincel.make.pictures import sprites
from pincel.make.pictures.pixelate import Options
from pincel.pixels.picture import Picture
from samples import face_picture


def film(sigma: float, count: int = 4, ball: bool = False) -> tuple[Picture, np.ndarray]:
    """A noisy still of a face, with or without a ball that crosses it; where the ball is."""
    rng = np.random.default_rng(11)
    face = face_picture(96)
    face[face[..., 3] == 0] = (90, 150, 200, 255)
    y, x = np.mgrid[0:96, 0:96]
    frames, places = [], []
    for n in range(count):
        rgb = face[..., :3].astype(float)
        here = (x - 14 - 22 * n) ** 2 + (y - 70) ** 2 < 100
        if ball:
            rgb[here] = (40, 210, 80)
        seen = np.clip(rgb + rng.normal(0, sigma, rgb.shape), 0, 255)
        frames.append(np.dstack([seen, np.full((96, 96), 255)]).astype(np.uint8))
        places.append(here if ball else np.zeros_like(here))
    return Picture(tuple(frames), (100,) * count), np.stack(places)


@pytest.mark.parametrize("sigma", [0.0, 3.0, 8.0])
def test_noise_makes_at_most_half_a_percent_flicker(sigma: float) -> None:
    picture, _ = film(sigma)
    drawn = sprites.draw_sprite(picture, Options(width=32, colors=12), sprites.Finish())
    stack = np.stack(drawn.sprite.frames)
    assert (stack[1:] != stack[:-1]).mean() <= 0.005


def test_a_ball_leaves_no_ghost_and_disturbs_nothing_else() -> None:
    picture, places = film(4.0, ball=True)
    drawn = sprites.draw_sprite(
        picture, Options(width=32, colors=12), sprites.Finish(dither="bayer4")
    )
    shown = np.stack([drawn.sprite.rgba(n)[..., :3] for n in range(4)]).astype(int)
    cells = places.reshape(4, 32, 3, 32, 3).mean((2, 4))
    green = (shown[..., 1] > shown[..., 0] + 60) & (shown[..., 1] > shown[..., 2] + 60)
    assert green[cells == 1].mean() > 0.95
    assert not green[cells == 0].any()
    untouched = (cells == 0).all(0)
    assert (shown[1:, untouched] != shown[:-1, untouched]).any(-1).mean() <= 0.005


def test_drawing_tells_its_frames() -> None:
    picture, _ = film(0.0)
    steps = list(sprites.by_frames(picture, Options(width=16, colors=4), sprites.Finish()))
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_outer_line_has_room_where_the_subject_only_touches_the_side() -> None:
    rgba = np.zeros((60, 60, 4), np.uint8)
    y, x = np.mgrid[0:60, 0:60] - 29.5
    rgba[x * x + y * y < 29.5**2] = (230, 120, 60, 255)  # touches all four sides
    finish = sprites.Finish(outline="dark")
    drawn = sprites.draw_sprite(Picture((rgba,)), Options(width=20, colors=4), finish).sprite
    lab = drawn.rgba()[..., :3].sum(-1)
    rim = [drawn.indices[0], drawn.indices[-1], drawn.indices[:, 0], drawn.indices[:, -1]]
    assert drawn.width == drawn.height == 20
    for side in rim:
        assert (side >= 0).any()
    assert lab[0][drawn.indices[0] >= 0].max() < 200
    bust = rgba.copy()
    bust[30:, 5:55] = (230, 120, 60, 255)  # cut off below
    below = sprites.draw_sprite(Picture((bust,)), Options(width=20, colors=4), finish).sprite
    assert below.rgba()[-1, 8:12, :3].sum(-1).min() > 200


def test_locked_palette_is_kept_whole_and_in_order() -> None:
    face = face_picture()
    palette = np.array([[0, 0, 0], [255, 255, 255], [236, 188, 156], [1, 2, 3]], np.uint8)
    drawn = sprites.draw_sprite(Picture((face,)), Options(width=16), sprites.Finish(), palette)
    assert np.array_equal(drawn.sprite.palette, palette)
