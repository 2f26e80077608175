"""Findings that a file sets aside with a reason (its `suppress`), and what then still counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from handoutkit.checks.rule import Finding, Rule
from handoutkit.checks.rules.all_rules import RULES, SUPPRESSION_IDLE
from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.loading.load_file import Loaded
from handoutkit.models.base import Suppression

Found = tuple[Rule, Finding]


@dataclass(frozen=True)
class AfterSuppression:
    """What is left of the findings of a file.

    Attributes:
        problems: those to show, those with ``suppress`` itself included.
        against: codes that count against a score. A doubt that someone has answered with a reason does not; a
            fact does, whatever the reason.
    """

    problems: list[Problem]
    against: frozenset[str]


def suppress(
    loaded: Loaded[Any], found: Sequence[Found], places: Mapping[str, Address], *, idle: bool = True
) -> AfterSuppression:
    """Turn findings into problems, without those that the file sets aside.

    Args:
        places: addresses of what ``at`` can name, by id.
        idle: whether an entry that sets nothing aside is a problem.
    """
    entries: tuple[Suppression, ...] = loaded.model.suppress
    wrong = list(_wrong_entries(loaded, entries, places))
    problems = wrong.copy()
    used: set[int] = set()
    against = set()
    for rule, finding in found:
        by = [n for n, entry in enumerate(entries) if _covers(entry, rule, finding, places)]
        used.update(by)
        if not by:
            problems.append(rule.problem(loaded.source, finding))
        if not by or rule.decides == "fact":
            against.add(rule.code)
    # Where an entry is wrong, it is not known what it was to set aside.
    if idle and not wrong:
        message = "`{}` finds nothing here"
        problems += [
            SUPPRESSION_IDLE.problem(loaded.source, Finding(("suppress", n), message.format(entry.rule)))
            for n, entry in enumerate(entries)
            if n not in used
        ]
    return AfterSuppression(problems, frozenset(against))


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
