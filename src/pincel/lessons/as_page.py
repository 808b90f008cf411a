"""A lesson that was run as a page to keep: one HTML file with its pictures inside, in the language
in which it was run."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator

from pincel.lessons.markup import code_html, text_html
from pincel.lessons.performed import Output, Performed
from pincel.show.pages.frame import framed_page


def lesson_page(done: Performed) -> bytes:
    """The page as the bytes of one HTML file."""
    lesson = done.lesson
    parts = [
        f"<h1>{html.escape(lesson.title)}</h1>",
        f'<p class="lead">{html.escape(lesson.about)}</p>',
    ]
    for cell, outputs in zip(lesson.cells, done.outputs, strict=True):
        if cell.kind == "text":
            parts.append(text_html(cell.source))
        else:
            parts.append(f'<pre class="code">{code_html(lesson.source(cell))}</pre>')
            parts += _shown(outputs)
    body = "\n".join(parts)
    return framed_page(lesson.title, f'<main class="lesson">\n{body}\n</main>', "lesson")


def _shown(outputs: tuple[Output, ...]) -> Iterator[str]:
    for one in outputs:
        if one.kind == "picture":
            data = base64.b64encode(one.data).decode()
            alt = html.escape(one.text)
            yield f'<p class="shown"><img alt="{alt}" src="data:image/png;base64,{data}"></p>'
        elif one.kind == "table":
            yield f'<div class="wide">{one.value._repr_html_()}</div>'
        elif one.kind == "goal":
            kind = "reached" if one.value.reached else "missed"
            yield f'<p class="goal {kind}">{html.escape(one.text)}</p>'
        else:
            yield f'<pre class="said">{html.escape(one.text)}</pre>'
