"""Numbers keep their order on pages that run from right to left."""

from __future__ import annotations

import pypdfium2
import pytest

from handoutkit.library.workspace import Workspace
from handoutkit.render.templating.interface_messages import InterfaceMessages
from handoutkit.render.templating.number_direction import numbers_left_to_right
from handoutkit.render.templating.text_filters import TextFilters
from handoutkit.render.theme import Theme
from handoutkit.render.values.value_box import ValueBox
from handoutkit.render.values.value_setter import ValueSetter
from tests.conftest import ROOT

ROOM = ValueBox("a place", 400, 30, 12)
PHONE = "(555) 010-0199"


KEPT = [PHONE, "+44 117 496 0123", "https://example.org/help", "Ann Lee (PhD)", "12 mg", "5 Elm St, Apt 3"]


@pytest.mark.parametrize("kept", KEPT)
@pytest.mark.parametrize("around", ["هاتفنا {}، شكرا", "טלפון {}, תודה"])
def test_they_are_shown_in_order_in_values(kept: str, around: str) -> None:
    drawn = ValueSetter(Theme.find("base", (ROOT,))).set([(ROOM, around.format(kept))])
    page = pypdfium2.PdfDocument(drawn.pdf)[0].get_textpage()
    places = [(page.get_charbox(n)[0], page.get_text_range(n, 1)) for n in range(page.count_chars())]
    from_left = "".join(char for _, char in sorted(places) if char.isascii() and char.isalnum())
    assert from_left == "".join(char for char in kept if char.isalnum())


@pytest.mark.parametrize("kept", ["14:30 at 12 mg", "2-3 mg", "10–20 mg", "11/30/2026 Smith", "12 mg, 14:30"])
def test_a_time_or_a_day_is_not_parted_where_a_measure_begins_or_ends(kept: str) -> None:
    note = ValueBox("a note", 400, 80, 12, lines=True)
    drawn = ValueSetter(Theme.find("base", (ROOT,))).set([(note, f"מחר ב-{kept} תודה")])
    page = pypdfium2.PdfDocument(drawn.pdf)[0].get_textpage()
    boxes = [page.get_charbox(n) for n in range(page.count_chars()) if page.get_text_range(n, 1).isalnum()]
    places = [(page.get_charbox(n)[0], page.get_text_range(n, 1)) for n in range(page.count_chars())]
    from_left = "".join(char for _, char in sorted(places) if char.isascii() and not char.isspace())
    assert kept.replace("–", "").replace(" ", "") in from_left
    assert max(heights := [box[1] for box in boxes]) - min(heights) < 6  # all on one line


def test_they_are_kept_in_order_in_texts() -> None:
    texts = TextFilters(InterfaceMessages.of("ar", Theme.find("base", Workspace(ROOT).roots)))
    assert f'<span dir="ltr">{PHONE}</span>' in texts.inline(f"هاتفنا {PHONE} دائما وفي كل وقت")
    assert "dir" not in TextFilters(InterfaceMessages.of("en", Theme.find("base", (ROOT,)))).inline(
        f"Call {PHONE} at any time."
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29",
        "9:00",
        "30.11.2026 14:30",
        "5550100199:30",
        "3, 4, 5",
        '<a href="tel:+1 555 010 0199">',
        "010-0199",
    ],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert numbers_left_to_right(text) == text
