"""Settings under which every job has something to do: what the contract tests run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from pincel.calls import call
from pincel.job import face
from samples import (
    face_picture,
    tiny_captioner,
    tiny_coder,
    tiny_data,
    tiny_flow,
    tiny_model,
    tiny_pictures,
    tiny_translation,
    tiny_upscaler,
)


def example(name: str, folder: Path) -> dict[str, Any]:
    """Settings under which the job has something to do."""
    job = jobs.load(name)
    settings = dict(job.example)
    for field, info in job.model_fields.items():
        if face(info).get("sources"):
            picture = face_picture()
            if name == "restore":
                small = np.asarray(Image.fromarray(picture).resize((24, 24), Image.NEAREST))
                picture = small.repeat(8, 0).repeat(8, 1)
            path = folder / "face.png"
            Image.fromarray(picture).save(path)
            if name == "redo":
                call("pixelate", path, width=24, out=folder / "made.png")
                path = folder / "made.png"
            settings.setdefault(field, (str(path),))
        elif field == "data" and (info.is_required() or name == "train"):
            settings.setdefault(field, str(tiny_data(folder / "tiny")))
        elif field in ("faces", "sprites"):
            settings[field] = str(tiny_pictures(folder / field))
        elif field == "model" and field not in settings:
            pytest.importorskip("torch", reason="networks need pincel[nets]")
            tiny = tiny_coder if job.chapter() == "generate" else tiny_model
            own = {"repaint": tiny_flow, "upscale": tiny_upscaler, "caption": tiny_captioner,
                   "diagnose": tiny_translation}  # fmt: skip
            tiny = own.get(name, tiny)
            settings[field] = str(tiny(folder / "tiny.safetensors"))
        elif field == "like" and info.is_required():
            drawn = folder / "like.png"
            call("pixelate", face_picture(), width=12, colors=6, out=drawn, force=True)
            settings[field] = (str(drawn),)
        elif field == "runs":
            (folder / "runs").mkdir(exist_ok=True)
            settings[field] = folder / "runs"
        elif field == "training":
            pytest.importorskip("torch", reason="networks need pincel[nets]")
            first = {**jobs.load("train").example, "data": tiny_data(folder / "tiny")}
            call("train", runs=folder / "runs", name="first", **first)
            settings[field] = str(folder / "runs" / "first")
    return settings
