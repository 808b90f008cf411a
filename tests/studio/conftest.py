"""A studio that answers, and a browser that may go nowhere else."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a studio answers that was started as people start it."""
    folder = tmp_path_factory.mktemp("studio")
    command = [sys.executable, "-m", "pincel", "studio", "--no-browser", "--port", "0"]
    command += ["--folder", str(folder / "kept"), "--processes", "1"]
    log = (folder / "log").open("wb")
    studio = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=log,
        env=os.environ | {"PINCEL_LANG": "en"},
        text=True,
        start_new_session=True,
    )
    assert studio.stdout
    said = studio.stdout.readline()
    found = re.search(r"http://\S+/", said)
    assert found, said + (folder / "log").read_text()
    yield found[0]
    studio.send_signal(signal.SIGTERM)
    studio.communicate(timeout=20)
    log.close()
    assert studio.returncode == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Of one module: Playwright's loop runs as long, and other tests start loops of their own."""
    if BROWSER is None:
        pytest.skip("no chromium here (tools/ci-packages.sh installs it)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"]
        )
        yield made
        made.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a room: `visit("make", language="es", width=390, dark=True)`. Errors of the page and
    requests to anywhere else fail the test."""
    opened: list[Any] = []
    wrong: list[str] = []

    def go(
        room: str,
        *,
        language: str = "en",
        width: int = 1200,
        dark: bool = False,
        context: Any = None,
    ) -> Any:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if dark else "light",
                locale="es-ES" if language == "es" else "en-GB",
                reduced_motion="reduce",
            )
            opened.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on(
            "response",
            lambda answer: wrong.append(answer.url) if answer.status >= 400 else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda message: wrong.append(message.text) if message.type == "error" else None,
        )
        outside = re.compile(rf"^(?!{re.escape(address)}|blob:|data:)")
        page.route(outside, lambda route: (wrong.append(route.request.url), route.abort()))
        page.goto(f"{address}#/{room}")
        return page

    yield go
    for context in opened:
        context.close()
    assert not wrong


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """A photograph-like picture, the same as a sprite enlarged, one in which no place is like the
    next, and a file that is broken."""
    y, x = np.mgrid[0:96, 0:96]
    face = np.stack([200 - x, 90 + y, 60 + (x + y) // 2], -1).astype(np.uint8)
    face[(x - 48) ** 2 + (y - 40) ** 2 < 700] = (230, 190, 150)
    face[60:66, 36:60] = (150, 40, 50)
    Image.fromarray(face).save(tmp_path / "face.png")
    small = np.asarray(Image.fromarray(face).resize((24, 24), Image.Resampling.NEAREST))
    Image.fromarray(small // 64 * 64).save(tmp_path / "sprite.png")
    grain = np.random.default_rng(3).integers(0, 256, (96, 96, 3)).astype(np.uint8)
    Image.fromarray(grain).save(tmp_path / "grain.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    return {one.stem: one for one in tmp_path.glob("*.png")}
