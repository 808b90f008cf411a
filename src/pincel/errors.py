"""The one error that a person is meant to read."""

from __future__ import annotations

import errno

import pincel.words as words  # from pincel: its __getattr__ lists jobs, which need this file


class PincelError(ValueError):
    """Something the person can mend: what came, what is allowed, what to do, in one sentence.

    `key` names a sentence in `pincel/words/*.json`; `values` fill its blanks. The sentence is
    written in the language in force when it is read, so an error raised in a library call can
    still be shown in Spanish by the command line or the studio.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return words.say(self.key, **self.values)

    def __reduce__(self):  # keyword values survive copying and process borders
        return (_rebuild, (self.key, self.values))


class SystemReason:
    """Why the system refused a file, for a blank of a sentence: in the language in force when it is
    read, where `words/system.json` has the reason; else as the system says it."""

    def __init__(self, error: OSError | ValueError) -> None:
        self.number = getattr(error, "errno", None) or 0
        self.text = getattr(error, "strerror", None) or str(error)

    def __str__(self) -> str:
        key = f"system.{errno.errorcode.get(self.number, '')}"
        return words.say(key) if words.has(key) else self.text


def _rebuild(key: str, values: dict) -> PincelError:
    return PincelError(key, **values)
