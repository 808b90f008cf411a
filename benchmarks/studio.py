"""How fast the studio is: python benchmarks/studio.py [pictures ...]

Starts a studio as people start it and measures, with Debian's chromium where it is there: the
time until it answers, the weight of the page and its first paint, a slider's way to its sprite
(asked and told, without the browser), how long a cancelled task still runs, and 50 clients at once.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parents[1]
HEADERS = {"x-pincel": "1"}


@contextmanager
def studio(folder: Path):
    command = [sys.executable, "-m", "pincel", "studio", "--no-browser", "--port", "0"]
    began = time.monotonic()
    running = subprocess.Popen(
        [*command, "--folder", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PINCEL_LANG": "en"},
        start_new_session=True,
    )
    address = re.search(r"http://\S+/", running.stdout.readline())[0]
    while True:
        try:
            httpx.get(address)
            break
        except httpx.TransportError:
            time.sleep(0.005)
    try:
        yield address, time.monotonic() - began
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=20)


def told_until(client: httpx.Client, after: int, task: str) -> str:
    """The task's last state, as the stream tells it."""
    with client.stream("GET", f"api/events?after={after}") as stream:
        for line in stream.iter_lines():
            told = json.loads(line[6:]) if line.startswith("data: ") else {}
            of = told.get("task")
            if isinstance(of, dict) and of["id"] == task and of["state"] not in RUNNING:
                return of["state"]
    return "lost"


RUNNING = ("queued", "running")


def asked(client: httpx.Client, job: str, settings: dict, lane: str = "") -> tuple[float, str]:
    last = client.get("api/state").json()["last"]
    began = time.monotonic()
    task = client.post(f"api/tasks/{job}?lane={lane}", json=settings).json()["id"]
    state = told_until(client, last, task)
    return time.monotonic() - began, state


def sliders(client: httpx.Client, pictures: list[Path]) -> None:
    for picture in pictures:
        sent = client.post(f"api/files?name={picture.name}", content=picture.read_bytes()).json()
        for width in (32, 48, 64):
            given = {"pictures": [{"file": sent["id"]}], "width": width, "metadata": False}
            asked(client, "pixelate", given, "make")
            took = [asked(client, "pixelate", given, "make")[0] for _ in range(7)]
            middle, worst = statistics.median(took), max(took)
            print(
                f"slider -> sprite, {picture.name} at {width}: {middle:.2f} s (worst {worst:.2f})"
            )


def cancelling(client: httpx.Client, folder: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (2000, 2000, 3), np.uint8)
    Image.fromarray(noise).save(folder / "noise.png")
    sent = client.post("api/files?name=noise.png", content=(folder / "noise.png").read_bytes())
    took = []
    for _ in range(3):
        given = {"sources": [{"file": sent.json()["id"]}], "longest": 0}
        last = client.get("api/state").json()["last"]
        task = client.post("api/tasks/distance", json=given).json()["id"]
        time.sleep(2.5)
        began = time.monotonic()
        client.delete(f"api/tasks/{task}")
        assert told_until(client, last, task) == "stopped"
        took.append(time.monotonic() - began)
    print(f"cancel, a job that is silent for seconds: {max(took):.2f} s at worst")


def crowd(address: str) -> None:
    def one(number: int) -> str:
        with httpx.Client(base_url=address, headers=HEADERS, timeout=120) as client:
            given = {"input": f"{number + 8}x8x3", "network": "conv 4 3 same, relu"}
            return asked(client, "arithmetic", given)[1]

    began = time.monotonic()
    with ThreadPoolExecutor(50) as pool:
        states = list(pool.map(one, range(50)))
    print(f"50 clients at once: {states.count('done')} done in {time.monotonic() - began:.1f} s")


def painted(address: str) -> None:
    static = HERE / "src" / "pincel" / "studio" / "static"
    code = [one for one in static.rglob("*") if one.suffix in (".js", ".css", ".html", ".svg")]
    first = [one for one in code if one.name.startswith(("index", "Make"))]
    for name, files in (("first room", first), ("all rooms", code)):
        size = sum(len(gzip.compress(one.read_bytes())) for one in files)
        print(f"page, {name}: {size / 1024:.0f} KiB gzipped")
    browser = shutil.which("chromium")
    if browser is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        took = []
        for _ in range(5):
            page = made.new_context().new_page()
            page.goto(address)
            page.get_by_role("heading").first.wait_for()
            entry = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            took.append(page.evaluate(entry))
        made.close()
    print(
        f"first paint: {statistics.median(took):.0f} ms (of 5, {min(took):.0f} to {max(took):.0f})"
    )


def main() -> None:
    pictures = [Path(one) for one in sys.argv[1:]] or [HERE / "assets" / "portrait.png"]
    with tempfile.TemporaryDirectory() as held, studio(Path(held) / "kept") as (address, answered):
        print(f"answers after {answered:.2f} s")
        painted(address)
        time.sleep(4)  # the workers are warm
        with httpx.Client(base_url=address, headers=HEADERS, timeout=120) as client:
            sliders(client, pictures)
            cancelling(client, Path(held))
        crowd(address)


if __name__ == "__main__":
    main()
