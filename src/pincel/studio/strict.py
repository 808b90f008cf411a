"""JSON that browsers read: Python writes NaN and infinity, which JSON does not know."""

from __future__ import annotations

import json
from typing import Any


def dumps(value: Any) -> str:
    """The value as JSON; a number that is none (NaN, infinite) as null, unknown things as text."""
    try:
        return json.dumps(value, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=str)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return value
