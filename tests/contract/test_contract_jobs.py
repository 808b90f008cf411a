"""What every job must keep. A new file in a folder of `pincel/jobs/` is tested by existing.

A job is tried with its own `example` settings on a drawn face.
"""

from __future__ import annotations

import builtins
import importlib
import inspect
import json
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel.jobs as jobs
from job_examples import example
from pincel import limits, words
from pincel.calls import call
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Failed, Going, Job, Made, Progress, Said, face, option_of
from pincel.recipe import recipe
from pincel.saving import Saver

NAMES = jobs.names()


def _beside_runs(folder: Path) -> list[Path]:
    """All that lies there, but not in the folder of runs, which trainings keep as they go."""
    return sorted(p for p in folder.rglob("*") if folder / "runs" not in (p, *p.parents))


@pytest.mark.parametrize("name", NAMES)
def test_description_is_complete_in_both_languages(name: str) -> None:
    for code in words.LANGUAGES:
        words.use(code)
        try:
            described = limits.describe_job(jobs.load(name))
        finally:
            words.use(None)
        json.dumps(described)
        assert described["name"] == name
        assert described["chapter"] in jobs.CHAPTERS
        assert len(described["title"]) > 8 and len(described["about"]) > 20
        for field in described["settings"]:
            assert len(field["about"]) > 5, field["name"]


@pytest.mark.parametrize("name", NAMES)
def test_the_list_of_jobs_agrees_with_the_class(name: str) -> None:
    assert name in jobs.chapters()[jobs.load(name).chapter()]


def test_no_two_chapters_hold_a_job_of_one_name() -> None:
    files = [f.stem for f in Path(jobs.__file__).parent.glob("*/*.py") if f.stem[0] != "_"]
    assert sorted(files) == sorted({n.replace("-", "_") for n in NAMES})
    folders = {f.parent.name for f in Path(jobs.__file__).parent.glob("*/__init__.py")}
    assert folders == set(jobs.CHAPTERS)


