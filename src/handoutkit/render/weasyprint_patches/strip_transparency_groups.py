"""Transparency groups that nothing needs.

WeasyPrint 70 sets each centred text of a drawing as a transparency group, since it learns its width last. PDFium, and
so Chrome and Edge, cuts a pixel off the left of such a group: of an "H", its first stem. Letters do not lie on one
another, so they look the same without a group, and whole.
"""

from __future__ import annotations

from typing import Any

import pydyf

_DRAWN = (b"f", b"f*", b"S", b"B", b"B*", b"sh")
"""Operators that paint a path or a shade (ISO 32000-2, 8.5.3)."""


def strip_transparency_groups(_document: Any, pdf: pydyf.PDF) -> None:
    """Take the groups off texts of a PDF in place; called as WeasyPrint's finisher."""
    for made in pdf.objects:
        if isinstance(made, pydyf.Stream) and "Group" in made.extra and _is_text_alone(made.stream):
            del made.extra["Group"]


def _is_text_alone(operations: list[bytes]) -> bool:
    return b"BT" in operations and not any(step in _DRAWN or step.endswith((b" Do", b" sh")) for step in operations)
