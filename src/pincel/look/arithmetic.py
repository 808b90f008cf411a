"""What a convolutional network does to shapes, counted by hand: output sizes, parameters,
multiplications and receptive fields, layer by layer, without running anything and without torch.

A network is one line: "conv 32 5 valid, relu, pool 2, conv 64 3 same stride 2, flatten, dense 10".
Sizes are height x width x channels, as in the slides of the course.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from pincel.errors import PincelError
from pincel.words.numbers import number

Pair = tuple[int, int]


@dataclass(frozen=True)
class DeclaredLayer:
    """One layer as declared.

    kind      "conv", "depthwise", "maxpool", "avgpool", "globalpool", "batchnorm",
              "flatten", "dense", or an activation or dropout, which changes no shape
    filters   output channels (conv) or outputs (dense)
    kernel, stride, dilation   (height, width)
    padding   "valid" (none), "same" (Keras: output ceil(n / stride), the odd pixel of padding
              below and right) or (height, width) as in PyTorch: that much on both sides, floor
    expects   inputs that a dense layer was made for; None takes what comes
    """

    kind: str
    filters: int = 0
    kernel: Pair = (1, 1)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: str | Pair = "valid"
    groups: int = 1
    bias: bool = True
    expects: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Counted:
    """One layer with its numbers.

    before, after     shapes: (h, w, c), or (n,) once flat
    pad               (top, bottom, left, right) zeros that the layer adds
    parameters        how many weights and biases; `formula` writes them term by term
    multiplications   for one picture
    field             receptive field (height, width) in pixels of the input, for one output cell
    jump              distance in input pixels between neighbouring output cells
    """

    layer: DeclaredLayer
    before: tuple[int, ...]
    after: tuple[int, ...]
    pad: tuple[int, int, int, int]
    parameters: int
    formula: str
    multiplications: int
    field: Pair
    jump: Pair


SHAPELESS = ("relu", "leakyrelu", "sigmoid", "tanh", "softmax", "gelu", "silu", "elu", "dropout")
WINDOWED = ("conv", "depthwise", "maxpool", "avgpool")
_NAMES = {
    "pool": "maxpool",
    "max": "maxpool",
    "avg": "avgpool",
    "linear": "dense",
    "gap": "globalpool",
}


def parse(text: str) -> tuple[DeclaredLayer, ...]:
    """The layers that one line declares. PincelError names the first word not understood."""
    layers = tuple(
        _layer(part.split()) for part in re.split(r"[,;\n]+", text.lower()) if part.strip()
    )
    if not layers:
        raise PincelError("arithmetic.empty")
    return layers


def _layer(words: list[str]) -> DeclaredLayer:
    kind = _NAMES.get(words[0], words[0])
    shown = " ".join(words)
    rest = words[1:]
    if kind in SHAPELESS or kind in ("flatten", "batchnorm", "globalpool"):
        return DeclaredLayer(kind, name=shown)  # "dropout 0.5": the number changes no shape
    if kind == "dense":
        inputs, arrow, outputs = (rest[0] if rest else "").partition("->")
        expects = _whole(inputs, shown) if arrow else None
        bias = "nobias" not in rest
        return DeclaredLayer(
            kind,
            _whole(outputs if arrow else inputs, shown),
            expects=expects,
            bias=bias,
            name=shown,
        )
    if kind not in WINDOWED:
        known = ", ".join([*WINDOWED, "globalpool", "batchnorm", "flatten", "dense", *SHAPELESS])
        raise PincelError("arithmetic.unknown_layer", layer=shown, known=known)
    layer = DeclaredLayer(kind, name=shown)
    sizes = []
    while rest and re.fullmatch(r"\d+(x\d+)?", rest[0]):
        sizes.append(rest.pop(0))
    wanted = 2 if kind == "conv" else 1
    if len(sizes) != wanted:
        key = "arithmetic.needs_two" if wanted == 2 else "arithmetic.needs_one"
        raise PincelError(key, layer=shown)
    layer = replace(layer, kernel=_pair(sizes[-1], shown))
    if wanted == 2:
        layer = replace(layer, filters=_whole(sizes[0], shown))
    if kind in ("maxpool", "avgpool"):
        layer = replace(layer, stride=layer.kernel)
    while rest:
        word = rest.pop(0)
        if word in ("valid", "same"):
            layer = replace(layer, padding=word)
        elif word == "nobias":
            layer = replace(layer, bias=False)
        elif word in ("stride", "dilation", "padding", "groups") and rest:
            value = rest.pop(0)
            if word == "groups":
                layer = replace(layer, groups=_whole(value, shown))
            elif word == "padding":
                layer = replace(layer, padding=_pair(value, shown, least=0))
            elif word == "stride":
                layer = replace(layer, stride=_pair(value, shown))
            else:
                layer = replace(layer, dilation=_pair(value, shown))
        else:
            raise PincelError("arithmetic.unknown_word", word=word, layer=shown)
    return layer


def _whole(text: str, layer: str, least: int = 1) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < least:
        raise PincelError("arithmetic.number", came=text or "-", layer=layer, least=least)
    return int(text)


def _pair(text: str, layer: str, least: int = 1) -> Pair:
    first, _, second = text.partition("x")
    return _whole(first, layer, least), _whole(second or first, layer, least)


def shape(text: str) -> tuple[int, int, int]:
    """ "100x100x3" as (100, 100, 3): height, width, channels; "28x28" has one channel."""
    parts = text.lower().replace("*", "x").split("x")
    if len(parts) not in (2, 3):
        raise PincelError("arithmetic.shape", came=text)
    numbers = [_whole(part.strip(), text) for part in parts]
    return numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1


def count(start: tuple[int, int, int], layers: tuple[DeclaredLayer, ...]) -> tuple[Counted, ...]:
    """Every layer's numbers for an input of (height, width, channels).

    Raises PincelError where a layer cannot take what comes. Receptive field arithmetic as in
    Dumoulin & Visin (2016): field += (kernel - 1) * dilation * jump; jump *= stride.
    """
    counted: list[Counted] = []
    unrolled = ""
    before: tuple[int, ...] = start
    field, jump = (1, 1), (1, 1)
    for layer in layers:
        if layer.kind == "flatten":
            unrolled = "x".join(map(str, before)) + " = "
        one = _count(layer, before, field, jump, unrolled)
        if layer.kind == "dense":
            unrolled = ""
        counted.append(one)
        before, field, jump = one.after, one.field, one.jump
    return tuple(counted)


def _count(
    layer: DeclaredLayer, before: tuple[int, ...], field: Pair, jump: Pair, unrolled: str
) -> Counted:
    plain = Counted(layer, before, before, (0, 0, 0, 0), 0, "", 0, field, jump)
    if layer.kind in SHAPELESS:
        return plain
    if layer.kind == "batchnorm":
        return replace(plain, parameters=2 * before[-1], formula=f"2 * {before[-1]}")
    if layer.kind == "flatten":
        return replace(plain, after=(math.prod(before),))
    if layer.kind == "dense":
        return _dense(plain, unrolled)
    if len(before) != 3:
        raise PincelError("arithmetic.flat", layer=layer.name, count=number(before[0]))
    high, wide, channels = before
    if layer.kind == "globalpool":
        seen = _grown(field, jump, (high, wide), (1, 1))
        return replace(plain, after=(1, 1, channels), field=seen)
    pad = _padding(layer, (high, wide))
    after = tuple(
        _windows(
            size,
            layer.kernel[axis],
            layer.stride[axis],
            layer.dilation[axis],
            pad[2 * axis : 2 * axis + 2],
        )
        for axis, size in enumerate((high, wide))
    )
    if min(after) < 1:
        raise PincelError(
            "arithmetic.too_small",
            layer=layer.name,
            size=f"{high}x{wide}",
            window="x".join(
                str((k - 1) * d + 1) for k, d in zip(layer.kernel, layer.dilation, strict=True)
            ),
        )
    seen = _grown(field, jump, layer.kernel, layer.dilation)
    step = (jump[0] * layer.stride[0], jump[1] * layer.stride[1])
    windowed = replace(plain, pad=pad, field=seen, jump=step)
    if layer.kind in ("maxpool", "avgpool"):
        return replace(windowed, after=(*after, channels))
    groups = channels if layer.kind == "depthwise" else layer.groups
    filters = channels if layer.kind == "depthwise" else layer.filters
    if channels % groups or filters % groups:
        raise PincelError(
            "arithmetic.groups", layer=layer.name, groups=groups, channels=channels, filters=filters
        )
    inner = channels // groups
    kernel = layer.kernel
    return replace(
        windowed,
        after=(*after, filters),
        parameters=(kernel[0] * kernel[1] * inner + layer.bias) * filters,
        formula=f"(({kernel[0]} * {kernel[1]} * {inner}) + {int(layer.bias)}) * {filters}",
        multiplications=math.prod(after) * kernel[0] * kernel[1] * inner * filters,
    )


def _dense(plain: Counted, unrolled: str) -> Counted:
    layer, before = plain.layer, plain.before
    if len(before) != 1:
        shown = "x".join(map(str, before))
        raise PincelError("arithmetic.not_flat", layer=layer.name, shape=shown)
    inputs = before[0]
    if layer.expects is not None and layer.expects != inputs:
        key = "arithmetic.flattened" if unrolled else "arithmetic.expects"
        shown = unrolled.removesuffix(" = ")
        raise PincelError(key, shape=shown, came=number(inputs), expects=number(layer.expects))
    return replace(
        plain,
        after=(layer.filters,),
        parameters=(inputs + layer.bias) * layer.filters,
        formula=f"({inputs} + {int(layer.bias)}) * {layer.filters}",
        multiplications=inputs * layer.filters,
    )


def _padding(layer: DeclaredLayer, size: Pair) -> tuple[int, int, int, int]:
    if layer.padding == "valid":
        return 0, 0, 0, 0
    if layer.padding == "same":
        sides: list[int] = []
        for n, k, s, d in zip(size, layer.kernel, layer.stride, layer.dilation, strict=True):
            whole = max(0, (math.ceil(n / s) - 1) * s + (k - 1) * d + 1 - n)
            sides += [whole // 2, whole - whole // 2]
        return sides[0], sides[1], sides[2], sides[3]
    if isinstance(layer.padding, str):
        raise ValueError(f"padding must be valid, same or (height, width), got {layer.padding!r}")
    high, wide = layer.padding
    return high, high, wide, wide


def _windows(size: int, kernel: int, stride: int, dilation: int, pad: tuple[int, ...]) -> int:
    """How many windows fit: floor((n + padding - window) / stride) + 1."""
    return (size + sum(pad) - (kernel - 1) * dilation - 1) // stride + 1


def _grown(field: Pair, jump: Pair, kernel: Pair, dilation: Pair) -> Pair:
    grown = [f + (k - 1) * d * j for f, j, k, d in zip(field, jump, kernel, dilation, strict=True)]
    return grown[0], grown[1]
