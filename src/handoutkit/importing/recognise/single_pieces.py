"""What a piece is whatever stands beside it: a list to read, a picture, a quotation, a field, options, a rating."""

from __future__ import annotations

import re
from typing import Any

from handoutkit.checks.text.typed_blanks import TypedPart, numbers_in
from handoutkit.importing.draft_text import as_paragraph, is_label
from handoutkit.importing.plain_document import FieldPiece, ListPiece, PicturePiece
from handoutkit.models.handout import WORDS_OF_THE_SOURCE
from handoutkit.models.markdown import BEFORE_ITEM, MAX_UNDER

from .block_maker import BlockMaker
from .label_words import YES_OR_NO
from .quotations import QuotedWords
from .source_entries import keep_source

MIN_RATED, MOST_WORDS_RATED = 5, 30


def add_list(piece: ListPiece, maker: BlockMaker) -> None:
    """Add a list to read; lists in it become groups, or stand below their items, as far as they fit."""
    tops = [depth for depth, _ in piece.items]
    style = "steps" if piece.ordered else "bullet"
    if max(tops) > min(tops) and (groups := _groups(piece)):
        grouped: dict[str, Any] = {"type": "list", "groups": groups}
        if piece.ordered:
            grouped["style"] = style
        maker.add(grouped, "a list in a list")
        return
    if max(tops) > min(tops) and (nested := _nested(piece)):
        maker.list_of(nested, style)
        return
    flat = ["a list in a list became one list"] if max(tops) > min(tops) else []
    maker.list_of([as_paragraph(text) for _, text in piece.items], style, *flat)


def add_picture(piece: PicturePiece, maker: BlockMaker) -> None:
    """Add a picture as a figure."""
    alt = piece.alt or maker.words["alt"]
    block = {"type": "figure", "kind": "image", "file": piece.name, "alt": alt, "height": 50}
    maker.add(block, "its size" if piece.alt else "what it shows, and its size")


def add_quotation(found: QuotedWords, maker: BlockMaker) -> None:
    """Add a quotation, and where it is from to the sources."""
    facts = {"author": found.speaker, "title": found.work or found.speaker, "year": found.year}
    entry: dict[str, Any] = {key: value for key, value in facts.items() if value} | {"idea": maker.words["cited"]}
    source = keep_source(entry, maker.sources, maker.new_id)
    rights = WORDS_OF_THE_SOURCE
    block = {"type": "quotation", "text": found.text, "speaker": found.speaker, "source": source, "rights": rights}
    maker.add(block, "`speaker`, and by what right it is here")


def response_of_field(piece: FieldPiece) -> dict[str, Any]:
    """How a field of a PDF's form is answered: as many lines, or a choice of its options."""
    if piece.kind == "lines":
        return {"type": "lines", "count": 3}
    if piece.kind == "choice" and len(piece.options) > 1:
        return {"type": "choice", "options": list(piece.options[:10])}
    return {"type": "line"}


def response_of_options(options: list[str], *, other: bool) -> dict[str, Any]:
    """How a question with boxes is answered: with one of them, if they say yes or no, else with as many as hold.

    Args:
        other: whether there is a box for something else.
    """
    one = len(options) <= 3 and not other and YES_OR_NO.match(options[0])
    response: dict[str, Any] = {"type": "choice" if one else "multi_choice", "options": options}
    return response | ({"other": True} if other else {})


def rating_in(text: str) -> TypedPart | None:
    """The numbers of a line to mark (see ``numbers_in``); None if it is another text with numbers."""
    found = numbers_in(text)
    if found is None:
        return None
    sentence = len(re.findall(r"[^\W\d_]+", text)) > MOST_WORDS_RATED
    return found if (len(found.numbers) >= MIN_RATED or "circle" in text.lower()) and not sentence else None


def _groups(piece: ListPiece) -> list[dict[str, Any]] | None:
    """A list one deep in groups: the outer items are their labels; None if it is no such list."""
    groups: list[dict[str, Any]] = []
    for depth, text in piece.items:
        if depth == 0:
            groups.append({"label": text.rstrip(":"), "items": []})
        elif groups:
            groups[-1]["items"].append(as_paragraph(text))
        else:
            return None
    fits = all(is_label(group["label"]) and 0 < len(group["items"]) <= 7 for group in groups)
    return groups if fits and len(groups) <= 8 else None


def _nested(piece: ListPiece) -> list[str] | None:
    """The outer items, each with those below it; None if they stand deeper, or are too many for one item."""
    items: list[list[str]] = []
    for depth, text in piece.items:
        words = as_paragraph(text.replace("\n", " ") if depth else text)
        if depth == 0:
            items.append([words])
        elif depth == 1 and items and words:
            items[-1].append(words)
        else:
            return None
    return [BEFORE_ITEM.join(item) for item in items] if all(len(item) <= MAX_UNDER + 1 for item in items) else None
