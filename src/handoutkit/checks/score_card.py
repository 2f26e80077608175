"""The score card of a handout: PEMAT-P, Clear Communication Index, reading grade, and how each item was decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from handoutkit.checks.rule import Rule
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.checks.text.reading_grade import Grade
from handoutkit.render.worker_typesetter import SheetFacts

from .clinical_readers import ClinicalReader, not_judged

Verdict = Literal["agree", "disagree", "not applicable", "for a person"]
By = Literal["built in", "rule", "doubt", "person"]
"""``built in``: the files' form and the templates leave no other way. ``doubt``: no doubt was raised."""
PASS = 90
"""Of a hundred, in each of the three scores."""


def always(_copy: ReaderCopy) -> bool:
    """Tell that it is so in every handout."""
    return True


def never(_copy: ReaderCopy) -> bool:
    """Tell that it is so in no handout."""
    return False


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """An item of an instrument.

    Attributes:
        codes: rules whose findings speak against it; without any, it is built in or for a person.
        person: of which handouts only a person can say that it holds; a rule may still say that it does not.
        applies: whether the instrument asks it of this handout.
    """

    number: int
    asks: str
    codes: tuple[str, ...] = ()
    person: Callable[[ReaderCopy], bool] = never
    applies: Callable[[ReaderCopy], bool] = always


@dataclass(frozen=True, slots=True)
class Judged:
    """An item, what was decided of it, and what decided it."""

    item: ScoreItem
    verdict: Verdict
    by: By


@dataclass(frozen=True, slots=True)
class Score:
    """A score: the items that hold, of those that apply and that a program can say something about."""

    name: str
    judged: tuple[Judged, ...]

    def count(self, verdict: Verdict) -> int:
        """How many items were judged so."""
        return sum(judged.verdict == verdict for judged in self.judged)

    @property
    def percent(self) -> int:
        """Agree / (agree + disagree), of a hundred; what is left to a person or does not apply is left out."""
        agree, disagree = self.count("agree"), self.count("disagree")
        return round(100 * agree / (agree + disagree)) if agree + disagree else 100

    def numbers(self, verdict: Verdict) -> list[int]:
        """The items that were judged so, by their numbers in the instrument."""
        return [judged.item.number for judged in self.judged if judged.verdict == verdict]


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """The scores of a handout and its reading grade: its quality as far as a program can tell.

    Attributes:
        sheet: how it comes out as a sheet; None for a booklet, and for what was not measured.
        clinical_reader: who read it for what no rule judges, and when; None if nobody is named.
    """

    id: str
    file: str
    language: str
    understandability: Score
    actionability: Score
    index: Score
    grade: Grade | None
    sheet: SheetFacts | None = None
    clinical_reader: ClinicalReader | None = None

    @property
    def scores(self) -> tuple[Score, Score, Score]:
        """The three scores."""
        return self.understandability, self.actionability, self.index

    def as_json(self) -> dict[str, object]:
        """What the ``--json`` output shows of it."""
        grade = self.grade
        return {
            "id": self.id,
            "file": self.file,
            "lang": self.language,
            **{score.name: score.percent for score in self.scores},
            "grade": grade and grade.deciding,
            "flesch_kincaid": grade and grade.flesch_kincaid,
            "smog": grade and grade.smog,
            "sheet": self.sheet and asdict(self.sheet),
            "smog_without": list(grade.left_out) if grade else [],
            "not_judged": not_judged([self.clinical_reader]),
            "read_by": self.clinical_reader and self.clinical_reader.name,
            "read_on": self.clinical_reader and self.clinical_reader.day.isoformat(),
            "items": [_item_json(score.name, judged) for score in self.scores for judged in score.judged],
        }


def judge(
    name: str, items: Sequence[ScoreItem], copy: ReaderCopy, rules: Mapping[str, Rule], against: Collection[str]
) -> Score:
    """Judge a handout by an instrument.

    Args:
        rules: all rules, by code.
        against: codes of rules that do not hold in this handout.
    """
    return Score(name, tuple(_judged(item, copy, rules, against) for item in items))


def _judged(item: ScoreItem, copy: ReaderCopy, rules: Mapping[str, Rule], against: Collection[str]) -> Judged:
    asked = [rules[code] for code in item.codes]
    by: By = "rule" if asked else "built in"
    if any(rule.decides == "doubt" for rule in asked):
        by = "doubt"
    if not item.applies(copy):
        return Judged(item, "not applicable", "rule")
    unread = any(rule.english for rule in asked) and not copy.wording.is_english
    if not unread and any(code in against for code in item.codes):
        return Judged(item, "disagree", by)
    if unread or item.person(copy):
        return Judged(item, "for a person", "person")
    return Judged(item, "agree", by)


def _item_json(instrument: str, judged: Judged) -> dict[str, object]:
    item = judged.item
    rules = list(item.codes)
    return {"score": instrument, "item": item.number, "asks": item.asks, "verdict": judged.verdict, "by": judged.by} | (
        {"rules": rules} if rules else {}
    )
