#!/usr/bin/env bash
# Keras 3.15.1, AveragePooling2D(3, strides=2, padding="same") of one and the same model, with the backends JAX 0.10.2, NumPy 2.4.6
# and torch 2.14.1. Max pooling, convolutions, depthwise and transposed ones agree for every padding, and so does averaging where as
# much is added before as behind: padding is not counted. Where the sides differ (8 pixels, window 3, step 2) the torch backend
# repeats the last pixel and counts it: the last column is 7.67 instead of 7.5; with a window of 5 the first one is 2.2 instead of
# 2.5. What touches that border weighs a third more, and again with every such layer. A test on odd sizes (7, window 3) or on
# pictures with a dark frame shows nothing. So weights that were taught with JAX give other answers with torch, and nothing warns.
# Safe: sizes whose padding is even on both sides, or "valid" after a padding of one's own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check keras==3.15.1 torch==2.14.1 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > pool.py <<'PYTHON'
import keras
import numpy as np

for side, window in ((7, 3), (8, 3), (8, 5)):
    columns = np.ones((1, side, side, 1), np.float32) * np.arange(1, side + 1, dtype=np.float32)[:, None]
    rows = {}
    for kind in (keras.layers.AveragePooling2D, keras.layers.MaxPooling2D):
        pooled = kind(window, strides=2, padding="same")(columns)
        rows[kind.__name__[:3]] = [f"{float(value):.2f}" for value in keras.ops.convert_to_numpy(pooled)[0, 0, :, 0]]
    print(f"{keras.backend.backend()} | {side} pixels, window {window} | average {' '.join(rows['Ave'])} | max {' '.join(rows['Max'])}")
PYTHON
seen=$(for backend in jax numpy torch; do KERAS_BACKEND=$backend venv/bin/python pool.py 2> log || { cat log; exit 1; }; done)
echo "$seen"
both() { printf '%s | 7 pixels, window 3 | average 1.50 3.00 5.00 6.50 | max 2.00 4.00 6.00 7.00\n' "$1"; }
same() { both "$1"; printf '%s | 8 pixels, window 3 | average 2.00 4.00 6.00 7.50 | max 3.00 5.00 7.00 8.00\n%s | 8 pixels, window 5 | average 2.50 4.00 6.00 7.00 | max 4.00 6.00 8.00 8.00\n' "$1" "$1"; }
other() { both "$1"; printf '%s | 8 pixels, window 3 | average 2.00 4.00 6.00 7.67 | max 3.00 5.00 7.00 8.00\n%s | 8 pixels, window 5 | average 2.20 4.00 6.00 7.40 | max 4.00 6.00 8.00 8.00\n' "$1" "$1"; }
expected="$(same jax; same numpy; other torch)"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
