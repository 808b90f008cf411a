#!/usr/bin/env bash
# shap 0.51.0 (opencv-python-headless 5.0.0.93), shap.Explainer with maskers.Image("inpaint_telea") or "inpaint_ns",
# on a picture whose numbers go from 0 to 1. Fields are hidden by cv2.inpaint, which takes bytes, and so the whole picture is made
# bytes: 0.9 becomes 0, and every picture the network is asked about is black from edge to edge, the uncovered fields too (99 of 100; the last
# is the mean colour). A "network" that sees red on one object's pixels is explained by 0.0 everywhere. Its answer for the picture
# itself is 10.9; the values of SHAP must add up to that, and add up to 0, since "nothing hidden" was black as well. The same
# picture from 0 to 255 gives the red object 17.1 and the rest -6.2, 10.9 in all. mask_value="blur(8,8)" gives the same for both scales. A real
# network has an answer to black too, so its map is not empty but about nothing. Nothing warns. Safe: 0 to 255 into the masker,
# divided within the function that is explained, or blur; and a look at the sum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check shap==0.51.0 opencv-python-headless==5.0.0.93 numpy==2.4.6
seen=$("$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import numpy as np
import shap

sprite = np.full((1, 32, 32, 3), (0.2, 0.4, 0.2), np.float32)
sprite[0, 8:24, 4:14] = (0.9, 0.1, 0.1)
sprite[0, 8:24, 20:28] = (0.1, 0.1, 0.9)


for largest in (1, 255):
    for way in ("inpaint_telea", "inpaint_ns", "blur(8,8)"):
        asked = []

        def network(pictures, largest=largest, asked=asked):
            pictures = np.asarray(pictures, float) / largest
            asked.extend(pictures)
            red = pictures[..., 0] - pictures[..., 1] - pictures[..., 2]
            return 100 * red.clip(0).mean((1, 2))[:, None]

        given = sprite * largest
        answer = network(given)[0, 0]
        asked.clear()
        explainer = shap.Explainer(network, shap.maskers.Image(way, given[0].shape), output_names=["red"])
        said = explainer(given, max_evals=100, batch_size=20, silent=True)
        values = said.values[0, ..., 0].sum(-1)
        thing = values[8:24, 4:14].sum()
        print(f"0 to {largest} | {way} | answer {answer:.1f} | none shown {said.base_values.ravel()[0]:.1f} | on the red thing {thing:.1f}"
              f" | elsewhere {values.sum() - thing:.1f} | asked about black: {np.mean([not one.any() for one in asked]):.0%}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="0 to 1 | inpaint_telea | answer 10.9 | none shown 0.0 | on the red thing 0.0 | elsewhere 0.0 | asked about black: 99%
0 to 1 | inpaint_ns | answer 10.9 | none shown 0.0 | on the red thing 0.0 | elsewhere 0.0 | asked about black: 99%
0 to 1 | blur(8,8) | answer 10.9 | none shown 6.1 | on the red thing 3.0 | elsewhere 1.8 | asked about black: 0%
0 to 255 | inpaint_telea | answer 10.9 | none shown 0.0 | on the red thing 17.1 | elsewhere -6.2 | asked about black: 0%
0 to 255 | inpaint_ns | answer 10.9 | none shown 0.0 | on the red thing 16.3 | elsewhere -5.4 | asked about black: 0%
0 to 255 | blur(8,8) | answer 10.9 | none shown 6.1 | on the red thing 3.0 | elsewhere 1.8 | asked about black: 0%"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
