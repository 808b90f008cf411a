"""Rooms that learn: the playground, code and noise, train."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio_pages import sticks_out, violations


@pytest.mark.parametrize(
    ("language", "play", "pause"), [("en", "Play", "Pause"), ("es", "Reproducir", "Pausa")]
)
def test_a_network_learns_in_the_page(visit: Any, language: str, play: str, pause: str) -> None:
    page = visit("play", language=language, width=390 if language == "es" else 1200)
    page.get_by_role("button", name="XOR").click()
    page.get_by_role("button", name=play, exact=True).click()
    page.wait_for_function(
        r"""() => Number(/(\d+)[.,]?\d* %/.exec(
             document.querySelector('[role=status]').innerText)[1]) > 90"""
    )
    page.get_by_role("button", name=pause, exact=True).click()
    assert not violations(page) and not sticks_out(page)


def test_one_step_moves_a_weight_against_its_slope(visit: Any) -> None:
    page = visit("play")
    page.get_by_role("button", name="Halves").click()
    weight = page.locator("button.weight").first
    weight.click()
    told = page.get_by_text("w ← w").inner_text()
    before, rate, slope, after = (
        float(one.replace("−", "-")) for one in re.findall(r"-?[\d.]+(?!\S*[∂η])", told)[-4:]
    )
    assert after == pytest.approx(before - rate * slope, abs=2e-3)
    page.get_by_role("button", name="One step, this example").click()
    assert float(weight.inner_text().split(" → ")[0]) == pytest.approx(after, abs=2e-3)


def test_a_csv_of_ones_own_and_pictures(visit: Any, tmp_path: Path) -> None:
    rows = [f"{x / 10},{y / 10},{'high' if x > 5 else 'low'}" for x in range(11) for y in range(5)]
    (tmp_path / "own.csv").write_text("a,b,class\n" + "\n".join(rows))
    (tmp_path / "short.csv").write_text("1,2,a\n")
    page = visit("play")
    page.set_input_files("input[type=file]", tmp_path / "short.csv")
    page.get_by_text("fewer than 8 rows").wait_for()
    page.set_input_files("input[type=file]", tmp_path / "own.csv")
    page.wait_for_function("() => document.querySelectorAll('.stage circle').length === 44")
    page.get_by_role("button", name="Pictures").click()
    page.locator("button.pad").focus()
    before = page.get_by_text(re.compile("^ring")).inner_text()
    for _ in range(6):
        for press in ("Space", "ArrowRight", "ArrowDown"):
            page.keyboard.press(press)
    assert page.get_by_text(re.compile("^ring")).inner_text() != before
    assert not violations(page)


def test_steps_on_a_drawn_surface_go_down(visit: Any) -> None:
    page = visit("play")
    status = page.get_by_text(re.compile("^height"))
    start = float(re.findall(r"-?[\d.]+", status.inner_text())[0])
    page.get_by_role("button", name="Fifty steps").click()
    assert float(re.findall(r"-?[\d.]+", status.inner_text())[0]) < start - 0.1


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_code_is_moved_and_noise_becomes_a_picture(visit: Any, language: str) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    page = visit("code", language=language, dark=language == "es")
    slider = page.locator(".sliders input[type=range]").first
    slider.wait_for()
    pixels = "document.querySelector('.frame canvas').toDataURL()"
    before = page.evaluate(pixels)
    slider.focus()
    page.keyboard.press("End" if float(slider.input_value()) < 0 else "Home")
    page.wait_for_function(f"before => {pixels} !== before", arg=before)
    page.keyboard.press("Control+Enter")
    scrub = page.locator(".scrub input")
    scrub.wait_for()
    scrub.focus()
    held = "document.querySelectorAll('figure canvas')[0].toDataURL()"
    last = page.evaluate(held)
    page.keyboard.press("Home")
    page.wait_for_function(f"last => {held} !== last", arg=last)
    assert not violations(page)


def until(page: Any, what: str) -> None:
    """Wait for what only asking tells."""
    for _ in range(600):
        if page.evaluate(f"async () => {what}"):
            return
        time.sleep(0.1)
    raise AssertionError(what)


def classes(folder: Path) -> Path:
    """Two classes of small pictures that a network tells apart at once."""
    rng = np.random.default_rng(0)
    for name, level in (("dark", 40), ("light", 200)):
        (folder / name).mkdir(parents=True)
        for i in range(20):
            picture = rng.integers(level - 30, level + 30, (16, 16, 3)).astype(np.uint8)
            Image.fromarray(picture).save(folder / name / f"{i}.png")
    return folder


def test_a_folder_is_learned_stopped_and_gone_on_with(visit: Any, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="networks need pincel[nets]")
    page = visit("train")
    page.set_input_files("input[webkitdirectory]", classes(tmp_path / "shades"))
    page.locator("span.file", has_text="shades").wait_for()
    epochs = page.get_by_role("spinbutton", name="Epochs").first
    epochs.fill("150")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Train", exact=True).click()
    until(page, "(await (await fetch('api/runs')).json()).some(one => one.name === 'cnn-shades-1')")
    until(page, "(await (await fetch('api/runs/cnn-shades-1/metrics')).json()).length > 1")
    page.reload()  # in the middle
    page.get_by_role("button", name="Stop").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Go on").click()
    page.locator("iframe").wait_for(timeout=90_000)
    page.get_by_role("heading", name="What was taken for what").wait_for()
    assert page.locator("thead th").all_inner_texts() == ["dark", "light"]
    page.get_by_text("cnn · shades").wait_for()  # and not the number of the folder
    report = page.frame_locator("iframe")
    report.get_by_role("heading").first.wait_for()
    opens = """cell => { cell.click();
        return document.getElementById(cell.dataset.behind).getClientRects().length > 0; }"""
    assert report.locator("[data-behind]").first.evaluate(opens)  # a cell opens its pictures
    assert not violations(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="metrics.jsonl").click()
    lines = Path(taken.value.path()).read_text("utf-8").splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == list(range(1, 151))
    page.get_by_role("link", name="Open this network").click()
    page.get_by_role("heading", name="Open a network").wait_for()
