"""Where a table is in its file: in which sheet, under the rows of its title, and above its total."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from handoutkit.models.clients.client_ref import CLIENT_REF
from handoutkit.rosters.usual_names import HeaderNames, squashed

from .table import TableFacts, TableRow, refused_table

WITHIN = 20
"""Rows at the top of a sheet among which its header is looked for."""
_MAX_BELOW = 20
_REFERENCE = re.compile(r"(?=.*[0-9])[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
"""What may be a client's reference, and so begin the row of one."""
_ENDS = re.compile(
    r"(grand |sub)?(total|count|records?|rows|page|exported|printed|generated|report|filters?|end of|"
    r"registros|recuento|página|exportado|impreso|generado|informe|filtros?|fin de)\b",
    re.IGNORECASE,
)
"""How a row begins that stands under a table and is no part of it."""


def known_names(cells: Sequence[str], names: HeaderNames) -> tuple[bool, int]:
    """Whether a row names the column of references, and how many known columns it names in all."""
    found = {squashed(cell) for cell in cells if cell}
    return bool(found & names.references), len(found & names.others)


def header_at(rows: Sequence[Sequence[str]], names: HeaderNames) -> int | None:
    """The number of the row that names most columns, counted from 0; None if none names two or the references."""
    best = max(range(len(rows)), key=lambda at: known_names(rows[at], names), default=None)
    if best is None:
        return None
    has_reference, count = known_names(rows[best], names)
    return best if has_reference or count > 1 else None


def sheet_with_references(path: Path, known: Sequence[tuple[bool, int]]) -> int:
    """The number of the one sheet of a workbook that has the references, counted from 0. Raises ContentError.

    Args:
        known: what ``known_names`` finds at the top of each sheet.
    """
    found = [at for at, (has_references, _) in enumerate(known) if has_references]
    if len(found) > 1:
        message = f"{len(found)} sheets of this workbook have a column with references"
        hint = "hide the others, or save the one that is meant as a file of its own"
        raise refused_table(path, "which-sheet", message, hint)
    best = max(range(len(known)), key=lambda at: known[at], default=0)
    if not found and len(known) > 1 and known[best][1] < 2:
        message = f"no sheet of this workbook has a column `{CLIENT_REF}`"
        hint = f"name the column with the clients' references `{CLIENT_REF}`, or say which it is with --map"
        raise refused_table(path, "no-client-ref", message, hint)
    return best


def rows_of_table(lines: Iterable[TableRow], names: HeaderNames, facts: TableFacts) -> Iterator[TableRow]:
    """The rows from the header to the last client; what stands around them is counted in ``facts``."""
    rest = iter(lines)
    first = list(islice(rest, WITHIN))
    start = header_at([line.cells for line in first], names) or 0
    facts.above = start
    if not first:
        return
    header = first[start]
    yield header
    waiting: deque[TableRow] = deque()
    for line in chain(first[start + 1 :], rest):
        if _may_stand_below(line, len(header.cells)) and len(waiting) < _MAX_BELOW:
            waiting.append(line)
            continue
        yield from waiting
        waiting.clear()
        yield line
    facts.below = len(waiting)


def _may_stand_below(line: TableRow, width: int) -> bool:
    """Whether a row could be a table's total, or a remark under it."""
    filled = [cell for cell in line.cells if cell]
    if line.faults or not filled or width < 2 or not line.cells[0]:
        return False
    if _REFERENCE.fullmatch(filled[0]):
        return False
    if len(filled) == 1 and not re.search(r"\d", filled[0]) and " " in filled[0]:
        return True
    return len(filled) <= max(2, width // 2) and _ENDS.match(filled[0]) is not None
