"""What every adapter shares: pictures in, sprites out, seconds and memory told.

An adapter runs inside its peer's own virtual environment, as

    python ADAPTER.py TASKS.json

where TASKS.json lists {"source", "large", "out", "width", "height", "colors", "way"}: `source` is
the picture, `large` the same picture at 8 pixels a cell for tools that find or are told a grid,
`out` the sprite to write. One line of JSON is printed for each: {"seconds"} or {"failed"}; at the
end {"peak_mb"}, of this process and of any that it started.
"""

import json
import resource
import sys
import time
from pathlib import Path

CELL = 8


def each(convert):
    """Run `convert(task)` on every task of the file named on the command line."""
    for task in json.loads(Path(sys.argv[1]).read_text()):
        started = time.perf_counter()
        try:
            convert(task)
            line = {"seconds": time.perf_counter() - started}
        except Exception as error:  # a peer may fail in any way; the table names it
            line = {"failed": f"{type(error).__name__}: {str(error).strip()[:160]}"}
        print("@" + json.dumps(line), flush=True)
    print("@" + json.dumps({"peak_mb": max(_own_peak(), _started_peak()) / 1024}), flush=True)


def _own_peak():
    """In KiB. Not getrusage: its peak is inherited from the process that started this one."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def _started_peak():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def tool(name):
    """The path of a command of this environment."""
    return str(Path(sys.executable).parent / name)
