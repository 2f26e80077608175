"""Measures the rules on harm by sentences that harm or only look so: what each finds, and what it should let be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from handoutkit.checks.rule import Check
from handoutkit.checks.rules.all_rules import COPY, WORDING
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText, copy_of
from handoutkit.loading.load_file import Loaded, load_handout
from handoutkit.models.handout import Handout

ROOT = Path(__file__).resolve().parent.parent.parent
SENTENCES = ROOT / "tests" / "checks" / "rules" / "harm_sentences.yaml"
NO_RULE = "no-rule-for-this"
"""The kind of harm that no rule looks for."""
_PLACES = {"text": "BLOCK_TEXT", "stop_rule": "STOP_RULE", "caution": "CAUTION_TEXT"}


@dataclass(frozen=True)
class Judgment:
    """A sentence, and the codes of the rules of this set that spoke up about it.

    Attributes:
        kind: the rule that it is about.
        part: ``tuned`` if the rule was written with it in view.
    """

    kind: str
    part: Literal["tuned", "unseen"]
    harmful: bool
    text: str
    codes: frozenset[str]

    @property
    def found(self) -> bool:
        """Whether the rule it is about spoke up, and for a harmless sentence whether any did."""
        return self.kind in self.codes if self.harmful else bool(self.codes)


@dataclass(frozen=True)
class Count:
    """How often the rules were right and wrong."""

    found: int
    missed: int
    alarms: int
    quiet: int

    @property
    def precision(self) -> float | None:
        """Of the sentences that a rule spoke up about, the share that harm; None where it never spoke."""
        return self.found / (self.found + self.alarms) if self.found + self.alarms else None

    @property
    def recall(self) -> float:
        """Of the sentences that harm, the share that a rule spoke up about."""
        return self.found / (self.found + self.missed)


@lru_cache(maxsize=1)
def judgments() -> tuple[Judgment, ...]:
    """Every sentence of the set, judged in its place in a handout."""
    return tuple(_judged())


def count(judged: Sequence[Judgment]) -> Count:
    """What became of these sentences."""
    harmful = [each.found for each in judged if each.harmful]
    harmless = [each.found for each in judged if not each.harmful]
    return Count(sum(harmful), len(harmful) - sum(harmful), sum(harmless), len(harmless) - sum(harmless))


def _judged() -> Iterator[Judgment]:
    kinds = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    place = load_handout(ROOT / "tests" / "checks" / "rules" / "harm_place.yaml")
    wording = [check for check in WORDING if check.rule.code in kinds]
    copies = [check for check in COPY if check.rule.code in kinds]
    for kind, sentences in kinds.items():
        where = _PLACES[sentences.get("in", "text")]
        for part in ("tuned", "unseen"):
            for name, texts in sentences.get(part, {}).items():
                for text in texts:
                    codes = _codes(copy_of(_put(place, where, text)), wording, copies)
                    yield Judgment(kind, part, name == "harmful", text, frozenset(codes))


def _codes(copy: ReaderCopy, wording: list[Check[ReaderText]], copies: list[Check[ReaderCopy]]) -> Iterator[str]:
    yield from (check.rule.code for check in wording if any(check.find(copy.wording)))
    yield from (check.rule.code for check in copies if any(check.find(copy)))


def _put(place: Loaded[Handout], where: str, text: str) -> Loaded[Handout]:
    """A handout that holds a sentence, and nothing else that a rule on harm reads."""
    model = place.model.model_dump(by_alias=True)
    for block in model["blocks"]:
        for name, value in block.items():
            if isinstance(value, str) and value in _PLACES.values():
                block[name] = text if value == where else "Talk with us."
    return Loaded(Handout.model_validate(model), place.source)
