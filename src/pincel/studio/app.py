"""The addresses that the studio answers. Everything comes through the door (`door.py`) first."""

from __future__ import annotations

import hashlib
import html
import io
import json
import mimetypes
import re
import secrets
import zipfile
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, chdir
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import pincel.jobs as jobs
from pincel import limits, words
from pincel.errors import PincelError
from pincel.lessons.way import ways
from pincel.studio import runs, taught, touch
from pincel.studio.door import Door, own_names
from pincel.studio.forms import HIDDEN, forms
from pincel.studio.offers import offers
from pincel.studio.openapi import openapi
from pincel.studio.sessions import AskedJob, Session
from pincel.studio.taken import taken
from pincel.studio.tasks import Queue

SESSION_COOKIE = "pincel_session"
_MOST_SETTINGS = 2 * 2**20  # bytes of a task's settings
_STATIC = resources.files(__package__) / "static"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
          ".png": "image/png", ".html": "text/html; charset=utf-8", ".webp": "image/webp",
          ".ico": "image/x-icon", ".json": "application/json", ".gif": "image/gif",
          ".csv": "text/csv; charset=utf-8",
          ".txt": "text/plain; charset=utf-8", ".apng": "image/apng"}  # fmt: skip
_SHOWN = frozenset({".png", ".gif", ".webp", ".apng", ".json", ".csv", ".html"})


class Visitors:
    """All visitors of one studio. With `own` whoever comes is the same person, this machine's;
    else each browser has a folder of its own."""

    def __init__(self, folder: Path, processes: int, own: bool) -> None:
        self.folder = folder
        self.own = own
        self.queue = Queue(processes)
        self._sessions: dict[str, Session] = {}

    def session(self, request: Request) -> Session:
        """The visitor's own, by the cookie that the page set."""
        name = "me" if self.own else request.cookies.get(SESSION_COOKIE, "")
        if not self.own and not re.fullmatch(r"[A-Za-z0-9_-]{22}", name):
            raise PincelError("studio.no_session")
        if name not in self._sessions:
            self._sessions[name] = Session(self.folder if self.own else self.folder / name)
        return self._sessions[name]


def app(
    studio: Visitors, token: str | None = None, names: frozenset[str] | None = None
) -> Starlette:
    """The studio as an ASGI app, behind its door."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await studio.queue.warm()
        yield
        await studio.queue.close()

    door = Middleware(Door, token=token, names=own_names() if names is None else names)
    made = Starlette(
        routes=_routes(),
        middleware=[door, Middleware(GZipMiddleware, minimum_size=1024)],
        lifespan=lifespan,
        exception_handlers={PincelError: _refused},
    )
    made.state.studio = studio
    return made


def _routes() -> list[Route]:
    return [
        Route("/", studio_page),
        Route("/assets/{name}", asset),
        Route("/api/openapi.json", described_api),
        Route("/api/forms", formed),
        Route("/api/offers", offered),
        Route("/api/state", stated),
        Route("/api/events", events),
        Route("/api/files", send_file, methods=["POST"]),
        Route("/api/folders", send_folder, methods=["POST"]),
        Route("/api/files/{file}", forget_file, methods=["DELETE"]),
        Route("/api/files/{file}/{what}", file_part),
        Route("/api/lessons", lesson_list),
        Route("/api/lessons/{name}", lesson_told),
        Route("/api/runs", run_list),
        Route("/api/runs/{name}/metrics", run_metrics),
        Route("/api/runs/{name}/files/{path:path}", run_file),
        Route("/api/tasks/{job}", ask, methods=["POST"]),
        Route("/api/touch/{name}", touched_by_slider, methods=["POST"]),
        Route("/api/tasks/{task}", stop, methods=["DELETE"]),
        Route("/api/tasks/{task}/all.zip", zipped),
        Route("/api/tasks/{task}/files/{path:path}", result),
    ]


async def _refused(_: Request, error: Exception) -> Response:
    large = isinstance(error, PincelError) and error.key == "studio.too_large"
    return JSONResponse({"error": str(error)}, 413 if large else 400)


def _here(request: Request) -> tuple[Visitors, Session]:
    language = request.query_params.get("language", "")
    words.use(language if language in words.LANGUAGES else None)
    studio: Visitors = request.app.state.studio
    return studio, studio.session(request)


# ------------------------------------------------------------------------------------ the page


async def studio_page(request: Request) -> Response:
    """The page; a browser that comes for the first time gets its own folder."""
    studio: Visitors = request.app.state.studio
    answer = Response((_STATIC / "index.html").read_bytes(), media_type="text/html")
    answer.headers["cache-control"] = "no-cache"
    if not studio.own and not request.cookies.get(SESSION_COOKIE):
        fresh = secrets.token_urlsafe(16)
        answer.set_cookie(SESSION_COOKIE, fresh, httponly=True, samesite="strict", path="/")
    return answer


async def asset(request: Request) -> Response:
    """A file of the built page; its name holds its hash, so that it may be kept for ever."""
    name = request.path_params["name"]
    held = _STATIC / "assets" / name
    if "/" in name or name.startswith(".") or not held.is_file():
        return Response(status_code=404)
    kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(held.read_bytes(), media_type=kind, headers=kept)


async def described_api(request: Request) -> Response:
    return JSONResponse(openapi())


async def formed(request: Request) -> Response:
    return JSONResponse(forms())


async def offered(request: Request) -> Response:
    return JSONResponse(offers(_here(request)[1]))


# ------------------------------------------------------------------------------- state, events


async def stated(request: Request) -> Response:
    return JSONResponse(_here(request)[1].state())


async def events(request: Request) -> Response:
    """One stream for a page: all of a visitor's tasks and files, numbered."""
    session = _here(request)[1]
    known = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    after = int(known) if known.isdecimal() else 0
    kept = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(session.listen(after), media_type="text/event-stream", headers=kept)


