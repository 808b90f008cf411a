"""The type of the weights is asked for by the name that the installed diffusers knows."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("torch", reason="needs pincel[nets]")

from pincel.make.words import diffusers_engine as engine


@pytest.mark.parametrize(
    "version, name",
    [("0.39.0", "torch_dtype"), ("0.40.0", "dtype"), ("0.42.1", "dtype"), ("1.0.0.dev0", "dtype")],
)
def test_the_type_is_said_as_this_version_calls_it(
    version: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def from_pretrained(folder: Path, **settings: Any) -> Any:
        asked.update(settings)
        nothing = lambda *args, **more: None  # noqa: E731
        return SimpleNamespace(set_progress_bar_config=nothing, to=nothing)

    diffusers, parts = ModuleType("diffusers"), ModuleType("diffusers.utils")
    diffusers.__version__ = version  # type: ignore[attr-defined]
    diffusers.DiffusionPipeline = SimpleNamespace(from_pretrained=from_pretrained)  # type: ignore
    quiet = SimpleNamespace(set_verbosity_error=lambda: None, disable_progress_bar=lambda: None)
    parts.logging = quiet  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "diffusers", diffusers)
    monkeypatch.setitem(sys.modules, "diffusers.utils", parts)
    (tmp_path / "model_index.json").write_text("{}")
    (tmp_path / "unet.safetensors").write_bytes(b"")
    engine._opened.cache_clear()
    engine._opened(str(tmp_path))
    engine._opened.cache_clear()
    assert str(asked[name]).startswith("torch.float")
    assert {"dtype", "torch_dtype"} & set(asked) == {name}
