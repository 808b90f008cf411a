#!/usr/bin/env bash
# ONNX layers with auto_pad SAME_UPPER, the padding of TensorFlow's networks ("same"), where what is odd goes behind, and SAME_LOWER, where it goes
# before. OpenCV 5.0.0 (opencv-python-headless 5.0.0.93, dnn) puts it where it belongs for some windows and on the other side for others. A
# window of 3 in steps of 2 on an even size, by which MobileNets and EfficientNets halve their pictures: convolution, MaxPool and AveragePool
# all look one pixel too far up and to the left. Five such layers, from 64 x 64 to 2 x 2, and it is 31 pixels: what should be seen at
# (31, 31) is (0, 0), so a network looks for its thing beside it, and boxes lie beside theirs. SAME_LOWER is wrong for windows of 2 in
# steps of 1, and for 4 in steps of 2 on odd sizes. 3 in steps of 2 on odd sizes, 3 in steps of 1 and SAME_UPPER's 4 in steps of 2 are
# right, so a test with those shows nothing. The shapes are right, and nothing warns.
# onnxruntime 1.32.0, OpenVINO 2026.4.1 and the formula of the standard agree. Safe: pads written out as numbers, which OpenCV reads as the
# others do.
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


def file(operator, side, layers, window, step, told):
    nodes, sides = [], [-(-side // step**k) for k in range(layers + 1)]
    middle = np.zeros((1, 1, window, window), np.float32)
    middle[0, 0, (window - 1) // 2, (window - 1) // 2] = 1
    for k in range(layers):
        inputs = [f"p{k}", *(["w"] if operator == "Conv" else [])]
        nodes.append(helper.make_node(operator, inputs, [f"p{k + 1}"], kernel_shape=[window] * 2, strides=[step] * 2, **told))
    ends = [helper.make_tensor_value_info(f"p{k}", TensorProto.FLOAT, [1, 1, sides[k], sides[k]]) for k in (0, layers)]
    held = [numpy_helper.from_array(middle, "w")] if operator == "Conv" else []
    model = helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], held),
                              opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def answers(held, given):
    yield "onnxruntime", onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"]).run(None, {"p0": given})[0]
    core, settings = openvino.Core(), {"INFERENCE_PRECISION_HINT": "f32"}
    yield "OpenVINO", list(core.compile_model(core.read_model(held), "CPU", settings)([given]).values())[0]
    net = cv2.dnn.readNetFromONNX(np.frombuffer(held, np.uint8))
    net.setInput(given)
    yield "OpenCV", net.forward()


pixels = np.arange(64, dtype=np.float32).reshape(1, 1, 8, 8)
for padding in ("SAME_UPPER", "SAME_LOWER"):
    for window, step in ((2, 1), (3, 1), (3, 2), (4, 2)):
        wrong = []
        for operator in ("Conv", "MaxPool", "AveragePool"):
            for side in (7, 8):
                said = dict(answers(file(operator, side, 1, window, step, {"auto_pad": padding}), pixels[:, :, :side, :side].copy()))
                wrong += [f"{name} {operator} {side} x {side}" for name in said if not np.allclose(said[name], said["onnxruntime"])]
        print(padding, "| window", window, "step", step, "|", ", ".join(wrong) or "all alike")
rows = np.arange(64, dtype=np.float32)[:, None].repeat(64, 1)[None, None]
columns = rows.swapaxes(2, 3).copy()
for name, told in {"SAME_UPPER": {"auto_pad": "SAME_UPPER"}, "pads 0 0 1 1": {"pads": [0, 0, 1, 1]}}.items():
    held = file("Conv", 64, 5, 3, 2, told)
    seen = {engine: (int(row[0, 0, 0, 0]), int(column[0, 0, 0, 0])) for (engine, row), (_, column)
            in zip(answers(held, rows), answers(held, columns), strict=True)}
    print("five layers,", name, "| the first of 2 x 2 sees", " | ".join(f"{engine} {place}" for engine, place in seen.items()))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="SAME_UPPER | window 2 step 1 | all alike
SAME_UPPER | window 3 step 1 | all alike
SAME_UPPER | window 3 step 2 | OpenCV Conv 8 x 8, OpenCV MaxPool 8 x 8, OpenCV AveragePool 8 x 8
SAME_UPPER | window 4 step 2 | all alike
SAME_LOWER | window 2 step 1 | OpenCV Conv 7 x 7, OpenCV Conv 8 x 8, OpenCV MaxPool 7 x 7, OpenCV MaxPool 8 x 8, OpenCV AveragePool 7 x 7, OpenCV AveragePool 8 x 8
SAME_LOWER | window 3 step 1 | all alike
SAME_LOWER | window 3 step 2 | all alike
SAME_LOWER | window 4 step 2 | OpenCV Conv 7 x 7, OpenCV MaxPool 7 x 7, OpenCV AveragePool 7 x 7
five layers, SAME_UPPER | the first of 2 x 2 sees onnxruntime (31, 31) | OpenVINO (31, 31) | OpenCV (0, 0)
five layers, pads 0 0 1 1 | the first of 2 x 2 sees onnxruntime (31, 31) | OpenVINO (31, 31) | OpenCV (31, 31)"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
