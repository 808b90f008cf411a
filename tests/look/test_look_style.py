"""Style transfer: Gram matrices, what falls, what stays, and what is at hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pincel.errors import PincelError  # noqa: E402
from pincel.look import seers, style  # noqa: E402
from samples import face_picture  # noqa: E402


def small(side: int = 24) -> np.ndarray:
    from PIL import Image

    face = Image.fromarray(face_picture()).convert("RGB").resize((side, side), Image.Resampling.BOX)
    return np.asarray(face, np.float32) / 255


def stripes(side: int = 32) -> np.ndarray:
    rgba = np.full((side, side, 4), 255, np.uint8)
    rgba[:, ::2, :3] = (20, 30, 90)
    rgba[:, 1::2, :3] = (240, 200, 60)
    return rgba


def test_a_gram_matrix_is_what_the_paper_says() -> None:
    maps = torch.randn(1, 3, 4, 5)
    by_hand = torch.zeros(3, 3)
    for i in range(3):
        for j in range(3):
            by_hand[i, j] = (maps[0, i] * maps[0, j]).sum() / 20
    torch.testing.assert_close(seers.gram(maps), by_hand)
    weight = torch.zeros(1, 1, 4, 5)
    weight[..., :2] = 1
    torch.testing.assert_close(seers.gram(maps, weight), seers.gram(maps[..., :2]))
    mixed = maps[:, :, torch.randperm(4)][..., torch.randperm(5)]
    torch.testing.assert_close(seers.gram(mixed), seers.gram(maps))  # the place is forgotten


def test_transparent_places_of_a_like_do_not_count() -> None:
    seer = seers.lite0_seer()
    like = np.zeros((64, 64, 4), np.uint8)
    like[:32, :32] = stripes(32)
    other = like.copy()
    other[32:, :, :3] = 255  # under alpha 0: nobody sees it
    one, two = (style._style_of(seer, [x], seer.style) for x in (like, other))
    for a, b in zip(one, two, strict=True):
        torch.testing.assert_close(a, b)


def test_style_falls_content_is_kept_and_the_same_comes_out_again() -> None:
    seer = seers.lite0_seer()
    likes = [stripes(32).repeat(4, 0).repeat(4, 1)]

    def run(**more) -> list[style.StyleStage]:
        return list(style.transfer(seer, small(), likes, style.Course(steps=12, **more), 4))

    stages = run()
    assert [s.step for s in stages] == list(range(1, 13))
    assert stages[0].losses["content"] == pytest.approx(0, abs=1e-6)
    assert stages[-1].losses["style"] < 0.95 * stages[0].losses["style"]
    assert stages[-1].picture.shape == (24, 24, 3)
    assert stages[-1].picture.min() >= 0 and stages[-1].picture.max() <= 1
    again = run()
    assert np.array_equal(again[-1].picture, stages[-1].picture)
    calm = run(weights=style.Weights(style=0))
    assert np.abs(calm[-1].picture - small()).mean() < np.abs(stages[-1].picture - small()).mean()
    noise = run(begin="noise", seed=3)
    assert noise[0].losses["content"] > 0.5
    assert not np.array_equal(noise[-1].picture, run(begin="noise", seed=4)[-1].picture)


def test_layers_are_chosen_by_number() -> None:
    seer = seers.lite0_seer()
    assert seer.layers(None) == seer.style and seer.layers([1, 12]) == (0, 11)
    for wrong in (0, 13):
        with pytest.raises(PincelError) as error:
            seer.layers([wrong])
        assert error.value.key == "style.no_layer"


def test_flat_places_are_held_more_firmly() -> None:
    picture = torch.zeros(1, 3, 16, 16)
    picture[..., 12:] = 1
    hold = style._hold(picture)[0, 0]
    assert hold[8, 12] == 1 and hold[8, 2] > 20


def test_vgg_is_taken_from_a_file_at_hand_and_nothing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torchvision = pytest.importorskip("torchvision")
    monkeypatch.setattr(torch.hub, "get_dir", lambda: str(tmp_path))
    assert seers.find_vgg() is None and seers.seer("auto").name == "EfficientNet-Lite0"
    with pytest.raises(PincelError) as error:
        seers.seer("vgg19")
    assert seers.VGG_FILE in str(error.value)
    torch.manual_seed(0)
    net = torchvision.models.vgg19(weights=None).features
    for layer in net:
        if isinstance(layer, torch.nn.Conv2d):
            layer.bias.data.normal_(0, 0.1)
    (tmp_path / "checkpoints").mkdir()
    file = tmp_path / "checkpoints" / seers.VGG_FILE
    torch.save({f"features.{k}": v.half() for k, v in net.state_dict().items()}, file)
    seer = seers.seer("auto")
    assert seer.name == "VGG-19" and len(seer.names) == 16
    assert [seer.names[k] for k in seer.style] == [f"conv{k}_1" for k in range(1, 6)]
    assert seer.names[seer.content[0]] == "conv4_2"
    picture = torch.rand(1, 3, 32, 32)
    maps = seer.look(picture)
    mean = torch.tensor([0.485, 0.456, 0.406])[:, None, None]
    spread = torch.tensor([0.229, 0.224, 0.225])[:, None, None]
    half = net.half().float()
    inside = half[:21]((picture - mean) / spread)  # up to conv4_2, before its ReLU and after it
    torch.testing.assert_close(maps[9], half[21:23](inside), rtol=1e-3, atol=1e-4)
    file.write_bytes(b"no weights")
    with pytest.raises(PincelError) as error:
        seers.seer("auto")
    assert error.value.key == "style.vgg"
