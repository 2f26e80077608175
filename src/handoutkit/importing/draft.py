"""A plain document as the draft of a handout: its front, its blocks, and all that was guessed or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.models.handout import WORDS_OF_THE_SOURCE
from handoutkit.models.handout_size import MAX_PLACES, MAX_SIZE
from handoutkit.models.markdown import to_plain

from .draft_text import MAX_PLAIN, MAX_TEXT, as_paragraph, as_plain
from .plain_document import AsidePiece, PlainDocument, WordsPiece, texts_of
from .recognise.block_maker import BlockMaker, DraftBlock
from .recognise.contacts import suggestion
from .recognise.section_blocks import make_section
from .recognise.sections import SourceText, sections_of
from .signal_words import draft_words, language_of

MAX_BLOCKS, MAX_SOURCES = 76, 28
"""Fewer than a handout takes: `next_step`, `references` and the source itself come to them."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_WORDS = re.compile(r"[^\W\d_]+")
_KEY_LENGTH = range(30, 240)
_TELLS = re.compile(
    r"((?:[\w-]+ ){1,4})(?:refers to|means|describes|significa|quiere decir"
    r"|(?:is|are|es|son)(?: [\w-]+)? (?:an?|the|when|one|about|known|called|un[oa]?|la|el|cuando)) "
)
"""A sentence that says what its subject is."""


@dataclass
class HandoutDraft:
    """One handout to be.

    Attributes:
        front: its keys before ``blocks``, in the order of the file; each with what was guessed of it, or an empty text.
        contacts: lines of YAML that the practice's file could have.
        pictures: PNG files, by name.
    """

    front: dict[str, tuple[Any, str]]
    blocks: list[DraftBlock]
    left_out: list[AsidePiece] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def guesses(self) -> int:
        """How many things in it were guessed."""
        return sum(bool(note) for _, note in self.front.values()) + sum(len(block.guesses) for block in self.blocks)


def drafts_of(document: PlainDocument, name: str, today: date, *, rights: str, file_title: str) -> list[HandoutDraft]:
    """The drafts of a document: one, or several where it is too much for one handout.

    Args:
        name: the id; of several, the second has ``-2`` behind it.
        rights: by what right the words are here; empty if that is to be seen to.
        file_title: what the file is called, for a document without a title.
    """
    text = sections_of(document)
    language = document.language if document.language in ("en", "es") else language_of(_all_text(document))
    maker = BlockMaker(draft_words(language))
    title = as_plain(text.title) or file_title
    if len(title) > MAX_PLAIN:
        maker.read([title])
        title = f"{title[: MAX_PLAIN - 1].rsplit(' ', 1)[0]}…"
    opening = _openings(document)
    for section in text.sections:
        make_section(section, maker, opening)
    maker.end()
    maker.left_out[:0] = text.left_out
    if not maker.blocks:
        maker.read([to_plain(one.text) for one in maker.left_out] or [title])
    parts = list(_parts(maker.blocks))
    drafts = []
    for number, blocks in enumerate(parts, start=1):
        named = title if number == 1 else f"{title[: MAX_PLAIN - 6]} ({number})"
        ids = name if number == 1 else f"{name}-{number}"
        front = _front(text, maker, blocks, (ids, named, language), today, rights)
        drafts.append(HandoutDraft(front, _with_end(blocks), pictures=_named_in(blocks, document.pictures)))
    drafts[0].left_out = maker.left_out
    drafts[0].contacts = suggestion(maker.contacts)
    return drafts


def _all_text(document: PlainDocument) -> str:
    return " ".join(text for piece in document.pieces for text in texts_of(piece))


def _openings(document: PlainDocument) -> dict[str, str]:
    """Sentences by the thing that they begin with: ``interdependence`` for `Interdependence is ...`."""
    found: dict[str, str] = {}
    verb = r"(?:is|are|means|refers to|describes|offers|es|son|significa|quiere decir)\b"
    for piece in document.pieces:
        if isinstance(piece, WordsPiece):
            for sentence in _SENTENCES.split(to_plain(piece.text)):
                match = re.match(rf"((?:[\w-]+ ){{1,4}}){verb}", sentence)
                if match and len(sentence) < MAX_TEXT:
                    found.setdefault(match[1].strip().casefold(), sentence)
    return found


