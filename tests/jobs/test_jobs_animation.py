"""Every animation in, every animation out: how often it is shown and how long each frame stays."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import pincel
from pincel.art.sprite import Sprite
from pincel.art.sprite_files import encode_sprite
from pincel.pixels.open import open_picture

OUT = ("gif", "apng", "png", "webp", "aseprite")
TIMES = (33, 125, 47, 95)
PALETTE = np.array([[20, 12, 28], [208, 70, 72], [109, 170, 44], [222, 238, 214]], np.uint8)


def walk(plays: int, times: tuple[int, ...] = TIMES) -> Sprite:
    """A square that walks over nothing; each frame differs from the others."""
    frames = []
    for number in range(len(times)):
        frame = np.full((16, 16), -1, np.int16)
        frame[4:12, 1 + 2 * (number % 4) : 9 + 2 * (number % 4)] = 1 + number % 3
        frame[6:8, 3 + 2 * (number % 4)] = 0
        frames.append(frame)
    return Sprite(tuple(frames), PALETTE, times, "walk", plays=plays)


def written(tmp_path, suffix: str, plays: int, scale: int = 1):
    path = tmp_path / f"walk.{suffix}"
    path.write_bytes(encode_sprite(walk(plays), f".{suffix}", scale=scale))
    return path


def made(folder, suffixes=tuple(f".{one}" for one in OUT)):
    """The files that a job wrote there, without the manifest."""
    found = sorted(p for p in folder.iterdir() if p.suffix in suffixes)
    assert found
    return found


def check(folder, plays: int, times: tuple[int, ...]) -> None:
    """All files of the folder say the same; GIF to within half a hundredth of a second."""
    assert {p.suffix.lstrip(".") for p in made(folder)} == set(OUT)
    for path in made(folder):
        picture = open_picture(path)
        assert picture.plays == plays, path.name
        assert picture.rgba[0, 0, 3] == 0 and picture.rgba[..., 3].any(), path.name
        assert len(picture.frames) == len(times)
        if path.suffix == ".gif":
            assert abs(sum(picture.durations) - sum(times)) <= 5
        else:
            assert picture.durations == times, path.name


@pytest.mark.parametrize("plays", [0, 1, 3])
@pytest.mark.parametrize("suffix", OUT)
def test_pixelate_keeps_times_and_count(suffix: str, plays: int, tmp_path) -> None:
    path = written(tmp_path, suffix, plays)
    times = open_picture(path).durations  # a GIF has rounded them already
    sprite = pincel.pixelate(path, width=16, out=tmp_path / "out", format=OUT, preview=True)
    assert sprite.plays == plays and sprite.durations == times
    check(tmp_path / "out", plays, times)


@pytest.mark.parametrize("scale", [1, 6])
def test_restore_keeps_times_and_count(scale: int, tmp_path) -> None:
    path = written(tmp_path, "webp", 3, scale)
    pincel.restore(path, out=tmp_path / "out", format=OUT)
    check(tmp_path / "out", 3, TIMES)


def test_frames_a_second_come_out_as_asked(tmp_path) -> None:
    """Five frames at eight a second are 625 ms: exactly, or in GIF the nearest hundredths."""
    path = tmp_path / "walk.webp"
    path.write_bytes(encode_sprite(walk(0, (125,) * 5), ".webp"))
    pincel.pixelate(path, width=16, fps=8, out=tmp_path / "out", format=("gif", "webp"))
    total = {p.suffix: sum(open_picture(p).durations) for p in made(tmp_path / "out")}
    assert total[".webp"] == 625 and total[".gif"] in (620, 630)


def test_thirty_frames_of_33_milliseconds(tmp_path) -> None:
    path = tmp_path / "walk.webp"
    path.write_bytes(encode_sprite(walk(0, (33,) * 30), ".webp"))
    pincel.pixelate(path, width=16, out=tmp_path / "out", format=OUT)
    for path in made(tmp_path / "out"):
        assert sum(open_picture(path).durations) == 990, path.name


def test_a_sheet_tells_the_count_and_the_time(tmp_path) -> None:
    path = written(tmp_path, "gif", 2)
    pincel.sheet(path, for_=("godot",), also=("json",), out=tmp_path / "out", fps=30)
    (told,) = (
        json.loads(p.read_text("utf-8"))
        for p in made(tmp_path / "out", (".json",))
        if "manifest" not in p.name
    )
    assert sum(frame["duration"] for frame in told["frames"]) == 133  # 4 / 30 s
    assert told["meta"]["frameTags"][0]["repeat"] == "2"
    (godot,) = (p.read_text("utf-8") for p in (tmp_path / "out").glob("*.tres"))
    assert '"loop": false' in godot
    assert len(re.findall(r'"texture"', godot)) == 8  # two rounds of four


def test_upscale_keeps_times_and_count(tmp_path) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    from samples import tiny_upscaler

    model = tiny_upscaler(tmp_path / "tiny.safetensors")
    path = written(tmp_path, "webp", 2)
    pincel.upscale(str(model), path, out=tmp_path / "out")
    for path in made(tmp_path / "out"):
        picture = open_picture(path)
        assert picture.plays == 2 and abs(sum(picture.durations) - sum(TIMES)) <= 5


def test_upscale_of_a_filmed_animation_is_one_again(tmp_path) -> None:
    """More colours than a sprite has: a picture, frame by frame, and still an animation."""
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    from pincel.pixels.encode import webp
    from samples import tiny_upscaler

    model = tiny_upscaler(tmp_path / "tiny.safetensors")
    rng = np.random.default_rng(0)
    frames = rng.integers(0, 256, (3, 12, 14, 4)).astype(np.uint8)
    frames[..., 3] = 255
    path = tmp_path / "film.webp"
    path.write_bytes(webp(list(frames), [33, 70, 120], 2))
    pincel.upscale(str(model), path, out=tmp_path / "out")
    (large,) = made(tmp_path / "out")
    picture = open_picture(large)
    assert (picture.width, picture.height) == (28, 24)
    assert picture.durations == (33, 70, 120) and picture.plays == 2


def test_redo_makes_an_animation_again_with_its_count(tmp_path) -> None:
    path = written(tmp_path, "gif", 3)
    pincel.pixelate(path, width=16, out=tmp_path / "out", format=("png",))
    (file,) = made(tmp_path / "out")
    again = pincel.redo(file, among=tmp_path, out=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == file.read_bytes()
    assert again.plays == 3


def test_what_redo_finds_of_an_earlier_animation_keeps_its_count() -> None:
    from pincel.jobs.generate.redo import _sprite

    found = _sprite(encode_sprite(walk(3), ".apng"))
    assert found.plays == 3 and found.durations == TIMES
