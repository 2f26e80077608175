"""Fill the tables of SECURITY.md from a run: every hostile input and every fault, with what came of it.

Each runs as a process of its own; see ``measuring`` for what is measured of it.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from handoutkit import __version__
from handoutkit.files.text_files import MAX_BYTES
from scripts.measuring import ROOT, Measured, of_command, of_test
from tests.answers.test_untrusted_pdf import FAULTS
from tests.support.answer_samples import WORKSPACE
from tests.support.hostile import CASES, LIMITS
from tests.support.hostile_tables import TABLES
from tests.support.largest import LARGEST, build
from tests.support.slow_files import FILES

PAGE = ROOT / "SECURITY.md"
TESTS: dict[str, str | tuple[str, ...]] = {
    "tests/cli/test_machine_faults.py": "test_",
    "tests/render/test_render_cache.py": ("test_a_damaged_entry_is_rebuilt", "test_versions_count"),
    "tests/batch/test_batch_faults.py": "test_",
}
"""Files with tests of faults, and how the names of those tests begin."""
RUN = (
    "import handoutkit.render.worker_typesetter as remote;"
    "from handoutkit.isolation.resource_limits import ResourceLimits;"
    f"remote.LIMITS = {LIMITS!r};"
    "from handoutkit.cli import main; main()"
)
LARGEST_HEAD = ("| a handout full of | what happened | processor time | peak memory |", "|---|---|---|---|")
MAX_SECONDS, MAX_MEGABYTES = 20, 1_000
"""What no valid handout may take; ``make security`` fails if one does."""
HEAD = ("| input or fault | what happened | time | peak memory | lost |", "|---|---|---|---|---|")


def conditions() -> str:
    """Where and when the tables were made."""
    busy = f", load {os.getloadavg()[0]:.1f} when it began" if hasattr(os, "getloadavg") else ""
    return (
        f"handoutkit {__version__}, {datetime.now().astimezone():%Y-%m-%d %H:%M}, Python {platform.python_version()}, "
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors{busy}."
    )


def hostile_inputs() -> Iterator[str]:
    """A row for each workspace that means harm, for each PDF, and for each file that is slow to read."""
    for case in (*CASES, *TABLES):
        with tempfile.TemporaryDirectory() as folder:
            workspace = case.write(Path(folder))
            yield _row(case.name, of_command([sys.executable, "-c", RUN, *case.command, "--json"], workspace))
    for name, (make, _) in FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            for file, text in WORKSPACE.items():
                path = Path(folder, file)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            Path(folder, "returned.pdf").write_bytes(make())
            command = [sys.executable, "-c", RUN, "answers", "returned.pdf", "--json"]
            yield _row(f"a returned PDF: {name}", of_command(command, Path(folder)))
    yield from _slow_files()


def _row(name: str, run: Measured) -> str:
    codes = dict.fromkeys(problem["code"] for problem in json.loads(run.stdout)["problems"])
    said = ", ".join(f"`{code}`" for code in codes) or "built, and does no harm"
    return f"| {name} | exit {run.code}: {said} | {run.seconds:.1f} s | {run.megabytes:.0f} MB | nothing |"


def _slow_files() -> Iterator[str]:
    for name in FILES:
        run = of_command([sys.executable, "-m", "tests.support.slow_files", str(MAX_BYTES), name], ROOT)
        _, seconds, *_, code = json.loads(run.stdout)
        yield f"| {name} | `{code}` | {seconds:.1f} s | {run.megabytes:.0f} MB | nothing |"


def faults() -> Iterator[str]:
    """A row for each test of a fault; its docstring says what must happen."""
    for file, begin in TESTS.items():
        for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(begin):
                yield _fault(f"{file}::{node.name}", node.name, ast.get_docstring(node) or "")


def _fault(test: str, name: str, happens: str) -> str:
    run = of_test([sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", test])
    if run.code:
        raise SystemExit(f"{test} failed:\n{run.stdout}")
    words = name.removeprefix("test_").replace("_", " ")
    memory = f"{run.megabytes:.0f} MB" if run.megabytes else "not told"
    return f"| {words} | {' '.join(happens.split())} | {run.seconds:.1f} s | {memory} | nothing |"


def largest() -> tuple[str, list[str]]:
    """What the worst of the largest handouts takes, in a sentence; and a row for each of them."""
    runs: dict[str, Measured] = {}
    for name in LARGEST:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "handoutkit", *build(name, Path(folder)), "--json"]
            runs[name] = run = of_command(command, Path(folder))
        if run.code not in (0, 1) or run.processor > MAX_SECONDS or run.megabytes > MAX_MEGABYTES:
            raise SystemExit(f"a handout full of {name}: {run}")
    slowest, fullest = (max(runs, key=lambda name: getattr(runs[name], of)) for of in ("processor", "megabytes"))
    worst = (
        f"The slowest of the largest handouts there can be is one full of {slowest}, with "
        f"{runs[slowest].processor:.0f} seconds of processor time;\nthe most memory, {runs[fullest].megabytes:.0f} MB, "
        f"goes to one full of {fullest}."
    )
    return worst, [
        f"| {name} | {_came_of(run)} | {run.processor:.1f} s | {run.megabytes:.0f} MB |" for name, run in runs.items()
    ]


def _came_of(run: Measured) -> str:
    codes = dict.fromkeys(problem["code"] for problem in json.loads(run.stdout)["problems"])
    return ", ".join(f"`{code}`" for code in codes) or "built"


def fill(mark: str, *lines: str) -> None:
    """Put lines between the marks of that name in SECURITY.md."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    filled = "\n".join((begin, *lines, end))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(f"{begin}.*?{end}", lambda _: filled, page, flags=re.DOTALL), encoding="utf-8")


def fill_largest() -> None:
    """Set the largest handouts, and write what they take."""
    made = conditions()
    worst, rows = largest()
    fill("worst", worst)
    fill("largest", made, "", *LARGEST_HEAD, *rows)


def main() -> None:
    """Write the tables between their marks."""
    made = conditions()
    tables = {"hostile": list(hostile_inputs()), "faults": list(faults())}
    for mark, rows in tables.items():
        fill(mark, made, "", *HEAD, *rows)
    fill_largest()


if __name__ == "__main__":
    main()
