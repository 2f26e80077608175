"""Word documents (.docx) as plain documents: mammoth reads the text; what it passes over is put beside it.

mammoth reads no headers, footers and comments, and not what stands only in shapes of newer versions of Word; all of it
is looked for here, so that no words are lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from handoutkit.files import zip_archive
from handoutkit.files.zip_archive import opened_archive
from handoutkit.importing.plain_document import AsidePiece, Piece, PlainDocument, WordsPiece, texts_of

from .html_reader import read_html
from .inline_words import escaped
from .source_file_kinds import SourceFault
from .source_pictures import SourcePictures

MAX_UNPACKED = 200_000_000
"""Bytes of all parts of a document together; one of two hundred pages with photos has thirty million."""
DAMAGED = (*zip_archive.DAMAGED, KeyError, ParseError, expat.ExpatError)
"""What the libraries let through of files that are not as they should be, such as tables in 400 tables."""
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet 2'] => ul > li > ul > li:fresh
p[style-name='List Number 2'] => ol > li > ol > li:fresh
u => u
"""
_BODY, _REMARKS, _EDGES = "word/document.xml", "word/comments.xml", re.compile(r"word/(header|footer)\d*\.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ADDRESS = re.compile(r"\]\([^()\s]*\)")
_NOTHING = re.compile(r"[\W_]+")


def read_word(data: bytes) -> PlainDocument:
    """A document from the bytes of a .docx. Raises SourceFault, or one of ``DAMAGED``."""
    import mammoth

    parts = _parts(data)
    pictures = SourcePictures()

    def picture(image: mammoth.documents.Image) -> dict[str, str]:
        with image.open() as file:
            return {"src": pictures.keep(file.read())}

    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        ignore_empty_paragraphs=False,
        convert_image=mammoth.images.img_element(picture),
    )
    document = read_html(made.value, lambda address, _alt: address, is_page=False)
    pieces = [*document.pieces, *_passed_over(parts[_BODY], document.pieces)]
    edges = [text for name, part in parts.items() if _EDGES.fullmatch(name) for text in paragraphs_of(part)]
    pieces += [AsidePiece(text, "page_edge") for text in dict.fromkeys(edges)]
    remarks = paragraphs_of(parts[_REMARKS]) if _REMARKS in parts else ()
    pieces += [AsidePiece(text, "remark") for text in remarks]
    pieces += [AsidePiece("", "picture_kind")] * pictures.refused
    title, author = _properties(parts.get("docProps/core.xml"))
    return replace(document, pieces=tuple(pieces), title=title, author=author, pictures=pictures.kept)


def _parts(data: bytes) -> dict[str, bytes]:
    """The XML parts that are read here, none of which may declare anything. Raises SourceFault."""
    with opened_archive(data) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
            raise SourceFault("too-large", "unpacked, this document is very large", "take pictures out of it")
        xml = {
            info.filename: archive.read(info) for info in archive.infolist() if info.filename.endswith(("xml", ".rels"))
        }
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in xml.values()):
        raise SourceFault(
            "damaged-document", "this document declares what no Word document does", "save it anew in Word"
        )
    if _BODY not in xml:
        hint = "open it in Word or LibreOffice, and save it as a Word document (.docx)"
        raise SourceFault("not-a-document", "this is a zip archive, and no Word document", hint)
    return xml


def paragraphs_of(part: bytes) -> Iterator[str]:
    """The words of each paragraph of a part, wherever it stands; without what was deleted, or is a field's code."""
    parser = XMLParser()  # noqa: S314 - nothing is declared in it, see `_parts`
    parser.feed(part)
    for paragraph in parser.close().iter(f"{_WORD}p"):
        texts = [node.text or "" if node.tag == f"{_WORD}t" else " " for node in _own(paragraph)]
        if text := " ".join("".join(texts).split()):
            yield text


def _own(paragraph: Element) -> Iterator[Element]:
    """Texts and tabs of a paragraph, and not of those in its text boxes."""
    for child in paragraph:
        if child.tag in (f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br"):
            yield child
        elif child.tag != f"{_WORD}p":
            yield from _own(child)


def _passed_over(body: bytes, pieces: tuple[Piece, ...]) -> Iterator[WordsPiece]:
    """Paragraphs of the document that mammoth has not given: it does not know what they stand in."""
    given = _squeezed(" ".join(_ADDRESS.sub("]", text) for piece in pieces for text in texts_of(piece)))
    for text in dict.fromkeys(paragraphs_of(body)):
        if _squeezed(text) not in given:
            yield WordsPiece(escaped(text))


def _squeezed(text: str) -> str:
    return _NOTHING.sub("", text).casefold()


def _properties(core: bytes | None) -> tuple[str, str]:
    """Title and author, as File > Info has them."""
    if core is None:
        return "", ""
    parser = XMLParser()  # noqa: S314 - see above
    parser.feed(core)
    found = {node.tag.rpartition("}")[2]: " ".join((node.text or "").split()) for node in parser.close().iter()}
    author = found.get("creator", "")
    return found.get("title", ""), "" if author.casefold() in ("python-docx", "user", "admin") else author
