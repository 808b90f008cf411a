"""The quiz in a real browser: it asks, keeps score by mouse and by keys, and shows the answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from pincel.show.pages.quiz import Pair, quiz_page

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
TITLE, LEAD = {"en": "Real?", "es": "¿Real?"}, {"en": "Which?", "es": "¿Cuál?"}
# what a person does, and what is then to be seen, written into the title for the test to read
VISIT = """<script type="module">
const $ = id => document.getElementById(id), told = {said: []};
const seen = e => e.getClientRects().length > 0;
const press = key => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {key, bubbles: true}));
document.querySelector('nav [data-language=en]').click();
const sources = () => [...document.querySelectorAll('.choice img')].map(i => i.src);
told.first = sources();
told.asked = [$('told').textContent, seen($('next')), seen($('end'))];
$('left').click(); told.said.push($('told').textContent, $('place').textContent);
$('left').click(); $('right').click(); press('ArrowRight');  // answered already: nothing happens
told.same = $('place').textContent; told.marked = $('left').className;
$('next').click(); told.second = sources();
press('Enter');  // not answered yet: nothing happens
told.waits = $('place').textContent;
press('ArrowLeft'); told.said.push($('told').textContent);
document.activeElement.blur(); press('Enter');
press('2'); told.said.push($('told').textContent);
document.activeElement.blur(); press(' ');
told.end = [seen($('end')), seen($('pair')), $('result').textContent, $('guess').textContent];
told.all = [...document.querySelectorAll('.one')].map(e => e.className + ' ' + e.textContent);
document.querySelector('nav [data-language=es]').click(); told.spanish = $('result').textContent;
$('again').click(); told.again = [seen($('end')), $('place').textContent];
told.room = document.documentElement.clientWidth; told.wide = document.documentElement.scrollWidth;
document.title = JSON.stringify(told);
</script>"""


def pairs() -> list[Pair]:
    rng = np.random.default_rng(0)

    def picture() -> np.ndarray:
        return rng.integers(0, 255, (8, 8, 3), dtype=np.uint8)

    return [
        Pair(picture(), "cats/1 <b>.png", picture(), 7, True),
        Pair(picture(), "cats/2.png", picture(), 8, False),
        Pair(picture(), "cats/3.png", picture(), 9, False),
    ]


def held(page: bytes) -> dict:
    (found,) = re.findall(rb'<script type="application/json" id="held">(.*?)</script>', page)
    return json.loads(found)


def test_the_page_holds_everything_and_fetches_nothing() -> None:
    page = quiz_page(pairs(), TITLE, LEAD, {"en": "60 %", "es": "60 %"})
    found = held(page)
    assert [p["left"] for p in found["pairs"]] == [True, False, False]
    assert found["pairs"][0]["name"] == "cats/1 <b>.png"
    assert set(found["words"]) == {"en", "es"}
    assert set(found["words"]["en"]) == set(found["words"]["es"]) >= {"question", "again"}
    assert b"60 %" in page
    assert not re.search(rb'(src|href)="?(https?:)?//', page)


@pytest.mark.skipif(BROWSER is None, reason="no chromium here (tools/ci-packages.sh installs it)")
def test_score_by_mouse_and_by_keys(tmp_path: Path) -> None:
    path = tmp_path / "quiz.html"
    page = quiz_page(pairs(), TITLE, LEAD)
    path.write_bytes(page.replace(b"</html>", VISIT.encode() + b"</html>"))
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
               "--window-size=500,900", f"--user-data-dir={tmp_path / 'browser'}"]  # fmt: skip
    done = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=120)
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stderr[-500:]
    told = json.loads(title[1].replace("&lt;", "<").replace("&gt;", ">"))
    questions = held(page)["pairs"]
    assert told["first"] == [questions[0]["real"], questions[0]["made"]]
    assert told["second"] == [questions[1]["made"], questions[1]["real"]]
    assert told["asked"] == ["Which one is real?", False, False]
    assert told["said"] == [
        "Right. Real: cats/1 <b>.png. Made: seed 7.",
        "Pair 1 of 3 · right so far: 1 of 1",
        "Wrong. Real: cats/2.png. Made: seed 8.",
        "Right. Real: cats/3.png. Made: seed 9.",
    ]
    assert told["same"] == "Pair 1 of 3 · right so far: 1 of 1"
    assert "real" in told["marked"] and "chosen" in told["marked"]
    assert told["waits"] == "Pair 2 of 3 · right so far: 1 of 1"
    shown, asking, result, guess = told["end"]
    assert (shown, asking, result) == (True, False, "2 of 3 right")
    assert "1.5" in guess and "50 %" in guess  # two or three heads of three coins: 1/2
    assert [one.startswith("one missed") for one in told["all"]] == [False, True, False]
    assert told["spanish"] == "2 de 3 aciertos"
    assert told["again"] == [False, "Pareja 1 de 3 · aciertos: 0 de 0"]
    assert told["wide"] <= told["room"] <= 500
