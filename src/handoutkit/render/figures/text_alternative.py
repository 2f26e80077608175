"""The text alternative of a figure: what its author says it shows, then the words and values that stand in it."""

from __future__ import annotations

from handoutkit.models import markdown
from handoutkit.models.blocks.figure import Figure, Link, Region
from handoutkit.render.templating.interface_messages import InterfaceMessages

from .figure_words import LabelMode

_ENDS = ".?!…\u061f\u3002\uff1f\uff01"  # in Arabic and Chinese, too

DEFAULT_STEPS = 10


def alternative(figure: Figure, label_mode: LabelMode, messages: InterfaceMessages) -> str:
    """As plain text. Texts that stand beneath the drawing are read there and left out here."""
    sentences = [markdown.to_plain(figure.alt)]
    sentences += [_region(figure, region, label_mode, messages) for region in figure.regions]
    sentences += [link_in_words(figure, link, messages) for link in figure.links]
    full_stop = messages.gettext(".")
    return " ".join(sentence if sentence[-1] in _ENDS else sentence + full_stop for sentence in sentences)


def link_in_words(figure: Figure, link: Link, messages: InterfaceMessages) -> str:
    """Who is linked to whom, and how."""
    names = {region.id: region.label for region in figure.regions}
    one_way = link.directed and not link.both_ways
    joined = messages.gettext("%(one)s to %(other)s") if one_way else messages.gettext("%(one)s and %(other)s")
    ties = {"weak": messages.gettext("weak"), "strong": messages.gettext("strong"), "tense": messages.gettext("tense")}
    text = messages.listed([link.label, ties.get(link.strength)])
    pair = joined % {"one": names[link.start], "other": names[link.end]}
    return pair + messages.gettext(": ") + text if text else pair


def _region(figure: Figure, region: Region, label_mode: LabelMode, messages: InterfaceMessages) -> str:
    text = region.label
    steps = figure.scale or (DEFAULT_STEPS if figure.kind == "sectors" else None)
    if region.value is not None and steps and steps > 1:
        text += " " + messages.gettext("(%(value)s of %(most)s)") % {
            "value": f"{region.value * steps:.3g}",
            "most": steps,
        }
    if label_mode is LabelMode.ALL and region.text:
        text += messages.gettext(": ") + markdown.to_plain(region.text)
    return text
