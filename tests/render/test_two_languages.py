"""Two languages on one page."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import Run, Tree
from tests.support.fill_in_viewer import fields
from tests.support.pdf_reading import failures, text, texts
from tests.support.po_samples import change, marked
from tests.support.samples import FILES, HANDOUT

TWO_PARAGRAPHS = HANDOUT.replace("text: The opening words.", "text: |-\n      First words.\n\n      Second words.")


@pytest.fixture
def folder(tree: Tree, run: Run) -> Path:
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": TWO_PARAGRAPHS})
    run("-C", folder, "translate", "extract", "small-page", "oak-house", "our-people", "--lang", "es")
    for path in folder.rglob("*.po"):
        change(path, lambda place, words: marked(place, words).replace("\n\n", "»\n\n«"))
    return folder


def test_each_text_stands_in_both_languages_and_places_to_write_once(folder: Path, run: Run) -> None:
    built = run(
        "-C", folder, "build", "small-page", "--lang", "es", "--beside", "en", "--framing", "our-people", "--json"
    )
    (output,) = built.json["outputs"]
    assert (output["lang"], Path(output["path"]).name) == ("es+en", "small-page.es+en.pdf")
    both = (folder / "output" / "oak-house" / "small-page.es+en.pdf").read_bytes()
    words = " ".join(text(both).split())
    assert "«What do you think?» What do you think?" in words
    assert "«First words.» First words. «Second words.» Second words." in words
    assert "«The note by slot.» The note by slot." in words
    assert "«Ring us when you are ready.» Ring us when you are ready." in words
    run("-C", folder, "build", "small-page")
    alone = (folder / "output" / "oak-house" / "small-page.pdf").read_bytes()
    assert fields(both).keys() == fields(alone).keys()
    assert failures(both) == []
    assert languages(both) == {"en"}
    assert languages(alone) == set()


def test_whom_to_reach_is_read_in_both_languages_on_a_light_ground(tree: Tree, run: Run) -> None:
    """The theme `calm` has it on a light ground, where all others have it on a dark one."""
    handout = HANDOUT.replace("- type: next_step\n", "- type: next_step\n    text: Bring it with you.\n")
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": handout})
    run("-C", folder, "translate", "extract", "small-page", "--lang", "es")
    change(next(folder.rglob("small-page.po")), marked)
    built = run(
        "-C", folder, "build", "small-page", "--beside", "es", "--theme", "calm", "--layout", "booklet", "--json"
    )
    assert built.exit_code == 0, built.json["problems"]


def languages(pdf: bytes) -> set[str]:
    """The languages that pieces of text say they are in, besides the page's own."""
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) == "BDC" and "/Lang" in instruction.operands[1]:
                    found.add(str(instruction.operands[1].Lang))
    return found


def test_the_second_may_be_the_translation(folder: Path, run: Run) -> None:
    built = run("-C", folder, "build", "small-page", "--beside", "es", "--audience", "clinician", "--json")
    (output,) = built.json["outputs"]
    assert output["lang"] == "en+es"
    words = " ".join(text((folder / "output/oak-house/small-page.en+es.clinician.pdf").read_bytes()).split())
    assert "What do you think? «What do you think?»" in words
    assert "Translated from English by Ana Ejemplo." in words
    assert "No clinician who is fluent in this language has reviewed this translation yet." in words


def test_two_languages_are_two(folder: Path, run: Run) -> None:
    ran = run("-C", folder, "build", "small-page", "--beside", "en")
    assert ran.exit_code == 2
    assert "is in `en` already" in ran.stderr
    assert "is not there in `ar`" in run("-C", folder, "build", "small-page", "--beside", "ar").stderr


def test_cards_come_in_one_language_and_then_in_the_other(tree: Tree, run: Run) -> None:
    card = "{title: Stop, text: Breathe out., back: Then in.}"
    cards = f"  - type: card_set\n    id: cards\n    blanks: 1\n    cards: [{card}]\n"
    handout = HANDOUT.replace("  - type: prompt\n", cards + "  - type: prompt\n")
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": handout})
    run("-C", folder, "translate", "extract", "small-page", "--lang", "es")
    change(next(folder.rglob("small-page.po")), marked)
    assert run("-C", folder, "build", "small-page", "--beside", "es").exit_code == 0
    pdf = (folder / "output" / "oak-house" / "small-page.en+es.pdf").read_bytes()
    assert failures(pdf) == []
    pages = texts(pdf)
    sides = [number for number, page in enumerate(pages) if "Breathe out." in page or "Then in." in page]
    first, second = (sides[at : at + 2] for at in (0, 2))
    assert [number % 2 for number in sides] == [0, 1, 0, 1]
    assert not any("«" in pages[number] for number in first)
    assert "«Stop» «Breathe out.»" in pages[second[0]]
    assert "«Then in.»" in pages[second[1]]
    assert sum("cards.blank-1" in name for name in fields(pdf)) == 1


@pytest.mark.parametrize(
    "item", ["One thing\n- more\n- and more", "Something to remember that takes seventy letters and a few more than"]
)
@pytest.mark.parametrize("readers_format", ["standard", "dyslexia-friendly"])
def test_groups_that_fill_a_page_stand_below_each_other(tree: Tree, run: Run, item: str, readers_format: str) -> None:
    """Beside each other, they made a row that was taller than a page: that was laid out by nobody."""
    block = {"type": "list", "groups": [{"label": "Some", "items": [item] * 7}] * 8}
    handout = HANDOUT.replace("  - type: prompt\n", f"  - {json.dumps(block)}\n  - type: prompt\n")
    folder = tree({"handoutkit.yaml": "", **FILES, "handouts/small-page.yaml": handout})
    run("-C", folder, "translate", "extract", "small-page", "--lang", "es")
    change(next(folder.rglob("small-page.po")), marked)
    built = run("-C", folder, "build", "small-page", "--beside", "es", "--format", readers_format, "--json")
    assert built.exit_code == 0, built.json["problems"]
    pdf = (folder / "output/oak-house" / Path(built.json["outputs"][0]["path"]).name).read_bytes()
    words = "".join(text(pdf).split())
    assert words.count("".join(item.split())[:8]) >= 2 * 7 * 8
    assert failures(pdf) == []
