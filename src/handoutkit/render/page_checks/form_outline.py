"""The start tags of a page's HTML text, with the fields among them and what each of them stands in.

A page for paper has no fields in it. Where they would stand is found by the text of the same page with them: its tags
are read in a tenth of the time that parsing it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_NAME = re.compile(r"""\sname=(?:"([^"]+)"|'([^']+)')""")
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_IMPLIED = frozenset({"tbody", "colgroup"})
"""Elements that a parser adds where their tags are left out; no field stands right in one."""


class FormOutline(NamedTuple):
    """The elements of a page's body in their order, without its fields.

    Attributes:
        tags: of the elements.
        fields: the names of those that can be filled in, each with the index of the element that it stands in.
    """

    tags: list[str]
    fields: list[tuple[str, int]]

    @classmethod
    def of(cls, html: str) -> FormOutline:
        """Read the outline of a page from its HTML."""
        tags, fields, around = list[str](), list[tuple[str, int]](), list[tuple[str, int]]()
        body = _BODY.search(html)
        for found in _TAG.finditer(html, body.start() if body else 0):
            ends, tag, attributes = found[1], (found[2] or "").lower(), found[3] or ""
            if not tag or tag in _IMPLIED:
                continue
            if ends:
                at = next((place for place in range(len(around) - 1, -1, -1) if around[place][0] == tag), None)
                del around[len(around) if at is None else at :]
            elif tag in ("input", "textarea") and (named := _NAME.search(attributes)):
                if around and "readonly" not in attributes:
                    fields.append((named[1] or named[2], around[-1][1]))
            else:
                if tag not in _VOID and not attributes.endswith("/"):
                    around.append((tag, len(tags)))
                tags.append(tag)
        return cls(tags, fields)

    def on_paper(self, root: Any) -> Iterator[tuple[str, Any]]:
        """Each field's name with the element that it would stand in on a page for paper; ``root`` is that page's."""
        body = root.find("body")
        elements = [element for element in body.iter() if isinstance(element.tag, str)]
        elements = [element for element in elements if (tag := _local(element)) not in _IMPLIED and tag != "textarea"]
        tags = [_local(element) for element in elements]
        same = {number: number for number in range(len(tags))}
        if tags != self.tags:
            blocks = SequenceMatcher(None, self.tags, tags, autojunk=False).get_matching_blocks()
            same = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
        for name, index in self.fields:
            if index in same:
                yield name, elements[same[index]]


def _local(element: Any) -> str:
    return str(element.tag.rpartition("}")[2].lower())
