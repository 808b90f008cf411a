import numpy as np

from pincel.art import cells, steady


def film(sigma: float, count: int = 4, moving: bool = False) -> list[cells.Cells]:
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:96, 0:96] / 96
    ground = np.stack([90 + 120 * x, 140 + 60 * y, 200 - 100 * x], -1)
    frames = []
    for n in range(count):
        rgb = ground.copy()
        if moving:
            rgb[32:56, 8 + 20 * n : 28 + 20 * n] = (230, 40, 40)
        seen = np.clip(rgb + rng.normal(0, sigma, rgb.shape), 0, 255)
        rgba = np.dstack([seen, np.full((96, 96), 255.0)]).astype(np.uint8)
        frames.append(cells.sample_cells(rgba, 24, 24))
    return frames


def follow(frames: list[cells.Cells]) -> tuple[list[steady.Change], list[np.ndarray]]:
    """Every change; cells are labelled by the frame in which they were (re)drawn."""
    seen = [steady.looks(f) for f in frames]
    memory = steady.begin_memory(seen[0], np.zeros((24, 24), np.int16), steady.noise_of(seen))
    changes, labels = [], []
    for n, look in enumerate(seen[1:], 1):
        change = steady.compare_looks(memory, look)
        drawn = steady.hold(np.full((24, 24), n, np.int16), change)
        memory = steady.remember(memory, change, drawn)
        changes.append(change)
        labels.append(drawn)
    return changes, labels


def test_noise_alone_changes_nothing() -> None:
    for sigma in (0, 2, 6):
        changes, labels = follow(film(sigma))
        still = np.mean([c.still.mean() for c in changes])
        assert still > 0.995, (sigma, still)
        assert (labels[-1] == 0).mean() > 0.99


def test_what_moves_is_drawn_anew_and_what_comes_back_as_it_was() -> None:
    changes, labels = follow(film(3, moving=True))
    assert not changes[0].still[9:13, 8:11].any()  # the block's new place
    assert changes[0].still[18:].mean() > 0.99
    assert (labels[0][9:13, 3:6] == 1).all()  # ground never seen before frame 1
    assert (labels[1][9:13, 8:11] == 0).all()  # ground seen in frame 0, covered in frame 1
    assert (labels[1][9:13, 13:16] == 2).all()  # the block again


def test_a_slow_fade_is_followed() -> None:
    frames = []
    for n in range(20):
        rgba = np.full((24, 24, 4), 255, np.uint8)
        rgba[..., :3] = 60 + 4 * n
        frames.append(cells.sample_cells(rgba, 24, 24))
    changes, _ = follow(frames)
    assert np.sum([not c.still.all() for c in changes]) >= 4


def test_noise_is_told_by_lightness_and_motion_is_not_noise() -> None:
    quiet = steady.noise_of([steady.looks(f) for f in film(1)])
    loud = steady.noise_of([steady.looks(f) for f in film(6)])
    moving = steady.noise_of([steady.looks(f) for f in film(1, moving=True)])
    assert np.all(loud > 2 * quiet)
    assert np.all(moving < 3 * quiet)
    assert np.all(steady.noise_of([]) == 0)


def test_resample_keeps_the_length() -> None:
    shown, durations = steady.resample((100, 100, 100, 100), 5)
    assert shown == [1, 3] and sum(durations) == 400
    shown, durations = steady.resample((0, 200), 20)
    assert len(shown) == 6 and shown == [0, 0, 1, 1, 1, 1] and sum(durations) == 300
    assert steady.resample((40,), 1) == ([0], [1000])
