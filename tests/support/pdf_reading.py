"""Reading a PDF back: what a viewer, a listener and a librarian find in it."""

from __future__ import annotations

import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import page as page_validation
import pikepdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree and how deep it stands."""

    name: str
    depth: int
    element: pikepdf.Dictionary


def failures(pdf: bytes) -> list[str]:
    """What keeps a PDF from being PDF/UA-1, by the validator's rules."""
    result = page_validation.validate_pdf_bytes(pdf, profile="ua1")
    found = [f"{failure.rule_id}: {failure.message}" for failure in result.failures]
    return found if found or result.is_compliant else ["not compliant"]


def texts(pdf: bytes) -> list[str]:
    """The text of each page, line ends as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def text(pdf: bytes) -> str:
    """The text of all pages."""
    return " ".join(texts(pdf))


def picture(pdf: bytes, number: int = 0, dpi: int = 40) -> Any:
    """A page as a Pillow image."""
    return pypdfium2.PdfDocument(pdf)[number].render(scale=dpi / 72).to_pil().convert("RGB")


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF for looking into."""
    return pikepdf.open(io.BytesIO(pdf))


def tags(pdf: pikepdf.Pdf) -> list[Tag]:
    """The structure tree in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot.K, 0))


def _walk(kids: Any, depth: int) -> Iterator[Tag]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield Tag(str(kid.S), depth, kid)
            yield from _walk(kid.get("/K", pikepdf.Array()), depth + 1)


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Bookmarks in order, with their levels from 1."""

    def walk(items: Any, level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 1))


def fonts(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Base names of the fonts without their subset prefix, and whether each is embedded."""
    found = {}
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor":
            found[str(obj.FontName).lstrip("/").split("+")[-1]] = any(f"/FontFile{n}" in obj for n in ("", "2", "3"))
    return found


def artifacts(pdf: pikepdf.Pdf, number: int = 0) -> list[str]:
    """Subtypes of the artifacts that hold text on a page."""
    found, inside = [], ""
    for instruction in pikepdf.parse_content_stream(pdf.pages[number]):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            inside = str(operands[0])
        elif name == "EMC":
            inside = ""
        elif name in ("Tj", "TJ") and inside == "/Artifact":
            found.append(inside)
    return found


def with_pypdf(pdf: bytes) -> str:
    """What a second reader, pypdf, finds written on all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def with_pdfium(pdf: bytes) -> str:
    """What the first reader, PDFium, finds written on all pages."""
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def alone_on_a_page(source: pikepdf.Pdf, appearance: Any) -> bytes:
    """What an appearance shows as a page with nothing else on it."""
    with pikepdf.new() as alone:
        left, bottom, right, top = (float(side) for side in appearance.BBox)
        page = alone.add_blank_page(page_size=(right - left, top - bottom))
        page.obj.Resources = alone.copy_foreign(source.make_indirect(appearance.Resources))
        page.obj.Contents = alone.make_stream(appearance.read_bytes())
        written = io.BytesIO()
        alone.save(written)
    return written.getvalue()


def faces_of_large_letters(pdf: bytes, size: float) -> set[str]:
    """The fonts of the letters on the first page that are larger than a size in points."""
    (page,) = extract_pages(io.BytesIO(pdf), page_numbers=[0], laparams=None)
    large = (letter for letter in _letters(page) if letter.size > size and not letter.get_text().isspace())
    return {letter.fontname.split("+")[-1] for letter in large}


def seen_from_left(pdf: bytes) -> list[str]:
    """The lines of the first page as a third reader, pdfminer, finds them: by where each letter stands, from the left.

    Words from the right are written from their last letter to their first, as an eye that goes from the left meets
    them. Marks and spaces are left out: a mark stands where its letter does, and some spaces are moves and no letters.
    """
    lines: defaultdict[int, list[LTChar]] = defaultdict(list)
    (page,) = extract_pages(io.BytesIO(pdf), page_numbers=[0], laparams=None)
    for letter in _letters(page):
        lines[round(letter.matrix[5])].append(letter)
    return [
        "".join(
            text
            for letter in sorted(line, key=lambda letter: letter.x0)
            if not (text := letter.get_text()).isspace() and not unicodedata.combining(text[0])
        )
        for line in lines.values()
    ]


def _letters(item: Any) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from _letters(part)
