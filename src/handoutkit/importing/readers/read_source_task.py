"""A file of any format to a plain document: what the worker does, for nobody vouches for such a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import LINK_TO_ANOTHER_KIND, is_link_to_another_kind, read_bytes, reason, shown
from handoutkit.importing.plain_document import (
    AsidePiece,
    HeadingPiece,
    Piece,
    PlainDocument,
    WordsPiece,
    texts_of,
)

from .html_reader import read_html
from .source_file_kinds import SourceFault, SourceKind, decoded, kind_of
from .source_pictures import SourcePictures
from .text_reader import read_text_source

MAX_BYTES = 50_000_000
MAX_LETTERS, MAX_PIECES, MAX_PARAGRAPH = 1_000_000, 20_000, 6_000
"""Of a text: two hundred pages have half a million letters."""
_ENDLESS = re.compile(r"(\S{500})(?=\S)")
ENDINGS = (".docx", ".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".pdf")
"""Of the files that are read here."""


def read_source(path: Path) -> tuple[bytes, dict[str, bytes]]:
    """The document of a file, packed. Raises ContentError."""
    if is_link_to_another_kind(path, ENDINGS):
        raise ContentError(Problem(*LINK_TO_ANOTHER_KIND, file=shown(path)))
    try:
        data = read_bytes(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        hint = "check the spelling of its name"
        raise ContentError(Problem("no-such-file", "there is no such file", hint, file=shown(path))) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        hint = "check that you may open it, and that it is a file"
        message = f"this file cannot be read ({reason(error)})"
        raise ContentError(Problem("unreadable", message, hint, file=shown(path))) from None
    try:
        if len(data) > MAX_BYTES:
            raise SourceFault("too-large", f"this file is larger than {MAX_BYTES:,} bytes", "take pictures out of it")
        return _within_limits(_document(kind_of(path, data), data, path)).packed()
    except SourceFault as fault:
        raise ContentError(Problem(fault.code, fault.message, fault.hint, file=shown(path))) from None


def _document(kind: SourceKind, data: bytes, path: Path) -> PlainDocument:
    if kind == "word":
        return _word(data)
    if kind == "pdf":
        from .pdf_reader import read_pdf_source

        return read_pdf_source(data, path)
    text = decoded(data)
    if kind == "text":
        return read_text_source(text)
    pictures = SourcePictures()

    def picture(address: str, _alt: str) -> str:
        return pictures.keep_linked(address, path)

    if kind == "markdown":
        from .markdown_reader import read_markdown

        document = read_markdown(text, picture)
    else:
        document = read_html(text, picture, is_page=True)
    return replace(document, pictures=pictures.kept)


def _within_limits(document: PlainDocument) -> PlainDocument:
    """The document, no word and no paragraph of it endless, for what comes next looks at each more than once.

    Raises SourceFault: it is far more than a handout.
    """
    letters = sum(len(text) for piece in document.pieces for text in texts_of(piece))
    if letters > MAX_LETTERS or len(document.pieces) > MAX_PIECES:
        message = f"this text has {letters:,} letters in {len(document.pieces):,} pieces"
        hint = f"at most {MAX_LETTERS:,} in {MAX_PIECES:,} are taken: import a part of it"
        raise SourceFault("too-large", message, hint)
    return replace(document, pieces=tuple(part for piece in document.pieces for part in _in_parts(piece)))


def _in_parts(piece: Piece) -> Iterator[Piece]:
    if not isinstance(piece, WordsPiece | HeadingPiece | AsidePiece):
        yield piece
        return
    text = _ENDLESS.sub(r"\1 ", piece.text)
    while len(text) > MAX_PARAGRAPH:
        at = text.rfind(" ", MAX_PARAGRAPH // 2, MAX_PARAGRAPH)
        yield replace(piece, text=text[:at])
        text = text[at + 1 :]
    yield replace(piece, text=text)


def _word(data: bytes) -> PlainDocument:
    from .word_reader import DAMAGED, read_word

    try:
        return read_word(data)
    except DAMAGED:
        hint = "open it in Word or LibreOffice, and save it as a Word document (.docx) again"
        raise SourceFault("damaged-document", "this Word document is damaged", hint) from None
