"""Every job's Python call as a signature, made from its settings: what editors and notebooks show.

The same signature stands in `pincel/__init__.pyi` (`tools/make_stubs.py`; a test holds it fresh)
for editors that read, and on the function itself for those that run (`inspect.signature`,
Jupyter).
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import Job, face


class Written:
    """An annotation that is already text: shown as it stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


_OUT = "str | os.PathLike[str] | None"


def signature(name: str) -> inspect.Signature:
    """The signature of the call `pincel.NAME(...)`: pictures first, settings by name, then `out`
    and `force`."""
    job = jobs.load(name)
    first, named = [], []
    open_end = False  # after *pictures everything is given by name
    for field, info in job.model_fields.items():
        several = limits.setting_kind(info)[2]
        if face(info).get("positional") and several:
            open_end = True
            pictures = inspect.Parameter.VAR_POSITIONAL
            first.append(inspect.Parameter(field, pictures, annotation=Written("Any")))
        elif face(info).get("positional") and not open_end:
            either = inspect.Parameter.POSITIONAL_OR_KEYWORD
            first.append(_parameter(field, info, either))
        else:
            named.append(_parameter(field, info, inspect.Parameter.KEYWORD_ONLY))
    by_name = inspect.Parameter.KEYWORD_ONLY
    named += [
        inspect.Parameter("out", by_name, default=None, annotation=Written(_OUT)),
        inspect.Parameter("force", by_name, default=False, annotation=Written("bool")),
    ]
    if job.apart is not Job.apart:
        workers = inspect.Parameter("workers", by_name, default=1, annotation=Written("int | str"))
        named.append(workers)
    return inspect.Signature(
        [*_required_first(first), *named], return_annotation=Written(gives(job))
    )


def gives(job: type[Job]) -> str:
    """What the call returns, as an annotation. Several pictures give a list, and only running
    tells how many a folder holds: the `Any` says that editors may complete the one value and
    type checkers may not insist on it."""
    named = re.sub(r"\bpincel\.[\w.]+\.(\w+)", r"\1", job.gives)
    several = any(face(info).get("sources") for info in job.model_fields.values())
    return f"{named} | Any" if several and not job.together and named != "Any" else named


def documentation(name: str) -> str:
    """The docstring of the call: what it does, then every setting with its limits, in English."""
    job = jobs.load(name)
    lines = [inspect.cleandoc(job.__doc__ or ""), ""]
    spoken = words.area(job.area())
    for field, info in job.model_fields.items():
        allowed = limits.allowed(info)
        text = spoken[f"field.{field}"]["en"].replace("\n", " ")
        lines.append(f"{field}: {text}{f' [{allowed}]' if allowed else ''}")
    lines += ["out: folder or file name to keep the files under", "force: replace files that exist"]
    if job.apart is not Job.apart:
        lines.append('workers: processes that share the pictures, or a Dask "tcp://host:8786"')
    return "\n".join(lines)


def _required_first(parameters: list[inspect.Parameter]) -> Iterator[inspect.Parameter]:
    """Python wants parameters without a default before those with one."""
    defaulted = False
    for one in parameters:
        if one.kind is not inspect.Parameter.VAR_POSITIONAL:
            if defaulted and one.default is inspect.Parameter.empty:
                one = one.replace(default=None)
            defaulted |= one.default is not inspect.Parameter.empty
        yield one


def _parameter(name: str, info: FieldInfo, kind: Any) -> inspect.Parameter:
    default: Any = inspect.Parameter.empty
    if not info.is_required():
        default = info.get_default(call_default_factory=True)
        default = Written(repr(str(default))) if isinstance(default, Path) else default
    return inspect.Parameter(
        name, kind, default=default, annotation=Written(_annotation(info.annotation))
    )


def _annotation(given: Any) -> str:
    """A setting's type as it may be given: paths as text too, tuples as any sequence."""
    origin, inner = get_origin(given), get_args(given)
    if given is Any or given is None or given is type(None):
        return "Any" if given is Any else "None"
    if origin is Annotated:
        return _annotation(inner[0])
    if origin in (Union, types.UnionType):
        members = [part for member in inner for part in _annotation(member).split(" | ")]
        return " | ".join(dict.fromkeys(members))
    if origin is Literal:
        return f"Literal[{', '.join(map(repr, inner))}]"
    if origin in (tuple, list):
        held = _annotation(inner[0]) if inner else "Any"
        return f"Sequence[{held}]"
    if origin is not None:  # a dict
        return f"{origin.__name__}[{', '.join(map(_annotation, inner))}]"
    if given is Path:
        return "str | os.PathLike[str]"
    return given.__name__ if given.__module__ == "builtins" else "Any"
