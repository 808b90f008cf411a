"""One meaning a word: no class, public function or module is called like another one.

What has one name on purpose stands in `PROTOCOLS`: each says in which folders the name is asked
for, and what it then means. The rest of today stands in `words_once_exceptions.json`, which may
only shrink: nothing new comes in, and what has a name of its own is taken out (`--shrink` does
that; it never adds).

A module may be called like another one where both are about the same thing and stand in different
`ROOMS`: a job, what the studio shows of it, its chart, the network, the format, the work itself.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections import defaultdict
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("words_once_exceptions.json")

FORMATS = ("art/files/*", "learn/labels/*", "pixels/apng.py", "pixels/gif.py", "pixels/png.py",
           "pixels/tiff.py")  # fmt: skip
TAUGHT = ("show/learn/tasks/*", "show/learn/twofold.py")
PROTOCOLS = {
    # what a family of networks has (`nets._family`)
    "class": {"Config": ("nets/*",), "Net": ("nets/*",)},
    "function": {
        **dict.fromkeys(("recipe", "suited", "preparation", "start", "fit", "watch"), ("nets/*",)),
        # what a format of files has (`art.files`, `learn.labels`, `pixels.open`)
        **dict.fromkeys(("read", "write", "fits", "knows", "describe"), FORMATS),
        **dict.fromkeys(("plays", "patches", "read_values"), FORMATS),
        # what the studio shows of a job, and what a slider asks
        "view": ("studio/views/*",),
        "touch": ("studio/touch/*",),
        # what a way of teaching measures, and what it leaves at the end
        **dict.fromkeys(("judged", "answers"), ("learn/tasks/*",)),
        **dict.fromkeys(("files", "lines", "numbers"), TAUGHT),
        # what a folder, or a file, of named things is asked
        "names": ("*/__init__.py", "art/palettes.py", "art/reference.py", "lessons/lesson.py"),
        "load": ("*/__init__.py",),
        # where a process begins
        "main": ("cli.py", "studio/worker.py"),
    },
}
ROOMS = {
    "jobs": ("jobs/*",),
    "studio": ("studio/views/*", "studio/touch/*"),
    "teaching": ("learn/tasks/*",),
    "its end": ("show/learn/tasks/*",),
    "show": ("show/*",),
    "palettes": ("art/files/palettes/*",),
    "sheets": ("art/files/sheets/*",),
    "sprites": ("art/files/sprites/*",),
    "labels": ("learn/labels/*",),
    "families": ("nets/*",),
    "work": ("*",),
}
"""The first that fits is a module's room."""


def _room(file: str) -> str:
    return next(room for room, folders in ROOMS.items() if _within(file, folders))


def _within(file: str, folders: tuple[str, ...]) -> bool:
    return any(fnmatch(file, folder) for folder in folders)


def survey(folder: Path = ROOT / "src" / "pincel") -> dict[str, list[str]]:
    """Every name that stands for several things: {"class Layer": ["a.py", "b.py"]}."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        file = path.relative_to(folder).as_posix()
        if file.startswith("lessons/written/"):
            continue
        if path.stem != "__init__":
            found[f"module {path.stem} of {_room(file)}"].append(file)
        tree = ast.parse(path.read_text("utf-8"))
        classes = [("class", n) for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
        plain = (ast.FunctionDef, ast.AsyncFunctionDef)
        functions = [("function", n) for n in tree.body if isinstance(n, plain)]
        for kind, node in classes + [one for one in functions if one[1].name[0] != "_"]:
            if not _within(file, PROTOCOLS[kind].get(node.name, ())):
                found[f"{kind} {node.name}"].append(file)
    return {name: files for name, files in sorted(found.items()) if len(files) > 1}


def complaints(found: dict[str, list[str]], listed: dict[str, list[str]]) -> list[str]:
    """One line for each name that has come to stand for more things, or for fewer and is still
    listed."""
    told = []
    for name, files in found.items():
        if new := sorted(set(files) - set(listed.get(name, ()))):
            others = ", ".join(one for one in files if one not in new) or "one another"
            told.append(f"{name}: {', '.join(new)} beside {others}; call one of them otherwise")
    for name, files in listed.items():
        if gone := sorted(set(files) - set(found.get(name, ()))):
            told.append(f"{name}: no longer in {', '.join(gone)}; run tools/words_once.py --shrink")
    return told


def main() -> int:
    """Print what breaks the rule (exit code 1), or shrink the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shrink", action="store_true", help="take out what has its own name")
    found, listed = survey(), json.loads(LISTED.read_text("utf-8"))
    if parser.parse_args().shrink:
        kept = {
            name: [f for f in files if f in found.get(name, ())] for name, files in listed.items()
        }
        listed = {name: files for name, files in kept.items() if len(files) > 1}
        LISTED.write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    told = complaints(found, listed)
    print("\n".join(told) or f"one meaning a word: kept, {len(listed)} exceptions are left")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
