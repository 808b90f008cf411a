"""The captioner: learns words from pictures, looks where it says, stops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.learn.captioning import Captions, Lessons, captions_of  # noqa: E402
from pincel.learn.course import Batch, Order  # noqa: E402
from pincel.learn.prepare import generator_facts, prepare  # noqa: E402
from pincel.learn.run import Run  # noqa: E402
from pincel.learn.teach import teach  # noqa: E402
from pincel.learn.teach import written as asked_for  # noqa: E402
from pincel.learn.teacher import Teacher  # noqa: E402
from pincel.look.wording import written_captions  # noqa: E402
from pincel.nets.captioner import Config, Net  # noqa: E402

RED, BLUE, SQUARE, BAR = 1, 2, 3, 4


def drawn(count: int = 64, seed: int = 0) -> Captions:
    """Red and blue, squares and bars, at random places: two words say it all."""
    rng = np.random.default_rng(seed)
    pictures = np.zeros((count, 32, 32, 4), np.uint8)
    words = np.zeros((count, 12), np.int64)
    for i in range(count):
        blue, bar = rng.integers(0, 2, 2)
        y, x = rng.integers(4, 14, 2)
        color = (30, 60, 230, 255) if blue else (220, 40, 30, 255)
        pictures[i, y : y + (4 if bar else 12), x : x + 12] = color
        words[i, :2] = (BAR if bar else SQUARE), (BLUE if blue else RED)
    return Captions(pictures, words, np.ones(count), np.zeros(count, bool))


def step_of(net: Net):
    def step(pictures: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.inference_mode():
            scores, shares = net(torch.from_numpy(pictures), torch.from_numpy(words))
        return scores.numpy(), shares.numpy()

    return step


def begun(
    data: Captions, config: Config, folder: Path | None = None, **recipe: float
) -> tuple[Run, Lessons]:
    lessons = Lessons("drawn", data)
    shape = config.model_dump(exclude={"channels", "side"})
    plan = {"batch": 16, "rate": 3e-3, "precision": "fp32", "threads": 1} | recipe
    order = Order("captioner", lessons, 0, shape, plan, "cpu")
    return Run.at(folder, lambda: asked_for(order)), lessons


def test_it_goes_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    config = Config(words=5, width=24, heads=2, layers=1)
    whole, lessons = begun(drawn(64), config, steps=10, keep=3)
    *_, done = teach(whole, lessons)
    for event in teach(*begun(drawn(64), config, tmp_path / "run", steps=10, keep=3)):
        if isinstance(event, Batch) and event.step == 8:
            break
    *_, again = teach(*begun(drawn(64), config, tmp_path / "run", steps=10, keep=3))
    one, two = done.model.net.state_dict(), again.model.net.state_dict()
    assert all(torch.equal(one[key], two[key]) for key in one)


def test_it_learns_to_say_what_is_there_and_to_stop() -> None:
    config = Config(words=5, width=24, heads=2, layers=1, dropout=0)
    *_, done = teach(*begun(drawn(128), config, steps=80))
    net = done.model.net
    asked = drawn(16, seed=7)
    about = {"prepare": generator_facts(asked.pictures)}
    found = written_captions(step_of(net.eval()), prepare(asked.pictures, about).numpy())
    pairs = zip(found, asked.words, strict=True)
    right = [set(one.words) == set(row[:2].tolist()) for one, row in pairs]
    assert np.mean(right) >= 0.85
    one = found[0]
    assert one.shares.shape == (2, 8, 8) and one.shares.sum((1, 2)) == pytest.approx(1, abs=1e-4)
    assert all(0 < chance <= 1 for chance in one.chance)


def test_a_word_does_not_see_those_that_follow() -> None:
    torch.manual_seed(0)
    net = Net(Config(words=9, width=24, heads=2, layers=2, side=16)).eval()
    picture = torch.randn(1, 4, 16, 16)
    one, two = torch.tensor([[0, 3, 5, 1]]), torch.tensor([[0, 3, 7, 2]])
    with torch.inference_mode():
        (a, looked), (b, _) = net(picture, one), net(picture, two)
    assert torch.allclose(a[:, :2], b[:, :2], atol=1e-5)
    assert not torch.allclose(a[:, 2], b[:, 2], atol=1e-3)
    assert looked.shape == (1, 2, 2, 4, 16)
    assert torch.allclose(looked.sum(-1), torch.ones(1, 2, 2, 4), atol=1e-5)


def test_nothing_is_asked_after_the_end() -> None:
    """Words behind the end cannot change the loss of the decoder; the end itself is asked."""
    torch.manual_seed(0)
    net = Net(Config(words=9, width=24, heads=2, layers=1, side=16, dropout=0)).eval()
    picture, words = torch.randn(2, 4, 16, 16), torch.zeros(2, 12, dtype=torch.int64)
    words[:, 0] = 4
    ((_, loss),) = net.losses((picture, words))
    loss.backward()
    used = net.order.grad.abs().sum(1) > 0
    assert used.tolist() == [True, True] + [False] * 11  # the word, the end, no more


def test_captions_of_arrays_and_batches() -> None:
    arrays = {}
    for side in (16, 32):
        index = np.zeros((3, side, side), np.uint8)
        index[:, 4:9, 4:9] = 1
        palette = np.zeros((3, 32, 3), np.uint8)
        palette[:, 1] = (200, 10, 10)
        arrays |= {
            f"a{side}_index": index,
            f"a{side}_palette": palette,
            f"a{side}_words": np.tile(np.array([7, 0], np.uint16), (3, 1)),
            f"a{side}_weight": np.array([1, 1, 0.01], np.float32),
            f"a{side}_held": np.array([False, False, True]),
        }
    data = captions_of(arrays)
    assert data.pictures.shape == (6, 32, 32, 4) and data.held.sum() == 2
    assert (data.pictures[0, 8:18, 8:18] == (200, 10, 10, 255)).all()  # 16 pixels, doubled
    assert data.pictures[0, :8].max() == 0
    config = Config(words=9, width=24, heads=2, layers=1)
    teachers = [Teacher(*begun(data, config, steps=2, batch=4)) for _ in range(2)]
    first, again = (list(teacher._batches()) for teacher in teachers)
    assert torch.equal(first[1][0], again[1][0]) and not torch.equal(first[0][0], first[1][0])
    assert first[0][0].shape == (4, 4, 32, 32) and first[0][1].dtype == torch.int64
    assert ((first[0][0][:, 3] > 0).sum((1, 2)) >= 25).all()  # nothing is cut off
