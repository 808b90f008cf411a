"""Stains from a folder to the page: chosen once, remembered by the run, named wherever seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs pincel[nets]")

import picture_files  # noqa: E402
from pincel.cli import main  # noqa: E402

STAINS = ["DAPI", "GFP", "Cy5", "TRITC"]


def cell(label: str, seed: int) -> bytes:
    """Four stains, 16 bit: "bright" in the third is b, in the first is a; nothing in the fourth."""
    some = np.random.default_rng(seed).integers(0, 9_000, (4, 12, 12), dtype=np.uint16)
    some[0 if label == "a" else 2, 4:8, 4:8] = 60_000
    some[3] = 0  # were it alpha, nothing could be seen
    about = {"axes": "CYX", "Channel": {"Name": STAINS}}
    return picture_files.tiff(some, ome=True, metadata=about)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of stains and a run that was taught with the third and the first of them."""
    folder = tmp_path_factory.mktemp("stains")
    for label in "ab":
        (folder / "cells" / label).mkdir(parents=True)
        for i in range(16):
            data = cell(label, i + 100 * (label == "b"))
            (folder / "cells" / label / f"{i}.ome.tif").write_bytes(data)
    before = torch.get_num_threads()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PINCEL_CACHE", str(folder / "cache"))
        patch.setenv("PINCEL_RUNS", str(folder / "runs"))
        done = main([
            "train", "cnn", str(folder / "cells"), "--channels", "3,1", "--epochs", "30",
            "--name", "two", "--net", "widths=8,16 blocks=1,1 dropout=0", "--threads", "1",
            "--precision", "fp32", "--batch", "4", "--augment", "none", "--patience", "0",
        ])  # fmt: skip
    torch.set_num_threads(before)
    assert done == 0
    return folder


def said(capsys: pytest.CaptureFixture, *words: str) -> tuple[int, dict]:
    code = main([*words, "--json"])
    text = capsys.readouterr().out
    return code, json.loads(text)["results"][0] if text else {}


