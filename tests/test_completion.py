"""The completion scripts in the shells themselves (those that are here), made from the jobs."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from pincel import words
from pincel.cli import main
from pincel.completion import completed_names, options, script

needs = pytest.mark.skipif


def _run(shell: str, *arguments: str, text: str) -> str:
    done = subprocess.run(
        [shell, *arguments], input=text, capture_output=True, text=True, timeout=60
    )
    assert not done.stderr, done.stderr
    return done.stdout


def _bash(line: str) -> list[str]:
    parts = line.split(" ")
    asked = (
        f"{script('bash')}\nCOMP_WORDS=({' '.join(repr(p) for p in parts)}); "
        f"COMP_CWORD={len(parts) - 1}; _pincel; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    )
    return _run("bash", "--norc", text=asked).split()


@needs(not shutil.which("bash"), reason="no bash here")
def test_bash_completes_jobs_options_and_choices() -> None:
    assert _bash("pincel pix") == ["pixelate"]
    assert _bash("pincel stu") == ["studio"]
    assert _bash("pincel studio --p") == ["--port", "--processes"]
    assert "--out" not in _bash("pincel studio -")
    assert "--width" in _bash("pincel pixelate --w")
    assert _bash("pincel pixelate --engine ") == ["fast", "best"]
    assert _bash("pincel pixelate face.png --engine b") == ["best"]
    assert _bash("pincel pixelate fa") == []  # files: bash's own default then completes them


@needs(not shutil.which("fish"), reason="no fish here")
def test_fish_completes_jobs_options_and_choices() -> None:
    asked = "complete -C 'pincel pix'\ncomplete -C 'pincel pixelate --engine '\n"
    asked += "complete -C 'pincel stu'\n"
    shown = _run("fish", "--no-config", text=script("fish") + asked)
    shown_names = [line.split("\t")[0] for line in shown.splitlines()]
    assert shown_names == ["pixelate", "best", "fast", "studio"]


@needs(not shutil.which("zsh"), reason="no zsh here")
def test_zsh_reads_its_script() -> None:
    for code in words.LANGUAGES:
        words.use(code)
        try:
            text = script("zsh")
        finally:
            words.use(None)
        _run("zsh", "-f", "-n", text=text)  # -n: read, do not run
        loaded = f"autoload -Uz compinit; compinit -u -D\n{text}\nprint ${{_comps[pincel]}}\n"
        assert _run("zsh", "-f", text=loaded).split() == ["_pincel"]


def test_every_option_of_every_job_is_in_every_script() -> None:
    for shell in ("bash", "zsh", "fish"):
        text = script(shell)
        for name in completed_names():
            assert name in text
            for one in options(name):
                longest = one.names[-1]
                assert (longest[2:] if shell == "fish" else longest) in text


def test_an_unknown_shell_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err
