#!/usr/bin/env bash
# Keras 3.15.1, keras.ops.image.gaussian_blur as it comes, with the backends JAX 0.10.2 and NumPy 2.4.6, pictures in Keras's own order (rows,
# columns, colours). A blur leaves a flat picture as it is. With NumPy it does. With JAX white becomes (0.73, 1.00, 0.73), a light green, and a
# flat grey picture of one channel is less than half as bright (0.45): the rows are taken for the channels, so what is blurred is columns
# and colours. A red dot spreads into green and to the left and right, and not at all up and down. The shape is
# right, pictures of (colours, rows, columns) are too, and so is the layer keras.layers.RandomGaussianBlur, which
# hands the order over, so tests with those show nothing. Nothing warns. A network taught with such an augmentation learns tints, and the same
# line gives other pictures after a change of the backend. Safe: data_format="channels_last", said aloud.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.4.6
cat > "$folder/seen.py" <<'PYTHON'
import os

import keras
import numpy as np

name = os.environ["KERAS_BACKEND"]


def blurred(picture, size=3, **more):
    return np.asarray(keras.ops.image.gaussian_blur(picture[None].astype("float32"), (size, size), (1.0, 1.0), **more))[0]


white, grey, dot = np.ones((32, 32, 3)), np.ones((32, 32, 1)), np.zeros((32, 32, 3))
dot[16, 16, 0] = 1
for order in ({}, {"data_format": "channels_last"}):
    seen = blurred(dot, **order)
    rows, columns, colors = (len(set(where)) for where in np.nonzero(seen > 0.01))
    print(name, "|", order.get("data_format", "nothing said"), "| white", blurred(white, **order)[16, 16].round(2), "| grey",
          blurred(grey, **order)[16, 16].round(2), "| a red dot in", rows, "rows,", columns, "columns,", colors, "colours")
first = blurred(np.moveaxis(white, 2, 0), data_format="channels_first")[:, 16, 16]
layer = keras.layers.RandomGaussianBlur(1.0, 3, (1.0, 1.0), value_range=(0, 1))
print(name, "| colours first: white", first.round(2), "| the layer: white", np.asarray(layer(white[None], training=True))[0, 16, 16].round(2))
PYTHON
seen=$(for backend in numpy jax; do KERAS_BACKEND=$backend "$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log" || { cat "$folder/log"; exit 1; }; done)
echo "$seen"
expected="numpy | nothing said | white [1. 1. 1.] | grey [1.] | a red dot in 3 rows, 3 columns, 1 colours
numpy | channels_last | white [1. 1. 1.] | grey [1.] | a red dot in 3 rows, 3 columns, 1 colours
numpy | colours first: white [1. 1. 1.] | the layer: white [1. 1. 1.]
jax | nothing said | white [0.73 1.   0.73] | grey [0.45] | a red dot in 1 rows, 3 columns, 2 colours
jax | channels_last | white [1. 1. 1.] | grey [1.] | a red dot in 3 rows, 3 columns, 1 colours
jax | colours first: white [1. 1. 1.] | the layer: white [1. 1. 1.]"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
