"""What stays on one page, and what a page says that opens in the middle of a part."""

from __future__ import annotations

import pytest

from handoutkit.render.fit_pages import MAX_OPEN
from tests.conftest import ROOT
from tests.render.conftest import SetBlock
from tests.support.page_measures import box_of, fields, fill, glyphs
from tests.support.pdf_reading import artifacts, opened, text, texts

BEFORE = range(0, 220, 20)
"""Heights of what stands before, in millimetres: from one of them on, what follows no longer fits on the page."""
LOG = """\
  - type: exercise
    id: ask
    title: One small ask
    purpose: To try it.
    when: At night
    how_often: Once
    how_long: Ten minutes
    steps: [First step words., Next step words., Then step words., Last step words.]
    stop_rule: Stop if you feel afraid.
    log: {columns: [Day, Answer], rows: 3}
"""
TABLE = """\
  - type: contrast
    sides: [{label: One way}, {label: Another way}]
    rows:
      - {criterion: Row A, cells: [Words here, More words]}
      - {criterion: Row B, cells: [Words here, More words]}
      - {criterion: Row C, cells: [Words here, More words]}
      - {criterion: Row D, cells: [Words here, More words]}
      - {criterion: Row E, cells: [Words here, More words]}
"""
LONG_STEPS = LOG.replace("Then step words.", ", ".join([f"Then {'some more step words ' * 9}." for _ in range(4)]))
FOUR = "  - {type: list, items: [Item one., Item two., Item three., Item four.]}\n"
SIX = "  - {type: prose, text: " + "Here are some words that go on for a while. " * 8 + "}\n"


def below(height: int, block: str) -> str:
    """The block, so many millimetres further down; a box to draw in stands above it."""
    filler = "  - {type: prompt, id: draw, question: Q, response: {type: box, height: %d}}\n"
    return (filler % height if height else "") + block


@pytest.mark.parametrize(
    ("block", "together"),
    [
        (TABLE, ("Row A", "Row B", "Row C", "Row D", "Row E")),
        (FOUR, ("Item one.", "Item two.", "Item three.", "Item four.")),
        (LOG, ("First step words.", "Next step words.")),
        (LOG, ("Last step words.", "Stop if you feel afraid.", "Your notes", "Answer")),
    ],
)
def test_what_belongs_together_is_on_one_page(block: str, together: tuple[str, ...], set_block: SetBlock) -> None:
    opening = set()
    for height in BEFORE:
        pages = texts(set_block(below(height, block)))
        on = [[number for number, page in enumerate(pages) if words in page] for words in together]
        assert all(numbers == on[0] for numbers in on), height
        opening.add(on[0][0])
    assert len(opening) > 1, "at some height it went over"


@pytest.mark.parametrize("form", ["standard", "dyslexia-friendly", "large-print"])
def test_an_exercise_parts_before_much_of_a_page_is_left_open(form: str, set_block: SetBlock) -> None:
    parted = 0
    for height in range(60, 160, 20):
        pdf = set_block(below(height, LONG_STEPS), format=form)
        pages = texts(pdf)
        assert [page for page in range(len(pages) - 1) if fill(pdf, page) < 1 - MAX_OPEN] == [], height
        first, last = (next(n for n, page in enumerate(pages) if words in page) for words in ("First", "Last step"))
        parted += first != last
        if first != last:
            assert "Next step words." in pages[first], "no step stands alone"
            assert "Then some more" in pages[last]
    assert parted, "at some height it was too much for the page"


def test_a_paragraph_of_five_lines_is_whole(set_block: SetBlock) -> None:
    for height in BEFORE:
        pdf = set_block(below(height, SIX))
        pages = {glyph.page for glyph in glyphs(pdf) if glyph.size == 12 and glyph.char == "f"}
        lines = [len({g.baseline for g in glyphs(pdf) if g.page == page and g.char == "f"}) for page in pages]
        assert len(lines) == 1 or min(lines) >= 3


def test_a_page_that_opens_in_the_middle_of_a_part_says_of_which(set_block: SetBlock) -> None:
    boxes = "".join(
        f"  - {{type: prompt, id: p{n}, {'heading: Find yourself in it, ' if n == 0 else ''}"
        f"question: Question {n}., response: {{type: box, height: 130}}}}\n"
        for n in range(3)
    )
    pdf = set_block(boxes + "  - {type: prose, heading: A new part, text: Words.}\n" + boxes.replace("id: p", "id: r"))
    pages = texts(pdf)
    continued = ["Find yourself in it, continued" in page for page in pages]
    assert continued[1:3] == [True, True]
    for number, page in enumerate(pages):
        opens = page.removeprefix("Find yourself in it, continued").strip()
        assert continued[number] == (number > 0 and opens.startswith(("1 Q", "2 Q", "3 Q", "4 Q", "5 Q", "6 Q", "Q")))
    assert artifacts(opened(pdf), 1), "a listener hears no heading twice"


