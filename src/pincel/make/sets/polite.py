"""Asking other people's machines for files, as they wish to be asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from pincel.errors import PincelError
from pincel.words.numbers import number

AGENT = "pincel"
MOST_REDIRECTS = 5
LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait; where it asks for more, the file is left out."""
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 (2022) asks for at least 500 kibibytes
_LATER = {408, 425, 429, 500, 502, 503, 504}
_PATIENCE = 15.0  # seconds without a byte
_MEGA = 2**20


@dataclass(frozen=True)
class Fetched:
    """What came: the bytes, where they were in the end, what the server calls them."""

    data: bytes
    place: str
    kind: str = ""


@dataclass
class _Host:
    """What is known of one host: its robots.txt, and when it may be asked again."""

    robots: Any = None
    free_at: float = 0.0
    pause: float = 0.0


@dataclass
class Polite:
    """Fetches files: robots.txt is obeyed (RFC 9309, 2022), every host is asked no more often than
    `rate` times a second and than its Crawl-delay allows, what fails for now is tried again after
    a growing pause or after Retry-After, redirects are followed a few times, also under the rules
    of where they lead, and nothing larger than `most` bytes or slower than `longest` seconds is
    taken.
    """

    rate: float = 1.0
    retries: int = 3
    most: int = 20 * _MEGA
    longest: float = 60.0
    first_pause: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    hosts: dict[str, _Host] = field(default_factory=dict)
    _client: Any = None

    def __enter__(self) -> Polite:
        try:
            import httpx2
            import protego  # noqa: F401
        except ImportError:
            raise PincelError("collect.missing") from None
        from pincel import __version__

        named = {"User-Agent": f"{AGENT}/{__version__}", "Accept-Encoding": "identity"}
        self._client = httpx2.Client(headers=named, timeout=_PATIENCE, follow_redirects=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, place: str) -> Fetched:
        """The file at an address. PincelError says why it is not to be had."""
        for _ in range(MOST_REDIRECTS + 1):
            _check(place)
            host = self._host(place)
            if not host.robots.can_fetch(place, AGENT):
                raise PincelError("collect.why.robots", place=place)
            got = self._asked(place, self.most)
            if isinstance(got, Fetched):
                return got
            after = urljoin(place, got)
            if place.startswith("https:") and not after.startswith("https:"):
                raise PincelError("collect.why.downgrade", place=after)
            place = after
        raise PincelError("collect.why.redirects", most=MOST_REDIRECTS)

    def _host(self, place: str) -> _Host:
        """The host of an address, its rules read when it is met first."""
        from protego import Protego

        parts = urlsplit(place)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = self.hosts.setdefault(origin, _Host(pause=1 / self.rate))
        if host.robots is None:
            host.robots = Protego.parse(self._rules(f"{origin}/robots.txt"))
            host.pause = max(host.pause, min(host.robots.crawl_delay(AGENT) or 0, LONGEST_WAIT))
        return host

    def _rules(self, place: str) -> str:
        """robots.txt: everything is allowed where there is none, nothing where it cannot be read
        for now (RFC 9309, 2.3.1)."""
        for _ in range(MOST_REDIRECTS + 1):
            try:
                got = self._asked(place, _ROBOTS_BYTES, cut=True)
            except _StatusError as error:
                return "" if 400 <= error.status < 500 and error.status != 429 else _NOTHING
            except PincelError:
                return _NOTHING
            if isinstance(got, Fetched):
                return got.data.decode("utf-8", "replace")
            place = urljoin(place, got)
            if urlsplit(place).scheme not in ("http", "https"):
                return ""
        return ""

    def _asked(self, place: str, most: int, cut: bool = False) -> Fetched | str:
        """One file, or where it went; tried again while that may help."""
        import httpx2

        for attempt in range(self.retries + 1):
            self._wait_for(place)
            pause = self.first_pause * 2**attempt
            try:
                return self._once(place, most, cut)
            except _StatusError as error:
                if error.status not in _LATER or attempt == self.retries:
                    raise
                pause = error.wait if error.wait is not None else pause
                if pause > LONGEST_WAIT:
                    raise PincelError("collect.why.wait", seconds=round(pause)) from None
            except httpx2.TransportError as error:
                if attempt == self.retries:
                    key = "slow" if isinstance(error, httpx2.TimeoutException) else "no_answer"
                    raise PincelError(f"collect.why.{key}", seconds=round(_PATIENCE)) from None
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                raise PincelError("collect.why.damaged", why=str(error)) from None
            self.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, place: str, most: int, cut: bool) -> Fetched | str:
        with self._client.stream("GET", place) as answer:
            if answer.is_redirect and answer.headers.get("location"):
                return str(answer.headers["location"])
            if answer.status_code != 200:
                raise _StatusError(answer.status_code, _seconds(answer.headers.get("retry-after")))
            said = answer.headers.get("content-length", "")
            if not cut and said.isdigit() and int(said) > most:
                raise PincelError("collect.why.large", size=_mega(int(said)), most=_mega(most))
            data = self._body(answer, most, cut)
            return Fetched(data, place, answer.headers.get("content-type", "").split(";")[0])

    def _body(self, answer: Any, most: int, cut: bool) -> bytes:
        """The bytes, counted and timed as they come: what a server says of them may be wrong."""
        began, parts, size = self.clock(), [], 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                if cut:
                    break
                raise PincelError("collect.why.larger", most=_mega(most))
            if self.clock() - began > self.longest:
                raise PincelError("collect.why.trickles", seconds=round(self.longest))
        return b"".join(parts)

    def _wait_for(self, place: str) -> None:
        """Until the host may be asked again."""
        parts = urlsplit(place)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = self.hosts.setdefault(origin, _Host(pause=1 / self.rate))
        now = self.clock()
        if host.free_at > now:
            self.sleep(host.free_at - now)
        host.free_at = max(now, host.free_at) + host.pause


_NOTHING = "User-agent: *\nDisallow: /"


class _StatusError(PincelError):
    """An answer that is not the file: its status, and the seconds it asks us to wait."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__("collect.why.status", status=status)
        self.status, self.wait = status, wait


def _check(place: str) -> None:
    try:
        parts = urlsplit(place)
        right = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # a bracket, a port that is no number
        right = False
    if not right:
        raise PincelError("collect.why.scheme", place=place)


def _seconds(said: str | None) -> float | None:
    """Retry-After: seconds, or a date."""
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError):
        return None


def _mega(size: int) -> str:
    return number(size / _MEGA, 1)
