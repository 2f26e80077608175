"""Texts as they are set: no short word alone on a last line, and sources in two columns of like height."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoutkit.library.workspace import Workspace
from handoutkit.models.handout import Source
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.text_filters import TextFilters, in_columns
from handoutkit.render.theme import Theme
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("Asking for what you need", "Asking for what you~need"),
        ("Collective care without carrying it all", "Collective care without carrying it~all"),
        ("This is a line that ends in interdependence", "This is a line that ends in interdependence"),
        ("That says nothing about your worth. Try another person.",) * 2,
        ("Give it some more time, and see how it is.", "Give it some more time, and see how~it~is."),
        ("Look at it", "Look at it"),
    ],
)
def test_the_last_words_are_tied_where_they_are_short(text: str, set_as: str) -> None:
    texts = TextFilters(InterfaceMessages.of("en", Theme.find("base", Workspace(ROOT).roots)))
    assert texts.inline(text).replace("\N{NO-BREAK SPACE}", "~") == set_as


def _idea(length: int) -> str:
    return ("nine words " * length)[:length]


SOURCES = st.lists(st.integers(1, 400), max_size=24).map(
    lambda lengths: [
        Source(id=f"s{n}", author="A", title="B", idea=_idea(length)) for n, length in enumerate(lengths, start=1)
    ]
)


@given(SOURCES)
def test_every_source_stands_once_under_its_number(sources: list[Source]) -> None:
    placed = [one for column in in_columns(sources) for one in column]
    assert placed == list(enumerate(sources, start=1))


def test_columns_are_as_like_as_their_order_allows() -> None:
    def numbers(*lengths: int) -> list[list[int]]:
        sources = [Source(id=f"s{n}", author="A", title="B", idea=_idea(length)) for n, length in enumerate(lengths)]
        return [[number for number, _ in column] for column in in_columns(sources)]

    assert numbers(80) == [[1]]
    assert numbers(80, 80) == [[1], [2]]
    assert numbers(80, 80, 80) == [[1, 2], [3]]  # the first is the longer one
    assert numbers(380, 80, 80, 80) == [[1], [2, 3, 4]]
    assert numbers(80, 80, 80, 380) == [[1, 2, 3], [4]]
