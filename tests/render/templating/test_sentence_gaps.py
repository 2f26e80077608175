"""What stays on one line with a gap of a sentence."""

from __future__ import annotations

import pytest

from handoutkit.models.blocks.frames_and_cards import FrameSlot
from handoutkit.render.templating.sentence_gaps import gaps

SLOTS = [FrameSlot(id="a", label="one"), FrameSlot(id="b", label="two"), FrameSlot(id="long", label="l", size="long")]


def phrases(frame: str) -> list[str]:
    """What stays together, each gap as ``_``; what may break before it is left out."""
    (paragraph,) = gaps(frame, SLOTS)
    assert "".join(part.words + part.lead + ("_" if part.slot else "") + part.closing for part in paragraph.parts)
    return [f"{part.lead}_{part.closing}" for part in paragraph.parts if part.slot]


@pytest.mark.parametrize(
    ("frame", "together"),
    [
        ("When you {a}, I feel {b}.", ["When you _,", "I feel _."]),
        ("Good. I can tell you, “{a}.” Then {b}?", ["I\N{NO-BREAK SPACE}can tell you, “_.”", "Then _?"]),
        ("{a}{b}", ["_", "_"]),
        ("{a}'s {b} is *so* good {long}", ["_'s", "_", "good _"]),
        ("**Now {a}** & {b}", ["_", "&amp; _"]),
        ("I often wish that we could talk about this: {a}", ["wish that we could talk about this: _"]),
        ("I often wish that we could talk about {long}", ["talk about _"]),
        ("{a}, and more words behind it", ["_,"]),
    ],
)
def test_the_words_that_lead_up_to_a_gap_and_what_closes_it(frame: str, together: list[str]) -> None:
    assert phrases(frame) == together


def test_no_word_stands_alone_on_a_last_line() -> None:
    (paragraph,) = gaps("What I hear you say is {a}. Did I get that right?", SLOTS)
    assert paragraph.parts[-1].words == " Did\N{NO-BREAK SPACE}I get that\N{NO-BREAK SPACE}right?"


def test_no_line_ends_with_the_first_word_of_a_sentence() -> None:
    (paragraph,) = gaps("Goal A: I would like {a}. Goal B: I would like {b}. I say so.", SLOTS)
    words = "".join(part.words + part.lead for part in paragraph.parts)
    for together in ("Goal B:", "I would", "I say"):
        assert together.replace(" ", "\N{NO-BREAK SPACE}") in words


def test_no_word_gets_lost() -> None:
    frame = "When **you {a}**, & then: I feel {b}. {long}! Done <b>."
    (paragraph,) = gaps(frame, SLOTS)
    whole = "".join(part.words + part.lead + ("_" if part.slot else "") + part.closing for part in paragraph.parts)
    assert (
        whole.replace("\N{NO-BREAK SPACE}", " ")
        == "When <strong>you _</strong>, &amp; then: I feel _. _! Done &lt;b&gt;."
    )
