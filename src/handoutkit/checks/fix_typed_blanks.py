"""Blanks and boxes that were typed into a handout's file, made into blocks with places to write: `check --fix`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoutkit.checks.text.typed_blanks import BLANK, has_blank, is_blank
from handoutkit.checks.text.typed_boxes import begins_with_tick, ticked
from handoutkit.errors import ContentError
from handoutkit.files.atomic_write import write_file
from handoutkit.files.careful_reading import read_carefully
from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text, shown, unwritable
from handoutkit.loading.load_file import check_text
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.yaml_writing.yaml_edit import rewritten
from handoutkit.yaml_writing.yaml_emit import MovedItem, plain

from .blanks_to_blocks import NewIds, blocks_for_blanks

QUESTION = "Your answer"
"""What lines are called that nothing is asked for."""
_OF_THE_PLACE = ("audience", "side", "keep_together", "orientation")
"""Keys that every block made of one keeps."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file in which typed blanks became places to write.

    Attributes:
        changes: what was done, a line for each block.
    """

    path: Path
    changes: tuple[str, ...]


def fix_typed_blanks(path: Path) -> FixedFile | None:
    """Make places to write of the typed blanks of a handout's file; None if it has none that can be told.

    The rest of the file stays letter by letter. Raises ContentError: the file cannot be read, or what would come of it
    is no handout; nothing is written then.
    """
    source, faults = read_carefully(read_yaml, read_text(path))
    if faults or not isinstance(source.data, Mapping):
        raise ContentError(faults)
    blocks = source.data.get("blocks")
    if not isinstance(blocks, tuple) or not all(isinstance(block, Mapping) for block in blocks):
        return None
    new_id = NewIds({str(block["id"]) for block in blocks if "id" in block})
    after: list[Any] = []
    changes: list[str] = []
    for at, block in enumerate(blocks):
        made = list(_made(block, new_id))
        if made == [block]:
            after.append(MovedItem(block, at))
            continue
        after += [MovedItem(one, at if one is made[0] and one["type"] == block["type"] else None) for one in made]
        name = block.get("id") or block.get("heading") or f"block {at + 1}"
        changes.append(f"{name}: {', '.join(one['type'] for one in made)}")
    if not changes:
        return None
    text = rewritten(source.text, source.data, {**source.data, "blocks": tuple(after)})
    read, faults = read_yaml(SourceFile(shown(path), path, text))
    if problems := [*faults, *check_text(read, "handout")]:
        raise ContentError(problems)
    try:
        write_file(path, text.encode())
    except OSError as error:
        raise unwritable(error, path) from None
    return FixedFile(path, tuple(changes))


def _made(block: Mapping[str, Any], new_id: NewIds) -> Iterator[Mapping[str, Any]]:
    """The blocks that one becomes; itself, if it has no blank that was typed."""
    if block.get("type") == "prose" and has_blank(str(block.get("text", ""))):
        paragraphs = str(block["text"]).split("\n\n")
        yield from _in_place_of(block, [one for text in paragraphs for one in _of_paragraph(text, new_id)])
    elif block.get("type") == "list" and isinstance(items := block.get("items"), tuple):
        yield from _of_list(block, [str(item) for item in items], new_id)
    elif block.get("type") == "prompt" and _asks(question := str(block.get("question", ""))):
        yield {**block, "question": " ".join(BLANK.sub(" ", question).split()).strip(" :")}
    else:
        yield block


def _asks(question: str) -> bool:
    """Whether a question has words, and a blank that its own room makes needless."""
    return has_blank(question) and not is_blank(question)


def _of_paragraph(text: str, new_id: NewIds) -> list[dict[str, Any]]:
    return blocks_for_blanks(text, new_id, question=QUESTION) if has_blank(text) else [{"type": "prose", "text": text}]


def _of_list(block: Mapping[str, Any], items: list[str], new_id: NewIds) -> Iterator[Mapping[str, Any]]:
    boxes = all(begins_with_tick(item) for item in items) or block.get("style") == "checklist"
    bare = [ticked(item)[0] if boxes and begins_with_tick(item) and ticked(item) else item for item in items]
    if not any(has_blank(item) for item in bare):
        yield block if bare == items else {**block, "style": "checklist", "items": tuple(bare)}
        return
    made: list[dict[str, Any]] = []
    style = {"style": "checklist"} if boxes else {key: block[key] for key in ("style",) if key in block}
    for item in bare:
        if has_blank(item):
            made += blocks_for_blanks(item, new_id, question=QUESTION)
        elif made and made[-1]["type"] == "list":
            made[-1]["items"] += (item,)
        else:
            made.append({"type": "list", **style, "items": (item,)})
    yield from _in_place_of(block, made)


def _in_place_of(block: Mapping[str, Any], made: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The new blocks, the first with the old one's heading and, unless it has its own, the id."""
    joined: list[dict[str, Any]] = []
    for one in made:
        if joined and one["type"] == joined[-1]["type"] == "prose":
            joined[-1]["text"] += f"\n\n{one['text']}"
        else:
            joined.append(one)
    for number, one in enumerate(joined):
        kept = {key: block[key] for key in _OF_THE_PLACE if key in block}
        if number == 0:
            kept |= {key: block[key] for key in ("id", "heading", "reading_note") if key in block}
        start = {"type": one["type"]} | {key: value for key, value in kept.items() if key in ("id", "heading")}
        yield plain({**start, **{key: value for key, value in one.items() if key not in start}, **kept})
