"""What the page of `export` shows works without Pincel and says what `classify` says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pincel

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_program_on_the_page_of_export(language: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / language / "jobs" / "export.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.S)
    assert "pincel." not in program.replace('"pincel"', "")
    pincel.call("export", "cnn.bloodmnist", out=tmp_path)
    shutil.copy(ROOT / "assets" / "cells" / "neutrophil.png", tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    told = pincel.call("classify", "cnn.bloodmnist", str(tmp_path / "neutrophil.png"))
    name, share = done.stdout.split()
    assert str(told).count(name)
    best = max(float(one) for one in re.findall(r"0\.\d+|1\.0", str(told)))
    assert float(share) == pytest.approx(100 * best, abs=0.06)
