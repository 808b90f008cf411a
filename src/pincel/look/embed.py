"""Pictures as vectors: what a network knows of a picture just before it names it.

Near vectors are like pictures; near means a high cosine, since all vectors have length 1. "pixels"
and "hog" stand beside the networks: vectors made without learning, to compare with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from pincel.errors import PincelError
from pincel.pixels.arrays import seen_rgb
from pincel.pixels.channels import has_alpha, numbers_of
from pincel.pixels.statistics import only_channels

if TYPE_CHECKING:
    from pincel.nets._network import Model, Net
    from pincel.pixels.picture import Picture

WITHOUT_NETWORK = ("pixels", "hog")
SIDE = 32
_BATCH = 256
FEW = 4
"""Up to so many pictures are read by one thread: the work takes about a millisecond, and threads
that wait for each other take a hundred when another program holds a core."""


@dataclass(frozen=True, eq=False)
class Vectorizer:
    """What turns pictures into vectors.

    name    a model's name, "pixels" or "hog";  code  changes when the weights change
    fit     an opened picture -> (h, w, c) in the size and channels that are read
    arrays  (n, h, w, c) uint8, uint16 or float32 -> (n, d) float32, each of length 1
    about   facts of the model
    chosen  the numbers of the channels that it reads of a file; None: all that there are
    """

    name: str
    code: str
    fit: Callable[[Picture], np.ndarray]
    arrays: Callable[[np.ndarray], np.ndarray]
    about: dict[str, Any] = field(default_factory=dict)
    chosen: tuple[int, ...] | None = None

    def pictures(self, opened: Sequence[Picture]) -> np.ndarray:
        """Opened pictures -> (n, d) float32, each of length 1."""
        return self.arrays(np.stack([self.fit(picture) for picture in opened]))


def embedder(text: str, channels: str | None = None) -> Vectorizer:
    """What `text` names: "pixels", "hog", a shipped model, a run or a .safetensors file.

    channels  the numbers of the channels to read ("1,3") instead of all, or of those that the
              model was taught with

    PincelError when there is no such model, or when the model makes no vectors.
    """
    if text in WITHOUT_NETWORK:
        describe = _pixels if text == "pixels" else _hog
        numbers = numbers_of(channels)

        def arrays(values: np.ndarray) -> np.ndarray:
            return normalised(np.stack([describe(_small(_rgb(one))) for one in values]))

        def fit(picture: Picture) -> np.ndarray:
            return _seen(only_channels(picture, numbers))

        return Vectorizer(text, f"{text}-1", fit, arrays, chosen=numbers)
    from pincel.learn.prepare import choosing
    from pincel.look.models import find_file, find_model

    model = find_model(text)
    if channels is not None and "prepare" in model.about:
        model = replace(model, about=choosing(model.about, channels))
    code = hashlib.sha256(find_file(text).read_bytes()).hexdigest()
    return vectorizer_of(model, text, code)


def vectorizer_of(model: Model, name: str = "", code: str = "") -> Vectorizer:
    """The vectors of a network in memory: its values just before the head, at length 1."""
    from pincel.nets._abilities import Embedder as Embeds

    if not isinstance(model.net, Embeds) or "prepare" not in model.about:
        raise PincelError("embed.no_embedder", name=name or model.family, family=model.family)
    from pincel.learn.prepare import choice_of
    from pincel.look.folded import folded

    quick = folded(model.net)

    def arrays(values: np.ndarray) -> np.ndarray:
        return _through(quick, model.about, values)

    def fit(picture: Picture) -> np.ndarray:
        from pincel.learn.prepare import stacked

        return stacked([picture], model.about)[0]

    return Vectorizer(name or model.family, code, fit, arrays, model.about, choice_of(model.about))


def _through(net: Net, about: dict[str, Any], values: np.ndarray) -> np.ndarray:
    import torch

    from pincel.learn.prepare import prepare

    rows = []
    on = next(net.parameters()).device
    with torch.inference_mode(), _one_thread(len(values) <= FEW):
        for start in range(0, len(values), _BATCH):
            batch = prepare(np.asarray(values[start : start + _BATCH]), about).to(on)
            rows.append(net.embed(batch).float().cpu().numpy())  # type: ignore[operator]
    return normalised(np.concatenate(rows))


@contextmanager
def _one_thread(wanted: bool) -> Iterator[None]:
    """Whether torch keeps to one thread; afterwards it has as many as before."""
    import torch

    before = torch.get_num_threads()
    if wanted and before > 1:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if torch.get_num_threads() != before:
            torch.set_num_threads(before)


def normalised(vectors: np.ndarray) -> np.ndarray:
    """Vectors (n, d) at length 1, float32; a vector of zeros stays one."""
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def _rgb(values: np.ndarray) -> np.ndarray:
    """(h, w, c) of any type as (h, w, 3) uint8; a fourth channel is alpha (see `seen_by`)."""
    return seen_rgb(values, values.shape[-1] == 4)


def seen_by(made_by: Vectorizer, values: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Pictures (`values`, (n, h, w, c) of any type) of a data set as `made_by.arrays` takes them:
    what is made without a network knows no channels, only what can be seen of them.

    names  what each channel is (see `pixels.channels`)
    """
    return seen_rgb(values, has_alpha(names)) if made_by.name in WITHOUT_NETWORK else values


