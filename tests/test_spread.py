"""A job on several processes: the same bytes, the same order, nothing lost when one is killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import pincel
import pincel.jobs as jobs
from pincel import limits, words
from pincel.cli import main
from pincel.errors import PincelError
from pincel.job import Failed, Job, Made, Progress
from pincel.spread import Workers, spread

pytest.importorskip("distributed", reason='needs pincel[workers]: pip install "pincel[workers]"')
# Dask's own threads and sockets end a little after their cluster
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
COUNT = 18


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pictures"
    made.mkdir()
    rng = np.random.default_rng(4)
    for number in range(COUNT):
        values = rng.integers(0, 256, (6, 6, 3), dtype=np.uint8).repeat(8, 0).repeat(8, 1)
        Image.fromarray(values).save(made / f"walk-{number}.png")
    (made / "walk-7.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    return made


def build(name: str, folder: Path, **settings: Any) -> Job:
    job = jobs.load(name)
    field = next(n for n in ("pictures", "sources") if n in job.model_fields)
    return limits.build(job, {field: (str(folder),), **settings})


def told(events: Any) -> list[tuple]:
    kept: list[tuple] = []
    for event in events:
        if isinstance(event, Made):
            kept.append((event.name, tuple(event.files()), event.numbers, event.lines))
        elif isinstance(event, Failed):
            kept.append((event.name, str(event.error)))
    return kept


def test_same_bytes_same_order_and_failures_named(folder: Path) -> None:
    for name, settings in (("pixelate", {"width": 6}), ("hog", {})):
        job = build(name, folder, **settings)
        alone = told(job.run())
        shared = told(spread(job, Workers(2), files=True))
        assert shared == alone
        assert [one[0] for one in alone].index("walk-7") == 7 and len(alone) == COUNT


def test_one_process_killed_half_way_loses_nothing(folder: Path) -> None:
    job = build("pixelate", folder, width=6)
    clients: list[Any] = []
    events = spread(job, Workers(2), files=True, started=clients.append)
    kept, killed = [], False
    for event in events:
        kept.append(event)
        if isinstance(event, Made) and not killed:
            killed = True
            processes = clients[0].run(os.getpid)
            os.kill(next(iter(processes.values())), signal.SIGKILL)
    assert killed and told(kept) == told(job.run())


def test_closing_the_events_ends_the_processes(folder: Path) -> None:
    clients: list[Any] = []
    events = spread(build("pixelate", folder, width=6), Workers(2), files=True,
                    started=clients.append)  # fmt: skip
    assert isinstance(next(events), Progress)
    processes = list(clients[0].run(os.getpid).values())
    assert len(processes) == 2
    for own in clients[0].run(lambda: dict(os.environ)).values():
        assert own["OMP_NUM_THREADS"] == "1"  # or they fight for the cores
        assert "MALLOC_TRIM_THRESHOLD_" not in own  # distributed 2026.8.0: twice the time a picture
    events.close()
    until = time.monotonic() + 10
    while any(map(_runs, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_runs, processes))


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_scheduler_elsewhere_and_the_language_in_force(folder: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://",
                      host="127.0.0.1", dashboard_address="127.0.0.1:0",
                      memory_limit=0) as cluster:  # fmt: skip
        words.use("es")
        try:
            address = Workers(address=cluster.scheduler_address)
            shared = told(spread(build("hog", folder), address, files=False))
            (failed,) = [one for one in shared if len(one) == 2]
            assert "dañado" in failed[1] or "daña" in failed[1]
        finally:
            words.use(None)


def test_command_line_and_python_call(folder: Path, tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    assert main(["pixelate", str(folder), "-w", "6", "-o", str(alone), "-q"]) == 1  # walk-7
    arguments = ["pixelate", str(folder), "-w", "6", "-o", str(shared), "-q", "--workers", "2"]
    assert main(arguments) == 1
    for path in sorted(alone.rglob("*.png")):
        assert path.read_bytes() == (shared / path.relative_to(alone)).read_bytes()
    sprites = pincel.pixelate(*sorted(alone.rglob("*.png")), width=3, workers=2)
    assert len(sprites) == COUNT - 1 and sprites[0].width == 3


def test_what_cannot_be_spread_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PincelError, match="one by one"):
        list(spread(build("pixelate", folder, lock=True), Workers(2), files=True))
    assert main(["hog", str(folder), "--workers", "none"]) == 2
    assert "--workers takes a whole number" in capsys.readouterr().err
    with pytest.raises(PincelError, match="No Dask scheduler answers"):
        list(spread(build("hog", folder), Workers(address="tcp://127.0.0.1:9"), files=False))
