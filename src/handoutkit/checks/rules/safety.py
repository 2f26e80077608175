"""Rules on safety: when to stop, whom to reach, a caution where there may be fear, and crisis lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import SAFETY, Finding, first_matches
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.compose.crisis_needs import BONDS
from handoutkit.models.blocks.prompts import ChoiceResponse, Exercise, MultiChoiceResponse, Prompt
from handoutkit.models.blocks.reading_blocks import Callout, NextStep
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.handout import Handout
from handoutkit.models.practice import CrisisResource, Practice

_FEAR = re.compile(
    r"\b(?:afraid|fear|scare[sd]?|scary|frighten\w*|hurts?|harm\w*|threat\w*|violen\w*|abus\w*|control\w*|unsafe|"
    r"not safe|danger|in danger|forces?|insults?|punish\w*)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:can|could|may|might) (?:also )?(?:make [\w' ]{2,30}|get|turn|be|feel) (?:much |even )?"
    r"(?:worse|less safe|more dangerous)\b",
    re.IGNORECASE,
)
_CRISIS_TOPICS = frozenset(["crisis", "safety", "safety-plan", "suicide", "suicide-prevention", "self-harm"])
_CRISIS = re.compile(
    r"\b(?:suicid\w+|self-harm\w*|(?:kill|hurt|harm)(?:ing)? (?:yourself|myself)|"
    r"end(?:ing)? (?:your|my) life|crisis line)\b",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"\b(?:call|dial|text|ring|phone|chat with)\b[^.!?]{0,20}?"
    r"\b(?:988|911|999|112|000|111|741741|838255|116 123|13 11 14)\b"
    r"|\b1?-?8(?:00|33|44|55|66|77|88)-\d{3}-\d{4}\b|\b(?:988|911)\b",
    re.IGNORECASE,
)
_DEATH = re.compile(
    r"\b(?:suicid\w*|kill(?:ed|ing)? (?:my|your)self|(?:better off|wish\w* (?:i|you) (?:were|was)|"
    r"would rather be) dead|"
    r"(?:be|being|were|was) dead|dying|die|my (?:own )?death|end(?:ed|ing)? (?:my|your) (?:own )?life|self-?harm\w*|"
    r"(?:hurt|harm|cut|injur)(?:ing|ting|e|ed)? (?:my|your)self|not (?:wake|waking) up|(?:not|"
    r"no longer) (?:be|being) alive|"
    r"morir(?:me|se)?|muert[oa]|matarme|hacerme daño|quitarme la vida|mourir|mort|me tuer|"
    r"sterben|umbringen|das leben (?:zu )?nehmen|morrer|mort[oa]|me matar)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|my|myself|me|yo|je|ich|eu)\b", re.IGNORECASE)
"""Someone who speaks of themselves."""
_ONLY_IN = {"988": {"US", "CA"}, "838255": {"US"}}
"""Numbers that reach a crisis service in these countries and not elsewhere; only what is sure, since it fails."""


def speaks_of_crisis(copy: ReaderCopy) -> bool:
    """Whether it is made for a crisis, or speaks of one."""
    return not _CRISIS_TOPICS.isdisjoint(copy.handout.topics) or any(
        _CRISIS.search(passage.words) for passage in copy.wording.passages
    )


def warns_of_worse(copy: ReaderCopy) -> bool:
    """Whether a caution says that a change can make things worse; in other languages than English, any caution may."""
    cautions = [f"{block.title} {block.text}" for _, block in copy.of(Callout) if block.role == "caution"]
    return any(_WORSE.search(text) or not copy.wording.is_english for text in cautions)


@SAFETY.rule(
    "stop-rule-missing",
    "An exercise says when to stop: almost any can stir something up.",
    "add a `stop_rule`: what to stop at, and whom to turn to; if nothing in it stirs anyone up, say so in `suppress`",
    decides="doubt",
)
def missing_stop_rules(copy: ReaderCopy) -> Iterator[Finding]:
    """Exercises that do not say when to stop."""
    for at, exercise in copy.of(Exercise):
        if not exercise.stop_rule:
            yield Finding(at, "this exercise does not say when to stop")


@SAFETY.rule(
    "contact-missing",
    "A handout with an exercise, or one that speaks of crisis, ends with how to reach the practice.",
    "add a block `- type: next_step`; it prints the practice's own contact and crisis lines",
)
def missing_contact(copy: ReaderCopy) -> Iterator[Finding]:
    """No word on how to reach the practice, where someone may need it."""
    if (copy.of(Exercise) or speaks_of_crisis(copy)) and not copy.of(NextStep):
        yield Finding(("blocks",), "nothing says how to reach the practice")


@SAFETY.rule(
    "caution-missing",
    "A handout about relationships says that it is not for where there is fear, control or violence.",
    "add a `callout` with `role: caution` that names fear, control and harm, and whom to turn to",
    decides="doubt",
    english=True,
)
def missing_caution(copy: ReaderCopy) -> Iterator[Finding]:
    """A handout about relationships that names no fear or harm, in a caution or where an exercise is to stop."""
    if "couple" not in copy.handout.written_for and BONDS.isdisjoint(copy.handout.topics):
        return
    cautions = [f"{block.title} {block.text}" for _, block in copy.of(Callout) if block.role == "caution"]
    cautions += [exercise.stop_rule or "" for _, exercise in copy.of(Exercise)]
    if not any(_FEAR.search(text) for text in cautions):
        yield Finding(("blocks",), "nothing here says what to do where there is fear, control or violence")


@SAFETY.rule(
    "crisis-number-typed",
    "Crisis lines are never typed into a handout: they come from the practice, for its region and with a date.",
    'write "emergency services" or "a crisis line", and let `next_step` print them',
    english=True,
)
def typed_numbers(wording: ReaderText) -> Iterator[Finding]:
    """Numbers of crisis lines in the words of a handout or a framing."""
    return first_matches(wording.passages, _TYPED, "this number stands in the text, where no one checks it")


@SAFETY.rule(
    "crisis-elsewhere",
    "Crisis resources fit the region of the practice.",
    "take it out, or put one in that people in this region can reach",
    severity="error",
    suppressible=False,
)
def crisis_resources_elsewhere(practice: Practice) -> Iterator[Finding]:
    """Resources of another region, and numbers that do not work in this one."""
    for number, resource in enumerate(practice.crisis_resources):
        if resource.region != practice.region:
            region = f"is in {practice.region}" if practice.region else "says no region"
            message = f"{resource.name} is for {resource.region}, and this practice {region}"
            yield Finding(("crisis_resources", number, "region"), message)
        yield from _unreachable(resource, practice.region, number)


@SAFETY.rule(
    "measure-without-alert",
    "A measure's item on death, suicide or self-harm says which answer somebody must be told of.",
    "add `alert_from: 1` to the item, or the points from which you talk with the client the same day",
    severity="error",
    suppressible=False,
)
def measures_without_alert(handout: Handout) -> Iterator[Finding]:
    """Items on death or self-harm without `alert_from`; reads English, Spanish, French, German and Portuguese."""
    for number, block in enumerate(handout.blocks):
        for n, item in enumerate(block.items if isinstance(block, Measure) else ()):
            if item.alert_from is None and (match := _DEATH.search(item.text)):
                message = f"`{match[0]}` is about death or self-harm, and no answer to it calls for a talk"
                yield Finding(("blocks", number, "items", n, "text"), message, match[0])


@SAFETY.rule(
    "option-without-alert",
    "An option by which someone says that they may die or hurt themselves is one that somebody must be told of.",
    "add `alert_options` to the response, with the numbers of the options that call for a talk the same day",
    severity="error",
    suppressible=False,
)
def options_without_alert(handout: Handout) -> Iterator[Finding]:
    """Options in the first person on death or self-harm that no `alert_options` names."""
    for number, block in enumerate(handout.blocks):
        response = block.response if isinstance(block, Prompt) else None
        if not isinstance(response, ChoiceResponse | MultiChoiceResponse):
            continue
        for n, option in enumerate(response.options):
            told = n + 1 in response.alert_options
            if not told and _MINE.search(option) and (match := _DEATH.search(option)):
                message = f"`{match[0]}` is about death or self-harm, and nobody is told who marks it"
                yield Finding(("blocks", number, "response", "options", n), message, match[0])


def _unreachable(resource: CrisisResource, region: str | None, number: int) -> Iterator[Finding]:
    for n, channel in enumerate(resource.channels):
        if region and channel.kind in ("call", "text") and region not in _ONLY_IN.get(channel.to.strip(), {region}):
            yield Finding(("crisis_resources", number, "channels", n, "to"), f"{channel.to} is no number in {region}")


CHECKS = (typed_numbers,)
COPY_CHECKS = (missing_stop_rules, missing_contact, missing_caution)
HANDOUT_CHECKS = (measures_without_alert, options_without_alert)
PRACTICE_CHECKS = (crisis_resources_elsewhere,)
