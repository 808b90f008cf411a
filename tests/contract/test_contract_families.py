"""What every family of networks must keep. A new file in `pincel/nets/` is tested by existing.

A family is tried at its smallest shape (`TINY`, empty for a new one) on drawn pictures: its limits,
its losses, its file, and what the protocols promise that it claims to fulfil.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need pincel[nets]")

import torch

from pincel import nets, words
from pincel.cli import main
from pincel.errors import PincelError
from pincel.learn import precision, teach
from pincel.learn.changes import KINDS
from pincel.learn.data import Data, DataPart, Report
from pincel.learn.loop import train
from pincel.learn.run import Run
from pincel.nets import _abilities, _network, _oklab
from pincel.nets._family import family
from pincel.nets._network import Model, model_bytes, open_model
from pincel.nets.translator import TranslatorBatch
from pincel.ranges import bounds, one_value, setting_kind
from samples import tiny_data
from tiny_families import TINY

NAMES = nets.names()
SIDE = 16
GIVEN = ("channels", "side", "height", "width")  # of the pictures
PROTOCOLS = {
    "names classes": _abilities.Classifier,
    "embeds": _abilities.Embedder,
    "codes": _abilities.Coder,
    "samples": _abilities.Sampler,
}
PROMISED = {
    "adapter": set(),
    "autoencoder": {"codes"},
    "boxes": set(),
    "captioner": {"embeds"},
    "cnn": {"names classes", "embeds"},
    "contrastive": {"embeds"},
    "cyclegan": set(),
    "detector": {"names classes", "embeds"},
    "diffusion": {"samples"},
    "gan": {"samples"},
    "masked": {"samples"},
    "masks": set(),
    "perceptron": {"names classes", "embeds"},
    "pretrained": {"names classes", "embeds"},
    "transformer": {"samples"},
    "translator": set(),
    "upscaler": set(),
    "vae": {"codes", "samples"},
}


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def settings(name: str, channels: int = 3, **more: Any) -> dict[str, Any]:
    """The smallest sensible shape of a family for pictures of 16 x 16 and two classes."""
    fields = nets.load(name).Config.model_fields
    fitting = {"channels": channels, "classes": 2, "height": SIDE, "width": SIDE, "side": SIDE}
    if getattr(nets.load(name), "GENERATES", False) or "height" not in fields:
        del fitting["width"]
    own = {key: value for key, value in fitting.items() if key in fields}
    return own | TINY.get(name, {}) | more


def network(name: str, channels: int = 3, seed: int = 0, **more: Any) -> Any:
    torch.manual_seed(seed)
    net = nets.load(name).Net(nets.configure(name, settings(name, channels, **more)))
    fit = getattr(nets.load(name), "fit", None)
    if fit is not None:
        fit(net, pixels(channels))
    return net


def pixels(channels: int, count: int = 12) -> np.ndarray:
    """Pictures (n, 16, 16, channels) uint8 in a few colours, alpha 0 or 255."""
    rng = np.random.default_rng(5)
    colors = rng.integers(0, 256, (6, channels), dtype=np.uint8)
    if channels == 4:
        colors[:, 3] = (0, 255, 255, 255, 255, 255)
    return colors[rng.integers(0, 6, (count, SIDE, SIDE))]


def drawn(channels: int, count: int = 4) -> torch.Tensor:
    """Prepared pictures (n, channels, 16, 16), -1 to 1."""
    values = torch.from_numpy(pixels(channels, count)).permute(0, 3, 1, 2)
    return values.float() / 127.5 - 1


def batch(name: str, channels: int) -> Any:
    """What the family learns from: pictures and numbers, sentences, or other pictures."""
    if name == "captioner":
        said = torch.zeros(4, 12, dtype=torch.int64)
        said[:, :2] = torch.tensor([[1, 2], [3, 4], [5, 1], [2, 3]])
        return drawn(channels), said
    if name == "adapter":
        return drawn(channels), drawn(channels)[..., :8, :8]
    if name == "cyclegan":
        return drawn(channels), drawn(channels).flip(0)
    if name == "translator":
        roles = torch.randint(2, (4, SIDE // 4, SIDE // 4))
        return TranslatorBatch(_oklab.encode(drawn(3)), roles, torch.rand(4, 5, 3))
    if name == "boxes":
        return drawn(channels), torch.tensor([[[k % 2, 2.0, 3, 12, 13]] for k in range(4)])
    if name == "masks":
        wanted = torch.zeros(4, 5, SIDE, SIDE)
        wanted[:, :, 4:9, 4:9] = torch.tensor([1, 0.5, 1, -1, 0])[:, None, None]
        return drawn(channels), wanted
    return drawn(channels), torch.tensor([0, 1, 0, 1])


def answers(net: Any, channels: int) -> list[torch.Tensor]:
    """All that a network's protocols give for drawn pictures."""
    given = drawn(channels)
    net.eval()
    found = []
    with torch.no_grad():
        if isinstance(net, _abilities.Classifier):
            found.append(net.logits(given))
        if isinstance(net, _abilities.Embedder):
            found.append(net.embed(given))
        if isinstance(net, _abilities.Coder):
            codes = net.encode(given)
            found += [codes, net.decode(codes)]
        if isinstance(net, _abilities.Sampler):
            found.append(net.sample([3, 4]))
        if isinstance(net, _abilities.Finder):
            found += [one.flatten(1) for one in net.maps(given)]
        if hasattr(net, "restore"):
            found.append(net.restore(given))
    return found


