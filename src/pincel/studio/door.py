"""Who may come in, and what the page may load: one door before all addresses.

Against DNS rebinding the Host must be this machine by number or by one of its own names; against
other pages of the same browser, Origin and Sec-Fetch-Site must be ours and whatever changes
something carries a header that no form can send; beyond this machine a token is asked once and
kept in a cookie that scripts cannot read. The page may load nothing from anywhere else.
"""

from __future__ import annotations

import hmac
import ipaddress
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pincel import words
from pincel.errors import PincelError

LARGEST = 64 * 2**20
HEADER = "x-pincel"
TOKEN_COOKIE = "pincel_token"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; frame-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
}


def own_names() -> frozenset[str]:
    """The names under which this machine may be asked for, in lower case."""
    name = socket.gethostname().lower()
    return frozenset({"localhost", name, f"{name.partition('.')[0]}.local"} - {""})


@dataclass(frozen=True)
class Door:
    """An ASGI app before the app: lets a request through, or answers it with one sentence.

    token  asked where the studio listens beyond this machine; None: nobody else can come
    names  host names that are this machine's own
    """

    app: ASGIApp
    token: str | None = None
    names: frozenset[str] = field(default_factory=own_names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope)
        answering = _with_headers(send)
        try:
            self._check_place(request.headers)
            if self.token is not None and not self._knows(request):
                entered = self._enter(request)
                await entered(scope, receive, answering)
                return
            _check_origin(request)
            await self.app(scope, _measured(request.headers, receive), answering)
        except PincelError as refused:
            status = 413 if refused.key == "studio.too_large" else 403
            await _refusal(request, refused, status)(scope, receive, answering)

    def _check_place(self, headers: Headers) -> None:
        """A rebound name is some stranger's name: numbers and our own names are not."""
        host = headers.get("host", "")
        name = (urlsplit(f"//{host}").hostname or "").lower()
        if name not in self.names and not _is_address(name):
            raise PincelError("studio.wrong_host", host=host[:80])

    def _knows(self, request: Request) -> bool:
        return self._same(request.cookies.get(TOKEN_COOKIE, ""))

    def _same(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self.token or "").encode())

    def _enter(self, request: Request) -> JSONResponse | RedirectResponse:
        """The first visit brings the token in the address; the cookie then stands for it."""
        given = request.query_params.get("token", "")
        if request.method != "GET" or not self._same(given):
            raise PincelError("studio.no_token")
        answer = RedirectResponse(request.url.path, 303)
        answer.set_cookie(TOKEN_COOKIE, given, httponly=True, samesite="strict", path="/")
        return answer


def _refusal(
    request: Request, refused: PincelError, status: int
) -> JSONResponse | PlainTextResponse:
    """For a person who came by an address the sentence alone, in their language; else JSON."""
    if request.headers.get("sec-fetch-mode") != "navigate":
        return JSONResponse({"error": str(refused)}, status)
    spanish = request.headers.get("accept-language", "").lower().startswith("es")
    words.use("es" if spanish else "en")
    return PlainTextResponse(str(refused), status)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _check_origin(request: Request) -> None:
    headers = request.headers
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    opened = request.method == "GET" and headers.get("sec-fetch-mode") == "navigate"
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise PincelError("studio.wrong_origin", origin=origin[:80])
    if site is not None and site not in ("same-origin", "none") and not opened:
        raise PincelError("studio.wrong_origin", origin=site)
    if opened and site not in (None, "same-origin", "none") and request.url.path != "/":
        raise PincelError("studio.wrong_origin", origin=site or "")
    if request.method not in ("GET", "HEAD") and headers.get(HEADER) is None:
        raise PincelError("studio.no_header", header=HEADER)


def _measured(headers: Headers, receive: Receive) -> Receive:
    """No more bytes than allowed, whatever the sender said beforehand."""
    said = headers.get("content-length", "0")
    if said.isdecimal() and int(said) > LARGEST:
        raise PincelError("studio.too_large", most=LARGEST >> 20)
    came = 0

    async def one() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST:
            raise PincelError("studio.too_large", most=LARGEST >> 20)
        return message

    return one


def _with_headers(send: Send) -> Send:
    async def one(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", POLICY)
        await send(message)

    return one
