"""Checks the fonts of a theme before they are used, for they come from outside, as themes do."""

from __future__ import annotations

import io

from handoutkit.errors import ContentError, Problem
from handoutkit.files.text_files import shown

from .theme import Theme


def check_lettering(theme: Theme) -> None:
    """Raises ContentError if a font of a theme's lettering is not a whole file; ours are."""
    problems = []
    for name in dict.fromkeys((theme.lettering.regular, theme.lettering.bold)):
        if not theme.is_shipped(name) and (is_cut_off(theme.asset(name)) or not _is_usable(theme.font(name))):
            message = f"the lettering `{name}` is not a whole font"
            hint = "put the whole file of a TTF, OTF or WOFF2 font there"
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


def _is_usable(data: bytes) -> bool:
    """Whether a TrueType font can be used for fields and figures."""
    from handoutkit.render.forms.viewer_font import face

    try:
        face(data)
    except Exception:  # whatever a reader of fonts raises, the font is at fault
        return False
    return True
