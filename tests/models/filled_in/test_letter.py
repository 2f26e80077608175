"""Letters: what may stand in one, and what each piece of it becomes."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from handoutkit.models.filled_in.letter import (
    LetterRun,
    check_letter,
    parse_letter,
    set_last,
    values_in,
    words_for_nobody,
)
from handoutkit.models.packet import Packet
from handoutkit.models.translatable_text import words_of


def packet(**more: object) -> Packet:
    return Packet.model_validate({"id": "a", "title": "A", "language": "en", "handouts": ({"handout": "b"},), **more})


def test_values_stand_among_words() -> None:
    (block,) = parse_letter('Dear {first_name|there},\nsee **{due}** {{and}} "write"')
    assert block.runs == (
        LetterRun("Dear "),
        LetterRun(value="first_name", otherwise="there"),
        LetterRun(","),
        LetterRun("\n"),
        LetterRun("see "),
        LetterRun(value="due", strong=True),
        LetterRun(" "),
        LetterRun("{"),
        LetterRun("and"),
        LetterRun("}"),
        LetterRun(" “write”"),
    )


def test_lists_and_the_signature_are_blocks_of_their_own() -> None:
    blocks = parse_letter("Bring:\n- a pen\n- tea\n\n1. Come\n2. Sit\n\nWarmly,\n{signature}\n{clinician}")
    assert [(block.kind, block.marker) for block in blocks] == [
        ("paragraph", ""),
        ("item", "•"),
        ("item", "•"),
        ("item", "1."),
        ("item", "2."),
        ("paragraph", ""),
        ("signature", ""),
        ("paragraph", ""),
    ]
    assert set_last(blocks) == (*[False] * 7, True)


def test_what_stands_behind_a_value_moves_with_it_but_for_links_and_pictures() -> None:
    blocks = parse_letter("One.\n\nTwo {due}.\n\nThree.\n\n[Four](https://a.example)\n\nFive.")
    assert set_last(blocks) == (False, True, True, False, True)


def test_what_has_something_to_stand_there_instead_is_not_needed() -> None:
    blocks = parse_letter("{first_name|you} {clinician} {due}")
    assert values_in(blocks) == ("first_name", "clinician", "due")
    assert values_in(blocks, needed=True) == ("clinician", "due")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dear {", "bad-value-place"),
        ("Dear {First Name}", "bad-value-place"),
        ("Dear {}", "bad-value-place"),
        ("# Dear", "markdown-not-taken"),
        ("- one\n  - two", "list-in-list"),
        ("- one\n\n  two", "one-paragraph"),
        ("See [{due}](https://a.example)", "link-beside-value"),
        ("<b>Dear</b>", "raw-html"),
        ("{due} " * 61, "too-many-values"),
    ],
)
def test_what_a_letter_cannot_hold(text: str, code: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        check_letter(text)
    assert error.value.type == code


@pytest.mark.parametrize(
    ("more", "at", "hint"),
    [
        ({"cover": {"letter": "Dear {dislay_name}"}}, ("cover", "letter"), "did you mean `{display_name}`?"),
        ({"subtitle": "For {nobody}"}, ("subtitle",), "`{{` prints a brace"),
        ({"next_step": "See {signature}"}, ("next_step",), "`signature` below `cover`"),
        ({"cover": {"letter": "Warmly,\n{signature}"}}, ("cover", "letter"), "name a picture"),
    ],
)
def test_a_value_that_nothing_knows_is_a_problem(more: dict[str, object], at: tuple[str, ...], hint: str) -> None:
    with pytest.raises(ValidationError) as error:
        packet(**more)
    (found,) = error.value.errors()
    assert found["loc"] == at
    assert hint in found["ctx"]["hint"]


def test_all_values_that_nothing_knows_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        packet(cover={"letter": "Dear {frist_name},\n\n{doo}, {signature}, {doo}"}, subtitle="For {nobody}")
    told = [found["ctx"]["found"] for found in error.value.errors() if found["type"] == "unknown-value"]
    assert told == ["{nobody", "{frist_name", "{doo", "{signature"]


def test_a_packets_own_values_can_stand_in_its_letter() -> None:
    prefill = ({"value": "the_ask", "field": "b.c.answer"},)
    made = packet(cover={"letter": "You said: {the_ask}"}, prefill=prefill)
    assert made.values_of_texts() == ("the_ask",)


def test_a_packet_has_handouts_or_a_letter() -> None:
    assert packet(handouts=(), cover={"letter": "Hello"}).handouts == ()
    with pytest.raises(ValidationError, match="no handout and no letter"):
        packet(handouts=())


def test_translators_get_a_letter_with_its_lines() -> None:
    made = packet(cover={"letter": "Dear {first_name},  \nwelcome.\n\nWarmly"})
    assert [word.text for word in words_of(made) if word.place == "cover.letter"] == [
        "Dear {first_name},\nwelcome.\n\nWarmly"
    ]


def test_for_nobody_it_says_what_stands_there_when_values_are_empty() -> None:
    assert words_for_nobody("Pages for {first_name|you} and {clinician}") == "Pages for you and …"
