"""Which blocks are in one person's copy: some of them, all but some, or the few of the short version."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from handoutkit.compose.choose_blocks import (
    BlockChoice,
    kept_blocks,
    names_of_blocks,
    short_version,
    unknown_blocks,
    unknown_conditions,
)
from handoutkit.loading.load_file import load_handout
from handoutkit.models.blocks.frames_and_cards import Agreement
from handoutkit.models.handout import Handout
from tests.support.samples import HANDOUT

BLOCKS = """\
blocks:
  - {type: prose, id: opening, heading: The opening, text: The opening words.}
  - {type: callout, id: afraid, role: caution, text: Stop if you are afraid.}
  - {type: prompt, id: thoughts, question: What do you think?, response: {type: line}}
  - {type: prose, heading: A walk, text: Words that lead into it.}
  - type: exercise
    id: walk
    title: A walk
    purpose: To breathe.
    when: Now
    how_often: Once
    how_long: A minute
    steps: [Go.]
    log: {columns: [Day, How it went], rows: 7}
  - {type: prose, id: for-a-minor, if: minor, text: Your parent signs as well.}
  - {type: prose, id: for-an-adult, if: not minor, text: You sign alone.}
  - type: agreement
    id: consent
    if: signed
    terms: [I agree.]
    parties: [{id: me, role: Client}, {id: parent, role: Parent, if: minor}]
  - {type: next_step}
  - {type: references}
"""
ENDS = ["next_step", "references"]


@cache
def handout(core: str = "") -> Handout:
    blocks = BLOCKS.replace(f"id: {core},", f"id: {core}, core: true,") if core else BLOCKS
    start, end = HANDOUT.index("framing_slots"), HANDOUT.index("clinician_guide")
    text = HANDOUT[:start] + HANDOUT[end : HANDOUT.index("blocks:")] + blocks
    with TemporaryDirectory() as folder:
        path = Path(folder, "small-page.yaml")
        path.write_text(text, encoding="utf-8")
        return load_handout(path).model


def kept(choice: BlockChoice, core: str = "") -> list[str]:
    found = handout(core)
    return [block.id or block.type for block in kept_blocks(found, found.blocks, choice)]


@pytest.mark.parametrize("name", ["thoughts", "small-page.thoughts", "prompt"])
def test_a_block_is_left_out_by_its_id_or_its_type(name: str) -> None:
    assert kept(BlockChoice(without=(name,))) == ["opening", "afraid", "prose", "walk", "for-an-adult", *ENDS]


def test_only_one_block_keeps_cautions_and_whom_to_reach() -> None:
    assert kept(BlockChoice(only=("thoughts",))) == ["afraid", "thoughts", *ENDS]


def test_what_stays_can_be_left_out_by_name() -> None:
    assert kept(BlockChoice(only=("thoughts",), without=("afraid", "references"))) == ["thoughts", "next_step"]


def test_a_handout_without_the_block_stays_whole() -> None:
    assert kept(BlockChoice(only=("of-another-handout",))) == kept(BlockChoice())


def test_parts_for_some_people_are_there_when_it_is_so() -> None:
    assert handout().conditions == ("minor", "signed")
    assert kept(BlockChoice())[-3:] == ["for-an-adult", *ENDS]
    assert kept(BlockChoice(when=("minor", "signed")))[-4:] == ["for-a-minor", "consent", *ENDS]
    assert unknown_conditions([handout()], BlockChoice(when=("minor", "adult"))) == ["adult"]


@pytest.mark.parametrize(("when", "signing"), [((), ["me"]), (("minor",), ["me", "parent"])])
def test_a_party_signs_when_it_is_so(when: tuple[str, ...], signing: list[str]) -> None:
    [agreement] = kept_blocks(handout(), [handout().blocks[7]], BlockChoice(when=("signed", *when)))
    assert isinstance(agreement, Agreement)
    assert [party.id for party in agreement.parties] == signing
    assert len(list(agreement.fields())) == 2 * len(signing)


def test_the_short_version_has_the_likeliest_tool_and_what_leads_into_it() -> None:
    assert kept(BlockChoice(short=True)) == ["afraid", "prose", "walk", *ENDS]


def test_the_author_says_what_is_in_the_short_version() -> None:
    assert kept(BlockChoice(short=True), core="opening") == ["opening", "afraid", *ENDS]


def test_the_log_of_the_short_version_has_few_rows_of_the_same_names() -> None:
    found = handout()
    (walk,) = (block for block in kept_blocks(found, found.blocks, BlockChoice(short=True)) if block.id == "walk")
    names = [field.name for field in walk.fields()]
    whole = next(block for block in found.blocks if block.id == "walk")
    assert names == [field.name for field in whole.fields()][: len(names)]
    assert len(names) == 4


def test_a_handout_with_nothing_to_do_has_its_first_block() -> None:
    prose = [block for block in handout().blocks if block.type == "prose"]
    assert [block.id for block in short_version(prose)] == ["opening"]


def test_names_that_no_block_has_are_found() -> None:
    choice = BlockChoice(without=("walk", "wlak"), only=("other.thoughts",))
    assert unknown_blocks([handout()], choice) == ["wlak", "other.thoughts"]
    for_some = ["for-a-minor", "for-an-adult", "consent"]
    assert names_of_blocks(handout()) == ["opening", "afraid", "thoughts", "prose", "walk", *for_some, *ENDS]
