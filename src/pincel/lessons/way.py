"""A way through the studio that a teacher follows slide by slide: one file of `ways/` for each
document.

A step says which slides it stands for, what to do, and where: a `room`, a `lesson`, or a `job` with
`settings` that is shown there and then. "sample" among the settings is the sample picture that the
page has; `says` is what the job's answer must hold, as the slide says it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

_WAYS = resources.files(__package__) / "ways"
SAMPLE = "sample"


@cache
def ways() -> tuple[dict[str, Any], ...]:
    """All ways, in the order of their file names: name, title, about, and steps."""
    found = []
    for file in sorted(_WAYS.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            told = json.loads(file.read_text("utf-8"))
            found.append({"name": file.name.removesuffix(".json").partition("-")[2], **told})
    return tuple(found)
