"""The command line, made from the jobs: nothing about a job is declared here.

Exit codes: 0 all done, 1 something could not be done, 2 the command itself was not understood,
130 stopped by the person.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pincel.jobs as jobs
from pincel import words
from pincel.bar import progress_bar
from pincel.errors import PincelError
from pincel.given import faces, filled, parser_of, spreads, takes_several, values_of

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from pincel.job import Event, Failed, Job, Made
    from pincel.saving import Saver
    from pincel.spread import Workers

SAVING = ("out", "force", "json", "quiet", "workers", "cluster", "help")


def main(arguments: list[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    # Pydantic looks through every installed package for plugins of its own; no job needs one
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # what is left when all is done goes with the process: looking through it for cycles first
    # takes a tenth of a short command
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not given or given[0] in ("-h", "--help"):
            print(overview())
            return 0
        if given[0] in ("-V", "--version"):
            import pincel

            print(f"pincel {pincel.__version__}")
            return 0
        if given[0] == "--completion":
            from pincel.completion import script

            print(script(given[1] if len(given) > 1 else ""), end="")
            return 0
        return _command(given[0], given[1:])
    except PincelError as error:
        complain(str(error))
        return 2
    except KeyboardInterrupt:
        complain(words.say("cli.stopped"))
        return 130
    except BrokenPipeError:  # the reader of our output went away: not our error
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0


def complain(sentence: str) -> None:
    """One sentence on standard error."""
    print(f"pincel: {sentence}", file=sys.stderr)


# ------------------------------------------------------------------------------------- help


def overview() -> str:
    """What `pincel --help` shows: jobs by chapter. Imports no job."""
    lines = [
        words.say("cli.tagline"),
        "",
        f"{words.say('cli.usage')} pincel {words.say('cli.a_job')} ...",
        "",
    ]
    for chapter, names in jobs.chapters().items():
        lines.append(words.say(f"cli.chapters.{chapter}"))
        for name in names:
            title = words.say(f"{name.replace('-', '_')}.title")
            lines += _entry(f"  {name}", title, 16)
        if chapter == "other":
            lines += _entry("  studio", words.say("studio.title"), 16)
        lines.append("")
    return "\n".join([*lines, words.say("cli.more")])


def explain_job(job: type[Job]) -> str:
    """What `pincel JOB --help` shows: settings with defaults and limits, in groups."""
    area = job.area()
    fields = faces(job)
    usage = "".join(
        f" {name.upper()}{' ...' if several else ''}"
        for name, _, several in (
            (n, i, takes_several(i)) for n, i, f in fields if f.get("positional")
        )
    )
    lines = [
        f"{words.say('cli.usage')} pincel {job.key()}{usage} [{words.say('cli.settings')}]",
        "",
        *_wrap(words.say(f"{area}.about"), 0),
    ]
    groups: dict[str, list[str]] = {}
    for name, info, look in fields:
        head = look.get("group") or ("given" if look.get("positional") else "settings")
        title = (
            words.say(f"{area}.groups.{head}")
            if words.has(f"{area}.groups.{head}")
            else words.say(f"cli.groups.{head}")
        )
        text = words.say(f"{area}.field.{name}") + _limits(info)
        groups.setdefault(title, []).extend(_entry("  " + _shown(name, info, look), text, 26))
    groups[words.say("cli.groups.saving")] = [
        row
        for name in (SAVING if job.key() in jobs.names() else ("quiet", "help"))
        if spreads(job) or name not in ("workers", "cluster")
        for row in _entry(f"  {_SAVED[name]}", words.say(f"cli.{name}"), 26)
    ]
    for title, rows in groups.items():
        lines += ["", title, *rows]
    return "\n".join(lines)


_SAVED = {
    "out": "-o, --out PATH",
    "force": "--force",
    "json": "--json",
    "quiet": "-q, --quiet",
    "workers": "--workers N",
    "cluster": "--cluster ADDRESS",
    "help": "-h, --help",
}


def _shown(name: str, info: FieldInfo, look: dict[str, Any]) -> str:
    from pincel import limits, ranges
    from pincel.job import option_of

    if look.get("positional"):
        return name.upper()
    base, choices, several = limits.setting_kind(info)
    option = option_of(name)
    if look.get("short"):
        option = f"-{look['short']}, {option}"
    if base is bool:
        return option if not info.default else f"--[no-]{name.replace('_', '-')}"
    value = {"int": "N", "float": "X", "Path": "PATH"}.get(getattr(base, "__name__", ""), "TEXT")
    if choices:
        value = "|".join(map(str, choices))
        if len(value) > 24:
            value = "NAME"
    if ranges.choice_or_yes(info):
        return f"{option} [{value}]"
    return f"{option} {value}{',...' if several else ''}"


def _limits(info: FieldInfo) -> str:
    from pincel import limits

    base = limits.setting_kind(info)[0]
    parts = []
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    if base is bool and default:
        parts.append(words.say("cli.default", value=words.say("cli.on")))
    elif default not in (None, "", (), [], False):
        # as it is typed: Spanish, too, writes 1.5 here
        shown = ",".join(map(str, default)) if isinstance(default, (tuple, list)) else str(default)
        parts.append(words.say("cli.default", value=shown))
    if limits.allowed(info):
        parts.append(limits.allowed(info))
    return f" [{'; '.join(parts)}]" if parts else ""


def _width() -> int:
    return max(60, min(100, shutil.get_terminal_size((96, 24)).columns))


def _wrap(text: str, indent: int) -> list[str]:
    return [
        row
        for line in text.split("\n")
        for row in textwrap.wrap(
            line, _width(), initial_indent=" " * indent, subsequent_indent=" " * indent
        )
        or [""]
    ]


def _entry(head: str, text: str, column: int) -> list[str]:
    rows = _wrap(text, column)
    if len(head) + 2 > column:
        return [head, *rows]
    return [head.ljust(column) + rows[0][column:], *rows[1:]]


# ---------------------------------------------------------------------------------- running


def _command(name: str, given: list[str]) -> int:
    from pincel.commands import command

    job_class = command(name)
    if "-h" in given or "--help" in given:
        print(explain_job(job_class))
        return 0
    from pincel import limits

    parsed = parser_of(job_class).parse_intermixed_args(filled(job_class, given))
    values = values_of(job_class, parsed)
    out = parsed.out
    if out and out != "-" and "format" in job_class.model_fields and "format" not in values:
        suffix = os.path.splitext(out)[1].lstrip(".").lower()
        if suffix and not os.path.isdir(out):
            several = takes_several(job_class.model_fields["format"])
            values["format"] = (suffix,) if several else suffix
    job = limits.build(job_class, values)
    workers = _workers(parsed) if spreads(job_class) else None
    settings = {"force": parsed.force, "as_json": parsed.json, "quiet": parsed.quiet}
    return follow_job(job, out=out, workers=workers, **settings)


def _workers(parsed: argparse.Namespace) -> Workers:
    from pincel.spread import Workers

    most = 256
    count = int(parsed.workers) if parsed.workers.isdecimal() else 0
    if not 1 <= count <= most:
        raise PincelError("spread.count", came=parsed.workers, most=most)
    return Workers(count, parsed.cluster)


def follow_job(
    job: Job,
    *,
    out: str | None = None,
    force: bool = False,
    as_json: bool = False,
    quiet: bool = False,
    workers: Workers | None = None,
) -> int:
    """Run a job to its end, show what happens, keep what is made."""
    from pincel.job import Failed, Made, Progress, Said
    from pincel.saving import Saver

    to_stdout = out == "-"
    say = _silent if quiet else (_to_stderr if to_stdout or as_json else print)
    saver = Saver(job, None if to_stdout else out, force=force)
    results: list[dict[str, Any]] = []
    failures: list[Failed] = []
    stopped: Failed | None = None  # the whole job, not one of its pictures
    events = _events(job, workers, None if to_stdout else saver)
    try:
        with progress_bar(quiet or as_json) as bar:
            for event in events:
                if isinstance(event, Progress):
                    bar(event)
                elif isinstance(event, Said):
                    say(event.text)
                elif isinstance(event, Failed):
                    failures.append(event)
                    complain(f"{event.name}: {event.error}")
                elif isinstance(event, Made):
                    try:
                        kept = [] if to_stdout else saver.save(event)
                    except PincelError as error:
                        failures.append(Failed(event.name, error))
                        complain(str(error))
                        continue
                    if to_stdout:
                        _pour(event)
                    results.append(
                        {"name": event.name, "files": list(map(str, kept)), **event.numbers}
                    )
                    for path in kept:
                        say(words.say("cli.wrote", path=path))
                    for line in event.lines:
                        say(line)
        if not to_stdout:
            saver.close(failed=bool(failures))
    except PincelError as error:
        complain(str(error))
        stopped = Failed(job.key(), error)
    finally:
        close = getattr(events, "close", None)
        if close:
            close()
    if as_json:
        failed = [*failures, *([stopped] if stopped else ())]
        print(_document(job, results, failed), file=_stream(to_stdout))
    if len(failures) + len(results) > 1 and failures:
        names = ", ".join(f.name for f in failures)
        complain(_summary(len(results), len(failures), names))
    return 1 if failures or stopped else 0


def _events(job: Job, workers: Workers | None, saver: Saver | None) -> Iterator[Event]:
    """What the job tells; without a saver its one result goes to standard output."""
    from pincel.saving import only_one

    events = job.run() if workers is None else _spread(job, workers)
    if saver is None:
        return only_one(events, words.say("cli.standard_output"))
    return saver.alone(saver.going(events))


def _document(job: Job, results: list[dict[str, Any]], failures: list[Failed]) -> str:
    failed = [{"name": f.name, "why": str(f.error)} for f in failures]
    document = {"job": job.key(), "results": results, "failed": failed}
    return json.dumps(document, indent=1, ensure_ascii=False)


def _summary(done: int, failed: int, names: str) -> str:
    return words.say("cli.summary" if done else "cli.nothing_done", failed=failed, names=names)


def _spread(job: Job, workers: Workers) -> Iterator[Event]:
    from pincel.spread import spread

    return spread(job, workers, files=True)


def _stream(to_stdout: bool):
    return sys.stderr if to_stdout else sys.stdout


def _silent(_: str) -> None:
    return


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr)


def _pour(made: Made) -> None:
    first = next(iter(made.files()), None) or next(iter(made.asked()), None)
    if first is not None:
        sys.stdout.buffer.write(first[1])  # a pipe carries one file: the main one
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    raise SystemExit(main())
