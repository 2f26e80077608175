"""Writes docs/rules.md, the page of all rules, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from handoutkit.checks.clinical_readers import UNJUDGED
from handoutkit.checks.rule import Rule
from handoutkit.checks.rules.all_rules import RULES
from handoutkit.checks.score_card import PASS, ScoreItem, never
from handoutkit.checks.score_items import ACTIONABILITY, INDEX, UNDERSTANDABILITY
from tests.support.harm_measure import NO_RULE, Count, Judgment, count, judgments

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

## What no rule judges

"{UNJUDGED}" Every check ends with this line and with who has read the
handout, and no score is printed, or given as JSON, without it. The names come from the handouts:

```yaml
clinically_reviewed_by: Ada Miller, LCSW     # read it whole, as one who would answer for it
clinically_reviewed_on: 2026-03-03
```

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
lacks, the places where they may be hyphenated. Both grades are shown. A handout's `terms` are the few words it is
about, such as *relationship* or *boundaries*, at most eight; SMOG leaves them out, and the card says which:

```yaml
terms: [relationship, boundary, emotional]      # their plurals go with them
```

Aim at grade 5 to 6 and at sentences of 9 to 14 words on average. Shorter ones read like a primer, and an adult hears
that; the field's own words (*relationship*, *feelings*, *family*, *therapist*) may stay.

### Guaranteed by the layout

No rule looks at these. Every build measures on its pages, in any theme, that all words and places to write are there
and seen; contrast of text (4.5:1); that no text is under its least size; that headings leave out no level (see
[themes.md](themes.md#nothing-is-lost-in-silence)). No file of a handout can get the rest wrong, and in the shipped
themes it is tested: PDF/UA-1 tags and reading order; text alternatives (a figure must have one); contrast of borders
(3:1), whatever colour a practice brings; left-aligned lines of a readable length; writing lines far enough apart;
no list of more than seven items unbroken; a source and a rights statement with every quotation and every
measure's right to be
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
        _measured(),
        *_rules(),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


_HARM = """\
## How much of what harms is seen

The doubts on harm look for words. To know how far that goes, they are measured on {total} sentences such as stand on
clients' pages: {harmful} that could hurt someone, and {harmless} that only look so
(`tests/checks/rules/harm_sentences.yaml`). *Tuned* sentences were in view when a rule was written, *unseen* ones were
written before and not looked at. What a rule misses stays in the set, and so does harm for which there is no rule.

**Read the row of the unseen ones.** The rules know the wordings they were made from. Of new wordings of the same
harm they found {seen} of {unseen}, so a check that finds nothing says little about safety. A person has to read.

*Precision*: of the sentences that a rule spoke up about, the share that could hurt. *Recall*: of those that could
hurt, the share that the rule spoke up about.

"""


def _measured() -> str:
    """The sentences on harm, by rule, and what the rules made of them."""
    every = judgments()
    unseen = count([each for each in every if each.part == "unseen"])
    harmful = sum(each.harmful for each in every)
    lines = [
        _HARM.format(
            total=len(every),
            harmful=harmful,
            harmless=len(every) - harmful,
            seen=unseen.found,
            unseen=unseen.found + unseen.missed,
        )
        + "| sentences | could hurt: found | only look so: let be | precision | recall |",
        "|---|---|---|---|---|",
    ]
    for part in ("tuned", "unseen"):
        lines.append(_row(f"**{part}, all**", [each for each in every if each.part == part]))
    for kind in dict.fromkeys(each.kind for each in every):
        name = "no rule looks for it" if kind == NO_RULE else f"[`{kind}`](#{kind})"
        lines.append(_row(name, [each for each in every if each.kind == kind]))
    return "\n".join(lines)


def _row(name: str, judged: list[Judgment]) -> str:
    counted: Count = count(judged)
    harmful, harmless = counted.found + counted.missed, counted.alarms + counted.quiet
    precision = "-" if counted.precision is None else f"{counted.precision:.0%}"
    let_be = f"{counted.quiet} of {harmless}" if harmless else "-"
    return f"| {name} | {counted.found} of {harmful} | {let_be} | {precision} | {counted.recall:.0%} |"


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
