"""Rules on evidence and rights: what is claimed can be looked up, and what was taken is credited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import EVIDENCE, Finding
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.models.blocks.reading_blocks import Concept, Contrast, References

_CLAIM = re.compile(
    r"\b(?:research|science|evidence|data|(?:a|one|some|many|recent|several|new)? ?stud(?:y|ies)|experts?|researchers?|"
    r"scientists?|psychologists?|therapists) (?:has |have |also |now |often )?"
    r"(?:shows?|shown|found|finds?|suggests?|says?|proves?|proven|tells?|agree|confirms?|knows?|links?|linked|ties?|"
    r"tied|points?)\b"
    r"|\b(?:scientifically|clinically) (?:proven|shown|tested)\b|\bevidence[- ]based\b"
    r"|\b(?:in|by|some|many|most|several|recent|new|large|small|of|other|these) studies\b|\bstudies (?:of|on)\b"
    r"|\baccording to (?:research|science)\b",
    re.IGNORECASE,
)


def states_finding(copy: ReaderCopy) -> bool:
    """Whether it says what research has found, so that it can say what is known; no rule can tell but in English."""
    return not copy.wording.is_english or any(_CLAIM.search(passage.words) for passage in copy.wording.running)


@EVIDENCE.rule(
    "claim-unsourced",
    "What is said of research names its source.",
    "put it into a block with `sources: [...]`, name an author of the `sources` in the text, or leave the claim out",
    english=True,
)
def unsourced_claims(copy: ReaderCopy) -> Iterator[Finding]:
    """Claims about research in a block that names no source, with no author of a source in the text."""
    cited = {at for at, block in copy.blocks if isinstance(block, Concept | Contrast) and block.sources}
    surnames = {word for source in copy.handout.sources for word in re.findall(r"[^\W\d_]{3,}", source.author)}
    for passage in copy.wording.running:
        match = _CLAIM.search(passage.words)
        if match and passage.at[:2] not in cited and surnames.isdisjoint(re.findall(r"[^\W\d_]+", passage.words)):
            yield Finding(passage.at, f"`{match[0].strip()}` claims research and names no source", match[0].strip())


@EVIDENCE.rule(
    "sources-missing",
    "A handout says where its ideas come from.",
    "add to `sources` whose idea it is; for your own, yourself",
)
def missing_sources(copy: ReaderCopy) -> Iterator[Finding]:
    """No sources at all."""
    if not copy.handout.sources:
        yield Finding(("sources",), "this handout names no source")


@EVIDENCE.rule(
    "references-missing",
    "The sources are printed, in a `references` block.",
    "add a block `- type: references` at the end",
)
def missing_references(copy: ReaderCopy) -> Iterator[Finding]:
    """Sources that are never printed."""
    if copy.handout.sources and not copy.of(References):
        yield Finding(("sources",), "these sources are not printed anywhere")


COPY_CHECKS = (unsourced_claims, missing_sources, missing_references)
