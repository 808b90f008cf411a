#!/usr/bin/env bash
# onnx 1.23.2, onnx.reference.ReferenceEvaluator, the standard's own evaluator, by which one settles which of two engines is right.
# Four operators of picture networks, each against its formula in NumPy; onnxruntime 1.32.0 and OpenVINO 2026.4.1 agree with the
# formula, the evaluator does not. BatchNormalization in files of opset 9 to 13: a network at rest, and a tenth of
# mean and spread is taken from the picture that comes in; from opset 14 on it is right. LRN (AlexNet, GoogLeNet) goes over as many
# channels as there are PICTURES: of one picture's four the first is normalised and three are left as they were; with as many pictures
# as channels it is right, and the standard's own test data have five of each. MaxPool with more padding on one side than on the other (what halving an
# even size with SAME needs) gives both sides' padding to one axis: 5 x 5 becomes 6 x 4. LpNormalization with p = 1 divides by the sum
# with its signs, not by that of the absolute values. Nothing warns. Safe: two engines and the formula.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6
seen=$(cd "$folder" && venv/bin/python -W ignore - 2> log <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

core = openvino.Core()


def three(node, x, held, opset):
    """What each of the three makes of one node."""
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (("x", x.shape), ("y", [None] * x.ndim))]
    made = helper.make_model(helper.make_graph([node], "g", ends[:1], ends[1:], held), opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(made, full_check=True)
    onnx.save(made, "a.onnx")
    yield "reference", ReferenceEvaluator(made).run(None, {"x": x})[0]
    yield "onnxruntime", onnxruntime.InferenceSession("a.onnx", providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    yield "OpenVINO", core.compile_model(core.read_model("a.onnx"), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})([x])[0]


def told(what, node, x, wanted, held=(), opset=22):
    for name, y in three(node, x, held, opset):
        right = y.shape == wanted.shape and np.allclose(y, wanted, atol=1e-4)
        print(f"{what} | {name} {'right' if right else 'wrong'} | {'x'.join(map(str, y.shape))}: {' '.join(f'{v:.2f}' for v in y.ravel()[:4])}")


def lrn(x):  # bias 1, alpha 1, beta 0.5, over three channels
    around = [(x[:, max(0, c - 1) : c + 2] ** 2).sum(1) for c in range(x.shape[1])]
    return x / np.sqrt(1 + np.stack(around, 1) / 3)


four = np.array([1, 2, 3, -4], np.float32)
x = np.arange(4, dtype=np.float32).reshape(1, 1, 2, 2)
held = [helper.make_tensor(name, TensorProto.FLOAT, [1], [value]) for name, value in (("g", 1), ("b", 0), ("m", 1), ("v", 4))]
for opset in (9, 13, 14, 22):
    node = helper.make_node("BatchNormalization", ["x", "g", "b", "m", "v"], ["y"], epsilon=0.0)
    told(f"BatchNormalization of opset {opset}", node, x, (x - 1) / 2, held, opset)
node = helper.make_node("LRN", ["x"], ["y"], size=3, alpha=1.0, beta=0.5)
for n in (1, 4):
    x = np.tile(four.reshape(1, 4, 1, 1), (n, 1, 1, 1))
    told(f"LRN, {n} of 4 channels", node, x, lrn(x))
x = np.arange(1, 26, dtype=np.float32).reshape(1, 1, 5, 5)
held = np.pad(x[0, 0], ((1, 0), (1, 0)), constant_values=-np.inf)
wanted = np.lib.stride_tricks.sliding_window_view(held, (2, 2)).max((2, 3))[None, None]
told("MaxPool 2, padded above and left", helper.make_node("MaxPool", ["x"], ["y"], kernel_shape=[2, 2], pads=[1, 1, 0, 0]), x, wanted)
x = four.reshape(1, 4)
told("LpNormalization, p 1", helper.make_node("LpNormalization", ["x"], ["y"], axis=1, p=1), x, x / np.abs(x).sum())
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='BatchNormalization of opset 9 | reference wrong | 1x1x2x2: -0.54 -0.03 0.49 1.01
BatchNormalization of opset 9 | onnxruntime right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 9 | OpenVINO right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 13 | reference wrong | 1x1x2x2: -0.54 -0.03 0.49 1.01
BatchNormalization of opset 13 | onnxruntime right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 13 | OpenVINO right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 14 | reference right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 14 | onnxruntime right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 14 | OpenVINO right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 22 | reference right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 22 | onnxruntime right | 1x1x2x2: -0.50 0.00 0.50 1.00
BatchNormalization of opset 22 | OpenVINO right | 1x1x2x2: -0.50 0.00 0.50 1.00
LRN, 1 of 4 channels | reference wrong | 1x4x1x1: 0.61 2.00 3.00 -4.00
LRN, 1 of 4 channels | onnxruntime right | 1x4x1x1: 0.61 0.84 0.92 -1.31
LRN, 1 of 4 channels | OpenVINO right | 1x4x1x1: 0.61 0.84 0.92 -1.31
LRN, 4 of 4 channels | reference right | 4x4x1x1: 0.61 0.84 0.92 -1.31
LRN, 4 of 4 channels | onnxruntime right | 4x4x1x1: 0.61 0.84 0.92 -1.31
LRN, 4 of 4 channels | OpenVINO right | 4x4x1x1: 0.61 0.84 0.92 -1.31
MaxPool 2, padded above and left | reference wrong | 1x1x6x4: 2.00 3.00 4.00 5.00
MaxPool 2, padded above and left | onnxruntime right | 1x1x5x5: 1.00 2.00 3.00 4.00
MaxPool 2, padded above and left | OpenVINO right | 1x1x5x5: 1.00 2.00 3.00 4.00
LpNormalization, p 1 | reference wrong | 1x4: 0.50 1.00 1.50 -2.00
LpNormalization, p 1 | onnxruntime right | 1x4: 0.10 0.20 0.30 -0.40
LpNormalization, p 1 | OpenVINO right | 1x4: 0.10 0.20 0.30 -0.40'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
