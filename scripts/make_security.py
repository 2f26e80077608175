"""Fill the tables of SECURITY.md from a run: every hostile input and every fault, with what came of it.

Each runs as a process of its own, whose time and largest memory (its own or its worker's) the system tells.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.answering import WORKSPACE
from tests.hostile import CASES, LIMITS
from tests.test_answers_faults import FAULTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "SECURITY.md"
TESTS = ("tests/test_faults.py", "tests/test_batch_faults.py")
RUN = (
    "import handoutkit.render.remote as remote; from handoutkit.isolation.limits import Limits;"
    f"remote.LIMITS = {LIMITS!r};"
    "from handoutkit.cli import main; main()"
)

# A process begins with the memory of the one that starts it; this one has next to none.
LAUNCH = (
    "import os, sys; process = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ);"
    "_, status, used = os.wait4(process, 0); open(sys.argv[1], 'w').write(str(used.ru_maxrss));"
    "sys.exit(os.waitstatus_to_exitcode(status))"
)


class Measured(NamedTuple):
    """What a process came to."""

    code: int
    stdout: str
    seconds: float
    megabytes: float


def measured(command: list[str], cwd: Path) -> Measured:
    """Run a command to its end."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "memory")
        launch = [sys.executable, "-S", "-c", LAUNCH, str(told), *command]
        started = time.perf_counter()
        done = subprocess.run(launch, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        unit = 1_000_000 if sys.platform == "darwin" else 1_000
        return Measured(done.returncode, done.stdout, seconds, int(told.read_text()) / unit)


def hostile_inputs() -> Iterator[str]:
    """A row for each workspace that means harm, and for each PDF."""
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            workspace = case.write(Path(folder))
            yield _row(case.name, measured([sys.executable, "-c", RUN, *case.command, "--json"], workspace))
    for name, (make, _) in FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            for file, text in WORKSPACE.items():
                path = Path(folder, file)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            Path(folder, "returned.pdf").write_bytes(make())
            command = [sys.executable, "-c", RUN, "answers", "returned.pdf", "--json"]
            yield _row(f"a returned PDF: {name}", measured(command, Path(folder)))


def _row(name: str, run: Measured) -> str:
    codes = dict.fromkeys(problem["code"] for problem in json.loads(run.stdout)["problems"])
    said = ", ".join(f"`{code}`" for code in codes) or "built, and does no harm"
    return f"| {name} | exit {run.code}: {said} | {run.seconds:.1f} s | {run.megabytes:.0f} MB | nothing |"


def faults() -> Iterator[str]:
    """A row for each test of a fault; its docstring says what must happen."""
    for file in TESTS:
        if (ROOT / file).exists():
            for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield _fault(f"{file}::{node.name}", node.name, ast.get_docstring(node) or "")


def _fault(test: str, name: str, happens: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", test]
    run = measured(command, ROOT)
    if run.code:
        raise SystemExit(f"{test} failed:\n{run.stdout}")
    words = name.removeprefix("test_").replace("_", " ")
    return f"| {words} | {happens} | {run.seconds:.1f} s | {run.megabytes:.0f} MB | nothing |"


def main() -> None:
    """Write the tables between their marks."""
    tables = {"hostile": list(hostile_inputs()), "faults": list(faults())}
    page = PAGE.read_text(encoding="utf-8")
    for mark, rows in tables.items():
        table = ["| input or fault | what happened | time | peak memory | lost |", "|---|---|---|---|---|", *rows]
        begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
        filled = "\n".join((begin, *table, end))
        page = re.sub(f"{begin}.*?{end}", lambda _, filled=filled: filled, page, flags=re.DOTALL)  # type: ignore[misc]
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
