"""The room of lessons in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

from studio_pages import sticks_out, violations


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_lesson_is_run_by_keyboard_and_its_number_is_reached(visit: Any, language: str) -> None:
    narrow = language == "es"
    page = visit("lessons", language=language, width=390 if narrow else 1200, dark=narrow)
    page.locator("a[href='#/lessons/neuron']").first.focus()
    page.keyboard.press("Enter")
    page.locator(".prose").first.wait_for()
    page.keyboard.press("Control+Enter")
    page.locator(".goal.reached").wait_for()
    assert page.locator(".shown img").count() >= 3
    assert page.locator("pre.code").count() == 0 if narrow else page.locator("pre.code").count() > 5
    assert not violations(page) and not sticks_out(page)
    page.reload()  # what it showed is still there
    page.locator(".goal.reached").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Jupyter")).click()
    assert taken.value.suggested_filename == "neuron.ipynb"


def test_a_value_is_changed_and_the_number_is_missed(visit: Any) -> None:
    page = visit("lessons/neuron")
    page.get_by_role("spinbutton", name="steps of learning").fill("1")
    page.get_by_role("spinbutton", name="learning rate").fill("0.01")
    page.get_by_role("spinbutton", name="learning rate").blur()
    page.get_by_role("button", name=re.compile("Run")).click()
    page.get_by_text("Not reached").wait_for()
    page.get_by_role("button", name="As it was").click()
    assert page.get_by_role("spinbutton", name="steps of learning").input_value() == "60"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_way_is_followed_step_by_step(visit: Any, language: str) -> None:
    narrow = language == "en"
    page = visit("lessons", language=language, width=390 if narrow else 1200, dark=narrow)
    page.locator("a[href='#/lessons/way/slides']").click()
    heading = page.locator("#step-title")
    assert "Flatten" in heading.inner_text()
    page.get_by_role("button", name="Show it here" if narrow else "Mostrarlo aquí").click()
    page.get_by_text("786,432" if narrow else "786.432").first.wait_for()
    page.goto(f"{page.url.split('#')[0]}#/lessons/way/workshop/2")
    page.get_by_role("button", name="Show it here" if narrow else "Mostrarlo aquí").click()
    page.locator(".picture img").first.wait_for()  # of the sample, sent by the page itself
    page.locator(".turn a").last.click()
    page.wait_for_function("location.hash === '#/lessons/way/workshop/3'")
    assert not violations(page) and not sticks_out(page)
    page.goto(f"{page.url.split('#')[0]}#/lessons/way/slides/3")
    page.locator("#lesson-title").wait_for()
    assert not violations(page) and not sticks_out(page)
