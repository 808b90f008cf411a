"""The engine for big models, tried on a tiny, randomly initialised Stable Diffusion of 30,000
weights saved to a folder."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from pincel.calls import call
from pincel.errors import PincelError
from pincel.make.words import diffusers_engine as engine
from pincel.pixels.picture import Picture
from pincel.recipe import recipe

pytest.importorskip("torch", reason="needs pincel[nets]")
pytest.importorskip("transformers", reason="needs pincel[diffusers]")
diffusers = pytest.importorskip("diffusers", reason="needs pincel[diffusers]")
pytestmark = pytest.mark.filterwarnings("ignore")  # the libraries' own


def save_tiny(folder: Path) -> Path:
    """A pipeline with random weights, as diffusers saves it."""
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

    words = folder / "words"
    words.mkdir(parents=True)
    letters = [*"abcdefghijklmnopqrstuvwxyz", *(f"{c}</w>" for c in "abcdefghijklmnopqrstuvwxyz")]
    tokens = [*letters, "<|startoftext|>", "<|endoftext|>"]
    (words / "vocab.json").write_text(json.dumps({t: i for i, t in enumerate(tokens)}))
    (words / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = CLIPTokenizer(
        str(words / "vocab.json"), str(words / "merges.txt"), model_max_length=16
    )
    state = torch.random.get_rng_state()
    torch.manual_seed(0)
    text = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokens), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
            num_attention_heads=2, max_position_embeddings=16,
            bos_token_id=len(tokens) - 2, eos_token_id=len(tokens) - 1,
        )
    )  # fmt: skip
    unet = diffusers.UNet2DConditionModel(
        sample_size=8, block_out_channels=(8,), layers_per_block=1, norm_num_groups=4,
        down_block_types=("CrossAttnDownBlock2D",), up_block_types=("CrossAttnUpBlock2D",),
        cross_attention_dim=16, attention_head_dim=4, mid_block_type=None,
    )  # fmt: skip
    vae = diffusers.AutoencoderKL(
        block_out_channels=(8, 8), norm_num_groups=4, sample_size=16,
        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
    )  # fmt: skip
    torch.random.set_rng_state(state)
    pipeline = diffusers.StableDiffusionPipeline(
        vae=vae, text_encoder=text, tokenizer=tokenizer, unet=unet,
        scheduler=diffusers.DDIMScheduler(clip_sample=False, set_alpha_to_one=False),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder / "tiny", safe_serialization=True)
    return folder / "tiny"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return save_tiny(tmp_path_factory.mktemp("pipeline"))


def test_it_draws_offline_and_the_same_for_the_same_seed(tiny: Path) -> None:
    told: list[tuple[int, int]] = []
    first = engine.picture(tiny, "red dragon", 7, 2, 3.0, told=lambda *step: told.append(step))
    again = engine.picture(tiny, "red dragon", 7, 2, 3.0)
    assert first.rgba.shape == (16, 16, 4) and first.rgba.dtype == np.uint8
    assert (first.rgba[..., 3] == 255).all() and len(np.unique(first.rgba[..., :3])) > 5
    assert np.array_equal(first.rgba, again.rgba)
    assert told == [(1, 2), (2, 2)]
    assert not np.array_equal(first.rgba, engine.picture(tiny, "red dragon", 8, 2, 3.0).rgba)
    assert not np.array_equal(first.rgba, engine.picture(tiny, "blue sea", 7, 2, 3.0).rgba)
    assert engine.picture(tiny, "red", 7, 1, 1.0, side=32).rgba.shape == (32, 32, 4)


def test_its_hash_is_that_of_all_its_files(tiny: Path, tmp_path: Path) -> None:
    import shutil

    opened = engine.open_pipeline(tiny)
    assert opened.name == "tiny" and opened.backend == "diffusers cpu float32"
    copy = Path(shutil.copytree(tiny, tmp_path / "copy"))
    assert engine._hash(copy) == opened.sha256
    other = Path(shutil.copytree(tiny, tmp_path / "other"))
    (other / "scheduler" / "scheduler_config.json").write_text("{}")
    assert engine._hash(other) != opened.sha256


def test_what_is_no_pipeline_is_one_sentence(tiny: Path, tmp_path: Path) -> None:
    import shutil

    (tmp_path / "empty").mkdir()
    (tmp_path / "file.safetensors").write_bytes(b"junk")
    pickled = Path(shutil.copytree(tiny, tmp_path / "pickled"))
    for path in pickled.rglob("*.safetensors"):
        path.rename(path.with_suffix(".bin"))
    half = Path(shutil.copytree(tiny, tmp_path / "half"))
    (half / "unet" / "diffusion_pytorch_model.safetensors").rename(
        half / "unet" / "diffusion_pytorch_model.bin"
    )
    broken = Path(shutil.copytree(tiny, tmp_path / "broken"))
    (broken / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(b"junk")
    for model, match in (
        (tmp_path / "empty", "model_index"),
        (tmp_path / "file.safetensors", "model_index"),
        (tmp_path / "missing", "no pipeline"),
        (pickled, "safetensors"),
        (half, "cannot be opened"),
        (broken, "cannot be opened"),
    ):
        with pytest.raises(PincelError, match=match) as refused:
            engine.open_pipeline(model)
        assert "\n" not in str(refused.value)


def test_a_hub_name_without_network_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def download(name: str, *, local_files_only: bool, **given: object) -> str:
        assert given["use_safetensors"] and not given["trust_remote_code"]
        asked.append(local_files_only)
        raise OSError("no network")

    monkeypatch.setattr(diffusers.DiffusionPipeline, "download", download)
    with pytest.raises(PincelError, match="nobody/nothing"):
        engine.open_pipeline("nobody/nothing")
    assert asked == [True, False]  # what is here first


def test_draw_uses_it_and_redo_makes_it_again(tiny: Path, tmp_path: Path) -> None:
    engine_name = f"diffusers:{tiny}"
    call(
        "draw", "red dragon", engine=engine_name, steps=2, seed=3, width=16, out=tmp_path / "a.png"
    )
    data = (tmp_path / "a.png").read_bytes()
    made = recipe.read_recipe(data)
    assert made["settings"]["engine"] == "diffusers:tiny" and made["model"]["name"] == "tiny"
    assert set(made["versions"]) >= {"diffusers", "torch"}
    call("redo", tmp_path / "a.png", model=str(tiny), out=tmp_path / "b.png")
    assert (tmp_path / "b.png").read_bytes() == data
    with pytest.raises(PincelError, match="--model"):
        call("redo", tmp_path / "a.png")


def test_the_way_to_the_grid_is_chosen_by_the_picture() -> None:
    rng = np.random.default_rng(0)
    true = rng.integers(0, 4, (24, 24))
    colors = np.array([[20, 20, 40, 255], [200, 60, 50, 255], [240, 220, 120, 255],
                       [60, 140, 90, 255]], np.uint8)  # fmt: skip
    fake = Picture((colors[true].repeat(8, 0).repeat(8, 1),))
    sprite, way = engine.on_grid(fake, width=32)
    assert way == "restore" and sprite.rgba().shape == (24, 24, 4)
    assert np.array_equal(sprite.rgba(), colors[true])
    y, x = np.mgrid[0:192, 0:192] / 192
    waves = [np.sin(9 * x + 4 * y), np.sin(7 * y - 5 * x), np.cos(11 * x * y)]
    soft = np.stack(waves, -1) * 90 + 128 + rng.normal(0, 6, (192, 192, 3))
    rgba = np.dstack([np.clip(soft, 0, 255), np.full((192, 192), 255)]).astype(np.uint8)
    sprite, way = engine.on_grid(Picture((rgba,)), width=20, colors=6)
    assert way == "pixelate" and sprite.width == 20 and len(sprite.palette) <= 6
