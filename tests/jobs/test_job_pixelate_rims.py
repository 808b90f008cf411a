"""What `pixelate` makes of fades, of the rim of a cut-out and of pieces that it leaves loose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pincel
from pincel.cli import main
from pincel.errors import PincelError


def glow(size: int = 256, radius: float = 1.0) -> np.ndarray:
    """A white core in a blue radial fade, (size, size, 4) uint8."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    far = np.hypot(x, y) / (size / 2) / radius
    rgba = np.zeros((size, size, 4), np.uint8)
    rgba[..., :3] = (80, 200, 255)
    rgba[..., 3] = np.clip(1 - far, 0, 1) * 230
    rgba[far < 0.24] = 255
    return rgba


def test_a_glow_keeps_its_half() -> None:
    alpha = pincel.pixelate(glow(), width=64).rgba()[..., 3]
    whole = np.pi * (32 * (1 - 127.5 / 230)) ** 2
    assert set(np.unique(alpha)) == {0, 255}
    assert (alpha > 0).sum() == pytest.approx(whole, rel=0.06)
    y, x = np.mgrid[0:64, 0:64] - 31.5
    far = np.hypot(x, y)
    assert far[alpha > 0].max() - far[alpha == 0].min() < 1.6  # round, not ragged


def test_a_glow_is_told_and_may_be_dithered_or_soft(tmp_path: Path, capsys) -> None:
    Image.fromarray(glow()).save(tmp_path / "glow.png")
    alphas = {}
    for kind in ("hard", "dither", "soft"):
        out = tmp_path / kind
        assert (
            main(["pixelate", str(tmp_path / "glow.png"), "--alpha", kind, "--out", str(out)]) == 0
        )
        assert ("ends at half alpha" in capsys.readouterr().out) == (kind == "hard")
        with Image.open(out / "glow.pixel.png") as made:
            assert made.mode == "P"
            alphas[kind] = np.asarray(made.convert("RGBA"))[..., 3]
    assert set(np.unique(alphas["dither"])) == {0, 255}
    assert set(np.unique(alphas["soft"])) == {0, 64, 128, 191, 255}
    wanted = np.asarray(Image.fromarray(glow()[..., 3]).resize((64, 64), Image.Resampling.BOX))
    assert alphas["dither"].mean() == pytest.approx(wanted.mean(), rel=0.05)
    assert alphas["soft"].mean() == pytest.approx(wanted.mean(), rel=0.05)


def test_levels_of_alpha_where_nothing_fades_are_refused_in_a_sentence(capsys, tmp_path) -> None:
    rgba = glow()
    rgba[..., 3] = np.where(rgba[..., 3] > 100, 255, 0)
    Image.fromarray(rgba).save(tmp_path / "disc.png")
    for kind in ("dither", "soft"):
        sprite = pincel.pixelate(rgba, width=32, alpha=kind)
        assert not sprite.alphas
        assert np.array_equal(sprite.rgba(), pincel.pixelate(rgba, width=32).rgba())
    assert main(["pixelate", str(tmp_path / "disc.png"), "--alpha", "soft"]) == 0
    assert "Nothing fades out" in capsys.readouterr().out


def test_what_cannot_hold_levels_of_alpha_says_so(tmp_path: Path) -> None:
    with pytest.raises(PincelError, match="gif holds no half-transparent"):
        pincel.pixelate(glow(), alpha="soft", format=("gif",))
    with pytest.raises(PincelError, match="--outline"):
        pincel.pixelate(glow(), alpha="dither", outline=True)
    frames = [Image.fromarray(glow(128, r)) for r in (0.6, 0.8, 1.0)]
    frames[0].save(tmp_path / "g.png", save_all=True, append_images=frames[1:], duration=90)
    arguments = [str(tmp_path / "g.png"), "--alpha", "soft", "--width", "24", "--preview"]
    assert main(["pixelate", *arguments, "-q"]) == 0
    assert {p.name for p in tmp_path.glob("g.p*")} >= {"g.pixel.png", "g.pixel.preview.png"}
    assert not list(tmp_path.glob("*.gif"))
    with Image.open(tmp_path / "g.pixel.png") as back:
        assert back.n_frames == 3


def logo(size: int = 400) -> np.ndarray:
    """A smooth-edged disc in three strong colours on white."""
    y, x = np.mgrid[0 : 4 * size, 0 : 4 * size] / 4 - size / 2
    rgb = np.full((4 * size, 4 * size, 3), 255, np.uint8)
    sector = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * 3).astype(int) % 3
    inside = np.hypot(x, y) < 0.35 * size
    rgb[inside] = np.array([(234, 67, 53), (251, 188, 5), (52, 168, 83)], np.uint8)[sector[inside]]
    small = Image.fromarray(rgb).resize((size, size), Image.Resampling.BOX)
    return np.asarray(small.convert("RGBA"))


@pytest.mark.parametrize("engine", ["fast", "best"])
def test_no_light_cells_inside_the_outline_of_a_cut_out(engine: str) -> None:
    rgba = pincel.pixelate(logo(), cutout=True, outline=True, engine=engine).rgba()
    light = (rgba[..., :3].min(-1) > 120) & (rgba[..., 3] > 0)
    assert not light.any()


def test_a_cut_out_with_loose_pieces_is_doubted(tmp_path: Path, capsys) -> None:
    """A face of the ground's colour goes with it and leaves its eyes hanging."""
    rgba = np.full((200, 200, 4), (200, 180, 160, 255), np.uint8)
    rgba[120:200, 40:160] = (60, 70, 160, 255)
    whole = rgba.copy()
    rgba[60:72, 70:84] = rgba[60:72, 116:130] = (30, 30, 40, 255)
    for name, picture in (("eyes", rgba), ("whole", whole)):
        Image.fromarray(picture).save(tmp_path / f"{name}.png")
        assert main(["pixelate", str(tmp_path / f"{name}.png"), "--cutout", "--width", "50"]) == 0
        told = capsys.readouterr().out
        assert ("(2, " in told and "loose pieces" in told) == (name == "eyes")
