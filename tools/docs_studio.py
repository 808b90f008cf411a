"""The studio's pictures in the documentation: python tools/docs_studio.py [room ...]

Needs Debian's chromium and playwright. Rooms are opened in a studio that was started for it, with
its own sample.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SAY = {
    "en": {"sample": "Try the sample", "play": "Play", "explain": "Explain", "spiral": "XOR"},
    "es": {"sample": "Probar con el ejemplo", "play": "Reproducir", "explain": "Explicar",
           "spiral": "XOR"},
}  # fmt: skip


def make(page: Any, say: dict[str, str]) -> None:
    page.get_by_role("button", name=say["sample"]).click()
    page.get_by_text("64 × 64").wait_for()
    page.locator(".divider input").fill("38")


def open_(page: Any, say: dict[str, str]) -> None:
    page.get_by_role("button", name=say["sample"]).click()
    page.locator("p.sum").wait_for()
    page.locator(".net").evaluate("net => net.scrollIntoView()")


def play(page: Any, say: dict[str, str]) -> None:
    page.get_by_role("button", name=say["spiral"]).click()
    page.get_by_role("button", name=say["play"], exact=True).click()
    page.wait_for_timeout(4000)


def cells(page: Any, say: dict[str, str]) -> None:
    page.get_by_role("button", name=say["sample"]).click()
    page.locator(".count.numbers").last.click()
    page.locator(".crops button").first.click()
    page.evaluate("scrollTo(0, 0)")


def faces(page: Any, say: dict[str, str]) -> None:
    page.get_by_role("button", name=say["sample"]).click()
    page.locator("figure").nth(1).wait_for()
    page.wait_for_timeout(800)


ROOMS = {"make": make, "open": open_, "play": play, "cells": cells, "faces": faces}


def shot(page: Any, path: Path) -> None:
    """A picture of the window, in 256 colours: these pages have few."""
    page.wait_for_timeout(600)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(256, kmeans=2, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as held, sync_playwright() as playwright:
        command = [sys.executable, "-m", "pincel", "studio", "--no-browser", "--port", "0"]
        studio = subprocess.Popen(
            [*command, "--folder", held], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PINCEL_LANG": "en"}, start_new_session=True,
        )  # fmt: skip
        assert studio.stdout
        found = re.search(r"http://\S+/", studio.stdout.readline())
        assert found
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for language, say in SAY.items():
            for room, show in ROOMS.items():
                if sys.argv[1:] and room not in sys.argv[1:]:
                    continue
                locale = {"en": "en-GB", "es": "es-ES"}[language]
                page = browser.new_context(
                    viewport={"width": 1200, "height": 800}, locale=locale
                ).new_page()
                page.goto(f"{found[0]}#/{room}")
                show(page, say)
                shot(page, PICTURES / f"studio-{room}.{language}.png")
                page.context.close()
        browser.close()
        studio.send_signal(signal.SIGTERM)
        studio.communicate(timeout=20)


if __name__ == "__main__":
    main()
