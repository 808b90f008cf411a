"""Rooms that open something: each one's main way in a real browser, both languages, keys, phone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from samples import tiny_model
from studio_pages import sticks_out, violations


@pytest.mark.parametrize(
    ("language", "do"),
    [("en", "Find the true pixels"), ("es", "Encontrar los píxeles verdaderos")],
)
def test_faults_are_marked_and_mended(
    visit: Any, pictures: dict[str, Path], language: str, do: str
) -> None:
    page = visit("repair", language=language, width=390 if language == "es" else 1200)
    page.set_input_files("input[type=file]", pictures["sprite"])
    fault = page.locator(".faults button:not([disabled])").first
    fault.wait_for()
    fault.focus()
    page.keyboard.press("Enter")
    assert fault.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name=do).click()
    page.get_by_role("link", name=re.compile(r"sprite\.restored\.png")).wait_for()
    assert not violations(page) and not sticks_out(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_pixel_tells_its_numbers_and_a_kernel_its_sum(
    visit: Any, pictures: dict[str, Path], language: str
) -> None:
    page = visit("numbers", language=language, dark=language == "es")
    page.set_input_files("input[type=file]", pictures["sprite"])
    page.locator("svg.hog").wait_for()
    page.locator("button.hover").focus()
    page.keyboard.press("ArrowRight")
    from PIL import Image

    with Image.open(pictures["sprite"]) as picture:
        told = ", ".join(map(str, picture.convert("RGB").getpixel((13, 12))))
    page.get_by_text(f"x 13, y 12 · RGB {told}").wait_for()
    for weight in page.locator(".kernel input").all():
        weight.fill("0")
    middle = page.locator(".kernel input").nth(4)
    middle.fill("2")
    middle.blur()
    here = int(page.locator("td.here").inner_text())
    page.get_by_text(re.compile(rf"^Σ = {2 * here}$")).wait_for()
    assert not violations(page)


def test_kernels_of_the_page_are_those_of_the_job(visit: Any, pictures: dict[str, Path]) -> None:
    """Sobel at a place, worked out by the page and by `pincel filter`."""
    import numpy as np

    from pincel.calls import call

    page = visit("numbers")
    page.set_input_files("input[type=file]", pictures["sprite"])
    page.locator("button.hover").focus()
    page.keyboard.press("ArrowLeft")
    shown = float(page.locator(".total").inner_text().removeprefix("Σ = ").replace(",", ""))
    answer = call("filter", str(pictures["sprite"]), kernel="sobel-x")
    assert shown == pytest.approx(float(np.asarray(answer)[12, 11]), abs=0.06)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_network_of_ones_own_is_opened(
    visit: Any, pictures: dict[str, Path], tmp_path: Path, language: str
) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    model = tiny_model(tmp_path / "mine.safetensors")
    page = visit("open", language=language, width=390 if language == "es" else 1200)
    # the middle of the face is flat: there the sums of two neighbours may be the same
    page.locator(".entrance input[type=file]").set_input_files(pictures["grain"])
    page.locator("fieldset input[type=file]").first.set_input_files(model)
    page.get_by_text("mine.safetensors").first.wait_for()
    page.locator(".layers li").first.wait_for()
    page.locator(".layers button", has_text="conv1").first.click()
    page.get_by_text("Σ").first.wait_for()
    sum_before = page.locator("p.sum").inner_text()
    page.locator("button.map").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "before => document.querySelector('p.sum')?.innerText !== before", arg=sum_before
    )
    assert not violations(page) and not sticks_out(page)


def test_the_sample_cell_is_named_as_what_it_is_drawn(visit: Any) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    page = visit("open")
    page.get_by_role("button", name="Try the sample").click()
    assert page.locator(".answer .odds").first.inner_text().startswith("neutrophil")


def test_something_that_is_no_network_gets_one_sentence(
    visit: Any, pictures: dict[str, Path], tmp_path: Path
) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    (tmp_path / "none.safetensors").write_bytes(b"not a network")
    page = visit("open")
    page.locator(".entrance input[type=file]").set_input_files(pictures["face"])
    page.locator("fieldset input[type=file]").first.set_input_files(tmp_path / "none.safetensors")
    page.locator("p.error").first.wait_for()
    assert page.locator("p.error").first.inner_text().split("\n")[0].endswith(".")


def test_a_sprite_is_drawn_and_a_part_of_it_anew_by_keyboard(visit: Any) -> None:
    page = visit("draw")
    page.get_by_role("textbox", name="What shall it be?").fill("red dragon")
    page.get_by_role("spinbutton", name="How many").fill("1")
    page.get_by_role("button", name="16", exact=True).click()
    page.get_by_role("textbox", name="What shall it be?").focus()
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name=re.compile("^Edit ")).first.click()
    page.locator("button.pad").focus()
    for _ in range(5):
        for press in ("Space", "ArrowRight", "ArrowDown"):
            page.keyboard.press(press)
    page.get_by_role("button", name="Draw this part anew").click()
    page.locator(".both .sprites li").first.wait_for()
    assert not violations(page)


def test_a_person_from_four_sides_is_asked_for_as_it_was_chosen(visit: Any) -> None:
    page = visit("draw")
    page.get_by_role("textbox", name="What shall it be?").fill("old wizard")
    page.get_by_role("spinbutton", name="How many").fill("2")
    page.get_by_role("button", name="16", exact=True).click()
    page.get_by_role("combobox", name="Motion").select_option("walk")
    page.get_by_role("button", name="A person from four sides").click()
    with page.expect_request(lambda one: one.method == "POST" and "/tasks/draw" in one.url) as sent:
        page.keyboard.press("Control+Enter")
    asked = sent.value.post_data_json
    settings = asked.get("settings", asked)
    assert settings["views"] == ["front", "back", "left", "right"]
    assert settings["motion"] == ["walk"] and settings["width"] == 32
    assert not violations(page)
