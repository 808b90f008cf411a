"""`pincel collect`, as a person calls it, against a site on loopback."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from a_server import Site, site
from pincel.cli import main
from pincel.errors import PincelError
from pincel.pixels.encode import png

pytest.importorskip("selectolax")

PAGE = """<!doctype html><html><head><link rel="license" href="https://a.test/by/4.0/">
<base href="/files/"></head><body>
<a href="hero.png"><img src="/thumbs/hero.png" alt="the hero"></a>
<img srcset="slime-1x.png 1x, slime-4x.png 4x" src="slime-1x.png" alt="a slime">
<picture><source srcset="bat.webp 200w, bat-large.png 800w"><img src="bat.png"></picture>
<img data-src="late.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<img src="gone.png"><img src="closed/secret.png"><a href="/about">about</a>
<a rel="next" href="/gallery?page=2">next</a></body></html>"""
SECOND = '<img src="/files/page-two.png"><a rel="next" href="/gallery?page=2">again</a>'


def drawn(seed: int, factor: int = 1) -> bytes:
    rng = np.random.default_rng(seed)
    colors = rng.integers(0, 256, (5, 4)).astype(np.uint8)
    colors[:, 3] = 255
    colors[0] = 0
    small = colors[rng.integers(0, 5, (12, 12))]
    small[3:9, 3:9, 3] = 255
    return png(small.repeat(factor, 0).repeat(factor, 1))


def gallery() -> dict:
    names = ("hero", "slime-4x", "bat-large", "late", "page-two", "closed/secret")
    files: dict = {f"/files/{name}.png": drawn(k, 1 + k % 3) for k, name in enumerate(names)}
    files |= {"/gallery": PAGE.encode(), "/gallery?page=2": SECOND.encode()}
    return files | {"/robots.txt": b"User-agent: *\nDisallow: /files/closed/"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def collect(told: Site, out: Path, *more: str) -> int:
    fast = ("--rate", "1000", "--retries", "0")
    return main(["collect", f"{told.root}/gallery", "--out", str(out), *fast, *more])


def test_a_gallery_becomes_a_data_set(tmp_path: Path, capsys) -> None:
    with site(gallery()) as told:
        code = collect(told, tmp_path / "set", "--pages", "5")
    said = capsys.readouterr()
    assert code == 0
    rows = rows_of(tmp_path / "set" / "pictures.csv")
    names = [Path(row["file"]).stem for row in rows]
    assert names == ["hero", "slime-4x", "bat-large", "late", "page-two"]
    assert [row["cell"] for row in rows] == ["1", "2", "3", "1", "2"]
    assert {row["licence"] for row in rows} == {"https://a.test/by/4.0/", ""}
    assert rows[0]["caption"] == "the hero" and rows[0]["source"] == f"{told.root}/gallery"
    for row in rows:
        with Image.open(tmp_path / "set" / row["file"]) as picture:
            size = picture.size
        assert size == (int(row["width"]), int(row["height"]))
    left = rows_of(tmp_path / "set" / "pictures.left-out.csv")
    assert [Path(row["place"]).name for row in left] == ["gone.png", "secret.png"]
    assert "404" in left[0]["why"] and "robots.txt" in left[1]["why"]
    assert "/files/closed/secret.png" not in told.asked
    assert told.asked.count("/gallery?page=2") == 1
    assert "no licence is named for 1" in said.out
    assert (tmp_path / "set" / "pictures.sheet.png").is_file()


def test_what_was_fetched_is_not_asked_for_again(tmp_path: Path) -> None:
    with site(gallery()) as told:
        listed = tmp_path / "list.txt"
        listed.write_text("".join(f"{told.root}/files/{n}.png\n" for n in ("hero", "late", "gone")))

        def gather(**more):
            told.asked.clear()
            return pincel.collect(listed, rate=1000, retries=0, **more)

        told.files["/files/late.png"] = (503, {}, b"")
        first = gather()
        assert len(first.kept) == 1 and len(first.left_out) == 2
        told.files["/files/late.png"] = drawn(3)
        assert len(gather().kept) == 2
        assert "/files/hero.png" not in told.asked and "/files/late.png" in told.asked
        told.files["/files/gone.png"] = drawn(9)
        assert len(gather().kept) == 3
        assert told.asked == ["/robots.txt", "/files/gone.png"]
        gather()
        assert told.asked == []
        gather(again=True)
        assert len(told.asked) == 4


def test_the_set_can_be_learned_from(tmp_path: Path, capsys) -> None:
    from pincel.learn.data import open_data

    for seed in range(24):
        folder = tmp_path / "in" / ("cat" if seed % 2 else "dog")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{seed}.png").write_bytes(drawn(seed, 2))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "set"),
                 "--licence", "CC0-1.0", "--json"]) == 0  # fmt: skip
    (made,) = json.loads(capsys.readouterr().out)["results"]
    assert made["kept"] == 24
    data = open_data(tmp_path / "set" / "pictures.csv", group="group", size=12)
    assert data.classes == ["cat", "dog"] and sum(map(len, data.parts.values())) == 24


def test_a_saved_page_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "a.png").write_bytes(drawn(1))
    (tmp_path / "page.html").write_text('<img src="page_files/a.png" alt="one">')
    found = pincel.collect(tmp_path / "page.html")
    assert [one.piece.item.caption for one in found.kept] == ["one"]


@pytest.mark.parametrize(
    ("files", "source", "key"),
    [
        ({}, "/gallery", "collect.why.status"),
        ({"/gallery": b"<p>nothing here"}, "/gallery", "collect.no_pictures"),
        ({"/l.json": b'{"items": [{"title": "x"}]}'}, "/l.json", "collect.no_list"),
        ({"/a.png": b"\x89PNG\r\n\x1a\nbroken"}, "/a.png", "collect.nothing"),
    ],
)
def test_what_cannot_be_collected_is_one_sentence(files: dict, source: str, key: str) -> None:
    with site(files) as told, pytest.raises(PincelError) as error:
        pincel.collect(f"{told.root}{source}", rate=1000, retries=0)
    assert str(error.value) and "\n" not in str(error.value)
    assert error.value.key == key


def test_the_libraries_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(PincelError) as error:
        pincel.collect("http://127.0.0.1:9/a.png")
    assert "pincel[collect]" in str(error.value)
