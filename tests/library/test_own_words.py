"""No handout or template says in eight words in a row what another one says to a client."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handoutkit.library.workspace import Workspace
from handoutkit.loading.load_file import load_handout
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.handout import Handout
from handoutkit.models.translatable_text import words_of
from tests.conftest import ROOT

RUN = 8
NOT_THE_PAGE = {"clinician_guide", "sources"}
"""Keys of what a client's copy does not say, or says of where its ideas come from."""
SAID_ALIKE = {"stop_rule", "alt"}
"""When to stop and whom to call is said alike on purpose; so is what a drawing of the same kind shows."""
WORD = re.compile(r"[\w']+")
SLOT = re.compile(r"\{\{.*?\}\}")


def own_texts(handout: Handout) -> Iterator[str]:
    """What a client reads of it, but for cautions."""
    cautions = {n for n, block in enumerate(handout.blocks) if isinstance(block, Callout) and block.role == "caution"}
    for words in words_of(handout):
        if words.at[0] in NOT_THE_PAGE or words.at[-1] in SAID_ALIKE:
            continue
        if words.at[0] != "blocks" or words.at[1] not in cautions:
            yield from SLOT.split(words.text)


def runs_in(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.casefold().replace("’", "'"))
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def test_no_two_say_the_same_in_eight_words() -> None:
    workspace = Workspace(ROOT)
    told = defaultdict[tuple[str, ...], set[str]](set)
    for name, path in {**workspace.template_files, **workspace.handout_files}.items():
        for text in own_texts(load_handout(path).model):
            for run in runs_in(text):
                told[run].add(name)
    assert len(told) > 10_000
    assert {" ".join(run): sorted(names) for run, names in told.items() if len(names) > 1} == {}
