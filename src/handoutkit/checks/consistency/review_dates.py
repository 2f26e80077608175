"""Dates that have passed: reviews of handouts that are overdue, crisis resources verified too long ago."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from handoutkit.checks.rule import EVIDENCE, SAFETY, Finding, Rule
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

CRISIS_DAYS = timedelta(days=180)
"""How long a verified crisis resource may be printed."""
_FUTURE = "this day is still to come"
CRISIS_STALE = Rule(
    "crisis-stale",
    SAFETY,
    f"Each crisis resource was verified in the last {CRISIS_DAYS.days} days; one marked as an example may age.",
    "check it at its source, and set `verified_on` to the day you did",
    severity="error",
    suppressible=False,
)
REVIEW_OVERDUE = Rule(
    "review-overdue",
    EVIDENCE,
    "A handout is reviewed as often as it says.",
    "read it against its sources, mend it, and set `reviewed_on` to that day",
    suppressible=False,
)
IN_THE_FUTURE = Rule(
    "in-the-future",
    EVIDENCE,
    "No review and no verification is dated in the future.",
    "write the day on which it was done",
    severity="error",
    suppressible=False,
)


def review_problems(handout: Loaded[Handout], today: date) -> list[Problem]:
    """A warning if the handout's review is overdue; an error if it is dated after today."""
    at, due = ("reviewed_on",), review_due(handout.model)
    if handout.model.reviewed_on > today:
        return [IN_THE_FUTURE.problem(handout.source, Finding(at, _FUTURE))]
    if (read_on := handout.model.clinically_reviewed_on) and read_on > today:
        return [IN_THE_FUTURE.problem(handout.source, Finding(("clinically_reviewed_on",), _FUTURE))]
    message = f"this handout was to be reviewed by {due.isoformat()}"
    return [REVIEW_OVERDUE.problem(handout.source, Finding(at, message))] if due < today else []


def review_due(handout: Handout) -> date:
    """The last day on which the handout counts as reviewed."""
    number, unit = handout.review_every.split()
    months = int(number) * (12 if unit.startswith("year") else 1)
    years, month = divmod(handout.reviewed_on.month - 1 + months, 12)
    year = handout.reviewed_on.year + years
    return date(year, month + 1, min(handout.reviewed_on.day, monthrange(year, month + 1)[1]))


def crisis_resource_problems(practice: Loaded[Practice], today: date) -> list[Problem]:
    """An error for each crisis resource verified too long ago or after today; examples, printed as such, may be old."""
    problems = []
    for number, resource in enumerate(practice.model.crisis_resources):
        at: Address = ("crisis_resources", number, "verified_on")
        if resource.example:
            continue
        if resource.verified_on > today:
            problems.append(IN_THE_FUTURE.problem(practice.source, Finding(at, _FUTURE)))
        elif today - resource.verified_on > CRISIS_DAYS:
            message = f"{resource.name} was last verified more than {CRISIS_DAYS.days} days ago"
            hint = f"check it at {resource.source}, and set `verified_on` to the day you did"
            problems.append(CRISIS_STALE.problem(practice.source, Finding(at, message, hint=hint)))
    return problems
