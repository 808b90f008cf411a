"""Watching generators: what is shown is what the network did."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from pincel.errors import PincelError  # noqa: E402
from pincel.learn.prepare import network_numbers, to_pictures  # noqa: E402
from pincel.look.asked import Asked  # noqa: E402
from pincel.look.steps import quality  # noqa: E402
from pincel.look.watched import watched  # noqa: E402
from pincel.nets import cnn, diffusion, gan, masked, transformer, vae  # noqa: E402
from pincel.nets._network import Model  # noqa: E402
from pincel.show.nets.watched import curves_of  # noqa: E402

DIGITS = {"channels": 1, "side": 8, "classes": 3}


def model(family: str, net) -> Model:
    for weight in net.parameters():  # as if it had learned something
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.2)
    channels = net.config.channels
    prepare = {"size": [8, 8], "channels": channels, "type": "uint8", "mean": [0.5] * channels,
               "std": [0.5] * channels, "resize": "bilinear"}  # fmt: skip
    about = {"prepare": prepare, "classes": ["a", "b", "c"], "metrics": {}}
    return Model(family, net.eval(), about)


def flow(**more) -> Model:
    torch.manual_seed(1)
    config = diffusion.Config(**DIGITS, width=16, widen=(1.0, 2.0), steps=5, **more)
    return model("diffusion", diffusion.Net(config))


def test_the_way_back_ends_at_the_sample() -> None:
    one = flow()
    told = watched(one, Asked(seed=4, label=2, count=3))
    right = to_pictures(one.net.sample([4], torch.tensor([2])), one.about)[0]
    way = told.reversals[0]
    assert np.array_equal(way.held[-1], right)
    assert np.array_equal(told.samples[0], right)  # the grid begins with the same seed
    assert len(way.times) == 6 and len(way.seen) == 5 and way.times[-1] == 0
    assert [w.guidance for w in told.reversals] == [1.5, 1.0, 0.0]
    assert not np.array_equal(told.reversals[0].held[-1], told.reversals[2].held[-1])
    assert set(told.missing) == {"drawing", "uncovering", "verdicts", "coding"}


def test_the_followed_pixel_obeys_the_formula() -> None:
    picture = np.arange(64, dtype=np.uint8).reshape(8, 8, 1) * 4
    told = watched(flow(schedule="cosine"), Asked(cell=(3, 5), times=(0, 0.5, 1)), picture).noising
    assert told is not None and told.cell == (3, 5)
    assert np.array_equal(told.pictures[0], picture) and np.array_equal(told.frames[0], picture)
    for row in told.rows:
        right = row["signal"] * row["x0"] + row["noise_level"] * row["noise"]
        assert row["xt"] == pytest.approx(right, abs=1e-6)
        assert row["x0"] == pytest.approx(picture[3, 5, 0] / 127.5 - 1, abs=1e-6)
    assert told.rows[1]["alpha_bar"] == pytest.approx(0.5)
    assert len(told.curves["beta"]) == 1001
    kept = np.cumprod(1 - told.curves["beta"])
    np.testing.assert_allclose(kept, told.curves["alpha_bar"], atol=1e-12)


def test_three_views_say_the_same() -> None:
    for schedule in ("flow", "cosine"):
        told = watched(flow(schedule=schedule, predict="x0"), Asked(cell=(1, 1))).views
        assert told is not None and told.asked == "x0" and len(told.times) == 5
        for i, row in enumerate(told.rows):
            a, s = row["signal"], row["noise_level"]
            assert row["xt"] == pytest.approx(a * row["x0"] + s * row["noise"], abs=1e-3)
            p, q = (-1, 1) if schedule == "flow" else (-s, a)
            assert row["velocity"] == pytest.approx(p * row["x0"] + q * row["noise"], abs=1e-3)
            assert told.velocity[i, 1, 1] == pytest.approx(row["velocity"])


def test_shares_are_the_softmax_of_the_scores() -> None:
    torch.manual_seed(2)
    config = transformer.Config(**DIGITS, width=32, layers=2, heads=2, colors=5)
    for one in (flow(), model("transformer", transformer.Net(config))):
        seen = watched(one, Asked(cell=(4, 3), head=1)).attended
        assert seen is not None and seen.head == 1
        powers = np.exp(seen.scores - seen.scores.max(1, keepdims=True))
        right = powers / powers.sum(1, keepdims=True)
        np.testing.assert_allclose(seen.shares, right, atol=1e-6)
        assert np.nansum(seen.maps()[1]) == pytest.approx(
            seen.shares[1][seen.places[:, 0] >= 0].sum()
        )
    # a transformer's pixel sees the begin sign and the pixels before it
    assert len(seen.places) == 1 + 4 * 8 + 3 and tuple(seen.places[-1]) == (4, 2)
    assert np.isnan(seen.maps()[0][4, 3])


def test_drawing_tells_chance_and_surprise() -> None:
    torch.manual_seed(2)
    config = transformer.Config(**DIGITS, width=32, layers=1, heads=2, colors=5)
    one = model("transformer", transformer.Net(config))
    told = watched(one, Asked(seed=9, label=0, cell=(2, 2))).drawing
    assert told is not None
    assert told.chances.sum() == pytest.approx(1)
    bits = -np.log2(told.chances[told.taken])
    assert told.surprise[2, 2] == pytest.approx(bits, rel=1e-5)
    assert not told.frames[0].any() and told.pixels[-1] == 64
    whole = to_pictures(one.net.sample([9], torch.tensor([0])), one.about)[0]
    assert np.array_equal(told.frames[-1][..., :1], whole)
    assert told.palette[told.taken, 0] == whole[2, 2, 0]


def test_uncovering_ends_at_the_sample() -> None:
    torch.manual_seed(4)
    config = masked.Config(**DIGITS, colors=4, width=16, deep=16, blocks=1, layers=2, heads=2)
    net = masked.Net(config)
    masked.fit(net, np.arange(256, dtype=np.uint8).reshape(4, 8, 8, 1))
    one = model("masked", net)
    told = watched(one, Asked(seed=2, label=1, steps=4, cell=(7, 7), head=0))
    way, seen = told.uncovering, told.attended
    assert way is not None and seen is not None
    right = to_pictures(net.sample([2], torch.tensor([1]), 4), one.about)[0]
    assert np.array_equal(way.frames[-1][..., :1], right) and way.known[-1].all()
    assert not way.known[0].any() and not way.frames[0].any()
    assert (np.diff(way.known.sum((1, 2))) > 0).all()
    assert (np.isnan(way.sure) == way.known[:-1]).all()
    for k in range(4):  # what is named once stays as it is
        assert np.array_equal(way.frames[k][way.known[k]], way.frames[-1][way.known[k]])
    # the patch may look at 4 patches, one word, 4 colours; the shares are its layer's own
    assert seen.grid == (2, 2) and seen.asked == (1, 1)
    assert [kind for kind, _ in seen.others.values()] == ["word"] + ["color"] * 4
    assert seen.others[4] == ("word", "b")
    np.testing.assert_allclose(seen.shares.sum(1), 1)
    look = list(net.steps([2], torch.tensor([1]), 4))[2]
    with torch.no_grad():
        sequence, allowed, _ = net.tokens(*net.given(look.sight))
        shares = net.layers[1].attention(net.layers[0](sequence, allowed), allowed)[0, :, 3]
    kept = shares.numpy()[:, allowed[0, 0, 0].numpy()]
    np.testing.assert_allclose(seen.shares, kept, atol=1e-6)


def test_verdicts_are_the_discriminators() -> None:
    torch.manual_seed(3)
    one = model("gan", gan.Net(gan.Config(**DIGITS, width=4, noise=4)))
    told = watched(one, Asked(count=6)).verdicts
    assert told is not None and (np.diff(told.made) <= 0).all()
    made = one.net.sample(range(6), torch.arange(6) % 3)
    with torch.no_grad():
        said = one.net.discriminator(made, torch.arange(6) % 3).numpy()
    np.testing.assert_allclose(told.made, np.sort(said)[::-1], rtol=1e-5)


def test_more_steps_against_real_pictures() -> None:
    """A network that always sees the mean makes the mean: its distance is the spread of the real
    pictures, however often it looks."""
    one = flow()
    one.net.see = lambda *_: lambda x, t: torch.zeros_like(x)
    rng = np.random.default_rng(5)
    real = (127.5 + 40 * rng.standard_normal((96, 8, 8, 1))).clip(0, 255).astype(np.uint8)
    *steps, told = quality(one, real, looks=(1, 4), shown=2)
    assert len(steps) == 5 and steps[-1] == (4, 5)  # heun needs two looks
    assert {p.sampler for p in told.points} == {"euler", "heun", "ancestral"}
    assert told.count == 48 and told.points[0].pictures.shape == (2, 8, 8, 1)
    flat = network_numbers(real, one.about).reshape(96, -1)
    spread = np.linalg.svd(flat - flat.mean(0), compute_uv=False)[:24] ** 2 / 95
    for point in told.points:
        assert point.distance == pytest.approx(spread.sum(), rel=0.05)
    assert 0 < told.floor < told.points[0].distance / 2
    with pytest.raises(PincelError, match="too few"):
        list(quality(one, real[:20]))


def test_what_cannot_be_watched_is_said_in_a_sentence() -> None:
    with pytest.raises(PincelError, match="makes no pictures"):
        watched(model("cnn", cnn.Net(cnn.Config(channels=1, classes=2, widths=(4,), blocks=(1,)))),
                Asked())  # fmt: skip
    config = masked.Config(**DIGITS, colors=4, width=16, deep=16, layers=1, vocabulary=9)
    with pytest.raises(PincelError, match="--steps-gif"):
        watched(model("masked", masked.Net(config)), Asked())
    for asked, words in (
        (Asked(cell=(8, 0)), "lies outside"),
        (Asked(head=7), "0 to 3"),
        (Asked(layer="conv1"), "unet.look.attention"),
    ):
        with pytest.raises(PincelError, match=words):
            watched(flow(), asked)


def _coder(dims: int = 6) -> Model:
    torch.manual_seed(3)
    config = vae.Config(channels=1, side=8, dims=dims, width=8, depth=1)
    return model("vae", vae.Net(config))


def _real(count: int = 20) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (count, 8, 8, 1), dtype=np.uint8)


def test_a_code_is_told_as_mean_spread_and_draw() -> None:
    one, real = _coder(), _real()
    told = watched(one, Asked(seed=4), real[3], real).coding
    assert told is not None and np.array_equal(told.picture, real[3])
    batch = torch.from_numpy(network_numbers(real, one.about))
    with torch.no_grad():
        mean, log_variance = one.net.distribution(batch)
        kl = vae.divergence(mean, log_variance).numpy()
    np.testing.assert_allclose(told.mean, mean[3].numpy(), atol=1e-6)
    np.testing.assert_allclose(told.sigma, (log_variance[3] / 2).exp().numpy(), rtol=1e-5)
    np.testing.assert_allclose(told.code, told.mean + told.sigma * told.noise, atol=1e-6)
    np.testing.assert_allclose(told.kl, kl[3], rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(told.nats, kl.mean(0), rtol=1e-4, atol=1e-6)
    right = 0.5 * (told.mean**2 + told.sigma**2 - 1 - np.log(told.sigma**2))
    np.testing.assert_allclose(told.kl, right, rtol=1e-3, atol=1e-5)
    assert told.count == 20 and list(told.order) == sorted(range(6), key=lambda k: -told.nats[k])
    with torch.no_grad():
        back = one.net.decode(torch.from_numpy(told.code)[None].float())
    assert np.array_equal(told.drawn[0], to_pictures(back, one.about)[0])
    assert len({one.tobytes() for one in told.drawn}) == len(told.drawn)


def test_the_plane_moves_the_two_numbers_that_say_most() -> None:
    one, real = _coder(), _real()
    told = watched(one, Asked(seed=4), None, real).coding
    assert told is not None and np.array_equal(told.picture, real[0])
    assert told.chosen == tuple(told.order[:2])
    code = torch.from_numpy(told.mean).clone()
    code[told.chosen[0]], code[told.chosen[1]] = told.values[7], told.values[1]
    with torch.no_grad():
        right = to_pictures(one.net.decode(code[None].float()), one.about)[0]
    assert np.abs(told.plane[1, 7].astype(int) - right).max() <= 1  # row: the second, column: first


def test_a_code_of_one_number_and_no_real_pictures() -> None:
    told = watched(_coder(1), Asked(seed=4)).coding
    assert told is not None and told.chosen == (0, 0) and told.count == 0
    assert np.array_equal(told.nats, told.kl)


@pytest.mark.parametrize("known", ["data", "metrics", "nothing"])
def test_verdicts_are_compared_with_those_on_real_pictures(known: str) -> None:
    torch.manual_seed(5)
    one = model("gan", gan.Net(gan.Config(channels=1, side=8, width=4, noise=8)))
    real = _real() if known == "data" else None
    if known == "metrics":
        one.about["metrics"] = {"val": {"real": -7.0}, "test": {"real": -8.0}}
    told = watched(one, Asked(seed=1, count=4), None, real).verdicts
    assert told is not None
    if known == "data":
        with torch.no_grad():
            said = one.net.discriminator(torch.from_numpy(network_numbers(real, one.about)), None)
        assert told.usual == pytest.approx(float(said.mean()), abs=1e-5)
        assert told.real is not None and len(told.real) == 8
    else:
        assert told.usual == {"metrics": -8.0, "nothing": None}[known]


def test_colours_of_verdicts_say_more_or_less_real(monkeypatch: pytest.MonkeyPatch) -> None:
    from pincel.look.watched import Verdicts
    from pincel.show import charts
    from pincel.show.nets import watched as figures

    seen: dict[str, str] = {}
    plain = charts.Chart.text

    def text(sheet, x, y, said, *args, **named) -> None:  # type: ignore[no-untyped-def]
        seen[said] = named.get("color", charts.INK)
        plain(sheet, x, y, said, *args, **named)

    monkeypatch.setattr(charts.Chart, "text", text)
    said = np.array([-2.0, -4.0])  # below 0, and yet one of them is more real than real ones
    pictures = np.zeros((2, 8, 8, 1), np.uint8)
    figures.draw_verdicts(Verdicts(said, pictures, usual=-3.0))
    assert seen["\u22122.00"] == charts.GREEN and seen["\u22124.00"] == charts.RED
    figures.draw_verdicts(Verdicts(said, pictures))
    assert seen["\u22122.00"] == seen["\u22124.00"] == charts.INK


def test_what_only_counts_on_has_no_curve() -> None:
    entries = [
        {"epoch": n, "step": n, "rate": 0.1, "seconds": 1.0, "loss": 1 / n, "modes": n,
         "modes_of": 20, "said": "x"} for n in (1, 2)
    ]  # fmt: skip
    assert curves_of(entries) == ["loss", "modes"]
    assert curves_of(entries[:1]) == []
