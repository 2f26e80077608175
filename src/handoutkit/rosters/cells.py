"""One cell of a roster to what it means, or a fault that does not say what the cell holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime

from handoutkit.models.base import RESERVED_IDS

from .table import Fault

MAX_REFERENCE = 60
MAX_COPIES = 99
_REFERENCE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_YES = frozenset({"yes", "y", "true", "1", "x", "ok"})
_NO = frozenset({"", "no", "n", "false", "0"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
# Two numbers and a third with the same sign between them: a day as people write it, in one order or another.
_SOME_DAY = re.compile(r"(?<!\d)\d{1,4}\s?([./-])\s?\d{1,2}\s?\1\s?\d{1,4}(?!\d)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WRITE_ISO = "write year, month and day, such as 2026-01-31"


class CellError(Exception):
    """A cell that cannot be taken."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, message, hint)


def reference(text: str) -> str:
    """A client's reference. Raises CellError: it could not name a file on every system."""
    hint = f"use at most {MAX_REFERENCE} letters a-z, digits and single hyphens, underscores or dots, such as `QX-7301`"
    if not text:
        raise CellError("no-client-ref", "this row has no reference", hint)
    if len(text) > MAX_REFERENCE or not _REFERENCE.fullmatch(text):
        raise CellError("bad-client-ref", "this reference cannot be the name of a file", hint)
    if text.split(".", maxsplit=1)[0].casefold() in RESERVED_IDS:
        raise CellError("bad-client-ref", "Windows keeps this name for itself", "put something before it")
    return text


def refuse_name_in(client_ref: str, name: str) -> None:
    """Raises CellError if a client's reference holds their name: it would stand in the name of the file."""
    letters = re.sub(r"[^a-z]", "", client_ref.casefold())
    tokens = re.split(r"[^a-z]+", client_ref.casefold())
    words = [re.sub(r"[^a-z]", "", _plain(word)) for word in re.split(r"[\s\-.,']+", name)]
    if any(word in tokens if len(word) == 3 else word in letters for word in words if len(word) >= 3):
        hint = "use a number or a code that says nothing about the client; it becomes the name of a file"
        raise CellError("name-in-client-ref", "this reference holds a part of the client's name", hint)


def _plain(text: str) -> str:
    """In small letters, without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


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


def day(text: str) -> date | None:
    """A day in ISO 8601; nothing is None. Raises CellError."""
    if not text:
        return None
    if not _ISO.fullmatch(text):
        code, message = "not-a-date", "this is not a date"
        if _SOME_DAY.search(text):
            code, message = "ambiguous-date", "this date can be read in more than one way"
        raise CellError(code, message, _WRITE_ISO)
    return _calendar_day(text)


def session(text: str) -> str:
    """When someone comes next: a day or a day and time in ISO 8601, or words. Raises CellError."""
    for found in _SOME_DAY.finditer(text):
        if not _ISO.fullmatch(found[0]):
            raise CellError("ambiguous-date", "this date can be read in more than one way", _WRITE_ISO)
        _calendar_day(found[0])
    if re.match(_ISO.pattern + r"[T ]\d", text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            hint = "write day and time such as 2026-01-31 14:30"
            raise CellError("not-a-time", "this is not a time of day", hint) from None
    return text


def _calendar_day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise CellError("bad-date", "this is not a day of the calendar", "check the month and the day") from None
    if not 1900 <= found.year < 2200:
        raise CellError("bad-date", "this year cannot be right", "check the year")
    return found


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
    words = [word.strip() for word in re.split(r"[,;|\n]", text)]
    found = [name for word in words if (name := known(word, what, names))]
    return tuple(dict.fromkeys(found))


def language(text: str) -> str | None:
    """A language tag; nothing is None. Raises CellError."""
    if not text:
        return None
    if not _LANGUAGE.fullmatch(text.casefold()):
        raise CellError("bad-language", "this is not the tag of a language", "write it such as `en` or `es`")
    return text
