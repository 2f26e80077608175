"""A batch that is killed (kill -9) at random moments, over and over; what it has left behind is looked at each time.

A program of its own: it has everything imported, so that a batch is at work at once in each fork of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from concurrent.futures import Future
from pathlib import Path

from handoutkit.batch.dispatch import Given
from handoutkit.batch.finish_packet import Job, Outcome, finish_packet
from tests.support.plain_batch import PlainBatch

ROWS = 800


class InThisProcess:
    """Workers that are no processes of their own; what a batch writes is the same."""

    capacity = 2

    def __init__(self, told: int | None = None) -> None:
        self._told = told

    def submit(self, job: Job) -> Given:
        """Do a job; whoever listens to ``told`` hears that it begins."""
        if self._told is not None:
            os.write(self._told, b".")
        done: Future[tuple[Outcome, ...]] = Future()
        done.set_result(finish_packet(job))
        return Given(done)

    def is_death(self, _error: BaseException) -> bool:
        return False

    def restart(self) -> None:
        raise AssertionError("nothing that works in this process dies before it")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill so many times, then run to the end, and say what there was and is as JSON."""
    rows = [f"QX-{number},Bo,{'ab'[number % 2]}" for number in range(ROWS)]
    moments = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as warm:
        PlainBatch(Path(warm), rows[:2]).run(InThisProcess())
    batch = PlainBatch(folder, rows)
    batch.roster.check()  # read by now, which takes longer than all the rest
    assert batch.maker.theme.digest  # so are the theme's files, as after making real layouts
    before: dict[str, int] = {}
    reached: list[int] = []
    span = 0.1
    for _ in range(kills):
        _kill_one(batch, moments, span)
        made = whole(folder / "out")
        span *= (
            1.1 if len(made) == len(before) else 1
        )  # a machine that is slow or busy needs longer for the first packets
        assert before == {name: made[name] for name in before}, "what was made was lost, or made again"
        before = made
        reached.append(len(made))
    result = batch.run(InThisProcess())
    end = whole(folder / "out")
    assert before == {name: end[name] for name in before}
    left = sorted(path.name for path in (folder / "out").iterdir() if path.suffix not in (".pdf", ".jsonl", ".txt"))
    told = {"reached": reached, "made": result.made, "unchanged": result.unchanged, "files": len(end), "left": left}
    print(json.dumps(told))  # noqa: T201


def _kill_one(batch: PlainBatch, moments: random.Random, span: float) -> None:
    """Kill a fork of this process that runs the batch: within ``span`` seconds of its first job, or before that."""
    hear, tell = os.pipe()
    process = os.fork()
    if not process:
        batch.run(InThisProcess(tell))
        os._exit(0)
    os.close(tell)
    if moments.random() < 0.8:
        os.read(hear, 1)  # nothing comes, and at once, if all was made before
    time.sleep(moments.uniform(0, span))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(hear)


def whole(folder: Path) -> dict[str, int]:
    """The packets that the manifest names, with when they were written; each is as the manifest says."""
    manifest = folder / "manifest.jsonl"
    lines = manifest.read_text().split("\n")[:-1] if manifest.exists() else []
    found = {}
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # cut off by a kill, and mended by the next run
        path = folder / entry["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"], f"{path.name} is not whole"
        found[path.name] = path.stat().st_mtime_ns
    for path in folder.glob("*.pdf"):
        assert b"%%EOF" in path.read_bytes()[-32:], f"{path.name} is half written"
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
