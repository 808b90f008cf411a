"""Make, any job, tasks: in a real browser, as people use them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from studio_pages import sticks_out, violations

SAY = {
    "en": {"width": "Width", "export": "Export", "run": "Run", "stop": "Stop", "jobs": "All jobs"},
    "es": {"width": "Ancho", "export": "Exportar", "run": "Ejecutar", "stop": "Parar",
           "jobs": "Todas las tareas"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_picture_becomes_a_sprite_and_is_taken_away(
    visit: Any, pictures: dict[str, Path], language: str
) -> None:
    said = SAY[language]
    page = visit("make", language=language)
    page.set_input_files("input[type=file]", pictures["face"])
    page.get_by_text("64 × 64").wait_for()
    page.get_by_role("spinbutton", name=said["width"], exact=True).fill("24")
    page.keyboard.press("Tab")
    page.get_by_text("24 × 24").wait_for()
    page.keyboard.press("Control+Enter")
    with page.expect_download() as taken:
        page.get_by_role("link", name="face.pixel.png", exact=True).click()
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG")
    assert not violations(page)
    page.reload()
    page.get_by_text("64 × 64").wait_for()  # the picture is still there
    assert page.evaluate("document.documentElement.lang") == language


def test_a_slider_shows_its_newest_result_soon(visit: Any, pictures: dict[str, Path]) -> None:
    page = visit("make")
    page.set_input_files("input[type=file]", pictures["face"])
    page.get_by_text("64 × 64").wait_for()
    took = []
    for width in (20, 28, 36):
        began = time.monotonic()
        page.get_by_role("spinbutton", name="Width", exact=True).fill(str(width))
        page.keyboard.press("Enter")
        page.get_by_text(f"{width} × {width}").wait_for()
        took.append(time.monotonic() - began)
    assert min(took) < 2, took  # 0.35 s on two quiet cores: benchmarks/studio.py measures
    slider = page.get_by_role("slider", name="Width")
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    wanted = page.get_by_role("spinbutton", name="Width", exact=True).input_value()
    page.get_by_text(f"{wanted} × {wanted}").wait_for()  # and not one of those before it


def test_a_color_can_be_changed(visit: Any, pictures: dict[str, Path]) -> None:
    page = visit("make")
    page.set_input_files("input[type=file]", pictures["face"])
    page.get_by_text("64 × 64").wait_for()
    swatch = page.locator(".swatches input").first
    swatch.fill("#00ff7f")
    page.get_by_text("Undo the colours").wait_for()
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="face.pixel.png", exact=True).click()
    from PIL import Image

    with Image.open(taken.value.path()) as made:
        assert made.size == (64, 64)
        assert (0, 255, 127) in {rgb for _, rgb in made.convert("RGB").getcolors(4096)}


def test_an_animation_keeps_one_palette_and_its_colors_are_changed_in_every_frame(
    visit: Any, tmp_path: Path
) -> None:
    from PIL import Image, ImageDraw

    frames = []
    for number in range(3):
        frame = Image.new("RGB", (96, 96), (40, 60, 90))
        ImageDraw.Draw(frame).ellipse((10 + 15 * number, 30, 50 + 15 * number, 70), (220, 80, 40))
        frames.append(frame)
    frames[0].save(tmp_path / "ball.gif", save_all=True, append_images=frames[1:], duration=90)
    page = visit("make")
    page.set_input_files("input[type=file]", tmp_path / "ball.gif")
    page.get_by_role("spinbutton", name="Width", exact=True).fill("24")
    page.keyboard.press("Tab")
    page.get_by_text("24 × 24").wait_for()
    stage = page.locator(".stage canvas")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Frame").fill("2")
    alone = stage.evaluate("one => one.toDataURL()")
    page.get_by_role("checkbox", name="Onion skin").check()
    assert stage.evaluate("one => one.toDataURL()") != alone  # the frame before shines through
    page.locator(".swatches input").first.fill("#00ff7f")
    page.get_by_role("checkbox", name="GIF", exact=True).check()
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="ball.pixel.gif", exact=True).click()
    with Image.open(taken.value.path()) as made:
        assert made.n_frames == 3
        seen = set()
        for number in range(3):
            made.seek(number)
            colors = {rgb for _, rgb in made.convert("RGB").getcolors(4096)}
            assert (0, 255, 127) in colors
            seen |= colors
    assert len(seen) == page.locator(".swatches input").count()


def test_a_broken_file_gets_one_sentence(visit: Any, pictures: dict[str, Path]) -> None:
    page = visit("make")
    page.set_input_files("input[type=file]", pictures["broken"])
    page.locator("p.error").first.wait_for()
    assert page.locator("p.error").first.inner_text().endswith(".")
    assert not violations(page)


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_sticks_out(visit: Any, pictures: dict[str, Path], dark: bool) -> None:
    page = visit("make", width=390, dark=dark)
    page.set_input_files("input[type=file]", pictures["face"])
    page.get_by_text("64 × 64").wait_for()
    assert not sticks_out(page) and not violations(page)
    page.get_by_role("button", name="Make").click()
    page.get_by_role("link", name="Any job").click()
    page.get_by_role("link", name=re.compile("^pixelate")).click()
    page.get_by_role("button", name="Run").wait_for()
    assert not sticks_out(page) and not violations(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_any_job_by_keyboard_only(visit: Any, language: str) -> None:
    page = visit("jobs/arithmetic", language=language)
    page.get_by_role("button", name=SAY[language]["run"]).wait_for()
    page.keyboard.press("Tab")  # the way past the menu
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = []
    for _ in range(8):
        here = page.evaluate("document.activeElement.getAttribute('type') ?? ''")
        reached.append(here)
        if here == "text":
            break
        page.keyboard.press("Tab")
    assert reached[-1] == "text"
    page.keyboard.type("28x28x3")
    page.keyboard.press("Tab")
    page.keyboard.type("conv 16 3 same, relu, flatten, dense 10")
    page.keyboard.press("Control+Enter")
    page.get_by_text("28x28x16").first.wait_for()
    assert not violations(page)


def test_a_refusal_is_one_sentence_and_the_form_stays(visit: Any) -> None:
    page = visit("jobs/arithmetic")
    field = page.get_by_role("textbox").first
    field.fill("28 by nothing")
    field.blur()
    page.get_by_role("button", name="Run").click()
    page.locator("p.error").first.wait_for()
    assert field.input_value() == "28 by nothing"


def test_a_task_is_cancelled_and_a_second_tab_and_a_reload_know(visit: Any, tmp_path: Path) -> None:
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 256, (1800, 1800, 3), np.uint8)).save(tmp_path / "big.png")
    page = visit("jobs/distance")
    page.set_input_files("input[type=file]", tmp_path / "big.png")
    page.get_by_text("big.png").first.wait_for()
    page.locator("summary", has_text="Settings").click()
    page.get_by_role("spinbutton", name="Longest side").fill("0")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("button", name="Stop").wait_for()
    other = visit("tasks", context=page.context)
    other.get_by_role("button", name="Stop").wait_for()
    page.reload()
    page.get_by_role("button", name="Stop").wait_for()
    began = time.monotonic()
    page.keyboard.press("Escape")
    page.get_by_text("Stopped").wait_for()
    assert time.monotonic() - began < 1.5  # the page's share; the queue's 0.5 s has its own test
    other.get_by_text("distance · Stopped").first.wait_for()


def test_first_paint_and_weight(visit: Any) -> None:
    page = visit("make")
    page.get_by_role("heading", name="Make").wait_for()
    weighed = page.evaluate(
        """() => performance.getEntriesByType('resource')
             .filter(one => one.name.includes('/assets/'))
             .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    assert 10_000 < weighed < 150_000
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert paint < 3000  # 0.5 s on two quiet cores: benchmarks/studio.py measures
