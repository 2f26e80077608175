"""What a workspace, a handout or a template starts with, and nobody is to be given: `Your Name`, an example entry.

The pages of a practice that is marked as an example may show it; those of any other may not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile, clipped
from handoutkit.library.shipped_files import PACKAGE
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.models.packet import Packet
from handoutkit.models.practice import Practice

_SCAFFOLD = PACKAGE / "scaffold"
_TO_WRITE_OVER: Mapping[str, tuple[str, ...]] = {
    "workspace/practices/my-practice.yaml": (
        "legal_name",
        "display_name",
        *("practitioners.name", "practitioners.credentials", "practitioners.license"),
        *("contact.phone", "contact.email", "contact.web"),
    ),
    "handout/front.yaml": (
        "subtitle",
        *("sources.author", "sources.title"),
        *(f"clinician_guide.{name}" for name in ("what_for", "when_to_use", "how_to_introduce", "how_to_review")),
    ),
    "handout/reading.yaml": ("text", "term", "definition", "example"),
}
"""Where the files of the scaffold have what is there to be written over; all else of them may be kept."""
_OF_ANYONE = re.compile(
    r"\[(?:your|insert|client|practice)\b[^\]]*\](?!\()|\blorem ipsum\b|\b(?:TODO|TBD)\b", re.IGNORECASE
)
"""What people write where something is still to come. A link begins like the first of these."""
_GUIDE = "clinician_guide"


@cache
def placeholders() -> Mapping[str, frozenset[str]]:
    """The texts of the scaffold that are there to be written over, by their keys."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file, places in _TO_WRITE_OVER.items():
        data = yaml.safe_load((_SCAFFOLD / file).read_text(encoding="utf-8"))
        for at, text in _texts(data, ()):
            if ".".join(part for part in at if isinstance(part, str)) in places:
                found[_key(at)].add(" ".join(text.split()))
    return {key: frozenset(texts) for key, texts in found.items()}


def practice_placeholders(practice: Loaded[Practice]) -> list[Problem]:
    """Placeholders in a practice's own details, and crisis resources that are marked as examples."""
    if practice.model.example:
        return []
    problems = list(_found(practice.source, ()))
    for number, entry in enumerate(practice.model.crisis_resources):
        if entry.example:
            at: Address = ("crisis_resources", number, "example")
            message = f"`{clipped(entry.name)}` is marked as an example, which nobody may rely on in a crisis"
            hint = "check it, write the day into `verified_on` and take `example: true` out, or take the entry out"
            problems.append(practice.source.problem("placeholder", message, hint, at=at))
    return problems


def handout_placeholders(practice: Practice, handout: Loaded[Handout], *, guide: bool) -> list[Problem]:
    """Placeholders in what a handout says under this practice's name.

    Args:
        guide: whether the clinician's guide is printed, too.
    """
    return [] if practice.example else list(_found(handout.source, () if guide else (_GUIDE,)))


def packet_placeholders(practice: Practice, packet: Loaded[Packet]) -> list[Problem]:
    """Placeholders in a packet's cover and letter under this practice's name."""
    return [] if practice.example else list(_found(packet.source, ()))


def gaps_in_papers(
    practice: Practice, packet: Loaded[Packet], templates: Sequence[Loaded[Handout]]
) -> Iterator[Problem]:
    """The papers of a packet that are templates still, with gaps that are for the practice to fill."""
    numbers = {one.handout: number for number, one in enumerate(packet.model.handouts)}
    for template in templates:
        name = template.model.id
        if count := len(handout_placeholders(practice, template, guide=False)):
            gaps = "a gap" if count == 1 else f"{count} gaps"
            message = f"`{name}` is a template with {gaps} that you have to fill in"
            command = f"handoutkit new {name} --from {name}"
            hint = f"make it yours with `{command}` and write into its gaps; the packet then takes yours"
            at: Address = ("handouts", numbers[name], "handout")
            yield packet.source.problem("paper-with-gaps", message, hint, at=at)


def _found(source: SourceFile, without: tuple[str, ...]) -> Iterator[Problem]:
    for at, text in _texts(source.data, ()):
        if at[0] in without:
            continue
        plain = " ".join(text.split())
        known = plain in placeholders().get(_key(at), ())
        if known or (other := _OF_ANYONE.search(plain)):
            shown = clipped(plain if known or not other else other[0])
            hint = "write your own, or take the line out; `--draft` makes it with DRAFT across each page"
            yield source.problem("placeholder", f"`{shown}` is a placeholder, and would be printed", hint, at=at)


def _key(at: Address) -> str:
    """The key that a text stands below, also as one of a list."""
    return next((part for part in reversed(at) if isinstance(part, str)), "")


def _texts(value: Any, at: Address) -> Iterator[tuple[Address, str]]:
    """Every text of a file with its address."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*at, key))
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from _texts(item, (*at, number))
