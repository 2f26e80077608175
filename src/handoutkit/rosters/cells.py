"""One cell of a roster to what it means, or a fault that does not say what the cell holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from handoutkit.models.clients.client_ref import ClientRef, ReferenceFault, client_ref_of
from handoutkit.models.clients.day_faults import WORDS, DayFault
from handoutkit.models.clients.days import WrittenMoment
from handoutkit.models.clients.language_names import language_called
from handoutkit.rosters.readers.table import CellFault

from .day_columns import DayColumn

MAX_COPIES = 99
_YES = frozenset({"yes", "y", "true", "1", "x", "ok"})
_NO = frozenset({"", "no", "n", "false", "0"})
_TABLE_ROWS = re.compile(r"([^=\s]+)\s*=\s*([0-9]{1,3})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


class CellError(Exception):
    """A cell that cannot be taken."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code)
        self.fault = CellFault(code, message, hint)


def reference(text: str, name: str = "") -> ClientRef:
    """A client's reference, with no part of their name in it. Raises CellError."""
    found = client_ref_of(text, name)
    if isinstance(found, ReferenceFault):
        raise CellError(*found)
    return found


def yes_or_no(text: str) -> bool:
    """Nothing is no. Raises CellError."""
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise CellError("not-yes-or-no", "this is neither yes nor no", "write `yes` or `no`")


def copies(text: str) -> int:
    """Nothing is one. Raises CellError."""
    if re.fullmatch(r"[0-9]{1,4}", text or "1") and 1 <= int(text or 1) <= MAX_COPIES:
        return int(text or 1)
    raise CellError("bad-copies", f"this is not a number from 1 to {MAX_COPIES}", "write how many are to be printed")


def day_in(text: str, column: DayColumn) -> date | None:
    """A day; nothing is None, and so is one that a fault of the whole column leaves in doubt. Raises CellError."""
    if not text:
        return None
    found = _moment(text, column)
    if found is None:
        raise CellError(*WORDS)
    return found.only_day


def session(text: str, column: DayColumn) -> str:
    """When one comes next: a day, with a time as ``2026-01-31 14:30``, or words that are taken. Raises CellError."""
    found = _moment(text, column) if text else None
    if found is None:
        return text
    return found.iso(found.only_day) if found.only_day else ""


def _moment(text: str, column: DayColumn) -> WrittenMoment | None:
    """A text as a day, with none if the column is in doubt as a whole; None if it is words. Raises CellError."""
    found = column.read(text)
    if not isinstance(found, DayFault):
        return found
    if found.code:
        raise CellError(*found)
    return WrittenMoment({})


def known(text: str, what: str, names: Collection[str]) -> str | None:
    """One of several names, whatever its case; nothing is None. Raises CellError."""
    if not text:
        return None
    for name in names:
        if name.casefold() == text.casefold():
            return name
    there = ", ".join(f"`{name}`" for name in sorted(names)[:12]) or "none"
    raise CellError(f"unknown-{what}", f"there is no such {what}", f"there are: {there}")


def known_list(text: str, what: str, names: Collection[str]) -> tuple[str, ...]:
    """Several names with ``,`` ``;`` or a line end between them. Raises CellError."""
    found = [name for word in names_in(text) if (name := known(word, what, names))]
    return tuple(dict.fromkeys(found))


def names_in(text: str) -> tuple[str, ...]:
    """Several names with ``,`` ``;`` or a line end between them."""
    words = [word.strip() for word in re.split(r"[,;|\n]", text)]
    return tuple(dict.fromkeys(filter(None, words)))


def rows_of_tables(text: str) -> tuple[tuple[str, int], ...]:
    """Names of tables, each with how many rows it has: ``medicines=12``. Raises CellError."""
    found = [_TABLE_ROWS.fullmatch(one) for one in names_in(text)]
    if not all(found):
        hint = "write the name of a table and a number, such as `medicines=12`, with `;` between several"
        raise CellError("bad-rows", "this does not say how many rows a table has", hint)
    return tuple((one[1], int(one[2])) for one in found if one)


def is_one_side(text: str) -> bool:
    """Whether a cell asks for the version of one side; nothing asks for none. Raises CellError."""
    if text not in ("", "1"):
        raise CellError("bad-sides", "this is not a number of sides", "write 1 for the short version, or nothing")
    return text == "1"


def language_in(text: str) -> str | None:
    """The tag of a language, or its name in English, Spanish or itself; nothing is None. Raises CellError."""
    if not text:
        return None
    if tag := language_called(text):
        return tag
    if not _LANGUAGE.fullmatch(text.casefold()):
        raise CellError("bad-language", "this is not the tag of a language", "write it such as `en` or `es`")
    return text
