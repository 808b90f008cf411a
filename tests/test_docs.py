"""The documentation is fresh, its links lead somewhere, its examples run."""

from __future__ import annotations

import re
import subprocess
import sys
import types
from pathlib import Path

import pytest
from PIL import Image, ImageOps

import pincel.jobs as jobs
from pincel import words
from pincel.job import Failed, Job, Made

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
)


@pytest.mark.parametrize("tool", ["make_docs.py", "make_stubs.py"])
def test_generated_parts_are_fresh(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool), "--check"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + "run: make docs"


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_job_has_a_written_page(code: str) -> None:
    for name in jobs.names():
        page = ROOT / "docs" / code / "jobs" / f"{name}.md"
        text = page.read_text("utf-8").split("<!-- generated")[0]
        assert len(text) > 150, f"{page.name} has no text of its own"
        assert f"pincel {name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


def test_pictures_open_and_none_is_left_over() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+\.(?:png|gif))\)", page.read_text("utf-8"))
    }
    for path in sorted((ROOT / "docs" / "pictures").iterdir()):
        with Image.open(path) as picture:
            picture.load()
        assert path.stat().st_size < 1_500_000, path.name
        assert path.resolve() in shown, f"{path.name} is on no page"


def test_the_job_in_contributing_works(
    tmp_path: Path, face_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    module = types.ModuleType("pincel.jobs.make.invert")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(code, "CONTRIBUTING.md", "exec"), vars(module))
    job = module.Invert
    assert issubclass(job, Job) and job.chapter() == "make"
    broken, mirrored = tmp_path / "broken.png", tmp_path / "mirrored.png"
    broken.write_bytes(face_file.read_bytes()[:90])
    with Image.open(face_file) as face:
        ImageOps.mirror(face).save(mirrored)
    pictures = (str(face_file), str(broken), str(mirrored))
    events = list(job(pictures=pictures).run())  # all events first, files afterwards
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.name == "broken"
    made = [event for event in events if isinstance(event, Made)]
    for path, one in zip((face_file, mirrored), made, strict=True):
        ((suffix, data),) = one.files()
        (tmp_path / f"x{suffix}").write_bytes(data)
        with Image.open(path) as before, Image.open(tmp_path / f"x{suffix}") as after:
            assert after.getpixel((40, 60))[0] == 255 - before.getpixel((40, 60))[0]


def test_the_job_in_contributing_is_as_clean_as_the_house(tmp_path: Path) -> None:
    (code,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.S
    )
    held = tmp_path / "invert.py"
    held.write_text(code, "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", str(held)]
    for rule in (["check"], ["format", "--check"]):
        done = subprocess.run([*ruff, *rule, *settings], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


IN_BOTH = sorted(p.relative_to(ROOT / "docs" / "en") for p in (ROOT / "docs" / "en").rglob("*.md"))
STARTS = (("head", r"#"), ("row", r"\|"), ("picture", r"!\["), ("item", r"[-*] |\d+[.)] "))


def blocks(text: str) -> list[tuple[str, str]]:
    """A page without its generated part as kinds and texts: what Markdown makes of its lines."""
    text = re.sub(r"<!-- generated.*?<!-- end of generated part -->", "", text, flags=re.S)
    found: list[tuple[str, str]] = []
    coding = going_on = False
    for line in map(str.strip, text.splitlines()):
        kind = next((name for name, start in STARTS if re.match(start, line)), "text")
        if line.startswith("```"):
            found += [] if coding else [("code", "")]
            coding = not coding
        elif coding or (going_on and line and kind == "text"):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        elif line:
            found.append((kind, line))
        going_on = bool(line) and not coding and found[-1][0] in ("text", "item")
    return found


def figures(text: str) -> list[str]:
    """The numbers of a sentence, alike in both languages, without those in code and links."""
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)
    plain = re.sub(r"(?<=\d)[., ](?=\d{3}(?!\d))", "", plain)
    return sorted(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", plain))


@pytest.mark.parametrize("page", IN_BOTH, ids=Path.as_posix)
def test_a_page_says_the_same_in_both_languages(page: Path) -> None:
    english, spanish = (
        blocks((ROOT / "docs" / code / page).read_text("utf-8")) for code in ("en", "es")
    )
    assert [kind for kind, _ in english] == [kind for kind, _ in spanish]
    for (kind, one), (_, other) in zip(english, spanish, strict=True):
        flags = [sorted(re.findall(r"--[a-z][a-z-]*", text)) for text in (one, other)]
        assert flags[0] == flags[1], one
        if kind != "code":
            assert figures(one) == figures(other), one
        if len(one) > 150:  # a sentence that one language lacks shows in a long paragraph
            assert 0.87 < len(other) / len(one) < 1.3, one
