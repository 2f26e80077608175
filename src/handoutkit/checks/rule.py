"""A rule of quality: what it asks, the standard it comes from, and how far a program can decide it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from handoutkit.checks.text.passages import Passage
from handoutkit.errors import Problem, Severity
from handoutkit.files.source_file import Address, SourceFile

C = TypeVar("C")

Decides = Literal["fact", "doubt"]
"""``fact``: the program decides it. ``doubt``: it raises a doubt, and a person decides."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A body of rules that others wrote, and where it stands."""

    name: str
    source: str

    def rule(
        self,
        code: str,
        asks: str,
        hint: str,
        *,
        severity: Severity = "warning",
        decides: Decides = "fact",
        english: bool = False,
        suppressible: bool = True,
    ) -> Callable[[Callable[[C], Iterable[Finding]]], Check[C]]:
        """Make a rule of this standard from the function that finds where it does not hold; see ``Rule``."""
        rule = Rule(code, self, asks, hint, severity, decides, english, suppressible)
        return lambda find: Check(rule, find)


PEMAT = Standard(
    "PEMAT-P",
    "Shoemaker, Wolf & Brach: The Patient Education Materials Assessment Tool and User's Guide. AHRQ 14-0002-EF, 2013, "
    "https://www.ahrq.gov/health-literacy/patient-education/pemat.html",
)
INDEX = Standard(
    "Clear Communication Index",
    "Centers for Disease Control and Prevention: The CDC Clear Communication Index, User Guide, 2014, "
    "https://www.cdc.gov/ccindex/",
)
READING = Standard(
    "Reading grade",
    "Weiss: Health Literacy and Patient Safety, American Medical Association Foundation, 2007 (6th grade); National "
    "Institutes of Health: How to Write Easy-to-Read Health Materials (8th grade at most)",
)
PLAIN = Standard(
    "Plain language",
    "Plain Language Action and Information Network: Federal Plain Language Guidelines, 2011, "
    "https://www.plainlanguage.gov/guidelines/",
)
ACCESS = Standard(
    "Accessibility",
    "W3C: Web Content Accessibility Guidelines 2.2, AA, https://www.w3.org/TR/WCAG22/; UK Association for Accessible "
    "Formats: Creating Clear Print and Large Print Documents",
)
SAFETY = Standard(
    "Safety",
    "Stanley & Brown: Safety Planning Intervention, 2012; reportingonsuicide.org: Best Practices and Recommendations "
    "for Reporting on Suicide; American Psychological Association: Inclusive Language Guide, 2nd ed., 2023",
)
EVIDENCE = Standard("Evidence and rights", "handoutkit: every idea is credited, and every claim can be looked up")
FRAMING = Standard(
    "Cultural framing",
    "Bernal, Bonilla & Bellido, 1995 (eight dimensions); Resnicow et al., 1999 (surface and deep structure)",
)
OWN = Standard("The files themselves", "handoutkit: nothing stays in a file that has no effect")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, as docs/rules.md shows it.

    Attributes:
        code: stable; stands in problems and in ``suppress``.
        asks: what must hold, as a sentence.
        hint: what to do where it does not.
        english: the rule reads English, and steps aside in other languages.
        suppressible: whether a file may set it aside with a reason.
    """

    code: str
    standard: Standard
    asks: str
    hint: str
    severity: Severity = "warning"
    decides: Decides = "fact"
    english: bool = False
    suppressible: bool = True

    def problem(self, source: SourceFile, finding: Finding) -> Problem:
        """A finding of this rule as a problem of its file."""
        hint = finding.hint or self.hint
        return source.problem(
            self.code, finding.message, hint, at=finding.at, found=finding.found, severity=self.severity
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule does not hold.

    Attributes:
        found: the piece of the text that is meant, to point at it.
        hint: in place of the rule's own.
    """

    at: Address
    message: str
    found: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Check(Generic[C]):
    """A rule, and the function that finds where it does not hold in what it looks at."""

    rule: Rule
    find: Callable[[C], Iterable[Finding]]


def first_matches(passages: Iterable[Passage], pattern: re.Pattern[str], message: str) -> Iterator[Finding]:
    """A finding for each text in which the pattern matches, at its first match; ``{}`` in the message is the match."""
    for passage in passages:
        if match := pattern.search(passage.words):
            yield Finding(passage.at, message.format(" ".join(match[0].split())), match[0])
