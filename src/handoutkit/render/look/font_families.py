"""The families of fonts that a theme can name in ``theme.yaml``: those in its own ``fonts/``, and those that ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address, SourceFile

from .font_files import FontFile

REGULAR, BOLD = 400, 700
_SEMI_BOLD = 600
_USUAL_WIDTH = 5
VARIABLE = "put its static files into `fonts/`, one for each weight; who gives fonts away has both"
"""What to do about a font that holds all weights: a PDF would have one of them, and nobody could say which."""


@dataclass(frozen=True, slots=True)
class ChosenFamily:
    """A family with the files that are used of it.

    Attributes:
        weight: of its titles, as stylesheets say it.
        faces: each weight and style that a page can ask for, with its file, or with those of its parts.
    """

    name: str
    weight: int
    faces: tuple[tuple[int, bool, str], ...]

    @property
    def rules(self) -> str:
        """Its ``@font-face`` rules."""
        return "\n".join(
            f'@font-face {{ font-family: "{self.name}"; src: url("theme:{file}"); font-weight: {weight}; '
            f"font-style: {'italic' if italic else 'normal'} }}"
            for weight, italic, file in self.faces
        )


def title_family(name: str, fonts: Iterable[FontFile]) -> ChosenFamily:
    """A family for titles: its face that is nearest to bold, a heavy one if it has any."""
    upright = [font for font in fonts if font.is_of(name) and not font.italic]
    best = min(upright, key=lambda font: (font.weight < _SEMI_BOLD, *_far_from(font, BOLD)))
    return ChosenFamily(name, best.weight, tuple((best.weight, False, font.file) for font in _parts_of(best, upright)))


def text_family(name: str, fonts: Iterable[FontFile]) -> ChosenFamily:
    """A family for running text: regular and bold, and their italics where it has them."""
    faces = []
    for italic in (False, True):
        own = [font for font in fonts if font.is_of(name) and font.italic == italic]
        for weight in (REGULAR, BOLD):
            fitting = [font for font in own if (font.weight >= _SEMI_BOLD) == (weight == BOLD)]
            if fitting:
                best = min(fitting, key=lambda font: _far_from(font, weight))
                faces += [(weight, italic, font.file) for font in _parts_of(best, fitting)]
    return ChosenFamily(name, BOLD, tuple(faces))


def _parts_of(face: FontFile, fonts: Iterable[FontFile]) -> Iterator[FontFile]:
    """The files of one face: those for websites come as one for Latin letters, one for Cyrillic ones and so on."""
    for font in fonts:
        if (font.narrow_family, font.weight, font.width) == (face.narrow_family, face.weight, face.width):
            yield font


def _far_from(font: FontFile, weight: int) -> tuple[int, int]:
    """How far a font is from the usual width, then from a weight: a family may have narrow fonts beside the others."""
    return abs(font.width - _USUAL_WIDTH), abs(font.weight - weight)


def problems_of(wanted: Mapping[str, str], fonts: Iterable[FontFile], source: SourceFile) -> Iterator[Problem]:
    """What is wrong with families that a ``theme.yaml`` names, by their keys below ``fonts``."""
    known = {name for font in fonts for name in (font.family, font.narrow_family) if name}
    for key, name in wanted.items():
        at: Address = ("fonts", key)
        own = [font for font in fonts if font.is_of(name)]
        if not own:
            yield source.problem("no-such-family", f"there is no font of the family `{name}`", near(name, known), at=at)
        elif any(font.variable for font in own):
            file = next(font.file for font in own if font.variable)
            yield source.problem("variable-font", f"`{file}` holds all weights in one file", VARIABLE, at=at)
        elif key == "text" and {face[:2] for face in text_family(name, own).faces}.isdisjoint({(BOLD, False)}):
            yield source.problem("no-bold", f"the family `{name}` has no bold font here", _ALL_OF_IT, at=at)
        elif key == "text" and (REGULAR, False) not in {face[:2] for face in text_family(name, own).faces}:
            yield source.problem("no-regular", f"the family `{name}` has no regular font here", _ALL_OF_IT, at=at)
        elif all(font.italic for font in own):
            yield source.problem("no-regular", f"the family `{name}` has only italics here", _ALL_OF_IT, at=at)


_ALL_OF_IT = "put its regular and its bold file into the theme's `fonts/`"


def near(name: str, known: Iterable[str]) -> str:
    """What to do about a family that is not there: the nearest names, and where fonts go."""
    names = {one.casefold(): one for one in known}
    close = [f"`{names[one]}`" for one in get_close_matches(name.casefold(), names, n=3)]
    where = "put its files (TTF, OTF or WOFF2) into the theme's `fonts/`"
    return f"did you mean {' or '.join(close)}? If not, {where}" if close else where
