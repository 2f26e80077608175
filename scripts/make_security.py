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
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import product
from pathlib import Path

from handoutkit import __version__
from handoutkit.files.text_files import MAX_BYTES
from scripts.measuring import ROOT, Measured, of_command, of_test
from tests.answers.test_untrusted_pdf import FAULTS
from tests.support.answer_samples import WORKSPACE
from tests.support.hostile import CASES, LIMITS
from tests.support.hostile_tables import TABLES
from tests.support.largest import LARGEST, SETTINGS, SLOW, SLOW_IN_STANDARD, build, is_measured
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
LARGEST_HEAD = (f"| a handout full of | {' | '.join(SETTINGS)} |", "|---|" + "---|" * len(SETTINGS))
_TOOK = re.compile(r"([\d.]+) (?:s|MB)\b")
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


def measured(name: str, setting: str) -> Measured:
    """What the largest handout of a kind takes, set in one way. Raises SystemExit: too much."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "handoutkit", *build(name, Path(folder), setting), "--json"]
        run = of_command(command, Path(folder), XDG_CACHE_HOME=str(Path(folder, "cache")))  # nothing was set before
    limit = MAX_SECONDS if name in SLOW or setting != "standard" else SLOW_IN_STANDARD
    if run.code not in (0, 1) or run.processor > limit or run.megabytes > MAX_MEGABYTES:
        raise SystemExit(f"a handout full of {name}, {setting}, took more than {limit} seconds, or too much: {run}")
    return run


def _cell(run: Measured) -> str:
    codes = dict.fromkeys(problem["code"] for problem in json.loads(run.stdout)["problems"])
    refused = "".join(f", `{code}`" for code in codes)
    return f"{run.processor:.1f} s, {run.megabytes:.0f} MB{refused}"


def largest(kinds: Iterable[str] = LARGEST, settings: Iterable[str] = SETTINGS) -> None:
    """Measure these of the largest handouts, and write each into the table as soon as it is known."""
    for name, setting in product(kinds, settings):
        if not is_measured(name, setting):
            continue
        cells = _cells()
        cells[name, setting] = _cell(measured(name, setting))
        took = {each: tuple(map(float, _TOOK.findall(cell)[:2])) for each, cell in cells.items()}
        slowest, fullest = (max(took, key=lambda each: took[each][of]) for of in (0, 1))
        fill(
            "worst",
            f"The slowest of the largest handouts there can be is one full of {slowest[0]} ({slowest[1]}), with "
            f"{took[slowest][0]:.0f} seconds of processor time;",
            f"the most memory, {took[fullest][1]:.0f} MB, goes to one full of {fullest[0]} ({fullest[1]}).",
        )
        rows = [f"| {kind} | {' | '.join(_told(cells, kind, way) for way in SETTINGS)} |" for kind in LARGEST]
        fill("largest", conditions(), "", *LARGEST_HEAD, *rows)


def _told(cells: Mapping[tuple[str, str], str], kind: str, setting: str) -> str:
    return cells.get((kind, setting), "not yet measured") if is_measured(kind, setting) else "less"


def _cells() -> dict[tuple[str, str], str]:
    """What the table says now, by kind and setting."""
    page = PAGE.read_text(encoding="utf-8").partition("<!-- largest -->")[2].partition("<!-- end of largest -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines()]
    settings = next((cells[1:] for cells in rows if len(cells) > 1 and cells[1] in SETTINGS), [])
    return {
        (kind, way): cell
        for kind, *cells in rows
        for way, cell in zip(settings, cells, strict=False)
        if kind in LARGEST and way in SETTINGS and is_measured(kind, way) and len(_TOOK.findall(cell)) > 1
    }


def fill(mark: str, *lines: str) -> None:
    """Put lines between the marks of that name in SECURITY.md."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    filled = "\n".join((begin, *lines, end))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(f"{begin}.*?{end}", lambda _: filled, page, flags=re.DOTALL), encoding="utf-8")


def main() -> None:
    """Write the tables between their marks; or, of the largest handouts, those of the kinds or settings named."""
    if named := sys.argv[1:]:
        largest(
            [each for each in named if each in LARGEST] or LARGEST,
            [each for each in named if each in SETTINGS] or SETTINGS,
        )
        return
    made = conditions()
    tables = {"hostile": list(hostile_inputs()), "faults": list(faults())}
    for mark, rows in tables.items():
        fill(mark, made, "", *HEAD, *rows)
    largest()


if __name__ == "__main__":
    main()