# ---- Crisis lines in the plan


def test_a_plan_has_its_crisis_lines_in_it_and_once(pdf_of_template: SetBlock) -> None:
    pages = texts(pdf_of_template("safety-plan"))
    (plan,) = (page for page in pages if "Step 5" in page)
    assert "988 Suicide & Crisis Lifeline" in plan
    assert "Call 911" in plan
    assert " ".join(pages).count("Call 911") == 1


def test_a_crisis_card_has_its_lines_on_the_card(pdf_of_template: SetBlock) -> None:
    pages = texts(pdf_of_template("crisis-wallet-card"))
    (cards,) = (page for page in pages if "If you found me upset" in page and "Stop." in page)
    for words in ("Emergency services", "Call 911", "Call 988", "Text 988"):
        assert words in cards


def test_a_practice_without_crisis_lines_leaves_the_block_out(set_block: SetBlock) -> None:
    words = text(set_block("  - {type: crisis_lines, heading: Whom I can call}\n  - {type: prose, text: After.}\n"))
    assert "After." in words
    assert "Whom I can call" not in words


# ---- Words and numbers


def test_the_ends_of_a_scale_are_said_once(set_block: SetBlock) -> None:
    head = "  - {type: continuum, id: a, question: How?, left: Calm, right: Boiling, "
    words = text(set_block(head + 'labels: {"0": Calm, "5": Warm, "10": Boiling}}\n'))
    assert [words.count(each) for each in ("Calm", "Warm", "Boiling")] == [1, 1, 1]


@pytest.mark.parametrize("theme", ["base", "youth"])
def test_a_short_address_is_never_divided(theme: str, pdf_of_template: SetBlock) -> None:
    pdf = pdf_of_template("i-statement", theme=theme)
    for number, page in enumerate(texts(pdf)):
        for address in ("riverbend.example/book", "riverbend.example/letter"):
            if address in page:
                _, bottom, _, top = box_of(pdf, number, address)
                assert top - bottom < 6


def test_a_word_in_a_cell_is_not_divided(pdf_of_template: SetBlock) -> None:
    assert "tomorrow" in text(pdf_of_template("coping-cards"))


def test_a_zero_has_no_slash() -> None:
    """Its shape is one ring: an outside and an inside."""
    from fontTools.ttLib import TTFont

    for path in (ROOT / "templates" / "fonts").glob("Atkinson*.ttf"):
        font = TTFont(path)
        assert font["glyf"][font.getBestCmap()[ord("0")]].numberOfContours == 2, path.name


# ---- Gaps that reach to the margin


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_last_gap_of_a_line_reaches_to_the_margin(paper: str, set_block: SetBlock) -> None:
    frame = """\
  - type: sentence_frame
    id: frame
    frame: "I feel {feeling}.\\n\\nWhat I hear you say is {heard}. Did I get that right?"
    slots: [{id: feeling, label: a feeling}, {id: heard, label: their words}]
"""
    pdf = set_block(frame, paper=paper)
    margin = {"letter": 215.9, "a4": 210.0}[paper] - 19
    question = box_of(pdf, 0, "Did I get that right?")
    assert question[2] == pytest.approx(margin, abs=1)
    widths = {name.split(".")[-1]: width for name, (_, (width, _)) in fields(pdf).items() if "frame" in name}
    assert box_of(pdf, 0, "I feel")[2] + widths["feeling"] == pytest.approx(margin, abs=4)
    assert widths["heard"] > 50


def test_the_frame_of_help_that_cannot_wait_is_whole_in_large_print(pdf_of: SetBlock) -> None:
    """It was closed at the foot of a page, and opened anew on the next."""
    pdf = pdf_of("after-trust-was-broken", practice="riverbend-counseling", format="large-print")
    title, first, last = (
        [number for number, page in enumerate(texts(pdf)) if words in page]
        for words in ("If you cannot wait", "Emergency services", "National Domestic Violence Hotline")
    )
    assert title == first == last
