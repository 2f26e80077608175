"""What the glyphs of a PDF's fonts stand for, said of each of them.

Where several glyphs show one cluster of letters (a base and its mark, an Indic syllable), WeasyPrint 70 has the first
stand for all of it and the others for nothing, which PDF/UA-1 does not take (7.21.7). A zero width space is nothing,
too, and is something.
"""

from __future__ import annotations

from typing import Any

import pydyf

_NOTHING, _ZERO_WIDTH_SPACE = b" <>", b" <200b>"


def repair(_document: Any, pdf: pydyf.PDF) -> None:
    """Change the ToUnicode tables of a PDF in place; called as WeasyPrint's finisher."""
    for made in pdf.objects:
        if isinstance(made, pydyf.Stream) and b"begincmap" in made.stream[:8]:
            made.stream = [
                line.removesuffix(_NOTHING) + _ZERO_WIDTH_SPACE if line.endswith(_NOTHING) else line
                for line in made.stream
            ]
