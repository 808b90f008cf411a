"""The same on every processor: the quick part of `make processors`."""

from __future__ import annotations

import pytest

import as_processor


@pytest.fixture(scope="module")
def others() -> list[as_processor.Setting]:
    first, *others = as_processor.settings()
    assert first.environment == {}
    if not others:
        pytest.skip("numpy has one kind of kernel only for this processor")
    return others


def test_every_setting_takes_effect(others) -> None:
    for setting in others:
        assert as_processor.refused(setting) == []


def test_a_setting_without_effect_is_noticed(others) -> None:
    idle = as_processor.Setting("idle", {}, others[-1].expected)
    assert as_processor.refused(idle) != []


def test_the_plainest_kernels_draw_and_measure_the_same(others) -> None:
    own = as_processor.settings()[0].python("digests")
    assert len(own) > 30
    assert others[-1].python("digests") == own
