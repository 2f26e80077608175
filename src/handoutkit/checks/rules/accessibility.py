"""Rules on accessibility of the words: what the layout and the tags cannot guarantee."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import ACCESS, Finding, first_matches
from handoutkit.checks.text.reader_copy import ReaderCopy, ReaderText
from handoutkit.checks.text.sentences import paragraphs, words_in
from handoutkit.checks.text.typed_blanks import BLANK
from handoutkit.models.blocks.figure import Figure

_SHOUTED = re.compile(r"\b[A-Z]{4,}(?:\W+[A-Z]{2,})+\b")
_ITALIC = re.compile(r"(?<!\*)\*(?!\*)[^*]+(?<!\*)\*(?!\*)")
_LINK = re.compile(r"\[([^\]]+)\]\(")
_NOWHERE = re.compile(
    r"(?:click |press |tap |see |read )?(?:here|more|this|this page|this link|link|https?://\S+)\W*", re.I
)
_COLOURED = re.compile(
    r"\b(?:the|in|each) (?:red|green|blue|yellow|orange|purple|pink|grey|gray) "
    r"(?:box|boxes|line|lines|text|words?|columns?|rows?|circles?|area|part|side)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:words?|tables?|week|lists?|box|boxes|lines?|form|chart|questions?|map|scale|sentences?|steps?|picture|drawing"
    r"|columns?|rows?)"
    r" (?:below|above|overleaf)\b"
    r"|\b(?:see|use|write|fill in)\b[^.!?]{0,30}\b(?:below|above|overleaf)\b"
    r"|\bon the (?:next|other|facing) (?:page|side)\b",
    re.IGNORECASE,
)
_MIN_ALT = 5


@ACCESS.rule(
    "capitals",
    "Nothing is set in capitals throughout (Clear Print).",
    "write it with small letters; **strong** is there for what matters",
)
def capitals(wording: ReaderText) -> Iterator[Finding]:
    """Words in a row that are in capitals, or a text that is."""
    return first_matches(wording.passages, _SHOUTED, "these words are in capitals")


@ACCESS.rule(
    "blank-typed",
    "A place to write is a field, which a keyboard reaches and a screen reader names (WCAG 4.1.2).",
    "`handoutkit check --fix` makes places to write of such blanks; or write a `sentence_frame` or a `prompt` yourself",
)
def typed_blanks(wording: ReaderText) -> Iterator[Finding]:
    """Rows of underscores or dots, which nobody can fill in on a screen."""
    return first_matches(wording.passages, BLANK, "this blank was typed: it is no place to write")


@ACCESS.rule(
    "italics-throughout",
    "No whole paragraph is in italics (Clear Print).",
    "keep the stars for a word or two",
)
def italics(wording: ReaderText) -> Iterator[Finding]:
    """Paragraphs of more than a few words that are emphasised as a whole."""
    for passage in wording.running:
        for paragraph in paragraphs(passage.text):
            if _ITALIC.fullmatch(paragraph) and len(words_in(paragraph)) > 6:
                yield Finding(passage.at, "this paragraph is in italics as a whole", " ".join(paragraph.split()[:3]))


@ACCESS.rule(
    "link-words",
    "The words of a link say where it leads (WCAG 2.4.4).",
    "name the page: [how to find a therapist](https://...)",
    english=True,
)
def link_words(wording: ReaderText) -> Iterator[Finding]:
    """Links whose words say nothing by themselves."""
    for passage in wording.running:
        for match in _LINK.finditer(passage.text):
            if _NOWHERE.fullmatch(match[1]):
                yield Finding(passage.at, f"`{match[1][:40]}` does not say where the link leads", match[0])


@ACCESS.rule(
    "colour-alone",
    "Nothing is told by its colour alone (WCAG 1.4.1): it may be printed in grey.",
    "name it by its heading or place",
    decides="doubt",
    english=True,
)
def colour_alone(wording: ReaderText) -> Iterator[Finding]:
    """Something that is called by its colour."""
    return first_matches(wording.passages, _COLOURED, "`{}` is called by its colour")


@ACCESS.rule(
    "place-alone",
    "Nothing is told by its place alone (WCAG 1.3.3): it may be overleaf, and a listener has no page.",
    'name it: "fill in *My week*" for "fill in the table below"',
    decides="doubt",
    english=True,
)
def place_alone(wording: ReaderText) -> Iterator[Finding]:
    """Something that is called by where it stands on the page."""
    return first_matches(wording.passages, _PLACED, "`{}` holds only while both are on one page")


@ACCESS.rule(
    "alt-thin",
    "The text alternative of a figure says what there is to see (WCAG 1.1.1).",
    "say in a sentence what someone would learn from looking at it",
    decides="doubt",
)
def thin_alternatives(copy: ReaderCopy) -> Iterator[Finding]:
    """Text alternatives of a few words, or that only repeat the caption."""
    for at, figure in copy.of(Figure):
        if len(figure.alt.split()) < _MIN_ALT:
            yield Finding((*at, "alt"), "these few words may not say what the figure shows")
        elif figure.caption and figure.alt == figure.caption:
            yield Finding((*at, "alt"), "this only repeats the caption")


CHECKS = (capitals, typed_blanks, italics, link_words, colour_alone, place_alone)
COPY_CHECKS = (thin_alternatives,)
