"""What the page shows of a training while it goes on, and afterwards: its curves and its report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pincel.errors import PincelError
from pincel.studio.sessions import Session

_SHOWN = re.compile(r"(page\.html|curves\.png|best\.safetensors|metrics\.jsonl|samples/[\w.-]+)")


def all_runs(session: Session) -> list[dict[str, Any]]:
    """Every training of this visitor: its name, family, data, and whether it has ended."""
    found = []
    for path in sorted(session.folder.glob("runs/*/run.json")):
        try:
            asked = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        found.append(
            {
                "name": path.parent.name,
                "family": asked.get("family"),
                "data": (asked.get("data") or {}).get("name"),
                "classes": asked.get("classes") or [],
                "epochs": (asked.get("recipe") or {}).get("epochs"),
                "finished": (path.parent / "page.html").exists(),
            }
        )
    return found


def metrics(session: Session, name: str) -> list[dict[str, Any]]:
    """The whole lines of a run's log so far."""
    path = _folder(session, name) / "metrics.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1] if line.strip()]


def file_of_run(session: Session, name: str, file: str) -> Path | None:
    """A file of a run that may be seen."""
    path = _folder(session, name) / file
    return path if _SHOWN.fullmatch(file) and path.is_file() else None


def _folder(session: Session, name: str) -> Path:
    folder = session.folder / "runs" / name
    if not re.fullmatch(r"[\w][\w .,=+-]*", name) or not folder.is_dir():
        raise PincelError("studio.no_run", name=name[:60])
    return folder
