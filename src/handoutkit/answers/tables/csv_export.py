"""Rows as CSV, as offices open it: with Excel, LibreOffice or Numbers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from operator import attrgetter

from handoutkit.answers.answer_rows import AnswerRow

from .answer_columns import COLUMNS

_cells = attrgetter(*COLUMNS)
_FORMULA_STARTS = frozenset("=+-@\u2212")
# A number is no formula; with an apostrophe before it, it could not be counted with.
_NUMBER = re.compile(r"-\d{1,9}(\.\d{1,9})?", re.ASCII)


def to_csv(rows: Iterable[AnswerRow]) -> str:
    """A header and the rows; line ends inside a value stay what they are."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else harmless(str(cell)) for cell in _cells(row)] for row in rows)
    return text.getvalue()


def harmless(value: str) -> str:
    """The value with an apostrophe before it if a spreadsheet would run it as a formula.

    Also with space or invisible characters in front, and in full width, as East Asian keyboards type it.
    """
    if value[:1].isalnum():
        return value
    first = next((char for char in value if not _is_blank(char)), "")
    runs = unicodedata.normalize("NFKC", first)[:1] in _FORMULA_STARTS or value[:1] in ("\t", "\r", "\n")
    return f"'{value}" if first and runs and not _NUMBER.fullmatch(value) else value


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp")