# --------------------------------------------------------------------------------------- files


async def send_file(request: Request) -> Response:
    """A file's bytes, as they are; opened by the same readers as any other picture."""
    studio, session = _here(request)
    into = request.query_params.get("into")
    sent = await session.keep(request.query_params.get("name", ""), into, request.stream())
    if not sent.folder:
        studio.queue.look_at(session, sent.id)
    return JSONResponse(asdict(sent), 201)


async def send_folder(request: Request) -> Response:
    session = _here(request)[1]
    return JSONResponse(asdict(session.new_folder(request.query_params.get("name", ""))), 201)


async def forget_file(request: Request) -> Response:
    _here(request)[1].forget(request.path_params["file"])
    return JSONResponse({})


async def file_part(request: Request) -> Response:
    """A sent picture as the readers saw it: its thumbnail, or its first frame as PNG."""
    session = _here(request)[1]
    place = session.folder / session.place(request.path_params["file"])
    parts = {"thumb": ".thumb.png", "shown": ".shown.png"}
    part = place.parent / parts.get(request.path_params["what"], ".")
    if not part.is_file():
        return Response(status_code=404)
    return FileResponse(part, media_type="image/png", headers={"cache-control": "no-cache"})


# ------------------------------------------------------------------------------------ lessons


async def lesson_list(request: Request) -> Response:
    return JSONResponse({"lessons": taught.all_lessons(), "ways": ways()})


async def lesson_told(request: Request) -> Response:
    _here(request)
    return JSONResponse(taught.one_lesson(request.path_params["name"]))


# ---------------------------------------------------------------------------------- trainings


async def run_list(request: Request) -> Response:
    return JSONResponse(runs.all_runs(_here(request)[1]))


async def run_metrics(request: Request) -> Response:
    return JSONResponse(runs.metrics(_here(request)[1], request.path_params["name"]))


async def run_file(request: Request) -> Response:
    given = request.path_params
    path = runs.file_of_run(_here(request)[1], given["name"], given["path"])
    if path is None:
        return Response(status_code=404)
    return _served(path, "download" in request.query_params)


# --------------------------------------------------------------------------------------- tasks


async def ask(request: Request) -> Response:
    """Put a job in the queue; its settings are checked at once."""
    session = _here(request)[1]
    sent = await _json(request)
    name = request.path_params["job"]
    job = jobs.load(name)
    settings = taken(sent, session.place)
    for hidden in HIDDEN & settings.keys():
        raise PincelError("studio.hidden", name=hidden)
    with chdir(
        session.folder
    ):  # where the workers stand: some settings are read as they are checked
        limits.build(job, settings)
    return _queued(request, name, settings, sent)


