"""Pieces of a section as blocks, one after the other: what each is, and what the pieces beside it make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from handoutkit.checks.blanks_to_blocks import blocks_for_blanks, scale_block
from handoutkit.checks.text.typed_blanks import has_blank, is_blank, labels_in
from handoutkit.checks.text.typed_boxes import (
    asked_and_options,
    begins_with_tick,
    is_other,
    ticked,
    without_other,
    without_tick,
)
from handoutkit.importing.draft_text import MAX_TEXT, as_paragraph, as_plain, is_label
from handoutkit.importing.plain_document import (
    AsidePiece,
    FieldPiece,
    ListPiece,
    PicturePiece,
    Piece,
    TablePiece,
    WordsPiece,
)

from .block_maker import BlockMaker
from .contacts import is_contact_line
from .label_words import HOW_TO_CHOOSE, is_name_or_day, labelled_block
from .quotations import QuotedWords, credited, quotation_in
from .sections import room_in
from .single_pieces import add_list, add_picture, add_quotation, rating_in, response_of_field, response_of_options
from .source_entries import keep_source, sources_in
from .table_blocks import table_blocks, unwrapped

MAX_OPTIONS, MAX_SCALE_ITEMS = 14, 14
MOST_LINES, USUAL_LINES = 12, 3
_NUMBER = re.compile(r"^\(?\d{1,2}\\?[.)]\s+(?=\S)")
_TAB_BLANK = re.compile(r"(?<=[:?])\s*\t[\t ]*|\t[\t ]*$")


class PieceWalk:
    """Goes through pieces and gives their blocks to a maker.

    Args:
        questions: whether each item and each question is there to be answered.
    """

    def __init__(self, pieces: Iterable[Piece], maker: BlockMaker, *, questions: bool = False) -> None:
        self._pieces, self._maker, self._questions = list(pieces), maker, questions
        self._at = 0
        self._waiting: list[str] = []

    def make(self) -> None:
        """Add the blocks of all pieces."""
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            match piece:
                case WordsPiece(text=text, quoted=quoted):
                    self._words(text, quoted=quoted)
                case ListPiece():
                    self._list(piece)
                case TablePiece():
                    self._table(piece)
                case PicturePiece():
                    self._read()
                    add_picture(piece, self._maker)
                case FieldPiece():
                    self._field(piece)
                case AsidePiece():
                    self._maker.left_out.append(piece)
        self._read()

    def _read(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._maker.read(waiting)

    def _asked(self, *, to_choose: bool = False) -> str:
        """The question that waits, if there is one; it is taken.

        Args:
            to_choose: whether boxes follow, so that how to choose may stand behind the question.
        """
        waits = self._waiting[-1] if self._waiting else ""
        asks = waits.rstrip("*").endswith(("?", ":")) or (to_choose and HOW_TO_CHOOSE.search(waits))
        before = self._waiting[-2] if len(self._waiting) > 1 else ""
        if to_choose and before.endswith("?") and HOW_TO_CHOOSE.match(f". {waits}"):
            self._waiting[-2:] = [f"{before} {waits}"]
            return self._asked(to_choose=True)
        if asks and len(waits) <= MAX_TEXT:
            question = self._waiting.pop()
            self._read()
            return question.rstrip(": ")
        self._read()
        return ""

    def _question(self) -> str:
        """The question that waits; else one in the words of the heading, or of no words at all."""
        return self._asked() or as_plain(self._maker.heading) or self._maker.words["question"]

    def _ticks_follow(self) -> bool:
        after = self._pieces[self._at : self._at + 1]
        return bool(after) and isinstance(after[0], WordsPiece) and begins_with_tick(after[0].text)

    def _room(self) -> int:
        return room_in(self._pieces[self._at :])

    def _words(self, text: str, *, quoted: bool) -> None:
        text = _TAB_BLANK.sub(" ________ ", text).strip(" ")
        if not text:
            return
        for source in sources_in(text, self._maker.words["cited"]):
            keep_source(source, self._maker.sources, self._maker.new_id)
        if is_blank(text):
            self._lines(1 + self._room())
        elif begins_with_tick(text):
            self._ticks(ticked(text))
        elif options := asked_and_options(text):
            self._options(options[0], options[1])
        elif has_blank(text):
            self._blanks(text)
        elif (rated := rating_in(text)) is not None:
            self._scale(rated)
        elif self._is_asked(text):
            self._waiting.append(text)
            self._lines(self._room())
        else:
            self._said(text, quoted=quoted)

    def _said(self, text: str, *, quoted: bool) -> None:
        """A paragraph that asks for nothing."""
        if found := quotation_in(text, quoted=quoted) or self._credited(text):
            self._read()
            add_quotation(found, self._maker)
        elif labelled := labelled_block(text, self._maker.new_id, USUAL_LINES):
            self._read()
            self._maker.add(*labelled)
        elif is_contact_line(text):
            self._maker.contacts.append(text)
            self._maker.left_out.append(AsidePiece(text, "contact"))
        else:
            self._waiting.append(text)

    def _credited(self, text: str) -> QuotedWords | None:
        """The quotation that a paragraph is by the line with a dash below it, which is read then."""
        below = [piece.text for piece in self._pieces[self._at : self._at + 2] if isinstance(piece, WordsPiece)]
        if found := credited(text, below):
            for source in sources_in(below[0], self._maker.words["cited"]):
                keep_source(source, self._maker.sources, self._maker.new_id)
            self._at += 1
        return found

    def _is_asked(self, text: str) -> bool:
        """Whether a paragraph is a question that has room below it, or is there to be answered."""
        room = self._room()
        after = self._pieces[self._at : self._at + 1]
        typed = bool(after) and isinstance(after[0], WordsPiece) and bool(after[0].text) and room > 0
        ends = text.rstrip("*").endswith(("?", ":"))
        if len(text) > MAX_TEXT:
            return False
        if ends:
            return typed or room >= 2 or (self._questions and text.endswith("?"))
        return (typed and len(text) < 300) or (room >= 3 and len(text.split()) <= 15)

    def _lines(self, count: int) -> None:
        """Lines to write on, for what was asked before them."""
        self._at += self._room()
        if self._waiting and not self._waiting[-1].rstrip("*").endswith(("?", ":")) and len(self._waiting[-1]) < 300:
            question = self._waiting.pop()
            self._read()
        else:
            question = self._asked() or as_plain(self._maker.take_heading()) or self._maker.words["question"]
        lines = min(count or USUAL_LINES, MOST_LINES)
        response: dict[str, Any] = {"type": "lines", "count": lines} if lines > 1 else {"type": "line"}
        self._prompt(question, response, *(() if count else ("how many lines",)))

    def _prompt(self, question: str, response: dict[str, Any], *guesses: str) -> None:
        words = as_paragraph(_NUMBER.sub("", question))  # a handout counts its questions itself
        self._maker.add(
            {"type": "prompt", "id": self._maker.new_id(words), "question": words, "response": response}, *guesses
        )

    def _blanks(self, text: str) -> None:
        labels = labels_in(text)
        names = [label.text for label in labels]
        first = not self._maker.blocks and not self._waiting
        if first and names and all(map(is_name_or_day, names)):
            self._maker.name_and_date = True
            self._maker.left_out.append(AsidePiece(" ".join(names), "name_and_date"))
            return
        self._read()
        for block in blocks_for_blanks(text, self._maker.new_id, question=self._maker.words["question"]):
            self._maker.add(block, *(("what the gaps are called",) if block["type"] == "sentence_frame" else ()))

    def _scale(self, rated: Any) -> None:
        """A scale; lines with the same numbers after each other are its items."""
        items = [rated.text] if rated.text else []
        while items and self._at < len(self._pieces):
            piece = self._pieces[self._at]
            following = rating_in(piece.text) if isinstance(piece, WordsPiece) else None
            if following is None or following.numbers != rated.numbers or not following.text:
                break
            items.append(following.text)
            self._at += 1
        words = self._maker.words
        asked = rated.text if len(items) == 1 else ""
        question = asked or self._question()
        self._read()
        block = scale_block(rated, self._maker.new_id, question, low=words["low"], high=words["high"])
        if len(items) > 1 and all(map(is_label, items)) and len(items) <= MAX_SCALE_ITEMS:
            block |= {"question": question, "items": items}
        self._maker.add(block, *(() if rated.left and rated.right else ("what the ends of the line are called",)))

    def _ticks(self, options: list[str]) -> None:
        """Boxes under each other: options of what was asked, else a list to tick."""
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            if not isinstance(piece, WordsPiece) or not begins_with_tick(piece.text):
                break
            options += ticked(piece.text)
            self._at += 1
        asked = self._asked(to_choose=True)
        if asked:
            self._options(asked, options)
        else:
            kept = [option for option in options if not is_other(option)]
            self._checklist(kept or ["________"])
            if kept and len(kept) < len(options):
                self._prompt(self._maker.words["other"], {"type": "line"}, "a line for another one")

    def _checklist(self, items: list[str]) -> None:
        with_blanks = [item for item in items if has_blank(item)]
        if len(items) > len(with_blanks):
            self._maker.list_of([item for item in items if item not in with_blanks], "checklist")
        for item in with_blanks:
            for block in blocks_for_blanks(item, self._maker.new_id, question=self._question()):
                self._maker.add(block, "a box to tick with a blank in it")

    def _options(self, asked: str, options: list[str]) -> None:
        kept, other = without_other(options)
        question = asked.rstrip(": ") or self._question()
        self._read()
        if not 2 <= len(kept) + other <= MAX_OPTIONS or len(kept) < 2 or not all(map(is_label, kept)):
            self._waiting.append(question)
            self._read()
            self._checklist(options)
            return
        response = response_of_options(kept, other=other)
        several = response["type"] == "multi_choice"
        self._prompt(question, response, *(["whether one may tick several"] if several else []))

    def _list(self, piece: ListPiece) -> None:
        items = [without_tick(text) if is_blank(without_tick(text)) else text for _, text in piece.items]
        room = self._room()
        if all(is_blank(item) or not item for item in items):
            self._lines(len(items) + room)
        elif any(begins_with_tick(item) for item in items):
            self._pieces[self._at : self._at] = [WordsPiece(item) for item in items]
        elif any(has_blank(item) or rating_in(item) for item in items):
            self._read()
            self._pieces[self._at : self._at] = [WordsPiece(item) for item in items]
        elif len(items) == 1 and (room >= 2 or (room and items[0].endswith(("?", ":"))) or self._ticks_follow()):
            self._pieces.insert(self._at, WordsPiece(items[0]))
        elif self._questions or (all(item.endswith("?") for item in items) and self._maker.heading and room >= 2):
            self._read()
            for item in items:
                self._prompt(item, {"type": "lines", "count": USUAL_LINES}, "how many lines")
        else:
            self._read()
            add_list(piece, self._maker)

    def _table(self, piece: TablePiece) -> None:
        if (pieces := unwrapped(piece)) is not None:
            self._pieces[self._at : self._at] = pieces
            return
        question = self._waiting[-1] if self._waiting else self._maker.heading
        self._read()
        for block, guesses in table_blocks(piece, self._maker.new_id, as_plain(question)):
            self._maker.add(block, *guesses)

    def _field(self, piece: FieldPiece) -> None:
        self._read()
        if piece.kind == "tick":
            items = [piece.label]
            while (
                self._at < len(self._pieces)
                and isinstance(after := self._pieces[self._at], FieldPiece)
                and after.kind == "tick"
            ):
                items.append(after.label)
                self._at += 1
            self._maker.list_of(items, "checklist", "a field of the PDF's form")
            return
        self._prompt(piece.label, response_of_field(piece), "a field of the PDF's form")
