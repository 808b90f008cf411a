"""`make processors`: what must not hang on the processor, as every one this one can stand for.

    python tools/processors.py

First each setting must take effect, by the libraries' own report. Then what the engines draw and
measure is computed under each and compared, and the tests marked `bits` run under each but the
processor as it is, which is `make test`. A processor without AVX-512 stands for fewer others.
Exit code 1 when anything differs, fails, or does not take effect.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from as_processor import BITS, Setting, refused, settings  # noqa: E402


def drawn(setting: Setting) -> tuple[list[str], dict[str, str]]:
    """What did not take effect, and, where all did, the digests of what comes out."""
    idle = refused(setting)
    return idle, {} if idle else setting.python("digests", "all")


def compared(own: dict[str, str], name: str, theirs: dict[str, str]) -> list[str]:
    """What comes out in other bits than on this processor as it is."""
    return [f"{name}: {what} differs" for what in own if theirs.get(what) != own[what]]


def tested(setting: Setting) -> list[str]:
    """Run the tests marked `bits`; their last lines where they fail."""
    files = [str(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if path.stem in BITS]
    spread = ["-n", "auto", "--dist", "worksteal"]
    done = setting.run(sys.executable, "-m", "pytest", *spread, *files)
    lines = (done.stdout.strip() or done.stderr.strip()).splitlines()
    print(f"  {lines[-1] if lines else 'said nothing'}")
    return [f"{setting.name}: {line}" for line in lines[-40:]] if done.returncode else []


def main() -> int:
    """Try every setting; what is wrong, line by line."""
    wrong: list[str] = []
    first, *others = settings()
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each is a process of one thread
        (_, own), *theirs = pool.map(drawn, (first, *others))
    for setting, (idle, digests) in zip(others, theirs, strict=True):
        print(f"{setting.name}: {setting.environment}", flush=True)
        wrong += idle or [*compared(own, setting.name, digests), *tested(setting)]
    for line in wrong:
        print(line)
    print(f"{len(others)} other processors, {len(own)} results each: "
          f"{'the same' if not wrong else f'{len(wrong)} lines of trouble'}")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
