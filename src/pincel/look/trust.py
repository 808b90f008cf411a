"""How far a heat map can be trusted: three tests that do not ask whether it looks right.

Deletion and insertion (Petsiuk et al., 2018): pixels are taken away, hottest first; a map that
shows what the network used makes its answer fall at once. Or they are put into a blurred picture,
hottest first, and the answer comes back at once. Each curve stands beside that of a random order,
which costs the same number of pixels.

Randomised network (Adebayo et al., 2018): if a network with random weights gives the same map, the
map shows the picture's edges and not what was learned.

Energy in a mask, where somebody has drawn the object: the share of the heat that lies inside,
divided by the share of the picture that the mask covers; 1 is what chance gives.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from pincel.look.gradcam import Heat, Method, explain, stretched
from pincel.look.layers import as_found
from pincel.nets._abilities import Classifier

STEPS = 16
RANDOM_ORDERS = 4
RANDOM_NETWORKS = 3
MARGIN_OF_CHANCE = 0.02
"""How much an area must differ from that of a random order to count."""
ALIKE = 0.5
"""A rank correlation with random networks from which on a map is no evidence of learning."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What the class' probability does while pixels go or come.

    shares         (s,) share of the pixels that have been changed, 0 to 1
    probabilities  (n, s) of the explained class, hottest pixels first
    by_chance      (n, s) the same in random order, mean of several
    """

    shares: np.ndarray
    probabilities: np.ndarray
    by_chance: np.ndarray

    @property
    def area(self) -> np.ndarray:
        """(n,) area under the curve, 0 to 1."""
        return _area(self.shares, self.probabilities)

    @property
    def chance(self) -> np.ndarray:
        """(n,) area under the curve of the random order, 0 to 1."""
        return _area(self.shares, self.by_chance)

    @property
    def gain(self) -> np.ndarray:
        """(n,) area minus that of the random order, -1 to 1."""
        return self.area - self.chance


@dataclass(frozen=True, eq=False)
class Trust:
    """The tests of a batch of heat maps, n pictures.

    insertion, deletion   curves; high is good for insertion, low for deletion
    random_correlation    (n,) how alike the map is to that of randomised networks: absolute rank
                          correlation, mean over networks; 0 unlike, 1 the same; NaN when a map is
                          flat
    energy                (n,) energy in the mask over its area, NaN without a mask
    """

    insertion: Curve
    deletion: Curve
    random_correlation: np.ndarray
    energy: np.ndarray

    def verdict(self, picture: int = 0) -> Literal["good", "weak", "poor"]:
        """ "good": better than chance at both, and unlike the map of a random network; "weak": one
        of the three fails; "poor": more."""
        alike = self.random_correlation[picture]
        kept = [
            bool(self.insertion.gain[picture] > MARGIN_OF_CHANCE),
            bool(-self.deletion.gain[picture] > MARGIN_OF_CHANCE),
            bool(np.isfinite(alike)) and alike < ALIKE,
        ]
        failed = kept.count(False)
        return "good" if not failed else "weak" if failed == 1 else "poor"


def trust(
    net: nn.Module,
    pictures: Tensor,
    heat: Heat,
    *,
    masks: np.ndarray | None = None,
    steps: int = STEPS,
    orders: int = RANDOM_ORDERS,
    networks: int = RANDOM_NETWORKS,
    seed: int = 0,
) -> Trust:
    """Test a batch of heat maps on the pictures (n, c, h, w) that they explain.

    masks   (n, h, w) bool, where the object is, if somebody knows
    steps   points of each curve;  orders  random orders to compare with;  networks  random ones
    """
    size = (pictures.shape[2], pictures.shape[3])
    laid = stretched(heat.heat, size)
    classes = torch.from_numpy(heat.classes)
    told = {"steps": steps, "orders": orders, "seed": seed}
    insertion, deletion = trust_curves(net, pictures, laid, classes, **told)
    alike = random_correlation(net, pictures, heat, count=networks, seed=seed)
    energy = np.full(len(laid), np.nan)
    if masks is not None:
        energy = energy_over_area(laid, masks)
    return Trust(insertion, deletion, alike, energy)


def trust_curves(
    net: nn.Module,
    pictures: Tensor,
    heat: np.ndarray,
    classes: Tensor,
    *,
    steps: int = STEPS,
    orders: int = RANDOM_ORDERS,
    seed: int = 0,
) -> tuple[Curve, Curve]:
    """Insertion and deletion for heat maps (n, h, w), floats, as large as the pictures (n, c, h,
    w), of which each has its class in (n,) int64.

    Deleted pixels take the mean colour of the training pictures (0 after preparation); insertion
    starts from a blurred picture, so that no hard edge is invented.
    """
    shares = np.linspace(0, 1, steps + 1)
    blurred = _blurred(pictures)
    nothing = torch.zeros_like(pictures)
    rng = np.random.default_rng(seed)
    heats = [heat] + [rng.random(heat.shape, dtype=np.float32) for _ in range(orders)]
    inserted, deleted = [], []
    with as_found(net), torch.inference_mode():
        for order in heats:
            rank = torch.from_numpy(_ranks(order))
            inserted.append(_followed(net, blurred, pictures, rank, shares, classes))
            deleted.append(_followed(net, pictures, nothing, rank, shares, classes))
    return tuple(  # type: ignore[return-value]
        Curve(shares, runs[0], np.mean(runs[1:], 0)) for runs in (inserted, deleted)
    )


def _ranks(heat: np.ndarray) -> np.ndarray:
    """(n, h, w) each pixel's place in the order from hottest, as a share 0 to 1. Equal pixels are
    taken in an order that is fixed but spread over the picture."""
    n, height, width = heat.shape
    spread = np.random.default_rng(1).permutation(height * width)
    flat = heat.reshape(n, -1)[:, spread]
    order = np.argsort(-flat, axis=1, kind="stable")
    ranks = np.empty_like(flat, dtype=np.float32)
    places = np.broadcast_to(np.arange(height * width, dtype=np.float32), flat.shape)
    np.put_along_axis(ranks, order, places / (height * width), 1)
    back = np.empty_like(ranks)
    back[:, spread] = ranks
    return back.reshape(n, height, width)


def _followed(
    net: nn.Module, start: Tensor, end: Tensor, rank: Tensor, shares: np.ndarray, classes: Tensor
) -> np.ndarray:
    """(n, s) probability of the classes while `start` becomes `end` in the order of `rank`."""
    told = []
    for share in shares:
        changed = (rank < float(share))[:, None]
        pictures = torch.where(changed, end, start)
        scores = net.logits(pictures) if isinstance(net, Classifier) else net(pictures)
        told.append(scores.float().softmax(1).gather(1, classes[:, None])[:, 0])
    return torch.stack(told, 1).numpy()


def _blurred(pictures: Tensor) -> Tensor:
    """A blur as wide as a sixth of the picture, edges repeated."""
    side = min(pictures.shape[2:])
    sigma = max(side / 12, 1.0)
    reach = min(int(2.5 * sigma), side - 1)
    places = torch.arange(-reach, reach + 1, dtype=torch.float32)
    bell = torch.exp(-(places**2) / (2 * sigma**2))
    bell = (bell / bell.sum()).expand(pictures.shape[1], 1, 1, -1)
    count = pictures.shape[1]
    wide = nn.functional.pad(pictures, (reach, reach, reach, reach), mode="replicate")
    across = nn.functional.conv2d(wide, bell, groups=count)
    return nn.functional.conv2d(across, bell.transpose(2, 3), groups=count)


def _area(shares: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    return np.trapezoid(probabilities, shares, axis=1)


def randomised(net: nn.Module, seed: int) -> nn.Module:
    """A copy of the network with fresh random weights in every layer; nothing that was learned is
    left. The global random state stays as it was."""
    other = copy.deepcopy(net)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        fresh: set[int] = set()
        for module in other.modules():
            reset = getattr(module, "reset_parameters", None)
            if callable(reset):
                reset()
                fresh |= {id(p) for p in module.parameters(recurse=False)}
        with torch.no_grad():
            for parameter in other.parameters():
                if id(parameter) not in fresh:
                    spread = float(parameter.std()) if parameter.numel() > 1 else 1.0
                    parameter.normal_(0, spread or 1.0)
    return other.eval()


def random_correlation(
    net: nn.Module, pictures: Tensor, heat: Heat, *, count: int = RANDOM_NETWORKS, seed: int = 0
) -> np.ndarray:
    """(n,) mean over `count` randomised networks of the absolute rank correlation (Spearman) of
    the sums before the ReLU, 0 to 1; NaN for a map that is the same everywhere. pictures:
    (n, c, h, w), prepared, those that `heat` explains."""
    method: Method = "layercam" if heat.method == "layercam" else "gradcam"
    found = []
    for number in range(count):
        other = explain(
            randomised(net, seed + number),
            pictures,
            torch.from_numpy(heat.classes),
            layer=heat.layer,
            method=method,
        )
        found.append(np.abs(rank_correlation(heat.total, other.total)))
    held = np.array(found)
    known = np.isfinite(held)
    total = np.where(known, held, 0).sum(0)
    return np.where(known.any(0), total / np.maximum(known.sum(0), 1), np.nan)


def rank_correlation(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(n,) Spearman's correlation, -1 to 1, of two stacks of maps, first and second (n, h, w); NaN
    where one is flat."""
    from scipy.stats import rankdata

    a, b = (rankdata(m.reshape(len(m), -1), axis=1) for m in (first, second))
    a, b = a - a.mean(1, keepdims=True), b - b.mean(1, keepdims=True)
    size = np.sqrt((a**2).sum(1) * (b**2).sum(1))
    return np.where(size > 0, (a * b).sum(1) / np.where(size > 0, size, 1), np.nan)


def energy_over_area(heat: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """(n,) floats: share of the heat (n, h, w) inside the masks (n, h, w) bool, over the mask's
    share of the picture; NaN where the map or the mask is empty."""
    masks = masks.astype(bool)
    energy = heat.sum((1, 2))
    inside = np.where(masks, heat, 0).sum((1, 2))
    area = masks.mean((1, 2))
    known = (energy > 0) & (area > 0)
    return np.where(known, inside / np.where(known, energy * area, 1), np.nan)
