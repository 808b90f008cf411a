"""A model's file: what is wrong with one is said in a sentence, whoever opens it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="networks need pincel[nets]")

from safetensors.torch import save  # noqa: E402

from pincel.errors import PincelError  # noqa: E402
from pincel.nets import perceptron  # noqa: E402
from pincel.nets._network import Model, model_bytes, open_model  # noqa: E402


def whole() -> dict:
    """The facts of a sound file."""
    config = perceptron.Config(channels=1, height=2, width=2, classes=2)
    return {
        "format": 1,
        "family": "perceptron",
        "config": config.model_dump(mode="json"),
        "about": {"classes": ["a", "b"]},
    }


def weights() -> dict:
    return perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2)).state_dict()


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    net = perceptron.Net(perceptron.Config(channels=1, height=2, width=2, classes=2))
    path = tmp_path / "net.safetensors"
    path.write_bytes(model_bytes(Model("perceptron", net, {"classes": ["a", "b"]})))
    again = open_model(path)
    assert again.about == {"classes": ["a", "b"]} and again.family == "perceptron"
    kept = again.net.state_dict()
    assert all(torch.equal(value, kept[key]) for key, value in net.state_dict().items())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"config": {"channels": "many"}}, "channels = many"),
        ({"config": {"channels": 1, "tall": 2}}, "tall = 2"),
        ({"config": None}, "damaged"),
        ({"config": [1, 2]}, "damaged"),
        ({"config": {"channels": 1, "height": 2, "width": 2, "classes": 3}}, "size mismatch"),
        ({"about": None}, "damaged"),
        ({"family": "nothing"}, "not"),
        ({"family": ["cnn"]}, "not"),
    ],
)
def test_facts_that_cannot_be_true_are_one_sentence(
    change: dict, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "net.safetensors"
    path.write_bytes(save(weights(), {"pincel": json.dumps(whole() | change)}))
    with pytest.raises(PincelError, match=said) as refused:
        open_model(path)
    assert "\n" not in str(refused.value) and "net.safetensors" in str(refused.value)


@pytest.mark.parametrize("missing", ["config", "about"])
def test_facts_that_are_missing_are_one_sentence(missing: str, tmp_path: Path) -> None:
    facts = whole()
    del facts[missing]
    path = tmp_path / "net.safetensors"
    path.write_bytes(save(weights(), {"pincel": json.dumps(facts)}))
    with pytest.raises(PincelError, match="damaged"):
        open_model(path)
