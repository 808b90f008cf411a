"""Starting the studio: the port, the token, the browser."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pincel.errors import PincelError

if TYPE_CHECKING:
    from pincel.studio.studio import Studio

_TRIED = 20  # ports after the one that is taken


@dataclass(frozen=True)
class Served:
    """A studio that answers. `address` opens it, with the token where one is needed."""

    address: str
    token: str | None
    server: Any
    thread: threading.Thread

    def until_stopped(self) -> None:
        """Wait until the person interrupts."""
        with suppress(KeyboardInterrupt):
            while self.thread.is_alive():
                self.thread.join(0.5)

    def stop(self) -> None:
        self.server.should_exit = True
        self.server.force_exit = True  # streams of open pages would never end
        self.thread.join(10)


@contextmanager
def serving(asked: Studio) -> Iterator[Served]:
    """The studio, answering from the moment this is entered until it is left."""
    import uvicorn

    from pincel.studio.app import Visitors, app

    alone = _is_alone(asked.host)
    token = asked.token if alone else asked.token or secrets.token_urlsafe(9)
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # pages that go away are no news
    asked.folder.mkdir(parents=True, exist_ok=True)
    visitors = Visitors(asked.folder.absolute(), asked.processes, own=alone and not token)
    with closing(_listening(asked.host, asked.port)) as open_socket:
        config = uvicorn.Config(
            app(visitors, token),
            log_level="critical",
            lifespan="on",
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([open_socket],), daemon=True)
        thread.start()
        address = _address(asked.host, open_socket.getsockname()[1], token)
        served = Served(address, token, server, thread)
        _ended_by_signal()
        if asked.browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            yield served
        finally:
            served.stop()


def _is_alone(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    """A socket on the port, or on one of the next where another program has it."""
    for one in range(port, port + _TRIED if port else 1):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, one))
            made.listen(256)
            return made
        except (OSError, OverflowError) as error:
            made.close()
            last = error
    raise PincelError("studio.no_port", host=host, port=port, why=str(last))


def _address(host: str, port: int, token: str | None) -> str:
    if host in ("0.0.0.0", "::"):
        host = _own_number()
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


def _own_number() -> str:
    """This machine's address as its neighbours see it (no packet is sent)."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
            return str(asking.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _ended_by_signal() -> None:
    """A `kill` ends the studio as an interrupt does: its workers end too."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
