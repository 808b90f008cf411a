"""What a person typed after a job's name, as settings."""

from __future__ import annotations

import argparse
import difflib
import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from pincel import words
from pincel.errors import PincelError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from pincel.job import Job


def faces(job: type[Job]) -> list[tuple[str, FieldInfo, dict[str, Any]]]:
    """Every setting of a job: its name, its declaration, how it shows itself."""
    from pincel.job import face

    return [(name, info, face(info)) for name, info in job.model_fields.items()]


def takes_several(info: FieldInfo) -> bool:
    """Whether a setting takes several values."""
    from pincel import limits

    return limits.setting_kind(info)[2]


def spreads(job: type[Job]) -> bool:
    """Whether the job can share its pictures among processes."""
    from pincel.job import Job

    return job.apart is not Job.apart


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise PincelError("cli.not_understood", command=self.prog, why=message)

    def parse_intermixed_args(self, args=None, namespace=None):
        """As argparse does it; what is not understood gets the nearest option. Behind "--" stands
        nothing but what is given without an option, a file called -x.png too (argparse, which reads
        intermixed words twice, takes it for an option then)."""
        words_given = list(args or ())
        at = words_given.index("--") if "--" in words_given else len(words_given)
        plain = [_PLAIN + word for word in words_given[at + 1 :]]
        parsed, unknown = self.parse_known_intermixed_args(words_given[:at] + plain, namespace)
        if unknown:
            raise _unknown(self, [_bared(word) for word in unknown])
        for name, value in vars(parsed).items():
            setattr(parsed, name, _bared(value))
        return parsed

    def options(self) -> set[str]:
        """Every option as it is typed."""
        return {text for text in self._option_string_actions if text.startswith("--")}


_PLAIN = "\0"
"""Marks a word that is no option, whatever it begins with; no word can hold it."""


def _bared(value: Any) -> Any:
    """What was parsed without the marks."""
    if isinstance(value, list):
        return [_bared(one) for one in value]
    return value.removeprefix(_PLAIN) if isinstance(value, str) else value


def parser_of(job: type[Job]) -> _Parser:
    """What reads the words after a job's name; PincelError for those that it does not take."""
    from pincel import limits
    from pincel.job import option_of

    # argparse asks gettext for its sentences; ours come from words (tested in both languages)
    vars(argparse)["_"] = _argparse_words
    parser = _Parser(prog=f"pincel {job.key()}", add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("-o", "--out")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("-q", "--quiet", action="store_true")
    if spreads(job):
        parser.add_argument("--workers", default="1")
        parser.add_argument("--cluster")
    for name, info, look in faces(job):
        base, _, several = limits.setting_kind(info)
        if look.get("positional"):
            parser.add_argument(name, nargs="*" if several else "?", default=argparse.SUPPRESS)
            continue
        options = [option_of(name)]
        if look.get("short"):
            options.insert(0, f"-{look['short']}")
        if base is bool:
            parser.add_argument(
                *options,
                dest=name,
                action=argparse.BooleanOptionalAction,
                default=argparse.SUPPRESS,
            )
        else:
            parser.add_argument(
                *options,
                dest=name,
                action="append" if several else "store",
                default=argparse.SUPPRESS,
            )
    return parser


def filled(job: type[Job], given: Sequence[str]) -> list[str]:
    """The words after a job's name, with "=true" at each option that may stand bare and does:
    "--cutout" before anything but one of its own choices."""
    from pincel import limits, ranges
    from pincel.job import option_of

    bare = {option_of(name): limits.setting_kind(info)[1]
            for name, info, _ in faces(job) if ranges.choice_or_yes(info)}  # fmt: skip
    at = given.index("--") if "--" in given else len(given)
    return [
        f"{word}=true" if word in bare and after not in bare[word] and place < at else word
        for place, (word, after) in enumerate(zip(given, [*given, ""][1:], strict=True))
    ]


def _unknown(parser: _Parser, given: list[str]) -> PincelError:
    """What was given that the job does not take: the nearest option, where one is near."""
    odd = next((text.split("=")[0] for text in given if text.startswith("-")), None)
    if odd is None:
        return PincelError("cli.too_many", given=" ".join(given), command=parser.prog)
    if os.path.exists(odd):
        return PincelError("cli.dashed_file", name=odd, command=parser.prog)
    near = difflib.get_close_matches(odd, sorted(parser.options()), n=1)
    key = "cli.unknown_option_near" if near else "cli.unknown_option"
    return PincelError(key, name=odd, near=near[0] if near else "", command=parser.prog)


def _argparse_words(sentence: str) -> str:
    for key in words.area("cli"):
        if key.startswith("argparse.") and words.area("cli")[key]["en"] == sentence:
            return words.say(f"cli.{key}")
    return sentence


def values_of(job: type[Job], parsed: argparse.Namespace) -> dict[str, Any]:
    """Settings as given: only what was said; "a,b" becomes two where several are taken."""
    from pincel import limits

    values: dict[str, Any] = {}
    for name, info, look in faces(job):
        if not hasattr(parsed, name):
            continue
        value = getattr(parsed, name)
        if look.get("positional"):
            if value in (None, []):
                continue
            values[name] = tuple(value) if isinstance(value, list) else value
        elif takes_several(info):
            values[name] = tuple(part for item in value for part in item.split(","))
        elif limits.setting_kind(info)[0] is float and words.language() == "es":
            values[name] = re.sub(r"^(\s*[-+]?\d*),(\d+\s*)$", r"\1.\2", value)  # 1,5
        else:
            values[name] = value
    return values
