"""Markdown and Python as the HTML that the page and the studio show. No HTML comes through."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _reader() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def text_html(source: str, deeper: int = 0) -> str:
    """Markdown as HTML; headings go down by so many levels."""
    tokens = _reader().parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{int(token.tag[1]) + deeper}"
    return str(_reader().renderer.render(tokens, _reader().options, {}))


def code_html(source: str) -> str:
    """Python as spans whose classes are Pygments' own; to be put into a `pre`."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return str(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))).rstrip("\n")
