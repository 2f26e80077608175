"""The glossary of CONTRIBUTING.md: at most forty words, in order, each of them used by the program."""

from __future__ import annotations

import re

from tests.conftest import ROOT

WORDS = re.findall(r"^\| ([a-z' ]+) \| ", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
GLOSSARY = WORDS[WORDS.index("word") + 1 : WORDS.index("what")]


def test_it_has_at_most_forty_words_each_once_and_in_order() -> None:
    assert 20 <= len(GLOSSARY) <= 40
    assert sorted(set(GLOSSARY)) == GLOSSARY


def test_each_word_is_used() -> None:
    source = " ".join(
        path.read_text(encoding="utf-8").casefold() for path in (ROOT / "src" / "handoutkit").rglob("*.py")
    )
    assert [word for word in GLOSSARY if word not in source.replace("_", " ")] == []
