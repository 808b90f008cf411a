"""A worker process of the studio: runs one job after another, and stays warm between them.

It reads lines of JSON from standard input (a task; a file to look at; "stop") and writes lines of
JSON to standard output: progress, said, made, failed, end. Files go to the visitor's folder, which
is the working folder of the task.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from pincel import words
from pincel.errors import PincelError
from pincel.studio.strict import dumps

_MOST_NUMBERS = 20_000  # bytes of a result's numbers that are told at once; more is in its file
_MOST_INSIDE = 48_000  # bytes of a view that goes with the event itself
_THUMBNAIL = 160


class _StoppedError(Exception):
    pass


def main() -> None:
    """Serve until standard input ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no event
    with contextlib.suppress(OSError, AttributeError):
        os.nice(0 if sys.argv[1:] == ["quick"] else 5)
    asked: queue.Queue[dict[str, Any] | None] = queue.Queue()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(asked, stop), daemon=True).start()
    sys.addaudithook(_stay_here)
    _warm(quick=sys.argv[1:] == ["quick"])
    while (line := asked.get()) is not None:
        _serve(line, stop, out)
        stop.clear()


def _stay_here(event: str, given: tuple[Any, ...]) -> None:
    """No job of the studio asks anything outside of this machine, whatever library it uses."""
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        host = str(given[1][0])
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise PermissionError(words.say("studio.no_network", host=host))


def _listen(asked: queue.Queue[dict[str, Any] | None], stop: threading.Event) -> None:
    for text in sys.stdin:
        line = json.loads(text)
        if line.get("stop"):
            stop.set()
        else:
            asked.put(line)
    asked.put(None)
    os._exit(0)  # the server went away: nobody waits for what is being done


def _warm(quick: bool) -> None:
    """Import what is needed most, before it is asked for."""
    import pincel.jobs as jobs
    from pincel import limits, saving  # noqa: F401

    for name in ("pixelate", "restore", "score", "inspect"):
        jobs.load(name)
    with contextlib.suppress(Exception):
        _first_sprite()
    if not quick:
        with contextlib.suppress(ImportError):
            import torch

            torch.set_num_threads(1)


def _first_sprite() -> None:
    import numpy as np

    from pincel.calls import call

    grey = np.linspace(0, 255, 64 * 64 * 3).reshape(64, 64, 3).astype(np.uint8)
    call("pixelate", grey, width=16)


def _serve(line: dict[str, Any], stop: threading.Event, out: TextIO) -> None:
    """One task from its first event to its end."""

    def tell(event: str, **what: Any) -> None:
        if stop.is_set() and event != "end":
            raise _StoppedError
        told = {"task": line["task"], "event": event, **what}
        out.write(dumps(told) + "\n")
        out.flush()

    words.use(line["language"])
    os.chdir(line["folder"])
    state, why, more = "done", "", {}
    try:
        if "look" in line:
            more = {"about": _looked_at(Path(line["look"]))}
        else:
            touching = line["job"].startswith("touch:")
            state = _touch(line, tell) if touching else _run(line, tell)
    except _StoppedError:
        state = "stopped"
    except PincelError as error:
        state, why = "failed", str(error)
    except MemoryError:
        state, why = "failed", words.say("studio.memory")
    except Exception as error:  # a fault of ours: the page says so and goes on
        state, why = "failed", words.say("studio.fault", kind=type(error).__name__, why=str(error))
    tell("end", state=state, why=why, **more)


def _run(line: dict[str, Any], tell: Any) -> str:
    import pincel.jobs as jobs
    from pincel import limits
    from pincel.job import Failed, Made, Progress, Said
    from pincel.saving import Saver

    job = limits.build(jobs.load(line["job"]), _tuples(line["settings"]))
    saver = Saver(job, f"{line['out']}/", force=True)
    events = iter(job.run())
    failed = made = 0
    try:
        for event in events:
            if isinstance(event, Progress):
                tell("progress", done=event.done, total=event.total, text=event.text)
            elif isinstance(event, Said):
                tell("said", text=event.text)
            elif isinstance(event, Failed):
                failed += 1
                tell("failed", name=event.name, why=str(event.error))
            elif isinstance(event, Made):
                made += 1
                tell("made", made=_kept(line, event, saver, made))
        with contextlib.suppress(PincelError):  # an answer in lines has no files
            saver.close()
    finally:
        close = getattr(events, "close", None)
        if close:
            close()
    return "failed" if failed and not made else "done"


def _touch(line: dict[str, Any], tell: Any) -> str:
    """Something small that a room asks and that is no job."""
    from pincel.studio.touch import touch_answer

    name = line["job"].partition(":")[2]
    parts = touch_answer(name, _tuples(line["settings"]))
    files, inside = _viewed(Path(line["out"]), 1, parts)
    told = {"name": name, "files": files, "numbers": {}, "lines": [], "view": inside}
    tell("made", made=told)
    return "done"


def _kept(line: dict[str, Any], made: Any, saver: Any, number: int) -> dict[str, Any]:
    """Write a result's files, those that the page draws from too, and say what there is."""
    from pincel.studio.views import has_view, views_of_result

    out = Path(line["out"])
    drawn = line.get("drawn") and has_view(saver.job)  # by the page: charts would only cost time
    kept = [] if drawn else [path.relative_to(out).as_posix() for path in saver.save(made)]
    files = [{"name": name, "size": (out / name).stat().st_size} for name in kept]
    shown, inside = _viewed(out, number, views_of_result(saver.job, made))
    numbers = dumps(made.numbers)
    return {
        "name": made.name,
        "files": files + shown,
        "numbers": made.numbers if len(numbers) < _MOST_NUMBERS else {},
        "lines": list(made.lines),
        "view": inside,
    }


def _viewed(
    out: Path, number: int, parts: Iterable[tuple[str, bytes]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What the page draws from, written; the small ones also as text, to be told at once."""
    files, inside = [], {}
    for name, data in parts:
        path = out / "view" / f"{number}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        files.append({"name": f"view/{path.name}", "size": len(data)})
        if len(data) <= _MOST_INSIDE:
            inside[name] = base64.b64encode(data).decode()
    return files, inside


def _tuples(settings: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}


def _looked_at(path: Path) -> dict[str, Any]:
    """What the readers say of a file: its size and frames, and a thumbnail beside it."""
    from pincel.pixels.open import SUFFIXES, open_picture

    if path.is_dir() or path.suffix.lower() not in SUFFIXES:
        return {}
    picture = open_picture(path, at_most=(1024, 1024))
    shown = _shown(picture)
    (path.parent / ".thumb.png").write_bytes(_small(shown))
    (path.parent / ".shown.png").write_bytes(_png(shown))
    return {
        "width": picture.width,
        "height": picture.height,
        "frames": len(picture.frames),
        "shown": [shown.shape[1], shown.shape[0]],
    }


def _shown(picture: Any) -> Any:
    """The first frame as RGBA, by whole steps."""
    from pincel.studio.preview_size import step_of

    rgba = picture.rgba
    step = step_of(*rgba.shape[:2])
    return rgba[::step, ::step]


def _small(rgba: Any) -> bytes:
    import numpy as np
    from PIL import Image

    height, width = rgba.shape[:2]
    scale = _THUMBNAIL / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX
    return _png(np.asarray(Image.fromarray(rgba).resize(size, how)))


def _png(rgba: Any) -> bytes:
    from pincel.pixels.encode import png

    return png(rgba)


if __name__ == "__main__":
    main()
