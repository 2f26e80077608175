"""Rules on numbers: ones that people use, with their meaning beside them, and nothing to calculate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import INDEX, PEMAT, Finding, first_matches
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.models.blocks.prompts import NumberResponse, Prompt
from handoutkit.models.blocks.tables import RecordTable

from .rating_scales import scales_in, unsaid_ends

_HARD_NUMBER = re.compile(
    r"\b\d+(?:\.\d+)?\s?%|\b\d+\.\d+\b|\b\d+(?:st|nd|rd|th) percentile|\bp\s?[<=]\s?0?\.\d+", re.I
)
_SUM = re.compile(
    r"\b(?:add (?:up|them|these|the|your)\b[^.]{0,30}\b(?:points?|numbers?|scores?|totals?)|subtract|multiply|"
    r"add (?:it|them|these|those|all) up|"
    r"divided? by|calculate|work out the (?:total|average|percentage)|take the average|your total score)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_SHARE = re.compile(r"\d\s+(?:in|of|out of)\s+(?:every\s+)?\d|\d\s?%", re.IGNORECASE)


def has_numbers(copy: ReaderCopy) -> bool:
    """Whether it shows numbers, or asks for one."""
    return bool(numbers_in_words(copy) or scales_in(copy) or _bare_answers(copy))


def numbers_in_words(copy: ReaderCopy) -> list[str]:
    """The sentences with digits in them."""
    return [sentence.text for sentence in copy.wording.sentences if sentence.ended and _NUMBER.search(sentence.text)]


def numbers_to_explain(copy: ReaderCopy) -> bool:
    """Whether there are numbers that no scale gives a meaning: in words, or to be given without bounds."""
    top = max((scale.highest for scale in scales_in(copy)), default=-1)
    return bool(_bare_answers(copy)) or any(
        _SHARE.search(text) or max(map(int, _NUMBER.findall(text))) > top for text in numbers_in_words(copy)
    )


def _bare_answers(copy: ReaderCopy) -> list[object]:
    """Numbers to give that have neither the two bounds of a scale nor a unit that says what they count."""
    named = {scale.at[:4] for scale in scales_in(copy)}
    prompts = [block.response for _, block in copy.of(Prompt) if isinstance(block.response, NumberResponse)]
    columns = [
        column
        for at, table in copy.of(RecordTable)
        for number, column in enumerate(table.columns)
        if column.response == "number" and (*at, "columns", number) not in named
    ]
    return [*columns, *(prompt for prompt in prompts if not prompt.unit and None in (prompt.minimum, prompt.maximum))]


@INDEX.rule(
    "number-hard",
    "Numbers are ones that people use: whole, few, and in words where they tell a risk.",
    'write "1 in 5 people", not "20.3%"; leave out what no one needs',
    decides="doubt",
    english=True,
)
def hard_numbers(wording: ReaderText) -> Iterator[Finding]:
    """Percentages, decimals and statistics."""
    return first_matches(wording.passages, _HARD_NUMBER, "`{}` may be a number that few people use")


@PEMAT.rule(
    "sum-to-do",
    "The reader need not calculate anything.",
    "do the sum for them, or leave it to the clinician",
    decides="doubt",
    english=True,
)
def sums(wording: ReaderText) -> Iterator[Finding]:
    """Invitations to calculate."""
    return first_matches(wording.passages, _SUM, "this may ask the reader to calculate")


@INDEX.rule(
    "scale-ends-unsaid",
    "A scale, and a column or answer that takes a number from 0 to 10, says what its lowest and highest number mean.",
    'say it beside the scale or before it: "0 is not at all, 10 is a lot"; give a number that only counts its `unit`',
    decides="doubt",
    english=True,
)
def unsaid_scales(copy: ReaderCopy) -> Iterator[Finding]:
    """Scales with an end that means nothing yet, each block once."""
    reported = set()
    for scale in scales_in(copy):
        ends = unsaid_ends(copy, scale)
        if ends and scale.at[:2] not in reported:
            reported.add(scale.at[:2])
            message = f"nothing says what {' and '.join(map(str, ends))} {'mean' if len(ends) > 1 else 'means'}"
            hint = f'say it beside the scale or before it: "{scale.lowest} is not at all, {scale.highest} is a lot"'
            yield Finding(scale.at, message, hint=hint)


CHECKS = (hard_numbers, sums)
COPY_CHECKS = (unsaid_scales,)
