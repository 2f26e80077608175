"""Structure that a listener goes by, looked at in a page's HTML: headings, lists, tables, words for pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .fault import Fault, quoted

_HEADING = re.compile("h([1-6])")
_LISTS = ("ul", "ol")
_SVG, _TITLE = "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/2000/svg}title"

_AS_PICTURE = 'say what it shows in a <title> in it; what only decorates is a file: <img src="../pictures/…" alt="">'
_AS_ITEM = "put that into an <li>, or before or behind the list"
_WITH_HEADS = 'write <th scope="col"> for what heads a column, <th scope="row"> for what heads a row'


def structure_faults(root: Any) -> Iterator[Fault]:
    """Headings that leave out a level, and drawings without words (PDF/UA-1, ISO 14289-1, 7.4.2 and 7.3).

    And lists that hold something else than items, and tables without a head (7.6 and 7.5).
    """
    before = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if found := _HEADING.fullmatch(element.tag):
            level = int(found[1])
            if level > before + 1:
                after = f"after one of level {before}" if before else "and the first one"
                says = f"the heading {quoted(''.join(element.itertext()))} is of level {level}, {after}"
                remedy = f"write it as <h{before + 1}>, and its size and weight in a stylesheet"
                yield Fault("heading-level", says, "template", element, f"<h{level}", remedy=remedy)
            before = level
        elif element.tag == _SVG and not _has_words(element):
            says = "a drawing in the page has no <title>, so there are no words for who cannot see it"
            yield Fault("no-alternative", says, "template", element, "<svg", remedy=_AS_PICTURE)
        elif element.tag in _LISTS and (stray := next((kid for kid in element if kid.tag != "li"), None)) is not None:
            says = f"a list holds a <{stray.tag}>, and nothing but items, <li>, may stand in it"
            yield Fault("list-without-items", says, "template", element, f"<{element.tag}", remedy=_AS_ITEM)
        elif element.tag == "table" and element.find(".//th") is None:
            says = "a table has no <th>, so who cannot see it is not told what its cells are about"
            yield Fault("table-without-heads", says, "template", element, "<table", remedy=_WITH_HEADS)


def _has_words(drawing: Any) -> bool:
    title = drawing.find(_TITLE)
    return title is not None and bool((title.text or "").strip())
