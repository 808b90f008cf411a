"""The shipped networks: a drawn face becomes a sprite face; what cannot be done is one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.calls import call
from pincel.cli import main
from pincel.errors import PincelError
from pincel.make.pictures.translate import open_translator

PORTRAIT = Path(__file__).parents[2] / "assets" / "portrait.png"


def drawn(
    hair: tuple[int, ...] = (40, 90, 190), skin: tuple[int, ...] = (240, 190, 150),
    shirt: tuple[int, ...] = (200, 40, 40), glasses: bool = False, long: bool = False,
    ground: tuple[int, ...] = (255, 255, 255), size: int = 160,
) -> np.ndarray:  # fmt: skip
    """A simple comic face, (size, size, 3) uint8, its head in the middle of the picture."""
    y, x = np.mgrid[0:size, 0:size] / size
    rgb = np.full((size, size, 3), ground, np.uint8)

    def fill(mask: np.ndarray, color: tuple[int, ...]) -> None:
        rgb[mask] = color

    if long:
        fill((np.abs(x - 0.5) < 0.31) & (y > 0.2) & (y < 0.95), hair)
    fill((((x - 0.5) / 0.36) ** 2 + ((y - 1.05) / 0.22) ** 2 < 1), shirt)
    fill((np.abs(x - 0.5) < 0.08) & (y > 0.6) & (y < 0.9), tuple(int(0.85 * c) for c in skin))
    fill(((x - 0.5) / 0.27) ** 2 + ((y - 0.45) / 0.31) ** 2 < 1, skin)
    for side in (-1, 1):
        fill(((x - 0.5 - side * 0.27) / 0.04) ** 2 + ((y - 0.48) / 0.07) ** 2 < 1, skin)
        eye = ((x - 0.5 - side * 0.12) / 0.05) ** 2 + ((y - 0.46) / 0.045) ** 2
        fill(eye < 1, (255, 255, 255))
        fill(eye < 0.25, (30, 30, 40))
    fill((np.abs(x - 0.5) < 0.07) & (np.abs(y - 0.64) < 0.012), (150, 40, 50))
    top = ((x - 0.5) / 0.31) ** 2 + ((y - 0.4) / 0.33) ** 2
    fringe = 0.24 + 0.09 * np.abs(np.sin(24 * x)) + 0.9 * np.maximum(0, np.abs(x - 0.5) - 0.2)
    fill((top < 1) & (y < fringe), hair)
    if glasses:
        for side in (-1, 1):
            rim = np.hypot(x - 0.5 - side * 0.12, y - 0.46)
            fill((rim < 0.1) & (rim > 0.072), (20, 20, 24))
        fill((np.abs(x - 0.5) < 0.03) & (np.abs(y - 0.46) < 0.013), (20, 20, 24))
    return rgb


def _of(sprite, roles: tuple[str, ...], made) -> np.ndarray:
    """Mean colour of the pixels of these roles, 0 to 255."""
    names = open_translator().about["roles"]
    where = np.isin(made.roles, [names.index(role) for role in roles])
    return sprite.rgba()[where][:, :3].mean(0)


@pytest.mark.parametrize("hair, skin, shirt", [
    ((40, 90, 190), (240, 190, 150), (200, 40, 40)),
    ((200, 60, 30), (140, 90, 60), (60, 160, 80)),
    ((220, 180, 100), (250, 215, 190), (120, 70, 180)),
])  # fmt: skip
def test_colours_are_those_of_the_face(hair, skin, shirt) -> None:
    face = drawn(hair, skin, shirt)
    made = open_translator().translate(np.dstack([face, np.full(face.shape[:2], 255, np.uint8)]))
    for roles, true in ((("hair",), hair), (("skin",), skin), (("clothes",), shirt)):
        assert np.abs(_of(made.sprite, roles, made) - true).mean() < 30, roles


def test_a_sprite_of_sixteen_colours_at_most_with_hard_edges() -> None:
    sprite = pincel.translate(PORTRAIT)
    rgba = sprite.rgba()
    assert rgba.shape == (16, 16, 4) and set(np.unique(rgba[..., 3])) == {0, 255}
    assert 5 <= len(sprite.palette) <= 16
    clear = (rgba[..., 3] == 0).mean()
    assert 0.2 < clear < 0.6
    again = pincel.translate(PORTRAIT)
    assert np.array_equal(again.rgba(), rgba)


def test_glasses_and_long_hair_are_seen() -> None:
    names = open_translator().about["roles"]

    def roles(**more: bool) -> np.ndarray:
        face = drawn(**more)
        rgba = np.dstack([face, np.full(face.shape[:2], 255, np.uint8)])
        return open_translator().translate(rgba).roles

    rim = names.index("glasses")
    assert (roles(glasses=True) == rim).sum() >= 10 > 3 > (roles() == rim).sum()
    hair = [names.index("hair"), names.index("hair shade")]
    assert np.isin(roles(long=True)[11:], hair).sum() >= 6 > np.isin(roles()[11:], hair).sum()


@pytest.mark.parametrize("ground", [(255, 255, 255), (30, 30, 40), (120, 200, 160)])
@pytest.mark.parametrize("place", [(0, 0), (150, 60), (60, 200)])
def test_the_head_is_found_where_it_is(ground: tuple[int, ...], place: tuple[int, int]) -> None:
    whole = np.full((420, 400, 4), (*ground, 255), np.uint8)
    left, top = place
    whole[top : top + 160, left : left + 160, :3] = drawn(ground=ground)
    frame = open_translator().translate(whole).frame
    middle = (frame.left + frame.side / 2, frame.top + frame.side / 2)
    assert abs(middle[0] - left - 80) < 25 and abs(middle[1] - top - 80) < 30
    assert 90 < frame.side < 220


def _things() -> dict[str, np.ndarray]:
    """Pictures without a face, (h, w, 3) uint8."""
    from PIL import ImageDraw, ImageFont
    from skimage import data

    cup = Image.new("RGB", (160, 160), (240, 238, 230))
    draw = ImageDraw.Draw(cup)
    draw.ellipse((96, 50, 146, 104), outline=(196, 60, 50), width=10)
    draw.rounded_rectangle((30, 40, 116, 130), 16, fill=(206, 66, 54))
    draw.ellipse((30, 30, 116, 52), fill=(236, 130, 110))
    letter = Image.new("RGB", (128, 128), (30, 60, 140))
    ImageDraw.Draw(letter).text(
        (64, 64), "R", (250, 220, 120), ImageFont.load_default(80), anchor="mm"
    )
    harbour = np.asarray(Image.open(PORTRAIT.with_name("harbour.png")).convert("RGB"))
    found = {
        name: getattr(data, name)() for name in ("chelsea", "coffee", "page", "coins", "brick")
    }
    found = {k: v if v.ndim == 3 else np.dstack([v] * 3) for k, v in found.items()}
    return found | {"cup": np.asarray(cup), "letter": np.asarray(letter), "harbour": harbour}


def test_pictures_without_a_face_are_refused_unless_their_square_is_given() -> None:
    things = _things()
    drawn_anyway = []
    for name, thing in things.items():
        try:
            pincel.translate(thing)
            drawn_anyway.append(name)
        except PincelError as refused:
            assert refused.key == "translate.no_face", name
    assert not drawn_anyway
    assert pincel.translate(things["cup"], crop=(0, 0, 160)).rgba().shape == (16, 16, 4)


def _shrunk(face: np.ndarray, side: int) -> np.ndarray:
    return np.asarray(Image.fromarray(face).resize((side, side), Image.Resampling.BOX))


def test_faces_of_many_hands_are_let_through() -> None:
    from skimage import data

    from pincel.art import faces
    from samples import face_picture

    face, small = drawn(), _shrunk(drawn(glasses=True), 32)
    grey = np.dstack([drawn(long=True).mean(-1).astype(np.uint8)] * 3)
    people = {
        "drawn": face, "grey": grey, "32 pixels": small, "blocks": small.repeat(8, 0).repeat(8, 1),
        "sample": face_picture(), "portrait": np.asarray(Image.open(PORTRAIT)),
        "photograph": data.astronaut(),
    }  # fmt: skip
    looks = (faces.FaceLook(), faces.FaceLook(hair="long", glasses="glasses"),
             faces.FaceLook(hair="", beard="full"))  # fmt: skip
    people |= {f"sprite {n}": faces.face_sprite(look).rgba() for n, look in enumerate(looks)}
    refused = []
    for name, one in people.items():
        try:
            assert pincel.translate(one).rgba().shape == (16, 16, 4)
        except PincelError:
            refused.append(name)
    assert not refused


def test_files_and_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    face = tmp_path / "ana.png"
    Image.fromarray(drawn()).save(face)
    assert main(["translate", str(face), "--preview", "--explain", "--palette", "pico-8"]) == 0
    assert "16 x 16 pixels" in capsys.readouterr().out
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["ana.png", "ana.sprite.explain.png", "ana.sprite.png",
                    "ana.sprite.preview.png"]  # fmt: skip
    with Image.open(tmp_path / "ana.sprite.png") as sprite:
        told = json.loads(sprite.text["pincel"])
        assert sprite.size == (16, 16) and sprite.mode == "P"
    assert told["job"] == "translate" and told["settings"]["palette"] == "pico-8"


def test_the_crop_may_be_given(tmp_path: Path) -> None:
    face = drawn()
    sprite = call("translate", face, crop=(0, 0, 160))
    assert np.array_equal(sprite.rgba(), call("translate", face, crop="0,0,160").rgba())
    for wrong in ("0,0", "0,0,2", "a,b,c"):
        with pytest.raises(PincelError, match="three numbers"):
            pincel.translate(face, crop=wrong)


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PincelError, match="No face"):
        pincel.translate(np.full((90, 120, 3), 200, np.uint8))
    with pytest.raises(PincelError, match="transparent"):
        pincel.translate(np.zeros((64, 64, 4), np.uint8))
    frames = [Image.fromarray(drawn(ground=(c, c, c))) for c in (0, 255)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    with pytest.raises(PincelError, match="animation of 2 frames"):
        pincel.translate(tmp_path / "a.gif")
    with pytest.raises(PincelError, match="no translator"):
        pincel.translate(drawn(), model=tmp_path / "nothing")
