"""The pictures of a gallery page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import url2pathname

from pincel.errors import PincelError
from pincel.make.sets.items import Item, is_address
from pincel.pixels.sources import SUFFIXES

_LAZY = ("data-src", "data-original", "data-lazy-src", "src")


@dataclass(frozen=True)
class Page:
    """What a page shows: its pictures, in order, and the page that follows ("" for none)."""

    items: tuple[Item, ...]
    following: str = ""


def read_page(html: str, address: str, licence: str = "") -> Page:
    """The pictures that a page shows or links to.

    html     the page
    address  where it was found: relative links start there, or at its <base>
    licence  for pictures of a page that names none (<link rel="license">, <a rel="license">)

    A small picture that links to a picture file stands for that file; of several sizes (srcset)
    the largest is taken. PincelError where the parser is missing.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise PincelError("collect.missing") from None
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    start = urljoin(address, _attribute(base, "href")) if base is not None else address
    named = tree.css_first('link[rel~="license"][href], a[rel~="license"][href]')
    licence = _attribute(named, "href") if named is not None else licence
    found: dict[str, Item] = {}
    for node in tree.css("a[href], img, source[srcset]"):
        place = _place(node)
        if not place or place.startswith(("data:", "blob:", "javascript:")):
            continue
        whole = _reachable(urldefrag(urljoin(start, place)).url, address)
        if whole:
            item = Item(whole, caption=_caption(node), licence=licence, source=address)
            found.setdefault(whole, item)
    following = tree.css_first('link[rel~="next"][href], a[rel~="next"][href]')
    after = urljoin(start, _attribute(following, "href")) if following is not None else ""
    return Page(tuple(found.values()), after)


def _reachable(place: str, address: str) -> str:
    """An address as it is; of a page on this machine also a file beside it, as a path; else ""."""
    if place.startswith("file:") and address.startswith("file:"):
        return url2pathname(urlsplit(place).path)
    return place if is_address(place) else ""


def _place(node: Any) -> str:
    """The picture that a node stands for; "" where it is none of its own."""
    if node.tag == "a":
        link = _attribute(node, "href")
        return link if _names_picture(link) else ""
    if _linked(node):
        return ""  # the file behind it is taken
    several = _attribute(node, "srcset") or _attribute(node, "data-srcset")
    if several:
        return _largest(several)
    if node.tag == "source":
        return ""
    return next((said for name in _LAZY if (said := _attribute(node, name))), "")


def _linked(node: Any) -> bool:
    """Whether a picture lies in a link to a picture file."""
    above = node.parent
    while above is not None:
        if above.tag == "a":
            return _names_picture(_attribute(above, "href"))
        if above.tag == "picture" and node.tag == "img" and above.css_first("source[srcset]"):
            return True
        above = above.parent
    return False


def _names_picture(link: str) -> bool:
    return urlsplit(link).path.lower().endswith(SUFFIXES)


def _largest(several: str) -> str:
    """The place in a srcset with the largest width or density."""
    places = []
    for part in several.split(", "):
        words = part.strip().rstrip(",").split()
        if words:
            size = words[1][:-1] if len(words) > 1 else "1"
            places.append((float(size) if size.replace(".", "", 1).isdigit() else 1.0, words[0]))
    return max(places, key=lambda one: one[0])[1] if places else ""


def _caption(node: Any) -> str:
    inner = node.css_first("img[alt]") if node.tag == "a" else node
    said = _attribute(inner, "alt") if inner is not None else ""
    text = node.text(strip=True) if node.tag == "a" else ""
    return (said or _attribute(node, "title") or text).strip()[:300]


def _attribute(node: Any, name: str) -> str:
    return (node.attributes.get(name) or "").strip()
