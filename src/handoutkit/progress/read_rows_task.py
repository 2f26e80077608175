"""Tables of answers that `handoutkit answers` made, read back as rows; this is what the worker does."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from handoutkit.answers.answer_rows import AnswerRow, DaySource, RowKind
from handoutkit.answers.scoring import TOTAL
from handoutkit.answers.tables.answer_columns import COLUMNS, VERSION
from handoutkit.answers.tables.csv_export import harmless
from handoutkit.answers.untrusted_pdf import file_bytes, refused_pdf
from handoutkit.errors import ContentError
from handoutkit.files.zip_archive import WORKBOOK_DAMAGED, opened_archive

ENDINGS = (".csv", ".xlsx", ".json")
"""How the names of tables end."""
MAX_BYTES = 50_000_000
MAX_ROWS = 20_000
_NUMBERS = ("edition", "option")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,6}", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z\d-]{0,40}", re.ASCII)
_BESIDE = re.compile(r"page-\d{1,6}-[\w-]+", re.ASCII)


def read_rows(path: Path) -> list[AnswerRow]:
    """The rows of a table. Raises ContentError: it is none that `handoutkit answers` makes; it names no file."""
    data = file_bytes(path, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise refused_pdf("too-large", f"this file is larger than {MAX_BYTES:,} bytes", "name the files it was made of")
    read = {".csv": _from_csv, ".json": _from_json, ".xlsx": _from_xlsx}[path.suffix.casefold()]
    try:
        rows = [_row(values) for values in read(data)]
    except (*WORKBOOK_DAMAGED, csv.Error):
        raise _no_table() from None
    for number, row in enumerate(rows, 2):
        if column := _other_than_written(row):
            message = f"in row {number} of this table, `{column}` holds what `handoutkit answers` never writes there"
            hint = "a spreadsheet may have changed it as it saved the table: make the table anew, and name it as it is"
            raise refused_pdf("not-a-table", message, hint)
    return rows


def _from_csv(data: bytes) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(MAX_BYTES)
    for line in _below_header(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))):
        yield dict(zip(COLUMNS, map(_as_written, line), strict=True))


def _as_written(value: str) -> str:
    """The value without the apostrophe that keeps a spreadsheet from running it."""
    return value[1:] if value[:1] == "'" and harmless(value[1:]) == value else value


def _from_json(data: bytes) -> Iterator[Mapping[str, Any]]:
    found = json.loads(data)
    if found["version"] != VERSION:
        raise ValueError
    yield from found["rows"]


def _from_xlsx(data: bytes) -> Iterator[Mapping[str, Any]]:
    from openpyxl import load_workbook

    opened_archive(data).close()
    sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True)["answers"]
    for line in _below_header(sheet.iter_rows(values_only=True)):
        yield dict(zip(COLUMNS, ("" if cell is None else cell for cell in line), strict=True))


def _below_header(lines: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The lines of a table with our columns. Raises ValueError: it has others, or too many lines."""
    for number, line in enumerate(lines):
        if number == 0 and tuple(line) != COLUMNS:
            raise ValueError
        if number > MAX_ROWS:
            raise ValueError
        if number:
            yield line


def _row(values: Mapping[str, Any]) -> AnswerRow:
    texts = {name: str(values[name]) for name in COLUMNS if name not in _NUMBERS}
    numbers = {name: int(str(values[name])) if values[name] not in (None, "") else None for name in _NUMBERS}
    return AnswerRow(**texts, **numbers)  # type: ignore[arg-type]


def _other_than_written(row: AnswerRow) -> str:
    """The first column with what stands there in no row of ours, whatever a client wrote; empty if there is none.

    Those who draw and count rely on it.
    """
    is_beside, is_total = row.kind == "beside", row.kind == "score" and row.field == TOTAL
    right = {
        "kind": row.kind in get_args(RowKind),
        "day": not row.day or _is_day(row.day),
        "day_from": not row.day_from or row.day_from in get_args(DaySource),
        "language": _LANGUAGE.fullmatch(row.language),
        "read_as": not row.read_as or _is_day(row.read_as) or _NUMBER.fullmatch(row.read_as),
        "field": not is_beside or _BESIDE.fullmatch(row.field),
        "value": not is_total or _WHOLE.fullmatch(row.value),
    }
    return next((column for column, is_right in right.items() if not is_right), "")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _no_table() -> ContentError:
    hint = "name what `handoutkit answers -o` made (CSV, XLSX) or `--json` printed, as it was; or the returned files"
    return refused_pdf("not-a-table", "this is no table of answers in the form of this version", hint)
