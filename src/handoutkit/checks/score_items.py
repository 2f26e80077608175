"""The items of PEMAT-P and of the Clear Communication Index, in our own words, with the rules that decide each."""

from __future__ import annotations

from collections.abc import Callable

from handoutkit.checks.rules.actions import forms
from handoutkit.checks.rules.evidence import states_finding
from handoutkit.checks.rules.organisation import is_very_short, tables
from handoutkit.checks.rules.quantities import has_numbers, numbers_in_words, numbers_to_explain
from handoutkit.checks.rules.safety import speaks_of_crisis, warns_of_worse
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.models.blocks.block import Block
from handoutkit.models.blocks.figure import Figure
from handoutkit.models.blocks.prompts import Exercise

from .score_card import ScoreItem, always, never


def _long_enough(copy: ReaderCopy) -> bool:
    return not is_very_short(copy)


def _has(kind: type[Block]) -> Callable[[ReaderCopy], bool]:
    """Whether the handout has a block of this type."""
    return lambda copy: bool(copy.of(kind))


def _has_table(copy: ReaderCopy) -> bool:
    return bool(tables(copy))


def _has_form(copy: ReaderCopy) -> bool:
    return bool(forms(copy)) or any(exercise.log for _, exercise in copy.of(Exercise))


def _has_risk(copy: ReaderCopy) -> bool:
    return speaks_of_crisis(copy) or warns_of_worse(copy)


UNDERSTANDABILITY = (
    ScoreItem(1, "its purpose is evident", ("purpose-unclear",)),
    ScoreItem(2, "nothing in it distracts from its purpose", person=always),
    ScoreItem(3, "its language is everyday language", ("word-hard", "reading-grade-high", "reading-grade-too-high")),
    ScoreItem(4, "terms are explained", ("term-undefined",)),
    ScoreItem(5, "the voice is active", ("voice-passive",)),
    ScoreItem(6, "numbers are clear", ("number-hard", "scale-ends-unsaid"), applies=has_numbers),
    ScoreItem(7, "nothing has to be calculated", ("sum-to-do",)),
    ScoreItem(8, "it comes in short sections", ("chunk-long", "paragraph-long"), applies=_long_enough),
    ScoreItem(9, "sections have headings that inform", ("headings-missing", "heading-vague"), applies=_long_enough),
    ScoreItem(10, "it follows a logical order", person=always),
    ScoreItem(11, "it has a summary", applies=_long_enough),
    ScoreItem(12, "visual cues point to what matters"),
    ScoreItem(15, "there are visual aids wherever they would help", person=always),
    ScoreItem(16, "visual aids support the words", person=always, applies=_has(Figure)),
    ScoreItem(17, "visual aids have titles or captions", ("figure-uncaptioned",), applies=_has(Figure)),
    ScoreItem(18, "pictures are clear and uncluttered", person=always, applies=_has(Figure)),
    ScoreItem(19, "tables are simple, with short headers", ("table-header-long",), applies=_has_table),
)
"""PEMAT-P, domain 1. Items 13 and 14 are about sound and moving pictures; items 11 and 12 are met by the key message
in its frame at the top, which every handout has."""

ACTIONABILITY = (
    ScoreItem(20, "it names at least one thing to do", ("action-missing",)),
    ScoreItem(21, "it speaks to the reader", ("reader-not-addressed", "action-missing")),
    ScoreItem(22, "what to do is broken into steps", ("step-long", "action-missing")),
    ScoreItem(23, "it brings a tool to use", ("tool-missing",)),
    ScoreItem(24, "calculations are explained", person=always, applies=never),
    ScoreItem(25, "it explains how to use its tables and figures", ("form-unexplained",), applies=_has_form),
    ScoreItem(26, "visual aids help to act", person=always),
)
"""PEMAT-P, domain 2. Item 24 falls away: a handout in which the reader calculates fails item 7."""

INDEX = (
    ScoreItem(1, "there is one main message", ("main-message-long",)),
    ScoreItem(2, "it stands at the top"),
    ScoreItem(3, "it is set off from the rest"),
    ScoreItem(4, "a visual carries or supports it", ("visual-missing",)),
    ScoreItem(5, "there is a call to action", ("action-missing",)),
    ScoreItem(6, "main message and call to action are in the active voice", ("main-message-passive",)),
    ScoreItem(7, "it uses the reader's words", ("word-hard", "term-undefined")),
    ScoreItem(8, "it uses lists, none of them too long", ("list-missing",)),
    ScoreItem(9, "it comes in chunks with headings", ("headings-missing", "chunk-long")),
    ScoreItem(10, "what matters most stands in the first section"),
    ScoreItem(
        11, "it says what is known, and what is not", ("limits-unsaid", "claim-unsourced"), applies=states_finding
    ),
    ScoreItem(12, "it recommends something to do", applies=_has(Exercise)),
    ScoreItem(13, "it says why", applies=_has(Exercise)),
    ScoreItem(14, "it says how, when and how often", applies=_has(Exercise)),
    ScoreItem(15, "its numbers are ones the reader uses", ("number-hard",), applies=has_numbers),
    ScoreItem(16, "it says what numbers mean", ("scale-ends-unsaid",), person=numbers_to_explain, applies=has_numbers),
    ScoreItem(17, "nothing has to be calculated", ("sum-to-do",), applies=has_numbers),
    ScoreItem(18, "it says what the risk is", person=always, applies=speaks_of_crisis),
    ScoreItem(19, "it names risks and benefits of what it recommends", person=always, applies=_has_risk),
    ScoreItem(
        20,
        "probabilities are in words too",
        ("number-hard",),
        applies=lambda copy: speaks_of_crisis(copy) and bool(numbers_in_words(copy)),
    ),
)
"""The CDC Clear Communication Index. Items 1 to 3 and 10 are met by the key message, which is one and stands first in a
frame; item 11 is asked where a finding is stated, since nothing else has been studied;
12 to 14 are met by the fields of an ``exercise`` (purpose, steps, when, how often), all of which must be filled in.
Item 16 is left to a person where a number is more than a step on a scale, unless a scale lacks its ends. Item 19 is
asked of what speaks of a crisis, and where a caution says that a change can make things worse."""
