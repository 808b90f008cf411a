"""The gallery as one HTML file: every picture inside, searched and opened without a network.

Text stands in both languages and a button switches; pictures are sharp at any size; everything
works by keyboard (Tab, Enter, arrows, Escape) and on a telephone.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from typing import Any

from pincel.recipe.gallery import Piece, value_of
from pincel.show.pages.frame import filled_template, framed_page, in_spans, switch
from pincel.show.pages.page import bilingual
from pincel.words.unaccented import unaccented

_FRAME = 128
_MOST_OPTIONS = 40
_SEARCHED = ("job", "model", "seed")


def gallery_page(pieces: Sequence[Piece], title: str) -> bytes:
    """The page of these pictures, in their order; the language in force is shown first."""
    by_hash = {one.sha256: number for number, one in enumerate(pieces)}
    cards = "\n".join(_card(number, one, by_hash) for number, one in enumerate(pieces))
    body = filled_template(
        "gallery.html",
        title=html.escape(title),
        switch=switch(),
        search=_search(pieces),
        none=_said("gallery.page.none"),
        cards=cards,
        close=_said("gallery.page.close"),
    )
    return framed_page(title, body, "gallery")


def _said(key: str, **values: Any) -> str:
    return in_spans(bilingual(key, **values))


def _search(pieces: Sequence[Piece]) -> str:
    parts = [
        f'<label>{_said("gallery.page.prompt")}<input type="search" name="text" '
        'autocomplete="off"></label>'
    ]
    for name in _SEARCHED:
        found = {value_of(one, name) for one in pieces} - {None}
        if len(found) < 2:
            continue
        label = _said(f"gallery.page.{name}")
        if len(found) > _MOST_OPTIONS:  # too many to choose from: written instead
            parts.append(f'<label>{label}<input name="{name}" autocomplete="off"></label>')
            continue
        ordered = sorted(found, key=lambda v: (isinstance(v, str), v))
        options = "".join(f"<option>{html.escape(str(value))}</option>" for value in ordered)
        parts.append(
            f'<label>{label}<select name="{name}"><option value="">–</option>{options}'
            "</select></label>"
        )
    parts.append(f'<output id="count">{len(pieces)}</output>')
    return "".join(parts)


def _card(number: int, one: Piece, by_hash: dict[str, int]) -> str:
    caption = one.prompt or one.name
    tags = "".join(
        f' data-{name}="{html.escape(str(value))}"'
        for name in _SEARCHED
        if (value := value_of(one, name)) is not None
    )
    text = html.escape(unaccented(f"{one.prompt} {one.name}"))
    seed = value_of(one, "seed")
    small = html.escape(str(value_of(one, "job") or "")) + (
        f" · {seed}" if seed is not None else ""
    )
    return (
        f'<button type="button" class="card" id="p{number}" data-text="{text}"{tags}>'
        f'<span class="frame"><img loading="lazy" decoding="async" alt="{html.escape(caption)}" '
        f'{_sides(one)} src="{_uri(one)}"></span>'
        f'<span class="caption">{html.escape(caption)}</span><small>{small}</small>'
        f"<template>{_details(one, by_hash)}</template></button>"
    )


def _sides(one: Piece) -> str:
    """Enlarged by a whole factor as far as the frame holds; larger pictures are shrunk by it."""
    height, width = one.rgba.shape[:2]
    factor = max(_FRAME // max(height, width), 1)
    return f'width="{width * factor}" height="{height * factor}" data-width="{width}"'


def _details(one: Piece, by_hash: dict[str, int]) -> str:
    rows: list[tuple[str, str]] = [("file", html.escape(one.name))]
    rows.append(("size", f"{one.size[0]} × {one.size[1]}"))
    made = one.made or {}
    if made:
        model = made.get("model")
        if model:
            shown = f"{html.escape(model['name'])} <code>{model['sha256'][:12]}</code>"
            rows.append(("model", shown))
        versions = ", ".join(f"{k} {v}" for k, v in made.get("versions", {}).items())
        rows.append(("versions", html.escape(versions)))
        for kept in made.get("parents", []):
            name = html.escape(kept["name"] or kept["sha256"][:12])
            number = by_hash.get(kept["sha256"])
            link = f'<a href="#p{number}" data-open="p{number}">{name}</a>'
            rows.append(("parent", name if number is None else link))
    settings = "".join(
        f"<tr><th><code>{html.escape(key)}</code></th><td>{_value(value)}</td></tr>"
        for key, value in made.get("settings", {}).items()
        if value is not None and value is not False and value != "" and value != []
    )
    facts = "".join(f"<tr><th>{_said(f'gallery.page.{k}')}</th><td>{v}</td></tr>" for k, v in rows)
    command = f"<pre>{html.escape(one.command)}</pre>" if one.command else ""
    return (
        f"<h2>{html.escape(one.prompt or one.name)}</h2>{command}<table>{facts}{settings}</table>"
    )


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return html.escape(text if len(text) <= 80 else text[:79] + "…")


def _uri(one: Piece) -> str:
    return "data:image/png;base64," + base64.b64encode(one.data).decode()
