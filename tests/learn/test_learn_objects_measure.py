"""AP, mAP, PQ, AJI and Dice beside pycocotools, faster-coco-eval and scikit-image."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np
import pytest
from skimage.metrics import contingency_table

from pincel.learn.objects import measure_boxes as mb
from pincel.learn.objects import measure_masks as mm

CASES = 1000


def scene(rng: np.random.Generator, crowds: bool = True) -> dict[str, Any]:
    """Up to two pictures of up to two classes: true boxes, found ones near them and elsewhere."""
    rows: dict[str, Any] = {"true": [], "found": []}
    for picture in range(int(rng.integers(1, 3))):
        for kind in range(int(rng.integers(1, 3))):
            for _ in range(int(rng.integers(0, 5))):
                x, y = rng.integers(0, 40, 2)
                w, h = rng.integers(0 if rng.random() < 0.05 else 1, 20, 2)
                crowd = bool(crowds and rng.random() < 0.15)
                rows["true"].append((picture, kind, (x, y, x + w, y + h), crowd))
                for _ in range(int(rng.integers(0, 3))):
                    a = np.array([x, y, x + w, y + h]) + rng.integers(-3, 4, 4)
                    a[2:] = np.maximum(a[2:], a[:2])
                    score = float(rng.integers(1, 20)) / 20  # equal scores do happen
                    rows["found"].append((picture, kind, tuple(a), score))
            if rng.random() < 0.5:
                x, y = rng.integers(0, 40, 2)
                box = (x, y, x + 5, y + 5)
                rows["found"].append((picture, kind, box, float(rng.random())))
    return rows


def ours(rows: dict[str, Any], thresholds: Any) -> float | None:
    pictures = sorted({r[0] for r in rows["true"]} | {r[0] for r in rows["found"]})
    classes = []
    for kind in range(2):
        cases = []
        for picture in pictures:
            true = [r for r in rows["true"] if r[:2] == (picture, kind)]
            found = [r for r in rows["found"] if r[:2] == (picture, kind)]
            there = np.array([r[2] for r in true], float).reshape(-1, 4)
            boxes = np.array([r[2] for r in found], float).reshape(-1, 4)
            crowd = np.array([r[3] for r in true], bool)
            overlaps = mb.box_overlaps(boxes, there, crowd)
            cases.append(mb.ClassInPicture(overlaps, np.array([r[3] for r in found]), crowd))
        classes.append(cases)
    return mb.mean_average_precision(classes, thresholds)


def theirs(rows: dict[str, Any], api: Any) -> tuple[float, float]:
    """mAP@0.5 and mAP@[.5:.95] of a COCO API. Ids begin at 1: an annotation whose id is 0 counts as
    not matched there."""
    coco, coco_eval = api
    truth = {
        "info": {},
        "images": [{"id": i + 1, "width": 64, "height": 64} for i in range(2)],
        "categories": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
        "annotations": [
            {"id": n, "image_id": p + 1, "category_id": k + 1, "iscrowd": int(crowd),
             "bbox": [float(x0), float(y0), float(x1 - x0), float(y1 - y0)],
             "area": float((x1 - x0) * (y1 - y0))}
            for n, (p, k, (x0, y0, x1, y1), crowd) in enumerate(rows["true"], 1)
        ],
    }  # fmt: skip
    found = [
        {"image_id": p + 1, "category_id": k + 1, "score": score,
         "bbox": [float(x0), float(y0), float(x1 - x0), float(y1 - y0)]}
        for p, k, (x0, y0, x1, y1), score in rows["found"]
    ]  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()):
        gt = coco()
        gt.dataset = truth
        gt.createIndex()
        run = coco_eval(gt, gt.loadRes(found), "bbox")
        run.evaluate()
        run.accumulate()
        run.summarize()
    return float(run.stats[1]), float(run.stats[0])


def apis() -> list[Any]:
    found = []
    with contextlib.suppress(ImportError):
        from pycocotools.coco import COCO
        from pycocotools.cocoeval import COCOeval

        found.append((COCO, COCOeval))
    with contextlib.suppress(ImportError):
        from faster_coco_eval import COCO, COCOeval_faster

        found.append((COCO, COCOeval_faster))
    return found


@pytest.mark.parametrize("api", apis() or [None])
def test_map_is_that_of_coco(api: Any) -> None:
    if api is None:
        pytest.skip("neither pycocotools nor faster-coco-eval is installed")
    rng, compared = np.random.default_rng(12), 0
    while compared < CASES // 2:
        rows = scene(rng)
        single = [r for r in rows["true"] if not r[3]]
        if not rows["found"] or not single:
            continue
        half, whole = theirs(rows, api)
        assert ours(rows, (0.5,)) == pytest.approx(half, abs=1e-9), rows
        assert ours(rows, mb.THRESHOLDS) == pytest.approx(whole, abs=1e-9), rows
        compared += 1


def test_no_answer_is_no_precision_and_nothing_there_is_no_figure() -> None:
    """pycocotools raises on no predictions; a class of which nothing is there has no AP."""
    there = np.array([[0, 0, 4, 4.0]])
    none = np.zeros((0, 4))
    case = mb.ClassInPicture(mb.box_overlaps(none, there), np.zeros(0), np.zeros(1, bool))
    assert mb.average_precision([case]) == 0.0
    empty = mb.ClassInPicture(mb.box_overlaps(there, none), np.ones(1), np.zeros(0, bool))
    assert mb.average_precision([empty]) is None
    assert mb.mean_average_precision([[case], [empty]]) == 0.0


def test_a_box_without_area_is_never_found() -> None:
    """One true box of two is empty: recall ends at a half, so AP is 51 of 101."""
    there = np.array([[0, 0, 4, 4], [6, 6, 6, 9.0]])
    case = mb.ClassInPicture(mb.box_overlaps(there, there), np.array([0.9, 0.8]), np.zeros(2, bool))
    assert mb.average_precision([case]) == pytest.approx(51 / 101)


def labels(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A true label picture, and one that was changed: moved, merged, split, numbers with gaps."""
    true = np.zeros((24, 24), np.int64)
    for number in range(1, int(rng.integers(0, 7)) + 1):
        y, x = rng.integers(0, 20, 2)
        h, w = rng.integers(2, 9, 2)
        true[y : y + h, x : x + w] = number * int(rng.integers(1, 4)) + 10 * number
    found = np.roll(true, rng.integers(-1, 2, 2), (0, 1))
    for number in np.unique(true)[1:]:
        what = rng.random()
        if what < 0.2:
            found[found == number] = 0
        elif what < 0.3:
            found[found == number] = np.unique(true)[-1]
        elif what < 0.4:
            found[12:][found[12:] == number] = number + 500
    if rng.random() < 0.3:
        found[0:3, 0:3] = 999
    return found, true


