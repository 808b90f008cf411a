"""This machine's processor as if it were another: which there are, and what comes out on each.

numpy, OpenBLAS and PyTorch choose their kernels by the processor; environment variables take the
newer ones away. `settings()` lists the processors that this one can stand for; run as a program
this prints what took effect, or digests of what must be the same on all:

    python tests/as_processor.py facts
    python tests/as_processor.py digests [all]

ONNX Runtime has no such switch; see docs/decisions/0011-the-same-on-every-processor.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import warnings
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ASSETS = Path(__file__).parents[1] / "assets"
BITS = [
    *("test_art_assign", "test_art_cells", "test_art_contour", "test_art_cutout"),
    *("test_art_dither", "test_art_fill", "test_art_fit", "test_art_grid", "test_art_learned"),
    *("test_art_patterns", "test_art_quantize", "test_art_score", "test_jobs_redo"),
    *("test_learn_lasting", "test_look_index", "test_make_pixelate", "test_make_restore"),
    "test_pixels_repeatable",
]
"""Test files whose answers could hang on the processor, marked `bits`; `make processors` runs them
as every one."""
SWITCHES = ("NPY_DISABLE_CPU_FEATURES", "OPENBLAS_CORETYPE", "ATEN_CPU_CAPABILITY")


@dataclass(frozen=True)
class Setting:
    """A processor to stand for: the environment that does it, and what must then be reported."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    expected: dict[str, Any] = field(default_factory=dict)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as this processor."""
        kept = {k: v for k, v in os.environ.items() if k not in SWITCHES}
        return subprocess.run(
            command, env=kept | self.environment, capture_output=True, text=True, check=False
        )

    def python(self, what: str, *more: str) -> Any:
        """What this file prints as this processor."""
        done = self.run(sys.executable, __file__, what, *more)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stderr[-2000:]}")
        return json.loads(done.stdout)


def facts() -> dict[str, Any]:
    """Which kernels are in use here, as the libraries report it themselves."""
    found: dict[str, Any] = {"numpy": sorted(_present())}
    try:
        from threadpoolctl import threadpool_info

        blas = {one["architecture"] for one in threadpool_info() if one["user_api"] == "blas"}
        found["blas"] = sorted(blas)
    except ImportError:
        found["blas"] = []
    try:
        import torch

        found["torch"] = torch.backends.cpu.get_cpu_capability()
    except ImportError:
        found["torch"] = ""
    return found


def _features() -> tuple[list[str], dict[str, bool]]:
    try:
        from numpy._core import _multiarray_umath as inside
    except ImportError:  # numpy 1
        from numpy.core import _multiarray_umath as inside
    return list(inside.__cpu_dispatch__), dict(inside.__cpu_features__)


def _present() -> list[str]:
    """What this processor has of what numpy has kernels for."""
    dispatched, features = _features()
    return [name for name in dispatched if features.get(name)]


def settings() -> list[Setting]:
    """As it is, and every older kind that this processor can stand for."""
    has, own = _present(), Setting("as it is")
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return (
            [own, Setting("plain", {SWITCHES[0]: " ".join(has)}, {"numpy": []})] if has else [own]
        )
    wide = [name for name in has if "512" in name or name == "X86_V4"]
    found = [own]
    if wide:
        found.append(Setting("AVX-512 in BLAS", {SWITCHES[1]: "SkylakeX"}, {"blas": ["SkylakeX"]}))
        rest = sorted(set(has) - set(wide))
        found.append(_older("AVX2", wide, "Haswell", "avx2", {"numpy": rest, "torch": "AVX2"}))
    if has:
        found.append(_older("SSE", has, "Nehalem", "default", {"numpy": [], "torch": "DEFAULT"}))
    return found


def _older(name: str, without: list[str], blas: str, torch: str, expected: dict) -> Setting:
    environment = dict(zip(SWITCHES, (" ".join(without), blas, torch), strict=True))
    return Setting(name, environment, {**expected, "blas": [blas]})


