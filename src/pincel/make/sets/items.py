"""What is to be gathered: places of pictures, with what is said of each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from pincel.errors import PincelError
from pincel.pixels.sources import find_pictures

_COLUMNS = {
    "place": ("url", "file", "path", "filename", "image", "src", "href", "archivo", "imagen"),
    "name": ("name", "id", "nombre"),
    "caption": ("caption", "title", "alt", "description", "text", "título", "descripción"),
    "label": ("label", "class", "target", "etiqueta", "clase"),
    "licence": ("licence", "license", "licencia"),
    "author": ("author", "credit", "artist", "autor", "autora"),
    "source": ("source", "page", "origin", "fuente", "página"),
    "group": ("group", "series", "grupo", "serie"),
}
_KNOWN = frozenset(name for names in _COLUMNS.values() for name in names)
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Item:
    """One picture to gather.

    place  its address (http, https) or the path of a file
    name   what it will be called; the other texts are as they were said, "" where nothing was
    """

    place: str
    name: str = ""
    caption: str = ""
    label: str = ""
    licence: str = ""
    author: str = ""
    source: str = ""
    group: str = ""

    def called(self) -> str:
        """Its own name, else that of its file."""
        path = urlsplit(self.place).path if is_address(self.place) else self.place
        return self.name or Path(unquote(path)).stem or "picture"


def is_address(text: str) -> bool:
    """Whether this is the address of something elsewhere."""
    return text.lower().startswith(("http://", "https://"))


def from_folder(folder: Path, licence: str = "") -> list[Item]:
    """The pictures in a folder and below; the folder that a picture lies in is its label."""
    items = []
    for found in find_pictures(folder):
        path = Path(found.source)
        inner = path.relative_to(folder).parent.as_posix()
        label = "" if inner == "." else inner.rpartition("/")[2]
        items.append(Item(str(path), label=label, licence=licence, source=folder.name))
    return items


def from_list(text: str, base: str, licence: str = "") -> list[Item]:
    """The pictures that a CSV (with , ; or tab), JSON, JSON lines or plain list names.

    text  the list; base  its own address or path: relative places start there. JSON is a list of
    addresses or of objects, alone or as the one list in an object. PincelError when it is none.
    """
    rows = _from_json(text) if text.lstrip()[:1] in ("[", "{") else _from_csv(text)
    items = []
    for row in rows:
        facts = _facts(row)
        if facts.get("place"):
            items.append(_absolute(Item(**facts), base, licence))
    if not items:
        raise PincelError("collect.no_list", place=base, columns=", ".join(_COLUMNS["place"]))
    if len(items) > MOST_ROWS:
        raise PincelError("collect.many_rows", place=base, count=len(items), most=MOST_ROWS)
    return items


def _absolute(item: Item, base: str, licence: str) -> Item:
    place = item.place
    if is_address(base):
        place = urljoin(base, place)
    elif not is_address(place):
        place = str(Path(base).parent / place)
    return replace(
        item, place=place, licence=item.licence or licence, source=item.source or Path(base).name
    )


def _facts(row: Mapping[str, Any]) -> dict[str, str]:
    """What of a row is known by its column names."""
    lower = {str(k).strip().lower(): v for k, v in row.items() if isinstance(v, str | int | float)}
    facts = {}
    for what, names in _COLUMNS.items():
        said = next((lower[name] for name in names if name in lower), None)
        if said is not None:
            facts[what] = str(said).strip()
    if "place" not in facts and facts.get("source"):  # where it is from is where it is
        facts["place"] = facts["source"]
    return facts


def _from_json(text: str) -> Iterable[Mapping[str, Any]]:
    try:
        held = json.loads(text)
    except ValueError:
        try:
            held = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            return []
    if isinstance(held, dict):
        lists = [value for value in held.values() if isinstance(value, list)]
        held = lists[0] if len(lists) == 1 else [held]
    rows = [{"url": row} if isinstance(row, str) else row for row in held]
    return [row for row in rows if isinstance(row, dict)]


def _from_csv(text: str) -> Iterable[Mapping[str, Any]]:
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[0] if lines else ""
    columns = {name.strip().strip('"').lower() for mark in ",;\t" for name in head.split(mark)}
    if not columns & _KNOWN:  # no heading: one address or file a line
        return [{"url": line.strip()} for line in lines if not line.lstrip().startswith("#")]
    mark = max(",;\t", key=head.count)
    return list(csv.DictReader(io.StringIO(text), delimiter=mark))
