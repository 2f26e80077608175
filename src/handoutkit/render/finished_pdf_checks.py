"""Checks of a finished PDF: it can be opened, leads only where a page may lead, and carries no file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pydyf

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import FilePosition, SourceFile, clipped, printable
from handoutkit.files.text_files import read_text

from .theme import Theme


def can_be_opened(pdf: bytes, pages: int) -> bool:
    """Whether a strict reader opens a PDF without a warning and finds all its pages."""
    import pikepdf  # it takes a while to read, and this is needed last

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            return len(opened.pages) == pages and not opened.get_warnings()
    except (pikepdf.PikepdfError, pikepdf.PdfError):
        return False


_TAKEN = re.compile(r"https?://[^\s]|(?:mailto|tel|sms):[^\s]", re.IGNORECASE)
_HINT = "link to addresses that begin with https://, http://, mailto:, tel: or sms:, or to a place on the page (#name)"


def is_taken(address: str) -> bool:
    """Whether an address is one that a reader can be led to."""
    return _TAKEN.match(address) is not None


def refuse_others(pdf: pydyf.PDF, theme: Theme, source: SourceFile, placeholder: str | None = None) -> None:
    """Refuse a PDF that is about to be written if it leads elsewhere or carries a file.

    Args:
        placeholder: how addresses begin that are made places inside a packet later; None if there are none.

    Raises:
        ContentError: it does something else when it is opened or clicked, or carries a file.
    """
    found = dict.fromkeys(_addresses(pdf))
    if placeholder:
        found = {address: None for address in found if not address.startswith(placeholder)}
    problems = [refusal(address, theme, source.name) for address in found if not is_taken(address)]
    if any("EF" in made for made in pdf.objects if isinstance(made, dict)):
        hint = "take `rel=attachment` out of the theme's templates"
        problems.append(Problem("attached-file", "this page would carry a file inside it", hint, file=source.name))
    if problems:
        raise ContentError(problems)


def refusal(address: str, theme: Theme, file: str) -> Problem:
    """The problem of a link to such an address, at its place in the theme, or in a file if it is not found there."""
    message = f"`{clipped(printable(address))}` is no address that a page may lead to"
    for files in theme.files:
        for path in files.values():
            if path.suffix in (".html", ".css") and address in (text := read_text(path)).text:
                mark = FilePosition.in_text(text.text, text.text.index(address), len(address))
                return text.problem_at(mark, "link-scheme", message, _HINT)
    return Problem("link-scheme", message, _HINT, file=file)


def _addresses(pdf: pydyf.PDF) -> Iterator[str]:
    """Addresses of links, and the names of actions that are anything else."""
    for made in pdf.objects:
        if isinstance(made, dict):
            for action in _actions(made):
                is_address = str(action.get("S")) == "/URI"
                yield _text(action.get("URI")) if is_address else str(action.get("S"))


def _actions(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # What the structure tree says of a cell has the key `A` as well, and no kind of action in it.
    for key in ("A", "OpenAction"):
        if isinstance(action := made.get(key), dict) and "S" in action:
            yield action
    for action in made.get("AA", {}).values() if isinstance(made.get("AA"), dict) else ():
        yield action
    if "S" in made and str(made.get("Type")) == "/Action":
        yield made


def _text(value: Any) -> str:
    return str(getattr(value, "string", value or ""))
