"""The blocks that can be added to a handout: what each is for, its picture, and the words it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handoutkit.files.source_file import SourceFile
from handoutkit.files.text_files import read_text, shown
from handoutkit.library.shipped_files import shipped_root
from handoutkit.loading.yaml_data import read_yaml
from handoutkit.models.block_types import BLOCK_TYPES
from handoutkit.models.blocks.block import Block

from . import form_words

GROUPS: Mapping[str, Mapping[str, str]] = {
    "To read": {
        "prose": "Paragraphs, with a heading if you like.",
        "list": "Points, one below the other, or steps with numbers.",
        "callout": "A tip, a caution or a thought in a frame.",
        "concept": "One word that is worth keeping, and what it means.",
        "contrast": "Two to four ways of thinking or acting, side by side.",
        "table": "A table to read.",
        "vignette": "A short story about somebody invented.",
        "quotation": "Someone’s words. They need a source.",
        "qa": "Questions with their answers, or a small quiz.",
        "figure": "A drawing such as circles, bands or steps, made from your words.",
    },
    "To write on": {
        "prompt": "A question, and room to answer it: lines, a box, a choice, a number.",
        "exercise": "Something to do between sessions, in steps, with a log.",
        "record_table": "Rows to fill in, under headings of yours.",
        "cell_grid": "Boxes with labels, such as for and against.",
        "schedule_grid": "A week or a month to fill in or to tick.",
        "sentence_frame": "A sentence with gaps to fill.",
        "continuum": "A line from one word to another, to put a mark on.",
        "measure": "Statements to rate, with a total.",
        "card_set": "Cards to cut out and to carry along.",
        "agreement": "What is agreed on, with a line for each to sign.",
    },
    "At the end": {
        "crisis_lines": "Your crisis lines, in the middle of a plan.",
        "next_step": "What to do next, and how to reach you.",
        "qr": "A square for the camera of a phone, that leads to an address.",
        "references": "Where the ideas come from. Once, at the very end.",
    },
}
"""Each kind of block with a sentence that says what it is for."""
PICTURE = "picture"
"""A figure that is a picture of one's own: for whoever looks for a picture, something else than a drawing."""
OTHERS = tuple(block for block in BLOCK_TYPES if not any(block.type_name() in kinds for kinds in GROUPS.values()))
"""The kinds of blocks that somebody has added to handoutkit."""


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A kind of block to choose."""

    kind: str
    name: str
    about: str

    @property
    def shown_as(self) -> str:
        """The address of a picture of one."""
        if any(self.kind in kinds for kinds in GROUPS.values()):
            return f"/blocks/{self.kind}.png"
        return "/static/picture.svg" if self.kind == PICTURE else "/static/block.svg"


def groups() -> list[tuple[str, list[NewBlock]]]:
    """All kinds of blocks, in groups by what a reader does with them."""
    found = [
        (title, [NewBlock(kind, form_words.option(kind), about) for kind, about in kinds.items()])
        for title, kinds in GROUPS.items()
    ]
    found[0][1].append(NewBlock(PICTURE, "Picture", "A photo or a drawing of yours, from a file."))
    others = [NewBlock(one.type_name(), form_words.option(one.type_name()), _about(one)) for one in OTHERS]
    return [*found, ("Added to handoutkit here", others)] if others else found


def _about(kind: type[Block]) -> str:
    """The sentence by which whoever made a kind of block says what it is."""
    return next(iter((kind.__doc__ or "").splitlines()), "")


def place_of_new(at: str) -> tuple[str, Mapping[str, Any]]:
    """Where the fields of something new stand in a schema, and the words that it begins with, if it is a block."""
    place, _, kind = at.partition("|")
    if place != "blocks/*/" or not kind.isidentifier():
        return at, {}
    return f"{place}|{'figure' if kind == PICTURE else kind}", first_words(kind)


@lru_cache(maxsize=32)
def first_words(kind: str) -> Mapping[str, Any]:
    """What a new block of a kind holds: words to write over, and nothing that is missing. An unknown kind has none.

    Its id is left out, for one is made from its words; so is a source, which the handout may not have. A kind that
    was added to handoutkit has no words.
    """
    if kind == PICTURE:
        return {"type": "figure", "kind": "image"}
    if not any(kind in kinds for kinds in GROUPS.values()):
        return {"type": kind} if kind in {one.type_name() for one in OTHERS} else {}
    path = shipped_root() / "docs" / "examples" / f"{kind}.yaml"
    data = read_yaml(SourceFile(shown(path), path, f"blocks:\n{read_text(path).text}"))[0].data
    block = data["blocks"][0] if isinstance(data, dict) else {}
    return {key: value for key, value in block.items() if key not in ("id", "source")}
