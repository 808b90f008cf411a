"""Train, list, go on, classify, export: as a person does it, on a tiny data set."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

from safetensors.torch import load_file  # noqa: E402

import pincel  # noqa: E402
from pincel.cli import main  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.learn.run import BEST, LAST  # noqa: E402
from pincel.look.models import find_model  # noqa: E402

TINY = ["--net", "widths=4,8 blocks=1,1", "--threads", "1", "--precision", "fp32"]


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def spots(folder: Path, count: int = 20, side: int = 10) -> Path:
    """Red spots and blue crosses on noise."""
    rng = np.random.default_rng(7)
    for label in ("cross", "spot"):
        (folder / label).mkdir(parents=True)
        for i in range(count):
            values = rng.integers(90, 130, (side, side, 3), dtype=np.uint8)
            y, x = rng.integers(3, side - 3, 2)
            if label == "spot":
                values[y - 1 : y + 2, x - 1 : x + 2] = (220, 40, 40)
            else:
                values[y, x - 2 : x + 3] = values[y - 2 : y + 3, x] = (40, 60, 220)
            Image.fromarray(values).save(folder / label / f"{i}.png")
    return folder


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of a tiny cnn on spots and crosses."""
    place = tmp_path_factory.mktemp("trained")
    before = os.environ.get("PINCEL_CACHE")
    os.environ["PINCEL_CACHE"] = str(place / "cache")
    try:
        spots(place / "shapes")
        (place / "shapes" / "spot" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
        arguments = ["train", "cnn", str(place / "shapes"), "--name", "one", "--runs",
                     str(place / "runs"), "--epochs", "12", "--rate", "0.02", *TINY]  # fmt: skip
        assert main(arguments) == 0
    finally:
        if before is None:
            del os.environ["PINCEL_CACHE"]
        else:
            os.environ["PINCEL_CACHE"] = before
    return place


def test_it_learns_and_keeps_everything(trained: Path) -> None:
    run = trained / "runs" / "one"
    model = find_model(run)
    about = model.about
    assert about["classes"] == ["cross", "spot"]
    assert about["metrics"]["test"]["accuracy"] >= 0.8
    assert np.sum(about["metrics"]["test"]["confusion"]) == about["metrics"]["test"]["count"]
    assert about["prepare"]["size"] == [10, 10] and about["prepare"]["channels"] == 3
    assert len(about["data"]["hash"]) == 64 and about["data"]["broken"] == 1
    assert about["command"].startswith("pincel train cnn ") and "--epochs 12" in about["command"]
    for name in ("curves.png", "samples/predictions.png"):
        with Image.open(run / name) as picture:
            assert min(picture.size) > 200
    page = (run / "page.html").read_text("utf-8")
    assert "Confusion matrix" in page and "Matriz de confusión" in page
    assert "http://" not in page and "https://" not in page  # nothing is fetched
    entries = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    assert [e["epoch"] for e in entries] == list(range(1, 13))


def test_the_command_names_what_the_machine_chose(trained: Path) -> None:
    """Another machine, or the same one on another day, must not choose again."""
    asked = json.loads((trained / "runs" / "one" / "run.json").read_text())
    for text in (asked["command"], find_model(trained / "runs" / "one").about["command"]):
        words = text.split()
        for name in ("precision", "threads"):
            assert words[words.index(f"--{name}") + 1] == str(asked["recipe"][name])
        assert words[words.index("--device") + 1] == asked["device"]
        assert len([word for word in words if word.startswith("--")]) == len(
            {word for word in words if word.startswith("--")}
        )


def test_what_nobody_typed_is_chosen_once_said_and_kept(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    from pincel.learn import precision

    asked = [
        "train",
        "perceptron",
        str(trained / "shapes"),
        "--runs",
        str(tmp_path),
        "--name",
        "it",
    ]
    monkeypatch.setattr(precision, "suited_precision", lambda net, on: "bf16")
    assert main([*asked, "--epochs", "1"]) == 0
    said = capsys.readouterr()
    assert "computing in bf16" in said.out + said.err
    kept = json.loads((tmp_path / "it" / "run.json").read_text())
    assert kept["recipe"]["precision"] == "bf16" and "--precision bf16" in kept["command"]
    assert f"--threads {kept['recipe']['threads']}" in kept["command"]

    def choose(net, on) -> str:
        raise AssertionError("chosen again")

    monkeypatch.setattr(precision, "suited_precision", choose)
    assert main(["resume", "it", "--runs", str(tmp_path)]) == 0


def test_the_best_epoch_is_the_one_kept(trained: Path) -> None:
    run = trained / "runs" / "one"
    entries = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    best = max(entries, key=lambda e: (e["val_balanced"], -e["val_loss"]))
    metrics = find_model(run).about["metrics"]
    assert metrics["epoch"] == best["epoch"]
    assert metrics["val"]["balanced"] == best["val_balanced"]


def test_runs_lists_it(trained: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", str(trained / "runs"), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["results"][0]["runs"]
    assert row["name"] == "one" and row["state"] == "finished" and row["done"] == 12
    test = find_model(trained / "runs" / "one").about["metrics"]["test"]
    assert row["test_accuracy"] == test["accuracy"]
    (trained / "runs" / "bad").mkdir(exist_ok=True)
    (trained / "runs" / "bad" / "run.json").write_text("{")
    assert pincel.call("runs", runs=trained / "runs")[0]["state"] == "damaged"


def test_a_finished_run_resumed_stays_what_it_is(trained: Path) -> None:
    run = trained / "runs" / "one"
    before = load_file(run / BEST)
    assert main(["resume", str(run), "-q"]) == 0
    after = load_file(run / BEST)
    assert all(torch.equal(before[k], after[k]) for k in before)


def test_classify_writes_a_csv(trained: Path, tmp_path: Path) -> None:
    run, kept = trained / "runs" / "one", tmp_path / "answers.csv"
    assert main(["classify", str(run), str(trained / "shapes"), "--csv", str(kept), "-q"]) == 1
    with kept.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40  # the broken one is told of, the others are answered
    right = 0
    for row in rows:
        shares = {name: float(row[name]) for name in ("cross", "spot")}
        assert abs(sum(shares.values()) - 1) < 1e-5
        assert row["class"] == max(shares, key=shares.__getitem__)
        assert float(row["probability"]) == max(shares.values())
        right += Path(row["file"]).parent.name == row["class"]
    assert right >= 34


def test_the_export_answers_as_torch_does_and_needs_no_torch(trained: Path, tmp_path: Path) -> None:
    run = trained / "runs" / "one"
    onnx = tmp_path / "one.onnx"
    assert main(["export", str(run), "--out", str(onnx), "-q"]) == 0
    pictures = [str(trained / "shapes" / c / f"{i}.png") for c in ("spot", "cross") for i in (1, 2)]
    here = pincel.call("classify", str(run), *pictures, top=2)
    code = (
        "import sys, json\n"
        "for name in ('torch', 'safetensors', 'timm', 'onnx'): sys.modules[name] = None\n"
        "import importlib.util as u\n"
        "found = u.find_spec\n"
        "gone = ('torch', 'safetensors', 'timm', 'onnx')\n"
        "u.find_spec = lambda n, p=None: None if n in gone else found(n, p)\n"
        "import pincel\n"
        f"print(json.dumps(pincel.call('classify', {str(onnx)!r}, {pictures!r}, top=2)))\n"
        "from pincel.errors import PincelError\n"
        f"for job, given in (('classify', ({str(run)!r}, {pictures!r})),\n"
        f"                   ('train', ('cnn', 'x')), ('resume', ('x',))):\n"
        "    try: pincel.call(job, *given)\n"
        "    except PincelError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, *refused = done.stdout.splitlines()
    for a, b in zip(here, json.loads(first), strict=True):
        assert a["class"] == b["class"]
        assert abs(a["probability"] - b["probability"]) < 1e-5
    assert len(refused) == 3 and all("pincel[nets]" in line for line in refused)


def test_bad_models_get_one_sentence(trained: Path, tmp_path: Path) -> None:
    picture = trained / "shapes" / "spot" / "1.png"
    whole = (trained / "runs" / "one" / BEST).read_bytes()
    (tmp_path / "cut.safetensors").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "not.safetensors").write_bytes(b"hello")
    (tmp_path / "not.onnx").write_bytes(b"hello")
    for name, said in (
        ("cut.safetensors", "damaged"),
        ("not.safetensors", "damaged"),
        ("not.onnx", "damaged"),
        ("nothing", "no model"),
    ):
        with pytest.raises(PincelError, match=said) as refused:
            pincel.call("classify", str(tmp_path / name), [str(picture)])
        assert "\n" not in str(refused.value)


def test_bad_data_and_settings_get_one_sentence(tmp_path: Path) -> None:
    shapes = spots(tmp_path / "shapes", 4)
    (tmp_path / "lone").mkdir()
    cases = [
        (("cnn", str(tmp_path / "none")), {}, "no data set"),
        (("cnn", str(tmp_path / "lone")), {}, "holds no folders"),
        (("nosuch", str(shapes)), {}, "no family"),
        (("cnn", str(shapes)), {"net": "wide=3"}, "no setting wide"),
        (("cnn", str(shapes)), {"net": "dropout=3"}, "dropout"),
        (("cnn", str(shapes)), {"net": "dropout"}, "name=value"),
        (("cnn", str(shapes)), {"freeze": True}, "no setting learn"),
        (("cnn", str(shapes)), {"split": "70/30"}, "no split"),
        (("cnn", str(shapes)), {"group": "patient"}, "CSV"),
        (("pretrained", str(shapes)), {"backbone": "nosuchnet"}, "no network nosuchnet"),
    ]
    if find_spec("tensorboard") is None:
        cases.append((("cnn", str(shapes)), {"tensorboard": True}, "pip install tensorboard"))
    for given, settings, said in cases:
        with pytest.raises(PincelError, match=said) as refused:
            pincel.call("train", *given, runs=tmp_path / "runs", **settings)
        assert "\n" not in str(refused.value)
    assert not list((tmp_path / "runs").glob("*")) if (tmp_path / "runs").exists() else True


def test_a_killed_training_resumed_ends_with_the_same_bits(tmp_path: Path) -> None:
    """`pincel train` killed with SIGKILL, `pincel resume` killed too, then left alone."""
    shapes = spots(tmp_path / "shapes", 24)
    environment = {**os.environ, "PINCEL_CACHE": str(tmp_path / "cache"), "OMP_NUM_THREADS": "1"}
    runs = str(tmp_path / "runs")
    asked = ["cnn", str(shapes), "--runs", runs, "--epochs", "40", "--keep", "1", *TINY]
    command = [sys.executable, "-m", "pincel"]

    def killed(arguments: list[str], log: Path, lines: int) -> None:
        with subprocess.Popen([*command, *arguments, "-q"], env=environment) as process:
            deadline = time.monotonic() + 90
            while time.monotonic() < deadline and process.poll() is None:
                if log.exists() and log.read_bytes().count(b"\n") >= lines:
                    break
                time.sleep(0.005)
            assert process.poll() is None, "it ended before it could be killed"
            process.send_signal(signal.SIGKILL)

    assert main(["train", *asked, "--name", "whole", "-q"]) == 0
    broken = tmp_path / "runs" / "broken"
    killed(["train", *asked, "--name", "broken"], broken / "metrics.jsonl", 3)
    killed(["resume", "broken", "--runs", runs], broken / "metrics.jsonl", 9)
    assert main(["resume", "broken", "--runs", runs, "-q"]) == 0
    for file in (LAST, BEST):
        one, two = load_file(tmp_path / "runs" / "whole" / file), load_file(broken / file)
        assert one.keys() == two.keys()
        for key, value in one.items():
            assert torch.equal(value, two[key]), (file, key)
    entries = [json.loads(line) for line in (broken / "metrics.jsonl").read_text().splitlines()]
    assert [e["epoch"] for e in entries] == list(range(1, 41))
