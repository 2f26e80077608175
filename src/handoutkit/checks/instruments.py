"""The items of PEMAT-P and of the Clear Communication Index, in our own words, and the rules that speak to each."""

from __future__ import annotations

from handoutkit.models.figure import Figure
from handoutkit.models.response import Exercise

from .actions import forms
from .communication import explains
from .organisation import has_numbers, is_very_short, tables
from .safety import speaks_of_crisis
from .score_card import Item
from .wording import Copy


def _long_enough(copy: Copy) -> bool:
    return not is_very_short(copy)


def _has_figure(copy: Copy) -> bool:
    return bool(copy.of(Figure))


def _has_picture(copy: Copy) -> bool:
    return any(figure.kind == "image" for _, figure in copy.of(Figure))


def _has_table(copy: Copy) -> bool:
    return bool(tables(copy))


def _has_form(copy: Copy) -> bool:
    return bool(forms(copy))


def _has_exercise(copy: Copy) -> bool:
    return bool(copy.of(Exercise))


def _never(_copy: Copy) -> bool:
    return False


UNDERSTANDABILITY = (
    Item(1, "its purpose is evident", ("purpose-unclear",)),
    Item(2, "nothing in it distracts from its purpose", person=True),
    Item(3, "its language is everyday language", ("word-hard", "reading-grade-high", "reading-grade-too-high")),
    Item(4, "terms are explained", ("term-undefined",)),
    Item(5, "the voice is active", ("voice-passive",)),
    Item(6, "numbers are clear", ("number-hard",), applies=has_numbers),
    Item(7, "nothing has to be calculated", ("sum-to-do",)),
    Item(8, "it comes in short sections", ("chunk-long", "paragraph-long"), applies=_long_enough),
    Item(9, "sections have headings that inform", ("headings-missing", "heading-vague"), applies=_long_enough),
    Item(10, "it follows a logical order", person=True),
    Item(11, "it has a summary", applies=_long_enough),
    Item(12, "visual cues point to what matters"),
    Item(15, "there are visual aids wherever they would help", person=True),
    Item(16, "visual aids support the words", person=True, applies=_has_figure),
    Item(17, "visual aids have titles or captions", ("figure-uncaptioned",), applies=_has_figure),
    Item(18, "pictures are clear and uncluttered", person=True, applies=_has_picture),
    Item(19, "tables are simple, with short headers", ("table-header-long",), applies=_has_table),
)
"""PEMAT-P, domain 1. Items 13 and 14 are about sound and moving pictures; items 11 and 12 are met by the key message
in its frame at the top, which every handout has."""

ACTIONABILITY = (
    Item(20, "it names at least one thing to do", ("action-missing",)),
    Item(21, "it speaks to the reader", ("reader-not-addressed", "action-missing")),
    Item(22, "what to do is broken into steps", ("step-long", "action-missing")),
    Item(23, "it brings a tool to use", ("tool-missing",)),
    Item(24, "calculations are explained", person=True, applies=_never),
    Item(25, "it explains how to use its tables and figures", ("form-unexplained",), applies=_has_form),
    Item(26, "visual aids help to act", person=True),
)
"""PEMAT-P, domain 2. Item 24 falls away: a handout in which the reader calculates fails item 7."""

INDEX = (
    Item(1, "there is one main message", ("main-message-long",)),
    Item(2, "it stands at the top"),
    Item(3, "it is set off from the rest"),
    Item(4, "a visual carries or supports it", ("visual-missing",)),
    Item(5, "there is a call to action", ("action-missing",)),
    Item(6, "main message and call to action are in the active voice", ("main-message-passive",)),
    Item(7, "it uses the reader's words", ("word-hard", "term-undefined")),
    Item(8, "it uses lists, none of them too long", ("list-missing",)),
    Item(9, "it comes in chunks with headings", ("headings-missing", "chunk-long")),
    Item(10, "what matters most stands in the first section"),
    Item(11, "it says what is known, and what is not", ("limits-unsaid", "claim-unsourced"), applies=explains),
    Item(12, "it recommends something to do", applies=_has_exercise),
    Item(13, "it says why", applies=_has_exercise),
    Item(14, "it says how, when and how often", applies=_has_exercise),
    Item(15, "its numbers are ones the reader uses", ("number-hard",), applies=has_numbers),
    Item(16, "it says what numbers mean", person=True, applies=has_numbers),
    Item(17, "nothing has to be calculated", ("sum-to-do",), applies=has_numbers),
    Item(18, "it says what the risk is", person=True, applies=speaks_of_crisis),
    Item(19, "it names risks and benefits of what it recommends", person=True, applies=speaks_of_crisis),
    Item(
        20,
        "probabilities are in words too",
        ("number-hard",),
        applies=lambda copy: speaks_of_crisis(copy) and has_numbers(copy),
    ),
)
"""The CDC Clear Communication Index. Items 1 to 3 and 10 are met by the key message, which is one and stands first in a
frame; item 11 is asked of what explains something;
12 to 14 are met by the fields of an ``exercise`` (purpose, steps, when, how often), all of which must be filled in."""