def refused(setting: Setting) -> list[str]:
    """What did not take effect of a setting, empty when all did."""
    told = setting.python("facts")
    return [
        f"{setting.name}: {what} should report {wanted}, but reports {told[what]}"
        for what, wanted in setting.expected.items()
        if told[what] != wanted and (told[what] or what == "numpy")  # not installed: no matter
    ]


def digests(everything: bool) -> dict[str, str]:
    """What must be the same on every processor, as short digests."""
    from pincel.art import cells, dither, fit, patterns, quantize, score
    from pincel.make.pictures.pixelate import Options, pixelate
    from pincel.pixels import color
    from pincel.pixels.open import open_picture

    found: dict[str, str] = {}

    def note(name: str, *values: Any) -> None:
        whole = hashlib.sha256()
        for value in values:
            whole.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        found[name] = whole.hexdigest()[:16]

    opened = {name: open_picture(ASSETS / name).rgba for name in
              ("portrait.png", "harbour.png", "walk.webp")}  # fmt: skip
    for name, rgba in opened.items():
        cut = cells.sample_cells(rgba, 24, 24)
        note(f"{name} cells", cut.samples, cut.mean)
        palette = quantize.choose_palette(cut, 12)
        note(f"{name} palette", palette)
        moved = fit.fit_colors(cut, palette[::3], np.zeros((24, 24), bool))
        note(f"{name} fitted", np.round(moved.samples, 6))
        for engine in ("fast", "best"):
            options = Options(engine=engine) if everything else Options(engine=engine, width=20)
            sprite, stages = pixelate(rgba, options)
            note(f"{name} {engine}", sprite.rgba())
            note(f"{name} {engine} score", score.craft(sprite), score.patterns(sprite.indices))
            lab = color.srgb_to_oklab(sprite.palette)
            for method in ("bayer4", "floyd-steinberg"):
                painted = dither.dither(sprite.indices, stages.cells.mean, lab, method)
                note(f"{name} {engine} {method}", painted)
    note(
        "prior",
        *(np.round(patterns.prior(patterns.pattern_table(s)), 6) for s in patterns.styles()),
    )
    if everything:
        _more(note, opened["portrait.png"])
    return found


def _more(note: Any, rgba: np.ndarray) -> None:
    """Slower ones: a background cut away, sprites restored, a sprite drawn from words."""
    from pincel.art import cutout
    from pincel.make.pictures.pixelate import Options, pixelate
    from pincel.make.pictures.restore import restore
    from pincel.make.words.draw import open_artist
    from pincel.pixels.open import open_picture
    from samples import face_picture

    note("cut out", cutout.background(_grainy(face_picture(300))))
    sprite, _ = pixelate(rgba, Options(width=40))
    image = Image.fromarray(sprite.rgba()[..., :3])
    for name, size, kind in (("whole", (280, 280), "PNG"), ("stretched", (137, 137), "JPEG")):
        file = BytesIO()
        image.resize(size, Image.Resampling.NEAREST).save(file, kind)
        note(f"restored {name}", restore(open_picture(file.getvalue())).sprite.rgba())
    note("drawn", open_artist().draw([20, 40, 60], seed=3).rgba())


def _grainy(rgba: np.ndarray) -> np.ndarray:
    """The face before a wall that is lighter on one side, photographed with some noise."""
    seen = rgba.astype(np.int64)
    wall = np.linspace(90, 170, rgba.shape[1]).astype(np.int64)
    seen[..., :3] = np.where(rgba[..., 3:] == 0, wall[None, :, None], seen[..., :3])
    seen[..., :3] += np.random.default_rng(0).integers(-9, 10, (*rgba.shape[:2], 3))
    seen[..., 3] = 255
    return np.clip(seen, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    warnings.simplefilter("error")
    what = facts() if sys.argv[1] == "facts" else digests("all" in sys.argv[2:])
    print(json.dumps(what))
