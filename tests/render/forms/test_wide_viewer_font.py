"""What is typed is seen: in letters that a simple font lacks, and in places that are small."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.forms.write_form_fields import characters_in
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Tree
from tests.support.fill_in_viewer import dark, fields, in_viewer, ink
from tests.support.form_sample import FORM
from tests.support.pdf_reading import failures
from tests.support.samples import FILES

LINE, OTHER = "small-page.line.answer", "small-page.several.other-text"
TYPED = {"ar": "أختي وجارتي", "zh-Hans": "晚上和我妹妹", "ru": "Моя сестра", "pl": "Moja siostra Żółć"}


def in_language(folder: Path, language: str, cache: RenderCache) -> bytes:
    (folder / "handouts/small-page.yaml").write_text(
        FORM.replace("language: en", f"language: {language}"), encoding="utf-8"
    )
    typeset = Builder(Library(Workspace(folder)), BuildOptions(), cache).render(["small-page"]).finished[0].typeset
    assert typeset
    return typeset.pdf


@pytest.mark.parametrize("language", ["ar", "zh-Hans"])
def test_letters_of_the_page_s_language_are_seen_in_a_viewer_that_has_no_font_for_them(
    language: str, tree: Tree, cache: RenderCache
) -> None:
    pdf = in_language(tree(FILES), language, cache)
    assert failures(pdf) == []
    typed = in_viewer(pdf, {LINE: TYPED[language]})
    assert fields(typed)[LINE].value == TYPED[language]
    empty, seen = (dark(ink(one, fields(one)[LINE].widgets[0])) for one in (pdf, typed))
    assert seen > empty + 30 * len(TYPED[language])


def test_long_words_shrink_and_do_not_hide(tree: Tree, cache: RenderCache) -> None:
    """As many as a field takes end before its right edge, in a line and in a small gap of a sentence."""
    pdf = in_language(tree(FILES), "en", cache)
    for name in (LINE, OTHER, "small-page.lines.answer"):
        field = fields(pdf)[name]
        most = int(field.dictionary.MaxLen)
        typed = in_viewer(pdf, {name: ("some words " * 99)[:most].strip() + "!"[: most % 2]})
        picture = ink(typed, fields(typed)[name].widgets[0])
        assert dark(picture) > 50
        edge = picture.crop((picture.width - 2, 0, picture.width, picture.height - 4))
        assert dark(edge) == 0, name


def test_a_place_takes_as_much_as_it_shows() -> None:
    assert characters_in(104, 16, 10, "en", several=False) == 20
    assert characters_in(104, 16, 10, "zh-Hans", several=False) == 10
    assert characters_in(104, 64, 10, "en", several=True) == 100
    assert characters_in(5, 16, 10, "en", several=False) == 4
