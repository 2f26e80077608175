"""All rules, gathered from the modules beside this one, by what they look at and by their codes."""

from __future__ import annotations

from collections.abc import Mapping

from handoutkit.checks.consistency.practice_fit import RULES as WHAT_FITS_A_PRACTICE
from handoutkit.checks.consistency.review_dates import CRISIS_STALE, IN_THE_FUTURE, REVIEW_OVERDUE
from handoutkit.checks.rule import INDEX, OWN, PEMAT, Check, Rule, Standard
from handoutkit.checks.score_card import PASS
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.models.handout import Handout

from . import (
    accessibility,
    actions,
    communication,
    cultural_notes,
    evidence,
    harm,
    organisation,
    plain_language,
    quantities,
    safety,
    sheet_length,
    word_choice,
)

WORDING: tuple[Check[ReaderText], ...] = (
    *plain_language.CHECKS,
    *word_choice.CHECKS,
    *quantities.CHECKS,
    *accessibility.CHECKS,
    *safety.CHECKS,
    *harm.CHECKS,
    *cultural_notes.CHECKS,
)
"""Rules for words, of a handout or of a framing."""

HANDOUT: tuple[Check[Handout], ...] = (*safety.HANDOUT_CHECKS, *evidence.HANDOUT_CHECKS)
"""Rules that stop a build of a handout, as well."""

COPY: tuple[Check[ReaderCopy], ...] = (
    *communication.COPY_CHECKS,
    *actions.COPY_CHECKS,
    *organisation.COPY_CHECKS,
    *quantities.COPY_CHECKS,
    *word_choice.COPY_CHECKS,
    *accessibility.COPY_CHECKS,
    *safety.COPY_CHECKS,
    *harm.COPY_CHECKS,
    *evidence.COPY_CHECKS,
)
"""Rules for a handout."""


def _low(code: str, standard: Standard, score: str) -> Rule:
    hint = "the score card names the items that do not hold; each has its own problem in this list"
    return Rule(code, standard, f"{score} is {PASS} or more.", hint, suppressible=False)


LOW_SCORES: Mapping[str, Rule] = {
    "understandability": _low("understandability-low", PEMAT, "PEMAT-P understandability"),
    "actionability": _low("actionability-low", PEMAT, "PEMAT-P actionability"),
    "clear_communication": _low("index-low", INDEX, "The Clear Communication Index"),
}
"""The rule that each score is held to, by the name of the score."""
SUPPRESSION_IDLE = Rule(
    "suppression-idle",
    OWN,
    "Each entry of `suppress` sets something aside.",
    "take the entry out: what it set aside is mended",
    suppressible=False,
)
LANGUAGE_ASIDE = Rule(
    "language-aside",
    OWN,
    "Rules that read English step aside in other languages, and say so.",
    "have someone who reads this language judge what the score card leaves to a person",
    severity="notice",
    suppressible=False,
)
RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        *(check.rule for check in WORDING),
        *(check.rule for check in COPY),
        *(check.rule for check in HANDOUT),
        *(check.rule for check in cultural_notes.FRAMING_CHECKS),
        *(check.rule for check in safety.PRACTICE_CHECKS),
        *(*WHAT_FITS_A_PRACTICE, CRISIS_STALE, REVIEW_OVERDUE, IN_THE_FUTURE),
        sheet_length.LONGER_THAN_A_SHEET,
        *(*LOW_SCORES.values(), SUPPRESSION_IDLE, LANGUAGE_ASIDE),
    )
}
