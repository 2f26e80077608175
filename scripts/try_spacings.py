"""Tries random spacings over shipped themes and handouts: whatever a page's margins and gaps are, nothing may be lost.

    python scripts/try_spacings.py [how many] [seed]

Each is a theme that extends a shipped one. What a build refuses is printed with the stylesheet that brings it about,
and makes this fail. ``make fuzz`` tries a few hundred.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.isolation.worker import the_worker
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS
from handoutkit.models.practice import Paper
from handoutkit.render.render_cache import RenderCache

ROOT = Path(__file__).resolve().parents[1]
PRACTICE = "shift-your-journey"
THEMES = ("base", "calm", "editorial", "warm", "youth")
PARTS = (".block", ".crisis", ".key-message", ".has-heading", ".sources p", "h2", ".callout", ".prompt", ".masthead")
SETTINGS = "title: Tried\ndescription: Random spacings.\nextends: {}\n"


def spacing(choose: random.Random) -> str:
    """A stylesheet with margins of the page that leave room for a column, and gaps below some parts of it."""
    margins = " ".join(
        f"{choose.randint(*of)}mm" for of in ((8, 24), (8, 24), (22, 30), (8, 24))
    )  # the foot is 20 high
    gaps = [f"{part} {{ margin-bottom: {choose.randint(0, 45)}mm }}" for part in choose.sample(PARTS, 3)]
    room = [":root { --room: 1 !important }"] if choose.random() < 0.5 else []
    return "\n".join([f"@page {{ margin: {margins} }}", *room, *gaps])


def lost_by(css: str, parent: str, handout: str, options: BuildOptions) -> list[str]:
    """What is wrong with a shipped handout in a theme with these styles; empty if nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("theme.yaml", SETTINGS.format(parent)), ("css/90-tried.css", css)):
            path = Path(folder, "templates", "tried", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        library = Library(Workspace(Path(folder)))
        try:
            Builder(library, options, RenderCache(None)).render([handout])
        except ContentError as error:
            return [f"{problem.code}: {problem.message}" for problem in error.problems]
    return []


def tried(choose: random.Random) -> tuple[str, list[str]]:
    """One random spacing over one shipped handout: what was tried, and what was wrong with it."""
    parent, format = choose.choice(THEMES), choose.choice(FORMATS)
    handout, css = choose.choice(sorted(Workspace(ROOT).handout_files)), spacing(choose)
    paper: Paper = choose.choice(("letter", "a4"))
    options = BuildOptions(theme="tried", practice=PRACTICE, paper=paper, format=format, layout="booklet")
    return f"{handout} in {parent}, {format}, {paper}, with\n{css}", lost_by(css, parent, handout, options)


def main(many: int = 200, seed: int = 1) -> int:
    """Try so many; returns how many lost something."""
    choose, bad = random.Random(seed), 0  # noqa: S311 - the same ones each time
    with tempfile.TemporaryDirectory() as base:
        tempfile.tempdir = base  # the worker may read all of it, and need not begin anew for each of them
        the_worker().start(reads=[Path(base)])
        for number in range(1, many + 1):
            what, problems = tried(choose)
            if problems:
                bad += 1
                print("\n".join([what, *(f"  {problem}" for problem in problems)]), flush=True)
            if number % 50 == 0:
                print(f"{number} tried, {bad} lost something", flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
