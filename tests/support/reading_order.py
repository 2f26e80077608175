"""What a handout says, in the order in which it is said: read from its PDF, its page, its text and its Word document.

Two copies say the same if their letters and digits do: blanks, punctuation and the marks that stand for places to write
are how a copy is set. Words inside drawings are left out; they are told by the drawing's text alternative.
"""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import tinyhtml5

from tests.support.pdf_reading import tags

SVG = "{http://www.w3.org/2000/svg}svg"
BLOCKS = frozenset(["div", "section", "header", "main", "ul", "ol", "li", "p", "h1", "h2", "h3", "table", "thead"])
_NOT_READ = ("/Figure", "/Form", "/Lbl")


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return re.sub(r"[\W_]", "", text).casefold()


def of_pdf(pdf: bytes) -> str:
    """The words of a tagged PDF, in the order of its tags."""
    told = _marked_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        return "".join(told[place] for place in _places(document.Root.StructTreeRoot.K, None, pages))


def of_tags(pdf: bytes, names: Collection[str]) -> list[tuple[str, str]]:
    """The structure elements of these names, in their order, each with the letters that stand in it."""
    texts = _marked_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        read = [tag for tag in tags(document) if tag.name in names]
        return [(tag.name, letters("".join(texts[at] for at in _places(tag.element, None, pages)))) for tag in read]


def _places(kid: Any, page: int | None, pages: dict[Any, int]) -> Iterator[tuple[int | None, int]]:
    if isinstance(kid, pikepdf.Array):
        for each in kid:
            yield from _places(each, page, pages)
    elif isinstance(kid, pikepdf.Dictionary):
        page = pages[kid.Pg.objgen] if "/Pg" in kid else page
        if "/MCID" in kid:
            yield page, int(kid.MCID)
        elif "/K" in kid and str(kid.get("/S")) not in _NOT_READ:
            yield from _places(kid.K, page, pages)
    else:
        yield page, int(kid)


def _marked_texts(pdf: bytes) -> dict[tuple[int | None, int], str]:
    """The text of each marked content, by the index of its page and its number there."""
    found: dict[tuple[int | None, int], str] = defaultdict(str)
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3):
                size = pdfium.FPDFTextObj_GetText(item, text, None, 0)
                buffer = ctypes.create_string_buffer(size)
                pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
                pdfium.FPDFTextObj_GetText(item, text, pointer, size)
                mark = (number, pdfium.FPDFPageObj_GetMarkedContentID(item))
                found[mark] += buffer.raw.decode("utf-16-le").rstrip("\0")
    return found


def parsed(html: bytes) -> Any:
    """The ``html`` element of a page."""
    return tinyhtml5.parse(html.decode(), namespace_html_elements=False)


def of_page(element: Any) -> Iterator[str]:
    """The paragraphs, items, cells and headings of a page, as letters; those that are only for the screen left out."""
    words = [element.text or ""]
    for child in element:
        if child.tag in (SVG, "head", "textarea") or child.get("data-screen-only"):
            pass
        elif _holds_blocks(child):
            yield from filter(None, [letters("".join(words))])
            yield from of_page(child)
            words = []
        else:
            words.append("".join(child.itertext()))
        words.append(child.tail or "")
    yield from filter(None, [letters("".join(words))])


def _holds_blocks(element: Any) -> bool:
    return element.tag in BLOCKS or element.tag in ("body", "html", "tbody", "tr", "td", "th", "aside", "blockquote")


def of_word(file: bytes) -> str:
    """The words of a Word document, in the order of its body."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 - we made it
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    return "".join(text.text or "" for text in body.iter(name))


def left_over(said: str, blocks: list[str]) -> str:
    """What is said besides the blocks, which must stand in their order; an AssertionError names one that does not."""
    at, besides = 0, []
    for before, block in zip(["", *blocks], blocks, strict=False):
        found = said.find(block, at)
        assert found >= 0, f"{block!r} is not after {before!r}, but {said[at : at + 60]!r}"
        besides.append(said[at:found])
        at = found + len(block)
    return "".join([*besides, said[at:]])
