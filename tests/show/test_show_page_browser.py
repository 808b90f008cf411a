"""A page in a real browser: buttons work, and on a telephone nothing sticks out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from pincel.show.pages.page import Section, Shown, Table, page, picture_png

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# what a person does, and what is then to be seen, written into the title for the test to read
VISIT = """<script type="module">
const seen = e => e.getClientRects().length > 0, told = {};
const both = () => ['es', 'en'].map(c => seen(document.querySelector(`main h2 [lang=${c}]`)));
document.querySelector('nav [data-language=es]').click(); told.spanish = both();
document.querySelector('nav [data-language=en]').click(); told.english = both();
const cell = document.querySelector('[data-behind]');
const behind = document.getElementById(cell.dataset.behind);
told.before = seen(behind); cell.click(); told.after = seen(behind);
cell.click(); told.again = seen(behind);
told.room = document.documentElement.clientWidth; told.wide = document.documentElement.scrollWidth;
document.title = JSON.stringify(told);
</script>"""


@pytest.mark.skipif(BROWSER is None, reason="no chromium here (tools/ci-packages.sh installs it)")
def test_buttons_work_and_nothing_sticks_out_on_a_telephone(tmp_path: Path) -> None:
    wide = picture_png(np.zeros((40, 1200, 3), np.uint8))
    numbers = Table(
        ["class", *(f"column {x}" for x in range(14))],
        [["a rather long name", *range(14)]],
        behind={(0, 1): Shown(wide, "behind", pixels=True)},
    )
    settings = Table(["setting", "value"], [["hash", "0123456789abcdef" * 8]], left=(1,))
    data = page(
        "A title",
        [Section({"en": "One", "es": "Uno"}, ["f" * 200], [numbers, settings], [Shown(wide)])],
    )
    path = tmp_path / "page.html"
    path.write_bytes(data.replace(b"</html>", VISIT.encode() + b"</html>"))
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
               "--window-size=500,900", f"--user-data-dir={tmp_path / 'browser'}"]  # fmt: skip
    done = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=120)
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stderr[-500:]
    told = json.loads(title[1])
    assert told["spanish"] == [True, False] and told["english"] == [False, True]
    assert (told["before"], told["after"], told["again"]) == (False, True, False)
    assert told["wide"] <= told["room"] <= 500
