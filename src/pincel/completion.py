"""What a shell completes after `pincel`: jobs, their options and choices, from the jobs' own
declarations, in the language in force.

    pincel --completion bash > ~/.local/share/bash-completion/completions/pincel
    pincel --completion zsh  > "${fpath[1]}/_pincel"
    pincel --completion fish > ~/.config/fish/completions/pincel.fish
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pincel.jobs as jobs
from pincel import limits, words
from pincel.errors import PincelError
from pincel.job import Job, face, option_of


@dataclass(frozen=True)
class Option:
    """One option: its spellings ("-w", "--width"), its sentence, the choices of its value
    (empty: anything), whether it takes a value at all."""

    names: tuple[str, ...]
    about: str
    choices: tuple[str, ...] = ()
    value: bool = True


def script(shell: str) -> str:
    """The completion script for "bash", "zsh" or "fish"."""
    makers: dict[str, Callable[[], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in makers:
        raise PincelError("cli.completion_unknown", shell=shell, shells=", ".join(makers))
    return makers[shell]()


def completed_names() -> list[str]:
    """What may come after `pincel`: the jobs, and the studio, which is none."""
    return [*jobs.names(), "studio"]


def options(name: str) -> list[Option]:
    """All options of a job, those of saving behind its own."""
    from pincel.commands import command

    job = command(name)
    found = []
    for field, info in job.model_fields.items():
        look = face(info)
        if look.get("positional"):
            continue
        base, choices, _ = limits.setting_kind(info)
        spelt = [option_of(field)]
        if look.get("short"):
            spelt.insert(0, f"-{look['short']}")
        if base is bool and info.default:
            spelt = [f"--no-{option_of(field)[2:]}"]
        about = words.say(f"{job.area()}.field.{field}").splitlines()[0]
        found.append(Option(tuple(spelt), about, tuple(map(str, choices)), base is not bool))
    saving = {"out": ("-o", "--out"), "force": ("--force",), "json": ("--json",)}
    if name == "studio":  # it makes nothing by itself
        saving = {}
    saving |= {"quiet": ("-q", "--quiet"), "help": ("-h", "--help")}
    if job.apart is not Job.apart:
        saving |= {"workers": ("--workers",), "cluster": ("--cluster",)}
    for key, names in saving.items():
        taken = key in ("out", "workers", "cluster")
        found.append(Option(names, words.say(f"cli.{key}"), value=taken))
    return found


def _title(name: str) -> str:
    return words.say(f"{name.replace('-', '_')}.title")


# ----------------------------------------------------------------------------------- bash

_BASH = """# bash completion of pincel
_pincel() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" options=""
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=( $(compgen -W "{jobs} --help --version --completion" -- "$cur") )
    return
  fi
  case "${{COMP_WORDS[1]}}" in
    --completion) COMPREPLY=( $(compgen -W "bash zsh fish" -- "$cur") ); return ;;
{cases}
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$options" -- "$cur") )
  fi
}}
complete -o default -F _pincel pincel
"""


def _bash() -> str:
    cases = []
    for name in completed_names():
        found = options(name)
        every = " ".join(option for one in found for option in one.names)
        chosen = "".join(
            f"\n        {'|'.join(one.names)}) "
            f'COMPREPLY=( $(compgen -W "{" ".join(one.choices)}" -- "$cur") ); return ;;'
            for one in found
            if one.choices
        )
        asked = f'\n      case "$prev" in{chosen}\n      esac' if chosen else ""
        cases.append(f'    {name})\n      options="{every}"{asked} ;;')
    return _BASH.format(jobs=" ".join(completed_names()), cases="\n".join(cases))


# ------------------------------------------------------------------------------------ zsh

_ZSH = """#compdef pincel
_pincel() {{
  local -a jobs
  jobs=(
{jobs}
  )
  if (( CURRENT == 2 )); then
    _describe -t jobs 'pincel' jobs
    return
  fi
  local job="${{words[2]}}"
  shift words
  (( CURRENT-- ))
  case "$job" in
{cases}
  esac
}}
if [[ "${{funcstack[1]}}" == "_pincel" ]]; then
  _pincel "$@"
else
  compdef _pincel pincel
fi
"""


def _zsh() -> str:
    described = "\n".join(f"    {_quoted(f'{n}:{_plain(_title(n))}')}" for n in completed_names())
    cases = []
    for name in completed_names():
        specs = " \\\n        ".join(_zsh_spec(one) for one in options(name))
        cases.append(
            f"    {name})\n      _arguments -s \\\n        {specs} \\\n        '*:file:_files' ;;"
        )
    return _ZSH.format(jobs=described, cases="\n".join(cases))


def _zsh_spec(one: Option) -> str:
    others = f"({' '.join(one.names)})" if len(one.names) > 1 else ""
    spelt = f"{{{','.join(one.names)}}}" if len(one.names) > 1 else one.names[0]
    about = _plain(one.about).replace("[", "(").replace("]", ")")
    action = ""
    if one.value:
        action = f":value:({' '.join(one.choices)})" if one.choices else ":value:_files"
    return f"{_quoted(others) if others else ''}{spelt}{_quoted(f'[{about}]{action}')}"


# ----------------------------------------------------------------------------------- fish


def _fish() -> str:
    lines = ["# fish completion of pincel"]
    every = " ".join(completed_names())
    before = f"not __fish_seen_subcommand_from {every}"
    for name in completed_names():
        about = _quoted(_plain(_title(name)))
        lines.append(f"complete -c pincel -f -n {_quoted(before)} -a {name} -d {about}")
    for name in completed_names():
        seen = _quoted(f"__fish_seen_subcommand_from {name}")
        for one in options(name):
            spelt = " ".join(
                f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
                for option in one.names
            )
            value = ""
            if one.choices:
                value = f" -x -a {_quoted(' '.join(one.choices))}"
            elif one.value:
                value = " -r"
            about = _quoted(_plain(one.about))
            lines.append(f"complete -c pincel -n {seen} {spelt}{value} -d {about}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A sentence without what shells read as their own signs."""
    return text.replace("\\", "").replace(":", " -").replace("`", "").replace("'", "’")


def _quoted(text: str) -> str:
    return f"'{text}'"