def _parts(blocks: list[DraftBlock]) -> Iterator[list[DraftBlock]]:
    """Blocks in as many handouts as they need, parted before a heading where that is possible."""
    part: list[DraftBlock] = []
    for block in blocks:
        again = block.model.type == "next_step" and any(one.model.type == "next_step" for one in part)
        size = sum(one.size for one in part) + block.size
        places = sum(one.places for one in part) + block.places
        if part and (len(part) >= MAX_BLOCKS or again or size > MAX_SIZE or places > MAX_PLACES):
            halves = (number for number, one in enumerate(part) if "heading" in one.data and number > len(part) // 2)
            at = max(halves, default=len(part))
            yield part[:at]
            part = part[at:]
        part.append(block)
    yield part


def _with_end(blocks: list[DraftBlock]) -> list[DraftBlock]:
    types = {block.data["type"] for block in blocks}
    ends = [DraftBlock({"type": name}) for name in ("next_step", "references") if name not in types]
    return [*blocks, *ends]


def _named_in(blocks: list[DraftBlock], pictures: dict[str, bytes]) -> dict[str, bytes]:
    return {name: pictures[name] for block in blocks if (name := block.data.get("file", "")) in pictures}


def _front(
    text: SourceText,
    maker: BlockMaker,
    blocks: list[DraftBlock],
    named: tuple[str, str, str],
    today: date,
    rights: str,
) -> dict[str, tuple[Any, str]]:
    name, title, language = named
    words = maker.words
    fields = any(block.places for block in blocks)
    own: dict[str, Any] = {
        "id": NewIds({one["id"] for one in maker.sources.values()})("source"),
        "author": as_plain(text.author)[:MAX_PLAIN],
    }
    own |= {"author": own["author"] or words["unknown"], "title": title}
    own |= ({"year": text.year} if text.year else {}) | {"idea": words["idea"]}
    sources = [own, *list(maker.sources.values())[:MAX_SOURCES]]
    guide = ("what_for", "when_to_use", "when_not_to_use", "how_to_introduce", "how_to_review")
    front: dict[str, tuple[Any, str]] = {
        "id": (name, ""),
        "title": (title, "" if text.title else "from the name of the file"),
        "kind": ("worksheet" if fields else "psychoeducation", "psychoeducation, exercise, worksheet, plan, ..."),
        "topics": ([_topic(title)], "what it is about, in a word or two"),
        "for": (["self"], "self, couple, family or guardian"),
        "language": (language, ""),
        "key_message": (_key_message(blocks, title), "the one idea to leave with"),
        "purpose": (as_paragraph(words["purpose"].format(title=title.rstrip(".?!"))), "what it is for, in a sentence"),
        "reading_grade": (6, ""),
        "sources": (sources, "whose words and ideas these are"),
        "rights": (
            rights or WORDS_OF_THE_SOURCE,
            "" if rights else "the words are still those of the source: put them in your own, or say by what right",
        ),
        "edition": (1, ""),
        "reviewed_on": (today, ""),
        "review_every": ("12 months", ""),
    }
    if maker.name_and_date:
        front["name_and_date"] = (True, "")
    front["clinician_guide"] = ({key: words[key] for key in guide}, "for you, never in a client's copy; write it anew")
    return front


def _topic(title: str) -> str:
    longest = sorted(_WORDS.findall(title), key=len, reverse=True)[:1]
    return NewIds(set())(" ".join(longest) or title)


def _key_message(blocks: list[DraftBlock], title: str) -> str:
    """The first sentence of the text that says what something is, or else the first one of a fitting length."""
    about = {word for word in _WORDS.findall(title.casefold()) if len(word) >= 5}
    sentences = [
        sentence
        for block in blocks
        if block.data["type"] == "prose"
        for paragraph in block.data["text"].split("\n\n")
        for sentence in _SENTENCES.split(to_plain(paragraph).replace("\n", " "))
        if len(sentence) in _KEY_LENGTH and sentence.endswith((".", "!"))
    ]
    told = [
        one for one in sentences if (found := _TELLS.match(one)) and about & set(_WORDS.findall(found[1].casefold()))
    ]
    return as_paragraph((told or sentences or [title])[0])
