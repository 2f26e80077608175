"""The pages of blocks that are filled in or cut out: facts read back from real PDFs."""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2
import pytest

from handoutkit.models.practice import Paper
from tests.render.conftest import SetBlock
from tests.support.page_measures import Box, box_of, glyphs, lines, mm, paths
from tests.support.pdf_reading import failures, opened, tags, text, texts
from tests.support.reading_order import of_tags
from tests.support.short_suite import rest_is_long

PAPERS: tuple[Paper, ...] = ("letter", "a4")
COPY: dict[Paper, dict[str, Any]] = {
    "letter": {"paper": "letter", "audience": "clinician", "fields": False},
    "a4": {"paper": "a4", "audience": "client", "fields": True},
}
"""To fill in on the screen and by hand, for both readers, on both papers."""
WIDTHS = {"letter": 215.9, "a4": 210.0}
SIDE = 19.0
"""The page's left and right margin, in millimetres."""


def middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def decoded(pdf: bytes) -> bytes:
    """Every byte of a PDF with its streams unpacked."""
    whole, document = b"", opened(pdf)
    for each in document.objects:
        whole += each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse(resolved=True)
    return whole


# ---- All of them

MEASURE = """\
  - type: measure
    id: load
    heading: Your load
    period: In the last week
    instructions: Choose the answer that fits best.
    anchors: [{label: Not at all, points: 0}, {label: Some days, points: 1}, {label: Most days, points: 4}]
    items:
      - {id: alone, text: I carried things alone.}
      - {id: shared, text: Someone shared the load., reverse: true}
      - {id: end, text: I did not want to go on., alert_from: 1}
    bands: [{low: 0, high: 5, label: Featherlight, text: Ask what helps.}, {low: 6, high: 12, label: Leaden}]
    rights_statement: Our own words, free to use.
"""
BLOCKS = {
    "vignette": """\
  - type: vignette
    id: mara
    story: "Mara looks after Dad.\\n\\nShe is tired."
    questions: [Why?, How?]
    answer_lines: 2
""",
    "record_table": """\
  - type: record_table
    id: asks
    ranked: true
    columns:
      - {id: day, header: Day, response: date}
      - {id: ask, header: What I asked for, helper: One thing, width: 4}
      - {id: hard, header: How hard, response: number, width: 1}
      - {id: done, header: Done, response: tick, width: 1}
    example: [Monday, A ride, "20", "Yes"]
    rows: 4
""",
    "schedule_grid": """\
  - {type: schedule_grid, id: week, columns: [Mon, Tue], rows: [Walk, Call], cell: tick, key: [A **tick** is a day]}
  - {type: schedule_grid, id: mood, columns: [Mon, Tue], rows: [Joy], corner: Mood, cell: rating}
  - {type: schedule_grid, id: plan, columns: [Mon, Tue], rows: [Morning], cell: box}
""",
    "measure": MEASURE,
    "continuum": """\
  - {type: continuum, id: ready, heading: Ready, question: How ready?, left: Not yet, right: Very, labels: {"5": Half}}
  - {type: continuum, id: fear, question: How hard?, left: Easy, right: Hard, maximum: 100, step: 5}
  - {type: continuum, id: us, question: Where?, left: Near, right: Far, items: [Mother, Father], labels: {"0": Close}}
  - {type: continuum, id: steps, question: What?, left: Easy, right: Hard, maximum: 100, step: 5, items: [Ask, Wait]}
""",
    "cell_grid": """\
  - {type: cell_grid, id: goal, rows: [[{id: a, label: What}], [{id: b, label: When}, {id: c, label: Who, helper: H}]]}
  - {type: cell_grid, id: two, column_headers: [You, Me], rows: [[{id: a, label: Need}, {id: b, label: Need}]]}
  - {type: cell_grid, id: list, row_headers: [Name], rows: [[{id: a, label: Need}, {id: b, label: Need}]]}
""",
    "sentence_frame": """\
  - type: sentence_frame
    id: say
    frame: "I feel {feeling} when {situation}.\\n\\nMore: {more}"
    slots:
      - {id: feeling, label: a feeling}
      - {id: situation, label: what happens, size: long}
      - {id: more, label: the rest, size: lines}
    example: I feel *tired* when I cook alone.
""",
    "card_set": """\
  - {type: card_set, id: coping, heading: Cards, cards: [{title: Breathe, text: In., back: Out.}], blanks: 2}
""",
    "agreement": """\
  - type: agreement
    id: start
    terms: [We start on time., We stop on time.]
    parties: [{id: client, role: Client}, {id: clinician, role: Clinician}]
""",
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", BLOCKS)
def test_each_alone_is_pdf_ua(kind: str, paper: Paper, set_block: SetBlock) -> None:
    assert failures(set_block(BLOCKS[kind], **COPY[paper])) == []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", BLOCKS)
def test_nothing_stands_in_the_margins(kind: str, paper: Paper, set_block: SetBlock) -> None:
    beyond = 3.0 if kind == "card_set" else 0.8  # a number's figures may stand out by half their width
    for page in pypdfium2.PdfDocument(set_block(BLOCKS[kind], **COPY[paper])):
        words = page.get_textpage()
        boxes = [
            words.get_charbox(index) for index in range(words.count_chars()) if words.get_text_range(index, 1).strip()
        ]
        assert mm(min(box[0] for box in boxes)) >= SIDE - beyond
        assert mm(max(box[2] for box in boxes)) <= WIDTHS[paper] - SIDE + beyond


# ---- Tables that go on


def test_a_long_record_goes_over_pages_with_its_header_and_whole_rows(set_block: SetBlock) -> None:
    long = BLOCKS["record_table"].replace("rows: 4", "rows: 60\n    row_height: 12")
    pdf = set_block(long)
    pages = [page for page in texts(pdf) if "What I asked for" in page]
    assert len(pages) >= 4
    assert all("One thing" in page and "How hard" in page for page in pages)
    assert "".join(pages).count("Example Monday A ride 20 Yes") == 1
    rows = [word for page in pages for word in page.split("Done")[1].split("Oak House")[0].split() if word.isdigit()]
    assert [int(row) for row in rows if row != "20"][:59] == [row for row in range(1, 61) if row != 20]


def test_no_row_of_a_record_is_cut_in_two(set_block: SetBlock) -> None:
    tall = BLOCKS["record_table"].replace("rows: 4", "rows: 14\n    row_height: 40")
    pdf = opened(set_block(tall))
    fields = [
        field
        for page in pdf.pages
        for field in page.get("/Annots", [])
        if str(field.get("/TU", "")).startswith("What I asked")
    ]
    assert len(fields) == 14
    for _, bottom, _, top in ([float(edge) for edge in field.Rect] for field in fields):
        assert mm(top - bottom) == pytest.approx(40, abs=1)
        assert mm(bottom) >= 20


@pytest.mark.parametrize("paper", PAPERS)
def test_a_long_measure_repeats_its_answers_and_keeps_each_item_whole(paper: Paper, set_block: SetBlock) -> None:
    words = "so many words that they go on over the end of a line and over the end of the next one too"
    items = "".join(f"      - {{id: item-{n}, text: Statement {n} has {words} ({n}).}}\n" for n in range(1, 41))
    block = MEASURE.split("    items:", maxsplit=1)[0] + "    items:\n" + items + "    rights_statement: Our own.\n"
    pages = texts(set_block(block, paper=paper))
    with_items = [page for page in pages if "Statement" in page]
    assert len(with_items) >= 3
    assert all("Not at all Some days Most days" in page and "In the last week" in page for page in with_items)
    for n in range(1, 41):
        assert sum(f"{n} Statement {n} has {words} ({n})." in page for page in pages) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_wide_tables_turn_their_page(paper: Paper, set_block: SetBlock) -> None:
    days = ", ".join(f'"{day}"' for day in range(1, 32))
    block = (
        "  - {type: prose, text: Before.}\n"
        "  - {type: schedule_grid, id: month, orientation: landscape, "
        f"columns: [{days}], rows: [Walk, Call], cell: tick}}\n"
        "  - {type: prose, text: After.}\n"
    )
    pdf = set_block(block, paper=paper)
    wide = [page.mediabox[2] > page.mediabox[3] for page in opened(pdf).pages]
    assert wide == [False, True, False]
    _, grid, rest = texts(pdf)
    assert " ".join(str(day) for day in range(1, 32)) in grid
    assert "Walk" in grid
    assert "Call" in grid
    assert "After." in rest


# ---- Measures


def test_scoring_is_on_the_clinicians_copy(set_block: SetBlock) -> None:
    words = text(set_block(MEASURE, audience="clinician"))
    assert "1 I carried things alone. 0 1 4" in words
    assert "2 Someone shared the load. Reverse 4 3 0" in words
    assert "3 I did not want to go on. Alert from 1 0 1 4" in words
    assert "The total runs from 0 to 12 points." in words
    assert "0 to 5 Featherlight Ask what helps. 6 to 12 Leaden" in words
    assert "Our own words, free to use." in words


def test_scoring_is_nowhere_in_the_clients_copy(set_block: SetBlock) -> None:
    pdf = set_block(MEASURE)
    inside = decoded(pdf).lower()
    for word in ("reverse", "alert", "scoring", "points", "featherlight", "leaden", "what helps"):
        assert word not in text(pdf).lower()
        assert word.encode() not in inside.replace(b"keypoints", b"")
        assert word.encode("utf-16-be") not in inside
    words = text(pdf)
    for shown in ("In the last week", "Choose the answer", "Most days", "I did not want to go on.", "Our own words"):
        assert shown in words


def test_scoring_changes_no_byte_of_the_clients_copy(set_block: SetBlock) -> None:
    other = (
        MEASURE.replace("points: 4", "points: 2")
        .replace(", reverse: true", "")
        .replace("alert_from: 1", "alert_from: 2")
    )
    other = other.replace("high: 12, label: Leaden", "high: 6, label: Another")
    assert other != MEASURE
    assert set_block(MEASURE) == set_block(other)
    assert set_block(MEASURE, audience="clinician") != set_block(other, audience="clinician")


# ---- Lines to mark


def test_numbers_and_words_stand_under_their_ticks(set_block: SetBlock) -> None:
    block = """\
  - type: continuum
    id: fear
    question: How strong is it?
    left: Calm
    right: Terror
    maximum: 100
    step: 5
    labels: {"0": At ease, "25": A little, "50": Hard to think, "75": Very much, "100": Nothing else}
"""
    pdf = set_block(block)
    for number, words in (("25", "A little"), ("50", "Hard to think"), ("75", "Very much")):
        above, below = box_of(pdf, 0, f"{number} {words}"[: len(number)]), box_of(pdf, 0, words)
        assert abs(middle(above) - middle(below)) < 0.7
        assert below[3] < above[1]
    assert box_of(pdf, 0, "At ease")[0] == pytest.approx(SIDE, abs=0.5)
    assert box_of(pdf, 0, "Nothing else")[2] == pytest.approx(WIDTHS["a4"] - SIDE, abs=0.5)
    assert "from 0 to 100" in text(pdf)


def test_items_share_their_numbers(set_block: SetBlock) -> None:
    head = "  - {type: continuum, id: us, question: Where?, left: Near, right: Far, "
    pdf = set_block(head + "minimum: 70, maximum: 74, items: [Mother, Father]}\n")
    sizes = ((box, box[2] - box[0], box[3] - box[1]) for box in paths(pdf, 0))
    circles = {(middle(box), box[1]) for box, width, height in sizes if 4.5 < width < 5.5 and 4.5 < height < 5.5}
    assert len({round(bottom) for _, bottom in circles}) == 2
    for number in range(70, 75):
        under = [across for across, _ in circles if abs(across - middle(box_of(pdf, 0, str(number)))) < 0.5]
        assert len(under) >= 2


def test_numbers_stay_whole_where_ticks_stand_close(set_block: SetBlock) -> None:
    head = "  - {type: continuum, id: fear, question: Where?, left: Calm, right: Terror, "
    pdf = set_block(head + "maximum: 100, step: 5, items: [Now]}\n")
    assert "0 25 50 75 100 Number Now" in text(pdf)


# ---- Grids of boxes and sentences


def test_a_grid_is_a_table_only_where_it_has_headers(set_block: SetBlock) -> None:
    first, second, third = (f"  - {block}" for block in BLOCKS["cell_grid"].split("  - ")[1:])
    assert "/Table" not in {tag.name for tag in tags(opened(set_block(first)))}
    assert of_tags(set_block(second), {"/TH"}) == [("/TH", "you"), ("/TH", "me")]
    assert of_tags(set_block(third), {"/TH"}) == [("/TH", "name")]


def test_a_cell_under_both_headers_has_its_label_for_listeners_only(set_block: SetBlock) -> None:
    grid = (
        "  - {type: cell_grid, id: g, column_headers: [Good], row_headers: [Now], rows: [[{id: a, label: Good now}]]}\n"
    )
    assert "Good now" not in text(set_block(grid))
    assert b"Good now" in decoded(set_block(grid))
    assert b"Good now" not in decoded(set_block(grid, fields=False))


def test_a_gap_has_its_label_beneath_and_the_sentence_goes_on(set_block: SetBlock) -> None:
    pdf = set_block(BLOCKS["sentence_frame"])
    words = text(pdf)
    order = [
        "I feel",
        "a feeling",
        "when",
        "what happens",
        "More:",
        "the rest",
        "Example",
        "I feel tired when I cook alone.",
    ]
    assert [words.index(each) for each in order] == sorted(words.index(each) for each in order)
    sentence, label = box_of(pdf, 0, "I feel"), box_of(pdf, 0, "a feeling")
    assert label[3] < sentence[1]
    assert label[0] > sentence[2]
    assert box_of(pdf, 0, "when")[1] == pytest.approx(sentence[1], abs=0.6)


# ---- Cards

CARDS = "".join(f"      - {{title: Card {n}x, text: Front words., back: Back words.}}\n" for n in range(1, 8))
SIZES = {"wallet": (85, 54, 2), "index": (127, 76, 1), "half": (170, 98, 1)}


def cards(size: str, heading: str = "Cards") -> str:
    head = f"  - type: card_set\n    id: coping\n    size: {size}\n    heading: {heading}\n    blanks: 1\n    cards:\n"
    return "  - {type: prose, text: Before.}\n" + head + CARDS


def corner_marks(pdf: bytes, number: int) -> set[tuple[float, float]]:
    """The middles of the crop marks on a page, in millimetres from its lower left corner."""
    small = [box for box in paths(pdf, number) if 1.5 < box[2] - box[0] < 2.2 and 1.5 < box[3] - box[1] < 2.2]
    return {(round(middle(box), 2), round((box[1] + box[3]) / 2, 2)) for box in small}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", rest_is_long([*SIZES], stays=lambda size: size == "wallet"))
def test_backs_fall_behind_their_fronts(size: str, paper: Paper, set_block: SetBlock) -> None:
    pdf = set_block(cards(size), paper=paper)
    pages = texts(pdf)
    fronts = [number for number, page in enumerate(pages) if "Front words." in page]
    assert len(fronts) >= 2
    for front in fronts:
        assert front % 2 == 0, "fronts are on odd pages, the fronts of leaves"
        assert "Back words." in pages[front + 1]
        on_front, on_back = corner_marks(pdf, front), corner_marks(pdf, front + 1)
        assert on_front
        assert len(on_front) == len(on_back)
        for x, y in on_front:
            mirrored = WIDTHS[paper] - x
            assert any(abs(mirrored - back_x) < 0.5 and abs(y - back_y) < 0.5 for back_x, back_y in on_back)


@pytest.mark.parametrize("size", SIZES)
def test_each_card_has_its_own_back_and_its_size(size: str, set_block: SetBlock) -> None:
    width, height, columns = SIZES[size]
    pdf = set_block(cards(size), paper="letter")
    pages = texts(pdf)
    for n in range(1, 8):
        front, back = (number for number, page in enumerate(pages) if f"Card {n}x" in page)
        assert back == front + 1
        here, there = box_of(pdf, front, f"Card {n}x"), box_of(pdf, back, f"Card {n}x")
        # A back's words stand as far from its left edge as the front's do.
        assert there[0] == pytest.approx(WIDTHS["letter"] - here[0] - width + 2 * padding(size), abs=0.8)
        assert there[3] == pytest.approx(here[3], abs=2)
    outlines = [box for box in paths(pdf, 2) if box[2] - box[0] > 60 and box[3] - box[1] > 40]
    assert {(round(box[2] - box[0]), round(box[3] - box[1])) for box in outlines} == {(width, height)}
    assert len({round(box[0]) for box in outlines}) == columns


def padding(size: str) -> float:
    """From a card's edge to its words, in millimetres."""
    return 4.5 if size == "wallet" else 7.0


def test_cards_printed_on_one_side_need_no_odd_page(set_block: SetBlock) -> None:
    block = "  - {type: card_set, id: coping, heading: Cards, cards: [{title: Breathe, text: In.}], blanks: 7}\n"
    pages = texts(set_block(block + "  - {type: prose, text: After the cards.}\n"))
    assert "Cards" in pages[1]
    assert "left empty" not in " ".join(pages)
    assert "After the cards." in pages[3]


# ---- Agreements and stories


@pytest.mark.parametrize("before", [8, 10, 12, 14])
def test_who_signs_stands_with_the_last_term(before: int, set_block: SetBlock) -> None:
    filler = "".join(f"  - {{type: prose, heading: Part {n}, text: Some words.}}\n" for n in range(before))
    pages = texts(set_block(filler + BLOCKS["agreement"]))
    (page,) = (page for page in pages if "We stop on time." in page)
    assert "Client, signature Date Clinician, signature Date" in page


def test_terms_are_a_numbered_list(set_block: SetBlock) -> None:
    pdf = opened(set_block(BLOCKS["agreement"]))
    assert [str(tag.element.A.ListNumbering) for tag in tags(pdf) if tag.name == "/L"] == ["/Decimal"]


@pytest.mark.parametrize("layout", ["booklet", "sheet"])
def test_number_words_and_initials_of_a_term_stand_on_one_line(layout: str, set_block: SetBlock) -> None:
    several = BLOCKS["agreement"].replace("    terms", "    initials: [client, clinician]\n    terms")
    pdf = set_block(several, layout=layout)
    baselines: dict[str, list[float]] = {}
    for line in lines(glyphs(pdf)):
        baselines.setdefault("".join(glyph.char for glyph in line), []).append(line[0].baseline)
    for number, words in enumerate(("Westartontime.", "Westopontime.")):
        (own,) = baselines[words]
        assert baselines[f"{number + 1}."] == [pytest.approx(own, abs=0.5)]
        assert baselines["Client,initials"][number] == pytest.approx(own, abs=0.5)
        assert baselines["Clinician,initials"][number] == pytest.approx(own, abs=0.5)


def test_a_story_says_that_its_people_are_made_up(set_block: SetBlock) -> None:
    words = text(set_block(BLOCKS["vignette"]))
    assert "A story about made-up people Mara looks after Dad. She is tired. 1 Why? 2 How?" in words


# ---- Where lines and pages begin

FRAME = """\
  - type: sentence_frame
    id: frame
    frame: "Because {why}. What I need from you now is {need}. Thank you."
    slots: [{id: why, label: a reason, size: long}, {id: need, label: a thing, size: long}]
"""


@pytest.mark.parametrize("paper", PAPERS)
def test_a_gap_stands_on_the_line_of_its_words(paper: Paper, set_block: SetBlock) -> None:
    """The words do not stay behind on the line before, where there would have been room for them."""
    pdf = set_block(FRAME, paper=paper)
    words, label = box_of(pdf, 0, "now is"), box_of(pdf, 0, "a thing")
    assert box_of(pdf, 0, "Because")[1] > words[3]
    assert 0 < words[1] - label[3] < 6
    assert label[0] > words[2]


def test_pages_after_a_break_begin_at_the_top(set_block: SetBlock) -> None:
    """A page that was turned, and the one after it, begin where any other does."""
    month = "{type: schedule_grid, id: month, heading: Month, columns: [A], rows: [R], cell: box%s}"
    turned = set_block(f"  - {month % ', orientation: landscape'}\n  - {{type: prose, heading: After, text: Words.}}\n")
    boxes = "".join(
        f"  - {{type: prompt, id: p{n}, heading: Heading, question: Q., response: {{type: box, height: 190}}}}\n"
        for n in (1, 2)
    )
    plain = set_block(boxes)
    tops = [top_of(plain, 2, "Heading"), top_of(turned, 1, "Month"), top_of(turned, 2, "After")]
    assert tops == pytest.approx([tops[0]] * 3, abs=0.5)


def top_of(pdf: bytes, number: int, words: str) -> float:
    """How far below the edge of its page a heading begins, in millimetres."""
    return mm(pypdfium2.PdfDocument(pdf)[number].get_height()) - box_of(pdf, number, words)[3]


@pytest.mark.parametrize(
    ("term", "lines"), [("Window of tolerance", "Window of\r\ntolerance"), ("Unselbstständigkeitsgefühle", None)]
)
def test_a_term_is_hyphenated_only_where_a_word_is_too_long(term: str, lines: str | None, set_block: SetBlock) -> None:
    pdf = set_block(f"  - {{type: concept, id: c, heading: Words, term: {term}, definition: A meaning.}}\n")
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert (lines or term) in page if lines else term not in page
    assert box_of(pdf, 0, "Unselbst" if lines is None else term[:6])[2] < SIDE + 46


def test_lines_of_a_numbered_question_hang_with_its_words(set_block: SetBlock) -> None:
    prompts = "".join(
        f"  - {{type: prompt, id: p{n}, question: Question {n}., response: {{type: lines, count: 2}}}}\n"
        for n in (1, 2)
    )
    pdf = set_block(prompts, fields=False)
    lines = [path for path in paths(pdf, 0) if path[2] - path[0] > 100 and path[1] < box_of(pdf, 0, "Question 1.")[1]]
    hanging = [line for line in lines if line[0] == pytest.approx(box_of(pdf, 0, "Question 1.")[0], abs=0.6)]
    assert len(hanging) == 4


# ---- Lists inside items, tables to read and squares for a camera


def test_a_list_inside_an_item_is_a_list_inside_its_tag(set_block: SetBlock) -> None:
    pdf = set_block('  - {type: list, style: number, items: ["Call:\\n- a sister\\n- *a* neighbor", Rest]}\n')
    depths = [tag.depth for tag in tags(opened(pdf)) if tag.name == "/L"]
    assert depths[1] == depths[0] + 3, "in the body of an item"
    assert "Call: a sister a neighbor Rest" in text(pdf)
    assert failures(pdf) == []


TABLE = "  - {type: table, columns: [Feeling, Where], rows: [[Anger, Jaw], [Fear, Belly]]}\n"


def test_a_table_to_read_says_what_each_cell_is_under(set_block: SetBlock) -> None:
    pdf = set_block(TABLE)
    assert [head for _, head in of_tags(pdf, {"/TH"})] == ["feeling", "where", "anger", "fear"]
    with opened(pdf) as document:
        scopes = [str(tag.element.A.Scope) for tag in tags(document) if tag.name == "/TH"]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]
    assert failures(pdf) == []
    plain = set_block(TABLE.replace("columns", "row_heads: false, columns"))
    assert of_tags(plain, {"/TH"}) == [("/TH", "feeling"), ("/TH", "where")]


def test_a_square_for_a_camera_has_its_address_beside_it(set_block: SetBlock) -> None:
    pdf = set_block("  - {type: qr, url: 'https://example.org/breathing', text: A short film.}\n")
    assert "A short film. example.org/breathing" in text(pdf)
    assert failures(pdf) == []
