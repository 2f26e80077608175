"""A PDF opened once before anyone is given it: a stylesheet can ask for numbers that no PDF can hold."""

from __future__ import annotations

import io


def can_be_opened(pdf: bytes, pages: int) -> bool:
    """Whether a reader that forgives nothing opens it and finds all its pages."""
    import pikepdf  # it takes a while to read, and this is needed last

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            return len(opened.pages) == pages and not opened.get_warnings()
    except (pikepdf.PikepdfError, pikepdf.PdfError):
        return False
