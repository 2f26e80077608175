"""The pieces of a page as plain text, for messages and for those who listen: nothing that depends on how it is set."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise

from .content_model import (
    ContentCell,
    ContentHeading,
    ContentItem,
    ContentPiece,
    ContentTable,
    ContentText,
    WritingSpace,
)
from .export_source import ExportSource
from .inline_runs import Run
from .output_formats import OutputFile

WIDTH = 72
"""Columns of a line."""
GAP = "________"
_SHORT = 20
"""Characters of a column's head that can stand beside those of others."""
MAX_LINES = 3
"""Lines that stand for a place to write, however large it is on paper: a message has no room to fill."""
_TIED = "\N{NO-BREAK SPACE}"
"""A blank at which no line ends."""
_MARKS = {"gap": GAP, "tick": f"[{_TIED}]", "choice": f"({_TIED})"}
_UNDERLINES = {1: "=", 2: "-", 3: "~"}


def export_text(source: ExportSource) -> Iterable[OutputFile]:
    """The exporter of plain text."""
    yield OutputFile(".txt", to_text(source.pieces).encode())


def to_text(pieces: list[ContentPiece]) -> str:
    """UTF-8 text with lines of at most 72 columns, but for addresses that are longer."""
    parts = [(piece, "\n".join(_lines(piece))) for piece in pieces]
    shown = [part for part in parts if part[1]]
    between = ["\n" if _belongs(after, before) else "\n\n" for (before, _), (after, _) in pairwise(shown)]
    return "".join(text + gap for (_, text), gap in zip(shown, [*between, "\n"], strict=True))


def _belongs(piece: ContentPiece, before: ContentPiece) -> bool:
    """Whether a piece goes on where the one before it ended, without an empty line."""
    if isinstance(piece, ContentItem):
        return (isinstance(before, ContentItem) and not piece.first) or (
            isinstance(before, ContentText) and before.kind == "label"
        )
    if isinstance(piece, WritingSpace):
        return isinstance(before, ContentText) and before.kind != "under"
    if isinstance(piece, ContentText) and piece.kind == "under":
        return True
    return isinstance(before, ContentText) and before.kind in ("label", "question") and isinstance(piece, ContentText)


def _lines(piece: ContentPiece) -> Iterator[str]:
    if isinstance(piece, ContentHeading):
        lines = list(_wrapped(words(piece.runs)))
        yield from lines
        yield _UNDERLINES[piece.level] * max(map(len, lines))
    elif isinstance(piece, ContentText):
        yield from _wrapped(words(piece.runs))
    elif isinstance(piece, ContentItem):
        yield from _item(piece)
    elif isinstance(piece, WritingSpace):
        yield from ["_" * (WIDTH // 2)] * min(piece.lines, MAX_LINES)
    elif isinstance(piece, ContentTable):
        yield from _table(piece)
    elif piece.alternative:
        yield from _wrapped(f"[{piece.alternative}]")


def words(runs: Iterable[Run], *, options: bool = False) -> str:
    """Runs as text; with ``options``, circles say what is chosen by them."""
    parts = []
    for run in runs:
        if run.place:
            parts.append(f" {_marked(run, run.option if options else '')} ")
        elif run.url and not _shows_its_address(run):
            parts.append(f"{run.text} ({run.url.removeprefix('mailto:')})")
        else:
            parts.append(run.text)
    return "\n".join(re.sub(" +", " ", line).strip(" ") for line in "".join(parts).split("\n")).strip()


def _marked(run: Run, words: str) -> str:
    """A place, tied to the first of the words that stand beside it."""
    return f"{_MARKS[run.place]}{_TIED}{words}" if words and run.place != "gap" else _MARKS[run.place]


def _shows_its_address(run: Run) -> bool:
    if run.url.startswith(("tel:", "sms:")):
        return True
    return run.url.split("://", 1)[-1].removeprefix("mailto:").removesuffix("/") == run.text.strip()


def _item(item: ContentItem) -> Iterator[str]:
    is_own_mark = bool(item.runs) and item.runs[0].place in ("tick", "choice")
    mark = "" if is_own_mark else f"{item.number}. " if item.number else "- "
    text = words(item.runs)
    yield from _wrapped(text, first=mark, rest=" " * (len(mark) or 4)) if text else [mark.strip()]


def _table(table: ContentTable) -> Iterator[str]:
    """The heads once, then each row under its own name, every cell after the head of its column."""
    if heads := [text for cell in table.head if (text := words(cell.runs))]:
        yield from _wrapped(" | ".join(heads))
    for row in table.rows:
        yield ""
        names = [words(cell.runs) for cell in row if cell.is_head]
        yield from _wrapped(" ".join(names))
        yield from _cells([cell for cell in row if not cell.is_head and (cell.runs or cell.lines)])


def _cells(cells: list[ContentCell]) -> Iterator[str]:
    """Short places stand beside each other, all else on lines of its own."""
    if all(len(cell.runs) == 1 and cell.runs[0].place in ("tick", "choice") for cell in cells):
        text = "   ".join(_marked(cell.runs[0], cell.head or cell.runs[0].option) for cell in cells)
        yield from _wrapped(text, first="  ", rest="  ")
        return
    if all(not cell.runs and 0 < len(cell.head) <= _SHORT for cell in cells):
        text = "   ".join(f"{cell.head.replace(' ', _TIED)}:{_TIED}{GAP}" for cell in cells)
        yield from _wrapped(text, first="  ", rest="  ")
        return
    for cell in cells:
        only_places = all(run.place or not run.text.strip() for run in cell.runs)
        text = words(cell.runs, options=only_places)
        parts = (f"{_short(cell.head)}:" if cell.head else "", text, GAP if cell.lines else "")
        yield from _wrapped(" ".join(part for part in parts if part), first="  ", rest="    ")


def _short(head: str) -> str:
    """A column's head without the hint that stands in brackets after it."""
    return head.split(" (", 1)[0].rstrip(":")


def _wrapped(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    for line in filter(None, text.split("\n")):
        wrapper = textwrap.TextWrapper(WIDTH, initial_indent=first, subsequent_indent=rest)
        wrapper.break_long_words = wrapper.break_on_hyphens = False
        for part in wrapper.wrap(line):
            yield part.replace(_TIED, " ")
        first = rest
