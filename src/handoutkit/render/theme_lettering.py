"""Checks the fonts of a theme before they are used: they come from outside, as themes do, or are not there at all."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

from handoutkit.errors import ContentError, Problem
from handoutkit.files.source_file import FilePosition, SourceFile
from handoutkit.files.text_files import shown

from .look.font_families import VARIABLE
from .look.font_files import described, unpacked
from .look.named_families import declared_families, unknown_families
from .look.theme_comments import without_comments
from .scripts import SCRIPTS
from .theme import Theme

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*", re.IGNORECASE)
_FONT_URL = re.compile(r'url\("theme:([^"]+\.(?:ttf|otf|woff2?))"\)', re.IGNORECASE)


def check_lettering(theme: Theme) -> None:
    """Raises ContentError if a font of a theme's lettering is not a whole file; ours are."""
    problems = []
    for name in dict.fromkeys((theme.lettering.regular, theme.lettering.bold)):
        if theme.is_shipped(name):
            continue
        file = shown(theme.asset_path(name))
        if is_cut_off(theme.asset(name)) or not _is_usable(theme.font(name)):
            message = f"the lettering `{name}` is not a whole font"
            hint = "put the whole file of a TTF, OTF or WOFF2 font there"
            problems.append(Problem("bad-font", message, hint, file=file))
        elif _is_variable(theme, name):
            problems.append(Problem("variable-font", f"`{name}` holds all weights in one file", VARIABLE, file=file))
    if problems:
        raise ContentError(problems)


def refuse_unknown_families(theme: Theme) -> None:
    """Raises ContentError if a stylesheet that is not ours names a family that nobody brings, at its place."""
    sheets = _own_sheets(theme)
    known = declared_families(theme.styles) | {script.family for script in SCRIPTS} if sheets else frozenset()
    problems = [problem for sheet in sheets for problem in unknown_families(sheet, known)]
    if problems:
        raise ContentError(problems)


def refuse_unusable_fonts(theme: Theme) -> None:
    """Raises ContentError, at its place, for a font that a stylesheet which is not ours brings and no PDF can have.

    Of several that a rule names for one face, the first that is there is taken, and the others may be missing.
    """
    problems = []
    for sheet in _own_sheets(theme):
        text = without_comments(sheet.text)
        for rule in _FONT_FACE.finditer(text):
            faults = [_fault(theme, unquote(found[1])) for found in _FONT_URL.finditer(rule[0])]
            for found, fault in zip(_FONT_URL.finditer(rule[0]), faults, strict=True):
                if fault and (fault[0] == "variable-font" or all(faults)):
                    mark = FilePosition.in_text(text, rule.start() + found.start(), len(found[0]))
                    problems.append(sheet.problem_at(mark, *fault))
    if problems:
        raise ContentError(problems)


def _fault(theme: Theme, name: str) -> tuple[str, str, str] | None:
    """What is wrong with a font: the code of the problem, the message and the hint."""
    if not theme.has(name):
        hint = 'write the address from this file, such as "../fonts/Lora.woff2", and put the font there'
        return "no-such-asset", f"there is no font `{name}`", hint
    if theme.is_shipped(name):
        return None
    if is_cut_off(theme.asset(name)):
        return "bad-font", f"`{name}` is not a whole font", "put the whole file of a TTF, OTF or WOFF2 font there"
    return ("variable-font", f"`{name}` holds all weights in one file", VARIABLE) if _is_variable(theme, name) else None


def _own_sheets(theme: Theme) -> list[SourceFile]:
    """The stylesheets that are not ours."""
    own = {path for files in theme.files[:-1] for path in files.values() if path.suffix == ".css"}
    return [sheet for sheet in theme.styles if sheet.path in own]


def _is_variable(theme: Theme, name: str) -> bool:
    font = described(name, theme.asset(name))
    return bool(font and font.variable)


def is_cut_off(data: bytes) -> bool:
    """Whether a font of any kind has less in it than it says, or is no font."""
    from fontTools.ttLib import TTFont

    try:
        tables = TTFont(io.BytesIO(unpacked(data)), lazy=True).reader
        for name in tables.keys():  # noqa: SIM118 - it is no mapping
            tables[name]  # reads it
    except ImportError:  # what unpacks .woff2 is not installed
        return False
    except Exception:
        return True
    return False


def _is_usable(data: bytes) -> bool:
    """Whether a TrueType font can be used for fields and figures."""
    from handoutkit.render.forms.viewer_font import face

    try:
        face(data)
    except Exception:  # whatever a reader of fonts raises, the font is at fault
        return False
    return True
