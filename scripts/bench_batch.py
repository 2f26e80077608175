"""What ``handoutkit batch`` costs as rosters grow, and what a second process brings.

``make bench`` runs it; it takes some minutes, prints rows of a table, and fails if a ratio is not within its limit.
What a batch costs before its first packet (starting, one layout from the cache) is taken off by a roster of one row.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from handoutkit.batch.handover.finished_packets import FinishedPacket, LayoutFacts
from handoutkit.batch.handover.print_run import PrintChoices, PrintRun
from handoutkit.build.build_options import BuildOptions
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.packet_builder import PacketBuilder

ROOT = Path(__file__).resolve().parent.parent
FEW, SOME, MANY = 200, 2_000, 10_000
MAX_MEMORY, MAX_COST, MIN_GAIN = 1.3, 1.2, 1.7
MAX_LETTER, MAX_LETTER_MEMORY = 1.5, 1.2
PRINTED, MAX_PRINT = 1_000, 1.5
PACKET = "first-weeks"
_VALUE = re.compile(r"\{[a-z_]+(?:\|([^}]*))?\}")


@dataclass(frozen=True)
class Run:
    """A finished batch: its seconds, those of the processor, and the most memory that a process of it had, in KB."""

    seconds: float
    processor: float
    memory: int


@dataclass(frozen=True)
class BegunBatch:
    """A batch of so many rows that was ``started`` and is not waited for yet."""

    rows: int
    process: subprocess.Popen[bytes]
    started: float

    def wait(self) -> Run:
        """What it took; exits if it failed."""
        _, status, used = os.wait4(self.process.pid, 0)
        if status:
            sys.exit(f"the batch of {self.rows} rows failed")
        return Run(time.perf_counter() - self.started, used.ru_utime + used.ru_stime, used.ru_maxrss)


def main() -> int:
    """Measure, print the rows, and say with the exit code whether every limit holds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batch(1, 1, folder)  # the layout is kept from here on
        start, few, many = batch(1, 1, folder), batch(FEW, 1, folder), batch(MANY, 1, folder)
        alone, pair = batch(SOME, 1, folder), batch(SOME, 2, folder)
        letters = letter_in_running_text(folder)
        printed = print_file(folder)
    memory = many.memory / few.memory
    each_of_many, each_of_few = (many.seconds - start.seconds) / MANY, (few.seconds - start.seconds) / FEW
    cost = each_of_many / each_of_few
    gain = (alone.seconds - start.seconds) / (pair.seconds - start.seconds)
    print(
        f"| `batch`, peak memory (MB), {MANY:,} rows / {FEW:,}"
        f" | {many.memory / 1024:.0f} | {few.memory / 1024:.0f} | {memory:.2f} | {MAX_MEMORY} |"
    )
    print(
        f"| `batch`, a packet with all that a command does (ms), {MANY:,} rows / {FEW:,}"
        f" | {each_of_many * 1e3:.1f} | {each_of_few * 1e3:.1f} | {cost:.2f} | {MAX_COST} |"
    )
    print(
        f"| `batch`, {SOME:,} rows (s), one process / two"
        f" | {alone.seconds:.1f} | {pair.seconds:.1f} | {gain:.2f} | at least {MIN_GAIN} |"
    )
    return int(memory > MAX_MEMORY or cost > MAX_COST or gain < MIN_GAIN or not letters or not printed)


def letter_in_running_text(folder: Path) -> bool:
    """Measure packets whose letter holds values against the same with none; return whether the limits hold.

    Both batches run at once, so that whatever else the machine is at weighs on both alike.
    """
    source = (ROOT / "handouts" / "packets" / f"{PACKET}.yaml").read_text(encoding="utf-8")
    starts: list[Run] = []
    begun: list[BegunBatch] = []
    for name, text in (("with", source), ("without", _VALUE.sub(r"\1", source))):
        packet = folder / f"{name}.yaml"
        packet.write_text(text, encoding="utf-8")
        (folder / name).mkdir()
        starts.append([batch(1, 1, folder / name, str(packet)) for _ in range(2)][-1])
    for name in ("with", "without"):
        begun.append(begin_batch(MANY, 1, folder / name, str(folder / f"{name}.yaml")))
    runs = [
        Run(many.seconds - start.seconds, many.processor - start.processor, many.memory)
        for many, start in zip([one.wait() for one in begun], starts, strict=True)
    ]
    for name in ("with", "without"):
        shutil.rmtree(folder / name)  # some gigabytes
    time_of, memory_of = runs[0].processor / runs[1].processor, runs[0].memory / runs[1].memory
    print(
        f"| `batch`, {MANY:,} rows (s of the processor), values in the letter / a letter that is the same for all"
        f" | {runs[0].processor:.1f} | {runs[1].processor:.1f} | {time_of:.2f} | {MAX_LETTER} |"
    )
    print(
        f"| `batch`, peak memory (MB), values in the letter / a letter that is the same for all"
        f" | {runs[0].memory / 1024:.0f} | {runs[1].memory / 1024:.0f} | {memory_of:.2f} | {MAX_LETTER_MEMORY} |",
        flush=True,
    )
    return time_of <= MAX_LETTER and memory_of <= MAX_LETTER_MEMORY


def print_file(folder: Path) -> bool:
    """Measure one PDF of many packets, verified, against copying their pages with pikepdf; return whether it holds."""
    batch(PRINTED, 2, folder)
    packets = sorted(max(folder.glob(f"rows-{PRINTED}-2-*"), key=lambda path: path.is_dir()).glob("QX-*.pdf"))
    layout = PacketBuilder(Library(Workspace(ROOT)), BuildOptions()).lay_out(PACKET, ("clinician", "note")).layout
    started = time.process_time()
    facts = LayoutFacts.of("layout", layout)
    found = [FinishedPacket(path.stem, path, _sha256(path), 1, facts) for path in packets]
    PrintRun(folder / "print", "all", len(found), PrintChoices()).make(found)
    ours = time.process_time() - started
    started = time.process_time()
    with pikepdf.new() as copy, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fields are lost; nobody fills them in on paper
        for path in packets:
            with pikepdf.open(path) as packet:
                copy.pages.extend(packet.pages)
        copy.save(folder / "copied.pdf")
    theirs = time.process_time() - started
    ratio = ours / theirs
    print(
        f"| print file of {len(packets):,} packets, verified / pikepdf copying their pages (s of the processor)"
        f" | {ours:.1f} | {theirs:.1f} | {ratio:.2f} | {MAX_PRINT} |"
    )
    return ratio <= MAX_PRINT


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def batch(rows: int, processes: int, folder: Path, packet: str = PACKET) -> Run:
    """A batch of so many invented clients, into a folder of its own."""
    return begin_batch(rows, processes, folder, packet).wait()


def begin_batch(rows: int, processes: int, folder: Path, packet: str) -> BegunBatch:
    """Begin what ``batch`` does, and do not wait for it."""
    roster = folder / f"rows-{rows}-{processes}-{time.monotonic_ns()}.csv"
    lines = (f"QX-{number:05},Nkechi Example {number},Nkechi,2026-12-03" for number in range(rows))
    roster.write_text("\n".join(["client_ref,display_name,first_name,next_session", *lines, ""]), encoding="utf-8")
    command = [sys.executable, "-m", "handoutkit", "-q", "batch", str(roster), "--packet", packet]
    options = ["--allow-empty", "-o", str(folder), "--date", "2026-11-30", "--processes", str(processes)]
    started = time.perf_counter()
    return BegunBatch(rows, subprocess.Popen([*command, *options], cwd=ROOT), started)


if __name__ == "__main__":
    sys.exit(main())
