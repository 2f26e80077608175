"""Opening a PDF that came back from a client, or saying why it cannot be read; nobody vouches for such a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf.settings import set_qpdf_limits

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import read_bytes, reason

MAX_BYTES = 50_000_000
"""Largest file that is read: a packet of pages has one or two million."""
_UNPACKED = 50_000_000
_ITEMS = 200_000

_HEADER_WITHIN = 1024
# In a file that was cut off while it was saved again, the older, whole version still stands in front.
_END = b"%%EOF"
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
# LZW unpacks one byte to a thousand, and qpdf sets no limit for it. No viewer has written it for decades.
_LZW = re.compile(rb"/(?:L|#4[cC])(?:Z|#5[aA])(?:W|#57)")

_HARMLESS = re.compile(
    r"xref entry for the xref stream itself is missing"
    r"|reported number of objects \(\d+\) is not one plus the highest object number"
)


@contextmanager
def limits() -> Iterator[None]:
    """While inside, unpacking is bounded, so that a small file cannot fill the memory; for this process as a whole."""
    before: dict[str, Any] = set_qpdf_limits(
        flate_max_memory=_UNPACKED,
        run_length_max_memory=_UNPACKED,
        png_max_memory=_UNPACKED,
        tiff_max_memory=_UNPACKED,
        parser_max_container_size=_ITEMS,
        max_stream_filters=4,
        doc_max_warnings=100,
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)


def open_pdf(path: Path, password: str | None = None) -> pikepdf.Pdf:
    """The PDF as it stands; what is broken is not mended, for a mended form may show an older answer.

    Raises:
        ContentError: it is not there, not a PDF, damaged, too large, or encrypted and the password does not open it.
            The problems name no file; the caller does.
    """
    data = file_bytes(path, MAX_BYTES)
    _check(data)
    try:
        # Recovery off: see above. Page attributes are of no interest, and filling them in costs as much as opening.
        return pikepdf.open(
            io.BytesIO(data),  # what was looked at, and not what the file may have become meanwhile
            password=password or "",
            attempt_recovery=False,
            inherit_page_attributes=False,
        )
    except pikepdf.PasswordError:
        raise refused_pdf(*(_LOCKED if password is None else _WRONG_PASSWORD)) from None
    except (pikepdf.PikepdfError, ValueError, MemoryError, OSError):
        raise damaged() from None


def is_in_doubt(pdf: pikepdf.Pdf) -> bool:
    """Whether qpdf complained of a PDF that was read; not of what PDFBox does to every file, on which nothing hangs."""
    return any(not _HARMLESS.search(complaint) for complaint in pdf.get_warnings())


def damaged() -> ContentError:
    """The file says things about itself that cannot all be true."""
    return refused_pdf(
        "damaged-pdf",
        "this PDF is damaged",
        "ask for the file again; or open it in a viewer, see whether the answers are right, and save it anew",
    )


def refused_pdf(code: str, message: str, hint: str) -> ContentError:
    """One problem with a whole file, to be raised."""
    return ContentError(Problem(code, message, hint))


_LOCKED = (
    "encrypted",
    "this PDF is locked with a password",
    "put the password into an environment variable and name that: --password-env NAME",
)
_WRONG_PASSWORD = ("wrong-password", "the password does not open this PDF", "check what the variable holds")


def file_bytes(path: Path, limit: int) -> bytes:
    """A returned file, up to so many bytes and one more. Raises ContentError: it cannot be read."""
    try:
        return read_bytes(path, limit)
    except (FileNotFoundError, NotADirectoryError):
        raise refused_pdf("no-such-file", "there is no such file", "check the spelling") from None
    except IsADirectoryError:
        raise refused_pdf(
            "is-a-folder", "this is a folder, not a file", "name the files in it, as FOLDER/*.pdf"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        message = f"this file cannot be read ({reason(error)})"
        raise refused_pdf("unreadable", message, "check that you may open it, and that its name is right") from None


def _check(data: bytes) -> None:
    if not data:
        raise refused_pdf("empty-file", "this file is empty", "ask for it again; it was not saved or sent whole")
    if len(data) > MAX_BYTES:
        hint = "a filled-in handout is far smaller; is this the right file?"
        raise refused_pdf("too-large", f"this file is larger than {MAX_BYTES:,} bytes", hint)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        hint = "name a PDF; a photo or a scan of a page has no answers that can be read"
        raise refused_pdf("not-a-pdf", "this is not a PDF", hint)
    end = data.rfind(_END)
    if _LZW.search(data) or (end >= 0 and _OBJECT.search(data, end)):
        raise damaged()
