import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Failed, Made, Said
from pincel.jobs.make.pixelate import Pixelate
from pincel.pixels.open import open_picture
from samples import face_picture


def on_ground(size: int = 96) -> np.ndarray:
    rgba = face_picture(size)
    clear = rgba[..., 3] == 0
    rgba[clear] = (90, 150, 200, 255)
    return rgba


def walk(count: int = 4) -> list[Image.Image]:
    frames = []
    rng = np.random.default_rng(2)
    for n in range(count):
        rgb = np.full((64, 64, 3), (120.0, 160.0, 130.0))
        rgb[40:] = (90, 70, 60)
        rgb[20:44, 6 + 12 * n : 18 + 12 * n] = (220, 60, 50)
        seen = np.clip(rgb + rng.normal(0, 3, rgb.shape), 0, 255).astype(np.uint8)
        frames.append(Image.fromarray(seen))
    return frames


def test_a_file_becomes_an_indexed_png_beside_it(tmp_path: Path) -> None:
    Image.fromarray(face_picture()).save(tmp_path / "face.png")
    assert main(["pixelate", str(tmp_path / "face.png"), "-q"]) == 0
    made = Image.open(tmp_path / "face.pixel.png")
    assert made.mode == "P" and made.size == (64, 64)
    alpha = np.asarray(made.convert("RGBA"))[..., 3]
    assert set(np.unique(alpha)) == {0, 255}


@pytest.mark.parametrize("kind", ["array", "grey", "pil", "bytes"])
def test_python_takes_arrays_images_and_bytes(kind: str) -> None:
    rgba = face_picture()
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, "PNG")
    source = {
        "array": rgba,
        "grey": rgba[..., 0],
        "pil": Image.fromarray(rgba),
        "bytes": file.getvalue(),
    }[kind]
    sprite = pincel.pixelate(source, width=24, colors=6)
    assert (sprite.width, sprite.height) == (24, 24)
    assert len(sprite.palette) <= 6


def test_size_and_colours_are_kept_exactly() -> None:
    for width, height, colors in ((31, 17, 3), (48, 48, 12), (5, 7, 2)):
        sprite = pincel.pixelate(on_ground(), width=width, height=height, colors=colors)
        assert (sprite.width, sprite.height) == (width, height)
        assert len(np.unique(sprite.rgba().reshape(-1, 4), axis=0)) <= colors
    assert pincel.pixelate(on_ground(), cell=4).width == 24


def test_given_palette_strict_and_nearest() -> None:
    strict = pincel.pixelate(on_ground(), width=32, palette="pico-8")
    known = {tuple(c) for c in strict.palette}
    assert len(known) == 16  # whole, in its order: an engine may rely on the indices
    near = pincel.pixelate(
        on_ground(), width=32, palette="pico-8", palette_mode="nearest", colors=4
    )
    assert len(near.palette) <= 4 and {tuple(c) for c in near.palette} <= known
    array = pincel.pixelate(on_ground(), width=32, palette=strict.palette[:3])
    assert {tuple(c) for c in array.palette} == {tuple(c) for c in strict.palette[:3]}


def test_near_shades_of_a_palette_stay_apart() -> None:
    """Pillow 13.0.0's quantize(palette=...) keeps four of these eight
    (findings/pillow-quantize-not-nearest.sh)."""
    shades = [(200 + 2 * k, 150 + 2 * k, 120 + 2 * k) for k in range(8)]
    picture = np.array(shades, np.uint8).reshape(2, 4, 3).repeat(8, 0).repeat(4, 1)
    sprite = pincel.pixelate(picture, width=16, palette=np.array(shades, np.uint8))
    assert np.array_equal(sprite.rgba()[..., :3], picture)


