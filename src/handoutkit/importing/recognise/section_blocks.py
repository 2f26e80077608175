"""A section of a document as blocks: what its heading announces decides, else what its pieces are."""

from __future__ import annotations

from handoutkit.checks.text.typed_blanks import has_blank, numbers_in
from handoutkit.checks.text.typed_boxes import begins_with_tick
from handoutkit.importing.draft_text import MAX_TEXT, as_paragraph, as_plain, is_label
from handoutkit.importing.plain_document import AsidePiece, ListPiece, Piece, WordsPiece, texts_of
from handoutkit.importing.signal_words import announced_by, two_sides
from handoutkit.models.blocks.block import UNBROKEN

from .block_maker import BlockMaker
from .contacts import is_contact_line
from .piece_blocks import PieceWalk
from .sections import SourceSection, room_in
from .source_entries import entry_of, keep_source


def make_section(section: SourceSection, maker: BlockMaker, opening: dict[str, str]) -> None:
    """Add the blocks of a section.

    Args:
        opening: sentences of the text by the thing that they begin with, for contrasts that do not say it again.
    """
    heading, pieces = section.heading, section.pieces
    if heading and is_contact_line(heading):
        maker.contacts.append(heading)
        maker.left_out.append(AsidePiece(heading, "contact"))
        heading = ""
    if heading and pieces and not _words_of(pieces) and room_in(pieces) and not _others(pieces):
        question = as_plain(heading)
        maker.start("")
        block = {"type": "prompt", "id": maker.new_id(question), "question": question}
        maker.add(
            block | {"response": {"type": "lines", "count": min(max(room_in(pieces), 2), 12)}},
            "a heading with room below",
        )
        return
    if heading.endswith("?") and pieces and _is_answer(pieces[0]):
        heading, pieces = "", [WordsPiece(heading), *pieces]
    maker.start(heading, is_alone=not pieces)
    makers = {
        "reflection": _reflection,
        "practice": _practice,
        "next_step": _next_step,
        "sources": _sources,
        "caution": _callout,
        "tip": _callout,
    }
    announced = announced_by(heading) if heading else ""
    if announced and makers[announced](pieces, maker, announced):
        return
    if heading and (sides := two_sides(heading)) and _contrast(sides, pieces, maker, opening):
        return
    PieceWalk(pieces, maker).make()


def _is_answer(piece: Piece) -> bool:
    """Whether a piece is there to answer what stands above it: boxes, numbers to circle, or blanks."""
    if not isinstance(piece, WordsPiece):
        return False
    return begins_with_tick(piece.text) or has_blank(piece.text) or numbers_in(piece.text) is not None


def _words_of(pieces: list[Piece]) -> list[str]:
    return [text for piece in pieces for text in texts_of(piece) if text and not _is_room(text)]


def _is_room(text: str) -> bool:
    return has_blank(text) and not text.strip("_.… ")


def _others(pieces: list[Piece]) -> bool:
    return any(not isinstance(piece, WordsPiece) for piece in pieces)


def _reflection(pieces: list[Piece], maker: BlockMaker, _announced: str) -> bool:
    """Every item, and every question, with room to answer."""
    lists = [piece for piece in pieces if isinstance(piece, ListPiece)]
    asked = [piece for piece in pieces if isinstance(piece, WordsPiece) and piece.text.endswith("?")]
    if not lists and not asked:
        return False
    walk = PieceWalk(pieces, maker, questions=True)
    walk.make()
    return True


def _practice(pieces: list[Piece], maker: BlockMaker, _announced: str) -> bool:
    """Steps to take between sessions, if there is a list of them."""
    at = next((n for n, one in enumerate(pieces) if isinstance(one, ListPiece)), None)
    if at is None or any(begins_with_tick(text) or has_blank(text) for text in texts_of(pieces[at])):
        return False
    steps = [as_paragraph(text) for text in texts_of(pieces[at])]
    before = [piece.text for piece in pieces[:at] if isinstance(piece, WordsPiece) and piece.text]
    if len(steps) > UNBROKEN or any(len(step) > MAX_TEXT for step in steps) or len(before) != len(pieces[:at]):
        return False
    heading = maker.heading
    title = as_plain(heading)
    purpose = before[-1] if before and len(before[-1]) <= MAX_TEXT and not has_blank(before[-1]) else ""
    maker.read(before[:-1] if purpose else before)
    if maker.heading:
        maker.take_heading()
    words = maker.words
    exercise = {
        "type": "exercise",
        "id": maker.new_id(title),
        "title": title,
        "purpose": purpose or words["exercise"],
        "when": words["when"],
        "how_often": words["how_often"],
        "how_long": words["how_long"],
        "steps": steps,
    }
    maker.add(exercise, "`when`, `how_often` and `how_long`" + ("" if purpose else ", and `purpose`"))
    PieceWalk(pieces[at + 1 :], maker).make()
    return True


