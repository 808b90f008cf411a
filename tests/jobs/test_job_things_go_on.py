"""A run of `detect` or `segment` that is killed: what was finished is there, and the same command
goes on from there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pincel.cli import main
from pincel.look import finder as finding
from pincel.look import notes
from pincel.look.finder import open_finder, segment
from thing_files import cells

TILE = 128
MORE = {"detect": ["--confidence", "0.05"], "segment": []}
"""Drawn disks are not very much like cells."""
KILLED = """
import os, signal, sys
from pincel import saving
from pincel.look import finder
from pincel.cli import main

left = [{after}]
finder.TILES.update(boxes={tile}, masks={tile}, whole=0)
kept = saving.Saver.go

def go(self, going):
    kept(self, going)
    left[0] -= any(data is not None for data in going.notes.values())
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

saving.Saver.go = go
main(sys.argv[1:])
"""


def pictures(folder: Path, count: int, height: int = 100, width: int = 120) -> Path:
    folder.mkdir()
    for k in range(count):
        Image.fromarray(cells(k, height, width, 8)[0]).save(folder / f"{k}.png")
    return folder


def killed(asked: list[str], after: int) -> None:
    """Run a command in its own process, which is killed when so many things are noted."""
    code = KILLED.format(tile=TILE, after=after)
    done = subprocess.run([sys.executable, "-c", code, *asked], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows with each tile that a network sees."""
    seen: list[int] = []
    opened = finding.open_finder

    def counted(text: str, family: str) -> finding.ReadyFinder:
        ready = opened(text, family)

        def maps(given: np.ndarray) -> tuple[np.ndarray, ...]:
            seen.append(1)
            return ready.maps(given)

        return finding.ReadyFinder(ready.family, ready.about, ready.engine, maps)

    monkeypatch.setattr(finding, "open_finder", counted)
    monkeypatch.setattr(finding, "TILES", {"boxes": TILE, "masks": TILE})
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("job, model", [("detect", "cells.smear"), ("segment", "cells.nuclei")])
def test_finished_pictures_outlive_a_kill(
    job: str, model: str, tmp_path: Path, looks: list[int]
) -> None:
    folder = pictures(tmp_path / "in", 4, 60, 62)  # one tile each, enlarged or not
    places = {}
    for name in ("whole", "cut"):
        places[name] = tmp_path / name
        places[name].mkdir()
    whole = [job, model, str(folder), "--out", str(places["whole"]), "--csv", "lab.csv", *MORE[job]]
    cut = [job, model, str(folder), "--out", str(places["cut"]), "--csv", "lab.csv", *MORE[job]]
    assert main(whole) == 0
    looks.clear()
    last = [str(folder / f"{k}.png") for k in (2, 3)]
    assert main([job, model, *last, "--out", str(tmp_path / "last"), *MORE[job]]) == 0
    two = len(looks)
    assert two >= 2
    killed(cut, after=2)
    wanted = (places["whole"] / "lab.csv").read_text("utf-8").splitlines()
    there = (places["cut"] / "lab.csv").read_text("utf-8").splitlines()
    names = {line.split(",")[0] for line in there[1:]}
    assert wanted[: len(there)] == there and names == {"0.png", "1.png"}
    summary = (places["cut"] / "lab.summary.csv").read_text("utf-8").splitlines()
    assert {line.split(",")[0] for line in summary[1:]} == {"0.png", "1.png"}

    with open(places["cut"] / "lab.csv", "a", encoding="utf-8") as file:
        file.write("2.png,1,")  # as if it had been cut off in the middle of a line
    looks.clear()
    assert main(cut) == 0
    assert len(looks) == two  # two pictures were not seen again
    for one in sorted(places["whole"].rglob("*")):
        if one.name != "pincel-manifest.json":
            other = places["cut"] / one.name
            assert other.read_bytes() == one.read_bytes(), one.name
    assert not list(places["cut"].glob(".*"))  # no notes are left


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("job, model", [("detect", "cells.smear"), ("segment", "cells.nuclei")])
def test_finished_tiles_outlive_a_kill(
    job: str, model: str, tmp_path: Path, looks: list[int]
) -> None:
    folder = pictures(tmp_path / "in", 1, 500, 560)
    whole = [job, model, str(folder), "--out", str(tmp_path / "whole"), "--csv", "lab.csv"]
    assert main([*whole, *MORE[job]]) == 0
    every = len(looks)
    assert every > 3
    cut = [job, model, str(folder), "--out", str(tmp_path / "cut"), "--csv", "lab.csv", *MORE[job]]
    killed(cut, after=3)
    looks.clear()
    assert main(cut) == 0
    each = {"detect": 1, "segment": 2}[job]  # enlarged, and its mirror image: as it is it was seen
    assert len(looks) == every - 3 * each
    wanted = (tmp_path / "whole" / "lab.csv").read_bytes()
    assert (tmp_path / "cut" / "lab.csv").read_bytes() == wanted and wanted.count(b"\n") > 5


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_another_command_does_not_go_on(
    tmp_path: Path, looks: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pictures(tmp_path / "in", 3)
    asked = ["detect", "cells.smear", str(folder), "--csv", str(tmp_path / "lab.csv")]
    killed(asked, after=1)
    there = (tmp_path / "lab.csv").read_bytes()
    assert main([*asked, "--micrometres", "0.5"]) == 1
    assert "lab.csv" in capsys.readouterr().err and not looks  # refused before anything is seen
    assert (tmp_path / "lab.csv").read_bytes() == there
    Image.fromarray(cells(9, 100, 120, 8)[0]).save(folder / "1.png")  # another picture than it was
    assert main(asked) == 1
    assert main([*asked, "--force"]) == 0
    assert len(looks) == 3


def test_a_table_that_is_there_is_not_written_over(
    tmp_path: Path, looks: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pictures(tmp_path / "in", 1)
    (tmp_path / "lab.csv").write_text("mine")
    assert main(["detect", "cells.smear", str(folder), "--csv", str(tmp_path / "lab.csv")]) == 1
    assert "lab.csv" in capsys.readouterr().err and not looks
    assert (tmp_path / "lab.csv").read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "lab.csv"]


def test_a_scene_is_noted_whole() -> None:
    picture, _ = cells(2, 90, 110, 7)
    *_, told = segment(open_finder("cells.nuclei", "masks"), picture, "a.png")
    assert isinstance(told, finding.Segmented) and told.scene.things
    data = notes.scene_packed(told.scene, more=np.arange(3))
    again = notes.scene_unpacked(data, "a.png", "more")
    assert again is not None and again[1]["more"].tolist() == [0, 1, 2]
    assert again[0].size == told.scene.size
    for a, b in zip(again[0].things, told.scene.things, strict=True):
        assert (a.kind, a.box, a.score, a.crowd) == (b.kind, b.box, b.score, b.crowd)
        assert a.mask is not None and b.mask is not None
        assert (a.mask.top, a.mask.left) == (b.mask.top, b.mask.left)
        assert np.array_equal(a.mask.inside, b.mask.inside)
    assert notes.scene_unpacked(data[:100], "a.png") is None  # damaged: as if there were none
