"""A server on loopback that does what servers on the net do: slow, broken, huge, elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """What a server answers, and what it was asked.

    files     path -> bytes, or (status, headers, bytes), or a list of these: one for each time
    asked     the paths in the order of asking
    times     when
    """

    files: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    root: str = ""
    late: float = 0.0
    """Seconds between the halves of a body under /slow."""


@contextmanager
def site(files: dict | None = None) -> Iterator[Site]:
    """A site that runs while it is used."""
    told = Site(dict(files or {}))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.times.append(time.monotonic())
            told.agents.add(self.headers["User-Agent"])
            answer = told.files.get(self.path, (404, {}, b"no such thing"))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if callable(answer):
                answer = answer(self)
                if answer is None:
                    self.close_connection = True
                    return
            status, headers, data = answer if isinstance(answer, tuple) else (200, {}, answer)
            self.send_response(status)
            if "Content-Length" not in headers:
                headers = {**headers, "Content-Length": str(len(data))}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.path.startswith("/slow"):
                for part in (data[: len(data) // 2], data[len(data) // 2 :]):
                    self.wfile.write(part)
                    self.wfile.flush()
                    time.sleep(told.late)
            else:
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
