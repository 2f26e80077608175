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
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.theme import Theme
from handoutkit.translations.apply_catalogue import translated
from handoutkit.translations.catalogue import load_catalogue
from handoutkit.translations.catalogue_update import up_to_date
from tests.conftest import ROOT
from tests.support.fill_in_viewer import fields
from tests.support.pdf_reading import failures
from tests.support.po_samples import change

EVERY_BLOCK = ROOT / "tests" / "every_block"
ALEF = "\u0627"


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


def test_it_is_pdf_ua(page: bytes) -> None:
    assert failures(page) == []


def test_titles_stand_at_the_right(page: bytes) -> None:
    document = pypdfium2.PdfDocument(page)
    text = document[0].get_textpage()
    width = document[0].get_width()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) == ALEF]
    assert max(right for _, _, right, _ in boxes) > 0.85 * width


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
