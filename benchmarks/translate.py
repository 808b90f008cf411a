"""How fast faces become sprites: the report's networks, the native ones, and `translate`.

    python benchmarks/translate.py [--turns 3] [--rounds 20]

One thread. A step is a whole one (both generators, both discriminators, the steps of the weights)
on one face and one sprite, of 128 pixels; native sprites have 32. Turn by turn, in seconds of the
processor, the best of several turns; each is set against "plain":

    plain    the report's network as usually implemented: fp32, every pass by itself, identity
             (a sprite asked to become a sprite) in every step
    report   the same network and the same losses in every step, as Pincel teaches it here (bf16
             where the processor has it, passes together)
    native, identity in every step    the network without the enlarging half and those losses
    native   as Pincel teaches it unless told otherwise: identity in every fourth step, with four
             times its weight; the mean of four steps

The last does less work a step, by design: two of six passes of generators are left out of three
steps of four. Decision 0041 says what it does to what is learned. `translate` is timed with
networks that are open, from a picture of 512 pixels to the sprite, with and without the search for
the head, surely ("ordinary") and in doubt of the hair's colour, so that it looks at a wider frame,
too ("doubtful"); seconds of the processor, the best of all rounds, in turns. Its memory is that of
a process that has done nothing else. Bars: the report's network >= 1.5 times as fast as plain (2.2
with AMX), native >= 2.5 times, `translate` >= 20 times as fast a picture as the report's generator,
<= 10 ms, <= 200 MB.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from speed import peak_megabytes, scene

PORTRAIT = Path(__file__).parents[1] / "assets" / "portrait.png"


def plain_step(net, faces, sprites, optimizers) -> None:
    """A step as the usual implementations take it: every pass by itself, fp32."""
    import torch
    from torch.nn.functional import l1_loss, mse_loss

    made_sprites, made_faces = net.to_sprite(faces), net.to_face(sprites)

    def right(verdicts, wanted: float):
        return mse_loss(verdicts, torch.full_like(verdicts, wanted))

    loss = 5 * (l1_loss(net.to_sprite(sprites), sprites) + l1_loss(net.to_face(faces), faces))
    loss = loss + right(net.sprites(made_sprites), 1) + right(net.faces(made_faces), 1)
    loss = loss + 10 * l1_loss(net.to_face(made_sprites), faces)
    loss = loss + 10 * l1_loss(net.to_sprite(made_faces), sprites)
    optimizers["generators"].zero_grad()
    loss.backward()
    optimizers["generators"].step()
    for part, judge, real, made in (("sprites", net.sprites, sprites, made_sprites),
                                    ("faces", net.faces, faces, made_faces)):  # fmt: skip
        optimizers[part].zero_grad()
        ((right(judge(real), 1) + right(judge(made.detach()), 0)) / 2).backward()
        optimizers[part].step()


TAUGHT = {
    "report": {},
    "native, identity in every step": {"native": 32, "identity_every": 1, "calm": True},
    "native": {"native": 32, "calm": True, "identity_every": 4},
}


def step_seconds(turns: int) -> dict[str, float]:
    """Seconds of the processor a step takes: plain, and each of `TAUGHT`, turn by turn."""
    import torch

    faces = torch.rand(1, 3, 128, 128) * 2 - 1
    work = {"plain": (_plain(faces), 1)}
    work |= {name: _taught(faces, settings) for name, settings in TAUGHT.items()}
    found: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(1 + turns):
        for name, (step, count) in work.items():
            start = time.process_time()
            for _ in range(count):
                step()
            found[name].append((time.process_time() - start) / count)
    return {name: min(taken[1:]) for name, taken in found.items()}


def _plain(faces) -> Callable[[], object]:
    """Takes a step of the usual implementation."""
    import torch

    from pincel.nets import cyclegan

    net = cyclegan.Net(cyclegan.Config())
    sprites = torch.rand(1, 3, 128, 128) * 2 - 1
    optimizers = {p: torch.optim.Adam(w, 2e-4) for p, w in net.parts().items()}
    return lambda: plain_step(net, faces, sprites, optimizers)


def _taught(faces, settings: dict[str, int]) -> tuple[Callable[[], object], int]:
    """Takes a step as a training does; and after how many steps it does the same again."""
    import torch

    from pincel.learn import loop, precision
    from pincel.learn.tasks.translating import Translating
    from pincel.nets import cyclegan

    cpu = torch.device("cpu")
    net = cyclegan.Net(cyclegan.Config(**settings))
    sprites = torch.rand(1, 3, net.config.sprite, net.config.sprite) * 2 - 1
    how = precision.suited_precision(net, cpu)
    order = Translating.layout(net, how, cpu)
    net = net.to(memory_format=order)
    batch = tuple(b.contiguous(memory_format=order) for b in (faces, sprites))
    optimizers = loop.adamw(net, 2e-4, 0.0, (0.5, 0.999))
    opens = precision.context(how, cpu)
    steps = loop.train(net, itertools.repeat(batch), optimizers, precision=opens)
    return lambda: next(steps), net.config.identity_every


def _best(work: Callable[[], object], rounds: int, clock: Callable[[], float]) -> float:
    work()
    taken = []
    for _ in range(rounds):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def generator_seconds(rounds: int) -> float:
    """Seconds a face of 128 pixels takes in the report's generator, plain fp32."""
    import torch

    from pincel.nets import cyclegan

    net = cyclegan.ResizingGenerator(cyclegan.Config()).eval()
    face = torch.rand(1, 3, 128, 128)
    with torch.inference_mode():
        return _best(lambda: net(face), rounds, time.perf_counter)


