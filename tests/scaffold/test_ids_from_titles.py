"""Ids of new files are made from titles in any script, and no two are alike."""

from __future__ import annotations

import pytest

from handoutkit.scaffold.ids_from_titles import LONGEST_ID, id_from_title, words_as_id


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("第一步", "diyibu"),
        ("Erste Schritte für Paare", "erste-schritte-fuer-paare"),
        ("C’est la **vie**", "cest-la-vie"),
        ("Ёлка: Шаг 2", "elka-shag-2"),
        ("!!!", "handout"),
        ("", "handout"),
        ("Con", "con-2"),
        ("Sleep", "sleep-3"),
    ],
)
def test_a_title_in_any_script_names_a_file(title: str, name: str) -> None:
    assert id_from_title(title, {"sleep", "sleep-2"}, otherwise="handout") == name


def test_a_long_title_ends_with_a_word() -> None:
    found = words_as_id("What helps when you lie awake at night and think of all that there is to do tomorrow")
    assert found == "what-helps-when-you-lie-awake-at-night-and-think"
    assert len(words_as_id("x" * 200)) == LONGEST_ID
