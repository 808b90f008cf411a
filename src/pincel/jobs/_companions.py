"""Options that say how something is done, beside the one that asks for it."""

from __future__ import annotations

from pincel.errors import PincelError
from pincel.job import Job, option_of


def check_companions(job: Job, **of: tuple[str, bool]) -> None:
    """PincelError for a setting that was given though nobody asked for what it is about.

    of  name of a setting -> the setting that asks for it, and whether it does
    """
    for name, (other, asked) in of.items():
        if name in job.told() and not asked:
            raise PincelError("options.only_with", option=option_of(name), other=option_of(other))
