"""Form controls of a page become widgets of our own making."""

from __future__ import annotations

from handoutkit.render.weasyprint_patches.form_controls import controls
from handoutkit.render.weasyprint_patches.patches import PATCHES
from tests.support.patched_pages import laid_out, pdf_of_html, without
from tests.support.pdf_reading import fonts, opened

FORMS = PATCHES[0]


def test_weasyprint_alone_names_a_field_with_dots_draws_nothing_in_it_and_embeds_a_font() -> None:
    with without(FORMS):
        pdf = opened(pdf_of_html(FORMS.page))
    (widget,) = pdf.pages[0].Annots
    assert str(widget.T) == "handout.block.field"
    assert "/AP" not in widget
    assert "Noto-Sans" in fonts(pdf)


def test_a_widget_of_ours_has_an_appearance_and_no_font() -> None:
    pdf = opened(pdf_of_html(FORMS.page))
    (widget,) = pdf.pages[0].Annots
    assert "/T" not in widget  # gets its name in the form's tree
    assert "/N" in widget.AP
    assert fonts(pdf) == {}


def test_a_control_says_how_its_words_are_set() -> None:
    style = "appearance: auto; position: absolute; font-size: 16px; color: #ff0000; text-align: end; direction: rtl"
    (control,) = controls(laid_out(f'<input name="a.b.c" style="{style}">'))
    assert control.element.get("name") == "a.b.c"
    assert (control.font_size, control.colour, control.text_side) == (12, "1 0 0", "left")
