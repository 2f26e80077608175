"""Writes docs/rules.md, the page of all rules, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from handoutkit.checks.rule import Rule
from handoutkit.checks.rules.all_rules import RULES
from handoutkit.checks.score_card import PASS, ScoreItem, never
from handoutkit.checks.score_items import ACTIONABILITY, INDEX, UNDERSTANDABILITY

RULES_PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
_TOP = f"""\
# The rules

This page is made from the rules themselves by `make docs`. `handoutkit check` holds every handout, framing and
practice against them, and gives each handout a score card.

- **Severity.** An *error* fails. A *warning* fails with `--strict`. A *notice* is there to be known, and never
  fails.
- **Decided by.** A *fact* is decided by the program. A *doubt* is raised by it, and decided by a person.
- **English only.** Rules that read English step aside in other languages, and `check` says so; what they would
  have said of a score is then left to a person.

## Setting a rule aside

A rule may be wrong about your text. Say so in the file, with the reason, so that whoever reads it next knows:

```yaml
suppress:
  - rule: voice-passive
    reason: The passive is the point here, as the text is about what was done to people.
  - rule: sentence-long
    at: letter          # the id of a block (in a framing: of a note); without it, the whole file
    reason: It is a letter to be read aloud, with gaps.
```

A doubt that is answered with a reason counts as held in the scores. A fact stays a fact: the warning goes, the
score stays. An entry that sets nothing aside any more warns. Errors cannot be set aside, nor can scores and
dates.

## Scores

Each score is *agree / (agree + disagree)*, of a hundred; below {PASS} it warns. What does not apply to a
handout is left out, and so is what only a person can judge: the card lists those items for you. Items in a
language that the rules do not read are left to a person as well. In one item we ask less than its authors: the
Index asks item 11 of every material, and we ask it where a finding is stated.

| decided by | means |
|---|---|
| form | every handout has it, by the form of its file and by the templates |
| rule | the rules named decide it |
| doubt | it holds unless one of the rules named raises a doubt |
| person | no rule can say |
| doubt, person | a doubt speaks against it; else a person says, where the program cannot tell |

"""
_GRADE = """\
### Reading grade

Flesch-Kincaid is 0.39 × words/sentences + 11.8 × syllables/words − 15.59 (Kincaid and others, 1975), and SMOG
is 1.0430 × √(words of three or more syllables × 30/sentences) + 3.1291 (McLaughlin, 1969). The higher of the
two counts. Flesch-Kincaid alone would let hard words hide among short sentences. SMOG needs thirty sentences,
and has no say where there are fewer; below a hundred words nothing is counted at all. Counted are the whole
sentences that a client reads. Labels, options and other fragments, quotations, sources, contact details and the
clinician's guide are left out. Syllables are those of the CMU Pronouncing Dictionary, and for words that it
lacks, the places where they may be hyphenated.

### Guaranteed by the layout

No rule looks at these, since no file can get them wrong: PDF/UA-1 tags and reading order; text alternatives (a
figure must have one); contrast of text (4.5:1) and of borders (3:1), whatever colour a practice brings; no text
under its least size; left-aligned lines of a readable length; writing lines far enough apart; no list of more
than seven items unbroken; a source and a rights statement with every quotation and every measure's right to be
used.
"""


def text() -> str:
    """The text of docs/rules.md."""
    parts = [
        _TOP,
        *_instrument("PEMAT-P understandability", UNDERSTANDABILITY),
        *_instrument("PEMAT-P actionability", ACTIONABILITY),
        *_instrument("Clear Communication Index", INDEX),
        _GRADE,
        *_rules(),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _instrument(name: str, items: tuple[ScoreItem, ...]) -> Iterator[str]:
    lines = [f"### {name}", "", "| item | holds if | decided by | rules |", "|---|---|---|---|"]
    for item in items:
        codes = ", ".join(f"[`{code}`](#{code})" for code in item.codes)
        lines.append(f"| {item.number} | {item.asks} | {_by(item)} | {codes} |")
    yield "\n".join(lines)


def _by(item: ScoreItem) -> str:
    if not item.codes:
        return "form" if item.person is never else "person"
    by = "doubt" if any(RULES[code].decides == "doubt" for code in item.codes) else "rule"
    return by if item.person is never else f"{by}, person"


def _rules() -> Iterator[str]:
    order = list(dict.fromkeys(rule.standard.name for rule in RULES.values()))
    by_standard = sorted(RULES.values(), key=lambda rule: order.index(rule.standard.name))
    for standard, rules in groupby(by_standard, key=lambda rule: rule.standard):
        yield f"## {standard.name}\n\nSource: {standard.source}."
        yield from (_rule(rule) for rule in rules)


def _rule(rule: Rule) -> str:
    traits: list[str] = [rule.severity, rule.decides]
    traits += ["English only"] * rule.english + ["cannot be set aside"] * (not rule.suppressible)
    hint = rule.hint[0].upper() + rule.hint[1:]
    return f"### `{rule.code}`\n\n*{', '.join(traits)}.* {rule.asks}\n\n{hint}."


if __name__ == "__main__":
    RULES_PAGE.write_text(text(), encoding="utf-8")
