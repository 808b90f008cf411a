"""Job palette: the list, palettes out of pictures, conversion."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.art.files.palettes import read_palette
from pincel.art.palettes import names, palette_named
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Failed, Made
from pincel.jobs.make.palette import Palette
from pincel.pixels.open import open_picture
from samples import face_picture


def made(*sources, **settings):
    events = list(Palette(sources=sources, **settings).run())
    return [event for event in events if isinstance(event, Made)]


def noise(seed=0, size=48):
    return np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)


def codes(colors):
    return np.unique(colors[..., :3].astype(np.int32) @ np.array([65536, 256, 1])).tolist()


def test_the_list_names_every_palette():
    (result,) = made("list")
    text = "\n".join(result.lines)
    assert all(f"  {slug} " in text for slug in names())
    assert len(result.numbers["palettes"]) == len(names())
    assert not list(result.files())


def test_the_list_can_be_searched():
    (result,) = made("list", "endesga", "32")
    assert [palette.slug for palette in result.value] == ["endesga-32", "hept32"]
    with pytest.raises(PincelError, match="matches zzz"):
        made("list", "zzz")


def test_the_list_is_a_picture():
    (result,) = made("list", "handheld", format=("png",))
    ((suffix, data),) = result.files()
    picture = open_picture(data)
    assert suffix == ".png" and picture.width == 1606
    for palette in result.value:  # every colour is there, to the bit
        assert set(codes(palette.colors)) <= set(codes(picture.rgba))


@pytest.mark.parametrize("format", ["gpl", "hex", "pal", "act", "ase", "txt", "png"])
def test_a_named_palette_is_converted(format):
    (result,) = made("Pico 8", format=(format,))
    ((suffix, data),) = result.files()
    assert (result.name, suffix) == ("pico-8", f".{format}")
    assert np.array_equal(read_palette(data, f"x.{format}").colors, palette_named("pico-8").colors)
    assert result.numbers["colors"] == list(palette_named("pico-8").hexes)


def test_colours_and_files_are_palettes_too(tmp_path):
    path = tmp_path / "own.hex"
    path.write_text("ff0000\n00ff00\n0000ff\n")
    one, two, three = made(str(path), "#123456,#654321", palette_named("nes"))
    assert one.value.hexes == ("#ff0000", "#00ff00", "#0000ff")
    assert two.value.hexes == ("#123456", "#654321")
    assert three.value is palette_named("nes")
    assert [suffix for suffix, _ in one.files()] == [".gpl"]


def test_fewer_of_its_own():
    (result,) = made("resurrect-64", colors=8)
    assert len(result.value) == 8
    assert set(result.value.hexes) <= set(palette_named("resurrect-64").hexes)
    spread = np.ptp(result.value.colors.astype(int), axis=0)
    assert (spread > 150).all()  # not eight neighbours


def test_a_sprite_keeps_its_own_colours(tmp_path):
    path = tmp_path / "face.png"
    Image.fromarray(face_picture()).save(path)
    (result,) = made(str(path))
    seen = face_picture().reshape(-1, 4)
    own = np.unique(seen[seen[:, 3] > 0, :3], axis=0)
    assert {tuple(c) for c in result.value.colors} == {tuple(c) for c in own}
    assert result.name == "face.palette" and result.beside == tmp_path
    assert sum(result.numbers["shares"]) == pytest.approx(1, abs=0.01)


def test_a_photo_gets_as_many_as_asked():
    (result,) = made(noise(), colors=7)
    assert 5 <= len(result.value) <= 7
    (usual,) = made(noise())
    assert 12 <= len(usual.value) <= 16
    assert made(noise())[0].value.hexes == usual.value.hexes


def test_many_pictures_give_one_palette_and_a_bad_one_does_not_stop(tmp_path):
    red, blue = np.zeros((2, 30, 30, 3), np.uint8)
    red[..., 0], blue[..., 2] = 200, 180
    Image.fromarray(red).save(tmp_path / "a.png")
    Image.fromarray(np.tile(blue, (9, 9, 1))).save(tmp_path / "b.png")
    (tmp_path / "c.png").write_text("no picture")
    events = list(Palette(sources=(str(tmp_path),)).run())
    (result,) = [event for event in events if isinstance(event, Made)]
    assert [event.name for event in events if isinstance(event, Failed)] == ["c"]
    assert result.name == "shared.palette"
    assert result.value.hexes == ("#c80000", "#0000b4")
    assert result.numbers["shares"] == [0.5, 0.5]  # each picture counts alike


def test_transparent_pictures_have_no_colours():
    events = list(Palette(sources=(np.zeros((4, 4, 4), np.uint8),)).run())
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert "fully transparent" in str(failed.error)


def test_a_typo_offers_names_a_missing_picture_says_so():
    with pytest.raises(PincelError, match="pico-8"):
        made("picco-8")
    (failed,) = [e for e in Palette(sources=("missing.png",)).run() if isinstance(e, Failed)]
    assert "missing.png" in str(failed.error)


def test_preview_is_drawn():
    (result,) = made(noise(), colors=5, preview=True)
    data = dict(result.files())[".preview.png"]
    picture = open_picture(data)
    assert set(codes(result.value.colors)) <= set(codes(picture.rgba))
    (large,) = made("aap-splendor128", preview=True)
    assert open_picture(dict(large.files())[".preview.png"]).height > 700


def test_the_command_line(tmp_path, capsys):
    Image.fromarray(noise()).save(tmp_path / "photo.png")
    out = tmp_path / "my.gpl"
    assert main(["palette", str(tmp_path / "photo.png"), "--colors", "8", "--out", str(out)]) == 0
    assert len(read_palette(out.read_bytes(), "my.gpl")) <= 8
    assert main(["palette", "pico-8", "--format", "gpl,hex,act", "--out", str(tmp_path)]) == 0
    assert {"pico-8.gpl", "pico-8.hex", "pico-8.act"} <= {p.name for p in tmp_path.iterdir()}
    capsys.readouterr()
    assert main(["palette", "list"]) == 0
    assert "endesga-32" in capsys.readouterr().out


def test_the_python_call():
    palette = pincel.palette(noise(), colors=6)
    assert palette.colors.shape[1] == 3
    image = Image.open(BytesIO(dict(made(noise(), format=("png",))[0].files())[".png"]))
    assert image.height == 1


def test_a_file_that_is_neither_names_the_palettes_that_are_read(tmp_path, capsys) -> None:
    from pincel.cli import main

    (tmp_path / "colors.css").write_text(":root { --a: #1d2b53 }")
    assert main(["palette", str(tmp_path / "colors.css")]) == 1
    said = capsys.readouterr().err
    assert ".gpl" in said and ".sketchpalette" in said and "pictures of at most 256" in said
