#!/usr/bin/env bash
# torch 2.14.1 with its oneDNN 3.12, on a processor with AVX-512 BF16: the weight gradient of a depthwise
# convolution with stride 2 on a 1 x 1 map, in channels_last and bf16 autocast. Eight of its nine taps see
# nothing but padding, so their gradient is 0, as fp32 says. In bf16 the place is not written: what was in
# memory before stands there (1e18 here; NaN in a training that otherwise runs for hours). Stride 1, larger
# maps and the plain memory order are right. A MobileNet or EfficientNet on small pictures ends in such maps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.14.1 numpy
seen=$(OMP_NUM_THREADS=1 "$folder/venv/bin/python" - <<'PYTHON'
import torch
from torch import nn

if not torch.cpu._is_avx512_bf16_supported():
    print("no AVX-512 BF16 here")
    raise SystemExit
conv = nn.Conv2d(16, 16, 3, stride=2, padding=1, groups=16, bias=False)
conv = conv.to(memory_format=torch.channels_last)
x = torch.randn(4, 16, 1, 1).contiguous(memory_format=torch.channels_last)
found = []
for half in (False, True):
    worst = 0.0
    for _ in range(5):
        used = [torch.full((2**k,), 12345.0) for k in range(16) for _ in range(30)]
        del used
        conv.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            y = conv(x)
        y.float().sum().backward()
        gradient = conv.weight.grad.clone()
        gradient[:, :, 1, 1] = 0  # the one tap that sees the picture
        worst = max(worst, float(gradient.abs().nan_to_num(1e38).max()))
    found.append("0" if worst == 0 else "not 0")
print("fp32", found[0], "bf16", found[1])
PYTHON
)
echo "seen:     $seen"
echo "expected: fp32 0 bf16 0"
[ "$seen" = "fp32 0 bf16 not 0" ] || [ "$seen" = "no AVX-512 BF16 here" ] || { echo "this has changed"; exit 1; }
