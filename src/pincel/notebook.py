"""Results show themselves in a notebook: the picture or page that the command line would have
written, drawn only when the notebook asks."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

Files = Callable[[], Iterable[tuple[str, bytes]]]
"""The files of a result, as `pincel.job.Made` gives them."""

_PAGE = '<iframe srcdoc="{page}" style="width:100%;height:640px;border:0"></iframe>'


class Told(dict[str, Any]):
    """A dict that can be shown."""


class Several(list[Any]):
    """Results of several pictures: a notebook shows one below the other."""

    def _repr_html_(self) -> str | None:
        shown = [_tag(one) for one in self]
        return "\n".join(tag for tag in shown if tag) or None


def showing(value: Any, files: Files) -> Any:
    """The same value, so that a notebook shows it: a dict and a list become their own subclass,
    others are given the notebook's two methods. Numbers, texts, arrays and what already shows
    itself stay as they are."""
    if hasattr(value, "_repr_png_"):
        return value
    if type(value) is dict:
        value = Told(value)
    elif type(value) is list:
        value = Several(value)
    if not hasattr(value, "__dict__") or isinstance(value, type) or callable(value):
        return value

    @cache
    def first(ending: str) -> bytes | None:
        return next((data for suffix, data in files() if suffix.endswith(ending)), None)

    def page() -> str | None:
        held = first(".html")
        if first(".png") is not None or held is None:
            return None
        return _PAGE.format(page=html.escape(held.decode()))

    # on the object, not its class; a frozen dataclass keeps its fields and its equality
    object.__setattr__(value, "_repr_png_", lambda: first(".png"))
    if not isinstance(value, Several):
        object.__setattr__(value, "_repr_html_", page)
    return value


def _tag(one: Any) -> str | None:
    import base64

    png = getattr(one, "_repr_png_", lambda: None)()
    if png is not None:
        return f'<img src="data:image/png;base64,{base64.b64encode(png).decode()}">'
    shown = getattr(one, "_repr_html_", lambda: None)()
    return shown if isinstance(shown, str) else None
