from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics
from sklearn.decomposition import PCA

from pincel.errors import PincelError
from pincel.look.embed import drawn_rows, embedder, flat_map, likeness, normalised, roc, verify
from pincel.pixels.picture import Picture
from samples import face_picture


def vectors(count: int = 40, dims: int = 6, seed: int = 0) -> np.ndarray:
    return normalised(np.random.default_rng(seed).normal(size=(count, dims)))


@pytest.mark.parametrize("name", ["pixels", "hog"])
def test_vectors_without_network(name: str) -> None:
    made_by = embedder(name)
    face = face_picture(64)
    upside = Picture((np.ascontiguousarray(face[::-1]),))
    small = Picture((face_picture(40),))
    found = made_by.pictures([Picture((face,)), small, upside])
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert found[0] @ found[1] > 0.9 > found[0] @ found[2]


def test_a_blank_picture_gives_zeros_not_nan() -> None:
    blank = np.full((1, 32, 32, 3), 90, np.uint8)
    assert np.isfinite(embedder("pixels").arrays(blank)).all()


def test_arrays_of_any_channels_and_type() -> None:
    for shape, kind in (((2, 8, 8, 1), np.uint8), ((2, 40, 30, 4), np.uint8),
                        ((2, 16, 16, 7), np.uint16), ((2, 9, 9, 3), np.float32)):  # fmt: skip
        values = (np.random.default_rng(0).random(shape) * 200).astype(kind)
        assert embedder("pixels").arrays(values).shape == (2, 3072)


def test_a_network_gives_its_vectors_and_is_known_by_its_code(tmp_path) -> None:
    torch = pytest.importorskip("torch")
    from pincel.nets import cnn
    from pincel.nets._network import Model, model_bytes

    torch.manual_seed(0)
    net = cnn.Net(cnn.Config(widths=(4, 6), blocks=(1, 1))).eval()
    facts = {"size": [16, 16], "channels": 3, "type": "uint8", "mean": [0.5] * 3, "std": [0.2] * 3,
             "resize": "bilinear"}  # fmt: skip
    path = tmp_path / "net.safetensors"
    path.write_bytes(model_bytes(Model("cnn", net, {"prepare": facts})))
    made_by = embedder(str(path))
    values = np.random.default_rng(0).integers(0, 255, (5, 16, 16, 3), dtype=np.uint8)
    with torch.no_grad():
        plain = (torch.from_numpy(values).permute(0, 3, 1, 2) / 255 - 0.5) / 0.2
        wanted = torch.nn.functional.normalize(net.embed(plain)).numpy()
    assert np.abs(made_by.arrays(values) - wanted).max() < 1e-5
    assert len(made_by.code) == 64


def test_a_model_that_is_none_is_one_sentence(tmp_path) -> None:
    with pytest.raises(PincelError, match=r"\.$"):
        embedder("no-such-model")
    junk = tmp_path / "junk.safetensors"
    junk.write_bytes(b"junk")
    with pytest.raises(PincelError, match=r"\.$"):
        embedder(str(junk))


def test_likeness_by_hand() -> None:
    held = vectors(7, 4)
    labels = np.array([2, 0, 0, 2, 3, 0, 2])
    found = likeness(held, labels, ["a", "b", "c", "d"])
    assert found.classes == ["a", "c", "d"] and found.counts == [3, 3, 1]
    assert labels[found.order].tolist() == [0, 0, 0, 2, 2, 2, 3]
    same, other = [], []
    for i in range(7):
        for j in range(7):
            if i != j:
                (same if labels[i] == labels[j] else other).append(float(held[i] @ held[j]))
    assert found.intra == pytest.approx(np.mean(same), abs=1e-6)
    assert found.inter == pytest.approx(np.mean(other), abs=1e-6)
    assert np.isnan(found.each[2])  # one picture has no pair
    assert found.means[0, 1] == pytest.approx((held[labels == 0] @ held[labels == 2].T).mean())
    assert np.allclose(found.cosines, held[found.order] @ held[found.order].T, atol=1e-6)


@pytest.mark.parametrize("shape", [(50, 9), (90, 200), (200, 90)])
def test_pca_is_scikit_learns(shape: tuple[int, int]) -> None:
    held = normalised(np.random.default_rng(0).normal(size=shape) * (np.arange(shape[1]) + 1))
    found = flat_map(held, "pca")
    oracle = PCA(2).fit(held.astype(float))
    wanted = oracle.transform(held.astype(float))
    signs = np.sign((found.places * wanted).sum(0))
    assert np.allclose(found.places, wanted * signs, atol=1e-6)
    assert found.kept == pytest.approx(oracle.explained_variance_ratio_.sum())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_maps_of_very_few(count: int) -> None:
    assert flat_map(vectors(count), "pca").places.shape == (count, 2)
    with pytest.raises(PincelError, match="at least 5"):
        flat_map(vectors(count + 1), "tsne")


