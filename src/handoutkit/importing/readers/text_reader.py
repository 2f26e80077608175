"""Plain text as a plain document: what is a heading, a list or a paragraph is seen by its form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from handoutkit.importing.plain_document import HeadingPiece, Piece, PlainDocument, TablePiece, WordsPiece

from .inline_words import escaped

MAX_HEADING, MAX_HEADING_WORDS = 80, 11
MIN_BROKEN = 60
"""Letters of a line that was broken to the width of a page."""
_BULLET = re.compile(
    r"\s*(?:[•●▪■◦○‣\u2043∙·*\-–\uf0b7\uf0a7\uf0d8]|\(?\d{1,2}[.)]|[a-zA-Z][.)]|[☐□❑❏✓✔]|\[[ xX]?\])\s+\S"
)
_UNDERLINE = re.compile(r"\s*([=\-*~])\1{3,}\s*")
_NO_HEADING_END = re.compile(r"[.,;:!…)\]_”\"']\s*$|\.{3}")
_CELLS = re.compile(r"\t|\s{3,}|\s*\|\s*")


def read_text_source(text: str) -> PlainDocument:
    """A document from plain text; lines that were broken to a width are put together again."""
    lines = [line.rstrip() for line in text.expandtabs(1).split("\n")] if "\t" not in text else _with_tabs(text)
    return PlainDocument(tuple(_pieces(_paragraphs(lines))))


def _with_tabs(text: str) -> list[str]:
    return [line.rstrip(" ") for line in text.split("\n")]


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines as paragraphs; an empty one stands for empty lines beyond the first."""
    wrapped = _is_wrapped(lines)
    found: list[str] = []
    empty, joins = 0, False
    for line in lines:
        if not line.strip() or _UNDERLINE.fullmatch(line):
            empty += 1
            joins = False
            continue
        found += [""] * (empty - 1 if found else 0)
        empty = 0
        if joins and not _BULLET.match(line) and (wrapped or _runs_on(found[-1], line)):
            found[-1] += " " + line.strip()
        else:
            found.append(line.strip(" "))
        joins = True
    return found


def _runs_on(before: str, line: str) -> bool:
    """Whether a line goes on in the next one: it is long and ends no sentence, and the next begins small."""
    last = before[-1:]
    return (
        len(before) >= MIN_BROKEN
        and (last.isalnum() or last in ",-–")
        and (line.strip()[:1].islower() or line.strip().startswith("<http"))
    )


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of its paragraphs were broken to a width: all but the last of each are about as long."""
    inner = [
        len(line) for line, after in pairwise(lines) if line.strip() and after.strip() and not _BULLET.match(after)
    ]
    if len(inner) < 3:
        return False
    width = median(inner)
    return 45 <= width <= 110 and sum(length > width * 0.7 for length in inner) >= 0.75 * len(inner)


def _pieces(paragraphs: list[str]) -> Iterator[Piece]:
    number = 0
    while number < len(paragraphs):
        text = paragraphs[number]
        if table := _table_at(paragraphs, number):
            yield TablePiece(tuple(tuple((WordsPiece(escaped(cell)),) for cell in row) for row in table))
            number += len(table)
            continue
        following = next((one for one in paragraphs[number + 1 :] if one), "")
        room_follows = number + 1 < len(paragraphs) and not paragraphs[number + 1]
        if is_heading_line(text, following) and not room_follows:
            yield HeadingPiece(escaped(text))
        else:
            yield WordsPiece(escaped(text))
        number += 1


def is_heading_line(text: str, following: str) -> bool:
    """Whether a line looks like a heading of what follows it."""
    words = text.split()
    if not 0 < len(words) <= MAX_HEADING_WORDS or len(text) > MAX_HEADING or not following:
        return False
    if _BULLET.match(text) or _NO_HEADING_END.search(text) or not re.match(r"[\"“¿¡]?[A-ZÀ-ÞŁŚŻ0-9]", text):
        return False
    if re.match(r"[\"“«].*[\"”»]\s*[-–—(]", text):
        return False
    if re.search(r"https?:|www\.|@|\d{3}[-.\s]\d{4}|_{3,}|\t|%\w|/ ", text):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text))


def _table_at(paragraphs: list[str], start: int) -> list[list[str]]:
    """The rows of a table that begins here: lines that tabs or bars part into as many cells; empty if there is none."""
    rows: list[list[str]] = []
    for text in paragraphs[start:]:
        cells = [cell.strip() for cell in _CELLS.split(text.strip("| "))] if "|" in text or "\t" in text else []
        if len(cells) < 2 or "_" in text or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows if len(rows) > 2 or (len(rows) == 2 and len(rows[0]) > 2) else []
