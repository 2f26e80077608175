"""A plain document in sections: its title, what is under each heading, and what is no part of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from handoutkit.checks.text.typed_blanks import has_blank, is_blank
from handoutkit.checks.text.typed_boxes import begins_with_tick
from handoutkit.importing.plain_document import (
    AsidePiece,
    HeadingPiece,
    ListPiece,
    PicturePiece,
    Piece,
    PlainDocument,
    WordsPiece,
    texts_of,
)
from handoutkit.importing.readers.text_reader import is_heading_line
from handoutkit.importing.signal_words import announced_by, begins_left_out, left_out_line, two_sides
from handoutkit.models.markdown import to_plain

_BULLET = re.compile(r"^(?:[•●▪■◦‣\u2043∙·\uf0b7\uf0a7\uf0d8–]|\\\*|-)\s+(?=\S)")
_NUMBER = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")
_BOLD = re.compile(r"(?:\*\*|\*)((?:[^*\\]|\\.)+)(?:\*\*|\*)[:.]?")
_PERSON = re.compile(r"(?:(?:Dr|Mrs?|Ms|Dra?)\.? )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ]\.?)?(?: [A-ZÀ-Þ][\w'’-]+){1,2}")
_WITH_TITLES = re.compile(rf"({_PERSON.pattern}),? ((?:[A-Z][A-Za-z]{{0,3}}\.?[A-Z]\S*|RP|MA|MS)[A-Za-z(),. -]*)")
_AUTHOR = re.compile(
    r"^(?:about the author|(?:written )?by|(?:escrito )?por)\b:?\s*([^.,]{4,60}?)(?:\s+(?:is|es)\b|[.,]|$)", re.I
)
_ABOUT = re.compile(r"^about (?-i:((?!Our |The |This |Your |My )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3}))$", re.I)
MIN_ROOM = 2
"""Empty lines below a label that are there to be written on; one is only the distance to what follows."""
_EARLY = 0.5
"""What begins in this share of a page's text does not end it."""
_TO_THE_END = {"comments", "related", "newsletter"}
"""What ends a page's text; of all else, only what stands under the same heading is left out."""


@dataclass
class SourceSection:
    """A heading with what stands under it; the first section may have none."""

    heading: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class SourceText:
    """A document's text in its sections, and what is no part of it."""

    title: str = ""
    author: str = ""
    year: int | None = None
    sections: list[SourceSection] = field(default_factory=list)
    left_out: list[AsidePiece] = field(default_factory=list)


def sections_of(document: PlainDocument) -> SourceText:
    """The document in sections."""
    found = SourceText(author=document.author)
    pieces = list(_with_lists(_with_headings(_one_by_one(document.pieces))))
    pieces = list(_without_framing(pieces, found))
    pieces = _without_title(pieces, document, found)
    section = SourceSection()
    for piece in pieces:
        if isinstance(piece, HeadingPiece):
            found.sections.append(section)
            section = SourceSection(piece.text)
        else:
            section.pieces.append(piece)
    found.sections.append(section)
    found.sections = [one for one in found.sections if one.heading or one.pieces]
    return found


def room_in(pieces: Iterable[Piece]) -> int:
    """How many empty lines, or lines of blanks, pieces begin with."""
    count = 0
    for piece in pieces:
        if not isinstance(piece, WordsPiece) or not (not piece.text or is_blank(piece.text)):
            break
        count += max(1, piece.text.count("\n") + 1)
    return count


