"""Lines are filled to their end."""

from __future__ import annotations

import pytest

from handoutkit.render.weasyprint_patches import fix_line_breaks
from handoutkit.render.weasyprint_patches.layout_boxes import page_boxes
from tests.support.patched_pages import laid_out, without

PAGE = fix_line_breaks.PATCH.page


def words_in_lines(page: str) -> list[int]:
    """Words in each line of a page."""
    boxes = [box for page_box in page_boxes(laid_out(page)) for box in page_box.descendants()]
    lines = [box for box in boxes if type(box).__name__ == "LineBox"]
    return [len("".join(getattr(part, "text", "") for part in line.descendants()).split()) for line in lines]


def test_weasyprint_alone_leaves_a_line_with_one_word() -> None:
    with without(fix_line_breaks.PATCH):
        assert words_in_lines(PAGE) == [9, 1, 10, 1]


def test_no_line_is_left_with_one_word() -> None:
    assert words_in_lines(PAGE) == [9, 9, 3]


def test_no_width_leaves_a_line_with_one_word() -> None:
    for tenths in range(1115, 1135):
        *lines, last = words_in_lines(PAGE.replace("112.1mm", f"{tenths / 10}mm"))
        assert sum(lines) + last == 21
        assert min(lines) > 3, tenths


LETTERS = 4_000


def shaped_for(page: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """How many letters are shaped to set a page, and its lines."""
    from weasyprint.text.line_break import Layout

    counted = 0
    original = Layout.set_text

    def set_text(layout: Layout, text: str, justify: bool = False) -> None:
        nonlocal counted
        counted += len(text)
        original(layout, text, justify)

    with monkeypatch.context() as patched:
        patched.setattr(Layout, "set_text", set_text)
        boxes = [box for page_box in page_boxes(laid_out(page)) for box in page_box.descendants()]
    return counted, [box.text for box in boxes if type(box).__name__ == "TextBox"]


@pytest.mark.parametrize("letter", ["\u0634", "x", "\u6211", "\u0e01\u0e49", "i"])
@pytest.mark.parametrize("before", ["", "Two words "])
def test_a_long_word_is_shaped_a_few_times_and_breaks_where_it_did(
    letter: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    style = "width: 100mm; font-size: 12pt; overflow-wrap: anywhere; margin: 0"
    page = f"<style>@page {{ size: 300mm 3000mm }}</style><p style='{style}'>{before}{letter * LETTERS}"
    shaped, lines = shaped_for(page, monkeypatch)
    assert shaped < 30 * LETTERS * len(letter)
    with without(fix_line_breaks.PATCH):
        alone, same = shaped_for(page, monkeypatch)
    assert lines == same
    assert alone >= shaped
