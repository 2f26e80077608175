"""No idea of the five articles is lost: each is carried by a block that is there, in a handout that cites it."""

from __future__ import annotations

import pytest

from handoutkit.errors import ContentError
from scripts import make_sources
from tests.conftest import ROOT, Tree
from tests.support.samples import FILES

ARTICLE = """\
source: own
author: A. Writer
title: Notes
ideas:
  - id: first
    kind: concept
    idea: The idea.
    carried_by:
      - {handout: small-page, block: opening}
"""
NOTED = ARTICLE.replace("source: own", "source: elder").replace(
    "{handout: small-page, block: opening}", "{framing: our-people, note: by-slot}"
)
QUOTED = ARTICLE.replace("block: opening", 'block: opening, words: "The opening ... opening words."')
NOTE_QUOTED = NOTED.replace("note: by-slot", "note: by-slot, words: %s")
NOT_QUOTED_YET = {
    "framings",
}
"""Handouts, and the framings, whose carriers may still be without words of theirs."""
ARTICLES = {"haroon": 25, "shift": 51, "stella-nova": 44, "taluy": 25, "whitehead": 16}


def page(tree: Tree, ideas: str) -> str:
    return make_sources.sources_page(tree({**FILES, "docs/ideas/notes.yaml": ideas}))


def test_the_page_of_sources_is_fresh_and_no_idea_is_left_over() -> None:
    assert (ROOT / make_sources.PAGE).read_text(encoding="utf-8") == make_sources.sources_page(), "run `make docs`"


def test_every_article_is_there_with_all_of_its_ideas() -> None:
    read = [make_sources.read_article(path).model for path in sorted((ROOT / make_sources.IDEAS).glob("*.yaml"))]
    assert {article.source: len(article.ideas) for article in read} == ARTICLES
    assert {idea.kind for article in read for idea in article.ideas} == {
        "concept",
        "contrast",
        "prompt",
        "practice",
        "culture",
    }


def test_each_carrier_quotes_the_words_that_carry_the_idea() -> None:
    articles = [make_sources.read_article(path).model for path in sorted((ROOT / make_sources.IDEAS).glob("*.yaml"))]
    carriers = [carrier for article in articles for idea in article.ideas for carrier in idea.carried_by]
    assert {carrier.handout or "framings" for carrier in carriers if not carrier.words} <= NOT_QUOTED_YET


def test_a_row_shows_the_words(tree: Tree) -> None:
    assert "`opening` “The opening ... opening words.” |" in page(tree, QUOTED)


def test_a_row_leads_from_the_idea_to_the_block(tree: Tree) -> None:
    assert "| The idea. | concept | A small page: `opening` |" in page(tree, ARTICLE)


def test_a_note_of_a_framing_may_carry_an_idea(tree: Tree) -> None:
    assert "| The idea. | concept | Our people (framing): `by-slot` |" in page(tree, NOTED)


@pytest.mark.parametrize(
    ("ideas", "code", "line"),
    [
        (ARTICLE.replace("    carried_by:\n      - {handout: small-page, block: opening}\n", ""), "idea-left-over", 5),
        (ARTICLE.replace("small-page", "smal-page"), "no-such-handout", 9),
        (ARTICLE.replace("block: opening", "block: openin"), "no-such-block", 9),
        (ARTICLE.replace("source: own", "source: other"), "not-cited", 9),
        (ARTICLE.replace(", block: opening", ""), "half-a-place", 9),
        (QUOTED.replace("opening words.", "closing words."), "not-its-words", 9),
        (NOTE_QUOTED % "Nobody says so", "not-its-words", 9),
        (NOTED.replace("our-people", "our-peoples"), "no-such-framing", 9),
        (NOTED.replace("by-slot", "by-slots"), "no-such-note", 9),
        (NOTED.replace("by-slot", "by-topic"), "not-cited", 9),
        (ARTICLE + ARTICLE.partition("ideas:\n")[2], "duplicate-id", 10),
        (ARTICLE.replace("kind: concept", "kind: conzept"), "unknown-value", 6),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(ideas: str, code: str, line: int, tree: Tree) -> None:
    with pytest.raises(ContentError) as raised:
        page(tree, ideas)
    assert [(problem.code, problem.line) for problem in raised.value.problems] == [(code, line)]


def test_all_problems_are_said_at_once(tree: Tree) -> None:
    second = "  - id: second\n    kind: culture\n    idea: Another.\n"
    with pytest.raises(ContentError) as raised:
        page(tree, ARTICLE.replace("block: opening", "block: closing") + second)
    assert [problem.code for problem in raised.value.problems] == ["no-such-block", "idea-left-over"]