# -------------------------------------------------------------------------------------- limits


def beyond(info: Any) -> list[Any]:
    """Values outside of each limit of a declaration."""
    choices = setting_kind(info)[1]
    if choices:
        return ["nonsense"]
    found: list[Any] = []
    for rule in info.metadata:
        for limit, step in (("ge", -1), ("gt", 0), ("le", 1), ("lt", 0)):
            value = getattr(rule, limit, None)
            found += [] if value is None else [value + step]
        multiple = getattr(rule, "multiple_of", None)
        low = bounds(info)[0] or 0
        found += [] if multiple is None else [int(low // multiple + 1) * multiple + 1]
    return found


def outside(info: Any) -> list[Any]:
    """The same for a setting of any kind: also too few and too many values, and no number."""
    one = one_value(info)
    if one is None:
        base, choices, _ = setting_kind(info)
        number = base in (int, float) and not choices
        return [*beyond(info), *(["nonsense"] if number else [])]
    found: list[Any] = [(value,) for value in beyond(one)] + [("nonsense",)]
    inside = bounds(one)[0] or 1
    for rule in info.metadata:
        least, most = getattr(rule, "min_length", None), getattr(rule, "max_length", None)
        found += [] if not least else [()]
        found += [] if most is None else [(inside,) * (most + 1)]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_refuses_in_one_sentence(name: str) -> None:
    config = nets.load(name).Config
    for field, info in config.model_fields.items():
        for value in outside(info):
            with pytest.raises(PincelError) as refused:
                nets.configure(name, settings(name) | {field: value})
            for code in words.LANGUAGES:
                words.use(code)
                said = str(refused.value)
                assert field in said and name in said, said
                assert "nput should" not in said and said.endswith("."), said
            words.use(None)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_limits(name: str) -> None:
    for field, info in nets.load(name).Config.model_fields.items():
        one = one_value(info) or info
        if setting_kind(one)[0] in (int, float) and not setting_kind(one)[1]:
            assert None not in bounds(one), f"{name}.{field}"


@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_values_make_a_network_that_takes_a_step(name: str) -> None:
    for field, info in nets.load(name).Config.model_fields.items():
        one = one_value(info) or info
        if setting_kind(one)[1] or setting_kind(one)[0] not in (int, float) or field in GIVEN:
            continue
        low = next((rule.ge for rule in one.metadata if hasattr(rule, "ge")), None)
        if low is None or (name, field) in (
            *(("captioner", "words"), ("masked", "vocabulary"), ("translator", "roles")),
        ):
            continue  # the batch has more of them than that
        value = (low,) if one is not info else low
        more = {field: value}
        if field in ("widths", "blocks") and {"widths", "blocks"} <= set(settings(name)):
            more = {"widths": (4,), "blocks": (1,)} | more
        if field == "classes":
            more = {field: max(2, low)}
        _step(network(name, **more), batch(name, 3), "fp32", 1)


@pytest.mark.parametrize("given", ["widths=4,8", "blocks=1,1"])
def test_stages_that_do_not_agree(given: str) -> None:
    field, _, value = given.partition("=")
    for name in ("cnn", "contrastive"):
        with pytest.raises(PincelError, match="as many of both"):
            nets.configure(name, {field: tuple(value.split(","))})


@pytest.mark.parametrize("name, more", [("transformer", {"width": 96, "heads": 5}),
                                        ("masked", {"deep": 128, "heads": 5}),
                                        ("captioner", {"width": 96, "heads": 5})])  # fmt: skip
def test_heads_that_cannot_share(name: str, more: dict[str, int]) -> None:
    with pytest.raises(PincelError, match="heads=4"):
        nets.configure(name, more)


def test_one_value_may_stand_for_a_list() -> None:
    assert nets.configure("cnn", {"widths": "8", "blocks": 1}).widths == (8,)
    assert nets.configure("perceptron", {"hidden": "16"}).hidden == (16,)


# ------------------------------------------------------------------------------------ learning


def _step(net: Any, given: Any, how: str, count: int) -> list[dict[str, float]]:
    optimizers = {part: torch.optim.AdamW(w, 1e-2) for part, w in net.parts().items()}
    context = precision.context(how, torch.device("cpu"))
    steps = train(net, [given] * count, optimizers, precision=context)
    return [step.losses for step in steps]


@pytest.mark.parametrize("how", precision.CHOICES)
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("name", NAMES)
def test_it_learns_is_kept_is_opened_and_is_used(
    name: str, channels: int, how: str, tmp_path: Path
) -> None:
    net = network(name, channels)
    first = {part: [w.detach().clone() for w in ws] for part, ws in net.parts().items()}
    told = _step(net, batch(name, channels), how, 2)
    assert [set(losses) for losses in told] == [set(net.parts())] * 2
    assert all(np.isfinite(list(losses.values())).all() for losses in told)
    for part, weights in net.parts().items():
        moved = [not torch.equal(a, b) for a, b in zip(first[part], weights, strict=True)]
        assert any(moved), part
        assert all(weight.dtype == torch.float32 for weight in weights)
    path = tmp_path / "net.safetensors"
    path.write_bytes(model_bytes(Model(name, net, {"classes": ["a", "b"]})))
    opened = open_model(path)
    assert opened.family == name and opened.about == {"classes": ["a", "b"]}
    assert opened.net.config == net.config
    held = opened.net.state_dict()
    assert list(held) == list(net.state_dict())
    assert all(torch.equal(value, held[key]) for key, value in net.state_dict().items())
    here, there = answers(net, channels), answers(opened.net, channels)
    assert here, "a family answers something"
    for a, b in zip(here, there, strict=True):
        assert torch.isfinite(a).all() and torch.equal(a, b)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channels", [2, 5])
def test_other_channels_work_or_are_refused_at_the_door(name: str, channels: int) -> None:
    try:
        net = network(name, channels)
    except PincelError as refused:
        assert "channels" in str(refused) and name in str(refused)
        return
    _step(net, batch(name, channels), "fp32", 1)
    for given in answers(net, channels):
        assert torch.isfinite(given).all()
        assert given.ndim < 4 or given.shape[1:] == (channels, SIDE, SIDE)


# ---------------------------------------------------------------------------------- capabilities


@pytest.mark.parametrize("name", NAMES)
def test_capabilities_match_protocols(name: str) -> None:
    net = network(name)
    own = {said for said, protocol in PROTOCOLS.items() if isinstance(net, protocol)}
    if name in PROMISED:
        assert own == PROMISED[name]
    makes = getattr(nets.load(name), "GENERATES", False)
    if makes:
        assert "samples" in own or hasattr(net, "restore")
        assert "names classes" not in own
    if "names classes" in own:
        assert {"channels", "classes"} <= set(type(net.config).model_fields) and not makes


@pytest.mark.parametrize("name", NAMES)
def test_protocols_keep_what_they_say(name: str) -> None:
    net = network(name).eval()
    given = drawn(3)
    with torch.no_grad():
        if isinstance(net, _abilities.Classifier):
            scores = net.logits(given)
            assert scores.shape == (4, net.config.classes)
            torch.testing.assert_close(scores[:2], net.logits(given[:2]), atol=1e-4, rtol=1e-4)
        if isinstance(net, _abilities.Embedder):
            assert net.embed(given).ndim == 2 and len(net.embed(given)) == 4
        if isinstance(net, _abilities.Coder):
            codes = net.encode(given)
            assert codes.shape == (4, net.config.dims) and codes.dtype == torch.float32
            back = net.decode(codes)
            assert back.shape == given.shape and back.abs().max() <= 1
        if isinstance(net, _abilities.Sampler):
            _samples(net)


def _samples(net: Any) -> None:
    state = torch.random.get_rng_state()
    made = net.sample([7, 8, 9])
    assert torch.equal(state, torch.random.get_rng_state()), "seeds alone decide"
    assert made.shape == (3, net.config.channels, SIDE, SIDE)
    assert made.abs().max() <= 1
    torch.testing.assert_close(made[1:2], net.sample([8]), atol=1e-4, rtol=1e-4)
    labels = torch.tensor([1, 0, 1])
    assert net.sample([7, 8, 9], labels).shape == made.shape


# ------------------------------------------------------------------------------------- the doors


def _data(channels: int, side: int = SIDE) -> Data:
    values = pixels(channels, 12)[:, :side, :side]
    labels = np.arange(12) % 2
    part = DataPart(values, labels, [str(i) for i in range(12)])
    return Data("drawn", ["a", "b"], part, part, part, f"{channels}", Report())


def _spoil_memory() -> None:
    """What is freed holds no number: a kernel that reads what nobody wrote does not pass."""
    kept = [torch.full((2**power,), float("nan")) for power in range(16) for _ in range(30)]
    del kept


def _taught(name: str) -> bool:
    config = nets.load(name).Config.model_fields
    if family(name).task not in ("making", "naming"):
        return False  # it asks for other data
    return teach.makes(name) or {"channels", "classes"} <= set(config)


@pytest.mark.parametrize("name", NAMES)
def test_a_run_from_begin_to_its_model(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one way in for people (`pincel train`) serves every family, or refuses in a sentence."""
    monkeypatch.setattr(nets.load(name), "start", lambda net: None, raising=False)
    own = {"precision": "bf16", "steps": 2, "epochs": 1, "batch": 4, "threads": 1}
    try:
        asked = teach.begin(name, _data(3), settings=TINY.get(name, {}), recipe=own, on="cpu")
    except PincelError as refused:
        assert not _taught(name) and name in str(refused)
        return
    run = Run.create(tmp_path / "run", asked)
    _spoil_memory()
    *_, done = teach.teach(run, _data(3))
    assert open_model(run.folder / "best.safetensors").family == done.model.family == name
    assert asked["recipe"]["augment"] in KINDS


def test_sides_that_do_not_fit_are_refused_at_the_door() -> None:
    for name in (n for n in NAMES if family(n).task == "making"):
        with pytest.raises(PincelError, match="--size"):
            teach.begin(name, _data(3, 14), on="cpu")


def test_what_is_no_family_is_no_family(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(tiny_data(tmp_path / "tiny"))
    for name in ("heldout", "_network", "vaee", ""):
        assert main(["train", name, data, "--runs", str(tmp_path / "runs")]) == 1
        said = capsys.readouterr().err.strip()
        assert "Traceback" not in said and len(said.splitlines()) <= 2 and f'"{name}"' in said
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_family_is_told_in_both_languages(name: str) -> None:
    told = {}
    for code in words.LANGUAGES:
        words.use(code)
        told[code] = words.say(f"nets.family.{name}")
    words.use(None)
    assert all(len(text) > 20 for text in told.values()) and told["en"] != told["es"]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_a_family(name: str) -> None:
    module = nets.load(name)
    assert module.__doc__ and issubclass(module.Config, _network.Config)
    assert issubclass(module.Net, _network.Net) and module.Net.losses is not _network.Net.losses


@pytest.mark.parametrize("name", NAMES)
def test_abilities_of_the_class_are_those_of_a_net(name: str) -> None:
    kind = family(name)
    net = kind.Net(nets.configure(name, settings(name, 3)))
    found = _abilities.abilities(net)
    assert _abilities.abilities(kind.Net) == found
    promised = {one for told, one in PROTOCOLS.items() if told in PROMISED.get(name, set())}
    assert promised <= set(found)
    for one in found:
        assert words.has(f"nets.ability.{one.__name__.lower()}")


def test_every_ability_is_somebodys() -> None:
    found = {one for name in NAMES for one in _abilities.abilities(family(name).Net)}
    assert found == set(_abilities.ABILITIES)
