"""Every two of the choices together, on shipped handouts by turns: theme, format, paper, practice and language."""

from __future__ import annotations

import itertools

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS, Format
from handoutkit.models.practice import Paper
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, PAPERS, PRACTICES, ROOT
from tests.support.pdf_reading import failures, opened
from tests.support.short_suite import covering, spread

THEMES = ("base", "calm", "editorial", "warm", "youth")
LANGUAGES = ("ar", "en", "es", "zh-Hans")
WIDTHS = {"letter": 612, "a4": 595}


def languages_of(handout: str) -> list[str]:
    catalogues = ROOT / "handouts" / "locale"
    return ["en", *(one for one in LANGUAGES if (catalogues / one / f"{handout}.po").exists())]


CHOICES = covering(list(itertools.product(THEMES, FORMATS, PAPERS, PRACTICES, LANGUAGES)))
ROWS = spread(CHOICES, {handout: languages_of(handout) for handout in HANDOUTS})


def test_every_theme_and_language_is_chosen() -> None:
    assert set(THEMES) == {path.parent.name for path in (ROOT / "templates").glob("*/theme.yaml")}
    assert set(LANGUAGES) == {"en", *(path.name for path in (ROOT / "handouts" / "locale").iterdir() if path.is_dir())}


@pytest.mark.parametrize(("handout", "theme", "format", "paper", "practice", "language"), ROWS)
def test_is_pdf_ua_in_its_language_and_on_its_paper(
    handout: str, theme: str, format: Format, paper: Paper, practice: str, language: str, cache: RenderCache
) -> None:
    choices = BuildOptions(theme=theme, format=format, paper=paper, practice=practice, language=language)
    rendered = Builder(Library(Workspace(ROOT)), choices, cache).render([handout]).finished[0].rendered
    assert failures(rendered.pdf) == []
    pdf = opened(rendered.pdf)
    assert str(pdf.Root.Lang) == language
    assert round(min(pdf.pages[0].mediabox[2:])) == WIDTHS[paper]
    assert rendered.fields > 0
