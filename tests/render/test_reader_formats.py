"""The formats, measured on finished pages: each is a reflow with the same words and the same fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache as memo
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.document import FORMATS, Format
from handoutkit.models.practice import Paper
from handoutkit.render.render_cache import RenderCache
from tests.conftest import ROOT, Run, Tree
from tests.render.conftest import SetBlock
from tests.support.block_examples import every_block
from tests.support.page_measures import fields, glyphs, lines, page_count, painted, words_in, worst_contrast
from tests.support.pdf_reading import bookmarks, failures, fonts, opened, picture, tags, text
from tests.support.reading_order import of_tags
from tests.support.samples import FILES

OTHERS: tuple[Format, ...] = FORMATS[1:]
SHIPPED = "three-ways-of-relating"
RIVERBEND: Any = {"practice": "riverbend-counseling", "paper": "letter"}


@pytest.fixture(scope="module")
def whole(cache: RenderCache, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Format], bytes]:
    """A handout with every block, in a format."""
    file = tmp_path_factory.mktemp("examples") / "examples.yaml"
    file.write_text(every_block(), encoding="utf-8")

    @memo
    def build(format: Format) -> bytes:
        choices = BuildOptions(**RIVERBEND, format=format)
        return Builder(Library(Workspace(ROOT)), choices, cache).render([str(file)]).finished[0].rendered.pdf

    return build


@pytest.mark.parametrize("format", OTHERS)
def test_every_block_is_pdf_ua(format: Format, whole: Any) -> None:
    assert failures(whole(format)) == []


@pytest.mark.parametrize("format", OTHERS)
def test_fields_have_the_same_names_and_are_heard_the_same(format: Format, whole: Any) -> None:
    standard, other = fields(whole("standard")), fields(whole(format))
    assert other.keys() == standard.keys()
    assert {name: heard for name, (heard, _) in other.items()} == {name: heard for name, (heard, _) in standard.items()}


@pytest.mark.parametrize("format", OTHERS)
def test_no_word_is_lost(format: Format, pdf_of: Any) -> None:
    """Large print repeats labels on cards; the others have the same words, and where a table goes on it says so."""
    standard = Counter(words(pdf_of(SHIPPED, **RIVERBEND, layout="booklet")))
    other = Counter(words(pdf_of(SHIPPED, **RIVERBEND, format=format, layout="booklet")))
    assert standard - other == Counter()
    assert format == "large-print" or set(other) - {"continued"} == set(standard) - {"continued"}


def words(pdf: bytes) -> list[str]:
    """The words of a handout without its feet, and without the hyphens of divided words."""
    return re.findall(r"[\w’'.@-]+", without_feet(pdf).replace("(the healthy middle)", "The healthy middle"))


def without_feet(pdf: bytes) -> str:
    return re.sub(r"([^·.?]* · )?Three ways[^.·]{8,30} Page \d+ of \d+", "", text(pdf).replace("\x02", "-"))


@pytest.mark.parametrize("format", OTHERS)
def test_what_is_read_comes_in_the_same_order(format: Format, pdf_of: Any) -> None:
    """Large print has cards for tables; the others have the very same elements one after the other."""
    standard, other = (pdf_of(SHIPPED, **RIVERBEND, format=one, layout="booklet") for one in ("standard", format))
    assert bookmarks(opened(other)) == bookmarks(opened(standard))
    if format != "large-print":
        assert elements(other) == elements(standard)


def elements(pdf: bytes) -> list[tuple[str, str]]:
    """What is read, in its order, with its words; a paragraph or a table that goes on to a next page counts once."""
    read = of_tags(pdf, ("/H1", "/H2", "/H3", "/P", "/LI", "/TH", "/TD", "/Form", "/Figure"))
    return [(name, "".join(words for _, words in group)) for name, group in groupby(read, key=lambda each: each[0])]


def test_large_print_has_nothing_below_18_points(whole: Any) -> None:
    small = [glyph for glyph in glyphs(whole("large-print")) if glyph.size < 17.9]
    assert small == []


def test_large_print_has_no_tables_and_no_narrow_columns(whole: Any) -> None:
    names = Counter(tag.name for tag in tags(opened(whole("large-print"))))
    assert names["/Table"] == 0
    assert names["/L"] > 10
    wide = [page for page in opened(whole("large-print")).pages if page.mediabox[2] > page.mediabox[3]]
    assert wide == []


def test_the_cards_of_a_comparison_follow_each_other_on_a_page(set_block: SetBlock) -> None:
    """A side of a sheet and a side of a comparison are told apart by the stylesheets."""
    sides = "".join(f"      - {{label: {name}, points: [It is so.]}}\n" for name in ("Apart", "Near", "Merged"))
    pdf = set_block(f"  - type: contrast\n    id: ways\n    heading: Ways\n    sides:\n{sides}", format="large-print")
    assert page_count(pdf) <= 3


def test_writing_lines_are_far_enough_apart(whole: Any) -> None:
    """The field over the lines of a prompt is as high as they are, and the handout says how many there are."""
    for format, least in (("standard", 8), ("dyslexia-friendly", 8), ("low-ink", 8), ("large-print", 10)):
        _, (_, height) = fields(whole(format))["examples.who-helps.answer"]
        assert height / 2 >= least
    cells = [
        size[1] for name, (_, size) in fields(whole("large-print")).items() if name.startswith("examples.try.row-")
    ]
    assert min(cells) >= 10


def test_dyslexia_friendly_follows_the_style_guide(whole: Any) -> None:
    pdf = whole("dyslexia-friendly")
    letters = glyphs(pdf)
    assert min(glyph.size for glyph in letters) >= 11.9
    common, _ = Counter(glyph.size for glyph in letters).most_common(1)[0]
    assert 12 <= common <= 14
    assert {name for name in fonts(opened(pdf)) if "Atkinson" not in name} == set()
    assert not any("Italic" in name for name in fonts(opened(pdf)))
    assert any("Italic" in name for name in fonts(opened(whole("standard"))))
    assert picture(pdf).getpixel((5, 5)) != (255, 255, 255), "the ground is off-white"


def test_dyslexia_friendly_leaves_the_ground_of_paper_to_the_paper(pdf_of: Any) -> None:
    pdf = pdf_of(SHIPPED, **RIVERBEND, format="dyslexia-friendly", fields=False)
    assert picture(pdf).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("format", "size", "least"), [("dyslexia-friendly", 12.5, 1.5), ("large-print", 18, 1.39)])
def test_lines_of_text_are_far_enough_apart(format: Format, size: float, least: float, pdf_of: Any) -> None:
    body = [line for line in lines(glyphs(pdf_of(SHIPPED, **RIVERBEND, format=format))) if line[0].size == size]
    pitches = [
        above[0].baseline - below[0].baseline
        for above, below in pairwise(body)
        if above[0].page == below[0].page and abs(above[0].x - below[0].x) < 0.1
    ]
    assert len(pitches) > 15
    assert min(pitches) >= size * least - 0.1


@pytest.mark.parametrize("format", ["large-print", "dyslexia-friendly"])
def test_no_word_is_divided(format: Format, whole: Any) -> None:
    assert divided(whole("standard"))
    assert divided(whole(format)) == []


def divided(pdf: bytes) -> list[str]:
    return [
        "".join(glyph.char for glyph in line)
        for line in lines(glyphs(pdf))
        if line[-1].char in "\N{HYPHEN}\xad\x02\ufffe"
    ]


def test_low_ink_prints_black_on_white_and_fills_nothing(pdf_of: Any) -> None:
    pdf = pdf_of(SHIPPED, **RIVERBEND, format="low-ink")
    assert painted(pdf) <= {(0.0,), (1.0,), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)}
    assert len(painted(pdf_of(SHIPPED, **RIVERBEND))) > 4
    for number in range(len(opened(pdf).pages)):
        page = picture(pdf, number, dpi=50).convert("L")
        dark = sum(page.histogram()[:128])
        assert dark < 0.08 * page.width * page.height  # words alone, as close as a sheet has them


@pytest.mark.parametrize("format", FORMATS)
def test_contrast_as_printed(format: Format, pdf_of: Any) -> None:
    found, line = worst_contrast(pdf_of(SHIPPED, **RIVERBEND, format=format))
    assert found >= 4.5, line


@pytest.mark.parametrize("format", FORMATS)
def test_lines_are_neither_long_nor_short(format: Format, pdf_of: Any) -> None:
    """Characters a line of running text, at most 80; the middle of them near what clear print asks for.

    In a booklet: a sheet has cells side by side, whose lines are short on purpose.
    """
    handout = "what-healthy-interdependence-looks-like"
    letters = glyphs(pdf_of(handout, **RIVERBEND, format=format, layout="booklet"))
    size = {"standard": 12, "low-ink": 12, "dyslexia-friendly": 12.5, "large-print": 18}[format]
    counts = [words_in(line) for line in lines(letters) if line[0].size == size]
    assert max(counts) <= 80
    assert 38 <= median([count for count in counts if count > 30]) <= 72


def test_the_format_is_in_the_files_name_and_the_report(tree: Tree, run: Run) -> None:
    folder = tree(FILES)
    result = run("build", "small-page", "--format", "large-print", "--audience", "clinician", "--json", cwd=folder)
    (output,) = result.json["outputs"]
    assert output["path"] == "output/oak-house/small-page.large-print.clinician.pdf"
    assert output["format"] == "large-print"
    assert run("build", "small-page", "--json", cwd=folder).json["outputs"][0]["format"] == "standard"
    again = run("build", "small-page", "--format", "low-ink", "--json", cwd=folder).json["outputs"][0]
    assert not again["cached"], "each format has an entry of its own in the cache"


def test_an_unknown_format_is_a_matter_of_usage(tree: Tree, run: Run) -> None:
    result = run("build", "small-page", "--format", "braille", cwd=tree(FILES))
    assert result.exit_code == 2
    assert "large-print" in result.stderr


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_gap_of_a_sentence_ends_inside_the_margins_of_large_print(paper: Paper, pdf_of: Any) -> None:
    """Also where as many words as can be lead up to it on its line."""
    pdf = opened(pdf_of("two-ideas-of-closeness", practice="riverbend-counseling", paper=paper, format="large-print"))
    for page in pdf.pages:
        right = float(page.MediaBox[2]) - 19 * 72 / 25.4
        assert all(float(note.Rect[2]) < right + 1 for note in page.get("/Annots", ()) if note.Subtype == "/Widget")
