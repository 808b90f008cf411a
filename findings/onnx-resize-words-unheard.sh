#!/usr/bin/env bash
# One ONNX node, Resize of opset 18, with the words that opset brought: antialias (torch's interpolate(antialias=True) is
# exported with it), exclude_outside for the cubic's rim, keep_aspect_ratio_policy. onnxruntime 1.32.0 and the standard's own
# evaluator (onnx 1.23.2) do as they say and agree. OpenVINO 2026.4.1 reads the file, says nothing and leaves out all three: a picture
# made smaller by 4 is that without antialias, number by number (noise keeps a spread of 0.14 instead of 0.05), and 6 x 4 fitted
# "not_larger" into 3 x 3 is squeezed to 3 x 3 instead of 3 x 2. OpenCV 5.0.0 (dnn) leaves antialias out as well. What a network
# within such a file sees (a thumbnail, a pyramid, the small picture of an upscaler) is another picture, and a test that enlarges shows
# nothing, since there antialias changes nothing for linear. Another word that it does not know, half_pixel_symmetric, OpenVINO
# does refuse. Safe: make pictures smaller before the network, or write the filter as a convolution.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 opencv-python-headless==5.0.0.93 numpy==2.4.6
seen=$(cd "$folder" && venv/bin/python -W ignore - 2> log <<'PYTHON'
import cv2
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

core = openvino.Core()


def opencv(x):
    net = cv2.dnn.readNetFromONNX("a.onnx")
    net.setInput(x)
    return net.forward()


def four(x, size, **words):
    """What each engine makes of one Resize to `size`."""
    if "axes" not in words:
        size = [1, 1, *size]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (("x", x.shape), ("y", [1, 1, None, None]))]
    sizes = helper.make_tensor("s", TensorProto.INT64, [len(size)], size)
    graph = helper.make_graph([helper.make_node("Resize", ["x", "", "", "s"], ["y"], **words)], "g", ends[:1], ends[1:], [sizes])
    held = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(held, full_check=True)
    onnx.save(held, "a.onnx")
    told = {"reference": ReferenceEvaluator(held).run(None, {"x": x})[0]}
    told["onnxruntime"] = onnxruntime.InferenceSession("a.onnx", providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    told["OpenVINO"] = core.compile_model(core.read_model("a.onnx"), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})([x])[0]
    if "axes" not in words:
        told["OpenCV"] = opencv(x)
    return told


noise = np.random.default_rng(0).random((1, 1, 32, 32), np.float32)
for mode in ("linear", "cubic"):
    plain = four(noise, (8, 8), mode=mode, antialias=0)
    for name, y in four(noise, (8, 8), mode=mode, antialias=1).items():
        same = "as without it" if np.allclose(y, plain[name], atol=1e-5) else "another picture"
        print(f"{mode}, antialias | {name} | spread {y.std():.2f} | {same}")
plain = four(noise, (64, 64), mode="cubic")
for name, y in four(noise, (64, 64), mode="cubic", exclude_outside=1).items():
    print(f"cubic, exclude_outside | {name} | {'as without it' if np.allclose(y, plain[name], atol=1e-5) else 'another picture'}")
for name, y in four(noise[..., :6, :4], (3, 3), mode="linear", axes=[2, 3], keep_aspect_ratio_policy="not_larger").items():
    print(f"6 x 4 not larger than 3 x 3 | {name} | {y.shape[2]} x {y.shape[3]}")
try:
    four(noise, (8, 8), mode="linear", coordinate_transformation_mode="half_pixel_symmetric")
except RuntimeError as error:
    print("half_pixel_symmetric | OpenVINO refuses:", "half_pixel_symmetric" in str(error))
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
wanted='linear, antialias | reference | spread 0.05 | another picture
linear, antialias | onnxruntime | spread 0.05 | another picture
linear, antialias | OpenVINO | spread 0.14 | as without it
linear, antialias | OpenCV | spread 0.14 | as without it
cubic, antialias | reference | spread 0.06 | another picture
cubic, antialias | onnxruntime | spread 0.06 | another picture
cubic, antialias | OpenVINO | spread 0.20 | as without it
cubic, antialias | OpenCV | spread 0.20 | as without it
cubic, exclude_outside | reference | another picture
cubic, exclude_outside | onnxruntime | another picture
cubic, exclude_outside | OpenVINO | as without it
cubic, exclude_outside | OpenCV | another picture
6 x 4 not larger than 3 x 3 | reference | 3 x 2
6 x 4 not larger than 3 x 3 | onnxruntime | 3 x 2
6 x 4 not larger than 3 x 3 | OpenVINO | 3 x 3
half_pixel_symmetric | OpenVINO refuses: True'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
