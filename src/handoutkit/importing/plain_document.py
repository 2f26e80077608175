"""The plain document that every format is read into: headings, words, lists, tables and pictures, one after the other.

Words are small Markdown, as handouts take it: ``**strong**``, ``*emphasis*`` and links, with all other signs escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class HeadingPiece:
    """A heading; 1 is the highest level."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class WordsPiece:
    """A paragraph, with a line end where the source has one; without words, an empty line."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ListPiece:
    """Items of a list, with how deep each is in it (from 0)."""

    items: tuple[tuple[int, str], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class TablePiece:
    """Rows of cells; a cell holds pieces."""

    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PicturePiece:
    """A picture by its name among the document's pictures, and what its author says it shows."""

    name: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class FieldPiece:
    """A field of a PDF's form: what it is called, and ``line``, ``lines``, ``tick`` or ``choice``."""

    label: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AsidePiece:
    """Words that do not belong to the text, and why (a key of ``left_out`` in ``words.yaml``)."""

    text: str
    why: str


Piece = HeadingPiece | WordsPiece | ListPiece | TablePiece | PicturePiece | FieldPiece | AsidePiece
PICTURE_NAME = "picture-{}.png"
"""What a picture is called: by the start of its digest, for the name is one of a file that will be written."""
_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in Piece.__args__}


@dataclass(frozen=True)
class PlainDocument:
    """What was read of a file.

    Attributes:
        title, author, language: as the file itself says; empty if it does not.
        pictures: PNG files by name, as large as a handout takes them.
    """

    pieces: tuple[Piece, ...]
    title: str = ""
    author: str = ""
    language: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)

    def packed(self) -> tuple[bytes, dict[str, bytes]]:
        """The document as plain values, which the worker can send."""
        facts = {"title": self.title, "author": self.author, "language": self.language}
        data = {**facts, "pieces": [_as_data(piece) for piece in self.pieces]}
        return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"), self.pictures


def unpacked_document(data: bytes, pictures: dict[str, bytes]) -> PlainDocument:
    """The document again. Raises ValueError: a picture is called as no reader calls it, such as by a path."""
    if not all(re.fullmatch(PICTURE_NAME.format("[0-9a-f]{8}"), name) for name in pictures):
        raise ValueError
    facts = json.loads(data)
    pieces = tuple(_as_piece(one) for one in facts.pop("pieces"))
    return PlainDocument(pieces, **facts, pictures=pictures)


def cell_text(cell: Iterable[Piece]) -> str:
    """All words of a cell, a line for each of its pieces."""
    return "\n".join(text for piece in cell for text in texts_of(piece) if text)


def texts_of(piece: Piece) -> Iterator[str]:
    """The texts of a piece, in the order they are read."""
    match piece:
        case HeadingPiece(text=text) | WordsPiece(text=text) | AsidePiece(text=text):
            yield text
        case ListPiece(items=items):
            yield from (text for _, text in items)
        case TablePiece(rows=rows):
            yield from (text for row in rows for cell in row for inner in cell for text in texts_of(inner))
        case PicturePiece(alt=alt):
            yield alt
        case FieldPiece(label=label, options=options):
            yield from (label, *options)


def _as_data(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, TablePiece):
        return {"is": "TablePiece", "rows": [[[_as_data(one) for one in cell] for cell in row] for row in piece.rows]}
    return {"is": type(piece).__name__, **asdict(piece)}


def _as_piece(data: dict[str, Any]) -> Piece:
    kind = _KINDS[data.pop("is")]
    if kind is TablePiece:
        rows = data["rows"]
        return TablePiece(tuple(tuple(tuple(_as_piece(one) for one in cell) for cell in row) for row in rows))
    if kind is ListPiece:
        data["items"] = tuple((depth, text) for depth, text in data["items"])
    if kind is FieldPiece:
        data["options"] = tuple(data["options"])
    made: Piece = kind(**data)
    return made
