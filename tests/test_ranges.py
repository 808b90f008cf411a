"""Limits in words: a value that is not allowed itself is not named as if it were."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic.fields import FieldInfo

from pincel import words
from pincel.ranges import allowed

SAID = [
    ({"ge": 0, "le": 10}, "0 to 10", "de 0 a 10"),
    ({"gt": 0, "le": 10}, "more than 0, up to 10", "más de 0 y hasta 10"),
    ({"ge": 0, "lt": 1}, "0 to less than 1", "de 0 a menos de 1"),
    ({"gt": 0, "lt": 1}, "more than 0, less than 1", "más de 0 y menos de 1"),
    ({"ge": 2}, "2 or more", "2 o más"),
    ({"gt": 2}, "more than 2", "más de 2"),
    ({"le": 2}, "at most 2", "2 como máximo"),
    ({"lt": 2}, "less than 2", "menos de 2"),
]


@pytest.mark.parametrize(("limits", "english", "spanish"), SAID)
def test_what_is_allowed(limits: dict[str, Any], english: str, spanish: str) -> None:
    info = FieldInfo(annotation=float, **limits)
    for code, text in (("en", english), ("es", spanish)):
        words.use(code)
        assert allowed(info) == text
    words.use(None)
