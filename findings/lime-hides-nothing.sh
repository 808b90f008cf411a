#!/usr/bin/env bash
# lime 0.2.0.1 (scikit-image 0.26.0), LimeImageExplainer as it comes, on flat pictures: sprites, icons, cartoons, label maps. LIME hides pieces of the picture and sees
# what changes. The pieces come from quickshift with numbers for photographs (kernel_size 4, max_dist 200): sixteen flat squares, each in a colour of its own,
# are ONE piece up to 28 x 28, the size of MNIST and MedMNIST, and two at 32 (CIFAR) and 48. With one piece there is nothing to compare: the reason is the whole
# picture, whatever the network. From 64 on the squares are pieces, and now hiding does nothing: a piece is painted with its own mean colour, which is the
# colour it has. A "network" that looks at one square, and at no other, is shown 200 pictures that are all the same; every weight is 0, and no
# reason is left to draw. Nothing warns. With hide_color=0 the square is found at 64 and 128 (weight 1.0), and at 32 an eighth of the picture
# that holds it. Safe: enlarge small pictures by a whole number first, hide_color in a colour that the picture lacks, and a look at the number of
# pieces and at the weights.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check lime==0.2.0.1 scikit-image==0.26.0 scikit-learn==1.9.1 numpy==2.4.6
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import numpy as np
from lime.lime_image import LimeImageExplainer

GRID = np.random.default_rng(0).integers(0, 256, (4, 4, 3)).astype(np.uint8)


def asked(side, hide_color):
    """(pieces, the largest weight, the best piece's share of the picture, whether it is the one that counts)."""
    each = side // 4
    picture = GRID.repeat(each, 0).repeat(each, 1)
    place = np.s_[each : 2 * each, 2 * each : 3 * each]

    def network(pictures):
        """Sure of its answer as long as one square is as it was."""
        seen = (np.abs(pictures[(slice(None), *place)].astype(float) - picture[place]).max((1, 2, 3)) < 1).astype(float)
        return np.stack([1 - seen, seen], 1)

    told = LimeImageExplainer(random_state=0).explain_instance(
        picture, network, labels=(1,), top_labels=None, num_samples=200, hide_color=hide_color)
    piece, weight = max(told.local_exp[1], key=lambda pair: pair[1])
    true = np.zeros((side, side), bool)
    true[place] = True
    best = told.segments == piece
    return len(np.unique(told.segments)), abs(round(weight, 1)), round(float(best.mean()), 2), bool((best == true).all())


for side in (8, 16, 24, 28, 32, 48, 64, 128):
    print(side, *asked(side, None), "black:", *asked(side, 0))
PYTHON
) || { cat "$folder/log"; exit 1; }
expected="8 1 0.0 1.0 False black: 1 0.0 1.0 False
16 1 0.0 1.0 False black: 1 0.0 1.0 False
24 1 0.0 1.0 False black: 1 0.0 1.0 False
28 1 0.0 1.0 False black: 1 0.0 1.0 False
32 2 0.9 0.12 False black: 2 0.9 0.12 False
48 2 0.9 0.12 False black: 2 0.9 0.12 False
64 16 0.0 0.06 False black: 16 1.0 0.06 True
128 16 0.0 0.06 False black: 16 1.0 0.06 True"
echo "$seen"
echo "expected: at every size sixteen pieces, and the best one, with a weight of 1.0, the right one"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
