"""A practice's logo and a handout's pictures, looked through before anything is printed with them.

They are the only files that come from outside as they are. So their content is checked here and not their names alone:
that they are whole, of a sane size, and (an SVG being a small program) that they draw and do nothing else.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pydantic_core import PydanticCustomError

from handoutkit.errors import ContentError, Problem
from handoutkit.isolation.limits import Limits
from handoutkit.isolation.worker import the_worker
from handoutkit.models.base import check_asset

from .files import is_inside, read_bytes, reason
from .picture_fault import PictureFault
from .source import Address, SourceFile, clipped

MAX_BYTES = 500_000
WORKER = f"{__package__}.inside"
"""The module with what the worker does."""
LIMITS = Limits(seconds=20, wall=120, memory=1_500_000_000)
"""For one picture; the worst there can be, 4,000 by 4,000 pixels of 8 bytes, takes 0.3 s and 130 MB."""


def problems_in_picture(source: SourceFile, entry: object, at: Address) -> list[Problem]:
    """What keeps the picture from being printed that a mapping names as its ``file``.

    Args:
        entry: the mapping; anything else has no picture.
        at: where it stands.
    """
    name = entry.get("file") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        return []
    try:
        inside = check_asset(name)
    except PydanticCustomError:
        return []  # the model has said what is wrong with it
    try:
        check_picture(source.path.parent, inside)
    except PictureFault as fault:
        return [source.problem(fault.code, fault.message, fault.hint, at=(*at, "file"))]
    return []


def check_picture(folder: Path, name: str) -> None:
    """Look through a picture that content names. Raises PictureFault.

    Args:
        folder: the folder that ``name`` starts from, and must stay in.
    """
    said = f"`{clipped(name)}`"
    path = folder / name
    try:
        if not is_inside(path, folder):
            hint = "copy the picture itself beside this file"
            raise PictureFault("picture-outside", f"{said} is a link that leads out of the folder", hint)
        data = read_bytes(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise PictureFault("no-such-picture", f"there is no picture {said}", _nearby(path)) from None
    except IsADirectoryError:
        hint = "write the name of a picture in it"
        raise PictureFault("no-such-picture", f"{said} is a folder", hint) from None
    except (OSError, ValueError) as error:
        hint = "check that you may open it"
        raise PictureFault("unreadable", f"{said} cannot be read ({reason(error)})", hint) from None
    if len(data) > MAX_BYTES:
        hint = "save it smaller, or as an SVG"
        raise PictureFault("picture-too-large", f"{said} is larger than {MAX_BYTES // 1000} KB", hint)
    _check_content(data, path, said)


def _check_content(data: bytes, path: Path, said: str) -> None:
    args = (data, path.suffix.lower(), said)
    try:
        fault = the_worker().call(f"{WORKER}:check_here", *args, limits=LIMITS, file=said, soon=True)
    except ContentError as error:  # a limit that was hit
        problem = error.problems[0]
        raise PictureFault(problem.code, f"{said} cannot be checked: {problem.message}", problem.hint) from None
    if fault:
        raise PictureFault(*fault)


def _nearby(path: Path) -> str:
    try:
        names = [other.name for other in path.parent.iterdir() if other.suffix.lower() in (".svg", ".png")]
    except OSError:
        names = []
    if close := get_close_matches(path.name, names, n=1):
        return f"did you mean `{clipped(close[0])}`? capitals count"
    return "put the picture beside this file and write its name as it is, capitals included"
