"""Rules on evidence and rights: what is claimed can be looked up, and what was taken is credited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutkit.checks.rule import EVIDENCE, Finding
from handoutkit.checks.text.reader_copy import ReaderCopy
from handoutkit.models.blocks.reading_blocks import Concept, Contrast, Quotation, References
from handoutkit.models.blocks.scales import Measure
from handoutkit.models.handout import WORDS_OF_THE_SOURCE, Handout

_CLAIM = re.compile(
    r"\b(?:research|science|evidence|data|(?:a|one|some|many|recent|several|new)? ?stud(?:y|ies)|experts?|"
    r"researchers?|"
    r"scientists?|psychologists?|therapists) (?:has |have |also |now |often )?"
    r"(?:shows?|shown|found|finds?|suggests?|says?|proves?|proven|tells?|agree|confirms?|knows?|links?|linked|ties?|"
    r"tied|points?)\b"
    r"|\b(?:scientifically|clinically) (?:proven|shown|tested)\b|\bevidence[- ]based\b"
    r"|\b(?:in|by|some|many|most|several|recent|new|large|small|of|other|these|\w+['’]s) studies\b"
    r"|\bstudies (?:of|on)\b"
    r"|\baccording to (?:research|science)\b",
    re.IGNORECASE,
)

_GRANTS = re.compile(
    r"\b(?:public domain|licen[cs]e[ds]?|CC0|CC[ -]BY|Creative Commons|permi\w+|copyright|free (?:to|of|for)|may be|"
    r"own|ours|we (?:wrote|made)|(?:written|made|developed) by|all rights|granted)\b|©",
    re.IGNORECASE,
)
_UNKNOWN_RIGHTS = re.compile(
    r"\b(?:found (?:it |them )?(?:on|in|at|online)|internet|google\w*|unknown|not sure|do(?:es)? not know|"
    r"don['’]t know|"
    r"to be (?:checked|found|asked)|n/?a|none|tbd|todo)\b",
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


@EVIDENCE.rule(
    "words-not-cleared",
    "The words are one's own, or here by right.",
    "say it in your own words; then write into `rights` whose they are, or by what right they are here",
)
def words_of_the_source(copy: ReaderCopy) -> Iterator[Finding]:
    """An imported handout whose words nobody has answered for yet, and quotations in it."""
    if copy.handout.rights == WORDS_OF_THE_SOURCE:
        yield Finding(("rights",), "the words of this handout are still those of the text it was imported from")
    for place, block in copy.of(Quotation):
        if block.rights == WORDS_OF_THE_SOURCE:
            yield Finding((*place, "rights"), "nobody has said yet by what right the words of this quotation are here")


@EVIDENCE.rule(
    "rights-grant-nothing",
    "The rights statement of a measure says by what right it is used: whose it is, and who allows its use.",
    "write whose it is and who allows its use, such as `Used with permission of ...` or `Our own words, CC BY 4.0`",
    severity="error",
    suppressible=False,
)
def rights_that_grant_nothing(handout: Handout) -> Iterator[Finding]:
    """Rights statements that only say where it was found, or that nobody knows."""
    for number, block in enumerate(handout.blocks):
        if not isinstance(block, Measure):
            continue
        words = block.rights_statement
        unknown = _UNKNOWN_RIGHTS.search(words)
        if unknown or (handout.language.startswith("en") and not _GRANTS.search(words)):
            message = "this does not say by what right the measure is used"
            yield Finding(("blocks", number, "rights_statement"), message, unknown[0] if unknown else "")


HANDOUT_CHECKS = (rights_that_grant_nothing,)
COPY_CHECKS = (unsourced_claims, missing_sources, missing_references, words_of_the_source)
