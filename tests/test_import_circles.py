"""No module imports another that imports it, however indirectly: inside functions counts too, what
only types need does not."""

from __future__ import annotations

import ast
from pathlib import Path

import pincel

SOURCE = Path(pincel.__file__).parents[1]


def imported(tree: ast.AST, known: set[str]) -> set[str]:
    """The modules of ours that a module imports when it runs."""
    found: set[str] = set()
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.unparse(tree.test):
        return found.union(*(imported(node, known) for node in tree.orelse))
    if isinstance(tree, ast.Import):
        found |= {one.name for one in tree.names}
    elif isinstance(tree, ast.ImportFrom) and tree.module:
        inside = {f"{tree.module}.{one.name}" for one in tree.names}
        found |= {one if one in known else tree.module for one in inside}
    return found.union(*(imported(node, known) for node in ast.iter_child_nodes(tree))) & known


def graph() -> dict[str, set[str]]:
    files = {}
    for path in (SOURCE / "pincel").rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        files[".".join(parts).removesuffix(".__init__")] = path
    return {
        name: imported(ast.parse(path.read_text("utf-8")), set(files)) - {name}
        for name, path in files.items()
    }


def circles(asked: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(asked.get(name, ())):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            place = stack.index(name)
            group = stack[place:]
            del stack[place:]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(asked):
        if name not in index:
            visit(name)
    return found


def test_there_is_no_circle() -> None:
    asked = graph()
    assert "pincel.learn.teacher" in asked["pincel.learn.teach"]  # it reads what is there
    assert circles(asked) == []


def test_the_finder_finds() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    tree = ast.parse("if TYPE_CHECKING:\n import a\ndef f():\n from b import c\n")
    assert imported(tree, {"a", "b", "b.c"}) == {"b.c"}
