"""The size budget's own rules: nothing new, nothing grown, nothing kept that has become small."""

from __future__ import annotations

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location(
    "size_budget", Path(__file__).parents[1] / "tools" / "size_budget.py"
)
budget = importlib.util.module_from_spec(spec)
spec.loader.exec_module(budget)


def test_what_is_over_is_found(tmp_path: Path) -> None:
    long = "def long():\n" + "    pass\n" * 41
    wide = "class A:\n    def wide(self, a, b, c, d, e, f, *, g):\n        pass\n"
    (tmp_path / "a.py").write_text(long + wide + "x = 1\n" * 400)
    over = budget.measured(tmp_path)
    assert over == {
        "lines of a file: a.py": 445,
        "lines of a function: a.py long": 42,
        "parameters: a.py A wide": 7,
    }


def test_the_list_only_shrinks() -> None:
    over = {"parameters: a.py f": 8, "lines of a file: a.py": 500}
    assert budget.complaints(over, over) == []
    assert len(budget.complaints(over, {"parameters: a.py f": 8})) == 1  # new
    assert len(budget.complaints({**over, "parameters: a.py f": 9}, over)) == 1  # grown
    assert len(budget.complaints({"parameters: a.py f": 8}, over)) == 1  # became small: take it out
    assert len(budget.complaints({**over, "parameters: a.py f": 7}, over)) == 1