def _seen(picture: Picture) -> np.ndarray:
    from pincel.pixels.planes import on_ground

    return _small(on_ground(picture.rgba))


def _small(rgb: np.ndarray) -> np.ndarray:
    from pincel.learn.prepare import resized

    return resized(rgb, (SIDE, SIDE))


def _pixels(small: np.ndarray) -> np.ndarray:
    """All pixels at 32 x 32, less their mean: what is compared when nothing is understood."""
    values = small.astype(np.float32).ravel()
    return values - values.mean()


def _hog(small: np.ndarray) -> np.ndarray:
    """Directions of edges in 4 x 4 cells of 8 pixels (Dalal & Triggs, 2005)."""
    from pincel.pixels.hog import description_of

    return description_of(small / 255.0).vector.astype(np.float32)


# ----------------------------------------------------------------------------- likeness


@dataclass(frozen=True, eq=False)
class Likeness:
    """How like pictures are, ordered by class.

    order    (n,) rows of the vectors, class after class;  cosines  (n, n) in that order
    classes  names;  counts  pictures of each
    means    (k, k) mean cosine between two classes, a picture's likeness to itself left out
    intra    mean cosine of pairs of one class;  inter  of pairs of two classes
    each     for each class its own intra mean (nan with a single picture)
    """

    order: np.ndarray
    cosines: np.ndarray
    classes: list[str]
    counts: list[int]
    means: np.ndarray
    intra: float
    inter: float

    @property
    def each(self) -> np.ndarray:
        """The mean cosine inside each class, (classes,)."""
        return np.diag(self.means)


def likeness(vectors: np.ndarray, labels: np.ndarray, classes: list[str]) -> Likeness:
    """Cosines of all pairs. vectors (n, d) of length 1; labels (n,) places in `classes`; classes
    without pictures are left out."""
    present = [k for k in range(len(classes)) if (labels == k).any()]
    order = np.concatenate([np.flatnonzero(labels == k) for k in present])
    held = np.asarray(vectors, np.float64)[order]
    cosines = np.clip(held @ held.T, -1, 1)
    member = (labels[order][:, None] == np.array(present)[None]).astype(float)  # (n, k)
    sums = member.T @ cosines @ member
    pairs = np.outer(member.sum(0), member.sum(0))
    own = np.arange(len(present))
    sums[own, own] -= member.T @ np.diag(cosines)
    pairs[own, own] -= member.sum(0)
    with np.errstate(invalid="ignore"):
        means = np.where(pairs > 0, sums / np.maximum(pairs, 1), np.nan)
    intra = float(sums.trace() / pairs.trace()) if pairs.trace() else float("nan")
    between, across = sums.sum() - sums.trace(), pairs.sum() - pairs.trace()
    inter = float(between / across) if across else float("nan")
    counts = [int(n) for n in member.sum(0)]
    return Likeness(order, cosines, [classes[k] for k in present], counts, means, intra, inter)


# ----------------------------------------------------------------------------- maps


@dataclass(frozen=True, eq=False)
class Map:
    """Vectors on a sheet. places (n, 2);  kept  share of the variance that the two axes of PCA
    show, None for t-SNE."""

    places: np.ndarray
    how: str
    kept: float | None = None


