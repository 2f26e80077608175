"""How long the commands take, as a person waits for them: whole processes, the median of a few runs.

On a busy machine runs differ by a quarter: read the numbers as ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

HANDOUTKIT = Path(sys.executable).with_name("handoutkit")


def seconds(arguments: Sequence[str], scratch: Path) -> float:
    """The time one run takes; it caches and writes below `scratch`."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(scratch / "cache")}
    start = perf_counter()
    subprocess.run([HANDOUTKIT, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def report(title: str, times: Sequence[float]) -> None:
    print(f"{title:<50}{median(times):8.2f} s   ({min(times):.2f} - {max(times):.2f})", flush=True)


def bench(practices: Sequence[str], runs: int, scratch: Path) -> None:
    for command in ("--help", "list"):
        report(f"handoutkit {command}", [seconds([command], scratch) for _ in range(runs)])
    for practice in practices:
        build = ["build", "--all", "--practice", practice, "--output", str(scratch / "output")]
        first, again = [], []
        for _ in range(runs):
            shutil.rmtree(scratch)
            scratch.mkdir()
            first.append(seconds(build, scratch))
            again.append(seconds(build, scratch))
        report(f"build --all, {practice}", first)
        report(f"build --all, {practice}, again", again)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("practices", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        scratch = Path(folder, "bench")
        scratch.mkdir()
        bench(arguments.practices, arguments.runs, scratch)


if __name__ == "__main__":
    main()
