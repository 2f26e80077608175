"""The list of all patches of WeasyPrint, checked against the installed version before the first is applied.

Each patch is in a module of its own, with the smallest page that shows its fault. Its tests lay that page out without
the patch, too, and fail on the day that WeasyPrint corrects the fault: then the patch can go.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from handoutkit.errors import MachineError, Problem
from handoutkit.render.forms.write_form_fields import add_widgets

from . import (
    decorative_pictures,
    fix_line_breaks,
    form_controls,
    mirror_layout,
    pdf_lang,
    several_widths,
    svg_words,
    word_faces,
)
from .engine import Patch, Target, weasyprint
from .glyphs import glyph_texts

PATCHES = (
    form_controls.patch(add_widgets),
    svg_words.PATCH,
    word_faces.PATCH,
    fix_line_breaks.PATCH,
    pdf_lang.PATCH,
    glyph_texts.PATCH,
    decorative_pictures.PATCH,
    several_widths.PATCH,
    *mirror_layout.PATCHES,
)


@lru_cache(maxsize=1)
def apply_all() -> Mapping[str, Any]:
    """Apply all patches, once in a process; returns the originals by their dotted names.

    Raises:
        MachineError: a target is not there, or is called in another way than in WeasyPrint 70.0. Then none is applied.
    """
    weasyprint()
    targets = [target for patch in PATCHES for target in patch.targets]
    originals = {target.name: checked_original(patch, target) for patch in PATCHES for target in patch.targets}
    for target in targets:
        owner, _, name = target.name.rpartition(".")
        setattr(pkgutil.resolve_name(owner), name, target.replace(originals[target.name]))
    return originals


def checked_original(patch: Patch, target: Target) -> Any:
    """What WeasyPrint has under a target's name. Raises MachineError if it is not what the patch was written for."""
    try:
        found: Any = pkgutil.resolve_name(target.name)
        signature = str(inspect.signature(getattr(found, "fget", found)))  # of a property, its getter's
    except (ImportError, AttributeError):
        difference = "is not there"
    except (TypeError, ValueError):
        difference = "cannot be called"
    else:
        if signature == target.signature:
            return found
        difference = f"takes {signature} instead of {target.signature}"
    message = f"the patch `{patch.name}` does not fit this WeasyPrint: `{target.name}` {difference}"
    raise MachineError(Problem("weasyprint-moved", message, 'python -m pip install "weasyprint==70.0"'))