def test_cutout_and_outline_within_the_colours() -> None:
    picture = on_ground()
    picture[picture[..., 0] < 60] = (250, 230, 200, 255)  # no dark colour to draw with
    plain = pincel.pixelate(picture, width=32, colors=6, cutout=True)
    lined = pincel.pixelate(picture, width=32, colors=6, cutout=True, outline=True)
    assert (plain.indices[0] == -1).any()
    assert len(lined.palette) <= 6
    outer = (lined.indices >= 0).sum() - (plain.indices >= 0).sum()
    assert outer > 30
    rim = lined.rgba()[..., :3][np.nonzero(lined.indices >= 0)]
    assert rim.sum(-1).min() < 200  # the line is dark


def test_an_outline_without_transparency_is_told(capsys, tmp_path: Path) -> None:
    Image.fromarray(on_ground()).save(tmp_path / "face.png")
    assert main(["pixelate", str(tmp_path / "face.png"), "--outline"]) == 0
    assert "--cutout" in capsys.readouterr().out


def test_mask_from_a_file(tmp_path: Path) -> None:
    mask = np.zeros((20, 20), np.uint8)
    mask[:10] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    sprite = pincel.pixelate(on_ground(), width=20, mask=tmp_path / "mask.png")
    assert (sprite.indices[:10] >= 0).all() and (sprite.indices[10:] == -1).all()


def test_animation_keeps_one_palette_and_its_still_cells(tmp_path: Path) -> None:
    frames = walk()
    frames[0].save(
        tmp_path / "walk.png", save_all=True, append_images=frames[1:], duration=80, format="PNG"
    )
    sprite = pincel.pixelate(tmp_path / "walk.png", width=32, colors=8)
    assert len(sprite.frames) == 4 and sprite.durations == (80,) * 4
    stack = np.stack(sprite.frames)
    assert (stack[1:, 24:] == stack[:-1, 24:]).mean() > 0.995
    assert (stack[1:, 12:18] != stack[:-1, 12:18]).any()
    slower = pincel.pixelate(tmp_path / "walk.png", width=32, fps=6.25)
    assert len(slower.frames) == 2 and sum(slower.durations) == 320
    files = dict(
        next(
            e for e in Pixelate(pictures=(tmp_path / "walk.png",)).run() if isinstance(e, Made)
        ).files()
    )
    assert set(files) == {".png", ".gif"}


def test_locked_palette_is_the_same_for_all() -> None:
    red, blue = on_ground(), on_ground()[:, :, [2, 1, 0, 3]]
    alone = pincel.pixelate([red, blue], width=24, colors=8)
    locked = pincel.pixelate([red, blue], width=24, colors=8, lock=True)
    assert not np.array_equal(alone[0].palette, alone[1].palette)
    assert np.array_equal(locked[0].palette, locked[1].palette)
    assert len(locked[0].palette) <= 8


def test_tile_goes_on_across_its_border() -> None:
    y, x = np.mgrid[0:96, 0:96] / 96
    slope = np.stack([255 * x, 255 * y, 128 + 0 * x], -1).astype(np.uint8)

    def jump(sprite) -> float:
        lab = sprite.rgba()[..., :3].astype(float)
        return abs(lab[0] - lab[-1]).mean() + abs(lab[:, 0] - lab[:, -1]).mean()

    plain = pincel.pixelate(slope, width=24)
    tiled = pincel.pixelate(slope, width=24, tileable=True)
    assert jump(tiled) < 0.3 * jump(plain)


def test_style_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sprites"
    folder.mkdir()
    sprite = pincel.pixelate(on_ground(), width=24, colors=5, cutout=True)
    sprite.save(folder / "one.png")
    styled = pincel.pixelate(on_ground(), width=24, style=folder)
    assert len(styled.palette) <= 8
    (tmp_path / "empty").mkdir()
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)).save(
        tmp_path / "empty" / "noise.png"
    )
    with pytest.raises(PincelError, match="no sprite"):
        pincel.pixelate(on_ground(), width=24, style=tmp_path / "empty")


