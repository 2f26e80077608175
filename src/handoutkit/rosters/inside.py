"""A roster's file to its rows: what the worker does, for nobody vouches for such a file."""

from __future__ import annotations

from pathlib import Path

from handoutkit.loading.files import LINK_TO_ANOTHER_KIND, is_link_to_another_kind, read_bytes

from .csv_table import CsvTable
from .packing import packed
from .table import MAX_BYTES, Table, refusal, unreadable
from .xlsx_table import XlsxTable

_ENDINGS = (".csv", ".tsv", ".xlsx")


def read_here(path: Path) -> bytes:
    """The rows that are not blank, the header first, as ``packing`` has them. Raises ContentError."""
    if is_link_to_another_kind(path, _ENDINGS):
        raise refusal(path, *LINK_TO_ANOTHER_KIND)
    try:
        data = read_bytes(path, MAX_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise unreadable(path, error) from None
    if len(data) > MAX_BYTES:
        raise refusal(path, "too-large", f"this file is larger than {MAX_BYTES:,} bytes", "split the roster in two")
    return packed(_table(path, data).lines())


def _table(path: Path, data: bytes) -> Table:
    """By what the file is, not by what it is called."""
    if data.startswith(b"PK\x03\x04"):
        return XlsxTable(path, data)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        hint = "open it in a spreadsheet and save it as .xlsx (without a password) or as CSV"
        raise refusal(path, "not-a-table", "this is neither CSV nor an XLSX workbook", hint)
    return CsvTable(path, data)
