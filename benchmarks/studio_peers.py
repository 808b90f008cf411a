"""What another page of this kind weighs and asks for: python benchmarks/studio_peers.py

Opens, in Debian's chromium with every outside request cut off, Pincel's studio and a Gradio page
with one picture in and one out (where gradio is installed: `pip install gradio`). Of each: the time
until it answers, its first paint, what it loads from its own server, whom else it asks, whether it
follows the browser's language, and what axe finds.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

HERE = Path(__file__).resolve().parents[1]
AXE = HERE / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRADIO = """
import gradio
page = gradio.Interface(lambda picture: picture, "image", "image")
page.launch(server_port=7871, quiet=True)
"""


@contextmanager
def running(command: list[str], said: bool) -> Iterator[tuple[str, float]]:
    """A server's address, and how long it took until it answered."""
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "PINCEL_LANG": "en"}
    began = time.monotonic()
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | quiet, start_new_session=True
    )
    address = "http://127.0.0.1:7871/"
    if said and server.stdout:
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found
        address = found[0]
    while True:
        try:
            urlopen(address, timeout=2).read()
            break
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.02)
    try:
        yield address, time.monotonic() - began
    finally:
        server.terminate()
        server.wait(20)


def opened(browser: Any, address: str) -> tuple[float, int, set[str]]:
    """First paint in ms, bytes from its own server as they came, hosts that were asked beside."""
    context = browser.new_context(locale="es-ES", viewport={"width": 1200, "height": 900})
    page = context.new_page()
    outside: set[str] = set()
    own = urlsplit(address).netloc

    def cut(route: Any) -> None:
        host = urlsplit(route.request.url).netloc
        if host in (own, ""):
            route.continue_()
        else:
            outside.add(host)
            route.abort()

    page.route("**/*", cut)
    page.goto(address)
    page.wait_for_timeout(4000)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    weight = page.evaluate(
        """() => ['resource', 'navigation'].flatMap(kind => performance.getEntriesByType(kind))
             .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    context.close()
    return paint, weight, outside


def asked(browser: Any, address: str) -> tuple[str, int]:
    """The first words on the page for a Spanish browser, and how many rules of axe are broken."""
    page = browser.new_context(locale="es-ES").new_page()
    page.route(re.compile(rf"^(?!{re.escape(address)}|blob:|data:)"), lambda route: route.abort())
    page.goto(address)
    page.wait_for_timeout(4000)
    words = " · ".join(page.locator("button:visible").all_inner_texts()[:6]).replace("\n", " ")
    broken = -1
    if AXE.is_file():
        page.evaluate(AXE.read_text("utf-8"))
        broken = page.evaluate("axe.run(document).then(found => found.violations.length)")
    page.context.close()
    return words, broken


def measured(browser: Any, name: str, command: list[str], said: bool) -> None:
    with running(command, said) as (address, answered):
        runs = [opened(browser, address) for _ in range(5)]
        words, broken = asked(browser, address)
    paints = [one[0] for one in runs]
    hosts = sorted(set().union(*(one[2] for one in runs)))
    print(f"{name}: answers after {answered:.1f} s")
    print(
        f"  first paint {statistics.median(paints):.0f} ms ({min(paints):.0f} to {max(paints):.0f})"
    )
    print(f"  loads {runs[0][1] / 1024:.0f} KiB; asks beside: {', '.join(hosts) or 'nobody'}")
    print(f"  in a Spanish browser: {words}; rules of axe broken: {broken}")


def main() -> None:
    from playwright.sync_api import sync_playwright

    python = os.environ.get("PEERS_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as held, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        studio = [sys.executable, "-m", "pincel", "studio", "--no-browser", "--port", "0"]
        measured(browser, "Pincel", [*studio, "--folder", held], said=True)
        if python != sys.executable or importlib.util.find_spec("gradio"):
            measured(browser, "Gradio", [python, "-c", GRADIO], said=False)
        browser.close()


if __name__ == "__main__":
    main()
