"""Fills the table of docs/performance.md: where the time of one handout goes, in processor time, from a run.

usage: make_performance.py
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache, key_of
from scripts.measuring import ROOT, import_of, machine

HANDOUT, PRACTICE = "what-healthy-interdependence-looks-like", "riverbend-counseling"
PAGE = ROOT / "docs" / "performance.md"
START, END = "<!-- where the time goes: from make_performance.py -->\n", "<!-- end -->"
RUNS = 5
_IN_PARENT = "handoutkit.cli.main, handoutkit.cli.build_command, handoutkit.build.builder"
_IN_WORKER = "handoutkit.isolation.child, handoutkit.render.worker_typesetter, handoutkit.render.typeset"


def stages() -> Iterator[tuple[str, float]]:
    """What a cold build does, one after the other, and the processor seconds of each."""
    empty = _median(import_of("sys").seconds)
    click = _median(import_of("click").seconds)
    yield "Python and click start (and Python alone, for the worker)", click + empty
    yield "the command's modules: models, YAML, checks", _median(import_of(_IN_PARENT).seconds) - click
    yield "the worker's modules: the same models, WeasyPrint, fontTools, pikepdf", _worker_modules(empty)
    started = time.process_time()
    library = Library(Workspace(ROOT))
    loaded = library.handout(HANDOUT)
    builder = Builder(library, BuildOptions(practice=PRACTICE), RenderCache(None))
    document = builder.compose(loaded)
    yield "loading and composing the handout and its practice", time.process_time() - started
    yield (
        "the key of the cache: a digest of content, theme, code and versions",
        _once(lambda: key_of(document, builder.theme, builder.logo)),
    )
    from handoutkit.render.worker_typesetter import set_here

    def set_again(heights: dict[str, float]) -> Any:
        return set_here(builder.theme, document, loaded.source, builder.logo, heights)

    with _timed() as first:
        heights = dict(set_again({}).measured)
    warm, known = _parts_of(lambda: set_again({})), _parts_of(lambda: set_again(heights))
    whole, quick = warm.pop("all"), known.pop("all")
    yield "once a worker: fonts, stylesheets, templates and metrics read for the first time", first["all"] - whole
    yield "measuring every block at up to five widths", whole - quick
    yield from known.items()
    yield "the rest", max(0.0, quick - sum(known.values()))


def _worker_modules(empty: float) -> float:
    return _median(import_of(_IN_WORKER).seconds) - empty


@contextmanager
def _timed() -> Iterator[dict[str, float]]:
    """Note the processor time of the parts of setting a handout, and of all of it, while the block runs."""
    from handoutkit.render.sheets import sheet_typesetter
    from handoutkit.render.typeset import Typesetter

    took: dict[str, float] = {}
    parts: list[tuple[Any, str, str]] = [
        (sheet_typesetter, "document_to_html", "templates to HTML"),
        (sheet_typesetter, "arrange", "the search for an arrangement on two sides"),
        (Typesetter, "lay_out", "laying out the two sides (parsing, styles, lines, boxes)"),
        (Typesetter, "write", "drawing, subsetting fonts and writing the PDF, fields included"),
    ]
    kept = [getattr(place, name) for place, name, _ in parts]

    def noting(function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def note(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return function(*args, **named)
            finally:
                took[name] = took.get(name, 0.0) + time.process_time() - started

        return note

    for (place, attribute, name), function in zip(parts, kept, strict=True):
        setattr(place, attribute, noting(function, name))
    started = time.process_time()
    try:
        yield took
    finally:
        took["all"] = time.process_time() - started
        for (place, attribute, _), function in zip(parts, kept, strict=True):
            setattr(place, attribute, function)


def _parts_of(do: Callable[[], object]) -> dict[str, float]:
    runs = []
    for _ in range(RUNS):
        with _timed() as took:
            do()
        runs.append(took)
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _median(seconds: Callable[[], float]) -> float:
    return statistics.median(seconds() for _ in range(RUNS))


def _once(do: Callable[[], object]) -> float:
    started = time.process_time()
    do()
    return time.process_time() - started


def table() -> str:
    """The table, with what it was measured on."""
    rows = list(stages())
    total = sum(seconds for _, seconds in rows)
    lines = [f"Measured on: {machine()}. Processor time, the median of {RUNS} runs.", ""]
    lines += ["| one handout, built cold | seconds | of all |", "|---|---|---|"]
    lines += [f"| {name} | {seconds:.2f} | {seconds / total:.0%} |" for name, seconds in rows]
    return "\n".join([*lines, f"| all of it | {total:.2f} | |", ""])


def main() -> None:
    """Write the table into its page."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(f"{re.escape(START)}.*?{re.escape(END)}", text, re.DOTALL)
    if found is None:
        sys.exit(f"{Path(PAGE).name} has no place for the table")
    PAGE.write_text(text[: found.start()] + START + table() + END + text[found.end() :], encoding="utf-8")


if __name__ == "__main__":
    main()