async def touched_by_slider(request: Request) -> Response:
    """What a slider asks that is no job (`pincel.studio.touch`)."""
    session = _here(request)[1]
    sent = await _json(request)
    name = request.path_params["name"]
    settings = touch.checked_settings(name, taken(sent, session.place))
    return _queued(request, f"touch:{name}", settings, sent)


async def _json(request: Request) -> Any:
    body = await request.body()
    if len(body) > _MOST_SETTINGS:
        raise PincelError("studio.not_settings")
    try:
        return json.loads(body or b"{}")
    except ValueError:
        raise PincelError("studio.not_settings") from None


def _queued(request: Request, name: str, settings: dict[str, Any], sent: Any) -> Response:
    studio, session = _here(request)
    given = request.query_params
    more = {"lane": given.get("lane", "")[:80], "room": given.get("room", "")[:40]}
    task = session.new_task(name, settings, language=words.language(), **more)
    task.asked = sent
    studio.queue.ask(session, task)
    return JSONResponse(asdict(task), 201)


async def stop(request: Request) -> Response:
    """Stop a task; with `forget`, one that is over goes with what it made."""
    studio, session = _here(request)
    task = _task(request, session)
    if task.over and "forget" in request.query_params:
        session.drop(task.id)
    else:
        await studio.queue.stop(session, task.id)
    return JSONResponse(asdict(task))


def _task(request: Request, session: Session) -> AskedJob:
    number = request.path_params["task"]
    if number not in session.tasks:
        raise PincelError("studio.no_task", task=number[:40])
    return session.tasks[number]


async def result(request: Request) -> Response:
    """A file that a task made. A page is sealed off: it may run the script that stands in it and
    load nothing."""
    session = _here(request)[1]
    task = _task(request, session)
    root = session.results(task).resolve()
    path = (root / request.path_params["path"]).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return Response(status_code=404)
    return _served(path, "download" in request.query_params)


def _served(path: Path, wanted: bool) -> Response:
    """A file that a job made, to be shown or (`wanted`) to be taken away."""
    suffix = path.suffix.lower()
    kind = _KINDS.get(suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": "no-cache"}
    if suffix == ".html" and not wanted:
        data = path.read_bytes()
        headers["content-security-policy"] = _sealed(data)
        return Response(data, media_type=kind, headers=headers)
    download = wanted or suffix not in _SHOWN
    return FileResponse(
        path, media_type=kind, headers=headers, filename=path.name if download else None
    )


def _sealed(data: bytes) -> str:
    """The policy for a page that a job made: its own scripts, styles and style attributes, by
    their hashes."""

    def blocks(tag: bytes) -> list[bytes]:
        found: list[bytes] = re.findall(rb"<" + tag + rb"\b[^>]*>(.*?)</" + tag + rb">", data, re.S)
        return found

    attributes = [html.unescape(one.decode()).encode() for one in _STYLED.findall(data)]
    styles = _hashes(blocks(b"style") + attributes) + (" 'unsafe-hashes'" if attributes else "")
    return (
        f"sandbox allow-scripts allow-downloads; default-src 'none'; img-src data:; "
        f"script-src {_hashes(blocks(b'script'))}; style-src {styles}; frame-ancestors 'self'"
    )


_STYLED = re.compile(rb'\sstyle="([^"]*)"')


def _hashes(blocks: list[bytes]) -> str:
    found = (b64encode(hashlib.sha256(one).digest()).decode() for one in dict.fromkeys(blocks))
    return " ".join(f"'sha256-{one}'" for one in found) or "'none'"


async def zipped(request: Request) -> Response:
    """All that a task made, in one file."""
    session = _here(request)[1]
    task = _task(request, session)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for made in task.made:
            for file in made["files"]:
                if not file["name"].startswith("view/"):
                    pack.write(session.results(task) / file["name"], file["name"])
    named = {"content-disposition": f'attachment; filename="{task.job}-{task.id}.zip"'}
    return Response(held.getvalue(), media_type="application/zip", headers=named)
