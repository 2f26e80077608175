"""The font files of a theme's typefaces, as its stylesheets name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handoutkit.render.theme import Theme

FACE_RULE = re.compile(r"@font-face\s*\{[^}]*\}")
"""A whole rule of a stylesheet that brings a font."""
_FAMILY = re.compile(r"font-family:\s*[\"']?([^\"';]+)")
_FILE = re.compile(r"src:[^;]*url\([\"']?theme:([^\"')]+\.(?:ttf|otf|woff2?))[\"']?\)")
_WEIGHT = re.compile(r"font-weight:\s*(\d+)")
_ITALIC = re.compile(r"font-style:\s*italic")
BOLD = 700


@dataclass(frozen=True, slots=True)
class TextFaces:
    """The font files of a family, by their paths below ``templates/``.

    Attributes:
        files: of words as they are, of strong ones, of emphasis, and of both; None if the family is not all there.
        italics: whether emphasis has a face of its own; without one, it is set in the bold one.
    """

    files: tuple[str, str, str, str] | None
    italics: bool


def text_faces(theme: Theme, family: str, weight: int) -> TextFaces:
    """The faces of a family in a theme; the last that a stylesheet names counts."""
    found: dict[tuple[int, bool], str] = {}
    for sheet in theme.styles:
        for face in FACE_RULE.findall(sheet.text):
            named, file, heavy = _FAMILY.search(face), _FILE.search(face), _WEIGHT.search(face)
            if named and file and named[1].strip() == family:
                found[int(heavy[1]) if heavy else 400, bool(_ITALIC.search(face))] = file[1]
    regular, bold = found.get((weight, False)), found.get((BOLD, False))
    italic = found.get((weight, True))
    if not regular or not bold:
        return TextFaces(None, italics=italic is not None)
    files = (regular, bold, italic or bold, found.get((BOLD, True)) or bold)
    return TextFaces(files, italics=italic is not None)


def face_number(*, strong: bool, emphasis: bool) -> int:
    """Which of a family's files words are set in."""
    return strong + 2 * emphasis
