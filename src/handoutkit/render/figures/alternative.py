"""The text alternative of a figure: what its author says it shows, then the words and values that stand in it."""

from __future__ import annotations

from handoutkit.models import markdown
from handoutkit.models.figure import Figure, Link, Region

from .words import Telling

_TIES = {"weak": "weak", "strong": "strong", "tense": "tense"}
DEFAULT_STEPS = 10


def alternative(figure: Figure, telling: Telling) -> str:
    """As plain text. Texts that stand beneath the drawing are read there and left out here."""
    sentences = [markdown.to_plain(figure.alt)]
    sentences += [_region(figure, region, telling) for region in figure.regions]
    sentences += [link_in_words(figure, link) for link in figure.links]
    return " ".join(sentence if sentence[-1] in ".?!…" else f"{sentence}." for sentence in sentences)


def link_in_words(figure: Figure, link: Link) -> str:
    """Who is linked to whom, and how."""
    names = {region.id: region.label for region in figure.regions}
    joint = "to" if link.directed and not link.both_ways else "and"
    said = [part for part in (link.label, _TIES.get(link.strength)) if part]
    return f"{names[link.start]} {joint} {names[link.end]}" + (f": {', '.join(said)}" if said else "")


def _region(figure: Figure, region: Region, telling: Telling) -> str:
    said = region.label
    steps = figure.scale or (DEFAULT_STEPS if figure.kind == "sectors" else None)
    if region.value is not None and steps and steps > 1:
        said += f" ({region.value * steps:.3g} of {steps})"
    if telling is Telling.ALL and region.text:
        said += f": {markdown.to_plain(region.text)}"
    return said
