"""The page of `quiz`: pairs of a real and a made picture, a score that is kept, all answers.

One HTML file with everything inside; works offline, with mouse, finger or keys, in both languages.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pincel import words
from pincel.pixels import encode
from pincel.pixels.contact import as_rgba
from pincel.show.pages.frame import filled_template, framed_page, in_spans, switch

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
    board = filled_template(
        "quiz.html", detected=f"<p>{in_spans(detected)}</p>" if detected else ""
    )
    body = (
        f"{switch()}\n<main>\n<h1>{in_spans(title)}</h1>\n"
        f'<p class="lead">{in_spans(lead)}</p>\n{board}\n</main>\n'
        f'<script type="application/json" id="held">{held}</script>'
    )
    return framed_page(title[words.language()], body, "quiz")


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
