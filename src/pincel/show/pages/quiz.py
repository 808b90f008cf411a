"""The page of `quiz`: pairs of a real and a made picture, a score that is kept, all answers.

One HTML file with everything inside; works offline, with mouse, finger or keys, in both languages.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pincel import words
from pincel.make.latent.decoded import as_rgba
from pincel.pixels import encode

_SHOWN = 320  # pixels that a picture takes on the page, about


@dataclass(frozen=True, eq=False)
class Pair:
    """One question: real (h, w, c) uint8 and what it is called, made and the seed it came from;
    `left`: the real one stands to the left."""

    real: np.ndarray
    name: str
    made: np.ndarray
    seed: int
    left: bool


def quiz_page(
    pairs: Sequence[Pair],
    title: Mapping[str, str],
    lead: Mapping[str, str],
    detected: Mapping[str, str] | None = None,
) -> bytes:
    """The page as the bytes of one HTML file; the language in force is shown first.

    detected  what a detector reached, told at the end
    """
    side = max(pairs[0].real.shape[:2])
    held = json.dumps(
        {
            "pairs": [_question(pair) for pair in pairs],
            "width": max(1, _SHOWN // side) * side if side < _SHOWN else _SHOWN,
            "words": {code: _words(code) for code in words.LANGUAGES},
        },
        ensure_ascii=False,
    ).replace("<", "\\u003c")
    first = words.language()
    switch = "".join(
        f'<button type="button" data-language="{code}">{name}</button>'
        for code, name in (("es", "Español"), ("en", "English"))
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="{first}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title[first])}</title>\n<style>{_STYLE}</style>\n</head>\n"
    )
    board = _BOARD.replace("DETECTED", f"<p>{_both(detected)}</p>" if detected else "")
    body = (
        f"<body>\n<nav>{switch}</nav>\n<main>\n<h1>{_both(title)}</h1>\n"
        f'<p class="lead">{_both(lead)}</p>\n{board}</main>\n'
        f'<script type="application/json" id="held">{held}</script>\n'
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )
    return (head + body).encode()


def _both(text: Mapping[str, str]) -> str:
    return "".join(f'<span lang="{c}">{html.escape(t)}</span>' for c, t in text.items())


def _words(code: str) -> dict[str, str]:
    found = words.area("quiz").items()
    return {k.removeprefix("page."): v[code] for k, v in found if k.startswith("page.")}


def _question(pair: Pair) -> dict[str, object]:
    return {
        "real": _picture(pair.real),
        "made": _picture(pair.made),
        "name": pair.name,
        "seed": pair.seed,
        "left": pair.left,
    }


def _picture(values: np.ndarray) -> str:
    rgba = as_rgba(values[None])[0]
    return "data:image/png;base64," + base64.b64encode(encode.png(rgba)).decode()


_BOARD = """<p id="place" aria-live="polite"></p>
<div id="pair">
<button type="button" class="choice" id="left"><img alt=""><span class="key">&#8592;</span></button>
<button type="button" class="choice" id="right"><img alt=""><span class="key">&#8594;</span>
</button>
</div>
<p id="told" role="status" aria-live="polite"></p>
<p><button type="button" id="next" hidden></button></p>
<section id="end" hidden><h2 id="result"></h2><p id="guess"></p>DETECTED<div id="all"></div>
<p><button type="button" id="again"></button></p></section>
"""

_STYLE = """
:root{--ink:#1d2733;--muted:#647181;--hair:#d5dbe3;--soft:#f3f5f8;--good:#27935a;--bad:#d43d3d}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 system-ui,"Segoe UI",sans-serif}
main{max-width:860px;margin:0 auto;padding:16px 24px 64px}
nav{text-align:right;padding:12px 24px 0}
button{font:inherit;color:var(--ink);background:#fff;border:1px solid var(--hair);
padding:6px 16px;cursor:pointer}
nav button{font-size:14px;padding:4px 12px;color:var(--muted)}
nav button+button{border-left:0}
html[lang=es] nav [data-language=es],html[lang=en] nav [data-language=en]
{background:var(--ink);color:#fff}
html[lang=es] main [lang=en],html[lang=en] main [lang=es]{display:none}
h1{font-size:30px;line-height:1.2;margin:8px 0}
.lead,#place{color:var(--muted)}
#place{font-variant-numeric:tabular-nums;margin-bottom:8px}
#pair{display:flex;gap:24px;flex-wrap:wrap}
.choice{padding:12px;border-width:3px;text-align:center;flex:0 1 auto}
.choice img,.one img{display:block;image-rendering:pixelated;max-width:100%;
background:repeating-conic-gradient(#e8e8e8 0 25%,#fff 0 50%) 0 0/16px 16px}
.key{color:var(--muted);font-size:14px}
.choice:focus-visible,#next:focus-visible{outline:3px solid #2b6cd4;outline-offset:2px}
.choice.real{border-color:var(--good)}
.choice.made{border-color:var(--hair)}
.choice.made.chosen{border-color:var(--bad)}
.right{color:var(--good)}.wrong{color:var(--bad)}
#told{min-height:3em;margin:12px 0 0}
#all{display:flex;flex-wrap:wrap;gap:16px}
.one{border-top:3px solid var(--good);padding-top:6px;font-size:13px;width:152px}
.one.missed{border-color:var(--bad)}
.one div{display:flex;gap:8px}
.one img{width:72px}
.one p{margin:4px 0;overflow-wrap:anywhere;color:var(--muted)}
@media(max-width:760px){main{padding:8px 16px 48px}#pair{gap:12px;flex-wrap:nowrap}
.choice{padding:6px;flex:1 1 0}}
"""

_SCRIPT = """
(() => {
const held = JSON.parse(document.getElementById('held').textContent);
const $ = id => document.getElementById(id), root = document.documentElement;
let place = 0, answers = [];
const say = (key, values = {}) => held.words[root.lang][key]
  .replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
const score = () => answers.filter(a => a).length;
const sources = p => p.left ? [p.real, p.made] : [p.made, p.real];
const waits = () => place < held.pairs.length && answers.length <= place;
// the chance to be right so often, or oftener, by tossing a coin
function luck(right, count) {
  let sum = 0, term = Math.pow(0.5, count);
  for (let k = 0; k <= count; k++) {
    if (k >= right) sum += term;
    term = term * (count - k) / (k + 1);
  }
  return sum;
}
function draw() {
  const over = place >= held.pairs.length, p = held.pairs[Math.min(place, held.pairs.length - 1)];
  const asked = !over && answers.length <= place;
  $('pair').hidden = $('place').hidden = over; $('pair').style.display = over ? 'none' : '';
  $('end').hidden = !over; $('next').hidden = over || asked;
  $('told').hidden = over;
  $('next').textContent = say(place + 1 < held.pairs.length ? 'next' : 'finish');
  $('again').textContent = say('again');
  $('place').textContent = say('place', {number: place + 1, of: held.pairs.length,
    right: score(), answered: answers.length});
  ['left', 'right'].forEach((side, k) => {
    const b = $(side), real = (side === 'left') === p.left;
    b.querySelector('img').src = sources(p)[k]; b.querySelector('img').width = held.width;
    b.querySelector('img').alt = b.ariaLabel = say('side_' + side);
    b.disabled = !asked;
    b.className = 'choice' + (asked ? '' : real ? ' real' : ' made')
      + (!asked && b.dataset.chosen ? ' chosen' : '');
  });
  $('told').className = asked ? '' : answers[place] ? 'right' : 'wrong';
  $('told').textContent = asked ? say('question')
    : say(answers[place] ? 'right' : 'wrong') + ' ' + say('answer', p);
  if (over) end();
}
function end() {
  const right = score(), count = held.pairs.length, by = luck(right, count);
  $('result').textContent = say('result', {right, count});
  $('guess').textContent = say('guess', {half: (count / 2).toLocaleString(root.lang),
    luck: (100 * by).toLocaleString(root.lang, {maximumSignificantDigits: 2})});
  $('all').replaceChildren(...held.pairs.map((p, k) => {
    const one = document.createElement('div'), row = document.createElement('div');
    one.className = 'one' + (answers[k] ? '' : ' missed');
    [p.real, p.made].forEach((source, kind) => {
      const image = document.createElement('img');
      image.src = source; image.alt = say(kind ? 'made' : 'real'); row.append(image);
    });
    const text = document.createElement('p');
    text.textContent = say('answer', p);
    one.append(row, text);
    return one;
  }));
}
function choose(side) {
  if (!waits()) return;
  answers.push((side === 'left') === held.pairs[place].left);
  ['left', 'right'].forEach(s => s === side ? $(s).dataset.chosen = 1 : delete $(s).dataset.chosen);
  draw(); $('next').focus();
}
function next() {
  if (waits() || place >= held.pairs.length) return;
  ['left', 'right'].forEach(s => delete $(s).dataset.chosen);
  place++; draw();
}
$('left').onclick = () => choose('left');
$('right').onclick = () => choose('right');
$('next').onclick = next;
$('again').onclick = () => { place = 0; answers = []; draw(); };
document.querySelectorAll('nav button').forEach(b => b.onclick = () => {
  root.lang = b.dataset.language; draw(); });
document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  if (e.key === 'ArrowLeft' || e.key === '1') { e.preventDefault(); choose('left'); }
  else if (e.key === 'ArrowRight' || e.key === '2') { e.preventDefault(); choose('right'); }
  else if ((e.key === 'Enter' || e.key === ' ') && !(e.target instanceof HTMLButtonElement)) {
    e.preventDefault(); next(); }
});
draw();
})();
"""
