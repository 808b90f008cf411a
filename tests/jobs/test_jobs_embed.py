"""embed, similarity, index, search, compare, siamese and race from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.cli import main
from pincel.nets import _needed
from samples import face_picture

pytestmark = pytest.mark.skipif(
    bool(_needed.missing_libraries("faiss", "sklearn")), reason="needs pincel[nets]"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve pictures in two classes: bright discs, dark squares."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:24, :24]
    for k in range(6):
        cx, cy = rng.integers(9, 15, 2)
        disc = np.where((x - cx) ** 2 + (y - cy) ** 2 < 40, 220, 60)
        square = np.where((abs(x - cx) < 6) & (abs(y - cy) < 6), 30, 170)
        for name, shape in (("disc", disc), ("square", square)):
            place = tmp_path / "shapes" / name / f"{k}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            noise = rng.integers(0, 20, (24, 24, 3))
            Image.fromarray((shape[..., None] + noise).astype(np.uint8)).save(place)
    return tmp_path / "shapes"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def test_embed_writes_vectors_classes_and_map(folder: Path, tmp_path: Path) -> None:
    (folder / "disc" / "broken.png").write_bytes(b"no picture")
    out = tmp_path / "out"
    assert main(["embed", "pixels", str(folder), "--tsne", "--out", str(out)]) == 1
    table = rows(out / "embedding.csv")
    assert [r["class"] for r in table] == ["disc"] * 6 + ["square"] * 6
    held = np.load(out / "embedding.npz", allow_pickle=False)
    assert held["vectors"].shape == (12, 3072)
    assert held["names"].tolist() == [r["name"] for r in table]
    assert float(table[3]["v5"]) == pytest.approx(held["vectors"][3, 5], abs=1e-5)
    assert held["pca"].shape == held["tsne"].shape == (12, 2)
    for name in ("embedding.map.png", "embedding.tsne.png"):
        with Image.open(out / name) as picture:
            assert picture.width > 900


def test_similarity_tells_intra_from_inter(folder: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    arguments = ["similarity", "pixels", str(folder), "--part", "train", "--json"]
    assert main([*arguments, "--out", str(out)]) == 0
    (told,) = json.loads(capsys.readouterr().out)["results"]
    assert told["intra"] > told["inter"]
    matrix = rows(out / "similarity.shapes.csv")
    assert len(matrix) == told["pictures"]
    for row in matrix:
        assert float(row[row["name"]]) == pytest.approx(1, abs=1e-4)


def test_index_is_made_updated_searched_and_guarded(folder: Path, tmp_path: Path, capsys) -> None:
    index = str(tmp_path / "s.index")
    assert main(["index", "pixels", str(folder), "--out", index]) == 0
    assert (
        main(["search", index, str(folder / "disc" / "3.png"), "--out", str(tmp_path / "h")]) == 0
    )
    hits = rows(tmp_path / "h" / "hits.csv")
    said = [line for line in capsys.readouterr().out.splitlines() if "(cosine" in line]
    assert [line.split()[1] for line in said] == [hit["name"] for hit in hits]
    assert said[0].startswith("3: disc/3") and said[1].startswith("  then ") and len(said) == 5
    assert hits[0]["name"] == "disc/3" and float(hits[0]["cosine"]) == pytest.approx(1, abs=1e-5)
    assert {h["class"] for h in hits[:3]} == {"disc"}
    Image.fromarray(face_picture(32)).save(folder / "disc" / "3.png")
    Image.fromarray(face_picture(48)).save(folder / "face.png")
    capsys.readouterr()
    assert main(["index", index, str(folder), "--out", index, "--force"]) == 0
    assert "1 added, 1 read again, 11 unchanged, 0 removed" in capsys.readouterr().out
    assert main(["index", index, "--remove", "face", "--out", index, "--force"]) == 0
    assert "12 pictures" in capsys.readouterr().out
    before = Path(index).read_bytes()
    assert main(["index", index, "--remove", "nobody", "--out", index, "--force"]) == 1
    assert Path(index).read_bytes() == before
    from dataclasses import replace

    from pincel.look.index import open_index

    old = open_index(index)
    Path(index).write_bytes(replace(old, about={"by": "pixels", "code": "other"}).to_bytes())
    assert main(["search", index, str(folder / "face.png")]) == 1
    assert "has changed since" in capsys.readouterr().err


def test_search_in_a_folder(folder: Path) -> None:
    hits = pincel.call("search", str(folder), str(folder / "square" / "2.png"), model="pixels")
    (found,) = hits.values()
    assert found[0]["name"] == "square/2" and found[0]["class"] == "square"


def test_compare_with_tau_chosen_given_and_kept(folder: Path, tmp_path: Path, capsys) -> None:
    a, b, c = (str(folder / name) for name in ("disc/0.png", "disc/1.png", "square/1.png"))
    out = tmp_path / "out"
    # the split leaves one validation picture of each class: pairs of one kind only
    assert main(["compare", "pixels", a, b, "--data", str(folder)]) == 1
    assert "needs pairs of both kinds" in capsys.readouterr().err
    assert main(["compare", "pixels", a, b, "--data", "digits", "--each", "8",
                 "--out", str(out)]) == 0  # fmt: skip
    (kept,) = out.glob("*.tau.json")
    tau = json.loads(kept.read_text())["tau"]
    same, other = pincel.call("compare", "pixels", a, b, c, tau=str(kept))
    assert same["tau"] == pytest.approx(tau)
    assert same["cosine"] > other["cosine"] and same["same"] == (same["cosine"] >= tau)
    assert pincel.call("compare", "pixels", a, c, tau="-0.99")[0]["same"] is True
    assert "same" not in pincel.call("compare", "pixels", a, c)[0]
    for bad in ("2", "much", str(folder), str(folder / "disc" / "0.png")):
        capsys.readouterr()
        assert main(["compare", "pixels", a, b, "--tau", bad]) == 1
        assert "--tau" in capsys.readouterr().err


def test_siamese_is_trained_and_its_model_used(tmp_path: Path, face_file: Path, capsys) -> None:
    out = tmp_path / "out"
    assert main(["siamese", "digits", "--epochs", "1", "--most", "96", "--batch", "16",
                 "--dims", "16", "--runs", str(tmp_path), "--out", str(out)]) == 0  # fmt: skip
    assert "collapse meter at the end" in capsys.readouterr().out
    model = str(out / "siamese.digits.safetensors")
    readings = rows(out / "siamese.digits.csv")
    assert [int(r["step"]) for r in readings] == list(range(1, 7))
    assert 0 < float(readings[-1]["spread"]) <= 1
    twin = tmp_path / "twin.png"
    twin.write_bytes(face_file.read_bytes())
    (told,) = pincel.call("compare", model, str(face_file), str(twin))
    assert told["tau"] is not None and told["cosine"] == pytest.approx(1, abs=1e-5)
    assert told["same"] is True


def test_siamese_is_interrupted_and_ends_with_the_same_weights(
    folder: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    import torch
    from safetensors.torch import load_file

    import pincel.jobs as jobs
    from pincel import limits

    monkeypatch.setattr("pincel.learn.siamese.KEEP", 3)
    asked = {"data": str(folder), "epochs": 4, "batch": 4, "dims": 8, "runs": tmp_path / "runs"}
    whole = limits.build(jobs.load("siamese"), asked | {"name": "whole"})
    made = list(whole.run())[-1]
    broken = limits.build(jobs.load("siamese"), asked | {"name": "broken"}).run()
    for _ in range(6):  # the state was kept at step 3, this is step 5 of 8
        next(broken)
    broken.close()
    runs, out = tmp_path / "runs", tmp_path / "out"
    lines = (runs / "broken" / "metrics.jsonl").read_text().splitlines()
    log = [json.loads(line) for line in lines]
    assert [entry["step"] for entry in log if "spread" in entry] == list(range(1, 6))
    assert not (runs / "broken" / "page.html").exists()
    assert main(["resume", "broken", "--runs", str(runs), "--out", str(out)]) == 0
    one, two = (load_file(runs / n / "best.safetensors") for n in ("whole", "broken"))
    assert all(torch.equal(one[key], two[key]) for key in one)
    assert dict(made.files())[".csv"] == next(out.glob("*.csv")).read_bytes()
    page = (runs / "broken" / "page.html").read_text("utf-8")
    assert "Collapse meter" in page and "Medidor de colapso" in page
    capsys.readouterr()
    assert main(["runs", str(runs), "--json"]) == 0
    rows_ = {r["name"]: r for r in json.loads(capsys.readouterr().out)["results"][0]["runs"]}
    assert rows_["broken"]["state"] == "finished" and rows_["broken"]["done"] == 4


def test_siamese_by_classes_without_pairs_to_choose_tau_on(folder: Path) -> None:
    """The split leaves one validation picture of each class: the training is not lost."""
    model = pincel.call(
        "siamese", str(folder), by="classes", epochs=2, batch=8, dims=4, runs=folder.parent / "runs"
    )
    assert "verify" not in model.about
    assert model.about["collapse"]["spread"] > 0
    assert 0 <= model.about["metrics"]["found_again"] <= 1


@pytest.mark.parametrize(
    "command",
    [
        ["embed", "nothing-here", "{face}"],
        ["embed", "{face}", "{face}"],
        ["similarity", "pixels", "nothing-here"],
        ["similarity", "pixels", "{face}"],
        ["search", "{face}", "{face}"],
        ["search", "missing.index", "{face}"],
        ["index", "missing.index", "{face}"],
        ["index", "pixels"],
        ["compare", "nothing-here", "{face}"],
        ["siamese", "nothing-here"],
        ["race", "nothing-here"],
        ["race", "{face}"],
    ],
)
def test_junk_is_one_sentence(command: list[str], face_file: Path, capsys) -> None:
    assert main([part.format(face=face_file) for part in command]) == 1
    said = capsys.readouterr().err
    assert said.startswith("pincel: ") and said.count("\n") == 1 and said.strip().endswith(".")
    assert "Traceback" not in said


@pytest.mark.parametrize("part", ["val", "test"])
def test_the_part_of_a_data_set_that_was_asked_for_is_looked_up(folder: Path, part: str) -> None:
    from pincel.learn.data import open_data

    hits = pincel.call("search", str(folder), "digits", model="pixels", part=part)
    wanted = open_data("digits").report.counts
    assert len(hits) == sum(wanted[part].values())
    assert sum(wanted["val"].values()) != sum(wanted["test"].values())


def test_two_folders_may_hold_pictures_of_one_name(tmp_path: Path) -> None:
    for number, folder in enumerate(("day", "night", "more/night")):
        (tmp_path / folder).mkdir(parents=True)
        rgba = np.full((12, 12, 3), 60 * number, np.uint8)
        rgba[number] = 255
        Image.fromarray(rgba).save(tmp_path / folder / "a.png")
    day, night, more = (tmp_path / one for one in ("day", "night", "more/night"))
    out = tmp_path / "kept.index"
    index = pincel.index("pixels", [day, night, more], out=out)
    names = ["a", "night/a", "night/a-2"]
    assert [entry.name for entry in index.entries] == names
    alone = [pincel.index("pixels", [one]) for one in (day, night, more)]
    assert np.array_equal(index.vectors, np.concatenate([one.vectors for one in alone]))
    again = pincel.index(str(out), [night], out=out, force=True)
    assert [entry.name for entry in again.entries] == names
    moved = tmp_path / "elsewhere"
    night.rename(moved)
    Image.fromarray(np.full((12, 12, 3), 9, np.uint8)).save(moved / "a.png")
    day.rename(tmp_path / "gone")
    after = pincel.index(str(out), [moved])
    assert [entry.name for entry in after.entries] == names
    assert not np.array_equal(after.vectors[0], again.vectors[0])