def _one_by_one(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Paragraphs whose lines are items, boxes or blanks as a paragraph for each line."""
    for piece in pieces:
        if isinstance(piece, WordsPiece) and "\n" in piece.text:
            lines = [line.strip() for line in piece.text.split("\n") if line.strip()]
            if any(
                _BULLET.match(line) or _NUMBER.match(line) or begins_with_tick(line) or has_blank(line)
                for line in lines
            ):
                yield from (replace(piece, text=line) for line in lines)
                continue
        yield piece


def _with_headings(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Short paragraphs that are all in bold type are headings, for that is how people make them.

    One that ends with a colon and has empty lines below asks for something.
    """
    pieces = list(pieces)
    for at, piece in enumerate(pieces):
        if isinstance(piece, WordsPiece) and (found := _BOLD.fullmatch(piece.text)) and "**" in piece.text:
            words = found[1].strip(" :")
            if piece.text.strip("*").endswith(":") and room_in(pieces[at + 1 :]) >= MIN_ROOM:
                yield replace(piece, text=f"{words}:")
                continue
            if is_heading_line(to_plain(words), "text") or (words.endswith("?") and len(words) < 70):
                yield HeadingPiece(words, 3)
                continue
        yield piece


def _with_lists(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Paragraphs that begin with a bullet, or with numbers that count, as lists."""
    items: list[tuple[int, str]] = []
    ordered = False

    def done() -> Iterator[Piece]:
        if items:
            yield ListPiece(tuple(items), ordered)
            items.clear()

    for piece in pieces:
        text = piece.text if isinstance(piece, WordsPiece) and not piece.quoted else ""
        bullet, number = _BULLET.match(text), _NUMBER.match(text)
        if bullet and not begins_with_tick(text):
            yield from done() if ordered else ()
            ordered = False
            items.append((0, text[bullet.end() :]))
        elif number and int(number[1]) == (len(items) + 1 if ordered and items else 1):
            yield from done() if not ordered else ()
            ordered = True
            items.append((0, text[number.end() :]))
        else:
            yield from done()
            yield piece
    yield from done()


def _without_framing(pieces: list[Piece], found: SourceText) -> Iterator[Piece]:
    """The pieces that are text; the others are noted with why they are not."""
    ended = ""
    lengths = [sum(map(len, texts_of(piece))) for piece in pieces]
    half = _EARLY * sum(lengths)
    for piece, before in zip(pieces, accumulate(lengths, initial=0), strict=False):
        if isinstance(piece, AsidePiece):
            found.left_out.append(piece)
            continue
        text = piece.text if isinstance(piece, HeadingPiece | WordsPiece) else ""
        if isinstance(piece, HeadingPiece) and ended not in _TO_THE_END:
            ended = ""
        ended = (begins_left_out(text) if text and before >= half else "") or ended
        why = ended or (left_out_line(text) if text else "")
        if not why and text and isinstance(piece, WordsPiece):
            why = _about_author(text, found)
        if why:
            _note(why, text, found)
            found.left_out += [AsidePiece(one, why) for one in texts_of(piece) if one]
        else:
            yield piece


def _about_author(text: str, found: SourceText) -> str:
    """A line that is a person's name with titles."""
    if named := _WITH_TITLES.fullmatch(text):
        found.author = found.author or named[1]
        return "author"
    return ""


def _note(why: str, text: str, found: SourceText) -> None:
    """Keep author and year, which go into ``sources``."""
    if why == "author" and (named := _AUTHOR.match(to_plain(text)) or _ABOUT.match(to_plain(text))):
        found.author = found.author or named[1].strip()
    if why == "date" and (year := re.search(r"(?:19|20)\d\d", text)):
        found.year = int(year[0])


def _without_title(pieces: list[Piece], document: PlainDocument, found: SourceText) -> list[Piece]:
    """Take title and author's name from the top."""
    top = [number for number, piece in enumerate(pieces) if not _is_empty(piece)][:3]
    names = [number for number in top[:2] if _names_a_person(pieces, number)]
    for number in names:
        found.author = found.author or to_plain(_text(pieces[number]))
        found.left_out.append(AsidePiece(_text(pieces[number]), "author"))
    first = next((number for number in top if number not in names and not _is_to_fill_in(pieces[number])), None)
    highest = min((piece.level for piece in pieces if isinstance(piece, HeadingPiece)), default=0)
    tops = [number for number, piece in enumerate(pieces) if isinstance(piece, HeadingPiece) and piece.level == highest]
    at = first if first is not None and _can_be_title(pieces, first) else None
    if at is None and highest == 1:
        at = tops[0]
    if at is None:
        found.title = document.title
    else:
        found.title = _text(pieces[at])
    gone = {at, *names}
    same = found.title.casefold()
    author = found.author.casefold()
    kept = []
    for number, piece in enumerate(pieces):
        text = _text(piece).casefold()
        if number in gone:
            continue
        if isinstance(piece, HeadingPiece) and text in (same, author):
            found.left_out.append(AsidePiece(_text(piece), "title" if text == same else "author"))
        else:
            kept.append(piece)
    return kept


def _can_be_title(pieces: list[Piece], at: int) -> bool:
    piece = pieces[at]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if announced_by(_text(piece)) or two_sides(_text(piece)) or (after is not None and _is_empty(after)):
        return isinstance(piece, HeadingPiece) and piece.level == 1
    if isinstance(piece, HeadingPiece):
        return True
    return isinstance(piece, WordsPiece) and is_heading_line(to_plain(piece.text), "text") and not has_blank(piece.text)


def _is_to_fill_in(piece: Piece) -> bool:
    """Whether a line at the top is for a name or a day, or a picture."""
    return isinstance(piece, PicturePiece) or "\t" in _text(piece) or has_blank(_text(piece))


def _names_a_person(pieces: list[Piece], at: int) -> bool:
    """Whether a line at the top is its author's name: a name, with a heading after it, or said again further down."""
    text = _text(pieces[at])
    if not isinstance(pieces[at], HeadingPiece | WordsPiece) or not _PERSON.fullmatch(text):
        return False
    again = sum(_text(piece) == text for piece in pieces) > 1
    followed = at + 1 < len(pieces) and isinstance(pieces[at + 1], HeadingPiece)
    return again and (followed or at > 0)


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, HeadingPiece | WordsPiece) else ""


def _is_empty(piece: Piece) -> bool:
    return isinstance(piece, WordsPiece) and (not piece.text or is_blank(piece.text))
