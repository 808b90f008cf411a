"""A page to keep: one HTML file with its pictures inside, in Spanish and English.

A page is a title and sections; a section has text, tables and pictures. Every text is given in both
languages (`bilingual` fetches one from `words`), and a button switches between them. Nothing is
fetched from anywhere, so the page opens offline and can be sent to someone.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from pincel import words
from pincel.show.pages.frame import framed_page, in_spans, switch

Text = str | Mapping[str, str]
"""A text that is the same in both languages, or {"en": ..., "es": ...}."""


def bilingual(key: str, /, **values: object) -> dict[str, str]:
    """The sentence `key` of `words` in both languages."""
    return in_both(lambda: words.say(key, **values))


def in_both(make: Callable[[], Any]) -> dict[str, Any]:
    """What `make` gives in each language: a sentence with numbers in it, a chart."""
    before, made = words.language(), {}
    try:
        for code in words.LANGUAGES:
            words.use(code)
            made[code] = make()
    finally:
        words.use(before)
    return made


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; the first column and those in `left` are texts, the others
    numbers that stand to the right. `shade`: for each cell 0-1, how strongly it is coloured.
    `behind`: {(row, column): picture} that a click on the cell shows."""

    head: Sequence[Text]
    rows: Sequence[Sequence[Any]]
    shade: Sequence[Sequence[float]] | None = None
    behind: Mapping[tuple[int, int], Shown] = field(default_factory=dict)
    left: Sequence[int] = ()


@dataclass(frozen=True)
class Shown:
    """A picture: the bytes of a PNG or GIF (or {"en": ..., "es": ...}), a caption, its width on the
    page in pixels (None: its own). `pixels`: enlarged with hard edges."""

    png: bytes | Mapping[str, bytes]
    caption: Text = ""
    width: int | None = None
    pixels: bool = False


@dataclass(frozen=True)
class Section:
    """One chapter of a page: text above, then tables, then pictures side by side, or the pictures
    before the tables where `seen_first`."""

    title: Text
    text: Sequence[Text] = ()
    tables: Sequence[Table] = ()
    pictures: Sequence[Shown] = ()
    seen_first: bool = False


def picture_png(values: np.ndarray) -> bytes:
    """The bytes of a PNG of (h, w), (h, w, 1), (h, w, 3) or (h, w, 4) uint8."""
    held = BytesIO()
    plain = values[..., 0] if values.ndim == 3 and values.shape[-1] == 1 else values
    Image.fromarray(np.ascontiguousarray(plain)).save(held, "PNG", optimize=True)
    return held.getvalue()


def page(title: Text, sections: Sequence[Section], lead: Text = "") -> bytes:
    """The page as the bytes of one HTML file; the language in force is shown first."""
    first = words.language()
    body = "\n".join(_section(number, section) for number, section in enumerate(sections))
    plain = title if isinstance(title, str) else title[first]
    head = f"<h1>{_text(title)}</h1>" + (f'<p class="lead">{_text(lead)}</p>' if lead else "")
    return framed_page(plain, f"{switch()}\n<main>\n{head}\n{body}\n</main>", "page")


def _text(text: Text) -> str:
    if isinstance(text, str):
        return html.escape(text)
    if len(set(text.values())) == 1:
        return html.escape(next(iter(text.values())))
    return in_spans(text)


def _section(number: int, section: Section) -> str:
    parts = [f"<h2>{_text(section.title)}</h2>"]
    parts += [f"<p>{_text(text)}</p>" for text in section.text]
    tables = [_table(f"{number}-{place}", table) for place, table in enumerate(section.tables)]
    shown = "".join(_shown(picture) for picture in section.pictures)
    pictures = [f'<div class="pictures">{shown}</div>'] if shown else []
    parts += pictures + tables if section.seen_first else tables + pictures
    return "<section>\n" + "\n".join(parts) + "\n</section>"


def _table(name: str, table: Table) -> str:
    head = "".join(
        f'<th class="text">{_text(text)}</th>' if x in table.left else f"<th>{_text(text)}</th>"
        for x, text in enumerate(table.head)
    )
    rows = []
    for y, row in enumerate(table.rows):
        cells = []
        for x, value in enumerate(row):
            number = isinstance(value, (int, float))
            shown = _text(value if isinstance(value, (str, Mapping)) else str(value))
            style = ""
            if table.shade is not None and table.shade[y][x] > 0:
                style = f' style="--level:{min(1.0, table.shade[y][x]):.3f}"'
            classes = " ".join(
                ["number"] * number
                + ["shade"] * bool(style)
                + ["head"] * (x == 0 and not number)
                + ["text"] * (x in table.left)
            )
            if (y, x) in table.behind:
                shown = f'<button type="button" data-behind="b{name}-{y}-{x}">{shown}</button>'
            cells.append(f'<td class="{classes}"{style}>{shown}</td>')
        rows.append("<tr>" + "".join(cells) + "</tr>")
    behind = "".join(
        f'<div class="behind" id="b{name}-{y}-{x}" hidden>{_shown(picture)}</div>'
        for (y, x), picture in table.behind.items()
    )
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}'
        f"</tbody></table></div>{behind}"
    )


def _shown(picture: Shown) -> str:
    given = picture.png if isinstance(picture.png, Mapping) else {"": picture.png}
    wide = f' width="{picture.width}"' if picture.width else ""
    look = ' class="pixels"' if picture.pixels else ""
    images = ""
    for code, data in given.items():
        language = f' lang="{code}"' if code else ""
        text = picture.caption if isinstance(picture.caption, str) else picture.caption.get(
            code or words.language(), "")  # fmt: skip
        source = base64.b64encode(data).decode()
        images += (
            f'<img{language}{look}{wide} alt="{html.escape(text)}" '
            f'src="data:image/{_kind(data)};base64,{source}">'
        )
    caption = f"<figcaption>{_text(picture.caption)}</figcaption>" if picture.caption else ""
    # a caption never makes its figure wider than the picture, so that pictures stay side by side
    own = int.from_bytes(next(iter(given.values()))[16:20], "big")  # a PNG tells its width there
    room = max(picture.width or own, 160)
    chart = ' class="chart"' if room > _CHART and not picture.pixels else ""
    return f'<figure{chart} style="width:{room}px">{images}{caption}</figure>'


_CHART = 640
"""A picture wider than this holds letters: on a narrow screen it is moved sideways, not shrunk."""


def _kind(data: bytes) -> str:
    return "gif" if data.startswith(b"GIF8") else "png"
