"""What a file sets aside with a reason, and what then still stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from handoutkit.checks.rules.all_rules import RULES, SUPPRESSION_IDLE
from handoutkit.checks.rules.rule import Finding, Rule
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.base import Suppression

Found = tuple[Rule, Finding]


@dataclass(frozen=True)
class Standing:
    """What stands after suppression.

    Attributes:
        problems: those to show, those with ``suppress`` itself included.
        against: codes that count against a score. A doubt that someone has answered with a reason does not; a
            fact does, whatever the reason.
    """

    problems: list[Problem]
    against: frozenset[str]


def standing(
    loaded: Loaded[Any], found: Sequence[Found], places: Mapping[str, Address], *, idle: bool = True
) -> Standing:
    """Findings as problems, without those that the file sets aside.

    Args:
        places: addresses of what ``at`` can name, by id.
        idle: whether an entry that sets nothing aside is a problem.
    """
    entries: tuple[Suppression, ...] = loaded.model.suppress
    problems = list(_wrong_entries(loaded, entries, places))
    used: set[int] = set()
    against = set()
    for rule, finding in found:
        by = [n for n, entry in enumerate(entries) if _covers(entry, rule, finding, places)]
        used.update(by)
        if not by:
            problems.append(problem_of(loaded, rule, finding))
        if not by or rule.decides == "fact":
            against.add(rule.code)
    if idle and not problems_in_entries(problems):
        problems += [
            problem_of(loaded, SUPPRESSION_IDLE, Finding(("suppress", n), f"`{entry.rule}` finds nothing here"))
            for n, entry in enumerate(entries)
            if n not in used
        ]
    return Standing(problems, frozenset(against))


def problem_of(loaded: Loaded[Any], rule: Rule, finding: Finding) -> Problem:
    """A finding as a problem of its file."""
    return loaded.source.problem(
        rule.code,
        finding.message,
        finding.hint or rule.hint,
        at=finding.at,
        found=finding.found,
        severity=rule.severity,
    )


def problems_in_entries(problems: Sequence[Problem]) -> bool:
    """Whether an entry of ``suppress`` is wrong, so that what it was to set aside is not known."""
    return any(problem.code in ("no-such-rule", "cannot-suppress", "no-such-block") for problem in problems)


def _covers(entry: Suppression, rule: Rule, finding: Finding, places: Mapping[str, Address]) -> bool:
    if entry.rule != rule.code or not rule.suppressible:
        return False
    if entry.at is None:
        return True
    place = places.get(entry.at)
    return place is not None and finding.at[: len(place)] == place


def _wrong_entries(
    loaded: Loaded[Any], entries: Sequence[Suppression], places: Mapping[str, Address]
) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        at: Address = ("suppress", number)
        rule = RULES.get(entry.rule)
        if rule is None:
            close = get_close_matches(entry.rule, RULES, n=1)
            hint = f"did you mean `{close[0]}`?" if close else "docs/rules.md lists them"
            message = f"there is no rule with the code `{entry.rule}`"
            yield loaded.source.problem("no-such-rule", message, hint, at=(*at, "rule"))
        elif not rule.suppressible:
            message = f"`{entry.rule}` cannot be set aside"
            yield loaded.source.problem("cannot-suppress", message, "mend what it names", at=(*at, "rule"))
        if entry.at is not None and entry.at not in places:
            close = get_close_matches(entry.at, places, n=1)
            hint = f"did you mean `{close[0]}`?" if close else "name one that has this `id`, or leave `at` out"
            message = f"there is nothing with the id `{entry.at}` here"
            yield loaded.source.problem("no-such-block", message, hint, at=(*at, "at"))
