"""Rules on actions: something to do, a tool to do it with, and a word on how (PEMAT-P, actionability)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import PEMAT, Finding
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.checks.text.sentences import sentences_in, words_in
from handoutkit.files.source_file import Address
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.frames_and_cards import Agreement, CardSet
from handoutkit.models.blocks.lists_and_questions import ListBlock
from handoutkit.models.blocks.prompts import Exercise
from handoutkit.models.blocks.reading_blocks import ProseBlock
from handoutkit.models.blocks.scales import Continuum
from handoutkit.models.blocks.tables import CellGrid, RecordTable, ScheduleGrid

STEP_SENTENCES = 4
_HOW = re.compile(
    r"\b(?:write|mark|tick|check off|draw|colou?r|circle|rate|put|fill|note|list|number|numbers|sort|choose)\b",
    re.IGNORECASE,
)
Form = RecordTable | ScheduleGrid | CellGrid | Figure | Continuum
"""What someone has to be told how to use; a figure is one also where nothing is written in it."""


@PEMAT.rule(
    "action-missing",
    "There is at least one thing to do: an exercise, steps, something to fill in.",
    "add an `exercise` with one small thing to try, or a `prompt` to think about",
)
def no_action(copy: ReaderCopy) -> Iterator[Finding]:
    """A handout to read only."""
    if not (has_tool(copy) or copy.of(Exercise) or _steps(copy)):
        yield Finding(("blocks",), "there is nothing to do in this handout")


@PEMAT.rule(
    "step-long",
    f"Each step of an exercise is one small thing, in at most {STEP_SENTENCES} sentences.",
    "make two steps of it",
    english=True,
)
def long_steps(copy: ReaderCopy) -> Iterator[Finding]:
    """Steps that are several."""
    for passage in copy.wording.running:
        sentences = list(sentences_in([passage]))
        if passage.field == "steps" and len(sentences) > STEP_SENTENCES:
            yield Finding(passage.at, f"this step has {len(sentences)} sentences", sentences[0].start)


@PEMAT.rule(
    "tool-missing",
    "There is something to use: a place to write, a checklist, a card.",
    "add a `prompt`, a `list` of the style `checklist`, or a `log` to the exercise",
)
def no_tool(copy: ReaderCopy) -> Iterator[Finding]:
    """Nothing to write in, tick or carry along."""
    if not has_tool(copy):
        yield Finding(("blocks",), "there is nothing to use in this handout")


def has_tool(copy: ReaderCopy) -> bool:
    """Whether there is something to use."""
    return any(block.places or isinstance(block, CardSet | Agreement) for _, block in copy.blocks)


def forms(copy: ReaderCopy) -> list[tuple[Address, Form]]:
    """Tables that a client fills in, and figures."""
    return [
        (at, block)
        for at, block in copy.blocks
        if isinstance(block, Form) and (block.places or isinstance(block, Figure))
    ]


@PEMAT.rule(
    "form-unexplained",
    "Every figure, and every table to fill in, says how to use it: with a note, helpers, an example, a key or a "
    "caption, or in words before it.",
    "add a `reading_note` that says what goes where, a helper, an `example` row, or a `caption`",
    decides="doubt",
    english=True,
)
def unexplained_forms(copy: ReaderCopy) -> Iterator[Finding]:
    """Forms without a word on how to use them, neither in them nor in prose or steps before them."""
    explained = [passage.at for passage in copy.wording.running if _HOW.search(passage.words)]
    guides = [at for at, block in copy.blocks if isinstance(block, ProseBlock | ListBlock)]
    first = min((at for at in guides if any(where[:2] == at for where in explained)), default=None)
    for at, form in forms(copy):
        led_in = first is not None and first < at
        if not (led_in or form.reading_note or _explains(form)):
            yield Finding(at, f"nothing says how to {'fill this in' if form.places else 'read this'}")


def _explains(form: Form) -> bool:
    match form:
        case RecordTable():
            return bool(form.example) or any(column.helper for column in form.columns)
        case ScheduleGrid():
            return bool(form.key)
        case CellGrid():
            return any(cell.helper or len(words_in(cell.label)) > 3 for row in form.rows for cell in row)
        case Figure():
            return bool(form.caption) or any(region.text for region in form.regions)
    return True


def _steps(copy: ReaderCopy) -> list[ListBlock]:
    return [block for _, block in copy.of(ListBlock) if block.style in ("steps", "checklist", "number")]


COPY_CHECKS = (no_action, long_steps, no_tool, unexplained_forms)