def flat_map(vectors: np.ndarray, how: str = "pca", seed: int = 0) -> Map:
    """Vectors (n, d), floats, in two dimensions. PincelError for "tsne" of fewer than 5.

    "pca" looks from where most can be seen (Pearson, 1901): straight, and distances are true as
    far as they are seen. "tsne" keeps neighbours together and nothing else (van der Maaten &
    Hinton, 2008): distances between groups mean little.
    """
    vectors = np.asarray(vectors, np.float64)
    if len(vectors) < 2:
        return Map(np.zeros((len(vectors), 2)), how, None)
    if how == "pca":
        centred = vectors - vectors.mean(0)
        sizes, axes = _two_axes(centred)
        # the sign is free: each axis points to where its largest part is positive
        largest = axes[np.arange(len(axes)), np.abs(axes).argmax(1)]
        places = centred @ (axes * np.sign(largest)[:, None]).T
        if places.shape[1] < 2:
            places = np.pad(places, ((0, 0), (0, 2 - places.shape[1])))
        total = float((centred**2).sum())
        return Map(places, how, float((sizes**2).sum() / total) if total else None)
    if len(vectors) < 5:
        raise PincelError("embed.few_for_map", count=len(vectors))
    from pincel.nets import _needed

    _needed.require("sklearn")
    from sklearn.manifold import TSNE

    tsne = TSNE(
        perplexity=min(30.0, (len(vectors) - 1) / 4),
        init="pca",
        random_state=seed,
        metric="cosine" if len(vectors) > 5 else "euclidean",
    )
    return Map(tsne.fit_transform(vectors.astype(np.float32)).astype(float), how)


def _two_axes(centred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two largest singular values and their axes (2, d)."""
    if min(centred.shape) <= 64:
        _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
        return sizes[:2], axes[:2]
    from scipy.sparse.linalg import svds  # finds two without finding all

    start = np.random.default_rng(0).standard_normal(min(centred.shape))
    _, sizes, axes = svds(centred, 2, v0=start)
    order = np.argsort(-sizes)
    return sizes[order], axes[order]


# ----------------------------------------------------------------------------- same or not


@dataclass(frozen=True, eq=False)
class Roc:
    """How well the cosine tells pairs of one class from pairs of two.

    cosines  thresholds, falling;  hits, alarms  share of same pairs and of different pairs at or
    above each;  auc  area under hits over alarms
    tau      the threshold at which hits - alarms is largest (Youden, 1950)
    same, different  how many pairs
    """

    cosines: np.ndarray
    hits: np.ndarray
    alarms: np.ndarray
    auc: float
    tau: float
    same: int
    different: int

    @property
    def at(self) -> tuple[float, float]:
        """(hits, alarms) at tau."""
        place = int(np.argmax(self.hits - self.alarms))
        return float(self.hits[place]), float(self.alarms[place])

    def plain(self, points: int = 101) -> dict[str, Any]:
        """As JSON values: tau, its shares, and the curve thinned out."""
        keep = np.unique(np.linspace(0, len(self.cosines) - 1, points).round().astype(int))
        hits, alarms = self.at
        curve = np.stack([self.cosines, self.hits, self.alarms], 1)[keep]
        return {
            "tau": round(self.tau, 6),
            "auc": round(self.auc, 6),
            "hits": round(hits, 6),
            "alarms": round(alarms, 6),
            "same": self.same,
            "different": self.different,
            "curve": curve.round(5).tolist(),
        }


def verify(vectors: np.ndarray, labels: np.ndarray) -> Roc:
    """Choose tau on vectors (n, d) of length 1 with labels (n,), whole numbers: all pairs are
    judged. PincelError when there are no pairs of one kind."""
    held = np.asarray(vectors, np.float64)
    above = np.triu_indices(len(held), 1)
    return roc((held @ held.T)[above], (labels[:, None] == labels[None])[above])


def roc(cosines: np.ndarray, same: np.ndarray) -> Roc:
    """The curve for pairs. cosines (m,); same (m,) bool."""
    ones, zeros = int(same.sum()), int((~same).sum())
    if not ones or not zeros:
        raise PincelError("compare.one_kind", same=ones, different=zeros)
    order = np.argsort(-cosines, kind="stable")
    falling, truth = cosines[order], same[order]
    last = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)  # ties count together
    hits = np.cumsum(truth)[last] / ones
    alarms = np.cumsum(~truth)[last] / zeros
    wide, tall = np.diff(np.append(0, alarms)), np.append(0, hits)
    area = float((wide * (tall[1:] + tall[:-1]) / 2).sum())
    best = int(np.argmax(hits - alarms))
    # halfway to the next lower cosine: new pairs will not hit the very number
    after = falling[last][best + 1] if best + 1 < len(last) else falling[last][best]
    tau = float((falling[last][best] + after) / 2)
    return Roc(falling[last], hits, alarms, area, tau, ones, zeros)


def drawn_rows(labels: np.ndarray, each: int, rng: np.random.Generator) -> np.ndarray:
    """Rows, (k,) int64, with at most `each` of every class of labels (n,), in their own order."""
    kept = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        kept.append(rng.permutation(rows)[:each])
    return np.sort(np.concatenate(kept)) if kept else np.zeros(0, np.int64)
