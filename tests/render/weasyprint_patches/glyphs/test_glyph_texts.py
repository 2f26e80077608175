"""The text of a page is the text that was written, in each language and face, as two independent readers have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PIL import ImageOps

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.packets.personalise.personalise_packet import terminal_fields
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.theme import Theme
from handoutkit.render.values.printable import page_letters
from handoutkit.render.values.value_box import ValueBox
from handoutkit.render.values.value_setter import ValueSetter
from handoutkit.render.weasyprint_patches.glyphs import glyph_texts
from tests.conftest import ROOT
from tests.support.fill_fields import Filler
from tests.support.form_sample import FORM
from tests.support.many_languages import FROM_LEFT, SENTENCES, handout, words, written
from tests.support.packet_sample import ANNA, sample, shown_by_marks
from tests.support.patched_pages import pdf_of_html, without
from tests.support.pdf_reading import alone_on_a_page, failures, opened, picture, with_pdfium, with_pypdf
from tests.support.samples import FILES
from tests.support.short_suite import rest_is_long

SETTINGS = [
    ("base", "standard"),
    ("calm", "large-print"),
    ("editorial", "dyslexia-friendly"),
    ("warm", "low-ink"),
    ("youth", "standard"),
]
TEXT_LAYER_CASE = "Tọ́pẹ́ àti Ọlájùmọ̀kẹ́ ń bọ̀ wá. Ẹ jọ̀ọ́ ẹ kọ́ wa. Kẹ́kẹ́ ọ̀rẹ́ mi. Thị trấn."


READERS = (with_pdfium, with_pypdf)


def test_weasyprint_alone_writes_other_letters() -> None:
    with without(glyph_texts.PATCH):
        assert with_pdfium(pdf_of_html(glyph_texts.PATCH.page)).strip() != "T\u1ecd\u0301p\u1eb9\u0301"


def test_a_page_reads_as_it_was_written() -> None:
    for read in READERS:
        assert read(pdf_of_html(glyph_texts.PATCH.page)).strip() == "T\u1ecd\u0301p\u1eb9\u0301"


BOTH_DIRECTIONS = [
    "\u0627\u0644\u0633\u0627\u0639\u0629 14:30 \u0645\u0639 12 mg \u062b\u0645 10\u201320 mg",
    "\u05e4\u05d2\u05d9\u05e9\u05d4 \u05d1\u05be14:30 \u05e2\u05dd Dr. Lee (\u05de\u05d7\u05e8).",
    "\u0627\u0644\u0633\u0627\u0639\u0629 ( (555) 010-0199 ( [a] \u062b\u0645 (",
    "Room \u05e9\u05e8\u05d4 12, then 14:30 at \u05de\u05d7\u05e8 4.",
]
"""Lines whose parts stand on the page in another order than they are read in."""


def test_weasyprint_alone_writes_the_parts_of_a_line_as_they_stand() -> None:
    face = "@font-face { font-family: Face; src: url(theme:fonts/Vazirmatn-Regular.ttf) } p { font-family: Face }"
    page = f'<style>{face}</style><p dir="rtl">{BOTH_DIRECTIONS[0]}'
    with without(glyph_texts.PATCH):
        assert _in_order(with_pypdf(pdf_of_html(page))) != _in_order(BOTH_DIRECTIONS[0])
    assert _in_order(with_pypdf(pdf_of_html(page))) == _in_order(BOTH_DIRECTIONS[0])


@pytest.mark.parametrize("line", BOTH_DIRECTIONS)
def test_a_value_of_both_directions_stands_in_the_file_as_it_is_read(line: str) -> None:
    """PDFium has an order of its own here, whatever a file says: of two readers, only its letters are held."""
    values = ANNA | {"who": line, "thoughts": line}
    packet = sample().personaliser.personalise(values)
    sample().verifier.verify(packet, values, text=True)
    for name in ("small-page.line.answer", "small-page.lines.answer"):
        shown = appearance_as_page(packet, name)
        assert _in_order(with_pypdf(shown)) == _in_order(line)
        assert Counter(page_letters(with_pdfium(shown))) == Counter(page_letters(line))


def _in_order(text: str) -> str:
    """Letters and digits: pypdf puts spaces and brackets at the end of a part from the right at its beginning."""
    return "".join(filter(str.isalnum, text))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("letters")
    files = {**FILES, "handouts/small-page.yaml": handout(), "handouts/form.yaml": FORM.replace("small-page", "form")}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Library(Workspace(folder))


@pytest.fixture(scope="module")
def build(library: Library, cache: RenderCache) -> Callable[..., bytes]:
    def build(name: str, **choices: Any) -> bytes:
        return Builder(library, BuildOptions(**choices), cache).render([name]).finished[0].rendered.pdf

    return build


@pytest.mark.parametrize(("theme", "style"), rest_is_long(SETTINGS, stays=lambda row: row in SETTINGS[:2]))
def test_handouts_read_letter_by_letter(theme: str, style: str, build: Callable[..., bytes]) -> None:
    pdf = build("small-page", theme=theme, format=style)
    for read in READERS:
        found, heads = words(read(pdf)), Counter[str]()
        for line in read(pdf).splitlines():
            if "continued" in line:  # the head of a page on which a chunk goes on
                heads += words(line)
        assert {word: found[word] - heads[word] for word in written()} == dict(written()), read.__name__
        assert set(heads) <= {*written(), "continued"}
    assert failures(pdf) == []


def test_what_no_letter_stands_for_is_nowhere(build: Callable[..., bytes]) -> None:
    assert "\N{ZERO WIDTH SPACE}" not in with_pdfium(build("small-page", theme="base", format="standard"))


@pytest.fixture(scope="module")
def form(build: Callable[..., bytes]) -> bytes:
    return build("form")


@pytest.mark.parametrize("language", SENTENCES)
def test_fields_read_letter_by_letter(language: str, form: bytes) -> None:
    few, sentence = SENTENCES[language]
    values = {"form.line.answer": few, "form.lines.answer": sentence}
    filled = Filler(Theme.find("base", (ROOT,))).fill(form, values)
    for name, value in values.items():
        shown = appearance_as_page(filled, name)
        assert [words(read(shown)) for read in READERS] == [words(value)] * len(READERS)


@pytest.mark.parametrize("language", SENTENCES)
def test_what_clients_are_called_reads_letter_by_letter(language: str) -> None:
    few, sentence = SENTENCES[language]
    values = ANNA | {"display_name": few, "who": few, "thoughts": sentence}
    packet = sample().personaliser.personalise(values)
    sample().verifier.verify(packet, values, text=True)
    for shown in shown_by_marks(packet, "display_name"):
        assert [words(read(shown)) for read in READERS] == [words(few)] * len(READERS)
    # On a line that is mostly Latin, PDFium turns a word from the right around at each of its marks and joiners; there,
    # it reads the letters in another order (the verifier counts them), and the value by itself in the right one.
    for read in READERS if language in FROM_LEFT else [with_pypdf]:
        found = words(read(packet))
        assert {word: found[word] for word in words(few)} == dict(words(few)), read.__name__
    for name in ("small-page.line.answer", "small-page.lines.answer"):
        shown = appearance_as_page(packet, name)
        value = few if "line." in name else sentence
        assert [words(read(shown)) for read in READERS] == [words(value)] * len(READERS)
    assert failures(packet) == []


def test_an_accent_is_that_of_its_own_letter_everywhere() -> None:
    """Kẹ́kẹ́ was read as Kọ́kọ́, since one glyph is the accent of both."""
    values = ANNA | {"thoughts": TEXT_LAYER_CASE}
    packet = sample().personaliser.personalise(values)
    shown = appearance_as_page(packet, "small-page.lines.answer")
    assert [words(read(shown)) for read in READERS] == [words(TEXT_LAYER_CASE)] * len(READERS)


def appearance_as_page(pdf: bytes, field: str) -> bytes:
    """What a field shows as the content of a page, for readers that leave fields out."""
    with opened(pdf) as source:
        return alone_on_a_page(source, dict(terminal_fields(source))[field].AP.N)


@pytest.mark.parametrize("theme", [theme for theme, _ in SETTINGS])
def test_accents_stand_over_their_letters(theme: str) -> None:
    """A face may lack the letter, or know nothing of the two; its accents stood behind letters of other faces."""
    setter = ValueSetter(Theme.find(theme, (ROOT,)))
    place = ValueBox("a place", 400, 60, 24)
    bare, accented = (picture(setter.set([(place, text)]).pdf, dpi=40) for text in ("Ọẹ", "Ọ̀ẹ́"))
    left, top, right, _ = ImageOps.invert(bare.convert("L")).getbbox() or (0, 0, 0, 0)
    new_left, new_top, new_right, _ = ImageOps.invert(accented.convert("L")).getbbox() or (0, 0, 0, 0)
    assert (new_left, new_right) == (left, right)
    assert new_top < top
