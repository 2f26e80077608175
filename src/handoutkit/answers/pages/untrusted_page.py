"""Opening a page that came back from a client, or saying why it cannot be read; nobody vouches for such a file.

It is parsed as a browser would parse it, and nothing in it runs.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5

from handoutkit.answers.untrusted_pdf import file_bytes
from handoutkit.errors import ContentError, Problem

MAX_BYTES = 20_000_000
"""Largest page that is read: one with its fonts has some hundred thousand, and photographs in it may have millions."""
_BEGINNING = (b"<!doctype html", b"<html")
_END = b"</html>"
_WITHIN = 1_024


def open_page(path: Path) -> Element:
    """The ``html`` element of a page.

    Raises:
        ContentError: it is not there, no page, cut short, too large, or not in UTF-8, as every browser saves it. The
            problems name no file; the caller does.
    """
    data = file_bytes(path, MAX_BYTES)
    if not data:
        raise refused_page("empty-file", "this file is empty", "ask for it again; it was not saved or sent whole")
    if len(data) > MAX_BYTES:
        hint = "a filled-in page is far smaller; is this the right file?"
        raise refused_page("too-large", f"this file is larger than {MAX_BYTES:,} bytes", hint)
    head = data[:_WITHIN].lower()
    if not any(beginning in head for beginning in _BEGINNING):
        raise refused_page("not-a-page", "this is no web page", "name the file that `Save my answers` made")
    if _END not in data[-_WITHIN:].lower():  # what is missing may be answers
        raise refused_page("cut-short", "this page was cut short", "ask for it again; it was not saved or sent whole")
    try:
        root: Element = tinyhtml5.parse(data.decode("utf-8-sig"), namespace_html_elements=False)
    except (ValueError, LookupError, RecursionError, MemoryError):  # a character that is none is a ValueError
        hint = "ask for the file that `Save my answers` made, as it was"
        raise refused_page("damaged-page", "this page is damaged", hint) from None
    _drop_first_newlines(root)
    return root


def _drop_first_newlines(root: Element) -> None:
    """Take away what tinyhtml5 2.1 keeps in tables: a newline right behind ``<textarea>`` is none of its text.

    HTML, 13.2.6.4.7, the start tag of ``textarea``.
    """
    for element in {element for table in root.iter("table") for element in table.iter("textarea")}:
        element.text = (element.text or "").removeprefix("\n")


def refused_page(code: str, message: str, hint: str) -> ContentError:
    """One problem with a whole page, to be raised."""
    return ContentError(Problem(code, message, hint))
