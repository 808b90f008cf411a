import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.art import cutout
from pincel.cli import main
from pincel.errors import PincelError
from pincel.jobs.make.pixelate import Pixelate
from pincel.make.pictures import learned_cutout
from samples import face_picture


def unquiet(size: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """A face over stones of many colours, (h, w, 4) uint8, and where it is, (h, w) bool."""
    rng = np.random.default_rng(4)
    stones = rng.integers(60, 200, (16, 16, 1)) + rng.integers(-25, 25, (16, 16, 3))
    rgba = face_picture(size)
    seen = rgba[..., 3] > 0
    ground = np.asarray(Image.fromarray(np.uint8(stones)).resize((size, size)))
    rgba[..., :3] = np.where(seen[..., None], rgba[..., :3], ground)
    rgba[..., 3] = 255
    return rgba, seen


def overlap(said: np.ndarray, true: np.ndarray) -> float:
    return float((said & true).sum() / (said | true).sum())


def test_a_thing_stays_and_an_unquiet_ground_goes() -> None:
    rgba, seen = unquiet()
    left = ~learned_cutout.behind_things(rgba)
    try:
        border = overlap(~cutout.background(rgba), seen)
    except PincelError:
        border = 0.0
    assert overlap(left, seen) > max(0.85, border)
    cut = learned_cutout.things_cut(rgba)
    assert set(np.unique(cut[..., 3])) == {0, 255}
    assert np.array_equal(cut[..., :3], rgba[..., :3])


@pytest.mark.parametrize(("contrast", "follows"), [(200, True), (2, False)])
def test_the_edge_follows_what_can_be_seen(contrast: int, follows: bool) -> None:
    """A soft border of what the network says goes to an edge of the picture near it, not to one of
    two levels in 255, which is grain."""
    rgba = np.full((96, 96, 4), 255, np.uint8)
    rgba[:, 44:, :3] -= np.uint8(contrast)
    said = np.clip((np.arange(96) - 40) / 16, 0, 1).astype(np.float32)[None].repeat(96, 0)
    fine = learned_cutout._refined(said, rgba)[48]
    jump = float(fine[44] - fine[43])
    assert (jump > 0.2) is follows


@pytest.mark.parametrize("size", [(64, 40), (31, 90), (600, 410)])
def test_any_shape_of_picture(size: tuple[int, int]) -> None:
    rgba = np.asarray(Image.fromarray(unquiet()[0]).resize(size))
    assert learned_cutout.behind_things(rgba).shape == rgba.shape[:2]


def test_what_is_cut_out_already_stays_as_it_is() -> None:
    rgba = face_picture(96)
    assert np.array_equal(learned_cutout.things_cut(rgba)[..., 3], rgba[..., 3])


@pytest.mark.parametrize(("level", "words"), [(-9.0, "no thing"), (9.0, "whole picture")])
def test_nothing_and_everything_are_refused_in_one_sentence(level: float, words: str) -> None:
    class Says:
        def run(self, _: None, given: dict[str, np.ndarray]) -> list[np.ndarray]:
            kinds = np.zeros((1, 2, *given["pictures"].shape[2:]), np.float32)
            kinds[:, 1] = level
            return [kinds]

    with pytest.raises(PincelError, match=words):
        learned_cutout.behind_things(unquiet(64)[0], Says())


def test_named_by_word_bare_and_by_python(tmp_path) -> None:
    assert Pixelate(pictures=("a.png",)).cutout == "none"
    assert Pixelate(pictures=("a.png",), cutout=True).cutout == "border"
    assert Pixelate(pictures=("a.png",), cutout=False).cutout == "none"
    rgba = unquiet()[0]
    Image.fromarray(rgba).save(tmp_path / "face.png")
    face = str(tmp_path / "face.png")
    out = ["--width", "32", "--force", "-q", "-o", str(tmp_path / "made.png")]
    assert main(["pixelate", face, "--cutout", "learned", *out]) == 0
    made = np.asarray(Image.open(tmp_path / "made.png").convert("RGBA"))[..., 3] > 0
    asked = pincel.pixelate(rgba, width=32, cutout="learned").indices >= 0
    assert np.array_equal(made, asked) and 0.1 < made.mean() < 0.9
    Image.fromarray(face_picture(96)).save(tmp_path / "clear.png")
    for words in (
        ["--cutout", str(tmp_path / "clear.png")],
        [str(tmp_path / "clear.png"), "--cutout"],
    ):
        assert main(["pixelate", *words, *out]) == 0
    assert main(["pixelate", face, "--cutout=learned", "--cutout", "none", *out]) == 0
    assert np.asarray(Image.open(tmp_path / "made.png").convert("RGBA"))[..., 3].min() == 255


def test_holes_belong_to_the_border(capsys, tmp_path) -> None:
    Image.fromarray(unquiet(64)[0]).save(tmp_path / "face.png")
    assert main(["pixelate", str(tmp_path / "face.png"), "--cutout", "learned", "--holes"]) == 1
    assert "--holes" in capsys.readouterr().err
    assert main(["pixelate", str(tmp_path / "face.png"), "--cutout", "-q", "--cutout=sea"]) == 2
    assert "none, border, learned" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.pixel.*"))
