"""Texts as they are set: no short word stands alone on a last line."""

from __future__ import annotations

import pytest

from handoutkit.library.workspace import Workspace
from handoutkit.render.speech import Speech
from handoutkit.render.texts import Texts
from handoutkit.render.theme import Theme
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("Asking for what you need", "Asking for what you~need"),
        ("Collective care without carrying it all", "Collective care without carrying~it~all"),
        ("This is a line that ends in interdependence", "This is a line that ends in interdependence"),
        ("Look at it", "Look at it"),
    ],
)
def test_the_last_words_are_tied_where_they_are_short(text: str, set_as: str) -> None:
    texts = Texts(Speech.of("en", Theme.find("base", Workspace(ROOT).roots)))
    assert texts.inline(text).replace("\N{NO-BREAK SPACE}", "~") == set_as
