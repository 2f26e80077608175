"""The drawings that handouts name: they are there, and those that do not ship are safe to print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handoutkit.errors import Problem
from handoutkit.files.source_file import Address
from handoutkit.library.shipped_files import shipped_root
from handoutkit.loading.load_file import Loaded
from handoutkit.models.handout import Handout
from handoutkit.pictures.picture_check import PictureFault, check_picture

from .ids_of_other_files import missing

MAX_BYTES = 12_000
MAX_PIECES = 250
"""Of one drawing: in a manner that has shadows it is there twice, and all of it stands in the page itself."""
_AT: Address = ("illustration",)


def illustration_problems(handout: Loaded[Handout], drawings: Mapping[str, Path]) -> list[Problem]:
    """A drawing that is not there, or cannot be printed.

    Args:
        drawings: the files of all there are, by name.
    """
    name = handout.model.drawing
    if name is None:
        return []
    if name not in drawings:
        return [missing(handout.source, _AT, "drawing", name, sorted(drawings))]
    path = drawings[name]
    if path.is_relative_to(shipped_root()):
        return []
    try:
        _check(path)
    except PictureFault as fault:
        return [handout.source.problem(fault.code, fault.message, fault.hint, at=_AT)]
    return []


def _check(path: Path) -> None:
    """Look through a drawing that does not ship. Raises PictureFault."""
    pieces = check_picture(path.parent, path.name).weight.pieces
    if pieces > MAX_PIECES or path.stat().st_size > MAX_BYTES:
        message = f"`{path.name}` has more than {MAX_BYTES:,} bytes or {MAX_PIECES} pieces to draw"
        hint = "simplify it, or put it beside the handout and write its path in place of its name"
        raise PictureFault("drawing-too-large", message, hint)