@pytest.mark.parametrize("name", NAMES)
def test_help_names_every_setting(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    for field, info in jobs.load(name).model_fields.items():
        if not face(info).get("positional"):
            assert option_of(field).removeprefix("--") in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("name", NAMES)
def test_bad_values_get_one_sentence(name: str, tmp_path: Path) -> None:
    job = jobs.load(name)
    good = example(name, tmp_path)
    for field, info in job.model_fields.items():
        base, choices, several = limits.setting_kind(info)
        low, high = limits.bounds(info)
        bad: list[Any] = []
        if choices:
            bad.append("no-such-choice")
        if low is not None:
            bad.append(low - 1)
        if high is not None:
            bad.append(high + 1)
        if base in (int, float) and not choices:
            bad.append("twelve")
        for value in bad:
            with pytest.raises(PincelError) as refused:
                limits.build(job, {**good, field: (value,) if several else value})
            sentence = str(refused.value)
            assert "\n" not in sentence and sentence.endswith("."), sentence
    with pytest.raises(PincelError, match="no setting"):
        limits.build(job, {**good, "no_such_setting": 1})


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_can_be_typed(name: str) -> None:
    """A choice comes from the command line as text, numbers too."""
    job = jobs.load(name)
    for field, info in job.model_fields.items():
        _, choices, several = limits.setting_kind(info)
        for choice in choices:
            assert limits.typed_choice(info, str(choice)) == choice, f"--{field} {choice}"
            if not several and not isinstance(choice, str):
                needed = {n: i for n, i in job.model_fields.items() if i.is_required()}
                given = {n: ("x",) if limits.setting_kind(i)[2] else "x" for n, i in needed.items()}
                made = limits.build(job, {**given, **job.example, field: str(choice)})
                assert getattr(made, field) == choice


@pytest.mark.parametrize("name", NAMES)
def test_same_settings_same_bytes(name: str, tmp_path: Path) -> None:
    settings = _and_a_second_picture(name, example(name, tmp_path), tmp_path)

    def run(keep: bool) -> list[tuple[str, bytes]]:
        files = []
        events = limits.build(jobs.load(name), settings).run()
        for event in list(events) if keep else events:
            assert isinstance(event, (Progress, Said, Made, Failed, Going))
            assert not isinstance(event, Failed), str(event)
            if isinstance(event, Made):
                json.dumps(event.numbers)
                assert all("\n" not in line for line in event.lines)
                files += list(event.files())
        return files

    assert run(keep=False) == run(keep=True), "an event that is kept must stay what it was"


def _and_a_second_picture(name: str, settings: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The same settings with one more picture, where the job takes several."""
    for field, info in jobs.load(name).model_fields.items():
        if face(info).get("sources") and limits.setting_kind(info)[2] and name != "redo":
            (first,) = settings[field]
            if Path(first).suffix == ".png":
                with Image.open(first) as picture:
                    picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(folder / "other.png")
                return {**settings, field: (first, str(folder / "other.png"))}
    return settings


def _remembers(name: str) -> bool:
    (file,) = Path(jobs.__file__).parent.rglob(f"{name.replace('-', '_')}.py")  # not imported yet
    source = file.read_text("utf-8")
    return "    remembers: ClassVar[bool] = True\n" in source


@pytest.mark.parametrize("name", [n for n in NAMES if _remembers(n)])
def test_what_remembers_is_made_again_byte_for_byte(name: str, tmp_path: Path) -> None:
    settings = example(name, tmp_path)
    again: dict[str, Any] = {"among": tmp_path}
    if settings.get("model"):
        again["model"] = settings["model"]
    count = 0
    for event in limits.build(jobs.load(name), settings).run():
        for _, data in event.files() if isinstance(event, Made) else ():
            if recipe.read_recipe(data) is not None:
                count += 1
                path = tmp_path / f"made-{count}.png"
                path.write_bytes(data)
                call("redo", path, out=tmp_path / "again.png", force=True, **again)
                assert (tmp_path / "again.png").read_bytes() == data
    assert count > 0


@pytest.mark.parametrize("name", NAMES)
def test_cancel_leaves_nothing_half_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = example(name, tmp_path)
    before = _beside_runs(tmp_path)
    for stop in range(1, 7):
        job = limits.build(jobs.load(name), settings)
        events = job.run()
        told = sum(1 for _ in islice(events, stop))
        events.close()  # type: ignore[attr-defined]
        Saver(job, tmp_path / "out").close()
        assert _beside_runs(tmp_path) == before
        assert not list(tmp_path.rglob("*.part"))
        if told < stop:  # it was at its end
            assert told > 0
            break


@pytest.mark.parametrize("name", [n for n in NAMES if n != "jobs"])
def test_a_source_that_is_no_picture_is_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = jobs.load(name)
    if not any(face(i).get("sources") for i in job.model_fields.values()):
        pytest.skip("takes no pictures")
    text = tmp_path / "notes.png"
    text.write_text("not a picture")
    for source in (text, tmp_path / "missing.png", tmp_path):
        code = main([name, str(source), "--out", str(tmp_path / "out")])
        said = capsys.readouterr()
        assert code in (1, 2), (source, said)
        assert "Traceback" not in said.err
        assert said.err.startswith("pincel: ")
        assert not re.search(r"\bNone\b|\{\w+\}", said.err), said.err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_every_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    blanks = re.compile(r"\{(\w+)")
    count = 0
    for area in words.word_areas():
        for key, sentence in words.area(area).items():
            assert sentence["en"].strip() and sentence["es"].strip(), (area, key)
            assert set(blanks.findall(sentence["en"])) == set(blanks.findall(sentence["es"])), (
                area,
                key,
            )
            count += 1
    assert count > 40


def test_every_sentence_named_in_the_source_exists() -> None:
    root = Path(words.__file__).parents[1]
    named = re.compile(r"""(?:say|PincelError)\(\s*["']([a-z_]+\.[\w.\-]+)["']""")
    found = 0
    for path in root.rglob("*.py"):
        for key in named.findall(path.read_text("utf-8")):
            if "{" not in key:
                assert words.has(key), (path.name, key)
                found += 1
    assert found > 20


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from pincel.cli import main\n"
        "main(['--help'])\n"
        "heavy = {'torch', 'numpy', 'pydantic', 'PIL', 'skimage', 'matplotlib', 'rich'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) and 1 or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_help_of_a_job_loads_no_heavy_library() -> None:
    """One process for all jobs: what one of them loads is there after it."""
    code = (
        "import sys\n"
        "from pincel import jobs\n"
        "heavy = {'torch', 'skimage', 'scipy', 'matplotlib', 'onnxruntime', 'rich', 'PIL'}\n"
        "heavy |= {'numpy'}  # 0.1 s\n"
        "for name in jobs.names():\n"
        "    jobs.load(name)\n"
        "    found = sorted(heavy & set(sys.modules))\n"
        "    if found: sys.exit(f'{name}: {found}')\n"
        "print('all', len(jobs.names()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"all {len(NAMES)}\n"


@pytest.mark.parametrize("name", NAMES)
def test_python_call_exists(name: str) -> None:
    import pincel

    called = getattr(pincel, name.replace("-", "_"))
    assert callable(called)  # also where a package of ours has the name: pincel.look(...)
    seen = inspect.signature(called).parameters
    more = {"workers"} if jobs.load(name).apart is not Job.apart else set()
    assert set(jobs.load(name).model_fields) | {"out", "force"} | more == set(seen)


@pytest.mark.parametrize("name", NAMES)
def test_python_call_gives_what_its_signature_says(name: str, tmp_path: Path) -> None:
    allowed = ("Any", "str", "bytes", "np.ndarray", "dict", "list", "tuple", "None")
    given = jobs.load(name).gives
    if given == "Any":
        assert name == "redo", "say what the call returns: `gives`"  # it makes what others make
        return
    value = call(name, **example(name, tmp_path))
    for one in given.split(" | "):
        held = one.partition("[")[0]
        if held in allowed:
            kind: Any = {"np.ndarray": np.ndarray}.get(held) or vars(builtins)[held]
        else:
            module, _, thing = held.rpartition(".")
            kind = vars(importlib.import_module(module))[thing]
        if isinstance(value, kind):
            return
    raise AssertionError(f"{name} gave {type(value)}, its signature says {given}")


@pytest.mark.parametrize("name", NAMES)
def test_out_is_written_to_or_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A place that a person names is never passed over in silence."""
    settings, place = example(name, tmp_path), tmp_path / "named"
    saver = Saver(limits.build(jobs.load(name), settings), place)
    made = [e for e in saver.job.run() if isinstance(e, Made)]
    kept = [path for event in made for path in saver.save(event)]
    if kept:
        saver.close()
        assert all(path.is_relative_to(place) and path.stat().st_size for path in kept)
        return
    with pytest.raises(PincelError, match="no files to write"):
        saver.close()
    assert not place.exists()
