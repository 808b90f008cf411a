"""The frame of every page: one HTML file with its style and script inside, in two languages.

Markup, style and script stand in `assets/` as files of their own, linted like the rest of the house
(`make lint`). A template's blanks are `$name` (`string.Template`); what is put in is not read
again.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Template

from pincel import words


@cache
def page_asset(name: str) -> str:
    """The text of a file in `assets/`, without the newline at its end."""
    path = resources.files("pincel.show.pages") / "assets" / name
    return path.read_text("utf-8").rstrip("\n")


def filled_template(name: str, **blanks: str) -> str:
    """A template of `assets/` with its blanks filled; a blank that is missing is a KeyError."""
    return Template(page_asset(name)).substitute(blanks)


def framed_page(title: str, body: str, kind: str) -> bytes:
    """The page as the bytes of one HTML file; the language in force is shown first.

    title   plain text of the window's title
    body    markup
    kind    "page", "quiz" or "gallery": whose style and script come with it
    """
    return filled_template(
        "page.html",
        language=words.language(),
        title=html.escape(title),
        style=f"{page_asset('base.css')}\n{page_asset(f'{kind}.css')}",
        script=f"{page_asset('language.js')}\n{page_asset(f'{kind}.js')}",
        body=body,
    ).encode()


def switch() -> str:
    """The two buttons that change the language."""
    buttons = "".join(
        f'<button type="button" data-language="{code}">{name}</button>'
        for code, name in (("es", "Español"), ("en", "English"))
    )
    return f"<nav>{buttons}</nav>"


def in_spans(text: Mapping[str, str]) -> str:
    """A text in both languages, of which the page shows one."""
    return "".join(f'<span lang="{code}">{html.escape(said)}</span>' for code, said in text.items())
