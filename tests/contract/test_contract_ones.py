"""Of one there is no plural: "1 colour", "1 fotograma", whatever sentence counts it.

Every sentence is filled with ones. What stands behind a one and ends as a plural must be known to
`words/one.json`, or be no noun.
"""

import re
import string
from pathlib import Path

import pytest

import pincel
from pincel import words

NO_NOUNS = {
    "en": """already answers as asks carries changes claims comes counts divides does draws ends
    exists fills gives goes has holds is its knows learns leaves less lies looks makes means ms
    names needs others ours reaches reads says sees serves stands stays takes this times uses was
    yes""",
    "es": """además antes bits demás después dos ellas ellos es las los menos ms más nats otras
    otros partes sprites sus tras tres ya""",
}
NAMES = frozenset(
    [
        "about",
        "by",
        "command",
        "data",
        "family",
        "file",
        "folder",
        "format",
        "given",
        "hash",
        "job",
        "key",
        "kind",
        "layer",
        "mark",
        "method",
        "model",
        "name",
        "network",
        "of",
        "option",
        "own",
        "path",
        "place",
        "source",
        "target",
        "task",
        "what",
        "which",
        "word",
    ]
)


def counted() -> list[tuple[str, str, str, str]]:
    """(key, language, blank, the words behind it) wherever words follow a blank."""
    found = []
    for area in words.word_areas():
        for key, both in words.area(area).items():
            for code in words.LANGUAGES:
                for hit in re.finditer(r"(?<![x×] )\{(\w+)\}((?: [^\W\d_]+)+)", both[code]):
                    if hit[1] not in NAMES:
                        found.append((f"{area}.{key}", code, hit[1], hit[2]))
    return found


def test_nothing_is_plural_behind_a_one() -> None:
    wrong = []
    for key, code, blank, _ in counted():
        words.use(code)
        try:
            sentence = words.area(key.partition(".")[0])[key.partition(".")[2]][code]
            blanks = {b.partition(".")[0].partition("[")[0] for _, b, _, _ in
                      string.Formatter().parse(sentence) if b}  # fmt: skip
            filled = words._filled(sentence, dict.fromkeys(blanks, "?") | {blank: 1})
        except (KeyError, ValueError, AttributeError):
            continue
        finally:
            words.use(None)
        for hit in re.finditer(
            r"(?<![x×/²] )(?<!to )(?<! a )(?<![.,])\b1 (?:[^\W\d_]+-)?([^\W\d_]+s)\b", filled
        ):
            if hit[1] not in NO_NOUNS[code].split() and not hit[1].endswith("ss"):
                wrong.append(f"{key} ({code}): {hit[0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("code", "key", "filled", "said"), [
    ("en", "pixelate.line", {"width": 48, "height": 1, "colors": 1, "frames": 1, "transparent": 0},
     "48 x 1 pixels, 1 colour, 1 frame, 0 % transparent"),
    ("es", "pixelate.line", {"width": 1, "height": 1, "colors": 1, "frames": 1, "transparent": 0},
     "1 x 1 píxeles, 1 color, 1 fotograma, 0 % transparente"),
    ("en", "collect.line.kept", {"kept": 1, "sprites": 1, "left_out": 0},
     "1 picture kept, 1 of them pixel art; 0 left out"),
    ("es", "gallery.left_out", {"count": 1}, "se deja fuera 1 imagen sin receta"),
    ("es", "pixelate.explain.final.text", {"count": 1}, "cambió 1 celda."),
    ("en", "palette.count", {"count": 21}, "21 colours"),
])  # fmt: skip
def test_one_is_said_as_one(code: str, key: str, filled: dict, said: str) -> None:
    words.use(code)
    try:
        assert said in words.say(key, **filled)
    finally:
        words.use(None)


def test_the_page_counts_as_the_commands_do() -> None:
    page = Path(pincel.__file__).parents[2] / "web/src/parts/words.svelte.ts"
    assert "words/one.json" in page.read_text("utf-8")
