"""Blanks that were typed into a text, as the blocks that have places to write: for `check --fix` and for `import`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from handoutkit.checks.text.typed_blanks import BLANK, TypedPart, gaps_in, parts_of
from handoutkit.models.filled_in.identifiers import RESERVED_IDS
from handoutkit.models.markdown import to_plain

MAX_SLOTS = 14
"""Most gaps of one ``sentence_frame``."""
MAX_CIRCLED = 5
"""Numbers to circle: more of them are a scale."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class NewIds:
    """Ids for new blocks: the first words of what they ask, each once."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken | RESERVED_IDS | {"edition", "name-and-date"}

    def __call__(self, words: str) -> str:
        """An id that nothing has yet."""
        plain = unicodedata.normalize("NFKD", to_plain(words)).encode("ascii", "ignore").decode().lower()
        start = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:5])[:40].strip("-") or "answer"
        name, number = start, 2
        while name in self._taken:
            name, number = f"{start}-{number}", number + 1
        self._taken.add(name)
        return name


def blocks_for_blanks(text: str, new_id: NewIds, *, question: str) -> list[dict[str, Any]]:
    """The blocks that say and ask what one paragraph with typed blanks does, in its order.

    Args:
        question: for lines that nothing is asked for.
    """
    return [block for part in parts_of(text) for block in _blocks(part, new_id, question)]


def _blocks(part: TypedPart, new_id: NewIds, question: str) -> Iterator[dict[str, Any]]:
    match part.kind:
        case "words":
            yield {"type": "prose", "text": part.text}
        case "gaps":
            yield from _frames(part.text, new_id)
        case "label":
            response: dict[str, Any] = {"type": "date" if part.is_date else "line"}
            yield {"type": "prompt", "id": new_id(part.text), "question": part.text, "response": response}
        case "lines":
            response = {"type": "date"} if part.is_date else {"type": "lines", "count": 2}
            yield {"type": "prompt", "id": new_id(question), "question": question, "response": response}
        case "numbers":
            yield scale_block(part, new_id, question)


def scale_block(part: TypedPart, new_id: NewIds, question: str, *, low: str = "", high: str = "") -> dict[str, Any]:
    """Numbers to circle: a few as an answer, more as a scale, whose ends are ``low`` and ``high`` unless it says."""
    asked = part.text or question
    first, step, last = part.numbers[0], part.numbers[1] - part.numbers[0], part.numbers[-1]
    block: dict[str, Any] = {"id": new_id(asked), "question": asked}
    if len(part.numbers) <= MAX_CIRCLED and step == 1 and not (part.left or part.right):
        response: dict[str, Any] = {"type": "number", "minimum": first, "maximum": last}
        return {"type": "prompt", **block, "response": response}
    ends = {"left": part.left or low or str(first), "right": part.right or high or str(last)}
    scale: dict[str, int] = {"minimum": first, "maximum": last} | ({"step": step} if step > 1 else {})
    return {"type": "continuum", **block, **ends, **scale}


def _frames(text: str, new_id: NewIds) -> Iterator[dict[str, Any]]:
    """Sentence frames, each with as many gaps as one takes."""
    chunk = ""
    for sentence in _SENTENCE_END.split(text):
        joined = f"{chunk} {sentence}".strip()
        if chunk and len(BLANK.findall(joined)) > MAX_SLOTS:
            yield from _frame(chunk, new_id)
            chunk = sentence
        else:
            chunk = joined
    yield from _frame(chunk, new_id)


def _frame(text: str, new_id: NewIds) -> Iterator[dict[str, Any]]:
    blanks = list(BLANK.finditer(text))
    if len(blanks) > MAX_SLOTS:  # one sentence with more: a frame for each part of it
        cut = blanks[MAX_SLOTS].start()
        yield from _frame(text[:cut].rstrip(), new_id)
        yield from _frame(text[cut:], new_id)
        return
    frame, slots = gaps_in(text)
    if not slots:
        yield {"type": "prose", "text": text}
        return
    listed = [
        {"id": f"blank-{number}", "label": label} | ({"size": size} if size != "short" else {})
        for number, (label, size) in enumerate(slots, start=1)
    ]
    yield {"type": "sentence_frame", "id": new_id(BLANK.sub("", text)), "frame": frame, "slots": listed}
