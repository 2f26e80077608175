"""Rules on a practice and what it hands out: who may give it, whom it can be sent to, and how it can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handoutkit.checks.rule import SAFETY, Finding, Rule
from handoutkit.checks.rules.safety import speaks_of_crisis
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.compose.crisis_needs import needs_of
from handoutkit.errors import Problem
from handoutkit.loading.load_file import Loaded
from handoutkit.models.blocks.prompts import Exercise
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

SERVICE = Rule(
    "service-cannot-give",
    SAFETY,
    "A handout that names `services` is given by no other: a safety plan needs a therapist.",
    "leave it to a practice that offers this, or send the client to one",
    severity="error",
    suppressible=False,
)
CRISIS_MISSING = Rule(
    "crisis-resources-missing",
    SAFETY,
    "A practice that hands out a safety plan, or anything about crisis, names its crisis resources.",
    "add `crisis_resources` to the practice, each with the day someone checked it",
)
VIOLENCE_MISSING = Rule(
    "violence-line-missing",
    SAFETY,
    "A practice whose handouts speak of fear or control names a line for it, and not the police alone.",
    "add a domestic-violence line to `crisis_resources`, with `for: [violence]` and the day someone checked it",
)
UNREACHABLE = Rule(
    "practice-unreachable",
    SAFETY,
    "A practice whose handouts have exercises can be reached: they say to stop, and to turn to it.",
    "add a phone number, an email or web address, or a page for bookings, to the practice's `contact`",
)
RULES = (SERVICE, CRISIS_MISSING, VIOLENCE_MISSING, UNREACHABLE)
_OFFERS = {
    "therapy": "therapy",
    "coaching": "coaching, and no therapy",
    "referral": "referral, and no care of its own",
    "education": "education, and no care",
}


def service_problems(handouts: Sequence[Loaded[Handout]], practice: Practice) -> list[Problem]:
    """An error for each handout that this practice may not give."""
    problems = []
    for handout in handouts:
        allowed = handout.model.services
        if allowed and practice.services not in allowed:
            message = f"`{handout.model.id}` is for {' or '.join(allowed)}; "
            message += f"{practice.display_name} offers {_OFFERS[practice.services]}"
            problems.append(SERVICE.problem(handout.source, Finding(("services",), message)))
    return problems


def missing_for(practice: Practice, copies: Sequence[ReaderCopy]) -> Iterator[tuple[Rule, Finding]]:
    """What a practice lacks for the handouts that it gives."""
    lines = practice.crisis_resources
    if not lines and (named := _named(copy for copy in copies if speaks_of_crisis(copy))):
        message = f"this practice names no crisis resources to print with {named}"
        yield CRISIS_MISSING, Finding(("crisis_resources",), message)
    if not any("violence" in line.helps_with for line in lines) and (
        named := _named(copy for copy in copies if "violence" in needs_of(copy.handout))
    ):
        yield (
            VIOLENCE_MISSING,
            Finding(("crisis_resources",), f"no line for those who are afraid, to print with {named}"),
        )
    if not practice.is_reachable and (named := _named(copy for copy in copies if copy.of(Exercise))):
        yield UNREACHABLE, Finding(("contact",), f"nothing says how to reach this practice, to print with {named}")


def _named(copies: Iterator[ReaderCopy]) -> str:
    """The first handouts by id, and how many more there are; empty if there are none."""
    ids = [copy.handout.id for copy in copies]
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
