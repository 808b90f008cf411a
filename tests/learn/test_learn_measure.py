"""Figures about answers, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from pincel.learn.measure import auc, confusion, measure_answers, softmax

metrics = pytest.importorskip("sklearn.metrics", reason="the oracle is scikit-learn")


@pytest.mark.parametrize("seed", range(20))
def test_measures_equal_those_of_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    classes, count = int(rng.integers(2, 9)), int(rng.integers(40, 300))
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, count)])
    logits = rng.normal(size=(len(labels), classes)).round(1)  # rounded: ties happen
    logits[np.arange(len(labels)), labels] += rng.uniform(0, 2)
    chances = softmax(logits)
    found, answers = measure_answers(chances, labels), chances.argmax(1)
    assert found.accuracy == pytest.approx(metrics.accuracy_score(labels, answers))
    assert found.confusion == metrics.confusion_matrix(labels, answers).tolist()
    recalls = metrics.recall_score(labels, answers, average=None)
    assert found.recall == pytest.approx(list(recalls))
    precision = metrics.precision_score(labels, answers, average=None, zero_division=0)
    assert [p or 0 for p in found.precision] == pytest.approx(list(precision))
    assert found.loss == pytest.approx(metrics.log_loss(labels, chances))
    areas = [metrics.roc_auc_score(labels == k, chances[:, k]) for k in range(classes)]
    assert found.auc == pytest.approx(float(np.mean(areas)))


def test_edges() -> None:
    assert auc(np.array([0.1, 0.9]), np.array([False, True])) == 1.0
    assert auc(np.array([0.5, 0.5, 0.5]), np.array([False, True, True])) == 0.5
    assert auc(np.array([0.1, 0.2]), np.array([True, True])) is None
    alone = measure_answers(np.array([[0.9, 0.1, 0.0]]), np.array([0]))
    assert alone.recall == [1.0, None, None] and alone.auc is None
    assert confusion(np.array([1, 1, 0]), np.array([0, 1, 0]), 2).tolist() == [[1, 1], [0, 1]]
    assert softmax(np.array([[1000.0, 1000.0]])).tolist() == [[0.5, 0.5]]
