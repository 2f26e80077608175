"""Text strings of a PDF, decoded strictly (ISO 32000-2, 7.9.2.2): a letter lost in silence is a wrong answer."""

from __future__ import annotations

from typing import Any

from pikepdf import Name, Stream, String

from handoutkit.errors import ContentError

from .untrusted_pdf import refused_pdf

MAX_CHARACTERS = 10_000
"""Longest answer that is read."""
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
_LOST = "\ufffd"


def pdf_text(value: Any, limit: int = MAX_CHARACTERS) -> str:
    """A text with each line end as one newline.

    Args:
        value: a text string or a stream of text.
        limit: characters that are allowed.

    Raises:
        ContentError: it is something else, longer, or not decodable.
    """
    if isinstance(value, Stream):
        value = String(value.read_bytes())
    if not isinstance(value, String):
        raise unreadable_string()
    raw = bytes(value)
    if len(raw) > 4 * limit + 4:  # no encoding has more bytes for a character
        raise _too_long()
    if raw.isascii() and (plain := raw.decode("ascii")).isprintable() and len(plain) <= limit:
        return plain  # as most are: these are the same in every encoding, and have no ends of lines
    text = _decoded(value, raw).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limit:
        raise _too_long()
    return text


def pdf_name(value: Any) -> str | None:
    """A name without its slash, or None if it is no name. Raises ContentError if it is no UTF-8."""
    if not isinstance(value, Name):
        return None
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        raise unreadable_string() from None


def unreadable_string() -> ContentError:
    """A value is there, and there is no telling what it says."""
    hint = "open it in a viewer, look whether the answers are right, and save it under a new name"
    return refused_pdf("unreadable-value", "a field of this PDF holds something that is not text", hint)


def _decoded(value: String, raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise unreadable_string() from None
    text = str(value)  # PDFDocEncoding
    if _LOST in text:
        raise unreadable_string()
    return text


def _too_long() -> ContentError:
    hint = "shorten it in a viewer and save the file again"
    return refused_pdf("too-long", f"a field of this PDF holds more than {MAX_CHARACTERS:,} characters", hint)
