"""Jobs that train on their way are interrupted, and `resume` ends them as if they had not been."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")
pytest.importorskip("sklearn", reason="needs scikit-learn")

import pincel  # noqa: E402
import pincel.jobs as jobs  # noqa: E402
from pincel import limits  # noqa: E402
from pincel.cli import main  # noqa: E402
from pincel.job import Made, Progress  # noqa: E402
from pincel.learn.run import Run, runs  # noqa: E402
from samples import tiny_coder  # noqa: E402

ASKED: dict[str, dict[str, Any]] = {
    "race": {"data": "digits", "pictures": 200, "tested": 40, "epochs": 3, "shift": 1,
             "clock": False},
    "shortcuts": {"data": "digits", "pictures": 96, "epochs": 4},
    "quiz": {"data": "digits", "count": 3, "detector": True, "pictures": 24, "lessons": 256},
}  # fmt: skip
TRAININGS = {"race": ["cnn", "perceptron"], "shortcuts": ["marked", "plain"], "quiz": ["."]}


def asked(name: str, folder: Path) -> dict[str, Any]:
    if name != "quiz":
        return ASKED[name]
    return ASKED[name] | {"model": str(tiny_coder(folder / "tiny.safetensors"))}


def weights(folder: Path) -> list[Any]:
    return [value for run in runs(folder) for _, value in sorted(run.last().weights.items())]


@pytest.mark.parametrize("name", ASKED)
def test_it_is_interrupted_and_resumed(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, root = asked(name, tmp_path), tmp_path / "runs"
    whole = limits.build(jobs.load(name), settings | {"runs": root, "name": "whole"})
    *_, made = whole.run()
    assert isinstance(made, Made)
    places = [r.folder.relative_to(root / "whole").as_posix() for r in runs(root / "whole")]
    assert places == TRAININGS[name]
    for run in runs(root / "whole"):
        assert [entry for entry in run.metrics() if "loss" in entry]
        page = (run.folder / "page.html").read_text("utf-8")
        assert "Learning curves" in page and "Curvas de aprendizaje" in page

    broken = limits.build(jobs.load(name), settings | {"runs": root, "name": "broken"})
    for event in broken.run():
        begun = runs(root / "broken")
        if begun and begun[-1].last() and isinstance(event, Progress):
            break  # something was kept, not all
    assert not all((r.folder / "page.html").exists() for r in runs(root / "broken"))
    out = tmp_path / "out"
    assert main(["resume", "broken", "--runs", str(root), "--out", str(out)]) == 0
    assert capsys.readouterr().err == ""
    one, two = weights(root / "whole"), weights(root / "broken")
    assert len(one) == len(two) and all(map(torch.equal, one, two))
    csv = {suffix: data for suffix, data in made.files() if suffix == ".csv"}
    assert csv == {path.suffix: path.read_bytes() for path in out.glob("*.csv")}


def test_a_folder_of_another_training_is_not_taken(tmp_path: Path) -> None:
    pincel.call("shortcuts", "digits", pictures=40, epochs=1, runs=tmp_path, name="mine")
    before = Run.open(tmp_path / "mine" / "plain").metrics()
    with pytest.raises(pincel.PincelError, match="mine"):
        pincel.call("shortcuts", "digits", pictures=40, epochs=2, runs=tmp_path, name="mine")
    with pytest.raises(pincel.PincelError, match="mine"):
        pincel.call("race", "digits", epochs=1, runs=tmp_path, name="mine")
    assert Run.open(tmp_path / "mine" / "plain").metrics() == before


def test_what_the_detector_needs_is_refused_without_it(tmp_path: Path) -> None:
    model = tiny_coder(tmp_path / "tiny.safetensors")
    for name, value in {"lessons": 64, "pictures": 12, "name": "mine"}.items():
        with pytest.raises(pincel.PincelError, match=f"--{name} .*--detector"):
            pincel.call("quiz", str(model), "digits", count=2, **{name: value})
