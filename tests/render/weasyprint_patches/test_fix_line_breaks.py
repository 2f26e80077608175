"""Lines are filled to their end."""

from __future__ import annotations

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
