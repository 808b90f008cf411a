"""Decision 0001: who writes files, and that nobody else does."""

from __future__ import annotations

import ast
from pathlib import Path

import pincel

PACKAGE = Path(pincel.__file__).parent
WRITERS = {
    "atomic.py": "the one way to write",
    "going.py": "a run that is cut off its notes, and the tables that grow",
    "saving.py": "results",
    "learn/run.py": "a run its own folder",
    "learn/decoding.py": "data sets that were decoded once",
    "lessons/written/hosted.py": "a tiny pipeline, in a temporary folder",
    "lessons/written/limits.py": "a forged file, in a temporary folder",
    "make/sets/held.py": "files that were fetched once",
    "art/atlas.py": "Atlas.save",
    "art/sprite_files.py": "Sprite.save",
    "art/palettes.py": "Palette.save",
    "pixels/damage.py": "the null device",
    "studio/serve.py": "the studio's folder",
    "studio/sessions.py": "a visitor's files, and what became of their tasks",
    "studio/worker.py": "what a visitor's page draws from",
}
CALLS = {"write_bytes", "write_text", "mkdir", "replace_file", "rename", "unlink"}


def _writes(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("pincel.atomic", "pincel"):
            names = {alias.name for alias in node.names}
            if node.module == "pincel.atomic" or "atomic" in names:
                found.add("atomic")
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in CALLS:
            found.add(name)
        plain = isinstance(node.func, ast.Name) and node.func.id == "open"
        if plain or name == "open":
            modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if any(isinstance(m, str) and set(m) & set("wax") and len(m) <= 3 for m in modes):
                found.add("open")
    return found


def test_nobody_else_writes() -> None:
    writing = {
        path.relative_to(PACKAGE).as_posix(): found
        for path in PACKAGE.rglob("*.py")
        if (found := _writes(ast.parse(path.read_text("utf-8"))))
    }
    assert set(writing) == set(WRITERS), {k: v for k, v in writing.items() if k not in WRITERS}


def test_the_finder_finds() -> None:
    for line in ("open(p, 'w')", "p.open('ab')", "p.write_bytes(b'')", "p.mkdir()"):
        assert _writes(ast.parse(line)), line
    for line in (
        "open(p)",
        "p.open('rb')",
        "Image.open(f, formats=['PNG'])",
        "s.replace('a', 'w')",
    ):
        assert not _writes(ast.parse(line)), line