def _next_step(pieces: list[Piece], maker: BlockMaker, _announced: str) -> bool:
    """What to do next; how to reach the practice goes into its file."""
    paragraphs = [piece.text for piece in pieces if isinstance(piece, WordsPiece) and piece.text]
    if any(one.data["type"] == "next_step" for one in maker.blocks) or _others(pieces):
        return False
    if any(has_blank(text) or begins_with_tick(text) for text in paragraphs):
        return False
    contacts = [text for text in paragraphs if is_contact_line(text)]
    kept = [as_paragraph(text) for text in paragraphs if text not in contacts]
    text = " ".join(kept).replace("\n", " ")
    if len(text) > MAX_TEXT or not (text or contacts):
        return False
    for line in contacts:
        maker.contacts.append(line)
        maker.left_out.append(AsidePiece(line, "contact"))
    maker.add({"type": "next_step"} | ({"text": text} if text else {}))
    return True


def _sources(pieces: list[Piece], maker: BlockMaker, _announced: str) -> bool:
    """Each line is a source; they are printed at the end."""
    lines = [text for piece in pieces if isinstance(piece, ListPiece | WordsPiece) for text in texts_of(piece) if text]
    if not lines or any(not isinstance(piece, ListPiece | WordsPiece) for piece in pieces):
        return False
    if any(len(as_plain(line)) > 500 for line in lines):
        return False
    maker.take_heading()
    for line in lines:
        keep_source(entry_of(line, maker.words["cited"]), maker.sources, maker.new_id)
        maker.left_out.append(AsidePiece(line, "reference"))
    return True


def _callout(pieces: list[Piece], maker: BlockMaker, announced: str) -> bool:
    """A short warning or piece of advice, framed."""
    paragraphs = [piece.text for piece in pieces if isinstance(piece, WordsPiece) and piece.text]
    short = sum(map(len, paragraphs)) <= MAX_TEXT and 0 < len(paragraphs) <= 3
    if not short or _others(pieces) or any(has_blank(text) or begins_with_tick(text) for text in paragraphs):
        return False
    title = as_plain(maker.take_heading())
    text = "\n\n".join(as_paragraph(text) for text in paragraphs)
    maker.add({"type": "callout", "role": announced, "title": title, "text": text})
    return True


def _contrast(sides: tuple[str, str], pieces: list[Piece], maker: BlockMaker, opening: dict[str, str]) -> bool:
    """``A vs. B``: what is said under it is said of B, unless a paragraph begins with A; A has its own sentence."""
    if not all(map(is_label, sides)):
        return False
    first, second = ({"label": name} for name in sides)
    points: list[str] = []
    summary: list[str] = []
    rest: list[Piece] = []
    own: list[str] = []
    for piece in pieces:
        if isinstance(piece, ListPiece) and not points and len(piece.items) <= UNBROKEN:
            points = [text for _, text in piece.items]
        elif isinstance(piece, WordsPiece) and piece.text and not points and not rest and not has_blank(piece.text):
            (own if _begins_with(piece.text, sides[0]) else summary).append(piece.text)
        else:
            rest.append(piece)
    if not points and not summary:
        return False
    guesses = ["which words belong to which side"]
    if own:
        first["summary"] = " ".join(own)
    else:
        first["summary"] = opening.get(sides[0].casefold(), maker.words["silent"])
        guesses.append(f"what is said of `{sides[0]}`")
    made = dict[str, object](second)
    if summary:
        made["summary"] = " ".join(summary)
    if points:
        made["points"] = points
    maker.add({"type": "contrast", "sides": [first, made]}, *guesses)
    PieceWalk(rest, maker).make()
    return True


def _begins_with(text: str, name: str) -> bool:
    words = as_plain(text).casefold()
    return words.removeprefix("healthy ").startswith(name.casefold().removeprefix("healthy "))
