"""The bullets of a theme as Word draws them: letters of a font, in the practice's colour."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_LETTERS = {"disc": "●", "ring": "○", "square": "■", "dash": "–", "check": "✓", "diamond": "◆"}
_FACE = "Segoe UI Symbol"
"""Has all of them, in any Word; other programs take the letters from where they have them."""
_HALF_POINTS = {"disc": 14, "ring": 14, "square": 14, "diamond": 16}
"""Sizes of those that would be larger than ours on the page."""


def choose_bullets(file: WordFile, bullets: str | None, colour: str) -> None:
    """Give lists the bullets of a theme; Word keeps its own where these are a drawing or none were chosen."""
    if bullets not in _LETTERS:
        return
    style: Any = file.styles["List Bullet"].element
    numbering: Any = file.part.numbering_part.element
    chosen = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    (abstract,) = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{chosen}']")
    level = abstract.find(qn("w:lvl"))
    level.find(qn("w:lvlText")).set(qn("w:val"), _LETTERS[bullets])
    for old in level.findall(qn("w:rPr")):
        level.remove(old)
    size = f'<w:sz w:val="{_HALF_POINTS[bullets]}"/>' if bullets in _HALF_POINTS else ""
    faces = " ".join(f'w:{letters}="{_FACE}"' for letters in ("ascii", "hAnsi", "eastAsia", "cs"))
    level.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}><w:rFonts {faces} w:hint="default"/><w:color w:val="{colour[1:]}"/>{size}</w:rPr>'
        )
    )
