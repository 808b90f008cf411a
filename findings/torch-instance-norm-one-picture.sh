#!/usr/bin/env bash
# torch 2.14.1 on a processor, InstanceNorm2d in a network that lies channels_last (the order that the manual advises for speed), one picture a step, as
# CycleGAN, pix2pix and style transfer are taught. What goes forward is right to the last digit. On the way back the gradient of everything before the
# norm is another one: of the ten filters of a small CycleGAN generator (convolutions, three skips, one enlargement) the two behind the last norm are
# right, and the eight before it have nothing to do with the truth (cosine -0.02 to 0.09). The norm hands its maps on in plain order, the gradient comes back
# channels_last, and with a batch of one its memory is read as if it were plain: channels for pixels (to the last digit so). With two pictures all is right;
# so it is with BatchNorm, GroupNorm, plain order, and where a ReLU, a pooling or a padding alone stands between the norm and the next convolution,
# so a test with those shows nothing. A skip, a SiLU, an ELU, an Upsample or no activation gives the wrong one. Nothing warns: the last layers learn,
# the loss falls, and stays seven times higher here after 150 steps. Safe: plain order wherever an instance norm is taught, or two pictures a step.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check torch==2.14.1 numpy==2.4.6
seen=$(OMP_NUM_THREADS=1 "$folder/venv/bin/python" -W ignore - 2> "$folder/log" <<'PYTHON'
import torch
from torch import nn

PLAIN, LAST = torch.contiguous_format, torch.channels_last


class Skip(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.layers(x)


def generator(order, kind):
    torch.manual_seed(0)

    def halfway():
        return [nn.ReflectionPad2d(1), nn.Conv2d(32, 32, 3), nn.InstanceNorm2d(32)]

    layers = [nn.ReflectionPad2d(3), nn.Conv2d(3, 16, 7), nn.InstanceNorm2d(16), nn.ReLU()]
    layers += [nn.Conv2d(16, 32, 3, 2, 1), nn.InstanceNorm2d(32), nn.ReLU()]
    layers += [Skip(*halfway(), nn.ReLU(), *halfway()) for _ in range(3)]
    layers += [nn.ConvTranspose2d(32, 16, 3, 2, 1, output_padding=1), nn.InstanceNorm2d(16), nn.ReLU()]
    layers += [nn.ReflectionPad2d(3), nn.Conv2d(16, 3, 7), nn.Tanh()]
    return nn.Sequential(*layers).to(memory_format=order, dtype=kind)


def cosines(order, pictures):
    """Of each filter's gradient with that in plain double precision."""
    found = []
    for how, kind in ((PLAIN, torch.float64), (order, torch.float32)):
        x = torch.rand(pictures, 3, 32, 32, generator=torch.Generator().manual_seed(1)).to(kind)
        x = x.contiguous(memory_format=how)
        net = generator(how, kind)
        ((net(x) + x) ** 2).mean().backward()
        found.append([p.grad.double().flatten() for p in net.parameters() if p.dim() == 4])
    return [round(torch.cosine_similarity(a, b, 0).item(), 2) + 0.0 for a, b in zip(*found)]


def between(*layers):
    """How far the first filter's gradient is off, from 0, channels_last and one picture."""
    found = []
    for order, kind in ((PLAIN, torch.float64), (LAST, torch.float32)):
        torch.manual_seed(0)
        x = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1)).to(kind)
        net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.InstanceNorm2d(16), *layers, nn.Conv2d(16, 3, 3))
        net.to(memory_format=order, dtype=kind)(x.contiguous(memory_format=order)).square().mean().backward()
        found.append(net[0].weight.grad.double())
    return "wrong" if (found[0] - found[1]).norm() > 0.5 * found[0].norm() else "right"


def taught(order):
    net = generator(order, torch.float32)
    steps = torch.optim.Adam(net.parameters(), 2e-3)
    few = torch.rand(8, 3, 8, 8, generator=torch.Generator().manual_seed(1)).repeat_interleave(4, 2).repeat_interleave(4, 3)
    losses = []
    for step in range(150):
        x = (2 * few[step % 8 : step % 8 + 1] - 1).contiguous(memory_format=order)
        loss = ((net(x) + x) ** 2).mean()
        steps.zero_grad()
        loss.backward()
        steps.step()
        losses.append(loss.item())
    return sum(losses[-16:]) / 16


one, two = cosines(LAST, 1), cosines(LAST, 2)
print("plain, one picture, all right:", min(cosines(PLAIN, 1)) > 0.99)
print("channels last, one picture, before the last norm below 0.1:", max(map(abs, one[:8])) < 0.1, "behind it right:", min(one[8:]) > 0.99)
print("channels last, two pictures, all right:", min(two) > 0.99)
print("between:", *(f"{name} {between(*layers)}" for name, layers in (
    ("nothing", ()), ("ReLU", (nn.ReLU(),)), ("SiLU", (nn.SiLU(),)), ("ELU", (nn.ELU(),)), ("Upsample", (nn.Upsample(scale_factor=2),)),
    ("AvgPool", (nn.AvgPool2d(2),)), ("pad", (nn.ReflectionPad2d(1),)), ("skip", (Skip(nn.Conv2d(16, 16, 3, padding=1)),)))))
good, bad = taught(PLAIN), taught(LAST)
print("more than three times the loss:", bad > 3 * good)
import sys
print(one, two, good, bad, file=sys.stderr)
PYTHON
) || { cat "$folder/log"; exit 1; }
cat "$folder/log"
expected="plain, one picture, all right: True
channels last, one picture, before the last norm below 0.1: True behind it right: True
channels last, two pictures, all right: True
between: nothing wrong ReLU right SiLU wrong ELU wrong Upsample wrong AvgPool right pad right skip wrong
more than three times the loss: True"
echo "$seen"
echo "expected: right everywhere, and no more loss"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
