#!/usr/bin/env bash
# One ONNX node, Softmax with axis 1, the last layer of a network that says for each pixel which of four classes it is, in files of opset 11 or 12. By
# the standard of those versions the axis is where the input is flattened: one sum over classes, rows and columns together, and a
# pixel's chances add up to 0.02. onnxruntime 1.32.0 does so. OpenVINO 2026.4.1, OpenCV 5.0.0 (dnn) and the standard's own evaluator (onnx 1.23.2)
# give each pixel its own sum, as opset 13 has it. So of one file, with a threshold of one half, three engines name 61 of 64 pixels, and the
# fourth, the one that is right, names one. For LogSoftmax and Hardmax OpenVINO agrees with onnxruntime, and the two others do not. Along
# the last axis, or for a list of classes without rows and columns, all agree, so a test with a classifier shows nothing. Nothing
# warns. Safe: opset 13 or newer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check opencv-python-headless==5.0.0.93 onnxruntime==1.32.0 openvino==2026.4.1 onnx==1.23.2 numpy==2.4.6
seen=$(OPENCV_LOG_LEVEL=OFF "$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import cv2
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

scores = np.random.default_rng(0).normal(0, 4, (1, 4, 8, 8)).astype(np.float32)


def answers(operator, given, axis, opset):
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, given.shape) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"], axis=axis)], "g", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    held, settings = model.SerializeToString(), {"INFERENCE_PRECISION_HINT": "f32"}
    yield "onnxruntime", onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"]).run(None, {"x": given})[0]
    core = openvino.Core()
    yield "OpenVINO", list(core.compile_model(core.read_model(held), "CPU", settings)([given]).values())[0]
    net = cv2.dnn.readNetFromONNX(np.frombuffer(held, np.uint8))
    net.setInput(given)
    yield "OpenCV", net.forward()
    yield "onnx", ReferenceEvaluator(model).run(None, {"x": given})[0]


for opset in (11, 12, 13):
    for engine, said in answers("Softmax", scores, 1, opset):
        print(f"Softmax, opset {opset} | {engine} | a pixel's chances add up to {said.sum(1).mean():.2f}"
              f" | pixels with a class above one half: {(said.max(1) > 0.5).sum()} of 64")
for operator in ("Softmax", "LogSoftmax", "Hardmax"):
    for name, given, axis in (("axis 1", scores, 1), ("last axis", scores, 3), ("a list of classes", scores[:, :, 0, 0].copy(), 1)):
        said = dict(answers(operator, given, axis, 11))
        other = [engine for engine in said if not np.allclose(said[engine], said["onnxruntime"], atol=1e-5)]
        print(f"{operator}, opset 11, {name} | not as onnxruntime: {', '.join(other) or 'none'}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="Softmax, opset 11 | onnxruntime | a pixel's chances add up to 0.02 | pixels with a class above one half: 1 of 64
Softmax, opset 11 | OpenVINO | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 11 | OpenCV | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 11 | onnx | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 12 | onnxruntime | a pixel's chances add up to 0.02 | pixels with a class above one half: 1 of 64
Softmax, opset 12 | OpenVINO | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 12 | OpenCV | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 12 | onnx | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 13 | onnxruntime | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 13 | OpenVINO | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 13 | OpenCV | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 13 | onnx | a pixel's chances add up to 1.00 | pixels with a class above one half: 61 of 64
Softmax, opset 11, axis 1 | not as onnxruntime: OpenVINO, OpenCV, onnx
Softmax, opset 11, last axis | not as onnxruntime: none
Softmax, opset 11, a list of classes | not as onnxruntime: none
LogSoftmax, opset 11, axis 1 | not as onnxruntime: OpenCV, onnx
LogSoftmax, opset 11, last axis | not as onnxruntime: none
LogSoftmax, opset 11, a list of classes | not as onnxruntime: none
Hardmax, opset 11, axis 1 | not as onnxruntime: OpenCV, onnx
Hardmax, opset 11, last axis | not as onnxruntime: none
Hardmax, opset 11, a list of classes | not as onnxruntime: none"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
