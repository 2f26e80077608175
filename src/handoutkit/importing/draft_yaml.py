"""The draft of a handout as YAML: guesses are marked where they stand, what was left out is listed at the end."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from handoutkit.models.markdown import to_plain
from handoutkit.scaffold.new_files import SCHEMA_LINE, SCHEMA_OF_A_HANDOUT
from handoutkit.yaml_writing.yaml_emit import yaml_pair

from .draft import HandoutDraft
from .draft_text import clean
from .recognise.block_maker import DraftBlock
from .signal_words import says

WIDTH = 110


def draft_yaml(draft: HandoutDraft, source_name: str) -> str:
    """The text of the handout's file.

    Args:
        source_name: the file that it was imported from, as its user knows it.
    """
    name = draft.front["id"][0]
    lines = [
        f"{SCHEMA_LINE}{SCHEMA_OF_A_HANDOUT}",
        *_comment(
            f"Imported from {source_name}. What was guessed is marked `guess`: look at it, then take the mark out."
        ),
        f"# `handoutkit build {name}` makes the PDF, `handoutkit check {name}` says what to look at.",
    ]
    for key, (value, note) in draft.front.items():
        lines += _comment(f"guess: {note}") if note else []
        lines.append(yaml_pair(key, value, 0))
    lines += ["", "blocks:"]
    for block in draft.blocks:
        lines += [*_block(block), ""]
    lines += [*_contacts(draft), *_left_out(draft)]
    return "\n".join(lines).rstrip() + "\n"


def _block(block: DraftBlock) -> Iterator[str]:
    for guess in block.guesses:
        yield from _comment(f"guess: {guess}", "  ")
    lead = "  - "
    for key, value in block.data.items():
        yield lead + yaml_pair(key, value, 4)
        lead = "    "


def _contacts(draft: HandoutDraft) -> Iterator[str]:
    if draft.contacts:
        yield "# For the practice's file (practices/...yaml, under `contact`), which prints it on every handout:"
        for line in draft.contacts:
            yield from _comment(f"  {line}")
        yield "#"


def _left_out(draft: HandoutDraft) -> Iterator[str]:
    """Everything of the source that is not in the file, with the reason."""
    if not draft.left_out:
        return
    yield "# Not in this handout, and why:"
    for why, pieces in groupby(draft.left_out, key=lambda piece: piece.why):
        yield from _comment(f"- {says(why)}")
        for piece in pieces:
            if text := " ".join(clean(to_plain(piece.text)).split()):
                yield from _comment(f"    {text}")


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """A comment, in as many lines as it needs."""
    lead = text[: len(text) - len(text.lstrip())]
    for line in textwrap.wrap(text.strip(), WIDTH - len(indent) - len(lead), break_on_hyphens=False) or [""]:
        yield f"{indent}# {lead}{line}".rstrip()
