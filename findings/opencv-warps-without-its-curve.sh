#!/usr/bin/env bash
# Two ONNX operators in OpenCV 5.0.0 (opencv-python-headless 5.0.0.93, dnn), which reads the file and says nothing. GridSample, by which networks warp
# their pictures (spatial transformers, registration, optical flow): "cubic", as opset 20 writes it, is calculated as linear, number by
# number. "bicubic", as opset 16 writes the same, is right on noise; around a dot on a flat ground the curve's outer part is missing, 0 where
# -0.094 belongs, so flat sprites and masks are warped by another curve than photographs, and a test with random numbers shows nothing.
# PRelu with a slope for each column, row or pixel (by the standard the slopes are laid over the input from its last axis on):
# they are given to the channels, in their order. A slope for each channel, or for each number, is right. onnxruntime 1.32.0 and OpenVINO
# 2026.4.1 agree with the formula. Safe: linear warps, or a convolution for the curve; slopes of the input's whole size.
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
from onnx import TensorProto, helper, numpy_helper


def answers(operator, given, other, shape, opset, **told):
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in (("x", given.shape), ("y", shape))]
    node = helper.make_node(operator, ["x", "o"], ["y"], **told)
    graph = helper.make_graph([node], "g", ends[:1], ends[1:], [numpy_helper.from_array(other, "o")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    held, settings = model.SerializeToString(), {"INFERENCE_PRECISION_HINT": "f32"}
    yield "onnxruntime", onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"]).run(None, {"x": given})[0]
    core = openvino.Core()
    yield "OpenVINO", list(core.compile_model(core.read_model(held), "CPU", settings)([given]).values())[0]
    net = cv2.dnn.readNetFromONNX(np.frombuffer(held, np.uint8))
    net.setInput(given)
    yield "OpenCV", net.forward()


dot, noise = np.zeros((1, 1, 7, 7), np.float32), np.random.default_rng(0).random((1, 1, 7, 7)).astype(np.float32)
dot[0, 0, 3, 3] = 1
places = np.zeros((1, 1, 7, 2), np.float32)
places[0, 0, :, 0] = np.arange(-1.5, 1.6, 0.5) / 3  # from one and a half pixels before the dot to as far behind, half pixels
for opset, mode in ((16, "bicubic"), (20, "cubic"), (20, "linear")):
    for name, picture in (("a dot", dot), ("noise", noise)):
        for engine, said in answers("GridSample", picture, places, [1, 1, 1, 7], opset, mode=mode, align_corners=1):
            print(f"{mode}, opset {opset} | {name} | {engine} |", *(f"{v + 0:.3f}" for v in said.ravel()))
below = -np.ones((1, 2, 3, 4), np.float32)
for name, slopes in {"column": np.arange(1, 5), "row": np.arange(1, 4).reshape(3, 1), "pixel": np.arange(1, 13).reshape(3, 4),
                     "channel": np.arange(1, 3).reshape(2, 1, 1), "number": np.arange(1, 25).reshape(2, 3, 4)}.items():
    wanted = below * slopes
    said = {engine: np.allclose(out, wanted) for engine, out in answers("PRelu", below, slopes.astype(np.float32), below.shape, 16)}
    print(f"a slope for each {name} |", " | ".join(f"{engine} {'right' if right else 'wrong'}" for engine, right in said.items()))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="bicubic, opset 16 | a dot | onnxruntime | -0.094 0.000 0.594 1.000 0.594 0.000 -0.094
bicubic, opset 16 | a dot | OpenVINO | -0.094 0.000 0.594 1.000 0.594 0.000 -0.094
bicubic, opset 16 | a dot | OpenCV | 0.000 0.000 0.594 1.000 0.594 0.000 0.000
bicubic, opset 16 | noise | onnxruntime | 0.713 0.647 0.651 0.615 0.439 0.384 0.670
bicubic, opset 16 | noise | OpenVINO | 0.713 0.647 0.651 0.615 0.439 0.384 0.670
bicubic, opset 16 | noise | OpenCV | 0.713 0.647 0.651 0.615 0.439 0.384 0.670
cubic, opset 20 | a dot | onnxruntime | -0.094 0.000 0.594 1.000 0.594 0.000 -0.094
cubic, opset 20 | a dot | OpenVINO | -0.094 0.000 0.594 1.000 0.594 0.000 -0.094
cubic, opset 20 | a dot | OpenCV | 0.000 0.000 0.500 1.000 0.500 0.000 0.000
cubic, opset 20 | noise | onnxruntime | 0.713 0.647 0.651 0.615 0.439 0.384 0.670
cubic, opset 20 | noise | OpenVINO | 0.713 0.647 0.651 0.615 0.439 0.384 0.670
cubic, opset 20 | noise | OpenCV | 0.659 0.647 0.631 0.615 0.500 0.384 0.690
linear, opset 20 | a dot | onnxruntime | 0.000 0.000 0.500 1.000 0.500 0.000 0.000
linear, opset 20 | a dot | OpenVINO | 0.000 0.000 0.500 1.000 0.500 0.000 0.000
linear, opset 20 | a dot | OpenCV | 0.000 0.000 0.500 1.000 0.500 0.000 0.000
linear, opset 20 | noise | onnxruntime | 0.659 0.647 0.631 0.615 0.500 0.384 0.690
linear, opset 20 | noise | OpenVINO | 0.659 0.647 0.631 0.615 0.500 0.384 0.690
linear, opset 20 | noise | OpenCV | 0.659 0.647 0.631 0.615 0.500 0.384 0.690
a slope for each column | onnxruntime right | OpenVINO right | OpenCV wrong
a slope for each row | onnxruntime right | OpenVINO right | OpenCV wrong
a slope for each pixel | onnxruntime right | OpenVINO right | OpenCV wrong
a slope for each channel | onnxruntime right | OpenVINO right | OpenCV right
a slope for each number | onnxruntime right | OpenVINO right | OpenCV right"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
