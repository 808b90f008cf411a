"""Damaged files, thousands of them, into every reader: a result or one sentence, nothing else.

Run as a script, this file is the worker: it mutates and opens with 1 GB of memory above what it
had at its start, and prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import picture_files
from pincel.art.files import palettes
from pincel.art.files.sprites import aseprite
from pincel.art.palettes import palette_named
from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.pixels.open import open_picture
from pincel.pixels.picture import Picture

EACH = 100  # mutated copies of one file
SECONDS = 5  # of computing, for one file
MEMORY = 1 << 30  # above the start
WHOLE = 40  # seconds of computing for all


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs RLIMIT_AS and /proc")
def test_damaged_files_end_as_a_picture_or_one_sentence() -> None:
    paths = [str(Path(picture_files.__file__).parent), *filter(None, sys.path)]
    worker = subprocess.run(
        [sys.executable, "-W", "error", __file__],
        capture_output=True,
        text=True,
        timeout=400,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
    )
    assert worker.returncode == 0, worker.stderr[-3000:]
    seen = json.loads(worker.stdout)
    assert seen["wrong"] == []
    assert worker.stderr == ""  # no decoder talks past us
    assert seen["files"] >= 2000
    assert seen["opened"] >= 200, "mutations so rough that nothing opens test nothing"
    assert seen["refused"] >= 800, "mutations so mild that everything opens test nothing"
    assert seen["slowest"] < SECONDS
    assert seen["grown_mb"] < MEMORY >> 20
    assert seen["seconds"] < WHOLE


class Hung(BaseException):
    """Not an Exception: no decoder may swallow it."""


def mutations(data: bytes, rng: np.random.Generator, count: int) -> Iterator[tuple[str, bytes]]:
    """Damaged copies, each with the name of what was done to it."""
    ways = [flipped, cut, swapped, relabelled, resized, repeated]
    for number in range(count):
        way = ways[number % len(ways)]
        damaged = way(data, rng)
        if number % 4 < 2 and data.startswith(b"\x89PNG"):
            damaged = mended(damaged)  # right checksums let the damage get further in
        yield way.__name__, damaged


def flipped(data: bytes, rng: np.random.Generator) -> bytes:
    """A few bytes take other values."""
    out = np.frombuffer(data, np.uint8).copy()
    at = rng.integers(0, len(out), rng.integers(1, 9))
    out[at] = rng.integers(0, 256, len(at))
    return out.tobytes()


def cut(data: bytes, rng: np.random.Generator) -> bytes:
    return data[: rng.integers(0, len(data))]


def swapped(data: bytes, rng: np.random.Generator) -> bytes:
    """Two pieces change places."""
    a, b, c, d = np.sort(rng.integers(0, len(data) + 1, 4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def repeated(data: bytes, rng: np.random.Generator) -> bytes:
    """A piece stands there twice."""
    a, b = np.sort(rng.integers(0, len(data) + 1, 2))
    return data[:b] + data[a:b] + data[b:]


def relabelled(data: bytes, rng: np.random.Generator) -> bytes:
    """A field of one, two or four bytes, most often near the start, says something extreme."""
    out = bytearray(data)
    size = int(rng.choice([1, 2, 4]))
    most = len(out) if rng.random() < 0.4 else min(len(out), 160)
    at = int(rng.integers(0, max(most - size, 1)))
    values = [0, 1, 2, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), 2 ** (8 * size - 1) - 1, 255]
    order = "big" if rng.random() < 0.5 else "little"
    out[at : at + size] = int(rng.choice(values)).to_bytes(size, order)
    return bytes(out)


def resized(data: bytes, rng: np.random.Generator) -> bytes:
    """Wherever width or height is written, something else is."""
    out = bytearray(data)
    side = int(rng.choice([0, 1, 22, 32, 70, 5_000, 9_999, 29_999, 30_001, 65_535, 2**31 - 1]))
    old = int(rng.choice([23, 31, 22, 30]))  # WebP writes one less
    for form in rng.permutation(["<H", ">H", "<I", ">I"]):
        was = struct.pack(form, old)
        top = 2 ** (8 * len(was)) - 1
        at = bytes(out).find(was)
        if at >= 0:
            out[at : at + len(was)] = struct.pack(form, min(side, top))
            break
    return bytes(out).replace(b"(23,", b"(%d," % side, 1)


def mended(data: bytes) -> bytes:
    """A PNG with right checksums, as far as its chunks can be followed."""
    out, at = bytearray(data), 8
    while at + 12 <= len(out):
        length = int.from_bytes(out[at : at + 4], "big")
        end = at + 8 + length
        if end + 4 > len(out):
            break
        out[end : end + 4] = struct.pack(">I", zlib.crc32(out[at + 4 : end]))
        at = end + 4
    return bytes(out)


def readers() -> dict[str, tuple[Callable[[bytes], object], bytes]]:
    """Every reader with a file that it reads, by the file's name."""
    every: dict[str, tuple[Callable[[bytes], object], bytes]] = {
        name: (open_picture, data) for name, data in picture_files.every_kind().items()
    }
    every["jpeg small"] = (lambda data: open_picture(data, (8, 8)), every["jpeg"][1])
    return every | palette_readers()