@pytest.fixture(autouse=True)
def _cache(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCEL_CACHE", str(place / "cache"))


def test_the_run_remembers_its_channels(place: Path) -> None:
    run = json.loads((place / "runs" / "two" / "run.json").read_text())
    assert run["source"]["channels"] == "3,1" and "--channels 3,1" in run["command"]
    assert run["prepare"]["chosen"] == [3, 1]
    assert run["prepare"]["names"] == ["3: Cy5", "1: DAPI"]
    page = (place / "runs" / "two" / "page.html").read_text()
    assert "red is 3: Cy5, green is 1: DAPI" in page
    assert "el rojo es 3: Cy5, el verde es 1: DAPI" in page


def test_classify_reads_what_was_learned(place: Path, capsys) -> None:
    model = str(place / "runs" / "two")
    for label in "ab":
        files = [str(place / "cells" / label / f"{i}.ome.tif") for i in range(16)]
        code, told = said(capsys, "classify", model, *files)
        assert code == 0 and told["channels"] == ["3: Cy5", "1: DAPI"]
        right = [one["class"] == label for one in told["pictures"]]
        assert sum(right) >= 13
    plain = np.zeros((12, 12, 4), np.uint16)  # no words: the numbers are what counts
    plain[4:8, 4:8, 1] = 60_000
    np.save(place / "plain.npy", plain)
    file = str(place / "plain.npy")
    for choice, label in (("4,2", "a"), ("2,4", "b")):
        _, told = said(capsys, "classify", model, file, "--channels", choice)
        assert told["pictures"][0]["class"] == label


def test_explain_names_what_is_seen(place: Path, capsys) -> None:
    model, file = str(place / "runs" / "two"), str(place / "cells" / "a" / "0.ome.tif")
    code, told = said(capsys, "explain", model, file, "--out", str(place / "out"))
    assert code == 0 and told["channels"] == ["3: Cy5", "1: DAPI"]
    page = next((place / "out").glob("*.html")).read_text()
    for text in ("red is 3: Cy5, green is 1: DAPI", "Each channel by itself", "Cada canal por"):
        assert text in page
    steps = np.load(next((place / "out").glob("*.explain.npz")))
    assert steps["heat"].any()


def test_audit_reads_what_was_learned(place: Path, capsys) -> None:
    model, cells = str(place / "runs" / "two"), str(place / "cells")
    code, told = said(capsys, "audit", model, cells, "--part", "train", "--out", str(place / "o"))
    assert code == 0 and told["channels"] == "3: Cy5, 1: DAPI" and told["right"] >= 0.8
    assert "red is 3: Cy5" in (place / "o" / "audit.html").read_text()
    code, told = said(capsys, "audit", model, cells, "--channels", "2,4", "--out", str(place / "p"))
    assert code == 0 and told["channels"] == "2: GFP, 4: TRITC"


def test_an_index_remembers_its_channels(place: Path, capsys) -> None:
    cells, file = str(place / "cells"), str(place / "cells" / "a" / "0.ome.tif")
    index = str(place / "x.index")
    code, told = said(capsys, "index", "pixels", cells, "--channels", "3", "--out", index)
    assert code == 0 and told["channels"] == "3"
    code, told = said(capsys, "search", index, file, "--out", str(place / "hits"))
    assert code == 0 and told["hits"]["0.ome"][0]["cosine"] == pytest.approx(1, abs=1e-5)
    assert main(["index", index, cells, "--channels", "1"]) != 0
    assert "other channels" in capsys.readouterr().err
    code, told = said(
        capsys, "index", str(place / "runs" / "two"), cells, "--out", index, "--force"
    )
    assert code == 0 and told["channels"] == "3: Cy5, 1: DAPI"


@pytest.mark.parametrize("job", ["classify", "explain", "embed", "index", "audit"])
def test_a_wrong_choice_is_one_sentence_everywhere(job: str, place: Path, capsys) -> None:
    model, cells = str(place / "runs" / "two"), str(place / "cells")
    for choice, part in (("1;2", "no choice of channels"), ("1,2,3", "the network reads 2")):
        assert main([job, model, cells, "--channels", choice]) != 0
        held = capsys.readouterr()
        assert part in held.err and not held.out
        assert "Traceback" not in held.err


def test_inspect_says_what_each_channel_is(place: Path, capsys) -> None:
    file = str(place / "cells" / "b" / "3.ome.tif")
    code, told = said(capsys, "inspect", file, "--out", str(place / "i"))
    assert code == 0 and told["kind"] == "channels" and told["shape"] == [12, 12, 4]
    assert told["channels"] == ["1: DAPI", "2: GFP", "3: Cy5", "4: TRITC"]
    assert set(told["statistics"]) == set(told["channels"])
    assert told["alpha"] == {"transparent": 0.0, "half": 0.0}
    code, told = said(capsys, "inspect", file, "--channels", "4,3", "--out", str(place / "j"))
    assert told["channels"] == ["4: TRITC", "3: Cy5"] and told["shape"] == [12, 12, 2]
    assert main(["inspect", file, "--channels", "5"]) != 0
    assert "has no channel 5; its channels are 1 to 4" in capsys.readouterr().err


def test_an_npz_of_stains_is_read_by_the_same_channels(place: Path, capsys) -> None:
    model = str(place / "runs" / "two")
    pictures = np.random.default_rng(0).integers(0, 9_000, (20, 12, 12, 4), dtype=np.uint16)
    labels = np.arange(20) % 2
    for i, label in enumerate(labels):
        pictures[i, 4:8, 4:8, 0 if label == 0 else 2] = 60_000
    names = {"classes": np.array(["a", "b"]), "channel_names": np.array(STAINS)}
    np.savez(place / "set.npz", images=pictures, labels=labels, **names)
    file = str(place / "set.npz")
    code, told = said(capsys, "classify", model, file)
    assert code == 0 and told["channels"] == ["3: Cy5", "1: DAPI"]
    right = [one["class"] == "ab"[label] for one, label in
             zip(told["pictures"], labels, strict=True)]  # fmt: skip
    assert sum(right) >= 18
    assert main(["classify", model, file, "--channels", "1,3"]) != 0
    assert "3: Cy5, 1: DAPI are wanted in this order" in capsys.readouterr().err
    for by, choice in ((model, []), (model, ["--channels", "4,2"]), ("pixels", [])):
        code, told = said(capsys, "embed", by, file, *choice, "--out", str(place / "e"), "--force")
        assert code == 0 and told["pictures"] == 20
    assert main(["embed", "cnn.bloodmnist", file]) != 0
    assert "has 4 channels where 3 are wanted" in capsys.readouterr().err
