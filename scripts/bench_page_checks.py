"""What it costs to check finished pages against what went in, in the build whose part it is; in processor time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.page_checks.check_pages import PagesToCheck
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.weasyprint_patches.painting.painted_pages import PaintedPages
from handoutkit.render.worker_typesetter import set_here

ROOT = Path(__file__).resolve().parent.parent
HANDOUT, PRACTICE = "what-healthy-interdependence-looks-like", "riverbend-counseling"
NOTED = ("add_page", "enter", "leave", "add_text", "add_background", "add_border", "add_table_line", "add_picture")
"""What listens while pages are painted."""
FIELDS, PAPER = "fields", "paper"
"""Pages with fields to fill in, and pages for paper only."""


class Holding:
    """A handout set in a process of its own, with fonts and templates read before."""

    def __init__(self, *, fields: bool) -> None:
        self.build, self._pages = WholeBuild(), FIELDS if fields else PAPER

    def seconds(self) -> float:
        """Processor seconds of the checks, with what they listen to; those of the build are kept in ``build``."""
        args = [sys.executable, "-m", "scripts.bench_page_checks", self._pages]
        told = subprocess.run(args, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
        held, self.build.taken = map(float, told)
        return held


class WholeBuild:
    """The build of the last such run."""

    taken = 0.0

    def seconds(self) -> float:
        """Its processor seconds."""
        return self.taken


class Stopwatch:
    """Adds up the processor time of some methods; what is called inside another of them counts once."""

    def __init__(self) -> None:
        self.total = 0.0

    def around(self, owner: type, name: str) -> None:
        """Measure a method from now on."""
        method: Callable[..., Any] = getattr(owner, name)

        def measured(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return method(*arguments, **named)
            finally:
                self.total += time.process_time() - started

        setattr(owner, name, measured)


def main() -> None:
    """Set the handout twice, measure the second time, and print the seconds of the checks and of all."""
    options = BuildOptions(practice=PRACTICE, layout="booklet", fields=sys.argv[1] == FIELDS)
    builder = Builder(Library(Workspace(ROOT)), options, RenderCache(None))
    loaded = builder.handout(HANDOUT)
    document = builder.compose(loaded)
    set_here(builder.theme, document, loaded.source, builder.logo)
    watch = Stopwatch()
    watch.around(PagesToCheck, "problems")
    for name in NOTED:
        watch.around(PaintedPages, name)
    started = time.process_time()
    set_here(builder.theme, document, loaded.source, builder.logo)
    print(watch.total, time.process_time() - started)


if __name__ == "__main__":
    main()
