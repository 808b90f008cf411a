#!/usr/bin/env bash
# prdc 0.2 (the authors' own package for density and coverage), nearest_k=5 as its page calls it. 50 different pictures, each
# six times (the frames of an animation, a sprite in six folders, a batch that was drawn from with replacement), against
# exactly the same: precision, recall, density and coverage are all 0.0, the figures of a generator that makes nothing right.
# With one of each they are 1.0. The ball around a picture has no size once as many equal ones exist as neighbours are
# counted, and it is asked with "<". At five of each nothing shows it yet, and no warning comes. The formula of the
# paper (Kynkaanniemi et al., 2019) has "at most", with which equal sets are at 1 whatever is repeated.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check prdc==0.2 numpy==2.4.6 scikit-learn==1.9.1 scipy==1.17.1
seen=$("$folder/venv/bin/python" - <<'PYTHON'
import contextlib
import io

import numpy as np
from prdc import compute_prdc

# whole numbers, so that distances are exact and what counts is the rule
different = np.random.default_rng(0).integers(-50, 50, (50, 16)).astype(np.float64)
for each in (1, 4, 5, 6):
    held = different.repeat(each, 0)
    with contextlib.redirect_stdout(io.StringIO()):
        told = compute_prdc(held, held.copy(), nearest_k=5)
    print(each, "of each |", *(f"{name} {float(value):.2f}" for name, value in told.items()))
PYTHON
)
echo "$seen"
wanted='1 of each | precision 1.00 recall 1.00 density 1.00 coverage 1.00
4 of each | precision 1.00 recall 1.00 density 0.80 coverage 1.00
5 of each | precision 1.00 recall 1.00 density 1.00 coverage 1.00
6 of each | precision 0.00 recall 0.00 density 0.00 coverage 0.00'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
