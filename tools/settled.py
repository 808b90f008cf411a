"""Networks that are opened sooner: what follows from shapes alone is worked out beforehand.

    python tools/settled.py FILE.onnx ...

rewrites files in place; what they answer stays the same, bit by bit. Only the number of pictures
may be open in them. An exporter that keeps it open writes every shape as arithmetic, and casts of
weights that are held in 16 bits come on top: of 852 nodes of the sketcher 428 are left, and ONNX
Runtime worked them out whenever it opened the file. Only standard operations are written.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from pincel import atomic

TOLD = {"tensor(float)": np.float32, "tensor(int64)": np.int64, "tensor(bool)": np.bool_}
COUNTS = (2, 3)
TRIED = (1, 2, 4, 7, 16, 33)


def main() -> None:
    """Rewrite the files that answer the same afterwards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    for path in parser.parse_args().files:
        before = path.read_bytes()
        after = settled(before)
        nodes = [len(onnx.load_from_string(data).graph.node) for data in (before, after)]
        atomic.write_whole(path, after)
        print(f"{path.name}: {nodes[0]} nodes, now {nodes[1]}; {len(after) / 1e6:.2f} MB")


def settled(data: bytes) -> bytes:
    """The file with its shapes worked out. SystemExit where it would answer anything else."""
    model = onnx.load_from_string(data)
    _constants_held(model.graph)
    _shapes_held(model)
    _without_idle(model.graph)
    after = halved(_simplified(model)).SerializeToString()
    one, other = _opened(data), _opened(after)
    for count in TRIED:
        given = _given(one, count)
        pairs = zip(one.run(None, given), other.run(None, given), strict=True)
        if not all(np.array_equal(a, b) for a, b in pairs):
            raise SystemExit(f"other answers for {count} pictures")
    return after


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network with its weights held in 16 bits; they are made 32 bits when it is opened,
    so it computes as before."""
    graph = model.graph
    nodes = []
    for held in graph.initializer:
        values = onnx.numpy_helper.to_array(held)
        if values.dtype != np.float32 or values.size < 1000:
            continue
        name = held.name
        small = onnx.numpy_helper.from_array(values.astype(np.float16), f"{name}.half")
        held.CopyFrom(small)
        cast = onnx.helper.make_node("Cast", [small.name], [name], to=onnx.TensorProto.FLOAT)
        nodes.append(cast)
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *rest])
    return model


def _opened(
    data: bytes, level: str = "ORT_ENABLE_ALL", path: str = ""
) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    options.graph_optimization_level = getattr(onnxruntime.GraphOptimizationLevel, level)
    if path:
        options.optimized_model_filepath = path
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _given(session: onnxruntime.InferenceSession, count: int) -> dict[str, np.ndarray]:
    """Anything that the network takes, of so many pictures."""
    rng = np.random.default_rng(count)
    found = {}
    for one in session.get_inputs():
        shape = [count if isinstance(side, str) else side for side in one.shape]
        found[one.name] = (rng.random(shape) * 3).astype(TOLD[one.type])
    return found


def _constants_held(graph: onnx.GraphProto) -> None:
    """Constants are weights like others."""
    for node in [node for node in graph.node if node.op_type == "Constant"]:
        held = node.attribute[0].t
        held.name = node.output[0]
        graph.initializer.append(held)
        graph.node.remove(node)


def _shapes_held(model: onnx.ModelProto) -> None:
    """What is the same for two and for three pictures and follows from shapes is a constant; so is
    the shape of a Reshape in which nothing but the first side is the number of pictures."""
    graph = model.graph
    held, shapes = {one.name for one in graph.initializer}, set()
    for node in graph.node:
        given = [name for name in node.input if name]
        known = bool(given) and all(name in shapes or name in held for name in given)
        if node.op_type == "Shape" or (known and any(name in shapes for name in given)):
            shapes.update(node.output)
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    kept = {one.name for one in graph.output}
    probe.graph.output.extend(onnx.ValueInfoProto(name=name) for name in shapes - kept)
    session = _opened(probe.SerializeToString(), "ORT_DISABLE_ALL")
    names = [one.name for one in session.get_outputs()]
    few, more = (
        dict(zip(names, session.run(None, _given(session, n)), strict=True)) for n in COUNTS
    )
    found = {}
    for name in shapes:
        one, other = few[name], more[name]
        if np.array_equal(one, other):
            found[name] = np.asarray(one)
        elif _is_counted(one, other) and _for_reshapes(graph, name):
            found[name] = np.array(one)
            found[name][0] = 0 if -1 in one else -1  # 0: as it comes
    for node in list(graph.node):
        if all(name in found for name in node.output):
            graph.node.remove(node)
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in found.items())


def _is_counted(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether a shape's first side is the number of pictures, and no other hangs on it."""
    if one.ndim != 1 or one.shape != other.shape or not len(one):
        return False
    return (one[0], other[0]) == COUNTS and bool((one[1:] == other[1:]).all())


def _for_reshapes(graph: onnx.GraphProto, name: str) -> bool:
    """Whether nothing but the second input of Reshape takes it."""
    takers = [(node.op_type, place) for node in graph.node
              for place, given in enumerate(node.input) if given == name]  # fmt: skip
    return all(taker == ("Reshape", 1) for taker in takers)


def _without_idle(graph: onnx.GraphProto) -> None:
    """Nodes and weights that nothing takes are left out."""
    while True:
        used = {name for node in graph.node for name in node.input}
        used |= {one.name for one in graph.output}
        idle = [node for node in graph.node if used.isdisjoint(node.output)]
        for node in idle:
            graph.node.remove(node)
        if not idle:
            break
    for one in [one for one in graph.initializer if one.name not in used]:
        graph.initializer.remove(one)


def _simplified(model: onnx.ModelProto) -> onnx.ModelProto:
    """As ONNX Runtime writes it with standard operations alone: weights of 32 bits, what is
    constant worked out."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "simple.onnx"
        _opened(model.SerializeToString(), "ORT_ENABLE_BASIC", str(path))
        return onnx.load(path)


if __name__ == "__main__":
    main()
