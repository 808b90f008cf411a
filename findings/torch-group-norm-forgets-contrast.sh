#!/usr/bin/env bash
# torch 2.14.1 on a processor, GroupNorm, the norm of diffusion networks, of one and the same maps in two orders of memory. In plain order the spread is
# taken around the mean. In channels_last, which the manual advises for speed, it is the mean of squares less the square of the mean, in float32: two large numbers
# that are nearly equal. A pale sky in bytes as floats (200 to 203, 256 x 256, four channels) must come out with a spread of 1.00;
# plain it does, channels_last it is 0.37. The larger the map, the worse: spread 1 around 100 is off by up to 0.02 at 16 x 16 and by 0.7 at 512 x 512.
# Around 1,000 at that size numbers up to 1,600 come out, and a flat map of 0.1, which must become 0, does not. InstanceNorm, LayerNorm and BatchNorm of the
# maps around 100 are right to 0.002 or better in channels_last too, and so is GroupNorm of noise around 0, as tests use it (0.0002). Nothing warns. What a network has after a few layers
# without a norm, a depth, a temperature, bytes as they are, is such a map. Safe: plain order, or the mean subtracted before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 numpy==2.4.6
seen=$(OMP_NUM_THREADS=1 "$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import sys

import torch
from torch.nn import functional as F

torch.set_num_threads(1)


def off(x, groups):
    """The largest difference from double precision: in plain order, channels_last."""
    true = F.group_norm(x.double(), groups)
    return [(F.group_norm(x.contiguous(memory_format=o), groups).double() - true).abs().max().item()
            for o in (torch.contiguous_format, torch.channels_last)]


def noise(side, around):
    return torch.randn(1, 8, side, side, generator=torch.Generator().manual_seed(0)) + around


sky = (200 + 3 * torch.rand(1, 4, 256, 256, generator=torch.Generator().manual_seed(0))).round()
plain, last = F.group_norm(sky, 1).std().item(), F.group_norm(sky.contiguous(memory_format=torch.channels_last), 1).std().item()
print("sky:", round(plain, 2), abs(last - plain) > 0.2)
print("around 0:", *(v < 1e-3 for v in off(noise(512, 0), 2)))
print("around 100:", *(v < 1e-3 for v in off(noise(512, 100), 2)))
print("around 10000:", *(v < 1e-2 for v in off(noise(64, 10_000), 2)), off(noise(64, 10_000), 2)[1] > 10)
print("flat:", *(v == 0 for v in off(torch.full((1, 8, 33, 33), 0.1), 2)))
for norm in (F.instance_norm, lambda t: F.layer_norm(t, t.shape[1:]), lambda t: F.batch_norm(t, None, None, training=True)):
    x = noise(512, 100)
    print((norm(x.contiguous(memory_format=torch.channels_last)).double() - norm(x.double())).abs().max().item() < 5e-3)
print(plain, last, *([side, around, *off(noise(side, around), 2)] for side in (16, 64, 256, 512) for around in (0, 10, 100, 1000)), file=sys.stderr)
x = noise(512, 100)
for norm in (F.instance_norm, lambda t: F.layer_norm(t, t.shape[1:]), lambda t: F.batch_norm(t, None, None, training=True)):
    print((norm(x.contiguous(memory_format=torch.channels_last)).double() - norm(x.double())).abs().max().item(), file=sys.stderr)
PYTHON
) || { cat "$folder/log"; exit 1; }
cat "$folder/log"
expected="sky: 1.0 True
around 0: True True
around 100: True False
around 10000: True False True
flat: True False
True
True
True"
echo "$seen"
echo "expected: the same in both orders"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
