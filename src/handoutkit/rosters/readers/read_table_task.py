"""A roster's file to its rows: what the worker does, for nobody vouches for such a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from handoutkit.files.text_files import LINK_TO_ANOTHER_KIND, is_link_to_another_kind, read_bytes

from .csv_table import CsvTable
from .table import ENDINGS, MAX_BYTES, CellFault, RosterTable, TableRow, refused_table, unreadable_table
from .xlsx_table import XlsxTable


def read_table(path: Path) -> bytes:
    """The rows that are not blank, the header first, as ``packing`` has them. Raises ContentError."""
    if is_link_to_another_kind(path, ENDINGS):
        raise refused_table(path, *LINK_TO_ANOTHER_KIND)
    try:
        data = read_bytes(path, MAX_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise unreadable_table(path, error) from None
    if len(data) > MAX_BYTES:
        raise refused_table(
            path, "too-large", f"this file is larger than {MAX_BYTES:,} bytes", "split the roster in two"
        )
    return packed(_table(path, data).lines())


def _table(path: Path, data: bytes) -> RosterTable:
    """By what the file is, not by what it is called."""
    if data.startswith(b"PK\x03\x04"):
        return XlsxTable(path, data)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        hint = "open it in a spreadsheet and save it as .xlsx (without a password) or as CSV"
        raise refused_table(path, "not-a-table", "this is neither CSV nor an XLSX workbook", hint)
    return CsvTable(path, data)


_LONE = "surrogatepass"  # half a letter, which a workbook can hold, is told of later


def packed(lines: Iterable[TableRow]) -> bytes:
    """Rows as bytes."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    buffer = io.BytesIO()
    for line in lines:
        buffer.write(encode(line).encode("utf-8", _LONE))
        buffer.write(b"\n")
    return buffer.getvalue()


def unpacked(data: bytes) -> Iterator[TableRow]:
    """The rows again."""
    for line in io.BytesIO(data):
        row, cells, faults = json.loads(line.decode("utf-8", _LONE))
        yield TableRow(row, tuple(cells), tuple(CellFault(*fault) for fault in faults))
