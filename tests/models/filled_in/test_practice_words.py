"""Words that depend on who gives a page: filled by what a practice offers, where it is, and if it can be reached."""

from __future__ import annotations

import pytest

from handoutkit.models.filled_in.practice_words import PRACTICE_WORDS, fill, words_for
from tests.conftest import Run, Tree
from tests.support.check_samples import EXERCISE, codes, with_block
from tests.support.samples import FILES, PRACTICE

STOP = EXERCISE.replace(
    "Stop if you feel afraid, and tell us.", "'Stop if you are afraid. {{talk-with-us}}. {{end-shows-how}}'"
)
BRING = with_block(STOP).replace("  - type: next_step\n", "  - {type: next_step, text: 'Bring it to {{next-time}}.'}\n")


@pytest.mark.parametrize("language", ["en", "en-GB", "es", "ar", "zh-Hans", "fr"])
@pytest.mark.parametrize("services", ["therapy", "coaching", "referral", "education"])
def test_every_practice_has_every_word_in_every_language(language: str, services: str) -> None:
    words = words_for(language, services, "US", reachable=True)
    assert set(words) == PRACTICE_WORDS
    assert all(words.values())


def test_a_word_that_begins_a_sentence_has_its_capital() -> None:
    words = words_for("en", "referral", "US", reachable=False)
    assert fill("Stop. {{talk-with-us}}, {{where-we-are}}. {{end-shows-how}}", words) == (
        "Stop. Talk with someone you trust, in the United States."
    )


@pytest.mark.parametrize(
    ("services", "said"),
    [
        ("therapy", ("Talk with us.", "Bring it to your next session.")),
        ("coaching", ("Talk with a therapist.", "Bring it to your next appointment.")),
        ("referral", ("Talk with someone you trust.", "Bring it to your first appointment.")),
    ],
)
def test_a_page_speaks_for_the_practice_that_gives_it(
    tree: Tree, run: Run, services: str, said: tuple[str, ...]
) -> None:
    practice = PRACTICE.replace("services: therapy", f"services: {services}")
    page = text_of(tree, run, practice)
    assert [words for words in said if words not in page] == []
    assert "{{" not in page


def test_the_end_shows_how_only_where_it_does(tree: Tree, run: Run) -> None:
    said = "The end of this handout shows how."
    nowhere = "\n".join(line for line in PRACTICE.split("\n") if not line.startswith(("contact:", "  phone:")))
    assert said in text_of(tree, run, PRACTICE)
    assert said not in text_of(tree, run, nowhere)


def test_rules_read_the_words_and_not_the_braces(tree: Tree) -> None:
    assert "stop-rule-alone" not in codes(tree({"empty.txt": ""}), BRING)


def text_of(tree: Tree, run: Run, practice: str) -> str:
    folder = tree({**FILES, "handouts/sample.yaml": BRING, "practices/oak-house.yaml": practice})
    done = run("build", "sample", "--framing", "none", "--to", "txt", cwd=folder)
    assert done.exit_code == 0, done.stderr
    page = (folder / "output/oak-house/sample.txt").read_text(encoding="utf-8")
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())
