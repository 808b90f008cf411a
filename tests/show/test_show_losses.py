"""Curves of a loss: which epoch is marked, and what it is called."""

from __future__ import annotations

import pytest

from pincel.show.learn import losses

METRICS = [
    {"epoch": 1, "rate": 0.1, "loss": 3.0, "val_loss": 2.5},
    {"epoch": 2, "rate": 0.1, "loss": 2.0, "val_loss": 2.0},
    {"epoch": 3, "rate": 0.1, "loss": 1.0, "val_loss": 2.2},
]


@pytest.mark.parametrize(("kept", "told"), [
    (0, "best: 2, epoch 2"), (2, "best: 2, epoch 2"), (3, "kept: 2.2, epoch 3"),
])  # fmt: skip
def test_the_epoch_whose_weights_are_kept_is_marked(
    kept: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last ones are kept where no figure says which pictures look best."""
    texts: list[str] = []
    plain = losses.charts.Chart.text

    def text(self, x, y, said, *more, **named) -> None:
        texts.append(said)
        plain(self, x, y, said, *more, **named)

    monkeypatch.setattr(losses.charts.Chart, "text", text)
    losses.loss_curves("run", METRICS, kept)
    marked = [said for said in texts if "epoch " in said]
    assert [said.replace("2.0000", "2").replace("2.2000", "2.2") for said in marked] == [told]
