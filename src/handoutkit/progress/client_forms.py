"""The handouts in one client's returned files, with what each row of them is: a rating, a tick or words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from handoutkit.answers.answer_rows import AnswerRow
from handoutkit.answers.days_and_numbers import number_written
from handoutkit.answers.known_handouts import HandoutLookup, KnownHandout
from handoutkit.library.library import Library
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.prompts import NumberResponse, Prompt
from handoutkit.models.blocks.scales import Continuum, Measure
from handoutkit.models.handout import Handout
from handoutkit.models.markdown import to_plain


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Something that was written or chosen: the question, the row and column of a table, and the words.

    Attributes:
        beside_page: the page where it stands beside the places to write; without words, it is drawn or stamped there.
    """

    question: str
    place: str
    words: str
    beside_page: int | None = None


@dataclass(frozen=True)
class ClientForm:
    """One handout in one file; ``handout`` is None if the library has no such edition."""

    day: str
    rows: tuple[AnswerRow, ...]
    known: KnownHandout | None
    language: str
    handout: Handout | None

    @property
    def title(self) -> str:
        """The handout's title, or its id if the library has no such edition."""
        return to_plain(self.handout.title) if self.handout else self.rows[0].handout

    @property
    def words_in(self) -> str:
        """The language of the questions, as far as it is known."""
        return self.handout.language if self.handout else self.rows[0].language

    @property
    def blocks(self) -> Mapping[str, Block]:
        """The blocks of the handout that have an id, by it."""
        return {block.id: block for block in self.handout.blocks if block.id} if self.handout else {}

    def question(self, row: AnswerRow) -> OwnWords:
        """What was asked, in the language of the page or else in the file's, with the answer."""
        if row.kind == "beside":
            return OwnWords("", "", row.value, int(row.field.split("-")[1]))
        asked = self.known.asked(self.language, f"{row.block}.{row.field}") if self.known else None
        question, first, second = asked[1:] if asked else (row.question, row.row, row.column)
        return OwnWords(question, " – ".join(part for part in (first, second) if part), row.value)

    def kind(self, row: AnswerRow) -> str:
        """Whether a row is a rating, a tick or words; what belongs to a measure is neither."""
        block = self.blocks.get(row.block)
        if isinstance(block, Measure) or row.kind in ("score", "alert"):
            return "measure"
        if number_written(row.read_as) and scale_of(block):
            return "rating"
        asked = self.known.asked(self.language, f"{row.block}.{row.field}") if self.known else None
        return "tick" if asked and asked.kind == "tick" else "words"


class RatingScale(NamedTuple):
    """The lowest and the highest number of a rating, with the words at its ends."""

    lowest: float
    highest: float
    left: str = ""
    right: str = ""


def scale_of(block: Block | None) -> RatingScale | None:
    """The ends of a block that asks for numbers; None if it does not, or has no ends."""
    if isinstance(block, Continuum):
        return RatingScale(block.minimum, block.maximum, block.left, block.right)
    if isinstance(block, Prompt) and isinstance(block.response, NumberResponse):
        lowest, highest = block.response.minimum, block.response.maximum
        return RatingScale(lowest, highest) if lowest is not None and highest is not None else None
    return None


def client_forms(rows: Iterable[AnswerRow], library: Library, language: str) -> Iterator[ClientForm]:
    """Gather rows by their file and handout; questions are asked in ``language`` where they can be."""
    lookup = HandoutLookup(library)
    groups: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in rows:
        groups.setdefault((row.file, row.handout), []).append(row)
    for (_, handout), of_one in groups.items():
        found = lookup.look(handout) if handout else None
        known = found if isinstance(found, KnownHandout) and found.edition == of_one[0].edition else None
        version = known.version(language) if known else None
        yield ClientForm(of_one[0].day, tuple(of_one), known, language, version)
