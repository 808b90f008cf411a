"""What every test shares: a fixed language, small pictures, the shared folder when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from as_processor import BITS
from pincel import words
from samples import face_picture


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in BITS:
            item.add_marker(pytest.mark.bits)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    words.use(None)
    monkeypatch.setenv("PINCEL_LANG", "en")
    monkeypatch.setenv("PINCEL_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("COLUMNS", "96")


@pytest.fixture
def shared() -> Path:
    """The shared data folder, or a skip with the reason."""
    folder = os.environ.get("PINCEL_SHARED", "../shared")
    path = Path(folder) / "data"
    if not path.is_dir():
        pytest.skip("needs the shared data folder (PINCEL_SHARED)")
    return path


@pytest.fixture
def face() -> np.ndarray:
    return face_picture()


@pytest.fixture
def face_file(tmp_path: Path) -> Path:
    path = tmp_path / "face.png"
    Image.fromarray(face_picture()).save(path)
    return path
