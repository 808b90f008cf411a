"""Pictures from a big text-to-image network that the person has (Stable Diffusion, Flux and
others), and their way to the true grid. Needs `pincel[diffusers]`.

Nothing of the network's folder is run: weights are read from safetensors files only, never from
pickles, and no code beside the weights is followed.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pincel.art.sprite import Sprite
from pincel.errors import PincelError
from pincel.pixels.picture import Picture

LIBRARIES = ("torch", "diffusers", "transformers")
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Pipeline:
    """A text-to-image pipeline, opened.

    name    of its folder or on the hub;  folder  where its files lie;  backend  "cpu float32"
    """

    name: str
    folder: Path
    backend: str
    runs: Any

    @property
    def sha256(self) -> str:
        """One hash of all its files' names and contents (weights and settings)."""
        return _hash(self.folder)

    def picture(
        self,
        prompt: str,
        seed: int,
        steps: int,
        guidance: float,
        *,
        side: int | None = None,
        told: Told | None = None,
    ) -> Picture:
        """One picture of a prompt. The noise depends on the seed alone, whatever the device.

        side  pixels of width and height; None: what the pipeline was trained for
        """
        import torch

        takes = inspect.signature(self.runs.__call__).parameters
        if "prompt" not in takes:
            raise PincelError("diffusers.no_prompt", name=self.name)
        given: dict[str, Any] = {
            "prompt": prompt,
            "num_inference_steps": steps,
            "guidance_scale": guidance,
            "generator": torch.Generator("cpu").manual_seed(seed),
            "output_type": "np",
        }
        if side is not None:
            given |= {"width": side, "height": side}
        if told is not None and "callback_on_step_end" in takes:
            given["callback_on_step_end"] = _teller(told, steps)
        try:
            made = self.runs(**{key: value for key, value in given.items() if key in takes})
        except (RuntimeError, ValueError, TypeError, MemoryError) as error:
            why = (str(error) or type(error).__name__).splitlines()[0][:160]
            raise PincelError("diffusers.failed", name=self.name, why=why) from error
        values = np.asarray(made.images[0])
        rgb = np.clip(np.rint(np.nan_to_num(values) * 255), 0, 255).astype(np.uint8)
        alpha = np.full((*rgb.shape[:2], 1), 255, np.uint8)
        return Picture((np.ascontiguousarray(np.concatenate([rgb[..., :3], alpha], -1)),))


def picture(
    model: str | Path,
    prompt: str,
    seed: int,
    steps: int,
    guidance: float,
    *,
    side: int | None = None,
    told: Told | None = None,
) -> Picture:
    """One picture of a prompt by the pipeline `model`: see `open_pipeline`, `Pipeline.picture`."""
    return open_pipeline(model).picture(prompt, seed, steps, guidance, side=side, told=told)


def open_pipeline(model: str | Path) -> Pipeline:
    """The pipeline in a folder (as diffusers saves it: model_index.json and safetensors files), or
    one of the hub by its name: from this machine's cache, else, where there is a network, fetched.

    PincelError when the libraries are missing, nothing is found, it holds no safetensors weights,
    or it cannot be opened.
    """
    absent = [name for name in LIBRARIES if find_spec(name) is None]
    if absent:
        raise PincelError("diffusers.needed", missing=", ".join(absent))
    return _opened(str(model))


@lru_cache(maxsize=1)
def _opened(model: str) -> Pipeline:
    import diffusers
    import torch
    from diffusers.utils import logging as quiet

    quiet.set_verbosity_error()
    quiet.disable_progress_bar()
    folder = _folder(model)
    if not any(folder.rglob("*.safetensors")):
        raise PincelError("diffusers.no_safetensors", name=model)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    kind = torch.float16 if device == "cuda" else torch.float32
    try:
        runs = diffusers.DiffusionPipeline.from_pretrained(
            folder,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            **{dtype_option(diffusers.__version__): kind},
        )
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0][:160]
        raise PincelError("diffusers.damaged", name=model, why=why) from error
    runs.set_progress_bar_config(disable=True)
    runs.to(device)
    name = model if _is_hub_name(model) else folder.resolve().name
    return Pipeline(name, folder, f"diffusers {device} {str(kind).rpartition('.')[2]}", runs)


def dtype_option(version: str) -> str:
    """What this version of diffusers calls the type of the weights: "dtype" since 0.40, which warns
    of "torch_dtype"; a version before that passes over "dtype" and loads float32."""
    numbers = [int(part) for part in re.findall(r"\d+", version)[:2]]
    return "dtype" if numbers >= [0, 40] else "torch_dtype"


def _is_hub_name(model: str) -> bool:
    return not Path(model).exists() and _HUB_NAME.fullmatch(model) is not None


def _folder(model: str) -> Path:
    """Where the pipeline's files lie; a hub name is looked for here first."""
    path = Path(model)
    if path.is_dir():
        if not (path / "model_index.json").is_file():
            raise PincelError("diffusers.no_pipeline", name=model)
        return path
    if path.exists():
        raise PincelError("diffusers.no_pipeline", name=model)
    if not _is_hub_name(model):
        raise PincelError("diffusers.missing", name=model)
    from diffusers import DiffusionPipeline

    for here_only in (True, False):
        try:
            found = DiffusionPipeline.download(
                model, use_safetensors=True, local_files_only=here_only, trust_remote_code=False
            )
            return Path(found)
        except Exception:  # offline, unknown, refused: the hub's errors have no common base
            continue
    raise PincelError("diffusers.missing", name=model)


@lru_cache(maxsize=4)
def _hash(folder: Path) -> str:
    counted = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".json", ".txt", ".model") and path.is_file():
            counted.update(path.relative_to(folder).as_posix().encode() + b"\0")
            with open(path, "rb") as file:
                counted.update(hashlib.file_digest(file, "sha256").digest())
    return counted.hexdigest()


def _teller(told: Told, steps: int) -> Callable[..., dict[str, Any]]:
    def step(_: Any, number: int, __: Any, values: dict[str, Any]) -> dict[str, Any]:
        told(number + 1, steps)
        return values

    return step


def on_grid(
    shown: Picture,
    *,
    width: int = 32,
    colors: int | None = None,
    palette: np.ndarray | None = None,
) -> tuple[Sprite, Literal["restore", "pixelate"]]:
    """A generated picture as a sprite: where it is pixel art with a grid (most pictures of a
    "pixel art" prompt), its true pixels (`make.restore`); else pixelated to `width`.
    palette: (k, 3) uint8 sRGB, the colours to keep to, or None."""
    from pincel.make.pictures.pixelate import Options
    from pincel.make.pictures.restore import restore
    from pincel.make.pictures.sprites import Finish, draw_sprite

    found = restore(shown, colors=colors, palette=palette)
    small = max(found.sprite.width, found.sprite.height) * 3 <= max(shown.width, shown.height)
    if found.verdict == "grid" and small:
        return found.sprite, "restore"
    options = Options(width=width, colors=colors, palette=palette)
    return draw_sprite(shown, options, Finish()).sprite, "pixelate"