def test_recipe_names_no_folder(tmp_path: Path) -> None:
    Image.fromarray(on_ground()).save(tmp_path / "face.png")
    (tmp_path / "mine.hex").write_text("101020\nf0c0a0\n5a96c8\n")
    source, palette = str(tmp_path / "face.png"), str(tmp_path / "mine.hex")
    made = next(
        e
        for e in Pixelate(pictures=(source,), width=24, palette=palette).run()
        if isinstance(e, Made)
    )
    text = Image.open(io.BytesIO(dict(made.files())[".png"])).text["pincel"]
    recipe = json.loads(text)
    assert recipe["job"] == "pixelate" and recipe["settings"]["width"] == 24
    assert recipe["settings"]["palette"] == "mine.hex"
    assert recipe["source_sha256"] == open_picture(source).info["sha256"]
    assert str(tmp_path) not in text
    bare = next(
        e
        for e in Pixelate(pictures=(source,), width=24, metadata=False).run()
        if isinstance(e, Made)
    )
    assert b"pincel" not in dict(bare.files())[".png"]


def test_one_bad_picture_of_several_does_not_stop_the_others(tmp_path: Path) -> None:
    Image.fromarray(on_ground()).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"")
    events = list(Pixelate(pictures=(tmp_path,), width=24).run())
    assert [e.name for e in events if isinstance(e, Failed)] == ["b"]
    assert [e.name for e in events if isinstance(e, Made)] == ["a.pixel"]
    with pytest.raises(PincelError):
        list(Pixelate(pictures=(tmp_path / "b.png",)).run())


def test_a_second_run_over_a_folder_leaves_its_own_results_alone(tmp_path: Path) -> None:
    Image.fromarray(on_ground()).save(tmp_path / "a.png")
    assert main(["pixelate", str(tmp_path), "--preview", "-q", "--width", "24"]) == 0
    events = list(Pixelate(pictures=(tmp_path,), width=24).run())
    assert [e.name for e in events if isinstance(e, Made)] == ["a.pixel"]


def test_settings_that_do_not_go_together() -> None:
    for wrong in ({"cell": 4, "width": 10}, {"palette_mode": "nearest"}):
        with pytest.raises(PincelError):
            pincel.pixelate(on_ground(), **wrong)
    with pytest.raises(PincelError):
        pincel.pixelate(on_ground(), palette="no-such-palette")
    with pytest.raises(PincelError):
        pincel.pixelate(on_ground(), width=500)


def test_contrast_and_saturation() -> None:
    grey = pincel.pixelate(on_ground(), width=24, saturation=0)
    spread = np.ptp(grey.palette.astype(int), axis=1)
    assert spread.max() <= 3
    low, high = (pincel.pixelate(on_ground(), width=24, contrast=c) for c in (0.5, 1.5))
    assert np.ptp(low.palette.mean(1)) < np.ptp(high.palette.mean(1))


def test_dither_goes_through_to_the_sprite() -> None:
    y = np.linspace(0, 1, 96)[:, None, None]
    sky = (np.array([40, 80, 160]) * (1 - y) + np.array([200, 210, 230]) * y).repeat(96, 1)
    plain = pincel.pixelate(sky.astype(np.uint8), width=32, colors=4)
    mixed = pincel.pixelate(sky.astype(np.uint8), width=32, colors=4, dither="bayer4")
    assert (plain.rgba() != mixed.rgba()).any(-1).sum() > 50


@pytest.mark.parametrize("language", ["en", "es"])
def test_explain_shows_every_stage(language: str) -> None:
    from pincel import words

    words.use(language)
    try:
        job = Pixelate(
            pictures=(on_ground(),),
            width=24,
            explain=True,
            dither="dots",
            cutout=True,
            outline=True,
        )
        made = next(e for e in job.run() if isinstance(e, Made))
        files = dict(made.files())
    finally:
        words.use(None)
    strip = Image.open(io.BytesIO(files[".explain.png"]))
    assert strip.width > 1000 and strip.height > 800


def test_best_says_when_it_cannot() -> None:
    events = list(Pixelate(pictures=(on_ground(),), width=24, engine="best").run())
    assert any(isinstance(e, Made) for e in events)
    said = [e for e in events if isinstance(e, Said)]
    assert len(said) <= 1
