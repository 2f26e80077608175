"""Rules on organisation: chunks, headings, captions and headers, for someone who scans a page."""

from __future__ import annotations

from collections.abc import Iterator

from handoutkit.checks.rule import PEMAT, Finding
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.checks.text.sentences import words_in
from handoutkit.checks.text.word_lists import VAGUE
from handoutkit.files.source_file import Address
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import CardSet
from handoutkit.models.blocks.lists_and_questions import Qa
from handoutkit.models.blocks.prompts import Exercise
from handoutkit.models.blocks.reading_blocks import Contrast, Table
from handoutkit.models.blocks.tables import CellGrid, RecordTable, ScheduleGrid

VERY_SHORT_WORDS, CHUNK_WORDS, HEADER_LETTERS = 100, 200, 45
"""Words in all below which nothing need be chunked; words under one heading; letters in the header of a column."""

PrintedTable = RecordTable | ScheduleGrid | CellGrid | Contrast | Exercise | Table


def is_very_short(copy: ReaderCopy) -> bool:
    """Material that need not be broken into chunks (PEMAT-P, items 8, 9 and 11)."""
    return sum(len(words_in(passage.words)) for passage in copy.wording.passages) <= VERY_SHORT_WORDS


def tables(copy: ReaderCopy) -> list[tuple[Address, PrintedTable]]:
    """The tables that are printed: a contrast without rows is lists side by side, and the log of an exercise is one."""
    return [(at, block) for at, block in copy.blocks if isinstance(block, PrintedTable) and _is_table(block)]


def _is_table(block: PrintedTable) -> bool:
    match block:
        case Contrast():
            return bool(block.rows)
        case Exercise():
            return block.log is not None
    return True


@PEMAT.rule(
    "headings-missing",
    f"What is longer than {VERY_SHORT_WORDS} words has two headings or more.",
    "give a `heading` to each block that starts a new thought",
)
def missing_headings(copy: ReaderCopy) -> Iterator[Finding]:
    """One piece, where there should be several."""
    if not is_very_short(copy) and sum(1 for _, block in copy.blocks if block.heading) < 2:
        yield Finding(("blocks",), "this handout is not broken up by headings")


@PEMAT.rule(
    "chunk-long",
    f"No more than {CHUNK_WORDS} words of sentences stand under one heading.",
    "give a `heading` to the block in which a new thought starts",
    english=True,
)
def long_chunks(copy: ReaderCopy) -> Iterator[Finding]:
    """Blocks at which there have been too many words since the last heading."""
    in_pieces = (Qa, CardSet, Contrast)  # each question, card or side is a chunk of its own
    counts = {at: 0 for at, block in copy.blocks if not isinstance(block, in_pieces)}
    for sentence in copy.wording.sentences:
        if (at := sentence.passage.at[:2]) in counts:
            counts[at] += len(sentence.words)
    so_far = 0
    for at, block in copy.blocks:
        before, so_far = (0, counts.get(at, 0)) if block.heading else (so_far, so_far + counts.get(at, 0))
        if before <= CHUNK_WORDS < so_far:
            yield Finding(at, f"there are {so_far} words from the last heading to the end of this block")


@PEMAT.rule(
    "heading-vague",
    "Headings tell what stands below them.",
    "say it in the heading: `Why asking can be hard`, not `Introduction`",
    decides="doubt",
    english=True,
)
def vague_headings(copy: ReaderCopy) -> Iterator[Finding]:
    """Headings that could stand above anything, or stand twice."""
    seen: set[str] = set()
    for at, block in copy.blocks:
        words = (block.heading or "").lower().strip(" .:!?")
        if not words:
            continue
        if all(word.strip(".:") in VAGUE or word.isdigit() for word in words.split()):
            yield Finding((*at, "heading"), f"`{block.heading}` could stand above anything")
        elif words in seen:
            yield Finding((*at, "heading"), f"a second heading reads `{block.heading}`")
        seen.add(words)


@PEMAT.rule(
    "figure-uncaptioned",
    "Every figure has a heading or a caption.",
    "add a `caption` that says what to see in it",
)
def missing_captions(copy: ReaderCopy) -> Iterator[Finding]:
    """Figures that nothing names."""
    for at, figure in copy.of(Figure):
        if not (figure.caption or figure.heading):
            yield Finding(at, "nothing says what this figure is about")


@PEMAT.rule(
    "table-header-long",
    f"Headers of tables are short: {HEADER_LETTERS} letters at most.",
    "keep two or three words, and put the rest into a helper",
)
def long_headers(copy: ReaderCopy) -> Iterator[Finding]:
    """Headers of columns and rows that are sentences."""
    for at, table in tables(copy):
        for where, header in _headers(table):
            if len(header) > HEADER_LETTERS:
                yield Finding((*at, *where), f"this header has {len(header)} letters")


def _headers(table: PrintedTable) -> Iterator[tuple[Address, str]]:
    match table:
        case RecordTable():
            yield from ((("columns", n, "header"), column.header) for n, column in enumerate(table.columns))
        case ScheduleGrid():
            yield from ((("columns", n), header) for n, header in enumerate(table.columns))
            yield from ((("rows", n), header) for n, header in enumerate(table.rows))
        case CellGrid():
            yield from ((("column_headers", n), header) for n, header in enumerate(table.column_headers))
            yield from ((("row_headers", n), header) for n, header in enumerate(table.row_headers))
        case Contrast():
            yield from ((("sides", n, "label"), side.label) for n, side in enumerate(table.sides))
            yield from ((("rows", n, "criterion"), row.criterion) for n, row in enumerate(table.rows))
        case Table():
            yield from ((("columns", n), header) for n, header in enumerate(table.columns))
        case Exercise(log=log) if log:
            yield from ((("log", "columns", n), header) for n, header in enumerate(log.columns))


COPY_CHECKS = (missing_headings, long_chunks, vague_headings, missing_captions, long_headers)
