"""Rules on cultural framings: depth, reviews, sources, and that nobody is told what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import FRAMING, Check, Finding, Rule
from handoutkit.checks.text.harm_patterns import Harm
from handoutkit.checks.text.reader_copy import ReaderText
from handoutkit.files.source_file import Address
from handoutkit.models.framing import Framing
from handoutkit.models.practice import Practice

from .harm import doubtful_words

REVIEW_AWAITED = Rule(
    "framing-review-awaited",
    FRAMING,
    "Someone from the community has read each note and each change.",
    "once someone has, add `reviewed_by` and `reviewed_on` to it; until then the clinician's copy says so",
    severity="notice",
)

_PEOPLE = (
    r"(?:people|folks|women|men|families|homes|households|parents|mothers|fathers|husbands|wives|couples|"
    r"kids|children|"
    r"girls|boys|elders|communities|clients|cultures?)"
)
_GROUP = (
    r"(?:(?:(?:South|East|North|West|Southeast|Central) )?(?:Asian|African|European|American)|African[- ]American|"
    r"Middle Eastern|Black|White|Brown|Latin[aox]?|Latine|Native|Indigenous|Arab|Muslim|Catholic|Jewish|Jew|"
    r"Hindu|Sikh|"
    r"Buddhist|Hispanic|(?!Selfish|Foolish)[A-Z]\w+(?:ese|ish|ian|ean|ican)|[Gg]ay|[Ll]esbian|[Qq]ueer|"
    r"[Tt]rans(?:gender)?|"
    r"[Bb]isexual|[Aa]utistic|[Dd]eaf|[Ii]mmigrant|[Rr]efugee)"
)
_INSIDE = r"(?<=[a-z,;] )(?!I )[A-Z]\w+"
"""A name within a sentence, where only names have a capital."""
_SOME = r"(?<![Ss]ome )(?<![Mm]any )(?<![Mm]ost )(?<![Ff]ew )(?<![Oo]ther )(?<![Nn]ot all )(?<!hese )(?<!hose )"
_ARE = (
    r"(?:are|aren['’]t|always|never|do not|don['’]t|tend to|value|believe|prefer|feel|want|need|love|hate|"
    r"fear|cheat|lie|"
    r"expect|cannot|can['’]t)(?! (?:often|sometimes|told|taught|seen|asked)\b)"
)
_TELLS = Harm(
    re.compile(
        r"\b(?:in your culture,|people like you|your kind|[Yy]our people (?:do not|don['’]t|always|never)|"
        rf"[Aa]s an? (?:\w+ )?{_GROUP}(?: \w+)?, you (?!may|might|can|could)|you are an? (?!I )[A-Z]\w+|"
        rf"(?:(?<![Nn]ot )[Aa]ll|[Ee]very|no) (?:{_GROUP}|[A-Z]\w+) {_PEOPLE}|"
        rf"{_SOME}\b(?:{_GROUP}|{_INSIDE}) {_PEOPLE} {_ARE}|"
        rf"[Ii]n {_GROUP} {_PEOPLE},? (?:the|men|women|children|parents|people|every\w+|no one|nobody)\b|"
        rf"(?:Men|Women|Husbands|Wives|Boys|Girls) {_ARE})\b"
    ),
    negated=False,
    reported=True,
)


def awaiting_review(framing: Framing) -> Iterator[Finding]:
    """One finding for all notes and changes that nobody from the community has read yet."""
    every = framing.contributions
    waiting = [((name, number), one.id) for name, number, one in every if one.reviewed_by is None]
    if waiting:
        what = "notes and changes" if framing.changes else "notes"
        count = f"{len(waiting)} of {len(every)} {what}" if len(every) > 1 else "this note"
        verb = "wait" if len(waiting) > 1 else "waits"
        ids = ", ".join(name for _, name in waiting)
        yield Finding(waiting[0][0], f"{count} still {verb} for a reader from the community: {ids}")


def own_notes_awaiting(practice: Practice) -> Iterator[Finding]:
    """What a practice has reworded or added, and nobody from the community has read in these words."""
    hint = "to name who has read it, `silence` the framing's note and `add` yours, with `reviewed_by` and `reviewed_on`"
    for number, choice in enumerate(practice.framings):
        at: Address = ("framings", number)
        for n, new in enumerate(choice.reword):
            message = f"the note `{new.note}` waits for a reader from the community, since its words are new"
            yield Finding((*at, "reword", n), message, hint=hint)
        for n, note in enumerate(choice.add):
            if note.reviewed_by is None:
                yield Finding((*at, "add", n), f"the note `{note.id}` still waits for a reader from the community")


@FRAMING.rule(
    "framing-surface-only",
    "A framing goes deeper than names and pictures: at least one note is `depth: deep`.",
    "write a note on values, history or how people live, with its source",
)
def surface_only(framing: Framing) -> Iterator[Finding]:
    """A framing without a note that goes deep."""
    if all(note.depth == "surface" for note in framing.notes):
        yield Finding(("notes",), "all notes of this framing stay on the surface")


@FRAMING.rule(
    "note-unsourced",
    "A note or a change names what it rests on.",
    "add `sources: [...]` with what it rests on",
    severity="notice",
)
def unsourced_notes(framing: Framing) -> Iterator[Finding]:
    """Notes and changes that rest on nothing that is named."""
    for name, number, one in framing.contributions:
        if not one.sources:
            what = "note" if name == "notes" else "change"
            yield Finding((name, number), f"the {what} `{one.id}` names no source")


@FRAMING.rule(
    "framing-tells-people",
    "Nobody is told what they are, and no community is said to be one thing.",
    'say "in many homes", "for some people", "you may"',
    decides="doubt",
    english=True,
)
def tells_people(wording: ReaderText) -> Iterator[Finding]:
    """Words that say what someone is because of where they belong."""
    return doubtful_words(wording.passages, _TELLS, "`{}` may tell people what they are")


FRAMING_CHECKS = (
    Check(REVIEW_AWAITED, awaiting_review),
    surface_only,
    unsourced_notes,
)
PRACTICE_CHECKS = (Check(REVIEW_AWAITED, own_notes_awaiting),)
CHECKS = (tells_people,)
