"""What is too old: handouts past their review, crisis resources nobody has verified for long."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from handoutkit.errors import Problem
from handoutkit.loading.load import Loaded
from handoutkit.loading.source import Address
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

CRISIS_DAYS = timedelta(days=180)
"""How long a verified crisis resource may be printed."""
_FUTURE = "this day is still to come"
_FUTURE_HINT = "write the day on which it was done"


def review_of(handout: Loaded[Handout], today: date) -> list[Problem]:
    """A warning if the handout's review is overdue; an error if it is still to come."""
    due = review_due(handout.model)
    if handout.model.reviewed_on > today:
        return [handout.source.problem("in-the-future", _FUTURE, _FUTURE_HINT, at=("reviewed_on",))]
    if today <= due:
        return []
    message = f"this handout was to be reviewed by {due.isoformat()}"
    hint = "read it against its sources, mend it, and set `reviewed_on` to that day"
    return [handout.source.problem("review-overdue", message, hint, at=("reviewed_on",), severity="warning")]


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
            problems.append(practice.source.problem("in-the-future", _FUTURE, _FUTURE_HINT, at=at))
        elif not resource.example and today - resource.verified_on > CRISIS_DAYS:
            message = f"{resource.name} was last verified more than {CRISIS_DAYS.days} days ago"
            hint = f"check it at {resource.source}, and set `verified_on` to the day you did"
            at = ("crisis_resources", number, "verified_on")
            problems.append(practice.source.problem("crisis-stale", message, hint, at=at))
    return problems
