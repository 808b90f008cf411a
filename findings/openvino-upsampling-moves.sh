#!/usr/bin/env bash
# One ONNX node, ConvTranspose (the layer by which decoders make pictures larger), with output_shape, "make it exactly twice as large", and auto_pad.
# A filter of 3 that doubles 8 pixels makes 17, so one is cut off; the standard's formula says where: SAME_UPPER at the end, SAME_LOWER at the
# beginning. onnxruntime 1.32.0 and the standard's own evaluator (onnx 1.23.2) do so. OpenVINO 2026.4.1 cuts the beginning for both: with SAME_UPPER the
# whole picture comes out one pixel up and to the left. Four such layers, from 4 x 4 to 64 x 64, and it is 15 pixels: what lies at (32, 32) is
# found at (17, 17). Without output_shape SAME_UPPER is right, so a test with that shows nothing. Nothing warns. A mask drawn by such a
# network lies beside its cell. Safe: pads written out as numbers, which all three read alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check openvino==2026.4.1 onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

first = np.zeros((1, 1, 3, 3), np.float32)
first[0, 0, 0, 0] = 1  # pixel k of the small picture is pixel 2 k of the uncut large one


def file(small, layers, words):
    nodes, sides = [], [small * 2**k for k in range(layers + 1)]
    for k in range(layers):
        told = {key: [sides[k + 1]] * 2 if value == "twice" else value for key, value in words.items()}
        nodes.append(helper.make_node("ConvTranspose", [f"p{k}", "w"], [f"p{k + 1}"], kernel_shape=[3, 3], strides=[2, 2], **told))
    ends = [helper.make_tensor_value_info(f"p{k}", TensorProto.FLOAT, [1, 1, sides[k], sides[k]]) for k in (0, layers)]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], [numpy_helper.from_array(first, "w")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def answers(model, given):
    held, settings = model.SerializeToString(), {"INFERENCE_PRECISION_HINT": "f32"}
    yield "onnxruntime", onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"]).run(None, {"p0": given})[0]
    yield "onnx", ReferenceEvaluator(model).run(None, {"p0": given})[0]
    core = openvino.Core()
    yield "OpenVINO", list(core.compile_model(core.read_model(held), "CPU", settings)([given]).values())[0]


def seen(small, layers, **words):
    given = np.zeros((1, 1, small, small), np.float32)
    given[0, 0, small // 2, small // 2] = 1
    for name, said in answers(file(small, layers, words), given):
        size, place = "x".join(map(str, said.shape[2:])), tuple(int(v) for v in np.argwhere(said[0, 0] > 0.5)[0])
        yield f"{name} {size} at {place}"


upper, lower = {"auto_pad": "SAME_UPPER"}, {"auto_pad": "SAME_LOWER"}
for name, small, layers, words in (
    ("SAME_UPPER, output_shape", 8, 1, upper | {"output_shape": "twice"}),
    ("SAME_LOWER, output_shape", 8, 1, lower | {"output_shape": "twice"}),
    ("SAME_UPPER", 8, 1, upper),
    ("SAME_LOWER", 8, 1, lower),
    ("pads 0 0 1 1", 8, 1, {"pads": [0, 0, 1, 1]}),
    ("four layers, SAME_UPPER, output_shape", 4, 4, upper | {"output_shape": "twice"}),
    ("four layers, pads 0 0 1 1", 4, 4, {"pads": [0, 0, 1, 1]}),
):
    print(name, "|", " | ".join(seen(small, layers, **words)))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="SAME_UPPER, output_shape | onnxruntime 16x16 at (8, 8) | onnx 16x16 at (8, 8) | OpenVINO 16x16 at (7, 7)
SAME_LOWER, output_shape | onnxruntime 16x16 at (7, 7) | onnx 16x16 at (7, 7) | OpenVINO 16x16 at (7, 7)
SAME_UPPER | onnxruntime 16x16 at (8, 8) | onnx 16x16 at (8, 8) | OpenVINO 16x16 at (8, 8)
SAME_LOWER | onnxruntime 16x16 at (7, 7) | onnx 16x16 at (7, 7) | OpenVINO 16x16 at (7, 7)
pads 0 0 1 1 | onnxruntime 16x16 at (8, 8) | onnx 16x16 at (8, 8) | OpenVINO 16x16 at (8, 8)
four layers, SAME_UPPER, output_shape | onnxruntime 64x64 at (32, 32) | onnx 64x64 at (32, 32) | OpenVINO 64x64 at (17, 17)
four layers, pads 0 0 1 1 | onnxruntime 64x64 at (32, 32) | onnx 64x64 at (32, 32) | OpenVINO 64x64 at (32, 32)"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
