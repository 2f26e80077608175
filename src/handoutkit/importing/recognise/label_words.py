"""What labels say: `**Safety note:**` begins a warning, `**To reflect:**` a question, and `Name:` is for the top."""

from __future__ import annotations

import re
from typing import Any

from handoutkit.checks.blanks_to_blocks import NewIds
from handoutkit.importing.draft_text import MAX_TEXT, as_paragraph, as_plain, is_label
from handoutkit.importing.signal_words import announced_by

_LABELLED = re.compile(r"\*\*([^*\\]{2,60}?):?\*\*:?\s+([^\n]+)")
HOW_TO_CHOOSE = re.compile(
    r"[?.:][*\s(]+(?:please |por favor,? )?(?:choose|check|tick|mark|select|pick|circle|elija|marque|seleccione)\b"
    r"[^?]{0,80}$",
    re.IGNORECASE,
)
"""How to choose among boxes, behind a question or a label."""
YES_OR_NO = re.compile(r"(?:yes|no|s[ií])(?:\W*$|[,.;:–—(])", re.IGNORECASE)
"""An option that says yes or no; `No large meals` is a thing to do."""
_NAME = re.compile(r"(?:client'?s? |your |my |patient |full )?(?:name|nombre)(?: completo)?", re.IGNORECASE)
_DATE = re.compile(r"(?:today'?s )?(?:date|fecha)(?: de hoy)?", re.IGNORECASE)


def is_name_or_day(label: str) -> bool:
    """Whether a label asks for what a handout has places for at its top."""
    return bool(_NAME.fullmatch(label) or _DATE.fullmatch(label))


def labelled_block(text: str, new_id: NewIds, lines: int) -> tuple[dict[str, Any], str] | None:
    """The block of a paragraph whose label announces one, and what was guessed; None if it is another paragraph.

    Args:
        lines: to answer a question.
    """
    found = _LABELLED.fullmatch(text)
    if found is None or len(found[2]) > MAX_TEXT or not is_label(found[1]):
        return None
    label, words = as_plain(found[1]), as_paragraph(found[2])
    kind = announced_by(label)
    if kind in ("caution", "tip"):
        return {"type": "callout", "role": kind, "title": label, "text": words}, "a paragraph with a label"
    if kind == "reflection" and found[2].endswith("?"):
        block = {"type": "prompt", "id": new_id(words), "heading": label, "question": words}
        return block | {"response": {"type": "lines", "count": lines}}, "how many lines"
    return None