def by_definition(found: np.ndarray, true: np.ndarray) -> tuple[float, float, float, float]:
    """AP, PQ, AJI and Dice, object by object, with scikit-image's table."""
    table = np.asarray(contingency_table(found, true).todense())
    fs, ts = np.unique(found)[np.unique(found) > 0], np.unique(true)[np.unique(true) > 0]

    def iou(a: int, b: int) -> float:
        both = table[a, b]
        return float(both / (table[a].sum() + table[:, b].sum() - both))

    pairs = [(a, b) for a in fs for b in ts if iou(a, b) > 0.5]
    tp, fp, fn = len(pairs), len(fs) - len(pairs), len(ts) - len(pairs)
    ap = tp / (tp + fp + fn) if tp + fp + fn else 1.0
    bad = tp + fp / 2 + fn / 2
    pq = sum(iou(a, b) for a, b in pairs) / bad if bad else 1.0
    shared = union = 0.0
    used = set()
    for b in ts:
        best = max(fs, key=lambda a: iou(a, b), default=None)
        if best is None or not table[best, b]:
            union += table[:, b].sum()
            continue
        shared += table[best, b]
        union += table[best].sum() + table[:, b].sum() - table[best, b]
        used.add(best)
    union += sum(table[a].sum() for a in fs if a not in used)
    aji = shared / union if union else 1.0
    both = (found > 0).sum() + (true > 0).sum()
    return ap, pq, aji, 2 * ((found > 0) & (true > 0)).sum() / both if both else 1.0


def test_masks_are_measured_by_definition() -> None:
    rng = np.random.default_rng(21)
    for _ in range(CASES):
        found, true = labels(rng)
        one = mm.compare_objects(found, true, np.nextafter(0.5, 1))
        wanted = by_definition(found, true)
        got = (one.ap, one.pq, one.aji, mm.dice(found > 0, true > 0))
        assert got == pytest.approx(wanted, abs=1e-12)


def test_partners_below_one_half_are_chosen_together() -> None:
    """Greedy by overlap would give one right; two can be."""
    true = np.array([[1, 1, 1, 2, 2, 0]])
    found = np.array([[7, 7, 8, 8, 8, 0]])
    assert mm.compare_objects(found, true, 0.3).right == 2


def test_pictures_are_pooled() -> None:
    one, two = mm.Objects(1, 0, 1, 0.8, 5, 10), mm.Objects(3, 1, 0, 2.4, 9, 10)
    assert (one + two).ap == pytest.approx(4 / 6) and (one + two).aji == pytest.approx(0.7)


def test_boxes_are_judged() -> None:
    there = np.array([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10.0], [60, 0, 70, 10]])
    found = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [20, 0, 30, 10], [80, 0, 90, 10],
                      [60, 0, 70, 10.0]])  # fmt: skip
    said = mb.judge_boxes(mb.box_overlaps(found, there), ["a", "a", "b", "a", "a"], ["a"] * 4)
    assert said.right == [(0, 0), (4, 3)] and said.doubled == [(1, 0)]
    assert said.wrong == [(2, 1)] and said.extra == [3] and said.missed == [2]
    assert mb.counts([2, 3], [2, 5]) == mb.Counts(1.0, 0.5, 7, 5)
