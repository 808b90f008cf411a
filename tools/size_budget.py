"""The size budget: 40 lines a function, 400 a file, 6 parameters (without self). Today's exceptions
stand in `size_exceptions.json`, which may only shrink: nothing new comes in, nothing in it grows,
and what has become small is taken out (`--shrink` does that; it never adds).
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("size_exceptions.json")
MOST = {"lines of a file": 400, "lines of a function": 40, "parameters": 6}


def measured(folder: Path = ROOT / "src" / "pincel") -> dict[str, int]:
    """What is over the budget: {"lines of a function: art/atlas.py pack": 66}."""
    over = {}
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text("utf-8")
        name = path.relative_to(folder).as_posix()
        lines = text.split("\n")[:-1]
        if name.startswith("lessons/written/"):  # its text, in two languages, stands in comments
            lines = [line for line in lines if not line.startswith("#")]
        sizes = [("lines of a file", name, len(lines))]
        for node, place in _functions(ast.parse(text), name):
            sizes.append(("lines of a function", place, node.end_lineno - node.lineno + 1))
            sizes.append(("parameters", place, _parameters(node)))
        over |= {f"{kind}: {place}": n for kind, place, n in sizes if n > MOST[kind]}
    return over


def _functions(tree: ast.AST, place: str):
    for node in ast.iter_child_nodes(tree):
        named = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        inside = f"{place} {node.name}" if named else place
        if named and not isinstance(node, ast.ClassDef):
            yield node, inside
        yield from _functions(node, inside)


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([one for one in given if one.arg not in ("self", "cls")])


def complaints(over: dict[str, int], listed: dict[str, int]) -> list[str]:
    """One line for everything that breaks the budget or the rule that the list only shrinks."""
    found = []
    for what, size in over.items():
        allowed = listed.get(what, MOST[what.partition(":")[0]])
        if size > allowed:
            found.append(f"{what}: {size}, allowed {allowed}")
    for what, size in listed.items():
        if over.get(what, 0) < size:
            found.append(f"{what}: listed with {size}, now less; run tools/size_budget.py --shrink")
    return found


def main() -> int:
    """Print what breaks the budget (exit code 1), or shrink the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shrink", action="store_true", help="take out what has become small")
    over, listed = measured(), json.loads(LISTED.read_text("utf-8"))
    if parser.parse_args().shrink:
        kept = {what: min(size, over[what]) for what, size in listed.items() if what in over}
        LISTED.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        listed = kept
    found = complaints(over, listed)
    print("\n".join(found) or f"size budget: kept, {len(listed)} exceptions are left")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
