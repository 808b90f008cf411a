"""The pictures of the pages of generate, quiz and contest.

`contest` takes a quarter of an hour on an idle machine; its folder of runs may be named by
PINCEL_RUNS, and a contest that lies there is only measured again. The quiz is photographed in
chromium.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import numpy as np
from PIL import Image

import pincel
from pincel import words
from pincel.jobs.generate.quiz import Quiz

_KEPT = tempfile.TemporaryDirectory()
BROWSER = ("chromium", "chromium-browser", "google-chrome")
_ANSWER = b"""<script>document.getElementById('left').click();
document.activeElement.blur();</script></html>"""


@cache
def gan() -> str:
    """A gan of handwritten digits, trained in about a minute; its run's folder."""
    folder = Path(os.environ.get("PINCEL_RUNS") or _KEPT.name)
    if not (folder / "gan-digits-1" / "best.safetensors").exists():
        pincel.call("train", "gan", "digits", name="gan-digits-1", epochs=45, threads=1,
                    runs=folder)  # fmt: skip
    return str(folder / "gan-digits-1")


def png(picture: Image.Image) -> bytes:
    """PNG bytes of a picture, small."""
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def generated() -> bytes:
    """Thirty digits, three of each, under their labels."""
    from pincel.make.latent.generated import find_maker
    from pincel.pixels.contact import as_rgba, picture_grid

    maker = find_maker(gan())
    made = [maker.values(seed, label) for seed in range(3) for label in range(10)]
    rows = picture_grid(as_rgba(np.concatenate(made)), 10, gap=1)
    shown = Image.fromarray(rows.repeat(8, 0).repeat(8, 1))
    paper = Image.new("RGBA", shown.size, (255, 255, 255, 255))
    paper.alpha_composite(shown)
    return png(paper.convert("RGB"))


def question() -> bytes:
    """The quiz after its first answer."""
    browser = next(filter(None, map(shutil.which, BROWSER)), None)
    if browser is None:
        raise SystemExit("the picture of the quiz needs chromium (tools/ci-packages.sh)")
    (made,) = [e for e in Quiz(model=gan(), data="digits", count=10).run() if hasattr(e, "files")]
    page = dict(made.files())[".html"].replace(b"</html>", _ANSWER)
    with tempfile.TemporaryDirectory() as folder:
        path, shot = Path(folder) / "quiz.html", Path(folder) / "quiz.png"
        path.write_bytes(page)
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--window-size=860,800", f"--screenshot={shot}",
             f"--user-data-dir={folder}/browser", path.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        with Image.open(shot) as picture:
            return png(picture.convert("RGB"))


def contested(data: str, minutes: int, count: int) -> bytes:
    """All families on these data, so many CPU-minutes each, unless PINCEL_RUNS has them."""
    runs = Path(os.environ.get("PINCEL_RUNS") or _KEPT.name)
    with tempfile.TemporaryDirectory() as folder:
        pincel.call("contest", data, minutes=minutes, count=count, runs=runs, out=folder)
        with Image.open(next(Path(folder).glob("*.png"))) as picture:
            size = (1400, round(picture.height * 1400 / picture.width))
            return png(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))


PICTURES: dict[str, Callable[[], bytes]] = {
    "generate": generated,
    "quiz": question,
    "contest": partial(contested, "digits", 5, 300),
}
WITH_DATA: dict[str, Callable[[], bytes]] = {
    "contest-sprites": partial(contested, "sprites", 15, 500),
}
"""Asked for by name: the sprites lie where PINCEL_SHARED says."""


if __name__ == "__main__":
    import sys

    target = Path(__file__).parents[1] / "docs" / "pictures"
    for name in sys.argv[1:] or PICTURES:
        for code in words.LANGUAGES:
            words.use(code)
            (target / f"{name}.{code}.png").write_bytes((PICTURES | WITH_DATA)[name]())
            print(f"wrote {name}.{code}.png")
