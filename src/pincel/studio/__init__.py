"""The studio: all of Pincel in one page of a browser, served from this machine to this machine (or,
behind a token, to a class).

    studio.py    the command `pincel studio`: its settings, from which its help is made
    serve.py     starts the server
    app.py       the addresses that it answers
    door.py      who may come in: host, origin, token, header, size; and what a page may load
    forms.py     forms and words from the declarations of the jobs; openapi.py: for programs
    sessions.py  one visitor's folder, files, tasks and numbered events
    taken.py     what a browser may say in a setting: a file of its own, never a path
    tasks.py     the queue: fair between visitors, newest first where a slider moves
    pool.py      warm worker processes; worker.py  what runs in them
    runs.py      what the page shows of trainings; offers.py  what pickers offer
    views/       one file = one job whose results the page draws from raw numbers
    touch/       one file = one thing that a slider asks and that is no job
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Studio(ModuleType):
    """`pincel.studio(...)` starts the studio, `pincel.studio.app` is a module of it."""

    def __call__(self, **settings: Any) -> None:
        started = import_module("pincel.studio.studio").Studio(**settings)
        for _ in started.run():
            pass


sys.modules[__name__].__class__ = _Studio
