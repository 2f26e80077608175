"""What is too old: handouts past their review, crisis resources nobody has verified for long."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from handoutkit.checks.rules.rule import EVIDENCE, SAFETY, Rule
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
    "error",
    SAFETY,
    "fact",
    f"Each crisis resource was verified in the last {CRISIS_DAYS.days} days; one marked as an example may age.",
    "check it at its source, and set `verified_on` to the day you did",
    suppressible=False,
)
REVIEW_OVERDUE = Rule(
    "review-overdue",
    "warning",
    EVIDENCE,
    "fact",
    "A handout is reviewed as often as it says.",
    "read it against its sources, mend it, and set `reviewed_on` to that day",
    suppressible=False,
)
IN_THE_FUTURE = Rule(
    "in-the-future",
    "error",
    EVIDENCE,
    "fact",
    "No review and no verification is dated in the future.",
    "write the day on which it was done",
    suppressible=False,
)


def review_of(handout: Loaded[Handout], today: date) -> list[Problem]:
    """A warning if the handout's review is overdue; an error if it is still to come."""
    due = review_due(handout.model)
    if handout.model.reviewed_on > today:
        return [handout.source.problem(IN_THE_FUTURE.code, _FUTURE, IN_THE_FUTURE.hint, at=("reviewed_on",))]
    if today <= due:
        return []
    message = f"this handout was to be reviewed by {due.isoformat()}"
    rule = REVIEW_OVERDUE
    return [handout.source.problem(rule.code, message, rule.hint, at=("reviewed_on",), severity=rule.severity)]


def review_due(handout: Handout) -> date:
    """The last day on which the handout counts as reviewed."""
    number, unit = handout.review_every.split()
    months = int(number) * (12 if unit.startswith("year") else 1)
    years, month = divmod(handout.reviewed_on.month - 1 + months, 12)
    year = handout.reviewed_on.year + years
    return date(year, month + 1, min(handout.reviewed_on.day, monthrange(year, month + 1)[1]))


def crisis_resources_of(practice: Loaded[Practice], today: date) -> list[Problem]:
    """An error for each crisis resource verified too long ago; examples, printed as such, may age."""
    problems = []
    for number, resource in enumerate(practice.model.crisis_resources):
        if resource.verified_on > today and not resource.example:
            at: Address = ("crisis_resources", number, "verified_on")
            problems.append(practice.source.problem(IN_THE_FUTURE.code, _FUTURE, IN_THE_FUTURE.hint, at=at))
        elif not resource.example and today - resource.verified_on > CRISIS_DAYS:
            message = f"{resource.name} was last verified more than {CRISIS_DAYS.days} days ago"
            hint = f"check it at {resource.source}, and set `verified_on` to the day you did"
            at = ("crisis_resources", number, "verified_on")
            problems.append(practice.source.problem(CRISIS_STALE.code, message, hint, at=at))
    return problems
