"""Rules on the message: what the handout is for, what matters in it, and whom it speaks to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import INDEX, PEMAT, Finding
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.models.blocks.figure import Figure

from .evidence import states_finding
from .plain_language import is_passive

MESSAGE_SENTENCES, MESSAGE_WORDS = 3, 35
_LIST_FIELDS = {"items", "steps", "points", "options", "cells", "terms", "key", "choices", "columns", "cards"} | {
    *("pairs", "questions")
}
"""Fields of blocks whose texts are printed as a list, a table or a choice."""
_YOU = re.compile(r"\b(?:you|your|yours|yourself|yourselves)(?:['’]\w+)?\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:I|me|my|mine|we|our|us)(?:['’]\w+)?\b")
_LIMITS = re.compile(
    r"\b(?:may|might|maybe|perhaps|sometimes|often|tends? to|depends?|differs?|different for|not everyone|no one knows|"
    r"nobody knows|not known|do(?:es)?(?: not|n['’]t) (?:know|always)|not always|"
    r"(?:(?:will|can|do|does)(?: not|n['’]t)|won['’]t) (?:fix|work|help|fit)|some days|some (?:people|"
    r"of us)|many people|"
    r"most (?:people|of us)|everyone is different|"
    r"no (?:one|single|right|wrong) (?:right )?(?:way|answer|mix|rule|number))\b",
    re.IGNORECASE,
)


@PEMAT.rule(
    "purpose-unclear",
    "`purpose` says what the reader gets out of it.",
    "begin with what it does for them: `This page helps you ...`",
    decides="doubt",
    english=True,
)
def unclear_purpose(copy: ReaderCopy) -> Iterator[Finding]:
    """A purpose in which the reader does not appear."""
    purpose = copy.handout.purpose
    if not (_YOU.search(purpose) or _OURS.search(purpose)):
        yield Finding(("purpose",), "this may not tell the reader what it does for them")


@INDEX.rule(
    "main-message-long",
    f"`key_message` is one thing to remember: at most {MESSAGE_SENTENCES} short sentences, {MESSAGE_WORDS} words.",
    "keep the one thing that must stay, and move the rest into a block",
    english=True,
)
def long_message(copy: ReaderCopy) -> Iterator[Finding]:
    """A main message that is more than one thing."""
    sentences = [sentence for sentence in copy.wording.sentences if sentence.passage.at == ("key_message",)]
    words = sum(len(sentence.words) for sentence in sentences)
    if len(sentences) > MESSAGE_SENTENCES or words > MESSAGE_WORDS:
        message = f"the main message takes {len(sentences)} sentences and {words} words"
        yield Finding(("key_message",), message)


@INDEX.rule(
    "main-message-passive",
    "The main message is in the active voice.",
    "say who does it",
    decides="doubt",
    english=True,
)
def passive_message(copy: ReaderCopy) -> Iterator[Finding]:
    """A main message in the passive voice."""
    if is_passive(copy.handout.key_message):
        yield Finding(("key_message",), "the main message does not say who does it")


@INDEX.rule(
    "visual-missing",
    "A figure carries the main message, or supports it.",
    "a `figure` block draws rings, a cycle, a flow and more; leave it out where a picture would not help",
    severity="notice",
)
def no_visual(copy: ReaderCopy) -> Iterator[Finding]:
    """A handout without a figure."""
    if not copy.of(Figure):
        yield Finding(("blocks",), "no figure carries the main message")


@PEMAT.rule(
    "reader-not-addressed",
    'The reader is spoken to as "you", or speaks as "I" in a tool of their own.',
    'write "you", not "clients", "one" or "people"',
    english=True,
)
def reader_not_addressed(copy: ReaderCopy) -> Iterator[Finding]:
    """A handout that speaks about people and to nobody."""
    if not any(_YOU.search(passage.words) or _OURS.search(passage.words) for passage in copy.wording.passages):
        yield Finding(("blocks",), "nobody is spoken to in this handout")


@INDEX.rule(
    "list-missing",
    "Something stands in a list: points, steps or choices.",
    "make a `list` of the sentences that name several things",
    severity="notice",
)
def no_list(copy: ReaderCopy) -> Iterator[Finding]:
    """A handout of prose only."""
    if not any(_LIST_FIELDS & set(passage.at) for passage in copy.wording.passages):
        yield Finding(("blocks",), "nothing in this handout stands in a list")


@INDEX.rule(
    "limits-unsaid",
    "What states a finding says where that comes from, and what is not known or not the same for everyone.",
    'say where it may not hold ("this differs from person to person"), and name its `sources`',
    decides="doubt",
    english=True,
)
def unsaid_limits(copy: ReaderCopy) -> Iterator[Finding]:
    """No sources, or not a word on what is open, where a finding is stated."""
    if not states_finding(copy):
        return
    if not copy.handout.sources or not any(_LIMITS.search(passage.words) for passage in copy.wording.running):
        yield Finding(("blocks",), "this may sound surer than anyone is")


COPY_CHECKS = (unclear_purpose, long_message, passive_message, no_visual, reader_not_addressed, no_list, unsaid_limits)
