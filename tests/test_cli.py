"""The command line's own behaviour, on a job made for the test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Literal

import pytest

import pincel.jobs as jobs
from pincel import words
from pincel.atomic import write_whole
from pincel.calls import call
from pincel.cli import follow_job, main
from pincel.errors import PincelError
from pincel.job import NAME, Event, Failed, Job, Made, Progress, Said, setting
from pincel.limits import build
from pincel.saving import Saver


class Echo(Job):
    """Gives its sources back as files."""

    pictures: tuple[Any, ...] = setting(sources=True, min_length=1)
    width: int | None = setting(None, ge=4, le=100, short="w")
    mode: Literal["a", "b"] = setting("a")
    share: float = setting(1.0, ge=0, le=2)
    name: str | None = setting(None, pattern=NAME)
    format: tuple[Literal["txt", "bin"], ...] = setting(("txt",))

    def run(self) -> Iterator[Event]:
        for place, source in enumerate(self.pictures):
            yield Progress(place, len(self.pictures), "echo")
            if source == "bad":
                yield Failed("bad", PincelError("cli.stopped"))
                continue
            files = [(f".{f}", str(source).encode()) for f in self.format]
            yield Made(str(source), source, lambda f=files: f, {"length": len(source)}, ("said",))
        yield Said("end")


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> type[Job]:
    monkeypatch.setattr(jobs, "names", lambda: ("echo",))
    monkeypatch.setattr(jobs, "load", lambda name: Echo)
    monkeypatch.setattr(Echo, "key", classmethod(lambda cls: "echo"))
    monkeypatch.setattr(Echo, "area", classmethod(lambda cls: "echo"))
    sentences = {"en": "a sentence", "es": "una frase"}
    keys = ["title", "about", *(f"field.{n}" for n in Echo.model_fields)]
    real = words.area
    monkeypatch.setattr(
        words, "area", lambda name: dict.fromkeys(keys, sentences) if name == "echo" else real(name)
    )
    return Echo


def run(*arguments: str) -> int:
    return main(["echo", *arguments])


def test_results_go_where_they_should(echo, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("one") == 0
    assert (tmp_path / "one.txt").read_text() == "one"
    assert run("one", "two", "--out", "box") == 0
    assert sorted(p.name for p in (tmp_path / "box").iterdir()) == [
        "one.txt",
        "pincel-manifest.json",
        "two.txt",
    ]
    manifest = json.loads((tmp_path / "box/pincel-manifest.json").read_text())
    assert [r["name"] for r in manifest["runs"][0]["results"]] == ["one", "two"]
    assert run("one", "--out", "named.bin") == 0  # the file name chooses the format
    assert (tmp_path / "named.bin").read_text() == "one"


def test_nothing_is_replaced_without_force(echo, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text("mine")
    assert run("one") == 1
    assert (tmp_path / "one.txt").read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run("one", "--force") == 0
    assert (tmp_path / "one.txt").read_text() == "one"


def test_two_sources_of_one_name_both_survive(echo, tmp_path) -> None:
    assert run("one", "one", "--out", str(tmp_path / "box")) == 0
    assert {p.name for p in (tmp_path / "box").glob("one*")} == {"one.txt", "one-2.txt"}


def test_results_never_leave_the_folder(echo, tmp_path, capsys) -> None:
    box = tmp_path / "box"
    for name in ("../escaped", "/escaped"):
        assert run(name, "--out", str(box)) == 1
    assert not (tmp_path / "escaped.txt").exists()
    box.mkdir(exist_ok=True)
    (box / "link").symlink_to(tmp_path, target_is_directory=True)
    assert run("link/escaped", "--out", str(box)) == 1
    assert not (tmp_path / "escaped.txt").exists()


def test_a_batch_goes_on_and_names_its_failures(echo, tmp_path, capsys) -> None:
    assert run("one", "bad", "two", "--out", str(tmp_path)) == 1
    said = capsys.readouterr().err
    assert "could not be done: bad (1); all else is done." in said
    assert (tmp_path / "two.txt").exists()


def test_json_is_one_document(echo, tmp_path, capsys) -> None:
    assert run("one", "bad", "--out", str(tmp_path), "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["results"][0]["length"] == 3
    assert document["failed"][0]["name"] == "bad"


def test_standard_output_carries_the_file(echo, capfdbinary) -> None:
    assert run("one", "--out", "-") == 0
    assert capfdbinary.readouterr().out == b"one"


def test_several_results_and_one_file_name_write_nothing(echo, tmp_path, capsys) -> None:
    """Not the first one either, whatever job it is; nor two files one after the other in a pipe."""
    one = tmp_path / "one.txt"
    assert run("a", "b", "--out", str(one)) == 1
    said = capsys.readouterr().err
    assert "several results" in said and "Nothing was written." in said
    assert not list(tmp_path.iterdir())
    assert run("a", "b", "--out", "-") == 1
    assert capsys.readouterr().out == ""
    assert run("a", "bad", "--out", str(one)) == 1  # one result: it fits
    assert one.read_bytes() == b"a"
    with pytest.raises(PincelError, match="one file"):
        call("echo", ["a", "b"], out=tmp_path / "two.txt")
    assert not (tmp_path / "two.txt").exists()


def test_a_table_that_exists_is_told_with_its_own_option(echo, tmp_path, capsys) -> None:
    class Table(Job):
        csv: Any = setting(None)

    table = tmp_path / "counts.csv"
    table.write_text("mine")
    saver = Saver(Table(csv=table))
    with pytest.raises(PincelError, match="--csv names another place"):
        saver.save(Made("counts", 1, lambda: [(".csv", b"1")], beside=tmp_path))
    with pytest.raises(PincelError, match="--out names another place"):
        Saver(Table(), tmp_path).save(Made("counts", 1, lambda: [(".csv", b"1")]))
    assert table.read_text() == "mine"


def test_settings_are_refused_in_both_languages(echo, capsys, monkeypatch) -> None:
    for arguments, english, spanish in (
        (["--width", "3", "x"], "--width got 3; it takes 4 to 100.", "admite de 4 a 100"),
        (["--width", "x", "x"], "whole number", "número entero"),
        (["--mode", "c", "x"], "it takes one of: a, b", "admite: a, b"),
        (["--width"], "expected one argument", "falta su valor"),
        ([], "PICTURES is missing: a sentence.", "falta PICTURES: una frase."),
        (["x", "--nope"], "there is no option --nope;", "no existe la opción --nope;"),
        (["x", "--wdith=5"], "did you mean --width?", "¿querías decir --width?"),
        (["x", "--name", "a/b"], "begins with a letter or a digit", "empieza por una letra"),
    ):
        monkeypatch.setenv("PINCEL_LANG", "en")
        assert run(*arguments) == 2
        assert english in capsys.readouterr().err
        monkeypatch.setenv("PINCEL_LANG", "es")
        assert run(*arguments) == 2
        assert spanish in capsys.readouterr().err


def test_a_name_may_begin_with_a_dash(echo, tmp_path, capsys, monkeypatch) -> None:
    """Behind "--" nothing is an option; elsewhere the sentence says how the file is written."""
    out = ["--out", str(tmp_path)]
    assert run(*out, "--width", "5", "--", "-x", "--width") == 0
    assert {one.name for one in tmp_path.glob("-*")} == {"-x.txt", "--width.txt"}
    monkeypatch.chdir(tmp_path)
    assert run("-x.txt") == 2
    assert "write ./-x.txt" in capsys.readouterr().err
    assert run("a", "b", "--", "-c") == 0 and (tmp_path / "a.txt").exists()


def test_a_number_may_be_written_as_its_language_writes_it(echo, capsys, monkeypatch) -> None:
    monkeypatch.setenv("PINCEL_LANG", "es")
    assert run("x", "--share", "1,5", "--json", "--out", "-") == 0
    assert run("x", "--share", "2,5") == 2
    assert "2.5; admite de 0 a 2" in capsys.readouterr().err
    assert main(["echo", "--help"]) == 0
    assert "[por defecto 1.0; de 0 a 2]" in capsys.readouterr().out  # what can be typed
    monkeypatch.setenv("PINCEL_LANG", "en")
    assert run("x", "--share", "1,5") == 2


def test_doubled_braces_are_never_read() -> None:
    assert '{"file": "k1"}' in words.say("studio.not_settings")


def test_the_overview_speaks_one_language(monkeypatch, capsys) -> None:
    monkeypatch.setenv("PINCEL_LANG", "es")
    assert main([]) == 0
    assert "uso: pincel TAREA" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_system_s_reasons_are_in_the_person_s_language(
    language, echo, tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("PINCEL_LANG", language)
    (tmp_path / "file").write_text("")
    assert run("one", "--out", str(tmp_path / "file" / "below")) == 1
    said = capsys.readouterr().err
    assert words.say("system.ENOTDIR") in said
    assert said.count("\n") == 1  # and nothing about "no files to write with these settings"


def test_what_the_whole_job_could_not_do_is_said_once(echo, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(Echo, "run", lambda self: iter([Made("x", 1, list, {}, ("said",))]))
    assert run("x", "--out", str(tmp_path / "box"), "--json") == 1
    said = capsys.readouterr()
    assert said.err.count("could not be done") == 0
    assert "no files to write" in said.err
    assert [f["name"] for f in json.loads(said.out)["failed"]] == ["echo"]


def test_unknown_jobs_get_the_nearest_name(capsys) -> None:
    assert main(["jbos"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_the_person_can_stop_it(echo, tmp_path, monkeypatch, capsys) -> None:
    closed = []

    def endless(self) -> Iterator[Event]:
        try:
            yield Made("first", 1, lambda: [(".txt", b"1")])
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    monkeypatch.setattr(Echo, "run", endless)
    assert run("x", "--out", str(tmp_path)) == 130
    assert closed and (tmp_path / "first.txt").exists()


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(PincelError, match="no space left on the disk"):
        write_whole(tmp_path / "a.txt", b"data")
    assert list(tmp_path.iterdir()) == []


def test_a_result_of_several_files_is_all_or_nothing(tmp_path) -> None:
    job = build(Echo, {"pictures": ("x",)})
    (tmp_path / "x.b").write_text("mine")
    with pytest.raises(PincelError):
        Saver(job, tmp_path).save(Made("x", 1, lambda: [(".a", b"1"), (".b", b"2")]))
    assert not (tmp_path / "x.a").exists()


def test_python_calls_return_values_and_write_only_when_asked(echo, tmp_path) -> None:
    from pincel.calls import call

    assert call("echo", "one") == "one"
    assert call("echo", ["one", "two"]) == ["one", "two"]
    assert call("echo", "one", out=tmp_path / "box") == "one"
    assert (tmp_path / "box/one.txt").exists()
    with pytest.raises(PincelError, match="did you mean width"):
        call("echo", "one", widht=3)
    with pytest.raises(PincelError):
        call("echo", "bad")


def test_follow_counts_numbers(echo, tmp_path, capsys) -> None:
    assert follow_job(build(Echo, {"pictures": ("one",)}), out=str(tmp_path), quiet=True) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["errors", "words", "ranges", "job", "pixels.color"])
def test_any_module_may_be_imported_first(name: str) -> None:
    """`pincel.__getattr__` answers for jobs only when nobody is half way through an import."""
    done = subprocess.run([sys.executable, "-c", f"import pincel.{name}"], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
