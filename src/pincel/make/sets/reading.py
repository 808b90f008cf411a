"""From what a person names (an address, a list, a saved page, a folder) to pictures' bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pincel.errors import PincelError, SystemReason
from pincel.make.sets.held import FetchedFiles
from pincel.make.sets.items import Item, from_folder, from_list, is_address
from pincel.make.sets.pages import read_page
from pincel.make.sets.polite import Fetched, Polite
from pincel.pixels.sources import SUFFIXES, find_pictures

_LISTS = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt")
_PAGES = (".html", ".htm", ".xhtml")
MAY_NAME = (*_LISTS, *_PAGES)
"""Endings of files that may name addresses."""


@dataclass
class Reader:
    """Reads places; opens a connection only when the first address is met.

    held   what was fetched before; with `again` everything is fetched anew
    """

    asking: Polite
    held: FetchedFiles
    again: bool = False
    _open: bool = False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *error: object) -> None:
        if self._open:
            self.asking.__exit__(*error)

    def items(self, source: str, licence: str = "", pages: int = 1) -> list[Item]:
        """The pictures that a source names.

        source   an address (of a page, a list or a picture), a list or saved page, a folder, a
                 picture, a pattern
        licence  of pictures for which none is named
        pages    go on to so many pages by their rel="next"
        """
        if is_address(source):
            return self._from_address(source, licence, pages)
        path = Path(source)
        if path.is_dir():
            return from_folder(path, licence)
        suffix = path.suffix.lower()
        if suffix in (*_LISTS, *_PAGES):
            text = _text(path)
            if suffix in _PAGES:
                return list(read_page(text, path.resolve().as_uri(), licence).items)
            return from_list(text, str(path), licence)
        return [Item(str(one.source), licence=licence) for one in find_pictures(source)]

    def bytes_of(self, item: Item) -> bytes:
        """The file of an item; PincelError says why it is not to be had."""
        if is_address(item.place):
            found = None if self.again else self.held.find(item.place)
            if found is None:
                found = self._get(item.place)
                self.held.keep(item.place, found)
            return found.data
        try:
            return Path(item.place).read_bytes()
        except (OSError, ValueError) as error:
            raise PincelError(
                "collect.why.file", place=item.place, why=SystemReason(error)
            ) from None

    def _from_address(self, address: str, licence: str, pages: int) -> list[Item]:
        items: list[Item] = []
        seen: set[str] = set()
        while address and address not in seen and len(seen) < pages:
            seen.add(address)
            got = self._get(address)
            text = None if _is_picture(got) else got.data.decode("utf-8", "replace")
            if text is None:
                self.held.keep(address, got)
                return [*items, Item(address, licence=licence, source=address)]
            if got.place.lower().split("?")[0].endswith(_LISTS) or _is_list(got):
                return items + from_list(text, got.place, licence)
            page = read_page(text, got.place, licence)
            items += page.items
            address = page.following
        return items

    def _get(self, address: str) -> Fetched:
        if not self._open:
            self.asking.__enter__()
            self._open = True
        return self.asking.get(address)


def _is_list(got: Fetched) -> bool:
    return got.kind in ("text/csv", "application/json", "application/x-ndjson", "text/plain")


def _is_picture(got: Fetched) -> bool:
    page = got.data.lstrip()[:1] in (b"<", b"[", b"{") or got.kind.startswith("text/")
    return not page and (
        got.kind.startswith("image/") or got.place.split("?")[0].lower().endswith(SUFFIXES)
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig", errors="replace")
    except FileNotFoundError:
        raise PincelError("picture.missing", name=path) from None
    except OSError as error:
        raise PincelError("data.csv_damaged", source=path, why=SystemReason(error)) from error
