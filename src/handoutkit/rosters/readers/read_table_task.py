"""A roster's file to its rows: what the worker does, for nobody vouches for such a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from handoutkit.files.text_files import LINK_TO_ANOTHER_KIND, is_link_to_another_kind, read_bytes

from .csv_table import CsvTable
from .ods_table import OdsTable
from .table import (
    ENDINGS,
    MAX_BYTES,
    CellFault,
    RosterTable,
    TableFacts,
    TableReading,
    TableRow,
    refused_table,
    unreadable_table,
)
from .table_header import rows_of_table
from .xlsx_table import XlsxTable

_SAMPLES = 3
_SAVE = "choose File > Save as, the type `Excel Workbook (.xlsx)` or `CSV UTF-8`, and use the new file"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_table(path: Path, reading: TableReading) -> bytes:
    """The facts, and the rows that are not blank, the header first, as ``packed`` has them. Raises ContentError."""
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
    table = _table(path, data, reading)
    return packed(table.facts, _with_samples(rows_of_table(table.lines(), reading.names, table.facts), table.facts))


def _table(path: Path, data: bytes, reading: TableReading) -> RosterTable:
    """By what the file is, not by what it is called."""
    _refuse_other_kinds(path, data)
    if not data.startswith(b"PK\x03\x04"):
        return CsvTable(path, data, reading)
    return OdsTable(path, data, reading) if OdsTable.is_one(data) else XlsxTable(path, data, reading)


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    """Raises ContentError for what is neither text nor a zipped workbook, with what its user can do."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if _LOCKED in data:
            message, hint = "this workbook has a password", f"open it with its password, {_SAVE} without a password"
        else:
            message, hint = "this is a workbook of Excel 97-2003 (.xls)", f"open it in Excel or LibreOffice, {_SAVE}"
    elif start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        message = "this is a page or an XML file, although a spreadsheet opens it"
        hint = f"open it in Excel or LibreOffice, {_SAVE}"
    elif data.startswith((b"%PDF", b"{\\rtf")):
        message, hint = (
            "this is a document and no table",
            f"export the list as CSV or XLSX; or open it in a spreadsheet, {_SAVE}",
        )
    elif data.startswith(b"PK\x03\x04") and b"Index/Document.iwa" in data:
        message, hint = "this is a Numbers document", "in Numbers, choose File > Export To > CSV, and use the new file"
    else:
        return
    raise refused_table(path, "not-a-table", message, hint)


def _with_samples(rows: Iterable[TableRow], facts: TableFacts) -> Iterator[TableRow]:
    """The rows; where their encoding was guessed, a few cells that show whether it is right are noted."""
    found: dict[str, None] = {}
    for line in rows:
        if facts.guesses and len(found) < _SAMPLES:
            found |= dict.fromkeys(cell[:60] for cell in line.cells if not cell.isascii())
            facts.samples = tuple(found)[:_SAMPLES]
        yield line


_LONE = "surrogatepass"  # half a letter, which a workbook can hold, is told of later


def packed(facts: TableFacts, lines: Iterable[TableRow]) -> bytes:
    """Facts and rows as bytes; the facts are whole when all rows were read, and yet stand first."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    buffer = io.BytesIO()
    for line in lines:
        buffer.write(encode(line).encode("utf-8", _LONE))
        buffer.write(b"\n")
    return b"".join((encode(asdict(facts)).encode("utf-8", _LONE), b"\n", buffer.getvalue()))


def facts_of(data: bytes) -> TableFacts:
    """The facts again."""
    facts = json.loads(data.partition(b"\n")[0].decode("utf-8", _LONE))
    return TableFacts(**{**facts, "guesses": tuple(facts["guesses"]), "samples": tuple(facts["samples"])})


def unpacked(data: bytes) -> Iterator[TableRow]:
    """The rows again."""
    lines = io.BytesIO(data)
    lines.readline()
    for line in lines:
        row, cells, faults = json.loads(line.decode("utf-8", _LONE))
        yield TableRow(row, tuple(cells), tuple(CellFault(*fault) for fault in faults))