def translate_seconds(rounds: int) -> dict[str, float]:
    """Seconds a picture of 512 pixels takes, with the search for the head and without, where all
    colours are sure and where one is not."""
    from pincel.make.pictures.translate import open_translator
    from pincel.pixels.open import open_picture

    rgba = open_picture(PORTRAIT, at_most=(512, 512)).rgba
    sure = open_translator()
    frame = sure.translate(rgba).frame
    table = sure.about["doubts"]
    ways = {}
    for name, constant in (("ordinary", 30.0), ("doubtful", -30.0)):  # of logarithms of odds
        hair = {"hair": [*table["hair"][:-1], constant]}
        others = {part: [*table[part][:-1], 30.0] for part in ("skin", "clothes")}
        ready = replace(sure, about=sure.about | {"doubts": table | others | hair})
        ways[f"{name}, searching"] = partial(ready.translate, rgba)
        ways[f"{name}, framed"] = partial(ready.translate, rgba, frame)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            start = time.process_time()
            way()
            taken[name].append(time.process_time() - start)
    return {name: min(seconds[1:]) for name, seconds in taken.items()}


def memory() -> float:
    """Peak megabytes of a process that translates one picture."""
    done = subprocess.run([sys.executable, __file__, "--peak"], capture_output=True, text=True,
                          check=True)  # fmt: skip
    return float(done.stdout)


def main() -> None:
    """One run, one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        import pincel

        pincel.translate(scene(512, 512), crop=(0, 0, 512))
        print(peak_megabytes())
        return
    import torch

    torch.set_num_threads(1)
    drawn, peak = translate_seconds(asked.rounds), memory()
    generator = generator_seconds(max(3, asked.rounds // 4))
    steps = step_seconds(asked.turns)
    print("| what | time | against plain |\n|---|---|---|")
    for name, seconds in steps.items():
        print(f"| step, {name} | {seconds:.2f} s | {steps['plain'] / seconds:.2f} x |")
    print(f"| the report's generator, a face | {1e3 * generator:.0f} ms | 1 x |")
    for name, seconds in drawn.items():
        print(f"| translate, {name} | {1e3 * seconds:.1f} ms | {generator / seconds:.1f} x |")
    print(f"| memory of translate | {peak:.0f} MB | |")
    assert np.isfinite(peak)


if __name__ == "__main__":
    main()
