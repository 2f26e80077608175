"""Frames that part between pages: each part ends where its words end."""

from __future__ import annotations

from typing import Any

import pytest

from handoutkit.render.weasyprint_patches.closed_frames import close_frames
from tests.support.patched_pages import laid_out

PAGE = """<style>@page {{ size: 300px 200px; margin: 0 }} body {{ margin: 0 }} p {{ margin: 0; height: 80px }}
div {{ border: 2px solid; padding: 5px; {clone} }} p, section {{ break-inside: avoid }}</style>
<div id="frame">{before}<section><p>One<p>Two</section>{between}<p>Three<p>Four</div>"""


def heights(document: Any) -> list[float]:
    """The heights of the frame on each page, with its borders."""
    boxes = (box for page in document.pages for box in page._page_box.descendants())
    return [box.border_height() for box in boxes if box.element is not None and box.element.get("id") == "frame"]


@pytest.mark.parametrize(("before", "between"), [("", ""), ("<main>", "")])
def test_a_frame_that_goes_on_ends_below_its_words(before: str, between: str) -> None:
    document = laid_out(PAGE.format(clone="box-decoration-break: clone", before=before, between=between))
    assert heights(document) == [200, 174], "WeasyPrint fills the page"
    close_frames(document)
    assert heights(document) == [174, 174]


def test_a_frame_that_is_open_to_the_next_page_stays_so() -> None:
    document = laid_out(PAGE.format(clone="", before="", between=""))
    before = heights(document)
    close_frames(document)
    assert heights(document) == before
