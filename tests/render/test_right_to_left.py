"""Pages that run from right to left: styles, grids, figures and fields are mirrored, and letters joined."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
import pytest

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder, HandoutRequest
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.models.blocks.figure import Figure, Region
from handoutkit.render.colour.palette import palette
from handoutkit.render.figures.draw_figure import Drawing, draw_figure
from handoutkit.render.figures.typeface import Typeface
from handoutkit.render.render_cache import RenderCache
from handoutkit.render.right_to_left import kept_in_order, mirrored
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.text_filters import TextFilters
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_box import ValueBox
from handoutkit.render.values.value_setter import ValueSetter
from handoutkit.translations.apply_catalogue import translated
from handoutkit.translations.catalogue import load_catalogue
from handoutkit.translations.catalogue_update import up_to_date
from tests.conftest import ROOT
from tests.support.fill_in_viewer import fields
from tests.support.pdf_reading import failures
from tests.support.po_samples import change

EVERY_BLOCK = ROOT / "tests" / "every_block"
ALEF = "\u0627"
ROOM = ValueBox("a place", 400, 30, 12)
PHONE = "(555) 010-0199"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("margin-left: 1mm", "margin-right:1mm"),
        ("border-left-width: 2pt", "border-right-width:2pt"),
        ("left: 3mm", "right:3mm"),
        ("text-align: left", "text-align:right"),
        ("float: right !important", "float:left!important"),
        ("break-before: right", "break-before:left"),
        ("padding: 1mm 2mm 3mm 4mm", "padding:1mm 4mm 3mm 2mm"),
        ("padding: 0 calc(2mm * var(--room)) 0 1mm", "padding:0 1mm 0 calc(2mm * var(--room))"),
        ("margin: 1mm 2mm", "margin:1mm 2mm"),
        ("border-radius: 0 1mm 2mm 3mm", "border-radius:1mm 0 3mm 2mm"),
        ("background: var(--icon) 5mm 4mm / 7mm no-repeat", "background:var(--icon) right 5mm top 4mm / 7mm no-repeat"),
        ("background: url(a.svg) 100% 0 / 7mm", "background:url(a.svg) 0% 0 / 7mm"),
        ("background-position: left 2mm top", "background-position:right 2mm top"),
        ("background: #fff", "background:#fff"),
        ("--left: 5mm", "--left: 5mm"),
        ("margin-inline-start: 1mm", "margin-inline-start:1mm"),
        ("color: red", "color:red"),
    ],
)  # fmt: skip
def test_what_is_left_in_a_stylesheet_comes_right(left: str, right: str) -> None:
    assert mirrored(f".left {{ {left} }}").replace(" ", "") == f".left{{{right};}}".replace(" ", "")


def test_rules_inside_rules_are_mirrored_and_pages_are_not() -> None:
    assert "left:0" in mirrored("@media print { .a { right: 0 } }").replace(" ", "")
    page = "@page { @top-left { content: 5 } }"
    assert mirrored(page).replace(" ", "") == page.replace(" ", "")


@pytest.fixture(scope="module")
def page(cache: RenderCache) -> bytes:
    """Every block in Arabic: each word is an alef as long as it was."""
    library = Library(Workspace(EVERY_BLOCK))
    loaded = library.handout("every-block")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ar.po"
        path.write_text(up_to_date(loaded, "ar", None), encoding="utf-8")
        change(path, lambda _place, text: text if "{" in text or "](" in text or "**" in text else ALEF + text[1:])
        arabic = translated(loaded, load_catalogue(path, "ar"))
    builder = Builder(library, BuildOptions(practice="pink", paper="letter"), cache)
    return builder.render_each([HandoutRequest(arabic)]).finished[0].rendered.pdf


@pytest.mark.xdist_group("arabic")
def test_it_is_pdf_ua(page: bytes) -> None:
    assert failures(page) == []


@pytest.mark.xdist_group("arabic")
def test_titles_stand_at_the_right(page: bytes) -> None:
    document = pypdfium2.PdfDocument(page)
    text = document[0].get_textpage()
    width = document[0].get_width()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == ALEF]
    assert max(right for _, _, right, _ in boxes) > 0.85 * width


@pytest.mark.xdist_group("arabic")
def test_fields_are_mirrored_and_set_from_the_right(page: bytes) -> None:
    arabic = fields(page)
    first, last = (arabic[f"every-block.e2.row-1-column-{n}"].widgets[0].box[0] for n in (1, 4))
    assert first > last
    starts = [int(field.dictionary.Q) for field in arabic.values() if field.kind == "/Tx" and "/Q" in field.dictionary]
    assert 2 in starts
    assert 0 not in starts


def drawn(kind: str, tag: str) -> Drawing:
    regions = tuple(Region(id=f"r-{n}", label="نص", answer=n == 0, value=0.1) for n in range(3))
    figure = Figure(type="figure", id="f", kind=kind, alt="A figure.", regions=regions)
    face = Typeface.of(Theme.find("base", (ROOT,)))
    return draw_figure(figure, palette("#1B5E6B"), face, InterfaceMessages(tag), 170)


def test_figures_are_mirrored_with_their_places() -> None:
    english, arabic = drawn("flow", "en"), drawn("flow", "ar")
    before, after = english.areas[0].place, arabic.areas[0].place
    assert after.x == pytest.approx(english.width - before.right)
    assert 'direction="rtl"' in arabic.svg
    assert "matrix(-1 0 0 1" in arabic.svg
    assert "matrix(-1 0 0 1" not in english.svg


def test_clocks_turn_one_way_everywhere() -> None:
    assert "matrix(-1 0 0 1" not in drawn("cycle", "ar").svg


def test_letters_of_other_scripts_are_measured_in_their_own_font() -> None:
    face = Typeface.of(Theme.find("base", (ROOT,))).regular
    assert face.ems(ALEF * 10) < 5 < face.ems("\u0636" * 10) < 13


# ---- Numbers keep their order


@pytest.mark.parametrize("kept", [PHONE, "+44 117 496 0123", "https://example.org/help", "Ann Lee (PhD)", "12 mg"])
@pytest.mark.parametrize("around", ["هاتفنا {}، شكرا", "טלפון {}, תודה"])
def test_they_are_shown_in_order_in_values(kept: str, around: str) -> None:
    drawn = ValueSetter(Theme.find("base", (ROOT,))).set([(ROOM, around.format(kept))])
    page = pypdfium2.PdfDocument(drawn.pdf)[0].get_textpage()
    places = [(page.get_charbox(n)[0], page.get_text_range(n, 1)) for n in range(page.count_chars())]
    from_left = "".join(char for _, char in sorted(places) if char.isascii() and char.isalnum())
    assert from_left == "".join(char for char in kept if char.isalnum())


def test_they_are_kept_in_order_in_texts() -> None:
    texts = TextFilters(InterfaceMessages.of("ar", Theme.find("base", Workspace(ROOT).roots)))
    assert f'<span dir="ltr">{PHONE}</span>' in texts.inline(f"هاتفنا {PHONE} دائما وفي كل وقت")
    assert "dir" not in TextFilters(InterfaceMessages.of("en", Theme.find("base", (ROOT,)))).inline(
        f"Call {PHONE} at any time."
    )


@pytest.mark.parametrize("text", ["2026-11-29", "9:00", "3, 4, 5", '<a href="tel:+1 555 010 0199">', "010-0199"])
def test_nothing_else_is_touched(text: str) -> None:
    assert kept_in_order(text) == text
