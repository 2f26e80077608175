"""Checks the fonts of a theme before they are used, for they come from outside, as themes do."""

from __future__ import annotations

import io

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown

from .theme import Theme

_TRUE_TYPE = (b"\x00\x01\x00\x00", b"true")


def check_lettering(theme: Theme) -> None:
    """Raises ContentError if a font of a theme's lettering is not a whole TrueType file; ours are."""
    problems = []
    for name in dict.fromkeys((theme.lettering.regular, theme.lettering.bold)):
        data = theme.asset(name)
        if not theme.is_shipped(name) and not _is_whole(data):
            message = f"the lettering `{name}` is not a whole TrueType font"
            hint = "put the font's whole .ttf file there; what is in an .otf or .woff2 cannot be typed into fields"
            problems.append(Problem("bad-font", message, hint, file=shown(theme.asset_path(name))))
    if problems:
        raise ContentError(problems)


def is_cut_off(data: bytes) -> bool:
    """Whether a font of any kind has less in it than it says, or is no font."""
    from fontTools.ttLib import TTFont

    try:
        tables = TTFont(io.BytesIO(data), lazy=True).reader
        for name in tables.keys():  # noqa: SIM118 - it is no mapping
            tables[name]  # reads it
    except ImportError:  # what unpacks .woff2 is not installed
        return False
    except Exception:
        return True
    return False


def _is_whole(data: bytes) -> bool:
    """Whether a font can be used for fields and figures."""
    from handoutkit.render.forms.viewer_font import face

    if not data.startswith(_TRUE_TYPE) or is_cut_off(data):
        return False
    try:
        face(data)
    except Exception:  # whatever a reader of fonts raises, the font is at fault
        return False
    return True
