"""All families that make pictures, on the same data for the same CPU-minutes: one table for each.

    python benchmarks/generators.py --runs RUNS --out OUT [--data digits blood sprites]
                                    [--minutes 5 15] [--count 500]

Thin over `pincel contest`: each contest writes its chart, page, CSV and JSON to OUT, and this
prints the tables as Markdown. Interrupted, it goes on where it stood. blood and sprites are looked
for as `pincel train` looks for them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pincel.job import Failed, Made, Said
from pincel.jobs.generate.contest import Contest
from pincel.saving import Saver

COLUMNS = ("frechet", "precision", "recall", "density", "coverage", "kinds", "even", "obeyed",
           "parameters", "seconds", "seen", "speed")  # fmt: skip
WHOLE = ("kinds", "parameters", "seconds", "seen", "speed")


def table(rows: list[dict[str, Any]]) -> str:
    """The rows of a contest as a Markdown table."""
    lines = ["| family | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for row in rows:
        cells = []
        for column in COLUMNS:
            value = row.get(column)
            if value is None:
                cells.append("")
            elif column == "kinds":
                cells.append(f"{value}/{row['kinds_of']}")
            else:
                cells.append(f"{value:,.0f}" if column in WHOLE else f"{value:.2f}")
        lines.append(f"| {row['family']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    reading = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    reading.add_argument("--data", nargs="+", default=["digits", "blood", "sprites"])
    reading.add_argument("--minutes", nargs="+", type=float, default=[5.0, 15.0])
    reading.add_argument("--families", nargs="+", default=[])
    reading.add_argument("--count", type=int, default=500)
    reading.add_argument("--runs", type=Path, required=True)
    reading.add_argument("--out", type=Path, required=True)
    asked = reading.parse_args()
    for data in asked.data:
        for minutes in asked.minutes:
            job = Contest(data=data, minutes=minutes, families=tuple(asked.families),
                          count=asked.count, runs=asked.runs)  # fmt: skip
            saver = Saver(job, asked.out / f"{minutes:g}min", force=True)
            print(f"\n## {data}, {minutes:g} CPU-minutes each\n", flush=True)
            for event in job.run():
                if isinstance(event, Said):
                    print(f"<!-- {event.text} -->", flush=True)
                elif isinstance(event, Failed):
                    print(f"<!-- {event.name}: {event.error} -->", flush=True)
                elif isinstance(event, Made):
                    saver.save(event)
                    print("\n" + table(event.numbers["rows"]), flush=True)
            saver.close()


if __name__ == "__main__":
    main()
