"""What returned files say, one or several in one go; this is what the worker does.

Asking the worker costs about as much as reading a small file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handoutkit.answers.answer_rows import FilledForm
from handoutkit.errors import HandoutkitError

PAGES = (".html", ".htm")
"""How the names of pages end; anything else is to be a PDF."""


def read_files(paths: Sequence[Path], client_ref: str, password: str | None) -> list[FilledForm | None]:
    """What each file says; None of one that cannot be read: ``read_file`` says why.

    Args:
        client_ref: whose they are, where they do not say so themselves.
        password: opens PDFs that are encrypted.
    """
    found: list[FilledForm | None] = []
    for path in paths:
        try:
            found.append(read_file(path, client_ref, password))
        except HandoutkitError:
            found.append(None)
    return found


def read_file(path: Path, client_ref: str, password: str | None) -> FilledForm:
    """What a file says, or why that is not certain. Raises ContentError: it cannot be read."""
    # What parses pages is not needed for PDFs, and the other way around.
    if path.suffix.casefold() in PAGES:
        from handoutkit.answers.pages.read_page_task import read_page

        return read_page(path, client_ref)
    from handoutkit.answers.read_pdf_task import read_pdf

    return read_pdf(path, client_ref, password)