def test_tsne_keeps_groups_together() -> None:
    rng = np.random.default_rng(0)
    held = normalised(np.repeat(np.eye(3), 8, 0) + rng.normal(0, 0.05, (24, 3)))
    places = flat_map(held, "tsne", seed=1).places
    groups = places.reshape(3, 8, 2)
    within = max(np.linalg.norm(g - g.mean(0), axis=1).max() for g in groups)
    centres = groups.mean(1)
    assert np.linalg.norm(centres[0] - centres[1]) > within
    assert np.array_equal(places, flat_map(held, "tsne", seed=1).places)


def test_roc_is_scikit_learns() -> None:
    rng = np.random.default_rng(3)
    same = rng.random(500) < 0.3
    cosines = np.round(rng.normal(same * 0.8, 0.5), 2)  # with ties
    found = roc(cosines, same)
    alarms, hits, _ = metrics.roc_curve(same, cosines, drop_intermediate=False)
    assert np.allclose(found.hits, hits[1:]) and np.allclose(found.alarms, alarms[1:])
    assert found.auc == pytest.approx(metrics.roc_auc_score(same, cosines))
    assert (hits - alarms).max() == pytest.approx(found.at[0] - found.at[1])
    judged = cosines >= found.tau
    assert judged[same].mean() == pytest.approx(found.at[0])
    assert judged[~same].mean() == pytest.approx(found.at[1])
    thin = found.plain(20)
    assert len(thin["curve"]) == 20 and thin["curve"][-1][1:] == [1.0, 1.0]


def test_verify_needs_both_kinds_of_pairs() -> None:
    held = vectors(4)
    for labels in ([0, 0, 0, 0], [0, 1, 2, 3]):
        with pytest.raises(PincelError, match="pairs"):
            verify(held, np.array(labels))
    assert -1 <= verify(held, np.array([0, 0, 1, 1])).tau <= 1


def test_drawn_takes_so_many_of_each() -> None:
    labels = np.array([0] * 9 + [1] * 2 + [2] * 5)
    rows = drawn_rows(labels, 3, np.random.default_rng(0))
    assert np.bincount(labels[rows]).tolist() == [3, 2, 3]
    assert np.array_equal(rows, np.sort(rows))


def test_folded_norms_change_nothing_and_the_network_stays_as_it_was() -> None:
    torch = pytest.importorskip("torch")
    from pincel.look.folded import folded
    from pincel.nets import cnn, contrastive

    torch.manual_seed(1)
    pictures = torch.randn(3, 3, 16, 16)
    for net in (cnn.Net(cnn.Config()), contrastive.Net(contrastive.Config())):
        for module in net.modules():  # as after a training: no norm is the identity
            if isinstance(module, torch.nn.BatchNorm2d):
                torch.nn.init.uniform_(module.weight, 0.5, 1.5)
                torch.nn.init.normal_(module.bias)
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2)
        before = {key: value.clone() for key, value in net.state_dict().items()}
        quick = folded(net)
        norms = [m for m in quick.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        assert not norms and net.training
        assert all(torch.equal(value, before[key]) for key, value in net.state_dict().items())
        with torch.no_grad():
            wanted, found = net.eval().embed(pictures), quick.embed(pictures)
        assert (found - wanted).abs().max() < 1e-4 * wanted.abs().max()


def test_one_picture_is_read_by_one_thread_and_the_setting_returns() -> None:
    torch = pytest.importorskip("torch")
    from pincel.look.embed import vectorizer_of
    from pincel.nets import cnn
    from pincel.nets._network import Model

    seen: list[int] = []

    class Watched(cnn.Net):
        def embed(self, pictures):
            seen.append(torch.get_num_threads())
            return super().embed(pictures)

    facts = {"size": [8, 8], "channels": 3, "type": "uint8", "mean": [0.5] * 3, "std": [0.2] * 3}
    made_by = vectorizer_of(Model("cnn", Watched(cnn.Config()), {"prepare": facts}))
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        for count in (1, 64):
            made_by.arrays(np.zeros((count, 8, 8, 3), np.uint8))
        assert seen == [1, 2] and torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
