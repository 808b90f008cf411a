"""What tests ask of a page of the studio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Any) -> list[str]:
    """What axe finds wrong with a page as it stands: rule and place."""
    if not AXE.is_file():
        pytest.skip("axe is not here (tools/lint-studio.sh installs it)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sticks_out(page: Any) -> bool:
    """Whether something is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
