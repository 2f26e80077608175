"""Rules on advice that can harm: each raises a doubt, and what none of them sees, a person has to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handoutkit.checks.rule import SAFETY, Finding
from handoutkit.checks.text.harm_patterns import (
    BELITTLED,
    BODY_RISK,
    CUTTING_OFF,
    FEARED_PERSON,
    GOES_ON,
    HELP_DISCOURAGED,
    MEDICINE,
    PROMISE_TO_LIVE,
    SENT_BACK,
    STAY_UNTIL,
    Harm,
    harmful_words,
)
from handoutkit.checks.text.passages import Passage
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.models.blocks.reading_blocks import Callout

_SOMEONE = re.compile(
    r"\b(?:us|we|me|someone|somebody|people|persons?|anyone|friends?|family|sister|brother|mother|father|parent|aunt|"
    r"uncle|cousin|grand(?:ma|pa|mother|father)|moms?|mums?|dads?|elders?|adults?|grown-?ups?|neighbou?r|imam|pastor|"
    r"nurse|doctor|therapist|clinician|counsell?or|coach|teacher|worker|session|appointment|visit|"
    r"(?:crisis |help|hot)-?lines?|emergency services|reach out)\b",
    re.IGNORECASE,
)
"""Whom a stop rule can turn to."""
_IF_SOMEONE = re.compile(r"\bif (?:someone|somebody|anyone|they|he|she|people)\b[^,.;]*", re.IGNORECASE)
"""Whoever makes one stop is nobody to turn to."""


def doubtful_words(passages: Iterable[Passage], harm: Harm, message: str) -> Iterator[Finding]:
    """A finding for each text with words of this kind of harm; ``{}`` in the message is these words."""
    for passage, words in harmful_words(passages, harm):
        yield Finding(passage.at, message.format(" ".join(words.split())), words)


def _stop_rules(wording: ReaderText) -> Iterator[Passage]:
    return (passage for passage in wording.passages if passage.field == "stop_rule")


@SAFETY.rule(
    "medicine-advice",
    "Nobody is told to stop, skip or change a medicine.",
    'leave it out, or write "do not change your medicine without talking with the person who prescribed it"',
    decides="doubt",
    english=True,
)
def medicine_advice(wording: ReaderText) -> Iterator[Finding]:
    """Words that may have someone stop or skip a medicine."""
    return doubtful_words(wording.passages, MEDICINE, "`{}` may have someone stop or skip a medicine")


@SAFETY.rule(
    "help-discouraged",
    "Nobody is kept from calling or telling someone who can help.",
    "say whom one can call or tell, and leave the choice with the reader",
    decides="doubt",
    english=True,
)
def help_discouraged(wording: ReaderText) -> Iterator[Finding]:
    """Words that may keep someone from help."""
    return doubtful_words(wording.passages, HELP_DISCOURAGED, "`{}` may keep someone from help")


@SAFETY.rule(
    "promise-to-live",
    "Nobody is asked to promise that they will not die: that makes people silent, and keeps no one safe.",
    "make a safety plan instead: what to do, where to go, and whom to call",
    decides="doubt",
    english=True,
)
def promises_to_live(wording: ReaderText) -> Iterator[Finding]:
    """Promises, signatures and contracts against suicide."""
    return doubtful_words(wording.passages, PROMISE_TO_LIVE, "`{}` may ask for a promise not to die")


@SAFETY.rule(
    "feared-person",
    "Nobody is sent to show, tell or ask the person whom they fear.",
    "send them to someone who is safe: you, on their own, or a domestic-violence line",
    decides="doubt",
    english=True,
)
def sent_to_the_feared(wording: ReaderText) -> Iterator[Finding]:
    """Words that may send a reader to the person who hurts them."""
    return doubtful_words(wording.passages, FEARED_PERSON, "`{}` may send someone to the person they fear")


@SAFETY.rule(
    "stay-until",
    "Nobody has to stay in a room, a talk or a fight until it is solved.",
    "say that anyone may take a break, and how to come back",
    decides="doubt",
    english=True,
)
def staying_until(wording: ReaderText) -> Iterator[Finding]:
    """Words that may keep someone in a fight."""
    return doubtful_words(wording.passages, STAY_UNTIL, "`{}` may keep someone where they need to leave")


@SAFETY.rule(
    "body-risk",
    "Nobody is asked to hold their breath for long, to fast, or to use ice: some bodies cannot bear it.",
    "choose something that is safe for every body, or say who should ask a doctor first",
    decides="doubt",
    english=True,
)
def risks_to_the_body(wording: ReaderText) -> Iterator[Finding]:
    """Exercises that are a danger to some bodies."""
    return doubtful_words(wording.passages, BODY_RISK, "`{}` may be a danger to some bodies")


@SAFETY.rule(
    "cutting-off",
    'Nobody is told to cut people off, and no person is called "toxic".',
    "say what someone does, and name steps between staying and leaving",
    decides="doubt",
    english=True,
)
def cutting_off(wording: ReaderText) -> Iterator[Finding]:
    """Words that may have someone lose the people they have."""
    return doubtful_words(wording.passages, CUTTING_OFF, "`{}` may cost someone the people they have")


@SAFETY.rule(
    "despair-belittled",
    "Suicide and self-harm are never called weak, selfish or a wish for attention.",
    "say that it is a sign of pain, and whom to call",
    decides="doubt",
    english=True,
)
def belittled_despair(wording: ReaderText) -> Iterator[Finding]:
    """Words that shame someone who thinks of death."""
    return doubtful_words(wording.passages, BELITTLED, "`{}` may shame someone who thinks of death")


@SAFETY.rule(
    "stop-rule-goes-on",
    "A stop rule stops: it sends nobody on, and does not wait until someone faints.",
    "let it end with a person to turn to",
    decides="doubt",
    english=True,
)
def stop_rules_that_go_on(wording: ReaderText) -> Iterator[Finding]:
    """Stop rules that send a reader on."""
    return doubtful_words(_stop_rules(wording), GOES_ON, "`{}` may send someone on who should stop")


@SAFETY.rule(
    "stop-rule-alone",
    "A stop rule leads to a person.",
    'add whom to turn to: "Then talk with us", "Call someone you trust"',
    decides="doubt",
    english=True,
)
def stop_rules_without_a_person(wording: ReaderText) -> Iterator[Finding]:
    """Stop rules that name nobody to turn to."""
    for passage in _stop_rules(wording):
        if not _SOMEONE.search(_IF_SOMEONE.sub(" ", passage.words)):
            yield Finding(passage.at, "this stop rule names nobody to turn to")


@SAFETY.rule(
    "caution-sends-back",
    "A caution leads away from danger: never to the person it warns of.",
    "send them to someone who is safe: you, on their own, or a domestic-violence line",
    decides="doubt",
    english=True,
)
def cautions_that_send_back(copy: ReaderCopy) -> Iterator[Finding]:
    """Cautions that may send a reader to the person they warn of."""
    cautions = {at for at, block in copy.of(Callout) if block.role == "caution"}
    passages = (passage for passage in copy.wording.passages if passage.at[:2] in cautions)
    return doubtful_words(passages, SENT_BACK, "`{}` may send someone back into danger")


CHECKS = (
    medicine_advice,
    help_discouraged,
    promises_to_live,
    sent_to_the_feared,
    staying_until,
    risks_to_the_body,
    cutting_off,
    belittled_despair,
    stop_rules_that_go_on,
    stop_rules_without_a_person,
)
COPY_CHECKS = (cautions_that_send_back,)
