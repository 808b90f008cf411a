"""The job that lists what was trained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from pincel.errors import PincelError
from pincel.job import Event, Job, Made, setting
from pincel.words import say


class Runs(Job):
    """Every training below a folder: family, data, progress, accuracy. Needs no torch."""

    gives: ClassVar[str] = "list[dict[str, Any]]"

    runs: Path | None = setting(None, positional=True)

    def run(self) -> Iterator[Event]:
        from pincel.learn.free_places import runs_folder

        root = self.runs if self.runs is not None else runs_folder()
        if self.runs is not None and not root.is_dir():
            raise PincelError("runs.no_folder", folder=root)
        rows = [_row(path.parent, root) for path in sorted(root.glob("**/run.json"))]
        lines = _table(rows) if rows else [say("runs.none", folder=root)]
        yield Made("runs", rows, numbers={"runs": rows}, lines=tuple(lines))


def _row(folder: Path, root: Path) -> dict[str, Any]:
    """What a run's files say. A file that is being written or damaged says nothing."""
    name = folder.relative_to(root).as_posix() if folder != root else folder.name
    try:
        asked = json.loads((folder / "run.json").read_text("utf-8"))
        family, data = str(asked["family"]), str(asked["data"]["name"])
        epochs = int(asked["recipe"]["epochs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {"name": name, "state": "damaged"}
    entries = _entries(folder / "metrics.jsonl")
    done = entries[-1]["epoch"] if entries else 0
    finished = (folder / "page.html").exists()
    return {
        "name": name,
        "family": family,
        "data": data,
        "epochs": epochs,
        "done": done,
        "val_accuracy": max(
            (e["val_accuracy"] for e in entries if "val_accuracy" in e), default=None
        ),
        **(_tested(folder / "best.safetensors") if finished else _UNTESTED),
        "seconds": entries[-1]["seconds"] if entries else 0.0,
        "state": "finished" if finished else "open",
    }


def _entries(path: Path) -> list[dict[str, Any]]:
    found = []
    try:
        for line in path.read_bytes().split(b"\n")[:-1]:
            entry = json.loads(line)
            if "epoch" in entry and "seconds" in entry:
                found.append(entry)
    except (OSError, ValueError):
        return found
    return found


_UNTESTED: dict[str, float | None] = {"test_accuracy": None, "test_balanced": None}


def _tested(path: Path) -> dict[str, float | None]:
    """The test figures from a model's header: eight bytes of length, then JSON."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > 64 * 1024 * 1024:
                return _UNTESTED
            header = json.loads(file.read(length))
        test = json.loads(header["__metadata__"]["pincel"])["about"]["metrics"]["test"]
        return {"test_accuracy": test["accuracy"], "test_balanced": test.get("balanced")}
    except (OSError, ValueError, KeyError, TypeError):
        return _UNTESTED


def _table(rows: list[dict[str, Any]]) -> list[str]:
    from pincel.words.numbers import number

    def percent(value: float | None) -> str:
        return "–" if value is None else f"{number(100 * value, 2)} %"

    head = [
        say(f"runs.head.{k}")
        for k in ("name", "family", "data", "epochs", "val", "test", "balanced", "state")
    ]
    cells = [head]
    for row in rows:
        if row["state"] == "damaged":
            cells.append([row["name"], "–", "–", "–", "–", "–", "–", say("runs.state.damaged")])
            continue
        cells.append([
            row["name"], row["family"], row["data"], f"{row['done']}/{row['epochs']}",
            *(percent(row[k]) for k in ("val_accuracy", "test_accuracy", "test_balanced")),
            say(f"runs.state.{row['state']}"),
        ])  # fmt: skip
    wide = [max(len(line[i]) for line in cells) for i in range(len(head))]
    return [
        "  ".join(c.ljust(w) for c, w in zip(line, wide, strict=True)).rstrip() for line in cells
    ]
