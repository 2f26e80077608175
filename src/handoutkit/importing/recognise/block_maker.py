"""Collects the blocks of a draft: each is held against the models, and what does not hold becomes words to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.importing.draft_text import MAX_PLAIN, MAX_PROSE, as_paragraph, as_plain, cut
from handoutkit.importing.plain_document import AsidePiece
from handoutkit.models.block_types import AnyBlock
from handoutkit.models.blocks.block import UNBROKEN, Block
from handoutkit.models.handout_size import size_of
from handoutkit.models.markdown import BEFORE_ITEM
from handoutkit.yaml_writing.yaml_emit import plain

_NOT_WORDS = {"type", "id", "size", "style", "role", "kind", "file", "source", "cell", "start", "end"}
_LABELS = {"label", "header", "left", "right", "title", "term", "criterion", "role", "speaker", "rights", "corner"}
_LONG_HEADING = 80
"""Letters; two headings that would make a longer one together are not joined."""
_ENDS = (".", "?", "!", ":", "…")
_LISTS_OF_LABELS = {"options", "columns", "rows", "labels"}


@dataclass
class DraftBlock:
    """A block as it will stand in the file, and what was guessed of it."""

    data: dict[str, Any]
    guesses: tuple[str, ...] = ()

    @cached_property
    def model(self) -> Block:
        """The block itself. Raises ValidationError."""
        made: Block = _adapter().validate_python(plain(self.data))
        return made

    @cached_property
    def size(self) -> int:
        """What it comes to in a handout, in letters."""
        return size_of([self.model]).total

    @cached_property
    def places(self) -> int:
        """How many places to write or tick it has."""
        return self.model.places


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(AnyBlock)


@dataclass
class BlockMaker:
    """The blocks of a draft as they come.

    Attributes:
        words: what a draft starts with, in its language.
        sources: entries of ``sources``, by what they are of.
        contacts: lines for the practice's file.
        name_and_date: whether there were lines for a name and a day.
    """

    words: Mapping[str, str]
    new_id: NewIds = field(default_factory=lambda: NewIds(set()))
    blocks: list[DraftBlock] = field(default_factory=list)
    left_out: list[AsidePiece] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)
    name_and_date: bool = False
    _heading: str = ""
    _above: str = ""
    _is_alone: bool = False

    def start(self, heading: str, *, is_alone: bool = False) -> None:
        """Begin a chunk; its first block bears the heading, behind the one that nothing but this one follows.

        Args:
            is_alone: whether nothing stands under the heading.
        """
        above = as_plain(self._heading) if self._is_alone else ""
        joined = f"{above}{' ' if above.endswith(_ENDS) else ': '}{as_plain(heading)}"
        if above and heading and len(joined) <= _LONG_HEADING:
            self._heading, self._above = joined, above
        elif heading or not above:
            self.end()
            self._heading = heading
        self._is_alone = is_alone

    def end(self) -> None:
        """A heading that nothing follows is kept as words."""
        if heading := self.take_heading():
            self.add({"type": "prose", "text": f"**{as_plain(heading)}**"}, "a heading with nothing under it")

    def take_heading(self) -> str:
        """The heading that no block bears yet; nobody else has it then."""
        heading, self._heading = self._heading, ""
        return heading

    @property
    def heading(self) -> str:
        """The heading that no block bears yet."""
        return self._heading

    def read(self, paragraphs: Iterable[str]) -> None:
        """Add words to read, in as many blocks as they need."""
        text = ""
        for paragraph in paragraphs:
            for piece in cut(as_paragraph(paragraph), MAX_PROSE // 2):
                if text and len(text) + len(piece) > MAX_PROSE - 2:
                    self.add({"type": "prose", "text": text})
                    text = ""
                text = f"{text}\n\n{piece}".strip()
        if text:
            self.add({"type": "prose", "text": text})

    def list_of(self, items: list[str], style: str, *guesses: str) -> None:
        """Add a list, in parts of as many items as a list may have."""
        parts = [items[at : at + UNBROKEN] for at in range(0, len(items), UNBROKEN)]
        if len(parts) > 1:
            guesses = (*guesses, f"this was one list of {len(items)}; it is set in parts of at most {UNBROKEN}")
        for number, part in enumerate(parts):
            block = {"type": "list", "items": part} | ({"style": style} if style != "bullet" else {})
            self.add(block, *(guesses if number == 0 else ()))

    def add(self, data: dict[str, Any], *guesses: str) -> None:
        """Add a block; if the models do not take it, its words."""
        data = _fitted(data)
        if self._above:
            guesses = (*guesses, f"`{self._above}` stood over several headings; it is said in the first one")
            self._above = ""
        heading = as_plain(self._heading) if self._heading else ""
        if heading and len(heading) <= MAX_PLAIN and "heading" not in data:
            data = _with_heading(data, heading)
            self._heading = ""
        elif heading:
            self._heading = ""
            self.blocks.append(DraftBlock({"type": "prose", "text": as_paragraph(heading)}))
        block = DraftBlock(data, guesses)
        try:
            _ = block.model
        except ValidationError:
            if data["type"] == "prose":
                raise
            if "heading" in data:
                self._heading = data["heading"]
            texts = [text for key, text in _texts(data) if key != "heading"]
            first = len(self.blocks)
            self.read(texts)
            if len(self.blocks) > first:
                self.blocks[first].guesses = (f"this was to be a `{data['type']}`, and did not fit into one",)
            return
        self.blocks.append(block)


def _with_heading(data: dict[str, Any], heading: str) -> dict[str, Any]:
    start = {key: data[key] for key in ("type", "id") if key in data}
    return start | {"heading": heading} | data


def _fitted(value: Any, key: str = "") -> Any:
    """Data with each of its texts made fit to print, by the key that it stands under."""
    if isinstance(value, Mapping):
        return {name: _fitted(one, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_fitted(one, key) for one in value]
    if not isinstance(value, str) or key in _NOT_WORDS or (key == "text" and "\n\n" in value):
        return value
    if key in _LABELS or key in _LISTS_OF_LABELS or key == "heading":
        return as_plain(value)
    if key == "items":  # each with a list below it, or not
        return BEFORE_ITEM.join(map(as_paragraph, value.split(BEFORE_ITEM)))
    return as_paragraph(value)


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a block's data, with their keys."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, key)
    elif isinstance(value, str) and key not in _NOT_WORDS and value:
        yield key, value
