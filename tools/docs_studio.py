"""The pictures of the studio in README and docs, taken from the studio itself in Chromium.

    python tools/docs_studio.py
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
NAMES = {"en": "English", "es": "Español"}


def make(page: Page) -> None:
    """The portrait as a sprite, ready to be changed."""
    page.set_input_files("input[type=file]", str(ROOT / "assets" / "portrait.png"))
    page.wait_for_timeout(6000)


SHOTS = {"studio": ("make", make)}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pincel", "studio", "--no-browser", "--port", "0"]
        command += ["--folder", folder, "--processes", "1"]
        studio = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert studio.stdout
        found = re.search(r"http://\S+/", studio.stdout.readline())
        assert found
        try:
            shoot(found[0])
        finally:
            studio.send_signal(signal.SIGTERM)
            studio.wait(20)
    return 0


def shoot(address: str) -> None:
    with sync_playwright() as started:
        chromium = shutil.which("chromium") or "chromium"
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (room, arrange) in SHOTS.items():
            for code, language in NAMES.items():
                page = browser.new_page(viewport={"width": 1240, "height": 780})
                page.goto(f"{address}#/{room}")
                page.get_by_role("button", name=language).click()
                arrange(page)
                page.screenshot(path=PICTURES / f"{name}.{code}.png")
                print(f"wrote {name}.{code}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
