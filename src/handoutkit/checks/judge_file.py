"""Judge one file by all rules that look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeVar

from handoutkit.checks.consistency.practice_fit import missing_for
from handoutkit.checks.rule import Check, Finding
from handoutkit.checks.rules.all_rules import COPY, HANDOUT, LANGUAGE_ASIDE, LOW_SCORES, RULES, WORDING
from handoutkit.checks.rules.safety import PRACTICE_CHECKS
from handoutkit.checks.rules.sheet_length import LONGER_THAN_A_SHEET, too_long
from handoutkit.checks.text.reader_copy import copy_of, notes_of
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.framing import Framing
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice
from handoutkit.render.worker_typesetter import SheetFacts

from .clinical_readers import reader_of
from .rules import cultural_notes
from .score_card import PASS, ScoreCard, judge
from .score_items import ACTIONABILITY, INDEX, UNDERSTANDABILITY
from .suppressed_rules import Found, suppress

C = TypeVar("C")


def judge_handout(
    handout: Loaded[Handout], audience: Literal["client", "clinician"] = "client", sheet: SheetFacts | None = None
) -> tuple[list[Problem], ScoreCard]:
    """The problems of a handout, and its score card.

    Args:
        sheet: how it comes out as a sheet, if it is to be one and was measured.
    """
    copy = copy_of(handout, audience)
    english = copy.wording.is_english
    found = [
        *_findings(HANDOUT, handout.model, english),
        *_findings(WORDING, copy.wording, english),
        *_findings(COPY, copy, english),
    ]
    if sheet:
        found += [(LONGER_THAN_A_SHEET, finding) for finding in too_long(handout.model, sheet)]
    places: dict[str, Address] = {
        block.id: ("blocks", number) for number, block in enumerate(handout.model.blocks) if block.id
    }
    left = suppress(handout, found, places)
    card = ScoreCard(
        id=handout.model.id,
        file=handout.source.name,
        language=handout.model.language,
        understandability=judge("understandability", UNDERSTANDABILITY, copy, RULES, left.against),
        actionability=judge("actionability", ACTIONABILITY, copy, RULES, left.against),
        index=judge("clear_communication", INDEX, copy, RULES, left.against),
        grade=copy.wording.grade if english else None,
        sheet=sheet,
        clinical_reader=reader_of(handout.model),
    )
    problems = [
        *left.problems,
        *_low_scores(handout, card),
        *_unread_language(handout, handout.model.language, english),
    ]
    return problems, card


def stopping_problems(handout: Loaded[Handout]) -> list[Problem]:
    """The problems of a handout for which nothing is made of it: a build has them, too."""
    return [rule.problem(handout.source, finding) for rule, finding in _findings(HANDOUT, handout.model, english=True)]


def judge_framing(framing: Loaded[Framing]) -> list[Problem]:
    """The problems of a framing, of its notes and of its changes."""
    notes = notes_of(framing)
    english = notes.is_english
    found = [*_findings(WORDING, notes, english), *_findings(cultural_notes.FRAMING_CHECKS, framing.model, english)]
    places: dict[str, Address] = {one.id: (name, number) for name, number, one in framing.model.contributions}
    left = suppress(framing, found, places)
    return [*left.problems, *_unread_language(framing, framing.model.language, english)]


def judge_practice(practice: Loaded[Practice], handouts: Sequence[Loaded[Handout]], *, complete: bool) -> list[Problem]:
    """The problems of a practice, and what it lacks for what it hands out.

    Args:
        handouts: what it would hand out.
        complete: these are all there are, so that what is set aside and not found is idle.
    """
    found = _findings((*PRACTICE_CHECKS, *cultural_notes.PRACTICE_CHECKS), practice.model, english=True)
    found += missing_for(practice.model, [copy_of(handout) for handout in handouts])
    return suppress(practice, found, {}, idle=complete).problems


def _findings(checks: Sequence[Check[C]], subject: C, english: bool) -> list[Found]:
    return [
        (check.rule, finding)
        for check in checks
        if english or not check.rule.english
        for finding in check.find(subject)
    ]


def _low_scores(handout: Loaded[Handout], card: ScoreCard) -> Iterator[Problem]:
    for score in card.scores:
        if score.percent < PASS:
            rule = LOW_SCORES[score.name]
            items = ", ".join(map(str, score.numbers("disagree")))
            message = f"this handout has {score.percent} of 100, and {PASS} are needed; against it: items {items}"
            yield rule.problem(handout.source, Finding((), message))


def _unread_language(loaded: Loaded[Handout] | Loaded[Framing], language: str, english: bool) -> Iterator[Problem]:
    if not english:
        count = sum(rule.english for rule in RULES.values())
        message = f"this is in `{language}`, and the {count} rules that read English step aside"
        yield LANGUAGE_ASIDE.problem(loaded.source, Finding(("language",), message))
