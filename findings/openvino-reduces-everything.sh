#!/usr/bin/env bash
# OpenVINO 2026.4.1 on ONNX files of opset 13 to 17, three operators: ReduceL1, ReduceLogSum and ReduceLogSumExp, each over the channels of a picture.
# From opset 18 on the axes come as an input, up to 17 they are an attribute. For these three OpenVINO looks for the input already at 13,
# finds none and adds up the whole tensor, pictures of the batch included: (2, 4, 7, 9) becomes (1, 1, 1, 1). The five others
# asked (ReduceL2, ReduceSumSquare, ReduceMean, ...) are right, and so are the three in files of opset 11 and 18, so a test with those shows nothing.
# Where the result is laid over the picture again (a normalisation: colours as shares of their sum, probabilities from logits) the shape is right
# and every number wrong: shares that must add up to 1 in each pixel add up to 0.01, and log-probabilities are off by 5. One picture's answer hangs on its
# neighbour in the batch. Nothing warns. onnxruntime 1.32.0 and the standard's own evaluator (onnx 1.23.2) agree with NumPy. Safe: opset 18 or
# newer (onnx.version_converter for old files), and one picture through both engines.
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
from onnx import TensorProto, helper, numpy_helper, version_converter
from onnx.reference import ReferenceEvaluator

pictures = np.random.default_rng(0).uniform(0.1, 2, (2, 4, 7, 9)).astype(np.float32)
ways = {
    "ReduceL1": lambda x: np.abs(x).sum(1, keepdims=True),
    "ReduceLogSum": lambda x: np.log(x.sum(1, keepdims=True)),
    "ReduceLogSumExp": lambda x: np.log(np.exp(x).sum(1, keepdims=True)),
    "ReduceL2": lambda x: np.sqrt((x * x).sum(1, keepdims=True)),
    "ReduceSumSquare": lambda x: (x * x).sum(1, keepdims=True),
    "ReduceMean": lambda x: x.mean(1, keepdims=True),
    "ReduceMax": lambda x: x.max(1, keepdims=True),
    "ReduceProd": lambda x: x.prod(1, keepdims=True),
}


def file(operator, opset, over=None):
    """The operator over the channels; with `over`, the picture and its result put through that operator."""
    held = [numpy_helper.from_array(np.array([1]), "axes")] if opset > 17 else []
    axes = {} if opset > 17 else {"axes": [1]}
    nodes = [helper.make_node(operator, ["x", *(one.name for one in held)], ["sum"], keepdims=1, **axes)]
    nodes += [helper.make_node(over, ["x", "sum"], ["shown"])] if over else []
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in (("x", [2, 4, 7, 9]), (nodes[-1].output[0], [2, 4 if over else 1, 7, 9]))]
    model = helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], held),
                              opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def answers(model):
    held, settings = model.SerializeToString(), {"INFERENCE_PRECISION_HINT": "f32"}
    core = openvino.Core()
    yield "OpenVINO", list(core.compile_model(core.read_model(held), "CPU", settings)([pictures]).values())[0]
    yield "onnxruntime", onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"]).run(None, {"x": pictures})[0]
    yield "onnx", ReferenceEvaluator(model).run(None, {"x": pictures})[0]


def alike(one, other):
    return one.shape == other.shape and np.allclose(one, other, atol=1e-4)


for operator, formula in ways.items():
    wrong = {}
    for opset in (11, 13, 17, 18):
        for name, said in answers(file(operator, opset)):
            if not alike(said, formula(pictures)):
                wrong.setdefault(name, []).append(f"{opset} {said.shape}")
    print(operator, "|", "; ".join(f"{name}: opset {', '.join(which)}" for name, which in wrong.items()) or "all right")
shares = file("ReduceL1", 17, "Div")
for opset, model in ((17, shares), (18, version_converter.convert_version(shares, 18))):
    for name, said in answers(model):
        print(f"shares of a pixel's colours, opset {opset} | {name} | {said.shape} | they add up to {said.sum(1).mean():.2f}")
for name, said in answers(file("ReduceLogSumExp", 17, "Sub")):
    print(f"log-probabilities, opset 17 | {name} | off by {np.abs(said - (pictures - ways['ReduceLogSumExp'](pictures))).max():.1f}")
PYTHON
) || { cat "$folder/log"; exit 1; }
echo "$seen"
expected="ReduceL1 | OpenVINO: opset 13 (1, 1, 1, 1), 17 (1, 1, 1, 1)
ReduceLogSum | OpenVINO: opset 13 (1, 1, 1, 1), 17 (1, 1, 1, 1)
ReduceLogSumExp | OpenVINO: opset 13 (1, 1, 1, 1), 17 (1, 1, 1, 1)
ReduceL2 | all right
ReduceSumSquare | all right
ReduceMean | all right
ReduceMax | all right
ReduceProd | all right
shares of a pixel's colours, opset 17 | OpenVINO | (2, 4, 7, 9) | they add up to 0.01
shares of a pixel's colours, opset 17 | onnxruntime | (2, 4, 7, 9) | they add up to 1.00
shares of a pixel's colours, opset 17 | onnx | (2, 4, 7, 9) | they add up to 1.00
shares of a pixel's colours, opset 18 | OpenVINO | (2, 4, 7, 9) | they add up to 1.00
shares of a pixel's colours, opset 18 | onnxruntime | (2, 4, 7, 9) | they add up to 1.00
shares of a pixel's colours, opset 18 | onnx | (2, 4, 7, 9) | they add up to 1.00
log-probabilities, opset 17 | OpenVINO | off by 5.7
log-probabilities, opset 17 | onnxruntime | off by 0.0
log-probabilities, opset 17 | onnx | off by 0.0"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
