"""Every shipped handout beside each language that it is translated into: PDF/UA-1, and headings that are one each."""

from __future__ import annotations

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import HANDOUTS, ROOT
from tests.support.pdf_reading import bookmarks, failures, opened, tags
from tests.support.short_suite import rest_is_long

TRANSLATIONS = ROOT / "handouts" / "locale"
PAIRS = [
    (handout, language)
    for language in ("es", "ar", "zh-Hans")
    for handout in HANDOUTS
    if (TRANSLATIONS / language / f"{handout}.po").exists()
]
SHORT = [("your-support-map", language) for language in ("es", "ar", "zh-Hans")]


def test_translations_are_there() -> None:
    assert {language for _, language in PAIRS} == {path.name for path in TRANSLATIONS.iterdir() if path.is_dir()}


@pytest.mark.parametrize(("handout", "language"), rest_is_long(PAIRS, stays=lambda pair: pair in SHORT))
def test_is_pdf_ua_and_each_heading_is_one(handout: str, language: str, cache: RenderCache) -> None:
    options = BuildOptions(language="en", second_language=language)
    built = Builder(Library(Workspace(ROOT)), options, cache).render([handout])
    typeset = built.finished[0].typeset
    assert typeset
    assert failures(typeset.pdf) == []
    pdf = opened(typeset.pdf)
    headings = [tag.element for tag in tags(pdf) if tag.name[:2] == "/H" and tag.name[2:].isdigit()]
    assert headings
    assert not [heading for heading in headings if heading.P.S == heading.S]
    title = bookmarks(pdf)[0][1]
    assert " – " in title
    assert title.startswith(Library(Workspace(ROOT)).handout(handout).model.title)
