"""What a second language of the same handout costs, in the run that has made it in the first one already."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache

ROOT = Path(__file__).resolve().parent.parent
HANDOUT, PRACTICE = "what-healthy-interdependence-looks-like", "riverbend-counseling"


class Second:
    """A handout made in one language and then in another, in a process of its own."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.first = First()

    def seconds(self) -> float:
        """Wall time of the second; that of the first is kept in ``first``."""
        args = [sys.executable, "-m", "scripts.bench_languages", self._language]
        told = subprocess.run(args, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
        self.first.taken, second = map(float, told)
        return second


class First:
    """The first language of the last such run."""

    taken = 0.0

    def seconds(self) -> float:
        """Its wall time."""
        return self.taken


def main(language: str) -> None:
    """Make the handout in English and in another language, and print how long each took."""
    with tempfile.TemporaryDirectory() as folder:
        library, cache = Library(Workspace(ROOT)), RenderCache(Path(folder))
        for tag in ("en", language):
            started = time.perf_counter()
            Builder(library, BuildOptions(practice=PRACTICE, language=tag), cache).render([HANDOUT])
            print(time.perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1])
