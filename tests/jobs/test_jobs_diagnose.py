"""The page about an unpaired training: what it measures, and what it says in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

import pincel  # noqa: E402
from pincel import words  # noqa: E402
from pincel.errors import PincelError  # noqa: E402
from pincel.learn.unpaired import sameness  # noqa: E402
from pincel.look.diagnosis import diagnosed, sprites_in  # noqa: E402
from pincel.nets import cyclegan, upscaler  # noqa: E402
from pincel.nets._network import Model, model_bytes  # noqa: E402
from pincel.show.pages import diagnose  # noqa: E402


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    rng = np.random.default_rng(5)
    faces, sprites = tmp_path / "faces", tmp_path / "sprites"
    for folder in (faces, sprites):
        folder.mkdir()
    for number in range(14):
        face = rng.integers(0, 256, (8, 8, 3), dtype=np.uint8).repeat(12, 0).repeat(12, 1)
        Image.fromarray(face).save(faces / f"{number}.png")
        sprite = np.zeros((16, 16, 4), np.uint8)
        sprite[4:12, 4:12] = (*rng.integers(0, 256, 3), 255)
        sprite[6, 6] = (10, 20, 30, 255)
        times = 3 if number < 4 else 1  # four were enlarged
        Image.fromarray(sprite.repeat(times, 0).repeat(times, 1)).save(sprites / f"{number}.png")
    return faces, sprites


def _net(**more) -> cyclegan.Net:
    torch.manual_seed(2)
    settings = {"side": 64, "native": 0, "width": 8, "blocks": 1, "pool": 2}
    return cyclegan.Net(cyclegan.Config(**(settings | more)))


def test_what_the_sprites_are(folders: tuple[Path, Path]) -> None:
    Image.new("RGBA", (16, 16)).save(folders[1] / "clear.png")
    (folders[1] / "broken.png").write_bytes(b"nonsense")
    told = sprites_in(folders[1], 32)
    assert told.count == 14 and told.sizes == {"16 x 16": 14}
    assert told.times == {1: 10, 3: 4}
    assert told.broken == 4 and told.shrunk == 0  # 48 pixels do not come to 32; they are 16 anyway
    small = sprites_in(folders[1], 64, 4)  # what is drawn has 8
    assert small.broken == 4 and small.shrunk == 14 and small.pixels == 4
    assert np.allclose(told.clear, 0.75) and (told.colors == 2).all()
    assert tuple(told.palette[0]) != (10, 20, 30) and len(told.palette) == 15
    assert {name for name, _ in told.unusable} == {"clear", "broken"}


def test_one_coin_and_tiles_are_seen(folders: tuple[Path, Path]) -> None:
    net = _net(native=16)
    with torch.no_grad():  # the last layer forgets the face
        last = [m for m in net.to_sprite.modules() if isinstance(m, torch.nn.Conv2d)][-1]
        last.weight.zero_()
        last.bias.copy_(torch.tensor([0.5, -0.2, 0.1]))
    coin = diagnosed(*folders, Model("cyclegan", net))
    assert coin.sameness == pytest.approx(1, abs=1e-3)

    class Tiled(cyclegan.Net):
        def restore(self, pictures: torch.Tensor) -> torch.Tensor:
            tile = torch.zeros_like(pictures)
            tile[..., ::4, ::4] = 0.4
            return (pictures * 0.5 + tile).clamp(-1, 1)

    net = Tiled(cyclegan.Config(side=64, width=8, blocks=1))
    tiled = diagnosed(*folders, Model("cyclegan", net))
    assert tiled.tiles > 0.3 > tiled.tiles_real and tiled.sameness < 0.7
    assert coin.sameness_real == pytest.approx(tiled.sameness_real, abs=0.05) and (
        coin.sameness_real < 0.7
    )
    real = tiled.real / 127.5 - 1
    assert tiled.sameness_real == pytest.approx(sameness(tiled.faces / 127.5 - 1, real), abs=0.01)
    said = {}
    for code in words.LANGUAGES:
        words.use(code)
        said[code] = [*diagnose.diagnosis_lines(coin), *diagnose.diagnosis_lines(tiled)]
    words.use(None)
    assert any("same sprite for every face" in line for line in said["en"])
    assert any("leaves tiles" in line for line in said["en"])
    assert any("as the report did, 29 % would break" in line for line in said["en"])
    assert any("learned them whole" in line for line in said["en"])
    assert any("Deja baldosas" in line for line in said["es"])


def test_the_page_of_a_run(folders: tuple[Path, Path], tmp_path: Path) -> None:
    pincel.train(
        "cyclegan", from_=folders[0], to=folders[1], runs=tmp_path / "runs", name="a", epochs=2,
        size=32, threads=1, precision="fp32", net="width=4 blocks=1 pool=2",
    )  # fmt: skip
    told = pincel.diagnose(*folders, tmp_path / "runs" / "a", out=tmp_path / "page.html")
    assert len(told.metrics) == 2 and [epoch for epoch, _ in told.samples] == [1, 2]
    assert told.made.shape == told.faces.shape
    page = (tmp_path / "page.html").read_text("utf-8")
    for text in ("Before and after", "Antes y después", "Tiles", "Baldosas",
                 "paired by their place", "emparejadas por posición", "16 x 16"):  # fmt: skip
        assert text in page
    assert page.count("<img") >= 8
    assert told.kept == 2 and "kept: " not in page  # a chart's words are in its picture
    convolutions = [m for m in cyclegan.Net(cyclegan.Config(side=32, blocks=1)).to_sprite.modules()
                    if isinstance(m, (torch.nn.Conv2d, torch.nn.ConvTranspose2d))]  # fmt: skip
    assert len(told.layers) == len(convolutions) == 8
    assert [layer.turned for layer in told.layers] == [False] * 5 + [True, True, False]
    assert [layer.size for layer in told.layers[:3]] == [(32, 32), (16, 16), (8, 8)]
    assert "1: convolution 7 x 7, stride 1: 4 maps of 32 x 32" in page
    assert "7: convolución transpuesta 3 x 3, paso 2: 4 mapas de 32 x 32" in page
    assert told.layers[-1].count == 3 and told.layers[-1].shown.shape == (64, 3 * 64, 4)


def test_other_networks_and_empty_folders_are_one_sentence(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PincelError, match="0 pictures"):
        sprites_in(tmp_path / "empty", 64)
    with pytest.raises(PincelError, match="is no folder"):
        sprites_in(tmp_path / "nowhere", 64)
    with pytest.raises(PincelError, match="0 pictures"):
        diagnosed(tmp_path / "empty", folders[1], Model("cyclegan", _net()))
    path = tmp_path / "other.safetensors"
    path.write_bytes(model_bytes(Model("upscaler", upscaler.Net(upscaler.Config(width=4)))))
    with pytest.raises(PincelError, match=r"cyclegan, not upscaler"):
        pincel.diagnose(*folders, path)
