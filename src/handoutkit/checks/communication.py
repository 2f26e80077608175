"""Is it clear what this is for, what matters in it, and what to do? From PEMAT-P and the Clear Communication Index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.loading.source import Address
from handoutkit.models.figure import Figure
from handoutkit.models.frames import Agreement, CardSet
from handoutkit.models.places import places_in
from handoutkit.models.reading import Concept, Contrast, ListBlock, ProseBlock, Qa
from handoutkit.models.response import Exercise
from handoutkit.models.scales import Continuum
from handoutkit.models.tables import CellGrid, RecordTable, ScheduleGrid

from .plain_language import is_passive
from .rules import INDEX, PEMAT, Check, Finding, Rule
from .sentences import sentences_in, words_in
from .wording import Copy

MESSAGE_SENTENCES, MESSAGE_WORDS, STEP_SENTENCES = 3, 35, 4
_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)(?:['’]\w+)?\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:I|me|my|mine|we|our|us)(?:['’]\w+)?\b")
_HOW = re.compile(
    r"\b(?:write|mark|tick|check off|draw|colou?r|circle|rate|put|fill|note|list|number|numbers|sort|choose)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:may|might|maybe|perhaps|sometimes|often|tends? to|depends?|differs?|different for|not everyone|no one knows|"
    r"nobody knows|not known|do(?:es)?(?: not|n['’]t) (?:know|always)|not always|"
    r"(?:(?:will|can|do|does)(?: not|n['’]t)|won['’]t) (?:fix|work|help|fit)|some days|some (?:people|"
    r"of us)|many people|"
    r"most (?:people|of us)|everyone is different|"
    r"no (?:one|single|right|wrong) (?:right )?(?:way|answer|mix|rule|number))\b",
    re.IGNORECASE,
)

Form = RecordTable | ScheduleGrid | CellGrid | Figure | Continuum

PURPOSE_UNCLEAR = Rule(
    "purpose-unclear",
    "warning",
    PEMAT,
    "doubt",
    "`purpose` says what the reader gets out of it.",
    "begin with what it does for them: `This page helps you ...`",
    english=True,
)
MESSAGE_LONG = Rule(
    "main-message-long",
    "warning",
    INDEX,
    "fact",
    f"`key_message` is one thing to remember: at most {MESSAGE_SENTENCES} short sentences, {MESSAGE_WORDS} words.",
    "keep the one thing that must stay, and move the rest into a block",
    english=True,
)
MESSAGE_PASSIVE = Rule(
    "main-message-passive",
    "warning",
    INDEX,
    "doubt",
    "The main message is in the active voice.",
    "say who does it",
    english=True,
)
VISUAL_MISSING = Rule(
    "visual-missing",
    "notice",
    INDEX,
    "fact",
    "A figure carries the main message, or supports it.",
    "a `figure` block draws rings, a cycle, a flow and more; leave it out where a picture would not help",
)
ACTION_MISSING = Rule(
    "action-missing",
    "warning",
    PEMAT,
    "fact",
    "There is at least one thing to do: an exercise, steps, something to fill in.",
    "add an `exercise` with one small thing to try, or a `prompt` to think about",
)
READER_NOT_ADDRESSED = Rule(
    "reader-not-addressed",
    "warning",
    PEMAT,
    "fact",
    'The reader is spoken to as "you", or speaks as "I" in a tool of their own.',
    'write "you", not "clients", "one" or "people"',
    english=True,
)
STEP_LONG = Rule(
    "step-long",
    "warning",
    PEMAT,
    "fact",
    f"Each step of an exercise is one small thing, in at most {STEP_SENTENCES} sentences.",
    "make two steps of it",
    english=True,
)
TOOL_MISSING = Rule(
    "tool-missing",
    "warning",
    PEMAT,
    "fact",
    "There is something to use: a place to write, a checklist, a card.",
    "add a `prompt`, a `list` of the style `checklist`, or a `log` to the exercise",
)
FORM_UNEXPLAINED = Rule(
    "form-unexplained",
    "warning",
    PEMAT,
    "doubt",
    "Every table or figure to fill in says how: with a note, helpers, an example or a key, or in words before it.",
    "add a `reading_note` that says what goes where, a helper, or an `example` row",
    english=True,
)
LIST_MISSING = Rule(
    "list-missing",
    "notice",
    INDEX,
    "fact",
    "Something stands in a list: points, steps or choices.",
    "make a `list` of the sentences that name several things",
)
LIMITS_UNSAID = Rule(
    "limits-unsaid",
    "warning",
    INDEX,
    "doubt",
    "What explains something says where that comes from, and what is not known or not the same for everyone.",
    'say where it may not hold ("this differs from person to person"), and name its `sources`',
    english=True,
)


def unclear_purpose(copy: Copy) -> Iterator[Finding]:
    """A purpose in which the reader does not appear."""
    purpose = copy.handout.purpose
    if not (_YOU.search(purpose) or _OURS.search(purpose)):
        yield Finding(("purpose",), "this may not tell the reader what it does for them")


def long_message(copy: Copy) -> Iterator[Finding]:
    """A main message that is more than one thing."""
    here = [sentence for sentence in copy.wording.sentences if sentence.passage.at == ("key_message",)]
    words = sum(len(sentence.words) for sentence in here)
    if len(here) > MESSAGE_SENTENCES or words > MESSAGE_WORDS:
        message = f"the main message takes {len(here)} sentences and {words} words"
        yield Finding(("key_message",), message)


def passive_message(copy: Copy) -> Iterator[Finding]:
    """A main message in the passive voice."""
    if is_passive(copy.handout.key_message):
        yield Finding(("key_message",), "the main message does not say who does it")


def no_visual(copy: Copy) -> Iterator[Finding]:
    """A handout without a figure."""
    if not copy.of(Figure):
        yield Finding(("blocks",), "no figure carries the main message")


def no_action(copy: Copy) -> Iterator[Finding]:
    """A handout to read only."""
    if not (has_tool(copy) or copy.of(Exercise) or _steps(copy)):
        yield Finding(("blocks",), "there is nothing to do in this handout")


def reader_not_addressed(copy: Copy) -> Iterator[Finding]:
    """A handout that speaks about people and to nobody."""
    if not any(_YOU.search(each.words) or _OURS.search(each.words) for each in copy.wording.passages):
        yield Finding(("blocks",), "nobody is spoken to in this handout")


def long_steps(copy: Copy) -> Iterator[Finding]:
    """Steps that are several."""
    for sentences, passage in ((list(sentences_in([each])), each) for each in copy.wording.running):
        if passage.field == "steps" and len(sentences) > STEP_SENTENCES:
            yield Finding(passage.at, f"this step has {len(sentences)} sentences", sentences[0].start)


def no_tool(copy: Copy) -> Iterator[Finding]:
    """Nothing to write in, tick or carry along."""
    if not has_tool(copy):
        yield Finding(("blocks",), "there is nothing to use in this handout")


def has_tool(copy: Copy) -> bool:
    """Whether there is something to use."""
    return any(places_in(block) or isinstance(block, CardSet | Agreement) for _, block in copy.blocks)


def forms(copy: Copy) -> list[tuple[Address, Form]]:
    """Tables and figures that a client fills in."""
    return [(at, block) for at, block in copy.blocks if isinstance(block, Form) and places_in(block)]


def unexplained_forms(copy: Copy) -> Iterator[Finding]:
    """Forms without a word on how to use them, neither in them nor in prose or steps before them."""
    told = [passage.at for passage in copy.wording.running if _HOW.search(passage.words)]
    guides = [at for at, block in copy.blocks if isinstance(block, ProseBlock | ListBlock)]
    first = min((at for at in guides if any(where[:2] == at for where in told)), default=None)
    for at, form in forms(copy):
        led_in = first is not None and first < at
        if not (led_in or form.reading_note or _explains(form)):
            yield Finding(at, "nothing says how to fill this in")


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


def no_list(copy: Copy) -> Iterator[Finding]:
    """Prose only."""
    in_lists = {
        "items",
        "steps",
        "points",
        "options",
        "cells",
        "terms",
        "key",
        "choices",
        "columns",
        "cards",
        "pairs",
        "questions",
    }
    if not any(in_lists & set(each.at) for each in copy.wording.passages):
        yield Finding(("blocks",), "nothing in this handout stands in a list")


def unsaid_limits(copy: Copy) -> Iterator[Finding]:
    """No sources, or not a word on what is open, where something is explained."""
    if not explains(copy):
        return
    if not copy.handout.sources or not any(_LIMITS.search(each.words) for each in copy.wording.running):
        yield Finding(("blocks",), "this may sound surer than anyone is")


def explains(copy: Copy) -> bool:
    """Whether it says how something is, and does not only ask."""
    return copy.handout.kind == "psychoeducation" or bool(copy.of(Concept, Contrast, Qa))


def _steps(copy: Copy) -> list[ListBlock]:
    return [block for _, block in copy.of(ListBlock) if block.style in ("steps", "checklist", "number")]


COPY_CHECKS = (
    Check(PURPOSE_UNCLEAR, unclear_purpose),
    Check(MESSAGE_LONG, long_message),
    Check(MESSAGE_PASSIVE, passive_message),
    Check(VISUAL_MISSING, no_visual),
    Check(ACTION_MISSING, no_action),
    Check(READER_NOT_ADDRESSED, reader_not_addressed),
    Check(STEP_LONG, long_steps),
    Check(TOOL_MISSING, no_tool),
    Check(FORM_UNEXPLAINED, unexplained_forms),
    Check(LIST_MISSING, no_list),
    Check(LIMITS_UNSAID, unsaid_limits),
)
