"""Tries random spacings over shipped themes and handouts: whatever a page's margins and gaps are, nothing may be lost.

    python scripts/try_spacings.py [how many] [seed]

Each is a theme that extends a shipped one, set with one of the spaces that the fitting of a build may come to, and its
finished pages are held against what went in, as in every build. What that refuses is printed with the stylesheet that
brings it about, and makes this fail. ``make fuzz`` tries a few hundred.

Fonts, page templates and shipped stylesheets are read once for each theme and format, in this process, and no spacing
is fitted: a build lays a handout out up to five times and holds one of these layouts; here each layout is held.
"""

from __future__ import annotations

import random
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.errors import ContentError
from handoutkit.files.source_file import SourceFile
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS, Format
from handoutkit.models.practice import Paper
from handoutkit.pictures.logo_files import LogoFiles
from handoutkit.render.fit_pages import CLOSER, OWN_SETTING, PARTED, WIDER, Setting
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from handoutkit.render.typeset import Typesetter

ROOT = Path(__file__).resolve().parents[1]
PRACTICE = "shift-your-journey"
THEMES = ("base", "calm", "editorial", "warm", "youth")
PARTS = (".block", ".crisis", ".key-message", ".has-heading", ".sources p", "h2", ".callout", ".prompt", ".masthead")
SETTINGS = "title: Tried\ndescription: Random spacings.\nextends: {}\n"
STYLESHEET = "90-tried.css"
PAPERS: tuple[Paper, ...] = ("letter", "a4")
FITTINGS = tuple(dict.fromkeys((OWN_SETTING, *CLOSER, *WIDER, *PARTED)))


class Spacing(NamedTuple):
    """What is tried: a stylesheet, with the space that a build's fitting came to."""

    css: str
    fitting: Setting


class Try(NamedTuple):
    """A spacing over a shipped handout."""

    parent: str
    format: Format
    handout: str
    paper: Paper
    spacing: Spacing

    def __str__(self) -> str:
        """What somebody needs to try it again."""
        fitting = f"/* {self.spacing.fitting.css} */"
        return f"{self.handout} in {self.parent}, {self.format}, {self.paper}, with\n{self.spacing.css}\n{fitting}"


class SpacedTypesetter(Typesetter):
    """Sets booklets with another spacing each time, in the place of a stylesheet of the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._place = next(at for at, style in enumerate(theme.styles) if style.path.name == STYLESHEET)
        self.spacing = Spacing("", OWN_SETTING)

    def lay_out(self, html: str, source: SourceFile, logo: LogoFiles | None = None, *, fit: bool = False) -> Any:  # noqa: ARG002 - nothing is fitted
        """HTML as a ``weasyprint.document.Document``."""
        return super().lay_out(html, source, logo)

    def _lay_out(self, page: Any, styles: list[Any], setting: Setting = OWN_SETTING) -> Any:
        styles = [*styles[: self._place], self._read_styles.css(self.spacing.css), *styles[self._place + 1 :]]
        return super()._lay_out(page, styles, self.spacing.fitting if setting == OWN_SETTING else setting)


class Tries:
    """Tries spacings; what stays the same for several is kept.

    Args:
        folder: an empty one, for the themes.
    """

    def __init__(self, folder: Path) -> None:
        for parent in THEMES:
            for name, text in (("theme.yaml", SETTINGS.format(parent)), (f"css/{STYLESHEET}", "")):
                path = folder / "templates" / f"tried-{parent}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self._library = Library(Workspace(folder))
        self.builder, self.typesetter = cache(self._builder), cache(self._typesetter)

    def lost_by(self, tried: Try) -> list[str]:
        """What is wrong with the pages of a handout; empty if nothing is."""
        builder = self.builder(tried.parent, tried.format, tried.paper)
        typesetter = self.typesetter(tried.parent, tried.format)
        typesetter.spacing = tried.spacing
        handout = builder.handout(tried.handout)
        try:
            typesetter.set(builder.compose(handout), handout.source, builder.logo)
        except ContentError as error:
            return [f"{problem.code}: {problem.message}" for problem in error.problems]
        return []

    def _builder(self, parent: str, format: Format, paper: Paper) -> Builder:
        options = BuildOptions(theme=f"tried-{parent}", practice=PRACTICE, paper=paper, format=format, layout="booklet")
        return Builder(self._library, options, RenderCache(None))

    def _typesetter(self, parent: str, format: Format) -> SpacedTypesetter:
        return SpacedTypesetter(self.builder(parent, format, "letter").theme)


def spacing(choose: random.Random) -> Spacing:
    """Margins of the page that leave room for a column, gaps below some parts of it, and a space of the fitting."""
    margins = " ".join(
        f"{choose.randint(*of)}mm" for of in ((8, 24), (8, 24), (22, 30), (8, 24))
    )  # the foot is 20 high
    gaps = [f"{part} {{ margin-bottom: {choose.randint(0, 45)}mm }}" for part in choose.sample(PARTS, 3)]
    return Spacing("\n".join([f"@page {{ margin: {margins} }}", *gaps]), choose.choice(FITTINGS))


def some_try(choose: random.Random) -> Try:
    """A random spacing over a shipped handout, in some theme and format."""
    return Try(
        choose.choice(THEMES),
        choose.choice(FORMATS),
        choose.choice(sorted(Workspace(ROOT).handout_files)),
        choose.choice(PAPERS),
        spacing(choose),
    )


def main(many: int = 200, seed: int = 1) -> int:
    """Try so many; returns how many lost something."""
    choose, bad = random.Random(seed), 0  # noqa: S311 - the same ones each time
    with tempfile.TemporaryDirectory() as folder:
        tries = Tries(Path(folder))
        for number in range(1, many + 1):
            tried = some_try(choose)
            if problems := tries.lost_by(tried):
                bad += 1
                print("\n".join([str(tried), *(f"  {problem}" for problem in problems)]), flush=True)
            if number % 50 == 0:
                print(f"{number} tried, {bad} lost something", flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
