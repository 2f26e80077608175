"""Zip archives that come from outside: themes, Word documents and workbooks, packed as such files are."""

from __future__ import annotations

import io
import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
"""What zipfile lets through of archives that are not as they should be; RuntimeError: locked with a password."""
WORKBOOK_DAMAGED = (*DAMAGED, KeyError, TypeError, AttributeError, IndexError, SyntaxError, ArithmeticError)
"""What openpyxl lets through of workbooks."""
_PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def opened_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in these bytes.

    Others open it once more behind this one, and know no more of LZMA and bzip2 than that Word and spreadsheets pack
    nothing with them: they let errors of these through that are none of ``DAMAGED``, and they take what memory these
    ask for.

    Raises:
        BadZipFile: it is none, or something in it is packed as in no theme, document or workbook; or others of
            ``DAMAGED``.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    if any(entry.compress_type not in _PACKED_AS for entry in archive.infolist()):
        archive.close()
        raise zipfile.BadZipFile
    return archive
