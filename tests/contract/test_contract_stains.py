"""Channels are channels: every family that makes pictures learns from two, four or five stains, or
says what to do, and the jobs that use it keep all of them. A new family is tested by existing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("torch", reason="networks need pincel[nets]")

import torch

import picture_files
import pincel.jobs as jobs
from pincel import limits, nets
from pincel.errors import PincelError
from pincel.job import Failed, Made, Said
from pincel.learn import prepare
from pincel.learn.data import open_data
from pincel.learn.teach import begin
from pincel.nets import _abilities
from pincel.nets._family import family
from pincel.nets._network import open_model
from pincel.pixels.open import open_picture
from pincel.pixels.statistics import stored_numbers
from tiny_families import TINY

SIDE = 16
NAMES = ("DAPI", "GFP", "Cy5", "TRITC", "YFP")
MAKERS = [name for name in nets.names() if family(name).task == "making"]
TWOFOLD = [n for n in nets.names() if family(n).task in ("translating", "redrawing", "adapting")]


def stains(seed: int, count: int) -> np.ndarray:
    """(16, 16, count) uint16; the last 0 in the upper half, where alpha would hide the others."""
    some = np.random.default_rng(seed).integers(300, 65_000, (SIDE, SIDE, count), dtype=np.uint16)
    some[: SIDE // 2, :, -1] = 0
    return some


def ome(some: np.ndarray) -> bytes:
    about = {"axes": "CYX", "Channel": {"Name": list(NAMES[: some.shape[-1]])}}
    return picture_files.tiff(np.moveaxis(some, -1, 0), ome=True, metadata=about)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Any, Path]:
    """Folders of OME-TIFFs of 2, 4 and 5 named stains, of .npy files of 4 without a name ("npy"),
    and of 20 bands ("many")."""
    made: dict[Any, Path] = {}
    for kind, count, make, ending in (
        (2, 2, ome, "ome.tif"), (4, 4, ome, "ome.tif"), (5, 5, ome, "ome.tif"),
        ("npy", 4, picture_files.npy, "npy"), ("many", 300, picture_files.npy, "npy"),
    ):  # fmt: skip
        made[kind] = tmp_path_factory.mktemp(f"stains-{kind}")
        for seed in range(12):
            some = stains(seed, count)
            some = np.moveaxis(some, -1, 0) if kind == "many" else some
            (made[kind] / f"{seed:02}.{ending}").write_bytes(make(some))
    return made


@pytest.fixture(autouse=True)
def _quick(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PINCEL_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def run(name: str, /, **settings: Any) -> tuple[list[Made], str]:
    """What a job makes, and all it says. Failures are raised."""
    made, said = [], []
    for event in limits.build(jobs.load(name), settings).run():
        if isinstance(event, Failed):
            raise event.error
        if isinstance(event, Said):
            said.append(event.text)
        if isinstance(event, Made):
            made.append(event)
            said += event.lines
    return made, "\n".join(said)


def taught(name: str, data: Path, runs: Path, **more: Any) -> tuple[str, str]:
    """The model of a short training, and what was said on the way."""
    several = {k: ",".join(map(str, v)) for k, v in TINY[name].items() if isinstance(v, tuple)}
    tiny = " ".join(f"{key}={value}" for key, value in (TINY[name] | several).items())
    _, said = run(
        "train", family=name, data=str(data), runs=runs, name=name, epochs=1, batch=4, size=SIDE,
        augment="none", threads=1, precision="fp32", net=tiny, **more,
    )  # fmt: skip
    page = (runs / name / "page.html").read_text("utf-8")
    assert "DAPI" in page or "DAPI" not in said
    return str(runs / name / "best.safetensors"), said


def of_file(files: dict[str, bytes], suffix: str = ".ome.tif") -> tuple[np.ndarray, Any]:
    """The numbers (h, w, c) and channels of a file; beside an OME-TIFF lies a picture to see."""
    if suffix == ".ome.tif":
        assert Image.open(BytesIO(files[".png"])).mode in ("RGB", "L")
    values, axes, names = stored_numbers(open_picture(files[suffix]))
    return values, (axes, values.dtype.name, names)


def used(model: str, data: Path, names: tuple[str, ...]) -> set[str]:
    """Uses the network in every way that there is for it; what is kept has all channels of these
    names. The jobs that were asked."""
    net = open_model(Path(model)).net
    pictures = tuple(sorted(map(str, data.glob("*.tif"))))[:3]
    sampler, coder = (isinstance(net, one) for one in (_abilities.Sampler, _abilities.Coder))
    asked: dict[str, dict[str, Any]] = {}
    if sampler:
        asked["generate"] = {"count": 1}
    if coder:
        asked["walk"] = {"sources": pictures[:2], "steps": 2}
        asked["algebra"] = {"sum": " + ".join(pictures[:2])}
        asked["rebuild"] = {"sources": pictures[:1]}
    if isinstance(net, _abilities.Painter):
        asked["repaint"] = {"picture": pictures[0], "steps": 2, "strength": 0.2}
    for name, settings in asked.items():
        made, said = run(name, model=model, **settings)
        assert "red is 1: DAPI" in said, name
        files = dict(made[-1].files())
        values, told = of_file(files)
        assert told[1:] == ("uint16", names), name
        assert values.shape[-1] == len(names) and np.shape(made[-1].value)[-1] == len(names)
        if len(names) != 4:
            continue  # the rest once
        assert files == dict(run(name, model=model, **settings)[0][-1].files())
        if coder and name == "generate":  # what it made is what it reads
            path = Path(model).with_name("made.ome.tif")
            path.write_bytes(files[".ome.tif"])
            assert run("rebuild", model=model, sources=(str(path),))[0]
    both = coder and len(names) == 4
    for name, main in (("latents", ".pca.png"), ("sliders", ".png")) if both else ():
        (made,), said = run(name, model=model, sources=pictures)
        assert "red is 1: DAPI" in said and len(dict(made.files())[main]) > 1000
    if isinstance(net, _abilities.Enlarger):
        (made,), _ = run("upscale", model=model, pictures=pictures[:1])
        values, told = of_file(dict(made.files()), ".tif")
        assert told == ("hwc", "uint16", names) and values.shape[:2] == (2 * SIDE, 2 * SIDE)
        asked["upscale"] = {}
    return set(asked)


@pytest.mark.parametrize("count", [2, 4, 5])
@pytest.mark.parametrize("name", MAKERS)
def test_what_makes_pictures_keeps_every_channel(
    name: str, count: int, folders: dict[Any, Path], tmp_path: Path
) -> None:
    names = tuple(f"{i}: {told}" for i, told in enumerate(NAMES[:count], 1))
    if family(name).colors_only:
        with pytest.raises(PincelError) as refused:
            taught(name, folders[count], tmp_path)
        assert refused.value.key == "channels.palette_only"
        assert "--channels 1,2,3" in str(refused.value) and "vae" in str(refused.value)
        assert not (tmp_path / name).exists()
        return
    model, said = taught(name, folders[count], tmp_path)
    assert ", ".join(names) in said
    assert prepare.names_in(open_model(Path(model)).about["prepare"]) == names
    assert used(model, folders[count], names), "a network is good for something"


@pytest.mark.parametrize("name", MAKERS)
def test_three_chosen_ones_are_learned_by_all(
    name: str, folders: dict[Any, Path], tmp_path: Path
) -> None:
    chosen = ("3: Cy5", "1: DAPI", "4: TRITC")
    model, said = taught(name, folders[4], tmp_path, channels="3,1,4")
    assert ", ".join(chosen) in said
    net = open_model(Path(model)).net
    if isinstance(net, _abilities.Sampler):
        made, said = run("generate", model=model, count=1)
        _, told = of_file(dict(made[0].files()))
        assert told[1:] == ("uint16", ("1: Cy5", "2: DAPI", "3: TRITC"))
        assert "red is 3: Cy5" in said
    if isinstance(net, _abilities.Coder) and isinstance(net, _abilities.Sampler):
        path = tmp_path / "made.ome.tif"
        path.write_bytes(dict(made[0].files())[".ome.tif"])
        assert run("rebuild", model=model, sources=(str(path),))[0], "three channels, not four"


@pytest.mark.parametrize("name", [n for n in MAKERS if not family(n).colors_only])
def test_a_fourth_channel_hides_nothing(name: str, folders: dict[Any, Path]) -> None:
    """Where the fourth stain is 0 the first three still count: alpha would make them equal."""
    data = open_data(folders["npy"], labelled=False)
    asked = begin(name, data, settings=TINY[name], recipe={"precision": "fp32"}, on="cpu")
    kind = family(name)
    torch.manual_seed(0)
    net = kind.Net(kind.Config(**asked["config"]))
    kind.fit(net, data.train.pictures)
    pictures = np.array(data.train.pictures[:4])
    other = pictures.copy()
    other[:, : SIDE // 2, :, :3] //= 2
    assert not other[:, : SIDE // 2, :, 3].any()
    losses = []
    for values in (pictures, other):
        torch.manual_seed(1)
        batch = (prepare.prepare(values, asked), torch.zeros(4, dtype=torch.int64))
        losses.append([float(loss.detach()) for _, loss in net.losses(batch)])
    assert losses[0] != losses[1]
    own, sprites = (kind.suited(4, SIDE, flag) for flag in (True, False))
    for setting in (set(own) | set(sprites)) - set(TINY[name]):
        default = kind.Config.model_fields[setting].get_default()
        assert asked["config"][setting] == own.get(setting, default), "alpha is not assumed"
    back = prepare.own_pictures(prepare.prepare(pictures, asked), asked)
    assert back.dtype == np.uint16 and np.abs(back.astype(int) - pictures).max() <= 1


@pytest.mark.parametrize("name", [n for n in MAKERS if not family(n).colors_only])
def test_stains_without_a_name_are_made_and_watched(
    name: str, folders: dict[Any, Path], tmp_path: Path
) -> None:
    model, said = taught(name, folders["npy"], tmp_path)
    assert "channels read: 1, 2, 3, 4" in said and "channel_names R, G, B, A" in said
    net = open_model(Path(model)).net
    if not isinstance(net, _abilities.Sampler):
        return
    stepwise = isinstance(net, (_abilities.Denoiser, _abilities.Uncoverer))
    few = {"steps": 2} if stepwise else {}
    (made,), said = run("watch", model=model, count=2, times="0,0.5", **few)
    assert "red is channel 1" in said and "not shown: channel 4" in said
    assert all(len(data) > 100 for _, data in made.files())
    told = made.value
    assert told.samples.shape == (2, SIDE, SIDE, 3)
    picture = str(folders["npy"] / "00.npy")
    (made,), _ = run("watch", model=model, count=1, times="0,1", picture=picture, **few)
    told, own = made.value, stains(0, 4)
    if told.noising is not None:
        seen = prepare.visible(own, {"prepare": {"channels": 4, "names": list("1234")}})
        np.testing.assert_allclose(told.noising.pictures[0].astype(int), seen, atol=1)
    if told.coding is not None:
        assert told.coding.picture.shape == (SIDE, SIDE, 3)


def test_a_palette_of_stains_holds_all_four() -> None:
    """The family that draws colour by colour: four numbers each, equal where the fourth is 0."""
    config = nets.configure("transformer", {"channels": 4, "stains": True, "side": 4, "colors": 8})
    net = nets.load("transformer").Net(config)
    values = np.random.default_rng(0).integers(0, 256, (8, 4), dtype=np.uint8)
    values[::2, 3] = 0
    pictures = values[np.random.default_rng(1).integers(0, 8, (20, 4, 4))]
    nets.load("transformer").fit(net, pictures)
    given = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
    torch.testing.assert_close(net.shown(net.tokens(given)), given, atol=1e-6, rtol=0)


@pytest.mark.parametrize("name", MAKERS)
def test_too_many_channels_are_told(name: str, folders: dict[Any, Path], tmp_path: Path) -> None:
    with pytest.raises(PincelError) as refused:
        taught(name, folders["many"], tmp_path)
    assert "300" in str(refused.value) and "--channels 1,2,3" in str(refused.value)


@pytest.mark.parametrize("name", TWOFOLD)
def test_two_folders_take_colours_or_three_chosen_channels(
    name: str, folders: dict[Any, Path], tmp_path: Path
) -> None:
    asked = {"family": name, "from_": folders["npy"], "to": folders["npy"], "runs": tmp_path}
    with pytest.raises(PincelError) as refused:
        run("train", **asked)
    assert refused.value.key == "two.stains" and "--channels 1,2,3" in str(refused.value)
    from pincel.learn.two import read_folder

    found = read_folder(folders["npy"], [], "4,1,2")
    assert np.array_equal(found["00"][..., :3], np.round(stains(0, 4)[..., [3, 0, 1]] / 257))


@pytest.mark.parametrize("name", TWOFOLD)
def test_chosen_channels_of_two_folders_reach_the_network(
    name: str, folders: dict[Any, Path]
) -> None:
    from pincel.learn.opening import opened_data

    more = {} if family(name).task == "adapting" else {"size": SIDE}
    asked = {"family": name, "from_": folders["npy"], "to": folders["npy"], "channels": "4,1,2"}
    data = opened_data(limits.build(jobs.load("train"), {**asked, **more})._source())
    wanted = np.round(stains(0, 4)[..., [3, 0, 1]] / 257)
    held = [one for part in data.parts.values() for one in part.pictures]
    if held[0].shape[0] == SIDE:
        assert any(np.array_equal(one, wanted) for one in held)
    assert len(held) == 12 and held[0].shape[-1] == 3


def test_real_pictures_are_read_as_the_network_reads_them(
    folders: dict[Any, Path], tmp_path: Path
) -> None:
    model, _ = taught("vae", folders[4], tmp_path, channels="3,1")
    job = limits.build(jobs.load("watch"), {"model": model, "data": str(folders[4])})
    real = job._real(open_model(Path(model)))
    assert real is not None and real.shape[1:] == (SIDE, SIDE, 2)
    wanted = [np.round(stains(seed, 4)[..., [2, 0]] / 257) for seed in range(12)]
    assert all(any(np.array_equal(one, other) for other in wanted) for one in real)


def test_kinds_of_stains_are_told_apart_by_all_channels(
    folders: dict[Any, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mode meter of a GAN multiplies by alpha only where there is one."""
    from pincel.learn.tasks import making

    made = []
    own = making.meter

    def meter(*given: Any, **more: Any) -> Any:
        made.append(own(*given, **more))
        return made[-1]

    monkeypatch.setattr(making, "meter", meter)
    taught("gan", folders["npy"], tmp_path)
    assert [one.alpha for one in made] == [False]
    some = prepare.as_type(stains(0, 4)[None], "uint8")
    flat = some.reshape(1, -1).astype(np.float32) / 255
    places = (flat - made[0].mean) @ made[0].axes
    nearest = ((places[:, None] - made[0].centres[None]) ** 2).sum(-1).argmin(1)
    assert made[0].kinds(some) == nearest


def test_a_network_of_stains_reads_no_sprite(folders: dict[Any, Path], tmp_path: Path) -> None:
    model, _ = taught("autoencoder", folders[4], tmp_path)
    path = tmp_path / "sprite.png"
    Image.fromarray(np.full((SIDE, SIDE, 4), 128, np.uint8)).save(path)
    with pytest.raises(PincelError) as refused:
        run("rebuild", model=model, sources=(str(path),))
    assert refused.value.key == "channels.alpha"
    model, _ = taught("upscaler", folders[5], tmp_path)
    with pytest.raises(PincelError) as refused:
        run("upscale", model=model, pictures=(str(path),))
    assert "5" in str(refused.value)


def test_votes_are_for_sprites() -> None:
    with pytest.raises(PincelError) as refused:
        nets.configure("upscaler", {"channels": 4, "stains": True, "shrink": "votes"})
    assert refused.value.key == "channels.votes" and "shrink=smooth" in str(refused.value)
