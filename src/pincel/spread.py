"""A job over many pictures on several processes, or on a cluster: the same results, in the same
order, to the byte.

The engine is Dask's `distributed`: it starts workers, hands work out, notices a worker that died
and gives its share to another. A job says by `apart()` which pictures it would go through one by
one; shares of them run as the same job in the workers, and their events come back whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pincel import words
from pincel.errors import PincelError
from pincel.job import Event, Failed, Job, Made, Progress, Said, face

_MOST_IN_A_SHARE = 4
_SHARES_A_WORKER = 8  # so that a slow picture does not leave the others waiting
_TRIES = 3  # a share whose worker died so often is given up, and named


@dataclass(frozen=True)
class Workers:
    """Where the work is done: `count` processes of this machine, or the scheduler at `address`
    ("tcp://host:8786") with the workers that it has."""

    count: int = 1
    address: str | None = None

    @property
    def alone(self) -> bool:
        """Whether there is nothing to spread over."""
        return self.address is None and self.count == 1


def spread(
    job: Job, workers: Workers, *, files: bool, started: Callable[[Any], None] = lambda client: None
) -> Iterator[Event]:
    """The events of the job, worked out by `workers`: those of `job.run()`, but that progress is
    told by shares.

    files    whether the results' files are wanted: they are made in the workers
    started  is handed Dask's client when the workers stand

    Closing the iterator stops the work; processes that were started here are ended at once.
    PincelError where the job makes one thing of all its pictures, where Dask is not installed or
    the cluster does not answer.
    """
    if workers.alone:
        yield from job.run()
        return
    found = job.apart()
    if found is None:
        raise PincelError("spread.together", job=job.key())
    if len(found) < 2:
        yield from job.run()
        return
    shares = _shares(found, workers.count)
    with _client(workers, len(shares)) as client:
        started(client)
        yield from _gathered(job, shares, client, files)


def _shares(found: Sequence[Any], count: int) -> list[list[Any]]:
    size = max(1, min(_MOST_IN_A_SHARE, len(found) // (count * _SHARES_A_WORKER)))
    return [list(found[at : at + size]) for at in range(0, len(found), size)]


def _gathered(job: Job, shares: list[list[Any]], client: Any, files: bool) -> Iterator[Event]:
    from distributed import KilledWorker

    total = sum(map(len, shares))
    said: set[str] = set()
    todo = [(job, [_absolute(one) for one in share], words.language(), files) for share in shares]
    futures = client.map(_share, todo, pure=False, retries=_TRIES)
    done = 0
    yield Progress(0, total)
    try:
        for share, future in zip(shares, futures, strict=True):
            try:
                events = future.result()
            except KilledWorker:
                events = [Failed(one.name, PincelError("spread.died")) for one in share]
            for event in events:
                if isinstance(event, Said) and event.text in said:
                    continue  # what a job says at its beginning, every share says
                if isinstance(event, Said):
                    said.add(event.text)
                yield event
            done += len(share)
            future.release()
            yield Progress(done, total, share[-1].name)
    finally:
        client.cancel(futures)


def _share(given: tuple[Job, list[Any], str, bool]) -> list[Event]:
    """In a worker: the job over its share, with everything in memory that its results hold."""
    job, found, language, files = given
    words.use(language)
    (field,) = [n for n, i in type(job).model_fields.items() if face(i).get("sources")]
    part = job.model_copy(update={field: tuple(found)})
    events: list[Event] = []
    try:
        for event in part.run():
            if isinstance(event, Made):
                kept = tuple(event.files()) if files else ()
                event = replace(event, files=_Kept(kept), renamed=None)
            if not isinstance(event, Progress):
                events.append(event)
    except PincelError as error:  # of the only picture of the share, or of the job as a whole
        if len(found) > 1:
            raise
        events.append(Failed(found[0].name, error))
    return events


@dataclass(frozen=True)
class _Kept:
    """Files that were made already, in place of the function that makes them."""

    held: tuple[tuple[str, bytes], ...]

    def __call__(self) -> tuple[tuple[str, bytes], ...]:
        return self.held


def _absolute(found: Any) -> Any:
    """The same picture for a process that may stand in another folder."""
    if isinstance(found.source, (str, Path)) and str(found.source) != "-":
        return replace(found, source=Path(found.source).absolute())
    return found


@contextmanager
def _client(workers: Workers, shares: int) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise PincelError("spread.missing") from None
    # one thread a process: libraries that thread by themselves would fight for the cores. What Dask
    # sets by itself would also give freed memory back at once (MALLOC_TRIM_THRESHOLD_ 65536,
    # distributed 2026.8.0): every array is paged in anew, and two processes are slower than one
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    quiet = {"distributed.logging.distributed": "error", "distributed.admin.log-format": ""}
    with dask.config.set(quiet | {"distributed.nanny.pre-spawn-environ": alone}):
        if workers.address is not None:
            try:
                client = Client(workers.address, timeout=5, set_as_default=False)
            except (OSError, TimeoutError, ValueError) as error:
                raise PincelError("spread.no_cluster", address=workers.address) from error
            try:
                yield client
            finally:
                client.close()
            return
        cluster = LocalCluster(
            n_workers=min(workers.count, shares),
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",  # any free port: two jobs may run at once
            host="127.0.0.1",
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        )
        try:
            with Client(cluster, set_as_default=False) as client:
                yield client
        finally:
            # a worker that is busy is killed by its nanny within nine seconds; on a machine with
            # other work even that may last, and what was made is not less made for it
            with suppress(TimeoutError):
                cluster.close(timeout=15)
