"""The copy of a handout that its reader gets, and its texts: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from handoutkit.compose.compose_document import is_for
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.blocks.block import Block
from handoutkit.models.filled_in.practice_words import filled, words_for
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout

from .passages import Passage, passage, passages_in
from .reading_grade import HIGHEST_GRADE, Grade, grade_of
from .sentences import Sentence, sentences_in

_WORDS = words_for("en", "therapy", None, reachable=True)
"""The words of a practice that rules read, in place of those of any one practice."""
B = TypeVar("B", bound=Block)
FRONT = ("title", "subtitle", "key_message", "purpose")
"""What stands above the blocks of a handout."""


@dataclass(frozen=True)
class ReaderText:
    """The texts that a reader meets, in order, in one language.

    Attributes:
        aim: the highest reading grade that does not warn.
        terms: words that SMOG leaves out, as the handout is about them.
    """

    language: str
    passages: tuple[Passage, ...]
    aim: int = HIGHEST_GRADE
    terms: tuple[str, ...] = ()

    @property
    def is_english(self) -> bool:
        """Whether rules that read English apply."""
        return self.language.split("-")[0] == "en"

    @cached_property
    def running(self) -> tuple[Passage, ...]:
        """Texts with sentences in them."""
        return tuple(passage for passage in self.passages if passage.running)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Of all running texts, fragments included."""
        return tuple(sentences_in(self.passages))

    @cached_property
    def grade(self) -> Grade | None:
        """The reading grade; None where there are too few sentences to tell."""
        return grade_of([sentence.words for sentence in self.sentences if sentence.ended], self.terms)


@dataclass(frozen=True)
class ReaderCopy:
    """A handout as one reader gets it.

    Attributes:
        blocks: those for this reader, with their addresses.
    """

    handout: Handout
    blocks: tuple[tuple[Address, Block], ...]
    wording: ReaderText

    def of(self, *kinds: type[B]) -> list[tuple[Address, B]]:
        """The blocks of these types."""
        return [(at, block) for at, block in self.blocks if isinstance(block, kinds)]


def copy_of(handout: Loaded[Handout], audience: Literal["client", "clinician"] = "client") -> ReaderCopy:
    """What stands in this reader's copy. The sources and the clinician's guide are for no client to read."""
    model = filled(handout.model, _WORDS)
    blocks = tuple((("blocks", number), block) for number, block in enumerate(model.blocks) if is_for(block, audience))
    front = [
        passage(text, (name,), running=name in ("key_message", "purpose"))
        for name in FRONT
        if (text := getattr(model, name))
    ]
    inside = [passage for at, block in blocks for passage in passages_in(block, at)]
    aim = min(HIGHEST_GRADE, model.reading_grade)
    return ReaderCopy(model, blocks, ReaderText(model.language, (*front, *inside), aim, model.terms))


def notes_of(framing: Loaded[Framing]) -> ReaderText:
    """The notes and the changes of a framing: what a client may read of it."""
    passages = [
        passage(text, ("notes", number, name), running=name == "text")
        for number, note in enumerate(framing.model.notes)
        for name, text in (("title", note.title), ("text", note.text))
    ]
    for name, number, one in framing.model.contributions:
        if name != "notes":
            passages += passages_in(one, (name, number))
    return ReaderText(framing.model.language, tuple(passages))
