"""Finding a trained network: by a shipped name, a run, or a file."""

from __future__ import annotations

import difflib
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pincel.errors import PincelError
from pincel.learn.free_places import runs_folder
from pincel.nets import _needed

if TYPE_CHECKING:
    from pincel.nets._network import Model

BEST = "best.safetensors"
_HEADER = 1 << 26  # bytes; longer ones are no file of ours


def shipped() -> tuple[str, ...]:
    """The names of the networks that come with the package ("cnn.bloodmnist")."""
    folder = resources.files("pincel") / "weights"
    if not folder.is_dir():
        return ()
    files = (Path(f.name) for f in folder.iterdir())
    return tuple(sorted({f.stem for f in files if f.suffix == ".safetensors" and "." in f.stem}))


def find_file(text: str | Path) -> Path:
    """The file that `text` means: a shipped name, a run's folder, a run's name, or a file (with or
    without its suffix). PincelError with the nearest names when there is none."""
    text = str(text)
    if text in shipped():
        return Path(str(resources.files("pincel") / "weights" / f"{text}.safetensors"))
    path = Path(text)
    if path.is_file():
        return path
    for folder in (path, runs_folder() / text):
        if (folder / BEST).is_file():
            return folder / BEST
        if (folder / "run.json").is_file():
            raise PincelError("models.untrained", run=folder)
    known = [*shipped(), *_runs()]
    near = difflib.get_close_matches(text, known, n=3, cutoff=0.4)
    raise PincelError("models.nowhere", name=text, known=", ".join(near or known[:4]) or "-")


def _runs() -> list[str]:
    return sorted(p.parent.name for p in runs_folder().glob(f"*/{BEST}"))


def family_in(path: Path) -> str | None:
    """The family that a network's .safetensors file names in its header, without torch; None for
    anything else."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        held = file.read(size) if size <= _HEADER else b""
    try:
        return str(json.loads(json.loads(held)["__metadata__"]["pincel"])["family"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def find_model(text: str | Path) -> Model:
    """The trained network that `text` means, ready to use. PincelError when there is none, when
    the file is damaged or not one of ours, or when torch is not installed."""
    path = find_file(text)
    _needed.require()
    from pincel.nets._network import open_model

    return open_model(path)
