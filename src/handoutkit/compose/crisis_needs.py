"""Which crisis lines a handout needs: those that it says, or that its cautions and topics imply."""

from __future__ import annotations

import re

from handoutkit.models.blocks.prompts import Exercise
from handoutkit.models.blocks.reading_blocks import Callout
from handoutkit.models.handout import Handout, Need
from handoutkit.models.practice import Practice

BONDS = frozenset(
    [
        "relationships",
        "relationship",
        "couples",
        "couple",
        "partners",
        "communication",
        "conflict",
        "boundaries",
        "intimacy",
        "closeness",
        "asking-for-help",
        "dependence",
        "independence",
        "interdependence",
        "codependence",
        "attachment",
        "family-roles",
        "trust-repair",
        "parenting",
    ]
)
"""Topics of handouts about relationships."""
_ALWAYS: frozenset[Need] = frozenset(["danger", "suicide"])
"""What any page may need: despair comes without a topic."""
_VIOLENCE = re.compile(
    r"\b(?:someone|somebody|anyone|partner|person|they|he|she|people)\b[^.!?]{0,40}\b(?:hurts?|scares?|hits?|threatens?|"
    r"controls?|forces?|punish\w*|harm|insults?)\b|\bafraid of\b|\bviolen\w*|\babus\w*|\bthreats?\b|"
    r"\b(?:alguien|pareja|persona)\b[^.!?]{0,40}\b(?:lastima|asusta|golpea|amenaza|controla|obliga|castiga)\w*",
    re.IGNORECASE,
)
"""Someone else who is to be feared; of hurting oneself, other lines help."""


def needs_of(handout: Handout) -> frozenset[Need]:
    """What the crisis lines of a handout have to be for: as it says itself, or else as its words imply."""
    if handout.crisis_for:
        return frozenset(["danger", *handout.crisis_for])
    needs = set(_ALWAYS)
    cautions = [block.text for block in handout.blocks if isinstance(block, Callout) and block.role == "caution"]
    cautions += [block.stop_rule or "" for block in handout.blocks if isinstance(block, Exercise)]
    if "couple" in handout.written_for or not BONDS.isdisjoint(handout.topics):
        needs.add("violence")
    if any(_VIOLENCE.search(text) for text in cautions):
        needs.add("violence")
    if "guardian" in handout.written_for:
        needs.add("children")
    return frozenset(needs)


def with_lines_for(practice: Practice, handout: Handout) -> Practice:
    """The practice with the crisis lines that a handout needs; one that does not say what it is for stays."""
    needs = needs_of(handout)
    kept = tuple(line for line in practice.crisis_resources if not line.helps_with or needs & set(line.helps_with))
    return practice.model_copy(update={"crisis_resources": kept})