def palette_readers() -> dict[str, tuple[Callable[[bytes], object], bytes]]:
    """The readers of palettes and of .aseprite files."""
    pico = palette_named("pico-8")
    indices = (picture_files.scene()[..., 0] // 16).astype(np.int16)
    sprite = Sprite((indices, indices[::-1] - 1), pico.colors, (100, 120))
    every: dict[str, tuple[Callable[[bytes], object], bytes]] = {
        f"palette {suffix}": (
            partial(palettes.read_palette, name="palette" + suffix),
            palettes.write_palette(pico, suffix),
        )
        for suffix in palettes.palette_suffixes()
    }
    drawn = aseprite.write_aseprite(sprite)
    every["palette .aseprite"] = (partial(palettes.read_palette, name="a.aseprite"), drawn)
    every["aseprite"] = (aseprite.aseprite_sprite, drawn)
    every["aseprite, as a picture"] = (open_picture, drawn)
    return every


def memory(field: str) -> int:
    """A size out of /proc, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(field + ":")[1].split()[0]) * 1024


def hang(*_) -> None:
    raise Hung


def sound(result: object) -> bool:
    """Whether what a reader gave back is whole."""
    if not isinstance(result, Picture):
        return result is not None
    whole = all(f.dtype == np.uint8 and f.shape[2] == 4 and f.size for f in result.frames)
    return whole and len(result.frames) == len(result.durations) > 0


def main() -> None:
    every = readers()
    for read, data in every.values():
        read(data)  # whole files open; and all that decoders import is imported before the limit
    start = memory("VmSize")
    resource.setrlimit(resource.RLIMIT_AS, (start + MEMORY, start + MEMORY))
    resident = memory("VmHWM")
    signal.signal(signal.SIGPROF, hang)
    sentences: Counter[str] = Counter()
    wrong: list[str] = []
    files = opened = 0
    slowest = (0.0, "")
    begun = time.process_time()
    for place, (name, (read, data)) in enumerate(every.items()):
        rng = np.random.default_rng([20261123, place])
        for number, (way, damaged) in enumerate(mutations(data, rng, EACH)):
            files += 1
            label = f"{name}, {way} {number}"
            before = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                if sound(read(damaged)):
                    opened += 1
                else:
                    wrong.append(f"{label}: hollow result")
            except PincelError as error:
                sentences[error.key] += 1
                if not 20 < len(str(error)) < 300:
                    wrong.append(f"{label}: {error}")
            except (Exception, Hung) as error:
                wrong.append(f"{label}: {type(error).__name__}: {error}")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, (time.process_time() - before, label))
    seen = {
        "files": files,
        "readers": len(every),
        "opened": opened,
        "refused": sentences.total(),
        "sentences": dict(sentences.most_common()),
        "slowest": round(slowest[0], 3),
        "slowest_file": slowest[1],
        "grown_mb": (memory("VmHWM") - resident) >> 20,
        "seconds": round(time.process_time() - begun, 1),
        "wrong": wrong,
    }
    print(json.dumps(seen, indent=1))


if __name__ == "__main__":
    main()
