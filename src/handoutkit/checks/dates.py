"""What is too old: handouts past their review, crisis resources nobody has verified for long."""

from __future__ import annotations

from datetime import date, timedelta

from handoutkit.errors import Problem
from handoutkit.loading.load import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.practice import Practice

CRISIS_DAYS = timedelta(days=180)
"""How long a verified crisis resource may be printed."""


def review_of(handout: Loaded[Handout], today: date) -> list[Problem]:
    """A warning if the handout's review is overdue."""
    due = review_due(handout.model)
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
    # A day that the month does not have becomes the last that every month has.
    return date(handout.reviewed_on.year + years, month + 1, min(handout.reviewed_on.day, 28))


def crisis_resources_of(practice: Loaded[Practice], today: date) -> list[Problem]:
    """An error for each crisis resource verified too long ago; examples, printed as such, may age."""
    problems = []
    for number, resource in enumerate(practice.model.crisis_resources):
        if not resource.example and today - resource.verified_on > CRISIS_DAYS:
            message = f"{resource.name} was last verified more than {CRISIS_DAYS.days} days ago"
            hint = f"check it at {resource.source}, and set `verified_on` to the day you did"
            at = ("crisis_resources", number, "verified_on")
            problems.append(practice.source.problem("crisis-stale", message, hint, at=at))
    return problems
