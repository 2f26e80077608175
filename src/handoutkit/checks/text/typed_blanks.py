"""Blanks as people type them: rows of underscores or dots, and what each is by what stands around it.

``I feel ____ when ____.`` has gaps, ``Name: ______`` is a line, ``__/__/____`` a day, a row alone lines to write on,
and ``1  2  3`` numbers to circle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

PartKind = Literal["words", "gaps", "label", "lines", "numbers"]
DATE = r"_+[ ]?[/.\-][ ]?_+[ ]?[/.\-][ ]?_+"
_IN_BRACKETS = r"\\?\[[ ]?_{3,}[ ]?\\?\]"
BLANK = re.compile(
    rf"{_IN_BRACKETS}|{DATE}|_{{3,}}(?:[ ]_{{3,}})*|(?:_[ ]){{3,}}_?|\.{{4,}}|…{{2,}}|(?:[.…][ ]){{4,}}[.…]?"
)
"""A blank, however it was typed."""
_IN_ALL_BLANKS = ("_", "..", "…", ". .")
"""One of these is in each, and they are found much faster."""
_IS_DATE = re.compile(DATE)
_SENTENCES = re.compile(r"(?<=[.!?…_])(?<!^\d\.)(?<!^\d\d\.)\s+(?=[\"“(¿¡]?[A-ZÀ-Þ])")
_COUNTED = re.compile(r"^\(?\d{1,2}\\?[.)]\s+(?=\S)")
_NUMBERS = re.compile(r"(?<![\w.,/])(\d{1,3}(?:[\s\-–—|…._]+\d{1,3}){2,})(?![\w/,]|\.\d)")
_CIRCLE = re.compile(r"\(?\b(?:circle|choose|mark|pick|encierre|marque|elija)\b[^)\d]{0,30}\)?:?", re.IGNORECASE)
_DATE_WORDS = re.compile(r"\b(?:date|day(?! of (?:the )?week)|d\.?o\.?b|birth ?day|fecha)\b", re.IGNORECASE)
_UNIT = re.compile(r"(?:[AP]\.?M\.?)(?: ?/ ?[AP]\.?M\.?)?|[A-Z]{2,3}|°[CF]")
"""A few capitals behind a blank: half of a day, a currency, degrees."""
_OPEN = re.compile(
    r"(?:i|i'm|i’m|my|we|he|she|they|you|when|if|because|today|yo|me|mi|cuando|si|porque|hoy)\b", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"\b(?:is|am|are|was|will|to|a|an|the|that|by|es|son|a|que|para|un|una|el|la|de)$", re.IGNORECASE
)
MAX_LABEL, MAX_LABEL_WORDS = 80, 9


@dataclass(frozen=True, slots=True)
class TypedPart:
    """A piece of a text.

    Attributes:
        kind: ``words`` to read, a sentence with ``gaps``, a ``label`` before a blank, ``lines`` alone, or ``numbers``.
        text: its words; of a sentence with gaps, with the blanks as they were typed.
        is_date: whether a day goes into the blank.
        numbers: to choose from.
        left, right: what stands at the ends of the numbers.
    """

    kind: PartKind
    text: str
    is_date: bool = False
    numbers: tuple[int, ...] = ()
    left: str = ""
    right: str = ""


def has_blank(text: str) -> bool:
    """Whether a text has a blank that somebody typed."""
    return any(sign in text for sign in _IN_ALL_BLANKS) and BLANK.search(text) is not None


def is_blank(text: str) -> bool:
    """Whether a text is blanks and nothing else."""
    return has_blank(text) and not re.sub(r"[\s.:,;*\\]", "", BLANK.sub("", text))


def parts_of(text: str) -> list[TypedPart]:
    """A paragraph in pieces, in its order."""
    found: list[TypedPart] = []
    for part in (part for sentence in _pieces(text) for part in _parts(sentence)):
        before = found[-1] if found else None
        if before and {part.kind, before.kind} <= {"words", "gaps"}:
            kind: PartKind = "gaps" if "gaps" in (part.kind, before.kind) else "words"
            found[-1] = TypedPart(kind, f"{before.text} {part.text}".strip())
        else:
            found.append(part)
    return found


def numbers_in(text: str) -> TypedPart | None:
    """The numbers of a line to circle one, with what is asked and what stands at its ends; None if it has none."""
    for found in _NUMBERS.finditer(text):
        numbers = tuple(map(int, re.findall(r"\d+", found[1])))
        steps = {after - before for before, after in pairwise(numbers)}
        if len(steps) != 1 or min(steps) < 1 or len(numbers) > 21 or max(numbers) > 100:
            continue
        before, after = _CIRCLE.sub(" ", text[: found.start()]).strip(), text[found.end() :].strip(" \t.")
        asked, _, left = before.rpartition(":") if ":" in before else before.rpartition("\t")
        if not asked and not after:
            asked, left = before, ""
        circled = _CIRCLE.search(text)
        asked = " ".join(filter(None, (asked.strip(), circled[0].strip(": ") if circled else "")))
        return TypedPart("numbers", asked, numbers=numbers, left=_end(left), right=_end(after))
    return None


def _end(text: str) -> str:
    return text.strip(" \t.:=-–—()[]*")


def _pieces(text: str) -> Iterator[str]:
    """Sentences, and lines of their own; what is counted in a blank, ``____ PM/AM``, stays with it."""
    for line in text.split("\n"):
        found: list[str] = []
        for piece in filter(None, map(str.strip, _SENTENCES.split(line))):
            if found and has_blank(found[-1]) and _UNIT.fullmatch(piece):
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
        yield from found


def _parts(sentence: str) -> Iterator[TypedPart]:
    if is_blank(sentence):
        yield TypedPart("lines", "", is_date=bool(_IS_DATE.search(sentence)))
    elif has_blank(sentence):
        yield from labels_in(sentence) or [TypedPart("gaps", sentence)]
    elif (numbers := numbers_in(sentence)) is not None and _CIRCLE.search(sentence):
        yield numbers
    else:
        yield TypedPart("words", sentence)


def labels_in(text: str) -> list[TypedPart]:
    """The labels of a text that is labels and blanks in turn, such as ``Name: ____ Date: ____``; empty if it is not."""
    pieces = BLANK.split(text)
    blanks = BLANK.findall(text)
    *labels, rest = (_COUNTED.sub("", piece.strip(" \t")).strip(" \t*.") for piece in pieces)
    if rest or not all(_is_label(label, alone=len(labels) == 1) for label in labels):
        return []
    return [
        TypedPart("label", label.rstrip(": "), is_date=bool(_IS_DATE.search(blank) or _DATE_WORDS.search(label)))
        for label, blank in zip(labels, blanks, strict=True)
    ]


def _is_label(label: str, *, alone: bool) -> bool:
    if not re.search(r"\w", label) or len(label) > MAX_LABEL:
        return False
    words = label.split()
    if label.endswith((":", "?")):
        return len(words) <= MAX_LABEL_WORDS or alone
    return len(words) <= 4 and not _OPEN.match(label) and not _UNFINISHED.search(label)


def gaps_in(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A sentence with gaps as a frame, ``I feel {blank-1}.``, and for each gap its label and its size."""
    slots: list[tuple[str, str]] = []
    parts, at = [], 0
    text = text.replace("{", "(").replace("}", ")")
    for found in BLANK.finditer(text):
        before = text[at : found.start()]
        hint = re.match(r"\s*\(([^)_]{2,60})\)", text[found.end() :])
        label = hint[1] if hint else _words_before(before)
        slots.append((label or f"{len(slots) + 1}", "long" if len(found[0]) >= 14 else "short"))
        parts.append(f"{before}{{blank-{len(slots)}}}")
        at = found.end() + (hint.end() if hint else 0)
    return "".join(parts) + text[at:], slots


def _words_before(text: str) -> str:
    words = re.sub(r"[*\\]", "", text).split()
    last = [word for word in words[-3:] if re.search(r"\w", word)]
    return " ".join(last).strip(" ,;:.(")
