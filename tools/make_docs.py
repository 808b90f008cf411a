"""Writes what is generated in docs/: the settings table of every job's page, in both languages,
the lists of jobs, and (with --pictures) every picture, made by the jobs themselves.

Hand-written text stays: only what stands between the two marker lines is replaced.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from pathlib import Path
from typing import Any

import pincel.jobs as jobs
from pincel import limits, words
from pincel.job import option_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BEGIN = "<!-- generated: make docs -->"
END = "<!-- end of generated part -->"
HEADS = {
    "en": ("Setting", "What it does", "Default", "Allowed", "yes", "no", "given"),
    "es": ("Opción", "Qué hace", "Por defecto", "Admite", "sí", "no", "obligatoria"),
}


def settings_table(name: str, code: str) -> str:
    """The generated part of one job's page."""
    words.use(code)
    try:
        described = limits.describe_job(jobs.load(name))
        setting, what, default, allowed, yes, no, given = HEADS[code]
        rows = [f"| {setting} | {what} | {default} | {allowed} |", "|---|---|---|---|"]
        for field in described["settings"]:
            shown = field["name"] if field["positional"] else option_of(field["name"])
            value = given if field["required"] else _value(field["default"], yes, no)
            limit = limits.allowed(jobs.load(name).model_fields[field["name"]])
            rows.append(f"| `{shown}` | {field['about']} | {value} | {limit} |".replace("\n", " "))
        about = described["about"].split("\n")
        return "\n".join([*(f"{line}  " for line in about), "", *rows])
    finally:
        words.use(None)


def _value(default: Any, yes: str, no: str) -> str:
    if isinstance(default, bool):
        return yes if default else no
    if default in (None, "", [], ()):
        return ""
    return ", ".join(map(str, default)) if isinstance(default, list) else str(default)


def list_of_jobs(code: str) -> str:
    """The generated part of the start page: every job with its sentence, by chapter."""
    words.use(code)
    try:
        rows = []
        for chapter, names in jobs.chapters().items():
            rows += [f"**{words.say(f'cli.chapters.{chapter}')}**", ""]
            rows += [
                f"- [`{n}`](jobs/{n}.md): {words.say(n.replace('-', '_') + '.title')}"
                for n in names
            ]
            rows.append("")
        return "\n".join(rows).rstrip()
    finally:
        words.use(None)


def rooms() -> str:
    """The generated part of the map: every folder of the package with its own first sentence."""
    rows = ["| folder | what is in it |", "|---|---|"]
    package = ROOT / "src" / "pincel"
    for path in sorted(package.rglob("__init__.py")):
        folder = path.parent.relative_to(package).as_posix()
        text = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n\n")[0]
        name = "`pincel/`" if folder == "." else f"`{folder}/`"
        rows.append(f"| {name} | {' '.join(text.split())} |")
    return "\n".join(rows)


def families(code: str) -> str:
    """The generated part of the page of families: what each is and what it can do."""
    from pincel.nets import names
    from pincel.nets._abilities import abilities
    from pincel.nets._family import family

    words.use(code)
    try:
        head = {"en": ("family", "what it is", "it"), "es": ("familia", "qué es", "qué hace")}[code]
        rows = [f"| {' | '.join(head)} |", "|---|---|---|"]
        for name in names():
            able = abilities(family(name).Net)
            told = "; ".join(words.say(f"nets.ability.{one.__name__.lower()}") for one in able)
            rows.append(f"| `{name}` | {words.say(f'nets.family.{name}')} | {told} |")
        return "\n".join(rows)
    finally:
        words.use(None)


def pages() -> dict[Path, str]:
    """Every page with its generated part as it should be."""
    wanted = {DOCS / "house.md": _placed(DOCS / "house.md", rooms(), "The house")}
    for code in words.LANGUAGES:
        start = DOCS / code / "index.md"
        page = DOCS / code / "families.md"
        wanted[page] = _placed(page, families(code), "Families")
        wanted[start] = _placed(start, list_of_jobs(code), "Pincel")
        for name in jobs.names():
            page = DOCS / code / "jobs" / f"{name}.md"
            wanted[page] = _placed(page, settings_table(name, code), f"pincel {name}")
    return wanted


def _placed(page: Path, generated: str, title: str) -> str:
    block = f"{BEGIN}\n{generated}\n{END}"
    if not page.exists():
        return f"# {title}\n\n{block}\n"
    text = page.read_text("utf-8")
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: block, text, flags=re.S)


def main() -> int:
    """Write the pages; with --check only say which are stale (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name stale pages")
    parser.add_argument("--pictures", action="store_true", help="make the pictures again too")
    chosen = parser.parse_args()
    stale = [
        page
        for page, text in pages().items()
        if not page.exists() or page.read_text("utf-8") != text
    ]
    if chosen.check:
        for page in stale:
            print(f"stale: {page.relative_to(ROOT)}")
        return 1 if stale else 0
    for page in stale:
        text = pages()[page]
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
        print(f"wrote {page.relative_to(ROOT)}")
    if chosen.pictures:
        sys.path.insert(0, str(ROOT / "tools"))
        from docs_pictures import make_pictures

        make_pictures(DOCS / "pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
