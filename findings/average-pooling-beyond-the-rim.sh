#!/usr/bin/env bash
# One ONNX node, AveragePool with ceil_mode 1 (torch's AvgPool2d(2, ceil_mode=True), which halves odd sizes), four engines. The last
# window of 7 pixels reaches over the rim. By the specification's own code (onnx 1.23.2), onnxruntime 1.32.0 and torch 2.14.1 the
# mean is that of what lies inside. OpenCV 5.0.0 (dnn) divides by the whole window where count_include_pad is 1, torch's own setting, although
# there is no padding: the last column is half as bright, the corner a quarter, and nothing warns. OpenVINO 2026.4.1 is right there and does the
# same as soon as there is padding too (8 pixels, window 3, step 2, padding 1: 2.67 instead of 4). A network for 28 x 28 pictures
# (28, 14, 7, 4) that names blood cells gave logits up to 0.51 off and four other answers of 3,421 in OpenCV; at 32 x 32 no odd size
# occurs and all engines agree. Safe: count_include_pad=False, which changes nothing in torch where nothing is padded and
# which all four read alike; or sizes that halve evenly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 opencv-python-headless==5.0.0.93 openvino==2026.4.1
seen=$("$folder/venv/bin/python" - 2> "$folder/log" <<'PYTHON'
import cv2
import numpy as np
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def by_opencv(model, picture):
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))
    net.setInput(picture)
    return net.forward()


def by_openvino(model, picture):
    core = openvino.Core()
    exact = {"INFERENCE_PRECISION_HINT": "f32"}
    return core.compile_model(core.read_model(model.SerializeToString()), "CPU", exact)([picture])[0]


ENGINES = {
    "onnx": lambda model, picture: ReferenceEvaluator(model).run(None, {"x": picture})[0],
    "onnxruntime": lambda model, picture: onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": picture})[0],
    "OpenCV": by_opencv,
    "OpenVINO": by_openvino,
}
for side, window, padding in ((8, 2, 0), (7, 2, 0), (8, 3, 1)):
    picture = np.ones((1, 1, side, side), np.float32) * np.arange(1, side + 1, dtype=np.float32)
    for counted in (1, 0):
        node = helper.make_node("AveragePool", ["x"], ["y"], kernel_shape=[window] * 2, strides=[2, 2], pads=[padding] * 4,
                                ceil_mode=1, count_include_pad=counted)
        sides = [1, 1, side, side]
        graph = helper.make_graph([node], "pool", [helper.make_tensor_value_info("x", TensorProto.FLOAT, sides)],
                                  [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1, "h", "w"])])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        told = {name: np.asarray(engine(model, picture))[0, 0] for name, engine in ENGINES.items()}
        print(f"{side} pixels, window {window}, padding {padding}, count_include_pad {counted} | last column and corner:",
              ", ".join(f"{name} {row[1, -1]:.2f} {row[-1, -1]:.2f}" for name, row in told.items()))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="8 pixels, window 2, padding 0, count_include_pad 1 | last column and corner: onnx 7.50 7.50, onnxruntime 7.50 7.50, OpenCV 7.50 7.50, OpenVINO 7.50 7.50
8 pixels, window 2, padding 0, count_include_pad 0 | last column and corner: onnx 7.50 7.50, onnxruntime 7.50 7.50, OpenCV 7.50 7.50, OpenVINO 7.50 7.50
7 pixels, window 2, padding 0, count_include_pad 1 | last column and corner: onnx 7.00 7.00, onnxruntime 7.00 7.00, OpenCV 3.50 1.75, OpenVINO 7.00 7.00
7 pixels, window 2, padding 0, count_include_pad 0 | last column and corner: onnx 7.00 7.00, onnxruntime 7.00 7.00, OpenCV 7.00 7.00, OpenVINO 7.00 7.00
8 pixels, window 3, padding 1, count_include_pad 1 | last column and corner: onnx 4.00 2.00, onnxruntime 4.00 2.00, OpenCV 2.67 0.89, OpenVINO 2.67 0.89
8 pixels, window 3, padding 1, count_include_pad 0 | last column and corner: onnx 8.00 8.00, onnxruntime 8.00 8.00, OpenCV 8.00 8.00, OpenVINO 8.00 8.00"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
