#!/usr/bin/env bash
# onnx2torch 1.5.15 (torch 2.14.1), convert(), which makes a torch network of an ONNX file so that one can look inside with torch's
# tools. An ONNX file is a network at rest. What comes back is in training: a BatchNormalization takes mean and spread of the picture that
# comes in instead of its own, and moves its own towards it with every call, so that eval() afterwards comes too late (0.26 off). Its
# page's example calls the result at once and compares it; there torch's exporter had folded those layers away. With .eval() before the
# first picture all agrees. Resize with asymmetric corners (what older TensorFlow's layers become) becomes one with half-pixel corners for linear
# and cubic, eval() or not, and nearest takes the floor where the file says round_prefer_ceil; much else is refused, these are not. Nothing
# warns. Against onnxruntime 1.32.0. Safe: .eval() at once, and one picture through both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 torchvision==0.29.1 onnx2torch==1.5.15 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
seen=$(cd "$folder" && venv/bin/python -W ignore - 2> log <<'PYTHON'
import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnx2torch import convert

random = np.random.default_rng(0)
picture = random.random((1, 3, 8, 8), np.float32)
dark = picture / 10


def network(kind, names, held, **words):
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, None, None]) for name in "xy"]
    own = [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in held.items()]
    graph = helper.make_graph([helper.make_node(kind, names, ["y"], **words)], "g", ends[:1], ends[1:], own)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def runs(made, x):
    return onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]


def apart(a, b):
    return f"{np.abs(a - b).max():.2f}"


norm = network("BatchNormalization", ["x", "g", "b", "m", "v"], {"g": [1] * 3, "b": [0] * 3, "m": [0.5] * 3, "v": [0.08] * 3})
made = convert(norm)
with torch.no_grad():
    first, second = (made(torch.from_numpy(x)).numpy() for x in (picture, dark))
    print("BatchNormalization | as it comes:", apart(runs(norm, picture), first), "a dark picture:", apart(runs(norm, dark), second))
    print("BatchNormalization | eval() after these two:", apart(runs(norm, picture), made.eval()(torch.from_numpy(picture)).numpy()))
    print("BatchNormalization | eval() at once:", apart(runs(norm, picture), convert(norm).eval()(torch.from_numpy(picture)).numpy()))
    for words in ({"mode": "linear"}, {"mode": "cubic"}, {"mode": "nearest", "nearest_mode": "round_prefer_ceil"}, {"mode": "nearest", "nearest_mode": "floor"}):
        made = network("Resize", ["x", "", "s"], {"s": [1, 1, 2, 2]}, coordinate_transformation_mode="asymmetric", **words)
        mine = convert(made).eval()(torch.from_numpy(picture)).numpy()
        print("Resize, asymmetric,", *words.values(), "| apart:", apart(runs(made, picture), mine))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='BatchNormalization | as it comes: 0.40 a dark picture: 3.19
BatchNormalization | eval() after these two: 0.26
BatchNormalization | eval() at once: 0.00
Resize, asymmetric, linear | apart: 0.35
Resize, asymmetric, cubic | apart: 0.41
Resize, asymmetric, nearest round_prefer_ceil | apart: 0.99
Resize, asymmetric, nearest floor | apart: 0.00'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
