"""Numbers as they are written in the language in force. Pure text: no chart library is loaded."""

from __future__ import annotations

import math

from pincel.words import language


def number(value: float, digits: int = 0) -> str:
    """A number in the language in force: 1,234.5 in English, 1.234,5 in Spanish."""
    digits = int(digits)  # a truth value counts as one or none
    text = f"{value:,.{digits}f}"
    if digits and float(f"{value:.{digits}f}") == 0:
        text = text.lstrip("-")
    if text.startswith("-0") and float(text.replace(",", "")) == 0:
        text = text[1:]
    if language() == "es":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "\u2212")


def short(value: float, span: float = 255.0) -> str:
    """A number as it fits into a cell: whole where whole, else with the digits that the span of
    its neighbours asks for."""
    if not math.isfinite(value):
        return "\u2013"
    if float(value).is_integer() and abs(value) < 1e6:
        return number_plain(f"{int(value)}")
    if abs(value) >= 1e5 or (value and span < 1e-3):
        return number_plain(f"{value:.1e}")
    digits = 0 if span >= 1000 else 1 if span >= 20 else 2
    return number_plain(f"{value:.{digits}f}")


def number_plain(text: str) -> str:
    """A written number with the language's decimal sign and a true minus."""
    if text in ("-0", "-0.0", "-0.00"):
        text = text[1:]
    if language() == "es":
        text = text.replace(".", ",")
    return text.replace("-", "\u2212")


def typed(value: float) -> str:
    """A number as the command line reads it in either language: 0.5, 200."""
    return f"{value:g}"


def compact(value: float) -> str:
    """A number without zeros at its end: 2.5 and 200 in English, 2,5 and 200 in Spanish."""
    return number_plain(typed(value))


def duration(seconds: float) -> str:
    """Seconds as 1:05 or 2:00:07."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
