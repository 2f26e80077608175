"""Whether a batch's memory is flat: the peak of any of its processes for 10,000 clients against that for 200.

``make bench`` runs it; it takes some minutes, prints a row of a table, and fails if the ratio is above its limit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 200, 10_000
LIMIT = 1.3


def main() -> int:
    """Measure, print the row, and say with the exit code whether the limit holds."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (peak(rows, Path(folder)) for rows in (FEW, MANY))
    name = f"`handoutkit batch`, peak memory (MB), {MANY:,} rows / {FEW:,}"
    print(f"| {name} | {many / 1024:.0f} | {few / 1024:.0f} | {many / few:.2f} | {LIMIT:.2f} |")
    return int(many / few > LIMIT)


def peak(rows: int, folder: Path) -> int:
    """The largest resident set, in KB, of the command or one of its workers."""
    roster = folder / f"rows-{rows}.csv"
    lines = (f"QX-{number:05},Nkechi Example {number},2026-12-03" for number in range(rows))
    roster.write_text("\n".join(["client_ref,display_name,next_session", *lines, ""]), encoding="utf-8")
    command = [sys.executable, "-m", "handoutkit", "-q", "batch", str(roster), "--packet", "first-weeks"]
    process = subprocess.Popen([*command, "-o", str(folder), "--date", "2026-11-21"], cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the batch of {rows} rows failed")
    return used.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
