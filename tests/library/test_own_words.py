"""No handout or template says in eight words in a row what another one says, to a client or to a clinician."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import words_of
from tests.conftest import ROOT

RUN = 8
GUIDE = "clinician_guide"
NOT_THE_PAGE = {GUIDE, "sources"}
"""Keys of what a client's copy does not say, or says of where its ideas come from."""
SAID_ALIKE = {"stop_rule", "alt"}
"""When to stop and whom to call is said alike on purpose; so is what a drawing of the same kind shows."""
LAWYER = "Not as it is: a lawyer licensed where you practice must read it."
"""What the guide of each paper for new clients says alike on purpose."""
LAWS_OF = ("United States", "Canada", "United Kingdom")
PAPERS = (
    "welcome-letter", "intake-questionnaire", "consent-to-therapy", "telehealth-consent", "fees-and-cancellation",
    "good-faith-estimate", "privacy-notice", "release-of-information", "emergency-contact", "consent-for-a-minor",
    "couples-agreement", "messages-and-email",
)  # fmt: skip
WORD = re.compile(r"[\w']+")
NOT_OWN = re.compile(rf"\{{\{{.*?\}}\}}|{re.escape(LAWYER)}")
"""Slots, and the sentence about a lawyer."""


def page_of(handout: Handout) -> Iterator[str]:
    """What a client reads of it, but for cautions."""
    cautions = {n for n, block in enumerate(handout.blocks) if isinstance(block, Callout) and block.role == "caution"}
    for words in words_of(handout):
        if words.at[0] in NOT_THE_PAGE or words.at[-1] in SAID_ALIKE:
            continue
        if words.at[0] != "blocks" or words.at[1] not in cautions:
            yield words.text


def guide_of(handout: Handout) -> Iterator[str]:
    """What a clinician reads of it."""
    yield from (words.text for words in words_of(handout) if words.at[0] == GUIDE)


def runs_in(text: str) -> Iterator[tuple[str, ...]]:
    for part in NOT_OWN.split(" ".join(text.split())):
        words = WORD.findall(part.casefold().replace("’", "'"))
        yield from zip(*(words[at:] for at in range(RUN)), strict=False)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Handout]:
    """All handouts and templates, by name."""
    workspace = Workspace(ROOT)
    files = {**workspace.template_files, **workspace.handout_files}
    return {name: load_handout(path).model for name, path in files.items()}


def test_no_two_say_the_same_in_eight_words(shipped: dict[str, Handout]) -> None:
    told = defaultdict[tuple[str, ...], set[str]](set)
    for name, handout in shipped.items():
        for text in (*page_of(handout), *guide_of(handout)):
            for run in runs_in(text):
                told[run].add(name)
    assert len(told) > 30_000
    assert {" ".join(run): sorted(names) for run, names in told.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", PAPERS)
def test_the_guide_of_a_paper_says_who_must_read_it_what_it_leaves_open_and_whose_law_it_follows(
    name: str, shipped: dict[str, Handout]
) -> None:
    guide = " ".join(" ".join(guide_of(shipped[name])).split())
    assert LAWYER in guide
    assert "It leaves open" in guide
    assert [place for place in LAWS_OF if place not in guide] == []
    assert re.search(r"shaped after|Its model is", guide)
