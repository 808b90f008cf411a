"""What public functions say of their arrays: of each the shape, of numpy's a type, range or unit.

A function (or method) counts where a parameter or what it returns is annotated with `np.ndarray` or
`Tensor` (whose numbers are floats where nothing is said). What it may leave out today stands in
`docstring_exceptions.json`, which may only shrink: nothing new comes in, and what says it now is
taken out (`--shrink` does that; it never adds).
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("docstring_exceptions.json")
FOLDERS = ("pixels", "art", "learn", "look", "make", "nets")

ARRAY = re.compile(r"\b(ndarray|Tensor)\b")
BRACKETS = re.compile(r"\(([^()]*)\)")
# one part of (h, w, 4), (n,), (..., k + 1) or (height, width // 2 + 1); no year of a paper
SIDE = re.compile(r"(?!(?:1[89]|20)\d\d$)(?:\.\.\.|`?[\w.]+'?`?(?: ?[-+*/x]+ ?[\w.]+| \w+)*)")
IN_WORDS = re.compile(
    r"\(\)|\b(?:any|same|every) (?:\w+ )?(?:shapes?|size)\b"
    r"|\bshapes? (?:as|like|of)\b|\bone number\b|-> the same\b"
)
KIND = re.compile(
    r"""\bu?int\d*\b|\bfloat(?:s|\d+)?\b|\bcomplex\d+\b|\bbool\b|\bwhole\ numbers?\b|\btext\b
    |\bcommon\ type\b|\bany\ (?:type|kind|numbers?)\b|\bsame\ type\b|\bOKLab\b|\bOKLCh\b
    |\bsRGB\b|\bprepared\b|\blogits\b|\bprobabilit|\bcosines?\b|\bcounts\b|\bids\b|\bindices\b
    |\brow\ numbers\b|\bnats\b|\bdegrees\b|[\d.](?:-|\ to\ |\ or\ |\ and\ )[\d.]""",
    re.VERBOSE | re.IGNORECASE,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def lacking(folder: Path = ROOT / "src" / "pincel") -> tuple[dict[str, str], int]:
    """What is left unsaid: {"look/gradcam.py explain": "a shape"}; and how many functions count."""
    found, count = {}, 0
    for path in sorted(one for name in FOLDERS for one in (folder / name).rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        for node, place in _public(ast.parse(path.read_text("utf-8")), name):
            given, returned = arrays(node)
            if given or returned:
                count += 1
                if missing := unsaid(ast.get_docstring(node), given, returned, _typed(node)):
                    found[place] = missing
    return found, count


def _public(tree: ast.AST, place: str) -> Iterator[tuple[Function, str]]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if isinstance(node, (ast.If, ast.Try)):
                yield from _public(node, place)
        elif not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from _public(node, f"{place} {node.name}")
            else:
                yield node, f"{place} {node.name}"


def arrays(node: Function) -> tuple[list[str], bool]:
    """The names of the parameters that are arrays, and whether an array is returned."""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    every += [one for one in (node.args.vararg, node.args.kwarg) if one]
    given = [one.arg for one in every if _is_array(one.annotation)]
    return given, _is_array(node.returns)


def _typed(node: Function) -> bool:
    """Whether an array is numpy's, which says nothing of its type (a tensor is one of floats)."""
    return "ndarray" in ast.unparse(node.args) + ast.unparse(node.returns or ast.Constant(None))


def _is_array(annotation: ast.expr | None) -> bool:
    return annotation is not None and bool(ARRAY.search(ast.unparse(annotation)))


def unsaid(text: str | None, given: list[str], returned: bool, typed: bool = True) -> str:
    """What a docstring leaves out of its arrays, in words; empty when it says all."""
    if not text:
        return "a docstring"
    text = " ".join(text.split())
    shapes = sum(map(_is_shape, BRACKETS.findall(text)))
    for_all = bool(IN_WORDS.search(text))
    if not shapes and not for_all:
        return "a shape"
    # arrays may share a shape; then each is called by its name
    unnamed = [one for one in given if not re.search(rf"(?i)\b{one.rstrip('s')}s?\b", text)]
    if unnamed and not for_all and shapes < len(given) + returned:
        return f"a shape of {', '.join(unnamed)}"
    return "a type or range" if typed and not KIND.search(text) else ""


def _is_shape(inside: str) -> bool:
    """Whether what stands in brackets is a shape: sides with commas between them."""
    sides = [side.strip() for side in inside.split(",") if side.strip()]
    return "," in inside and bool(sides) and all(map(SIDE.fullmatch, sides))


def complaints(found: dict[str, str], listed: list[str]) -> list[str]:
    """One line for everything unsaid that is not listed, and for what is listed and now said."""
    new = [f"{place}: the docstring lacks {what}" for place, what in found.items()]
    new = [line for line, place in zip(new, found, strict=True) if place not in listed]
    done = [
        f"{place}: listed, and says all now; run tools/docstrings.py --shrink"
        for place in listed
        if place not in found
    ]
    return new + done


def main() -> int:
    """Print what is left unsaid (exit code 1), or shrink the list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shrink", action="store_true", help="take out what says all now")
    shrink = parser.parse_args().shrink
    found, count = lacking()
    listed = json.loads(LISTED.read_text("utf-8"))
    if shrink:
        listed = [place for place in listed if place in found]
        LISTED.write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    wrong = complaints(found, listed)
    share = f"{1 - len(found) / count:.0%} of {count} functions"
    print("\n".join(wrong) or f"docstrings of arrays: {share}, {len(listed)} exceptions are left")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
