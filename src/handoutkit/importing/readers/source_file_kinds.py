"""Which format a file is in, by what it holds more than by its name, and its text decoded."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

SourceKind = Literal["word", "pdf", "html", "markdown", "text"]
_SAVE_AS = "open it in Word or LibreOffice, choose File > Save as, the type `Word Document (.docx)`, and use that file"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "old-word-document", "this is an old Word document (.doc), or one with a password", _SAVE_AS),
    (b"{\\rtf", "rich-text", "this is a rich text (RTF) document", _SAVE_AS),
    (b"\x89PNG", "a-picture", "this is a picture, and has no text to read", "type its text, or name the document"),
    (b"\xff\xd8\xff", "a-picture", "this is a picture, and has no text to read", "type its text, or name the document"),
)
_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|article|div|h1|p|table)\b", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class SourceFault(Exception):  # noqa: N818 - it is the file that is at fault
    """Why a file cannot be imported, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def kind_of(path: Path, data: bytes) -> SourceKind:
    """The format of a file. Raises SourceFault: no reader takes it."""
    for start, *fault in _REFUSED:
        if data.startswith(start):
            raise SourceFault(*fault)
    if data.startswith(b"PK\x03\x04"):
        return "word"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if not data.strip():
        raise SourceFault("empty-file", "this file is empty", "name the file with the text")
    ending = path.suffix.lower()
    if ending in (".html", ".htm", ".xhtml") or _PAGE.match(data.removeprefix(codecs.BOM_UTF8)[:4000]):
        return "html"
    return "markdown" if ending in (".md", ".markdown") else "text"


def decoded(data: bytes) -> str:
    """The text of a file: as its mark or its HTML says, else UTF-8, else Windows-1252. Raises SourceFault."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:2000].count(0) > 20:
        raise SourceFault("not-text", "this is no text", "save it as plain text (UTF-8), or name the document itself")
    said = _CHARSET.search(data[:4000])
    for encoding in ("utf-8", said[1].decode("ascii") if said else "cp1252", "cp1252"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
