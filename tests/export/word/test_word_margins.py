"""A theme's stripe and ornament are on each page of a Word document, where they are on paper, and are not read out."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Emu
from PIL import Image

from handoutkit.build.build_options import BuildOptions
from handoutkit.build.builder import Builder
from handoutkit.library.library import Library
from handoutkit.library.workspace import Workspace
from handoutkit.render.render_cache import RenderCache
from tests.conftest import Tree
from tests.support.samples import FILES

DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#00B140" d="M0 0h9v9H0z"/></svg>'
THEME = """\
title: Ours
description: As we like it.
extends: base
colours: {deep: "#123456"}
stripe: {edge: left, width: 8, colour: deep}
ornament: {picture: pictures/dot.svg, at: bottom-left, width: 12}
"""
Word = Callable[..., Any]


@pytest.fixture
def word(tree: Tree) -> Word:
    """The small page as a Word document, in a theme with a stripe and an ornament."""

    def make(*, language: str = "en", theme: str = THEME, **choices: Any) -> Any:
        page = FILES["handouts/small-page.yaml"].replace("language: en", f"language: {language}")
        of_theme = {"templates/ours/theme.yaml": theme, "templates/ours/pictures/dot.svg": DOT}
        folder = tree({**FILES, "handouts/small-page.yaml": page, **of_theme})
        options = BuildOptions(**{"theme": "ours", "practice": "oak-house", "to": ("docx",), **choices})
        built = Builder(Library(Workspace(folder)), options, RenderCache(None)).render(["small-page"])
        return docx.Document(io.BytesIO(built.finished[0].files[0].data))

    return make


def drawn(file: Any) -> list[Any]:
    """What floats in the header: left, top, width and height in millimetres, and the colour in its middle."""
    header = file.sections[0].header
    found = []
    for anchor in header._element.iter(qn("wp:anchor")):
        offsets = [int(one.text) for one in anchor.iter(qn("wp:posOffset"))]
        assert {anchor.find(qn(f"wp:position{way}")).get("relativeFrom") for way in "HV"} == {"page"}
        size = [int(anchor.find(qn("wp:extent")).get(side)) for side in ("cx", "cy")]
        (blip,) = anchor.iter(qn("a:blip"))
        picture = Image.open(io.BytesIO(header.part.related_parts[blip.get(qn("r:embed"))].blob)).convert("RGB")
        middle = picture.getpixel((picture.width // 2, picture.height // 2))
        found.append((tuple(round(Emu(side).mm, 1) for side in (*offsets, *size)), middle))
    return found


def test_they_stand_where_they_are_on_paper_and_are_as_wide(word: Word) -> None:
    stripe, ornament = drawn(word())
    assert stripe == ((0, 0, 8, 297), (0x12, 0x34, 0x56))
    assert ornament == ((8, 285, 12, 12), (0x00, 0xB1, 0x40))


def test_they_are_mirrored_where_the_page_runs_from_right_to_left(word: Word) -> None:
    stripe, ornament = drawn(word(language="ar"))
    assert stripe[0] == (202, 0, 8, 297)
    assert ornament[0] == (190, 285, 12, 12)


def test_a_stripe_at_the_top_is_as_wide_as_the_page(word: Word) -> None:
    theme = THEME.replace("edge: left", "edge: top").replace("at: bottom-left", "at: top-right")
    stripe, ornament = drawn(word(theme=theme, paper="letter"))
    assert stripe[0] == (0, 0, 215.9, 8)
    assert ornament[0] == (203.9, 8, 12, 12)


def test_where_ink_is_saved_there_is_none(word: Word) -> None:
    assert drawn(word(format="low-ink")) == []


def test_nobody_is_told_of_them_and_they_push_no_words_down(word: Word) -> None:
    file = word()
    header = file.sections[0].header
    told = [one.get("descr") for one in header._element.iter(qn("wp:docPr"))]
    assert told == ["", ""]
    decorative = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    assert [one.get("val") for one in header._element.iter(decorative)] == ["1", "1"]
    (line,) = header.paragraphs
    assert line.text == ""
    assert file.sections[0].header_distance + line.paragraph_format.line_spacing < file.sections[0].top_margin
    assert {one.get("behindDoc") for one in header._element.iter(qn("wp:anchor"))} == {"1"}
